"""The scheme as a whole: who applied, what was awarded, who takes part, what goes on, and what others have said.

Belongs here: what the page shows and in which order.
Does not belong here: tables (the modules beside this one) and sentences (`gevinst.site.sentences.scheme`).
"""

from __future__ import annotations

from dataclasses import replace

from gevinst.site.blocks import KeyFigure
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.pages.charts import chart_block
from gevinst.site.pages.scheme import findings, money, rounds, tables
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences.scheme import scheme_lead

_CONTENTS = (
    ("money-table-heading", "money"),
    ("rounds-table-heading", "rounds"),
    ("videre-finansiering-heading", "follow_on"),
    ("partners-table-heading", "partners"),
    ("runder-og-deltakere", "part_rounds"),
    ("andres-funn", "part_others"),
)


def documents(view: View) -> list[Document]:
    """The one document."""
    counts, grants = view.data.now("scheme_headlines")[0], money.grants(view)
    blocks = {
        "conflicts": tables.conflicts(view),
        "grants": grants,
        "follow_on": money.follow_on(view),
        "beside": findings.beside_projects(view),
        "gains": findings.programme_gains(view),
        "criteria": rounds.criteria(view),
        "own_funding": rounds.own_funding(view),
        "suppliers": tables.suppliers(view),
        "supplier_cohorts": rounds.supplier_cohorts(view),
        "owners": tables.owners(view),
        "onward": tables.onward(view),
        "proposed": findings.proposed(view),
        "findings": findings.findings(view),
    }
    lists = {"absences": findings.absences(view), "background": findings.background(view)}
    is_shown = {"follow_on": blocks["follow_on"] is not None}
    return [
        Document(
            title=view.t("page_scheme.title"),
            lead=scheme_lead(counts, view.catalogue),
            values={
                "key_figures": _key_figures(view, counts),
                "contents": [
                    (anchor, view.t(f"page_scheme.to_{name}")) for anchor, name in _CONTENTS if is_shown.get(name, True)
                ],
                "rounds": chart_block(view, "rounds"),
                "money": chart_block(view, "money"),
                "partners": replace(chart_block(view, "partners"), is_split=True),
                # There are many tables on the page, so that none may be long.
                **{name: block and replace(block, is_split=True) for name, block in blocks.items()},
                **lists,
                "independence": rounds.independence(view),
            },
        )
    ]


def _key_figures(view: View, counts: Facts) -> list[KeyFigure]:
    """What was granted, by kind of amount; what others added; and how many of the applicants were selected."""
    return [
        _amount(view, counts, "awarded_amount", "granted", counts["stated_award_round_count"]),
        _amount(view, counts, "frame_amount", "framed", counts["frame_round_count"]),
        _amount(view, counts, "follow_on_amount", "followed", counts["follow_on_project_count"]),
        _counted(view, "selected", counts, "selected", inferred=counts["inferred_selected_count"]),
    ]


def _amount(view: View, counts: Facts, column: str, name: str, n: int) -> KeyFigure:
    """A sum in millions of kroner; unknown where nothing is known."""
    amount = counts[column]
    return KeyFigure(
        view.number.millions(amount),
        "" if amount is None else view.t("page_scheme.key_million"),
        view.t(f"page_scheme.key_{name}"),
        (view.t(f"page_scheme.key_{name}_note", n=n),),
    )


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
