"""Headline figures of documents: how many there are, how they were read, and what rests on them.

Belongs here: figures of documents, of what to read again, and of rows that documents state of benefits.
Does not belong here: figures of projects, rounds and models (`headline_figures.py`).
"""

from __future__ import annotations

import narwhals as nw

from gevinst.contracts.vocabulary import NOT_READ, READ_IN_PART, READ_WHOLE
from gevinst.method.headline_model import Condition, Figure, every_row, flag


def _read(code: str) -> Condition:
    return lambda rules: nw.col("read_code") == code


DOCUMENTS = (
    Figure("sources", "sources", "all", "Dokumenter som er kjent.", "Documents known.", every_row),
    *(
        Figure(f"sources_{name}", "document_reading", f"read_code = {code}", nb, en, _read(code), total="sources")
        for name, code, nb, en in (
            ("read_whole", READ_WHOLE, "Dokumenter som er lest i sin helhet.", "Documents read in full."),
            ("partly_read", READ_IN_PART, "Dokumenter som bare er lest i deler.", "Documents read only in part."),
            ("not_read", NOT_READ, "Dokumenter som er kjent, men ikke lest.", "Documents known but not read."),
        )
    ),
    Figure(
        "to_read_again",
        "reading_list",
        "all",
        "Dokumenter om prosjekter som bør leses på nytt.",
        "Documents on projects that should be read again.",
        every_row,
    ),
    Figure(
        "to_read_for_results",
        "reading_list",
        "is_results_unread",
        "Av dem: dokumenter som ingen har kodet for oppnådde gevinster.",
        "Of them: documents that nobody has coded for benefits achieved.",
        flag("is_results_unread"),
        total="to_read_again",
    ),
    Figure(
        "sources_undated",
        "sources",
        "published_on is null",
        "Dokumenter uten dato.",
        "Documents without a date.",
        lambda rules: nw.col("published_on").is_null(),
        total="sources",
    ),
    Figure(
        "sources_not_public",
        "sources",
        "has_no_public_address",
        "Dokumenter som ikke er lagt ut offentlig.",
        "Documents that are not published.",
        lambda rules: nw.col("has_no_public_address").fill_null(False),
        total="sources",
    ),
    Figure(
        "sources_without_address",
        "sources",
        "address is null and not has_no_public_address",
        "Dokumenter som vi ikke har funnet adressen til.",
        "Documents whose address we have not found.",
        lambda rules: nw.col("address").is_null() & ~nw.col("has_no_public_address").fill_null(False),
        total="sources",
    ),
    Figure(
        "publishers",
        "sources",
        "distinct(publisher)",
        "Utgivere av dokumentene.",
        "Publishers of the documents.",
        column="publisher",
        take="distinct",
    ),
    Figure(
        "disagreements",
        "disagreements",
        "distinct(disagreement_id)",
        "Spørsmål som kilder svarer ulikt på.",
        "Questions that sources answer differently.",
        column="disagreement_id",
        take="distinct",
    ),
    Figure("benefits", "benefits", "all", "Gevinster som er kjent.", "Benefits known.", every_row),
    Figure(
        "benefit_plans",
        "benefit_plans",
        "revises_plan_id is null",
        "Indikatorer i gevinstplaner.",
        "Indicators of benefit plans.",
        lambda rules: nw.col("revises_plan_id").is_null(),
    ),
    Figure("claims", "benefit_claims", "all", "Utsagn om gevinster.", "Claims about benefits.", every_row),
    Figure(
        "measurements", "benefit_measurements", "all", "Målinger av gevinster.", "Measurements of benefits.", every_row
    ),
)
