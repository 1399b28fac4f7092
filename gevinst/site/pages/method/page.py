"""Method and data: how the numbers are made, how far they hold, and every table and file of the edition.

Belongs here: what the page shows and in which order, and the parts that are not tables.
Does not belong here: the model cards (`models.py`), the tables (`tables.py`), the page of each table
(`gevinst.site.pages.dictionary`) and the full list of checks (`gevinst.site.pages.coverage`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gevinst.addresses import no_figure
from gevinst.contracts import CORE, MARTS
from gevinst.formats.croissant import dataset
from gevinst.formats.workbook_limits import left_out
from gevinst.language.phrases import age
from gevinst.layout import (
    CROISSANT,
    DATA_PACKAGE,
    DCAT,
    LICENCES,
    MANIFEST,
    README,
    SBOM,
    SUMS,
    database_name,
    sqlite_name,
    workbook_name,
)
from gevinst.site.badges import evidence_legend, status_mark, status_sign
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.pages.coverage import tables as coverage_tables
from gevinst.site.pages.method import tables as method_tables
from gevinst.site.pages.method.models import cards

_CONTENTS = (
    ("slik", "how"),
    ("trinn", "ladder"),
    ("belegg", "evidence"),
    ("regler", "rules"),
    ("modeller", "models"),
    ("kvalitet", "quality"),
    ("tabellene", "tables"),
    ("nedlasting", "downloads"),
)
_STEPS = ("found", "read", "computed", "checked", "frozen")
_RULES = (
    "unknown",
    "four_things",
    "never_a_benefit",
    "population",
    "small_n",
    "hidden",
    "disagreement",
    "known_then",
    "stopped",
    "old",
    "inferred",
    "money",
    "association",
    "invented",
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A code with its sign, its name and what it means."""

    mark: str
    sign: str
    label: str
    meaning: str


def documents(view: View) -> list[Document]:
    """The one document."""
    return [
        Document(
            title=view.t("page_method.title"),
            lead=_lead(view),
            values={
                "described": _described(view),
                "contents": [(anchor, view.t(f"page_method.to_{name}")) for anchor, name in _CONTENTS],
                "steps": _steps(view),
                "ladder": _ladder(view),
                "evidence": evidence_legend(view),
                "rules": rules(view),
                "models": cards(view),
                "failed": coverage_tables.checks(view)[1],
                "ages": method_tables.ages(view),
                "tables": method_tables.tables(view),
                "files": _files(view),
            },
        )
    ]


def _counts(view: View) -> dict[str, int]:
    checks = view.data.checks
    return {
        "documents": view.data.headlines["sources"].value,
        "read": no_figure(len([table for table in CORE if not table.is_restricted]), "house"),
        "computed": no_figure(len(MARTS), "house"),
        "checks": checks.count,
        "passed": checks.passed,
    }


def _lead(view: View) -> str:
    counts = _counts(view)
    return " ".join(
        (
            view.t("page_method.lead_documents", n=counts["documents"], read=counts["read"]),
            view.t("page_method.lead_computed", n=counts["computed"]),
            view.t("page_method.lead_rows"),
        )
    )


def _steps(view: View) -> list[tuple[str, str]]:
    """The five steps from document to edition, each as a heading and what happens in it."""
    counts = _counts(view)
    values = {
        "found": {"n": counts["documents"]},
        "read": {"n": counts["read"]},
        "computed": {"n": counts["computed"]},
        "checked": {"n": counts["checks"], "passed": counts["passed"]},
        "frozen": {"edition": view.edition.edition_id, "day": view.edition.as_of_on},
    }
    return [(view.t(f"page_method.step_{name}"), view.t(f"page_method.did_{name}", **values[name])) for name in _STEPS]


def _ladder(view: View) -> list[Definition]:
    return [
        Definition(status_mark(code), status_sign(code), label, view.description("status", code))
        for code, label in view.labels("status").items()
    ]


def rules(view: View, names: Sequence[str] = _RULES) -> list[tuple[str, str]]:
    """What a reader must know to read the numbers right, with the limits that are in force; `names` are of `_RULES`."""
    # Suppression needs NumPy, which nothing else of the pages does.
    from gevinst.method.disclosure import MIN_BASE, ORGANISATIONS, PERSONS

    limits = {
        "small_n": {"min_n": view.settings.min_n_for_shares},
        "old": {"age": age(view.catalogue, view.settings.stale_after_months)},
        "hidden": {
            "persons": no_figure(PERSONS, "limit"),
            "organisations": no_figure(ORGANISATIONS, "limit"),
            "base": no_figure(MIN_BASE, "limit"),
        },
    }
    return [
        (view.t(f"page_method.rule_{name}"), view.t(f"page_method.about_{name}", **limits.get(name, {})))
        for name in names
    ]


def _files(view: View) -> list[tuple[str, str, str]]:
    """Files of the whole edition: name, address, what it is. The report is left out where none could be made."""
    names = {
        **({"report": view.report} if view.report else {}),
        "workbook": workbook_name(view.edition.edition_id),
        "database": database_name(view.edition.edition_id),
        "sqlite": sqlite_name(view.edition.edition_id),
        "package": DATA_PACKAGE,
        "dcat": DCAT,
        "croissant": CROISSANT,
        "readme": README,
        "licences": LICENCES,
        "sbom": SBOM,
        "sums": SUMS,
        "manifest": MANIFEST,
    }
    absent = [one.table for one in left_out(view.data.tables)]
    said = (
        {"workbook": view.t("page_method.file_workbook_partly", tables=view.catalogue.join(absent))} if absent else {}
    )
    return [
        (name.rpartition("/")[2], view.edition_file(name), said.get(key) or view.t(f"page_method.file_{key}"))
        for key, name in names.items()
    ]


def _described(view: View) -> dict[str, Any]:
    """The edition as search engines for data read it; relative addresses are seen from this page."""
    up = "../" * PAGE.path(view.language).count("/")
    folder = view.settings.site.of_edition(view.edition.edition_id) if view.settings.site.base_url else up
    return dataset(view.language, view.edition, view.data.tables, view.settings, folder)


PAGE = Page(
    name="method",
    slugs={"nb": "metode", "en": "method"},
    documents=documents,
    footer_key="frame.nav_method",
)
