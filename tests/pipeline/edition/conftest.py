"""A small world with every reference in place, and editions built from it."""

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from gevinst.contracts import ALL, Type, contract
from gevinst.contracts.schema import polars_schema
from gevinst.edition import Provenance, build_edition
from gevinst.edition.chain import last_link
from gevinst.layout import EditionInfo
from gevinst.settings import load_settings
from gevinst.site.naming import fingerprint
from tests.data import kept
from tests.data.workspaces import workspace

_PLAIN = {Type.TEXT: "tekst", Type.INTEGER: 2016, Type.NUMBER: 1.0, Type.BOOLEAN: False, Type.DATE: date(2016, 6, 1)}


def row(table, **values):
    """A row with plain values in the required columns that are not given."""
    required = {column.name: _PLAIN[column.type] for column in contract(table).columns if column.required}
    return {**dict.fromkeys(contract(table).column_names), **required, "is_illustrative": False, **values}


def _source(source_id, published_on, accessed_on=date(2026, 11, 22)):
    dates = {"published_on": published_on, "published_precision": "day", "accessed_on": accessed_on}
    return row("sources", source_id=source_id, address=f"example.org/{source_id}", **dates)


def _rows():
    early, late, reading = {"source_id": "early"}, {"source_id": "late"}, {"source_id": "reading"}
    gammel, ny = {"project_id": "2016-gammel"}, {"project_id": "2023-ny"}
    in_round = {"assessment_round_id": "kartlegging"}
    claim_1, claim_2 = ({"benefit_claim_id": f"c{n}", "benefit_id": f"b{n}"} for n in (1, 2))
    first_stretch = {"valid_from": date(2016, 6, 1), "valid_to": date(2023, 3, 1)}
    last_stretch = {"valid_from": date(2023, 3, 1)}
    plan_1 = {"benefit_plan_id": "p1", "benefit_id": "b1"}
    return {
        "codelists": [row("codelists", codelist="status", code=code) for code in ("i_bruk", "i_gang")],
        "kpi": [row("kpi", year=2025, base_year=2015, **reading)],
        "municipality_codes": [row("municipality_codes", municipality_code="0301", **reading)],
        "organisation_numbers": [row("organisation_numbers", organisation_number="974760673", **reading)],
        "reconciliation_rules": [
            row("reconciliation_rules", reconciliation_rule_id="total", portfolio_finding_id="f-late"),
            row("reconciliation_rules", reconciliation_rule_id="rounds"),
        ],
        "sources": [
            _source("early", date(2016, 6, 1)),
            _source("late", date(2023, 3, 1)),
            _source("reading", date(2026, 11, 22)),
            _source("unused", date(2024, 1, 1)),
        ],
        "rounds": [row("rounds", round_id="2016", **early), row("rounds", round_id="2023", **late)],
        "projects": [
            row("projects", **gammel, round_id="2016", name_nb="Gammel", **early),
            row("projects", **ny, round_id="2023", name_nb="=HYPERLINK(1)", **late),
        ],
        "organisations": [
            row("organisations", organisation_id="etat", successor_id="nyetat", municipality_code="0301", **reading),
            row("organisations", organisation_id="nyetat", **reading),
            row("organisations", organisation_id="annen", **late),
        ],
        "participations": [
            row("participations", participation_id="p1", **gammel, organisation_id="etat", **early),
            row("participations", participation_id="p2", **ny, organisation_id="annen", **late),
            row("participations", participation_id="p3", **ny, organisation_id="etat", **early),
        ],
        "assessment_rounds": [row("assessment_rounds", **in_round, **reading)],
        "status_assessments": [
            row("status_assessments", status_assessment_id="s1", **in_round, **gammel, **early),
            row("status_assessments", status_assessment_id="s2", **in_round, **gammel, **late),
        ],
        "benefits": [
            row("benefits", benefit_id="b1", **gammel, **early),
            row("benefits", benefit_id="b2", **gammel, **late),
        ],
        "benefit_claims": [
            row("benefit_claims", benefit_claim_id="c1", benefit_id="b1", **in_round, **gammel, **early),
            row("benefit_claims", benefit_claim_id="c2", benefit_id="b2", **in_round, **gammel, **late),
        ],
        "benefit_plans": [
            row("benefit_plans", benefit_plan_id="p1", benefit_id="b1", **early),
            row("benefit_plans", benefit_plan_id="p1-new", benefit_id="b1", revises_plan_id="p1", **late),
            row("benefit_plans", benefit_plan_id="p2", benefit_id="b2", **early),
        ],
        "benefit_measurements": [
            row("benefit_measurements", benefit_measurement_id="m1", benefit_plan_id="p1", **early),
            row("benefit_measurements", benefit_measurement_id="m2", benefit_plan_id="p2", **early),
            row("benefit_measurements", benefit_measurement_id="m3", benefit_plan_id="p1-new", **early),
        ],
        "portfolio_findings": [row("portfolio_findings", portfolio_finding_id="f-late", **late)],
        "disagreements": [
            row("disagreements", disagreement_side_id="d1", **early),
            row("disagreements", disagreement_side_id="d2", **ny, **early),
        ],
        "edition_years": [
            row("edition_years", edition_year=year, as_of_on=date(year, 12, 31)) for year in (2016, 2023)
        ],
        "project_status": [
            row("project_status", edition_year=2016, **gammel, round_id="2016", **early),
            row("project_status", edition_year=2023, **gammel, round_id="2016", **late),
            row("project_status", edition_year=2023, **ny, round_id="2023", **late),
        ],
        "status_validity": [
            row("status_validity", **gammel, **first_stretch, status_assessment_id="s1", **early),
            row("status_validity", **gammel, **last_stretch, status_assessment_id="s2", **late),
        ],
        "claim_validity": [
            row("claim_validity", **claim_1, **gammel, **first_stretch, superseded_by_id="c2", **early),
            row("claim_validity", **claim_2, **gammel, **last_stretch, **late),
        ],
        "plan_validity": [
            row("plan_validity", **plan_1, **gammel, **first_stretch, plan_in_force_id="p1", **early),
            row("plan_validity", **plan_1, **gammel, **last_stretch, plan_in_force_id="p1-new", **late),
        ],
        "benefit_validity": [
            row("benefit_validity", benefit_id="b1", **gammel, **first_stretch, **early),
            row("benefit_validity", benefit_id="b1", **gammel, **last_stretch, plan_count=1, **early),
        ],
        "coverage_validity": [
            row("coverage_validity", **gammel, **first_stretch, source_count=1),
            row("coverage_validity", **gammel, **last_stretch, source_count=2),
            row("coverage_validity", **ny, **last_stretch, source_count=1),
        ],
        "corrections": [row("corrections", correction_id="k1", **late)],
        "quality_checks": [
            row("quality_checks", check_id="projects.key", severity_code="critical", check_outcome_code="passed"),
            row("quality_checks", check_id="projects.grant", severity_code="warning", check_outcome_code="failed"),
        ],
    }  # fmt: skip


@pytest.fixture
def tables():
    rows = _rows()
    return {table.name: pl.DataFrame(rows.get(table.name, []), schema=polars_schema(table)) for table in ALL}


@pytest.fixture
def settings(tmp_path):
    return load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path)), "GEVINST_MARTS_DIR": str(tmp_path / "marts")})


@pytest.fixture
def info():
    return EditionInfo(
        edition_id="2026-1",
        edition_year=2026,
        as_of_on=date(2026, 11, 22),
        previous_edition_id=None,
        state="current",
        is_illustrative=False,
        commit="0123456789ab",
        input_hash="ba9876543210",
    )


@pytest.fixture
def build(settings, tables, info):
    """Builds an edition; every argument may be exchanged. Its pages name the edition, like the real ones."""

    def build(changed_tables=None, site_builder=None, **changes):
        edition = replace(info, **changes)

        def pages(out):
            footer = f"Utgave {edition.edition_id}, {edition.commit}, {edition.input_hash}"
            names = sorted((changed_tables or tables)["projects"]["name_nb"])
            (out / "nb").mkdir()
            (out / "nb" / "index.html").write_text(f"<p>{names}</p><p>Per 2026-11-22. {footer}</p>", encoding="utf-8")
            (out / "index.html").write_text("<p>Gevinst</p>", encoding="utf-8")
            report = out.parent / "report" / f"gevinst-{edition.edition_id}-nb.pdf"
            report.parent.mkdir()
            report.write_bytes(json.dumps(names).encode() + footer.encode())
            said = fingerprint(f"{names} 2026-11-22")
            return {"site/nb/index.html": said, report.relative_to(out.parent).as_posix(): said}

        return build_edition(
            changed_tables or tables,
            edition,
            settings.candidates_dir / edition.edition_id,
            site_builder or pages,
            progress=lambda step: None,
            provenance=Provenance(
                None, {"sources.csv": "00"}, "run-1", datetime(2026, 11, 22, 12, tzinfo=UTC), last_link(settings)
            ),
            settings=settings,
        )

    return build


@pytest.fixture
def built(build, tables, settings):
    """Like `build`, but takes a copy of what any test has built from the very same: for tests of what comes after."""

    def built(changed_tables=None, **changes):
        rows = [frame.write_csv() for frame in (changed_tables or tables).values()]
        # This file decides what an edition of the tests holds, and is not among what `kept` watches.
        made_by = Path(__file__).read_text(encoding="utf-8")
        name = hashlib.sha256(repr((made_by, rows, sorted(changes.items()), last_link(settings))).encode()).hexdigest()[
            :16
        ]
        finished = kept.folder(
            f"edition-{name}", lambda place: shutil.copytree(build(changed_tables, **changes), place / "edition")
        )
        target = settings.candidates_dir / changes.get("edition_id", "2026-1")
        shutil.rmtree(target, ignore_errors=True)
        return shutil.copytree(finished / "edition", target)

    return built


@pytest.fixture
def content():
    """All files below a folder by path; links are described by their targets."""

    def content(folder):
        return {
            path.relative_to(folder).as_posix(): path.readlink() if path.is_symlink() else path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_symlink() or path.is_file()
        }

    return content
