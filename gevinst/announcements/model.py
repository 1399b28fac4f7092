"""The data model of the reader: lines in, proposals out.

Belongs here: the small classes that the modules of this package pass to each other.
Does not belong here: how anything is found (the other modules) and how it is shown (`read_page.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gevinst.bilingual import Bilingual

LEVELS = " / "
"""What is between the levels of a heading of a column."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line or block of the page, cleaned of bullets and odd blanks.

    `number` is 1-based in the source file. `parts` says at which offset of `text` each source line begins, for text
    that was broken over several lines. `level` is that of a heading in HTML; `cells` are those of a table row.
    `is_quiet` marks what is no part of the article: menus, teasers, contacts, captions, quotes of persons. `is_field`
    marks a label with its value, known or not, which the page draws or writes as such; `strong` are the words in other
    letters that a block begins with.
    """

    number: int
    text: str
    is_bullet: bool = False
    level: int = 0
    after_gap: bool = True
    cells: tuple[Line, ...] = ()
    is_quiet: bool = False
    is_field: bool = False
    strong: str = ""
    parts: tuple[tuple[int, int], ...] = ()

    def at(self, offset: int) -> int:
        """Number of the source line that holds the character at `offset`."""
        number = self.number
        # Parts are in ascending order of their offsets, so the last one that begins before `offset` holds it.
        for start, found in self.parts:
            if start <= offset:
                number = found
        return number

    def of(self, wanted: str) -> int:
        """Number of the source line where `wanted` begins; that of the block when it is not there."""
        return self.at(max(self.text.find(wanted), 0))


@dataclass(frozen=True, slots=True)
class Found:
    """A value, the line it was read from, and how sure the reader is, 0 to 1."""

    value: str | int
    line: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Gain:
    """A statement of gain. `modality` is potential, goal, reported or documented; `benefit` a code or `None`."""

    text: str
    modality: str
    line: int
    confidence: float
    benefit: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know about the reading: a code, a sentence, and the line and value concerned."""

    code: str
    nb: str
    en: str
    line: int | None = None
    value: str | int | None = None

    @property
    def text(self) -> Bilingual:
        """The sentence."""
        return Bilingual(self.nb, self.en)


@dataclass(slots=True)
class Project:
    """A proposed project; lists keep the order of the page. `lines` are those about it."""

    name: Found | None = None
    owners: list[Found] = field(default_factory=list)
    partners: list[Found] = field(default_factory=list)
    suppliers: list[Found] = field(default_factory=list)
    start: Found | None = None
    end: Found | None = None
    grant: Found | None = None
    gains: list[Gain] = field(default_factory=list)
    status: Found | None = None
    lines: list[Line] = field(default_factory=list)
    first_line: int = 0


@dataclass(slots=True)
class Round:
    """A proposed round: the figures that the page states about one award."""

    year: Found | None = None
    selected: Found | None = None
    applicants: Found | None = None
    amount_nok: Found | None = None
    amount_kind: Found | None = None
    is_approximate: bool = False
    """Whether the page itself gives the amount as approximate."""


@dataclass(slots=True)
class Reading:
    """Everything proposed from one document; `title` and `publisher` serve the row of the source.

    `lines` are those of the page, from which values are quoted.
    """

    file_name: str
    type: Found
    language: Found
    published: Found | None = None
    title: Found | None = None
    publisher: Found | None = None
    rounds: list[Round] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    findings: list[Note] = field(default_factory=list)
    lines: tuple[Line, ...] = ()
