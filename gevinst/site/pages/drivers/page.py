"""What goes together with use: the raw figures first, then what can be said of association, and never of cause.

Belongs here: what the page shows and in which order.
Does not belong here: the tables (`tables.py`), the sentences (`gevinst.site.sentences.drivers`), the figures.
"""

from __future__ import annotations

from gevinst.addresses import no_figure
from gevinst.contracts.vocabulary import DRIVER_FINDING, DRIVERS
from gevinst.method.agreement import PUBLISH_FROM, RANK_FROM
from gevinst.site.context import SourceLink, View
from gevinst.site.page import Document, Page
from gevinst.site.pages.charts import chart_block
from gevinst.site.pages.drivers import tables
from gevinst.site.sentences.drivers import drivers_lead

_CONTENTS = (
    ("funnet-av-andre", "found_by_others"),
    ("strips-table-heading", "raw"),
    ("samvariasjon", "association"),
    ("time-to-use-table-heading", "time"),
    ("andre-kjennetegn-heading", "others"),
    ("uten-stotten", "additionality"),
    ("samsvar-heading", "agreement"),
)


def documents(view: View) -> list[Document]:
    """The one document."""
    names = view.labels("driver")
    labels = {driver: names[driver] for driver in DRIVERS}
    counts, association = view.data.now("driver_headlines")[0], view.data.frame_now("driver_association")
    figure, found = view.figures.get("forest"), _found_by_others(view)
    return [
        Document(
            title=view.t("page_drivers.title"),
            lead=drivers_lead(counts, association, labels, view.catalogue),
            values={
                "contents": [
                    (anchor, view.t(f"page_drivers.to_{name}"))
                    for anchor, name in _CONTENTS
                    if name != "found_by_others" or found
                ],
                "strips": chart_block(view, "strips"),
                "counts": tables.counts(view),
                "association": chart_block(view, "forest") if figure else tables.withheld(view, labels),
                "is_shown": figure is not None,
                "needed": tables.needed(view),
                "time": chart_block(view, "time-to-use"),
                "others": tables.others(view),
                "additionality": tables.additionality(view),
                "agreement": tables.agreement(view),
                "found_by_others": found,
                "limits": {
                    name: view.number.decimal(no_figure(limit, "limit"), 3)
                    for name, limit in (("publish", PUBLISH_FROM), ("rank", RANK_FROM))
                },
            },
        )
    ]


def _found_by_others(view: View) -> list[tuple[str, SourceLink]]:
    """What others have found that benefits depend on, in their order of writing, the newest document first."""
    rows = [row for row in view.data.rows("portfolio_findings") if row["finding_kind_code"] == DRIVER_FINDING]
    rows.sort(key=lambda row: (-row["as_of_on"].toordinal(), row["portfolio_finding_id"]))
    return [(view.text(row, "statement") or "", view.source_of(row)) for row in rows]


def _is_estimated(view: View) -> bool:
    """Whether there are ratings and outcomes enough for an estimate: until then the page has nothing of its own."""
    return "forest" in view.figures


PAGE = Page(
    name="drivers",
    slugs={"nb": "pavirkning", "en": "drivers"},
    documents=documents,
    nav_key="frame.nav_drivers",
    earns_menu=_is_estimated,
)
