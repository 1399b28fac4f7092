"""The scheme as a whole: who applied, what was awarded, who takes part, what goes on, and what others have said.

Belongs here: what stands on the page and in which order.
Does not belong here: tables (`scheme_tables.py`, `scheme_money.py`) and sentences (`gevinst.site.sentences.scheme`).
"""

from __future__ import annotations

from gevinst.site.blocks import KeyFigure, figure_block, made
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
    suppliers, others = _participants(view, supplier=True), _participants(view, supplier=False)
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
            lead=scheme_lead(
                view.data.frame_now("round_overview"),
                len(suppliers),
                len(others),
                *tables.onward_counts(view),
                view.catalogue,
            ),
            values={
                "key_figures": _key_figures(view, suppliers, others),
                "contents": [(anchor, view.t(f"page_scheme.to_{name}")) for anchor, name in _CONTENTS if name in shown],
                "rounds": figure_block(view, view.figures["rounds"], (made(view, "round_overview"),)),
                "money": figure_block(view, view.figures["money"], (made(view, "round_overview"), made(view, "kpi"))),
                "partners": figure_block(view, view.figures["partners"], (made(view, "driver_table"),)),
                **blocks,
                "absences": absences,
            },
        )
    ]


def _participants(view: View, *, supplier: bool) -> set[str]:
    """Organisations that have taken part in any project, as suppliers or in any other role."""
    return {
        row["organisation_id"]
        for row in view.data.rows("participations")
        if (row["role_code"] == "supplier") is supplier and row["project_id"] in view.data.project_by_id
    }


def _key_figures(view: View, suppliers: set[str], others: set[str]) -> list[KeyFigure]:
    rounds = view.data.now("round_overview")
    applicants = [row["applicant_count"] for row in rounds if row["applicant_count"] is not None]
    selected = [row["selected_count"] for row in rounds if row["selected_count"] is not None]
    inferred = sum(row["selected_count"] for row in rounds if row["selected_basis_code"] == "inferred")
    projects = len(view.data.projects)
    return [
        _counted(view, "applicants", applicants, len(rounds)),
        _counted(view, "selected", selected, len(rounds), inferred=inferred),
        KeyFigure(
            view.number.integer(len(others)),
            view.t("page_scheme.key_organisations", n=len(others)),
            view.t("page_scheme.key_took_part"),
            (view.t("page_scheme.key_named", n=projects),),
        ),
        KeyFigure(
            view.number.integer(len(suppliers)),
            view.t("page_scheme.key_suppliers", n=len(suppliers)),
            view.t("page_scheme.key_delivered"),
            (),
        ),
    ]


def _counted(view: View, name: str, known: list[int], rounds: int, *, inferred: int = 0) -> KeyFigure:
    """A sum over the rounds where it is known; unknown when it is known for none."""
    notes = [
        view.t(f"page_scheme.key_{key}", n=count)
        for key, count in (("unknown_rounds", rounds - len(known)), ("inferred", inferred))
        if count
    ]
    return KeyFigure(
        view.number.integer(sum(known) if known else None),
        view.t(f"page_scheme.key_{name}", n=sum(known)),
        view.t("page_scheme.key_in_rounds", n=len(known)),
        tuple(notes),
    )


PAGE = Page(name="scheme", slugs={"nb": "ordningen", "en": "scheme"}, documents=documents, nav_key="frame.nav_scheme")
