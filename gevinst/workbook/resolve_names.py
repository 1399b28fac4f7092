"""References by name: a benefit or plan of the same workbook, which may have no id until it is imported.

Belongs here: finding the one row that is called so.
Does not belong here: ids of new rows (`gevinst.intake.new_ids`) and references to nothing (`check.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import Column
from gevinst.findings import Finding, Rule
from gevinst.workbook.codes import NAMES
from gevinst.workbook.filled import Filled, Row

Texts = dict[str, str | None]


@dataclass(slots=True)
class Names:
    """Ids of one table, and the ids and projects of the rows of each name (in lower case, in either language)."""

    ids: set[str] = field(default_factory=set)
    by_name: dict[str, dict[str, str | None]] = field(default_factory=dict)

    def add(self, table: str, row_id: str, texts: Mapping[str, str | None]) -> None:
        """Add a row of `table`; a later version of a plan only as an id, since its name is that of the first."""
        self.ids.add(row_id)
        if texts.get("revises_plan_id"):
            return
        # Projects and organisations may be called by their whole name or their short one, whichever the list shows.
        stems = {NAMES[table], "name", "short_name"}
        for column in (*stems, *(f"{stem}_{language}" for stem in stems for language in LANGUAGES)):
            if name := texts.get(column):
                self.by_name.setdefault(name.casefold(), {})[row_id] = texts.get("project_id")

    def called(self, name: str, project_id: str | None) -> list[str]:
        """Ids of the rows called `name`; those of the project first, when there are any."""
        found = self.by_name.get(name.casefold(), {})
        own = [row_id for row_id, project in found.items() if project_id and project == project_id]
        return own or list(found)


def names_of(table: str, rows: Iterable[tuple[str, Mapping[str, str | None]]]) -> Names:
    """The names of the rows of `table`, given as id and texts."""
    found = Names()
    for row_id, texts in rows:
        found.add(table, row_id, texts)
    return found


def resolve(filled: Filled, row: Row, texts: Texts, names: Mapping[str, Names]) -> list[Finding]:
    """Replace names by ids in the references of `texts`; a name of several rows is a finding."""
    findings: list[Finding] = []
    for column in filled.layout.contract.columns:
        known = names.get(_target(column))
        text = texts.get(column.name)
        if column.name == filled.layout.id_column or known is None or text is None or text in known.ids:
            continue
        called = known.called(text, texts.get("project_id"))
        if called:  # with several, the finding stops the import; the name itself would be a second fault in the cell
            texts[column.name] = called[0]
        if len(called) > 1:
            listed = ", ".join(called)
            findings.append(
                filled.finding(
                    Rule.REFERENCE,
                    f"flere rader heter dette; skriv nøkkelen til den som er ment: {listed}.",
                    f"several rows are called this; enter the id of the one that is meant: {listed}.",
                    row=row.number,
                    name=column.name,
                    value=text,
                )
            )
    return findings


def _target(column: Column) -> str:
    return (column.references or "").split(".")[0]
