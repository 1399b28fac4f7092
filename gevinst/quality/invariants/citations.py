"""Rules that hold rows against the documents they cite: an address, a line that exists, the right project, a source.

Belongs here: rules about `source_id` and the place in the source, in every table that has them.
Does not belong here: sources by themselves (`gevinst.quality.suites.sources`), and what a text says
(`statements.py`).

The texts of documents are no part of the register. What can be held against a row is what the register knows of its
document: how many lines it has, who read it for which project, and who else cites it.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gevinst.contracts import CORE, Contract
from gevinst.contracts.vocabulary import OWNER_ANSWER, Severity
from gevinst.quality.invariants.model import (
    Invariant,
    Outcome,
    Tables,
    cells_at_fault,
    collected,
    invariant,
    of_this_edition,
)
from gevinst.quality.model import ALL_TABLES, Owner

# First what claims to be a locator by line in any spelling, then the one spelling that a link can be made from.
_BY_LINE = r"(?i)\blinj|^l(ine|\.)? ?\d"
_LINES = r"^linje \d+([-–]\d+)?((, | og )\d+([-–]\d+)?)*$"
_NOT_READ = "not_read"

_ABOUT_MANY = 3
"""Projects that cite a document from which it is about a cohort or the scheme: no single project owns it then."""

_SOURCED = ("", "note_", "problem_")
"""Before `source_id` and `source_locator`: the row's own, that of its note, that of its problem."""

_OF_A_BENEFIT = ("benefit_beneficiaries", "benefit_plans")
"""Tables that name a benefit and no project."""

_ASSESSED = ("status_assessments", "benefits", "benefit_plans", "benefit_claims", "benefit_measurements")
"""What coders take from documents, and hence what rests on having read one."""


def _places(tables: Tables) -> Iterator[tuple[Contract, str, pl.LazyFrame]]:
    """Every column that names a place in a document, with the rows that do, their `cited_id` and their `place`.

    A note or a problem without a source of its own is in the document of its row.
    """
    for contract, frame in of_this_edition(tables):
        for prefix in _SOURCED:
            column = f"{prefix}source_locator"
            if {"source_id", column} <= set(contract.column_names):
                cited = pl.coalesce(f"{prefix}source_id", "source_id") if prefix else pl.col("source_id")
                rows = frame.with_columns(cited_id=cited, place=pl.col(column)).drop_nulls("place")
                yield contract, column, rows


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.REGISTRY_EDITOR,
    reads=("sources",),
    nb="Linjenumre er skrevet som «linje 26» eller «linje 22-24, 26 og 30» og gjelder en kilde med lagret tekst. "
    "Ellers kan ingen slå opp stedet.",
    en="Line numbers are written as «linje 26» or «linje 22-24, 26 og 30» and are about a source with a stored text. "
    "Otherwise nobody can look the place up.",
)
def line_locators_can_be_followed(tables: Tables) -> Outcome:
    """«linjene 22 til 24», or a line number in a page of which no text is kept: the way back to the source is cut."""
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    texts = tables["sources"].select(cited_id="source_id", text="line_reference")
    for contract, column, rows in _places(tables):
        by_line = rows.filter(pl.col("place").str.contains(_BY_LINE)).join(texts, on="cited_id", how="left")
        looked_at.append(by_line)
        wrong = ~pl.col("place").str.contains(_LINES) | pl.col("text").is_null()
        faults.append(cells_at_fault(contract, by_line, {column: wrong}))
    return Outcome(looked_at, faults)


@invariant(
    ALL_TABLES,
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("sources",),
    nb="Hver linje det vises til, finnes i teksten som ble lest, og fra-linjen kommer før til-linjen. Ellers bygger "
    "raden på noe som ikke står der.",
    en="Every line referred to exists in the text that was read, and the first of two lines comes before the last. "
    "Otherwise the row rests on something that is not there.",
    remedy=(
        "Slå opp stedet i kilden, og rett linjenumrene.",
        "Look the place up in the source and correct the line numbers.",
    ),
)
def cited_lines_exist(tables: Tables) -> Outcome:
    """«linje 500» of a text with 200 lines: nobody could find the statement, because it is not there."""
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    counts = tables["sources"].select(cited_id="source_id", lines="line_count").drop_nulls("lines")
    for contract, column, rows in _places(tables):
        by_line = rows.filter(pl.col("place").str.contains(_LINES)).join(counts, on="cited_id")
        looked_at.append(by_line)
        numbers = pl.col("place").str.extract_all(r"\d+").list.eval(pl.element().cast(pl.Int64))
        ranges = (
            pl.col("place")
            .str.extract_all(r"\d+[-–]\d+")
            .list.eval(
                pl.element().str.extract(r"^(\d+)").cast(pl.Int64) > pl.element().str.extract(r"(\d+)$").cast(pl.Int64)
            )
        )
        is_outside = (numbers.list.max() > pl.col("lines")) | (numbers.list.min() < 1)
        faults.append(cells_at_fault(contract, by_line, {column: is_outside | ranges.list.any()}))
    return Outcome(looked_at, faults)


@invariant(
    "benefit_claims",
    Severity.WARNING,
    Owner.REGISTRY_EDITOR,
    reads=("benefit_claims", "sources"),
    nb="Utsagn om gevinster bygger på kilder med en offentlig adresse. De andre kan ingen utenfor slå opp.",
    en="Claims about benefits rest on sources with a public address. Nobody outside can look up the others.",
    column="source_id",
    remedy=("Finn adressen til kilden.", "Find the address of the source."),
)
def claims_rest_on_an_address(tables: Tables) -> Outcome:
    """A claim from a page whose address nobody entered: the reader must take our word for it.

    What an owner answered is published with the edition, in table `answers`, and has no other address.
    """
    claims = tables["benefit_claims"]
    is_public = pl.col("address").is_not_null() | (pl.col("document_type_code") == OWNER_ANSWER)
    addressed = tables["sources"].filter(is_public).select("source_id")
    lost = claims.join(addressed, on="source_id", how="anti")
    return Outcome([claims], [lost.select("benefit_claim_id")])


@invariant(
    ALL_TABLES,
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("sources",),
    nb="Hver merknad og hvert problem har en kilde som finnes, sin egen eller radens, med et sted i den. En kilde til "
    "en merknad som ikke finnes, er heller ikke der.",
    en="Every note and every problem has a source that exists, its own or the row's, with a place in it. A source of a "
    "note that does not exist is not there either.",
    remedy=(
        "Oppgi kilde og sted, eller fjern det som står alene.",
        "Give source and place, or remove what stands alone.",
    ),
)
def notes_and_problems_have_a_source(tables: Tables) -> Outcome:
    """A problem taken from another page than the row: it would be quoted from a document that does not state it."""
    known = tables["sources"].select(cited_id="source_id")
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract, frame in of_this_edition(tables):
        names = set(contract.column_names)
        for stem in (stem for stem in ("note", "problem") if f"{stem}_nb" in names):
            if contract not in CORE or "source_id" not in names or contract.name == "sources":
                continue
            has_own = {f"{stem}_source_id", f"{stem}_source_locator"} <= names
            own_id = pl.col(f"{stem}_source_id") if has_own else pl.lit(None, pl.String)
            own_place = pl.col(f"{stem}_source_locator") if has_own else pl.lit(None, pl.String)
            is_said = pl.col(f"{stem}_nb").is_not_null() | pl.col(f"{stem}_en").is_not_null()
            said = frame.filter(is_said)
            looked_at.append(said)
            lost = said.with_columns(cited_id=pl.coalesce(own_id, "source_id")).join(known, on="cited_id", how="anti")
            is_half = own_id.is_not_null() & own_place.is_null()
            is_alone = ~is_said & (own_id.is_not_null() | own_place.is_not_null())
            column = f"{stem}_source_id"
            faults.append(cells_at_fault(contract, lost, {column: pl.lit(value=True)}))
            faults.append(cells_at_fault(contract, frame, {column: is_half | is_alone}))
    return Outcome(looked_at, faults)


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("coding_coverage", "benefits", "answers", *_ASSESSED),
    nb="Det som er kodet om et prosjekt, bygger på et dokument som er ført som lest for det prosjektet. Ellers er "
    "kilden trolig et annet prosjekts, eller lesningen ikke ført.",
    en="What is coded of a project rests on a document that is entered as read for that project. Otherwise the source "
    "is probably another project's, or the reading was not entered.",
    remedy=(
        "Rett kilden, eller før lesningen i coding_coverage.",
        "Correct the source, or enter the reading in coding_coverage.",
    ),
)
def codings_rest_on_documents_read(tables: Tables) -> Outcome:
    """The source of another project: the claim would lead to a page that says nothing of it.

    What an owner answers about a project is about that project, and nobody codes it.
    """
    coded = tables["coding_coverage"].filter(pl.col("read_code") != _NOT_READ).select("project_id", "source_id")
    read = pl.concat([coded, tables["answers"].select("project_id", "source_id")])
    # A project of which no reading is entered yet says nothing of what was read.
    entered = coded.select("project_id").unique()
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract, rows in _of_projects(tables):
        if contract.name in _ASSESSED:
            looked = rows.join(entered, on="project_id", how="semi")
            unread = looked.join(read, on=["project_id", "source_id"], how="anti")
            looked_at.append(looked)
            faults.append(cells_at_fault(contract, unread, {"source_id": pl.lit(value=True)}))
    return Outcome(looked_at, faults)


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("sources", "projects", "participations", "organisations", "project_relations", "coding_coverage"),
    nb="Ingen rad om et prosjekt bygger på et dokument som ellers bare er brukt om et annet. Da er kilden trolig "
    "byttet med et annet prosjekts.",
    en="No row of a project rests on a document that is otherwise used of another only. The source is then probably "
    "swapped with another project's.",
    remedy=(
        "Rett kilden, eller før i coding_coverage at dokumentet er lest for dette prosjektet.",
        "Correct the source, or enter in coding_coverage that the document was read for this project.",
    ),
)
def sources_are_the_projects_own(tables: Tables) -> Outcome:
    """One row of a project that cites a page about another: the way back to the source leads astray.

    A document is a project's own when a reading of it is entered for that project, when its title names the project or
    its publisher takes part in it, when another row of the project cites it too, or when the project it is otherwise
    used of is related. A document that many projects cite is about all of them.
    """
    pair = ["project_id", "source_id"]
    rows = list(_of_projects(tables))
    counted = [collected(frame.group_by(pair).agg(rows=pl.len())) for _, frame in rows]
    cited = pl.concat(counted).group_by(pair).agg(pl.col("rows").sum()).lazy()
    citers = pl.len().over("source_id")
    alone = cited.filter((pl.col("rows") == 1) & (citers > 1) & (citers < _ABOUT_MANY))
    foreign = _not_its_own(alone, tables)
    others = cited.filter(pl.col("rows") > 1).select("source_id", other_id="project_id")
    of_another = foreign.join(others, on="source_id").join(
        _related(tables), left_on=["project_id", "other_id"], right_on=["project_id", "related_project_id"], how="anti"
    )
    found = collected(of_another.select(pair).unique()).lazy()
    places = [
        cells_at_fault(contract, frame.join(found, on=pair, how="semi"), {"source_id": pl.lit(value=True)})
        for contract, frame in rows
    ]
    return Outcome([frame for _, frame in rows], places)


def _not_its_own(cited: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """The rows of `cited` whose document was not read for their project, does not name it, and does not come from one
    who takes part.

    Asked of these rows alone: all titles beside all names would be a hundred thousand times a hundred thousand.
    """
    pair = ["project_id", "source_id"]
    read = tables["coding_coverage"].filter(pl.col("read_code") != _NOT_READ).select(pair)
    sources = tables["sources"].select("source_id", "publisher", title=pl.col("title").str.to_lowercase())
    names = tables["projects"].select("project_id", "name_nb", "short_name_nb").unpivot(index="project_id")
    unread = cited.join(read, on=pair, how="anti").join(sources, on="source_id", how="left")
    named = (
        unread.join(names.with_columns(pl.col("value").str.to_lowercase()), on="project_id")
        .filter(pl.col("title").str.contains(pl.col("value"), literal=True))
        .select(pair)
    )
    participants = tables["participations"].join(
        tables["organisations"].select("organisation_id", "name"), on="organisation_id"
    )
    publishers = [participants.select("project_id", publisher=name) for name in ("name", "organisation_name")]
    return unread.join(named, on=pair, how="anti").join(
        pl.concat(publishers), on=["project_id", "publisher"], how="anti"
    )


def _related(tables: Tables) -> pl.LazyFrame:
    """Pairs of related projects, each both ways."""
    pairs = tables["project_relations"].select("project_id", "related_project_id").drop_nulls()
    turned = pairs.select(project_id="related_project_id", related_project_id="project_id")
    return pl.concat([pairs, turned]).unique()


def _of_projects(tables: Tables) -> Iterator[tuple[Contract, pl.LazyFrame]]:
    """Rows that are about a project and cite a document, with `project_id` and `source_id`."""
    benefits = tables["benefits"].select("benefit_id", "project_id") if "benefits" in tables else None
    for contract, frame in of_this_edition(tables):
        if contract not in CORE or "source_id" not in contract.column_names or contract.name == "coding_coverage":
            continue
        rows = frame
        if contract.name == "benefit_measurements":
            rows = rows.join(tables["benefit_plans"].select("benefit_plan_id", "benefit_id"), on="benefit_plan_id")
        if benefits is not None and contract.name in (*_OF_A_BENEFIT, "benefit_measurements"):
            rows = rows.join(benefits, on="benefit_id")
        if "project_id" in rows.collect_schema():
            yield contract, rows.drop_nulls("project_id")


CITATION_INVARIANTS: tuple[Invariant, ...] = (
    line_locators_can_be_followed,
    cited_lines_exist,
    claims_rest_on_an_address,
    notes_and_problems_have_a_source,
    codings_rest_on_documents_read,
    sources_are_the_projects_own,
)
