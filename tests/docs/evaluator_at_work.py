"""The evaluator's guide as a list of commands, and what an evaluator does by hand before each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "evaluator.md"
TEXT = GUIDE.read_text(encoding="utf-8")
EXERCISE = TEXT[TEXT.index("## 8 ") : TEXT.index("## Det står")]
"""The chapter of a whole year with an invented portfolio, which has a test of its own."""
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", TEXT.replace(EXERCISE, ""), re.DOTALL)
    for line in block.splitlines()
]
PROJECT, SOURCE = "2026-bat-pa-boks", "evaluering-2026"
CHECK_FAULTY = ".venv/bin/gevinst check arbeid/koder_1.xlsx --annotated arbeid/koder_1_funn.xlsx"
TRY_DRAFT = ".venv/bin/gevinst accept data/drafts/tildeling-2026 --check"
SETTLE = ".venv/bin/gevinst import arbeid/uenighet.xlsx --year 2026"


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\n(.*?)```", TEXT, re.DOTALL)
    assert found, name
    return found[1]


class Workbook:
    """A workbook open in a spreadsheet program."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, openpyxl.load_workbook(path)

    def put(self, sheet: str, row: int, **values: object) -> None:
        places = {cell.value: cell.column for cell in self.book[sheet][1]}
        for name, value in values.items():
            self.book[sheet].cell(row, places[name]).value = value

    def add(self, sheet: str, **values: object) -> None:
        """Write a row below those that are there."""
        self.put(sheet, self.book[sheet].max_row + 1, **values)

    def row_of_project(self, sheet: str) -> int:
        rows = self.book[sheet].iter_rows(min_row=3)
        return next(row[0].row for row in rows if any(f"[{PROJECT}]" in str(cell.value) for cell in row))

    def begin(self) -> None:
        """The document and the round."""
        self.put(
            "Kilder",
            3,
            source_id=SOURCE,
            title="Intervjuer høsten 2026",
            publisher="Evaluator",
            document_type_code="rapport",
            accessed_on=date(2026, 11, 20),
            language_code="bokmål",
            is_partly_read="Nei",
        )
        method = {"method_nb": "To kodere vurderte hver for seg.", "method_en": "Two coders rated apart."}
        self.put("Vurderingsrunder", 3, **method, source_id=SOURCE, source_locator="del 1")

    def rate(self, *ratings: int) -> None:
        first = self.row_of_project("Vurderinger av drivere")
        for row, rating in enumerate(ratings, first):
            dated = {"assessed_on": date(2026, 11, 20), "assessed_precision": "dag"}
            where = {"source_id": SOURCE, "source_locator": "del 2"}
            self.put("Vurderinger av drivere", row, rating=rating, **dated, **where)

    def state(self) -> None:
        """How far the project has come, and one benefit that it aims for."""
        about = {"source_id": SOURCE, "source_locator": "del 3"}
        self.put(
            "Statusvurderinger",
            self.row_of_project("Statusvurderinger"),
            status_code="I gang",
            assessed_on=date(2026, 11, 20),
            assessed_precision="dag",
            stated_by_code="prosjekteier",
            is_inferred="Nei",
            public_evidence_group_code="Bare valgt eller i gang",
            reason_nb="Arbeidet er begynt; ingenting er prøvd ut.",
            reason_en="Work has begun; nothing has been tested.",
            **about,
        )
        self.add(
            "Gevinster",
            project_id=PROJECT,
            name_nb="Kortere vei til pakken",
            name_en="A shorter way to the parcel",
            benefit_code="Enklere for brukerne",
            benefit_sign_code="til det bedre",
            **about,
        )
        benefit = {"benefit_id": "Kortere vei til pakken", **about}
        self.add("Hvem gevinstene er for", beneficiary_code="Innbyggere og brukere", **benefit)
        self.add(
            "Gevinstplaner",
            indicator_nb="Timer til en pakke",
            indicator_en="Hours for a parcel",
            unit_code="timer per sak",
            baseline_value=4,
            target_value=1,
            target_on=date(2027, 12, 31),
            target_precision="dag",
            benefit_status_code="planlagt",
            **benefit,
        )
        self.add(
            "Gevinstutsagn",
            project_id=PROJECT,
            benefit_id="Kortere vei til pakken",
            modality_code="mål",
            evidence_code="Forventet",
            stated_by_code="prosjekteier",
            statement_nb="De som bor på øyene, skal slippe å reise etter pakker.",
            statement_en="Those who live on the islands are to be spared the journey for parcels.",
            **about,
        )

    def save(self) -> None:
        self.book.save(self.path)


def save_page(place: Path) -> None:
    (place / "arbeid" / "tildeling-2026.txt").write_text(block("page"), encoding="utf-8")


def correct_draft(place: Path) -> None:
    draft = Workbook(place / "data" / "drafts" / "tildeling-2026" / "draft.xlsx")
    asked = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in draft.book.worksheets
        for row in sheet.iter_rows(min_row=3)
        for cell in row
        if cell.value == "[ikke oppgitt]"
    ]
    assert len(asked) == 1 and asked[0].startswith("Kilder!"), asked
    draft.put("Kilder", 3, publisher="Oppdiktet etat")
    draft.save()


def fill_in_with_faults(place: Path) -> None:
    first = Workbook(place / "arbeid" / "koder_1.xlsx")
    first.begin()
    first.put("Kilder", 3, accessed_on="i november", is_partly_read="delvis")
    first.rate(4, 2)
    first.state()
    first.save()


def correct_and_fill_in(place: Path) -> None:
    first, second = (Workbook(place / "arbeid" / f"koder_{number}.xlsx") for number in (1, 2))
    first.begin()
    second.begin()
    second.rate(2, 2)
    first.save()
    second.save()


def settle(place: Path) -> None:
    book = Workbook(place / "arbeid" / "uenighet.xlsx")
    minutes = "avgjorelser-2026"
    book.put(
        "Kilder",
        3,
        source_id=minutes,
        title="Referat fra møtet mellom koderne",
        publisher="Evaluator",
        document_type_code="rapport",
        accessed_on=date(2026, 11, 21),
        language_code="bokmål",
        is_partly_read="Nei",
    )
    book.put(
        "Avgjorte vurderinger",
        3,
        settled_rating=3,
        decided_by_code="faglig leder",
        decided_on=date(2026, 11, 21),
        decided_precision="dag",
        reason_nb="To tjenester må endres, men ingen regler.",
        reason_en="Two services must change, but no rules.",
        source_id=minutes,
        source_locator="sak 1",
    )
    book.save()


BY_HAND: dict[str, Callable[[Path], None]] = {
    ".venv/bin/gevinst read arbeid/tildeling-2026.txt": save_page,
    TRY_DRAFT: correct_draft,
    CHECK_FAULTY: fill_in_with_faults,
    ".venv/bin/gevinst check arbeid/koder_1.xlsx": correct_and_fill_in,
    SETTLE: settle,
}
"""What the evaluator does before a command."""
