"""What can be found: one entry for each project, benefit, organisation, document and term of the glossary.

Belongs here: what an entry shows and what it is found by.
Does not belong here: finding (``search.js``) and the page (`page.py`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from gevinst.addresses import bare
from gevinst.bilingual import other_language, text_of
from gevinst.contracts.vocabulary import NEVER_ASSESSED, PARTICIPATION_ROLES
from gevinst.language.phrases import capital
from gevinst.language.terms import terms
from gevinst.site.badges import status_cell
from gevinst.site.blocks import Cell
from gevinst.site.context import View
from gevinst.site.pages.benefits.tables import how_sure
from gevinst.site.rows import Row

KINDS = ("project", "benefit", "organisation", "source", "term")
"""Kinds of entries, in the order in which results are grouped; an entry has the place of its kind."""
SHARD = 5_000
"""Entries in one script. A portfolio of some hundred projects has all of its own in one."""
_MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: `title` leads to `href`, and `about` says in words what it is.

    `mark` is its badge. `words` are what else it is found by; `language` is that of a title in another language than
    the page's.
    """

    kind: str
    title: str
    href: str
    about: str
    mark: Cell | None = None
    words: str = ""
    language: str = ""


@dataclass(slots=True)
class _Marks:
    """The badges in use, each written once: a thousand benefits share three."""

    found: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def place(self, cell: Cell | None) -> int:
        """Place of a badge in the list; -1 for none."""
        if cell is None:
            return -1
        return self.found.setdefault((cell.mark or "", bare(cell.text), int(cell.is_hatched)), len(self.found))


def entries(view: View) -> Iterator[Entry]:
    """Everything that can be found, kind by kind."""
    yield from (_project(view, row) for row in sorted(view.data.projects, key=lambda row: row["project_id"]))
    yield from (_benefit(view, row) for row in view.data.now("benefit_overview"))
    yield from _organisations(view)
    yield from (_source(view, place, row) for place, row in enumerate(view.data.documents))
    yield from _terms(view)


def index_scripts(view: View) -> list[str]:
    """The index as classic scripts, which a browser loads from disk as well as from a server.

    The first has the badges and as many entries as one script holds, and says how many scripts follow with the others:
    a reader sees hits among the first while the rest is on its way. An entry is a list with its kind, title, address
    below the folder of the language, description, place of its badge, words and language. The end of a list is left out
    where it is empty.
    """
    marks = _Marks()
    folder = f"/{view.language}/"
    listed: list[str] = []
    for entry in entries(view):
        row = [KINDS.index(entry.kind), entry.title, entry.href.removeprefix(folder).replace("index.html", "*", 1)]
        row += [entry.about, marks.place(entry.mark), entry.words, entry.language]
        while row[-1] == "":
            row.pop()
        cells = [bare(cell) if isinstance(cell, str) else cell for cell in row]
        listed.append(json.dumps(cells, ensure_ascii=False, separators=(",", ":")))
    shards = [",\n".join(listed[start : start + SHARD]) for start in range(0, len(listed) or 1, SHARD)]
    badges = json.dumps(list(marks.found), ensure_ascii=False, separators=(",", ":"))
    more = f",more:{len(shards) - 1}" if len(shards) > 1 else ""
    first = f"window.gevinstIndex={{marks:{badges},entries:[\n{shards[0]}\n]{more}}};\n"
    return [first, *(f"window.gevinstShard=[\n{shard}\n];\n" for shard in shards[1:])]


def _titled(view: View, row: Row, stem: str) -> tuple[str, str]:
    """A text of a row, and its language where that is not the page's."""
    text, language = text_of(row, stem, view.language)
    return text or "", "" if language == view.language else language


def _project(view: View, row: Row) -> Entry:
    """Owner and cohort, with the newest status and its year."""
    title, language = _titled(view, row, "short_name")
    status = status_cell(view, row)
    said_on = row["status_on"] if row["current_status_code"] != NEVER_ASSESSED else None
    about = [
        *dict.fromkeys(row["owner_short_names"]),
        view.t("page_search.cohort", year=str(row["cohort_year"])),
        *([str(said_on.year)] if said_on is not None else []),
        *([status.note] if status.note else []),
    ]
    other = other_language(view.language)
    words = (
        *(text_of(row, stem, one)[0] for one in (view.language, other) for stem in ("name", "short_name")),
        *row["owner_names"],
        view.label("sector", row["sector_code"]),
    )
    return Entry(
        "project", title, view.project_href(row["project_id"]), ", ".join(about), status, _other(words, title), language
    )


def _benefit(view: View, row: Row) -> Entry:
    """How sure it is, whose it is, and that it is none where it is not counted as one."""
    title, language = _titled(view, row, "name")
    project = view.data.project_by_id[row["project_id"]]
    about = view.t(
        "page_search.benefit_of" if row["is_gain"] else "page_search.no_benefit_of",
        project=text_of(project, "short_name", view.language)[0],
    )
    words = (view.label("benefit", row["benefit_code"]),)
    href = view.href("project", row["project_id"], anchor=row["benefit_id"])
    return Entry(
        "benefit", title, href, about, how_sure(view, row["best_evidence_code"]), _other(words, title), language
    )


def _organisations(view: View) -> Iterator[Entry]:
    """Those who take part: the roles that they have had, found by every name that they go by."""
    roles: dict[str, set[str]] = defaultdict(set)
    names: dict[str, list[str]] = defaultdict(list)
    for row in view.data.rows("participations"):
        if row["project_id"] in view.data.project_by_id:
            roles[row["organisation_id"]].add(row["role_code"])
            names[row["organisation_id"]].append(row["organisation_name"])
    for organisation_id, rows in view.data.names_of_organisation.items():
        names[organisation_id] += [row["name"] for row in rows]
    for organisation_id, row in view.data.organisation_by_id.items():
        href = view.organisation_href(organisation_id)
        if href is not None:
            mine = [role for role in PARTICIPATION_ROLES if role in roles[organisation_id]]
            about = capital(", ".join(view.label("participation_role", role) for role in mine))
            words = (row["short_name"], *names[organisation_id], view.label("organisation_level", row["level_code"]))
            yield Entry("organisation", row["name"], href, about, None, _other(words, row["name"]))


def _source(view: View, place: int, row: Row) -> Entry:
    """Publisher, date and type of the document at `place` of the list of documents."""
    day = view.date(row, "published") if row["published_on"] else view.t("page_sources.undated")
    about = f"{row['publisher']}, {day}. {capital(view.label('document_type', row['document_type_code']))}."
    # A document in several languages has a title in any of them.
    language = "" if row["language_code"] in (view.language, _MIXED) else row["language_code"]
    href = view.row_href("sources", place, row["source_id"])
    return Entry("source", row["title"], href, about, None, "", language)


def _terms(view: View) -> Iterator[Entry]:
    """Terms of the glossary with what they mean, found by their names in the other language too."""
    other = other_language(view.language)
    for term in terms():
        wording = term.wordings[view.language]
        title = capital(", ".join(wording.names))
        words = (*wording.forms, *term.wordings[other].names)
        href = view.href("glossary", anchor=term.term_id)
        yield Entry("term", title, href, wording.meaning, None, _other(words, title))


def _other(words: tuple[str | None, ...], title: str) -> str:
    """Words to be found by besides the title, each once."""
    return " ".join(dict.fromkeys(word for word in words if word and word != title))
