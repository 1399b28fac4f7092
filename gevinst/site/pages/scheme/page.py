"""The scheme as a whole: who applied, what was awarded, who takes part, what goes on, and what others have said.

Belongs here: what the page shows and in which order.
Does not belong here: tables (`tables.py`, `money.py`) and sentences (`gevinst.site.sentences.scheme`).
"""

from __future__ import annotations

from gevinst.site.blocks import KeyFigure, figure_block, made
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.pages.scheme import money, tables
from gevinst.site.sentences.scheme import scheme_lead

_CONTENTS = (
    ("rounds-table-heading", "rounds"),
    ("money-table-heading", "money"),
    ("partners-table-heading", "partners"),
    ("leverandorer-heading", "suppliers"),
    ("eiere-heading", "owners"),
    ("videre-heading", "onward"),
    ("funn-heading", "findings"),
    ("ikke-funnet", "absences"),
)


def documents(view: View) -> list[Document]:
    """The one document."""
    counts = view.data.now("scheme_headlines")[0]
    blocks = {
        "conflicts": tables.conflicts(view),
        "grants": money.grants(view),
        "suppliers": tables.suppliers(view),
        "owners": tables.owners(view),
        "onward": tables.onward(view),
        "follow_on": money.follow_on(view),
        "findings": tables.findings(view),
    }
    absences = tables.absences(view)
    shown = {name for name, block in blocks.items() if block} | {"rounds", "money", "partners"}
    shown |= {"absences"} if absences else set()
    return [
        Document(
            title=view.t("page_scheme.title"),
            lead=scheme_lead(counts, view.catalogue),
            values={
                "key_figures": _key_figures(view, counts),
                "contents": [(anchor, view.t(f"page_scheme.to_{name}")) for anchor, name in _CONTENTS if name in shown],
                "rounds": figure_block(view, view.figures["rounds"], (made(view, "round_overview"),)),
                "money": figure_block(view, view.figures["money"], (made(view, "round_overview"), made(view, "kpi"))),
                "partners": figure_block(view, view.figures["partners"], (made(view, "driver_table"),)),
                **blocks,
                "absences": absences,
            },
        )
    ]


def _key_figures(view: View, counts: Facts) -> list[KeyFigure]:
    organisations, suppliers = counts["organisation_count"], counts["supplier_count"]
    return [
        _counted(view, "applicants", counts, "applicant"),
        _counted(view, "selected", counts, "selected", inferred=counts["inferred_selected_count"]),
        KeyFigure(
            view.number.integer(organisations),
            view.t("page_scheme.key_organisations", n=organisations),
            view.t("page_scheme.key_took_part"),
            (view.t("page_scheme.key_named", n=counts["project_count"]),),
        ),
        KeyFigure(
            view.number.integer(suppliers),
            view.t("page_scheme.key_suppliers", n=suppliers),
            view.t("page_scheme.key_delivered"),
            (),
        ),
    ]


def _counted(view: View, name: str, counts: Facts, measure: str, *, inferred: int = 0) -> KeyFigure:
    """A sum over the rounds where it is known; unknown when it is known for none."""
    total = counts[f"{measure}_count"]
    notes = [
        view.t(f"page_scheme.key_{key}", n=count)
        for key, count in (("unknown_rounds", counts[f"unknown_{measure}_round_count"]), ("inferred", inferred))
        if count
    ]
    return KeyFigure(
        view.number.integer(total),
        view.t(f"page_scheme.key_{name}", n=total or 0),
        view.t("page_scheme.key_in_rounds", n=counts[f"{measure}_round_count"]),
        tuple(notes),
    )


PAGE = Page(name="scheme", slugs={"nb": "ordningen", "en": "scheme"}, documents=documents, nav_key="frame.nav_scheme")
