"""Files of IATI for tests: activities written as text, and an invented portfolio whose every project is an activity."""

from datetime import date
from pathlib import Path

import polars as pl
from lxml import etree

from gevinst.contracts import contract
from gevinst.illustrative import portfolio, write_portfolio
from gevinst.illustrative.names import FUNDER
from gevinst.intake import read_core
from gevinst.method.catalogue import MART_FUNCTIONS, compute_mart
from gevinst.method.frames import Rules

SCHEMAS = Path(__file__).parents[2] / "data" / "schemas" / "iati-2.03"
MARTS = ("edition_years", "status_validity", "project_status", "plan_validity", "planned_realised")
FUNDER_ID = "NO-BRC-974760673"
YEAR = 2026

ACTIVITY = """
<iati-activity xml:lang="en">
  <iati-identifier>GB-1-17</iati-identifier>
  <reporting-org ref="GB-1" type="10"><narrative>The Fund</narrative></reporting-org>
  <title><narrative>Shorter queues</narrative></title>
  <description><narrative>Fewer shall stand in line.</narrative></description>
  <participating-org role="1" ref="GB-1" type="10"><narrative>The Fund</narrative></participating-org>
  <participating-org role="2" ref="NO-BRC-974760673"><narrative>Etaten</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2031-04-02"/>
  <recipient-country code="NO"/>
  <sector code="15110"/>
  {results}
</iati-activity>"""
RESULT = """
<result type="2">
  <title><narrative>People wait less</narrative></title>
  <indicator measure="2" ascending="0">
    <title><narrative>Share who wait</narrative></title>
    {inside}
  </indicator>
</result>"""


def package(*activities: str, version: str = "2.03") -> str:
    """A file of these activities."""
    return f'<?xml version="1.0"?><iati-activities version="{version}">{"".join(activities)}</iati-activities>'


def period(start: str, end: str, values: str) -> str:
    """A period with targets and actuals in it."""
    return f'<period><period-start iso-date="{start}"/><period-end iso-date="{end}"/>{values}</period>'


def written(folder: Path, content: str | bytes) -> Path:
    """A file with this in it; a text is written as UTF-8."""
    path = folder / "activities.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def faults_of(content: bytes) -> list[str]:
    """What is wrong with a file according to the schema of IATI 2.03."""
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "iati-activities-schema.xsd"))
    schema.validate(etree.fromstring(content))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def invented(folder: Path) -> dict[str, pl.DataFrame]:
    """An invented portfolio whose every project has started and ended, with the marts that an export reads."""
    write_portfolio(portfolio(), folder)
    core = read_core(folder)
    tables = {**core.tables, "corrections": core.corrections, "quarantine": core.quarantine}
    tables["project_events"] = _ended(tables)
    number = (
        tables["organisation_numbers"]
        .clear()
        .vstack(
            pl.DataFrame([{"organisation_number": FUNDER_ID[-9:], "organisation_id": _funder(tables)}]).match_to_schema(
                tables["organisation_numbers"].schema, missing_columns="insert"
            )
        )
    )
    tables["organisation_numbers"] = number
    for name in MART_FUNCTIONS:
        if name in MARTS:
            tables[name] = compute_mart(contract(name), tables, Rules(2016, YEAR), is_illustrative=True)
    return tables


def _ended(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    events = tables["project_events"].filter(pl.col("event_code") == "started").head(1)
    known = tables["project_events"].select("project_id", "event_code")
    missing = [
        {"project_id": project, "event_code": event}
        for project in tables["projects"]["project_id"]
        for event in ("started", "ended")
        if (project, event) not in set(known.iter_rows())
    ]
    rows = [
        {
            **events.row(0, named=True),
            **one,
            "project_event_id": f"{one['project_id']}-{one['event_code']}",
            "event_on": date(2016 if one["event_code"] == "started" else 2025, 1, 1),
            "event_precision": ("day", "month", "year")[n % 3],
        }
        for n, one in enumerate(missing)
    ]
    return pl.concat([tables["project_events"], pl.DataFrame(rows, schema=events.schema)])


def _funder(tables: dict[str, pl.DataFrame]) -> str:
    return tables["organisations"].filter(pl.col("name") == FUNDER.name)["organisation_id"].item()
