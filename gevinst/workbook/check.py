"""Checks of filled workbooks before they are imported: every fault at once, and nothing is changed.

Belongs here: the order of the checks, and putting findings in the cells they are about.
Does not belong here: reading (`parse.py`), single rules, and importing rows (`import_rows.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import CORRECTIONS, Contract, Type, contract
from gevinst.contracts.translations import TO_TRANSLATE, waiting
from gevinst.contracts.vocabulary import MONEY
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.intake.content import ContentFault, content_faults
from gevinst.intake.core import TypedTables, read_typed, stored
from gevinst.intake.integrity import dangling_references, duplicate_keys, persons_data
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.validate import Both, Wording, apply_contract
from gevinst.workbook.cells import plain
from gevinst.workbook.codes import NAMES, Options, options, yes_no
from gevinst.workbook.filled import Delivery, Filled, Row
from gevinst.workbook.known import Known, known_rows
from gevinst.workbook.layout import GIVEN, READ, STAMPED, sheet_title
from gevinst.workbook.merge_rows import Incoming, gather
from gevinst.workbook.nearest import Nearest
from gevinst.workbook.parse import Progress, read_delivery
from gevinst.workbook.read_register import read_register
from gevinst.workbook.read_xlsx import Book, read_book
from gevinst.workbook.register_layout import RegisterLayout
from gevinst.workbook.resolve_names import Texts
from gevinst.workbook.translate import gather_translations
from gevinst.workbook.waiting import waiting_rows

_LISTED_CODES = 12
"""Codes named in a message: more would hide the sentence, and the cell's own list shows all of them."""

Frames = dict[str, pl.DataFrame]


@dataclass(slots=True)
class Checked:
    """Findings, the rows that would be added by table, and the number of rows by action (``new``, ``blank`` ...).

    `rows` are typed, with `ROW` and `FILE`; empty if there is any finding that is no note. `is_content_checked` is
    false while faults of form keep the checks of content from being run. `meta` is the hidden sheet of the first
    workbook, `cells` the number of filled cells by what became of them (`account.ACCOUNTS`), `waiting` that of the
    texts in `rows` that wait for their English, by table.
    """

    findings: list[Finding] = field(default_factory=list)
    rows: Frames = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    meta: dict[str, str] = field(default_factory=dict)
    is_content_checked: bool = True

    @property
    def faults(self) -> list[Finding]:
        """Findings that must be corrected."""
        return [finding for finding in self.findings if not finding.is_note]


def check_files(
    paths: Sequence[Path],
    raw_dir: Path,
    year: int | None,
    coder: str | None,
    say: Progress = lambda _: None,
    layout: RegisterLayout | None = None,
    open_book: Callable[[Path], Book] = read_book,
) -> Checked:
    """Check workbooks or folders of CSV files, together, against the raw files in `raw_dir`.

    `year` and `coder` are compared with what the workbooks state; `None` accepts theirs. `say` is called with the name
    of what is being read, and with an empty text before the checks of content. With a `layout`, `paths` are benefits
    registers of others, which `open_book` opens. Raises `IntakeError` when the raw files themselves cannot be used;
    every fault of the checked files is a finding.
    """
    typed = read_typed(raw_dir)
    before = stored(typed)
    texts = options(typed.rows)
    wanted = {*READ, *NAMES, *(table.name for table in TO_TRANSLATE), CORRECTIONS.name}
    known = {name: known_rows(contract(name), typed.rows[name]) for name in sorted(wanted)}
    checked, incoming = Checked(), Incoming()
    read = _reader(typed, texts, known, say, layout, open_book)
    if coder is not None and coder not in typed.codes["coder"]:
        checked.findings.append(_unknown_coder(coder, typed.codes["coder"]))
    for path in paths:
        try:
            delivery = read(path)
        except IntakeError as error:
            checked.findings += error.findings
            continue
        checked.meta = checked.meta or delivery.meta
        checked.cells += delivery.cells
        checked.findings += delivery.findings + _whose(delivery, typed, year, coder)
        gather(delivery, known, coder, incoming)
        gather_translations(delivery, known, incoming)
    checked.counts = incoming.counts
    fitting, faults = check_rules(incoming, typed, texts)
    corrected, found = _check_corrected(incoming, typed, texts)
    faults += found
    # A cell that could not be read is reported once, by what was read, and not again for the value that came of it.
    unread = {(one.file, one.place) for one in checked.faults if one.cell}
    checked.findings += incoming.findings + [one for one in faults if (one.file, one.place) not in unread]
    for table, note in waiting_rows(fitting, date.today()):
        checked.findings += _in_cells([note], table, incoming)
    # Content is checked last: it takes seconds, and on rows with faults it would report what follows from them.
    checked.is_content_checked = not checked.faults
    if fitting and checked.is_content_checked:
        say("")
        after = stored(_together(typed, fitting, corrected))
        faults = content_faults(before, after, _joined(fitting, corrected), paths[0].name)
        checked.findings += [found for fault in faults for found in _in_sheet(fault, incoming, texts, checked.meta)]
    if not checked.faults:
        checked.rows, checked.waiting = fitting, _waiting(fitting)
    # Faults first: they must be corrected, notes need only be read. Within both, in the order of the file.
    checked.findings.sort(key=lambda found: (found.is_note, found.file, found.sheet or "", found.row_number or 0))
    return checked


def _reader(
    typed: TypedTables,
    texts: Options,
    known: Mapping[str, Known],
    say: Progress,
    layout: RegisterLayout | None,
    open_book: Callable[[Path], Book],
) -> Callable[[Path], Delivery]:
    """How a file is read: as a workbook of ours, or as a register by its layout."""
    if layout is None:
        return lambda path: read_delivery(path, texts, say)
    money = typed.rows["measurement_units"].filter(unit_kind_code=MONEY)["unit_code"].to_list()
    return lambda path: read_register(open_book(path), layout, texts, known, money)


def _waiting(rows: Frames) -> Counter[str]:
    """How many texts of new rows wait for their English, by table."""
    tables = [table for table in TO_TRANSLATE if table.name in rows]
    return Counter({table.name: len(list(waiting(table, rows[table.name]))) for table in tables})


def _whose(delivery: Delivery, typed: TypedTables, year: int | None, coder: str | None) -> list[Finding]:
    """Findings when a workbook is for another year, another coder, or another kind of data than expected."""
    meta = delivery.meta
    kind = str(typed.is_illustrative).lower()
    rules = [
        (
            meta.get("is_illustrative", kind) != kind,
            Rule.FILE,
            "regnearket er laget for oppdiktede data og dataene her er ekte, eller omvendt; lag et nytt herfra.",
            "the workbook was made for invented data and those here are real, or the reverse; make a new one here.",
        ),
        (
            year is not None and meta.get("year", str(year)) != str(year),
            Rule.FILE,
            f"regnearket er for {meta.get('year')}, ikke {year}; oppgi det året, eller bruk riktig regneark.",
            f"the workbook is for {meta.get('year')}, not {year}; name that year, or use the right workbook.",
        ),
        (
            coder is not None and meta.get("coder", coder) != coder,
            Rule.CODER,
            f"regnearket er laget for {meta.get('coder')}, ikke {coder}; kodernes vurderinger holdes hver for seg.",
            f"the workbook was made for {meta.get('coder')}, not {coder}; ratings of coders are kept apart.",
        ),
    ]
    findings = [Finding(delivery.file, nb, en, rule=rule) for is_so, rule, nb, en in rules if is_so]
    rounds, wanted = delivery.filled.get("assessment_rounds"), str(year) if year else meta.get("year")
    return findings + [
        rounds.finding(
            Rule.RANGE,
            f"vurderingsrunden er ført på et annet år enn {wanted}; rett året.",
            f"the assessment round is entered for another year than {wanted}; correct the year.",
            row=row.number,
            name="assessment_year",
            value=row.texts["assessment_year"],
        )
        for row in (rounds.rows if rounds and wanted else ())
        if rounds and row.texts.get("assessment_year", wanted) != wanted
    ]


def _unknown_coder(coder: str, known: list[str]) -> Finding:
    listed = ", ".join(known)
    return Finding(
        "--coder",
        f"koderen er ikke i kodelista; bruk en rolle, aldri et navn: {listed}.",
        f"the coder is not in the code list; use a role, never a name: {listed}.",
        value=coder,
        rule=Rule.CODER,
    )


def check_rules(incoming: Incoming, typed: TypedTables, texts: Options) -> tuple[Frames, list[Finding]]:
    """Typed rows that fit, and findings about values, keys and references, in their cells."""
    frames = {name: frame_of(contract(name), given) for name, given in incoming.rows.items()}
    targets, nearest = _referable(typed.rows, frames), Nearest(texts)
    fitting: Frames = {}
    findings: list[Finding] = []
    for name, frame in frames.items():
        table, existing = contract(name), typed.rows[name]
        rows, found = _fitting(frame, table, typed, nearest)
        # The existing rows come first, so that a repeated key is reported in the workbook and not in the raw file.
        both = pl.concat([existing, rows.select(existing.columns)])
        found += [fault for fault in duplicate_keys(both, table) if fault.file in set(frame[FILE])]
        found += _dangling(frame, table, targets, nearest)
        fitting[name] = rows
        findings += _in_cells(found, name, incoming)
    return fitting, findings


def _check_corrected(incoming: Incoming, typed: TypedTables, texts: Options) -> tuple[Frames, list[Finding]]:
    """Corrected rows as they will be, typed, and findings about their new values."""
    targets = _referable(typed.rows, {name: frame_of(contract(name), incoming.rows[name]) for name in incoming.rows})
    nearest = Nearest(texts)
    fitting: Frames = {}
    findings: list[Finding] = []
    for name, given in incoming.corrected.items():
        table = contract(name)
        # Rows of several sheets may have one number, and are told apart by their place among the corrected ones.
        frame = frame_of(table, given).with_columns(pl.Series(ROW, [-place for place in range(1, len(given) + 1)]))
        stamps = [column.name for column in table.columns if column.name in STAMPED]
        known = typed.rows[name].select(*table.key, *stamps)
        fitting[name], found = _fitting(frame, table, typed, nearest)
        fitting[name] = (
            fitting[name].drop(stamps).join(known, on=table.key, how="left").select(typed.rows[name].columns)
        )
        findings += _in_cells(found + _dangling(frame, table, targets, nearest), name, incoming)
    return fitting, findings


def _fitting(
    frame: pl.DataFrame, table: Contract, typed: TypedTables, nearest: Nearest
) -> tuple[pl.DataFrame, list[Finding]]:
    """The rows that fit, and findings, also about persons' data in them.

    A finding about a text that is not in its list asks for the one nearest to it.
    """
    rows, found = apply_contract(frame, table, typed.codes, _wording(nearest.texts))
    found = [nearest.ask(finding, table) if finding.rule is Rule.CODE else finding for finding in found]
    return rows, found + persons_data(rows, table)


def _dangling(frame: pl.DataFrame, table: Contract, targets: Frames, nearest: Nearest) -> list[Finding]:
    """Findings about references to nothing, each with the row that may be meant."""
    return [nearest.ask(finding, table) for finding in dangling_references(frame, table, targets, _on_sheet)]


def _on_sheet(table: str, _: str) -> Both:
    """Where the row is that a cell refers to, as a person sees it."""
    nb, en = (contract(table).title(language) for language in LANGUAGES)
    if table in READ:
        nb, en = f"på arket {sheet_title(nb)}", f"on the sheet {sheet_title(en)}"
        return f"{nb} og ikke blant det som er ført før", f"{en} and not among what was entered before"
    return f"blant det som er ført i registeret: {nb}", f"among what the register holds: {en}"


def _joined(*frames: Frames) -> Frames:
    """The rows of several sets of tables."""
    names = {name for one in frames for name in one}
    return {name: pl.concat([one[name] for one in frames if name in one], how="diagonal_relaxed") for name in names}


def frame_of(table: Contract, given: Sequence[tuple[Filled, Row, Texts]]) -> pl.DataFrame:
    """Rows as text in the columns of their table, with `ROW` and `FILE`."""
    names = [column.name for column in table.columns]
    rows = [(*(texts.get(name) for name in names), row.number, filled.file) for filled, row, texts in given]
    return pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.String), ROW: pl.Int64, FILE: pl.String}, orient="row")


def _referable(known: Frames, frames: Frames) -> Frames:
    """Ids by table that a row may refer to. A row with a fault counts: one mistake is reported once, in its own row."""
    found: Frames = {}
    for name, rows in known.items():
        key = contract(name).key[0] if name != "corrections" else rows.columns[0]
        own = rows.select(pl.col(key).cast(pl.String))
        found[name] = pl.concat([own, frames[name].select(key)]) if name in frames else own
    return found


def _in_cells(findings: Iterable[Finding], table: str, incoming: Incoming) -> list[Finding]:
    """The findings with sheet and cell, which rules about tables do not know.

    A value missing in all rows because the workbook does not give it is reported once, by `merge_rows`.
    """
    new = {(filled.file, row.number): (filled, row) for filled, row, _ in incoming.rows.get(table, ())}
    corrected = {(one[0].file, -place): one[:2] for place, one in enumerate(incoming.corrected.get(table, ()), 1)}
    placed: list[Finding] = []
    for finding in findings:
        filled, row = (new | corrected)[finding.file, finding.row_number or 0]
        if finding.column_name in GIVEN and finding.value is None and not filled.layout.is_draft:
            continue
        first = (finding.column_name or "").split(" + ")[0]
        cell = filled.cell(row.number, first)
        placed.append(replace(finding, sheet=filled.sheet, cell=cell, row_number=row.number))
    return placed


def _in_sheet(fault: ContentFault, incoming: Incoming, texts: Options, meta: Mapping[str, str]) -> list[Finding]:
    """The finding with sheet, cell and the value as the cell shows it."""
    if fault.table is None:
        return [fault.finding]
    column = contract(fault.table).column(fault.finding.column_name or "")
    shown = texts.shown(column, fault.row[column.name], meta.get("language", LANGUAGES[0]))
    return _in_cells([replace(fault.finding, value=plain(shown))], fault.table, incoming)


def _together(typed: TypedTables, fitting: Frames, corrected: Frames) -> TypedTables:
    """The raw tables with the new rows in them, and the corrected ones in place of the old."""
    rows = {
        name: frame.join(corrected[name], on=contract(name).key, how="anti") if name in corrected else frame
        for name, frame in typed.rows.items()
    }
    added = _joined(fitting, corrected)
    rows = {
        name: pl.concat([frame, added[name].select(frame.columns)]) if name in added else frame
        for name, frame in rows.items()
    }
    return replace(typed, rows=rows)


def _wording(texts: Options) -> Wording:
    """The wording for a person who sees texts instead of codes, and types in a spreadsheet."""

    def listed(codelist: str, allowed: list[str]) -> Both:
        shown = [[texts.codes[language][codelist][code] for code in allowed[:_LISTED_CODES]] for language in LANGUAGES]
        more = " …" if len(allowed) > _LISTED_CODES else ""
        nb, en = (", ".join(f"«{text}»" for text in found) + more for found in shown)
        return nb, en

    forms = {
        Type.INTEGER: ("et helt tall", "a whole number"),
        Type.NUMBER: ("et tall, som 3,5", "a number, such as 3.5"),
        Type.BOOLEAN: (" eller ".join(yes_no("nb")), " or ".join(yes_no("en"))),
        Type.DATE: ("en dato, som 31.12.2026", "a date, such as 31.12.2026"),
    }
    return Wording(forms, listed)
