"""Rules about what texts say: no cause of our own, the same numbers in both languages, no person, no goal as a result.

Belongs here: rules that read sentences.
Does not belong here: the words they look for (`gevinst.quality.wording`, `gevinst.persons_and_contacts`), contact data
(`everywhere.py`), and what is said twice (`gevinst.quality.suites.evaluations`).
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import CORE
from gevinst.contracts.vocabulary import ACHIEVED, SCHEME_DOCUMENTS, Severity
from gevinst.persons_and_contacts import Kind
from gevinst.quality.invariants.model import (
    Invariant,
    Outcome,
    Tables,
    cells_at_fault,
    invariant,
    of_this_edition,
    persons_data,
)
from gevinst.quality.model import ALL_TABLES, Owner
from gevinst.quality.wording import numbers_in, unstated_causes, words_of_future

_IN_OWN_VOICE = ("benefit_claims", "portfolio_findings", "counterfactual_statements")
"""Tables whose statements are read as what a source says."""
_CALENDAR_YEARS = (1990, 2100)
_PERCENTAGE = "\\d[ \u00a0\u202f]?(?:%|prosent)"
_THIRD_PARTY = "third_party"
_SAID_BY = ("status_assessments", "benefit_claims", "benefit_measurements")


def _finds(words: Callable[[str, str], list[str]], column: str, language: str) -> pl.Expr:
    """Whether a text holds words that `words` finds; false for an empty one."""
    found = pl.col(column).map_elements(lambda text: bool(words(text, language)), return_dtype=pl.Boolean)
    return found.fill_null(value=False)


@invariant(
    "benefit_claims",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=_IN_OWN_VOICE,
    nb="Utsagn sier ikke med egne ord at noe kom av noe annet («førte til», «fordi», «takket være»); de sier hvem som "
    "mener det. Ellers hevder registeret en årsak som ingen har vist.",
    en="Statements do not say in their own words that one thing came of another (“led to”, “because”, “thanks to”); "
    "they say who thinks so. Otherwise the register claims a cause that nobody has shown.",
    remedy=(
        "Skriv hvem som sier det i samme setning, eller fjern årsaksordet.",
        "Write who says so in the same sentence, or remove the word of cause.",
    ),
)
def statements_claim_no_cause(tables: Tables) -> Outcome:
    """«Prosjektet førte til kortere ventetid» where the source only tells of both."""
    spoken = [(contract, frame) for contract, frame in of_this_edition(tables) if contract.name in _IN_OWN_VOICE]
    columns = {f"statement_{language}": language for language in LANGUAGES}
    causes = {name: _finds(unstated_causes, name, language) for name, language in columns.items()}
    faults = [cells_at_fault(contract, frame, causes) for contract, frame in spoken]
    return Outcome([frame for _, frame in spoken], faults)


@invariant(
    ALL_TABLES,
    Severity.CRITICAL,
    Owner.EVALUATOR,
    nb="De norske og engelske tekstene har de samme tallene, med siffer eller ord. Ellers er ett av dem feil, og "
    "lesere av de to språkene får vite ulike ting.",
    en="The Norwegian and English texts have the same numbers, in digits or words. Otherwise one of them is wrong, and "
    "readers of the two languages learn different things.",
    remedy=(
        "Slå opp tallet i kilden, og rett teksten som er feil.",
        "Look the number up in the source and correct the text that is wrong.",
    ),
)
def texts_say_the_same_numbers(tables: Tables) -> Outcome:
    """120 in one language and 210 in the other; a number in the translation alone."""
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract, frame in of_this_edition(tables):
        for stem in contract.stems if contract in CORE else ():
            pair = pl.struct(nb=f"{stem}_nb", en=f"{stem}_en")
            # The same text twice is not translated yet (`texts_are_translated`): there is no second number to differ.
            rows = frame.filter(pl.col(f"{stem}_nb") != pl.col(f"{stem}_en"))
            looked_at.append(rows)
            differ = pair.map_elements(_numbers_differ, return_dtype=pl.Boolean)
            faults.append(cells_at_fault(contract, rows, {stem: differ}))
    return Outcome(looked_at, faults)


def _numbers_differ(pair: dict[str, str]) -> bool:
    found = (set(numbers_in(pair[language], language)) for language in LANGUAGES)
    return next(found) != next(found)


@invariant(
    "benefit_claims",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("benefit_claims", "benefit_plans", "benefit_measurements"),
    nb="Et tall i et utsagn om noe oppnådd, og en prosent i ethvert utsagn, står også i en plan for gevinsten eller en "
    "måling av den. Ellers vet ingen hva tallet måler, når og av hvem.",
    en="A number in a claim about something achieved, and a percentage in any claim, is also in a plan for the benefit "
    "or a measurement of it. Otherwise nobody knows what the number measures, when and by whom.",
    column="statement_nb",
    remedy=(
        "Før tallet som plan eller måling med enhet og kilde, eller fjern det.",
        "Enter the number as a plan or a measurement with unit and source, or remove it.",
    ),
)
def numbers_of_claims_are_measured(tables: Tables) -> Outcome:
    """«Sparer 40 prosent» in a text alone: a figure with no baseline, no date and nobody who measured it.

    Other numbers in claims of what is expected mostly say whom it is for («unge under 30 år»).
    """
    plans, measurements = tables["benefit_plans"], tables["benefit_measurements"]
    measured = measurements.join(plans.select("benefit_plan_id", "benefit_id"), on="benefit_plan_id")
    values = pl.concat(
        [
            *(plans.select("benefit_id", number=name) for name in ("baseline_value", "target_value")),
            *(
                measured.select("benefit_id", number=pl.col(name).cast(pl.Float64))
                for name in ("measured_value", "respondent_count")
            ),
        ]
    ).drop_nulls()
    is_achieved, is_share = pl.col("evidence_code").is_in(ACHIEVED), pl.col("statement_nb").str.contains(_PERCENTAGE)
    claims = tables["benefit_claims"].filter(is_achieved | is_share)
    digits = pl.col("statement_nb").map_elements(
        lambda text: numbers_in(text, "nb", words=False), return_dtype=pl.List(pl.Float64)
    )
    numbers = claims.select("benefit_claim_id", "benefit_id", number=digits).explode("number").drop_nulls("number")
    stated = numbers.filter(~pl.col("number").is_between(*_CALENDAR_YEARS))
    loose = stated.join(values, on=["benefit_id", "number"], how="anti")
    return Outcome([claims], [loose.select("benefit_claim_id")])


@invariant(
    ALL_TABLES,
    Severity.CRITICAL,
    Owner.MAINTAINER,
    nb="Ingen tekst i registeret nevner en person ved navn. Navn er personopplysninger, og ingen gevinst avhenger av "
    "dem.",
    en="No text of the register names a person. Names are personal data, and no benefit depends on them.",
    remedy=("Skriv rollen eller virksomheten i stedet.", "Write the role or the organisation instead."),
)
def no_person_is_named(tables: Tables) -> Outcome:
    """«Prosjektleder Kari Nordmann sier»: the name would be published and kept in every edition."""
    return persons_data(tables, {Kind.NAME})


@invariant(
    "benefit_claims",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("benefit_claims",),
    nb="Et utsagn om noe oppnådd sier ikke at det skal komme («skal», «ventes å»). Da er et mål kodet som et resultat.",
    en="A claim about something achieved does not say that it is to come («skal», «ventes å»). A goal is then coded as "
    "a result.",
    column="statement_nb",
    remedy=(
        "Kod det som mål, eller skriv hva kilden sier at er oppnådd.",
        "Code it as a goal, or write what the source says was achieved.",
    ),
)
def achieved_claims_are_no_goals(tables: Tables) -> Outcome:
    """«Saksbehandlingen skal bli raskere» with evidence «oppgitt»: a hope counted among results."""
    claims = tables["benefit_claims"].filter(pl.col("evidence_code").is_in(ACHIEVED))
    # The Norwegian text alone: English «is to» has too many other meanings.
    # A column first: a filter would be handed to the engine, which cannot run Python.
    hopes = claims.with_columns(is_hope=_finds(words_of_future, "statement_nb", "nb")).filter("is_hope")
    return Outcome([claims], [hopes.select("benefit_claim_id")])


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("sources", "participations", "organisations", "organisation_names", *_SAID_BY),
    nb="Det som er ført som sagt av en utenforstående, står ikke i et dokument fra en deltaker eller fra ordningen. "
    "Ellers ser en egenvurdering uavhengig ut.",
    en="What is entered as said by a third party is not in a document of a participant or of the scheme. Otherwise an "
    "assessment of one's own looks independent.",
    remedy=("Rett hvem som sier det.", "Correct who says so."),
)
def third_parties_are_outside(tables: Tables) -> Outcome:
    """The owner's own page entered as the word of somebody outside."""
    scheme = tables["sources"].filter(pl.col("document_type_code").is_in(SCHEME_DOCUMENTS)).select("publisher")
    of_scheme = tables["sources"].join(scheme.unique(), on="publisher", how="semi").select("source_id")
    names = [tables[name].select("organisation_id", "name") for name in ("organisations", "organisation_names")]
    # Who may speak for a project: many documents beside many projects of one publisher would be all pairs of them.
    publishers = tables["participations"].join(pl.concat(names).unique(), on="organisation_id")
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract, frame in of_this_edition(tables):
        if contract.name not in _SAID_BY:
            continue
        rows = frame.filter(pl.col("stated_by_code") == _THIRD_PARTY)
        looked_at.append(rows)
        inside = [rows.join(of_scheme, on="source_id", how="semi")]
        if "project_id" in contract.column_names:
            published = rows.join(tables["sources"].select("source_id", "publisher"), on="source_id")
            own = publishers.select("project_id", publisher="name")
            inside.append(published.join(own, on=["project_id", "publisher"], how="semi"))
        faults += [cells_at_fault(contract, found, {"stated_by_code": pl.lit(value=True)}) for found in inside]
    return Outcome(looked_at, faults)


STATEMENT_INVARIANTS: tuple[Invariant, ...] = (
    statements_claim_no_cause,
    texts_say_the_same_numbers,
    numbers_of_claims_are_measured,
    no_person_is_named,
    achieved_claims_are_no_goals,
    third_parties_are_outside,
)
