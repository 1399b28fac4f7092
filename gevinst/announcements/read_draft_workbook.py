"""The workbook of a draft, read back: its rows as the CSV files would hold them, and every fault in its cell.

Belongs here: what is checked before the registry is asked, and putting findings in their cells.
Does not belong here: reading sheets and cells (`gevinst.workbook`), and which file of a draft counts
(`draft_source.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from gevinst.announcements.added_rows import complete_added
from gevinst.announcements.draft_workbook import DRAFT, DRAFTED, draft_shape
from gevinst.announcements.placeholders import placeholders_in
from gevinst.contracts import contract
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.intake.core import TypedTables, read_typed
from gevinst.intake.read_csv import FILE
from gevinst.workbook.check import check_rules, frame_of
from gevinst.workbook.codes import Options, options
from gevinst.workbook.filled import Delivery, Filled
from gevinst.workbook.merge_rows import Incoming
from gevinst.workbook.parse import read_delivery

_EVALUATORS = "template"
"""What only the hidden sheet of the evaluator's workbook says."""


@dataclass(frozen=True, slots=True)
class DraftWorkbook:
    """A workbook as it was read; `file` is how messages name it."""

    file: str
    delivery: Delivery
    typed: TypedTables
    texts: Options

    @property
    def rows(self) -> dict[str, pl.DataFrame]:
        """Rows as text by table; `FILE` names the sheet too, so that a row of each can be found again."""
        return {
            name: frame_of(contract(name), [(filled, row, dict(row.texts)) for row in filled.rows]).with_columns(
                pl.lit(self._source(filled)).alias(FILE)
            )
            for name, filled in self.delivery.filled.items()
            if filled.rows
        }

    @property
    def notes(self) -> list[Finding]:
        """What a person should know of how the workbook was read."""
        return self.placed(finding for finding in self.delivery.findings if finding.is_note)

    def faults(self) -> list[Finding]:
        """Every fault that can be seen without the checks of content, each in its cell."""
        found = self.placed(finding for finding in self.delivery.findings if not finding.is_note)
        meta = self.delivery.meta
        if DRAFT not in meta and _EVALUATORS in meta:
            nb = "dette er evaluators regneark og ikke et utkast; ta det inn med gevinst import."
            en = "this is the evaluator's workbook and no draft; add it with gevinst import."
            return [Finding(self.file, nb, en, rule=Rule.FILE)]
        found += self.placed(placeholders_in(self.rows))
        # A cell that could not be read, or that nobody filled in, is reported once.
        told = {finding.place for finding in found if finding.cell}
        incoming = Incoming()
        for filled in self.delivery.filled.values():
            for row in filled.rows:
                incoming.add(filled, row, dict(row.texts))
        ruled = self.placed(check_rules(incoming, self.typed, self.texts)[1])
        return found + [finding for finding in ruled if finding.place not in told]

    def placed(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with the workbook's name, and those about its rows with sheet and cell."""
        sheets = {self._source(filled): filled for filled in self.delivery.filled.values()}
        return [self._placed(finding, sheets.get(finding.file)) for finding in findings]

    def _placed(self, finding: Finding, filled: Filled | None) -> Finding:
        if filled is not None:
            first = (finding.column_name or "").split(" + ")[0]
            cell = filled.cell(finding.row_number, first)
            return replace(finding, file=self.file, sheet=filled.sheet, cell=cell)
        return replace(finding, file=self.file) if finding.file == self.delivery.file else finding

    def _source(self, filled: Filled) -> str:
        return f"{self.file}, {filled.sheet}"


def read_draft_workbook(path: Path, shown_as: str, raw_dir: Path, own_comments: Collection[str]) -> DraftWorkbook:
    """The workbook at `path`, with codes and names of the registry under `raw_dir`.

    Raises:
        IntakeError: the file cannot be read as a workbook, or the raw files cannot be used.
    """
    typed = read_typed(raw_dir)
    texts = options(typed.rows)
    try:
        delivery = read_delivery(path, texts, lambda _: None, draft_shape(own_comments))
    except IntakeError as error:
        named = [replace(one, file=shown_as) if one.file == path.name else one for one in error.findings]
        raise IntakeError(named) from error
    # Documents first: every other row names one.
    delivery.findings += complete_added(delivery, typed.rows, ("sources", *(one.name for one in DRAFTED)))
    return DraftWorkbook(shown_as, delivery, typed, texts)
