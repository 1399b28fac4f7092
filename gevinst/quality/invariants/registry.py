"""Rules across the tables of the registry.

Belongs here: rules across rounds, projects, organisations and amounts.
Does not belong here: rules about dates (`dates.py`), about benefits and status (`evaluations.py`) and about marts
(`editions.py`).
"""

from __future__ import annotations

import polars as pl

from gevinst.contracts.vocabulary import GIVEN_AMOUNTS, OWNER_ROLES, Severity
from gevinst.identifiers import is_organisation_number
from gevinst.quality.invariants.model import Invariant, Outcome, Tables, invariant
from gevinst.quality.model import Owner
from gevinst.workspace import scheme

_GROWTH_PCT = (-2.0, 12.0)
"""Yearly growth of consumer prices outside of which a figure is mistyped or from another series; it was between 1 and
6 per cent from 2015 to 2024."""


@invariant(
    "participations",
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("projects", "participations"),
    nb="Hvert prosjekt har nøyaktig én prosjekteier. Uten eier svarer ingen for gevinstene, og med to telles "
    "prosjektet to ganger.",
    en="Every project has exactly one project owner. Without one nobody answers for the benefits, and with two the "
    "project is counted twice.",
)
def projects_have_one_owner(tables: Tables) -> Outcome:
    """A co-owner entered as owner, or an owner forgotten."""
    owners = tables["participations"].filter(pl.col("role_code") == "owner").group_by("project_id").len("owners")
    counted = tables["projects"].join(owners, on="project_id", how="left")
    wrong = counted.filter(pl.col("owners").fill_null(0) != 1)
    return Outcome([counted], [wrong.select("project_id")])


@invariant(
    "participations",
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("participations", "organisations"),
    nb="Prosjekteiere og deleiere er slike virksomheter som scheme.toml sier kan eie. Ellers er eier og leverandør "
    "trolig byttet om.",
    en="Project owners and co-owners are of the kinds that scheme.toml says can own. Otherwise owner and supplier are "
    "probably swapped.",
)
def participations_owner_is_public(tables: Tables) -> Outcome:
    """A supplier entered as owner, in a scheme that only some kinds of organisations can have grants from."""
    levels = tables["organisations"].select("organisation_id", "level_code")
    owners = tables["participations"].filter(pl.col("role_code").is_in(OWNER_ROLES)).join(levels, on="organisation_id")
    allowed = scheme().owner_levels
    wrong = owners.filter(~pl.col("level_code").is_in(allowed)) if allowed else owners.clear()
    return Outcome([owners], [wrong.select("participation_id")])


@invariant(
    "participations",
    Severity.WARNING,
    Owner.REGISTRY_EDITOR,
    reads=("participations", "organisations", "organisation_names"),
    nb="Navnet i en deltakelse er et kjent navn på virksomheten, og ikke en skrivefeil. Ellers er trolig feil "
    "virksomhet knyttet til prosjektet.",
    en="The name in a participation is a known name of the organisation, and not a misspelling. Otherwise the wrong "
    "organisation is probably tied to the project.",
)
def participation_names_are_listed(tables: Tables) -> Outcome:
    """Two ids swapped, or a misspelling that the corrections register should have corrected."""
    listed = pl.concat(
        [
            tables["organisation_names"]
            .filter(pl.col("name_kind_code") != "misspelling")
            .select("organisation_id", "name"),
            tables["organisations"].select("organisation_id", "name"),
            tables["organisations"].select("organisation_id", name="short_name").drop_nulls(),
        ]
    )
    rows = tables["participations"]
    unlisted = rows.join(
        listed, left_on=["organisation_id", "organisation_name"], right_on=["organisation_id", "name"], how="anti"
    )
    return Outcome([rows], [unlisted.select("participation_id")])


@invariant(
    "round_figures",
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("round_figures",),
    nb="Når kilder oppgir tall om en runde, er ett foretrukket per mål, og aldri to av samme beløpstype. Ellers er det "
    "tilfeldig hvilket som vises.",
    en="Where sources state figures about a round, one is preferred per measure, and never two of the same kind of "
    "amount. Otherwise it is chance which one is shown.",
)
def round_figures_have_one_preferred(tables: Tables) -> Outcome:
    """Two preferred figures, or none: the choice would fall to the order of dates and ids."""
    # Counts have no kind of amount; they get one here, since the parts of the reported keys are joined as texts.
    figures = tables["round_figures"].with_columns(pl.col("amount_kind_code").fill_null("count"))
    chosen = pl.col("is_preferred").sum()
    none = figures.group_by("round_id", "measure_code").agg(chosen).filter(pl.col("is_preferred") == 0)
    by_kind = figures.group_by("round_id", "measure_code", "amount_kind_code").agg(chosen)
    two = by_kind.filter(pl.col("is_preferred") > 1)
    keys = [pl.concat_str(pl.exclude("is_preferred"), separator="/")]
    return Outcome([by_kind], [none.select(keys), two.select(keys)])


@invariant(
    "round_figures",
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("round_figures", "projects"),
    nb="Ingen runder har flere navngitte prosjekter enn valgte. Da står ett i feil runde, eller tallet er galt.",
    en="No round has more named projects than selected. A project is then in the wrong round, or the figure wrong.",
)
def named_projects_within_selected(tables: Tables) -> Outcome:
    """A project of another round: the number of unnamed projects would become negative."""
    selected = tables["round_figures"].filter((pl.col("measure_code") == "selected") & pl.col("is_preferred"))
    named = tables["projects"].group_by("round_id").len("named")
    compared = selected.join(named, on="round_id", how="inner")
    return Outcome([compared], [compared.filter(pl.col("named") > pl.col("value")).select("round_id")])


@invariant(
    "projects",
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("projects", "rounds"),
    nb="Prosjektets nøkkel begynner med årstallet til kullet. Ellers står prosjektet i feil runde.",
    en="The id of a project begins with the year of its cohort. Otherwise the project is in the wrong round.",
)
def project_ids_carry_their_cohort(tables: Tables) -> Outcome:
    """A project moved to another round: the cohort comparison would use the wrong award date."""
    rows = tables["projects"].join(tables["rounds"].select("round_id", "cohort_year"), on="round_id")
    wrong = rows.filter(pl.col("project_id").str.head(4) != pl.col("cohort_year").cast(pl.String))
    return Outcome([rows], [wrong.select("project_id")])


@invariant(
    "project_relations",
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("project_relations", "projects", "rounds"),
    nb="En forløper er et prosjekt fra et tidligere eller samme kull. Ellers er det tidligere og det senere byttet om.",
    en="A predecessor is a project of an earlier or the same cohort. Otherwise the earlier and the later are swapped.",
)
def predecessors_come_first(tables: Tables) -> Outcome:
    """The relation entered the wrong way round: the later project would be shown as the origin."""
    cohorts = (
        tables["projects"]
        .join(tables["rounds"].select("round_id", "cohort_year"), on="round_id")
        .select("project_id", "cohort_year")
    )
    rows = (
        tables["project_relations"]
        .filter(pl.col("relation_code") == "predecessor")
        .join(cohorts, on="project_id")
        .join(cohorts, left_on="related_project_id", right_on="project_id", suffix="_earlier")
    )
    wrong = rows.filter(pl.col("cohort_year_earlier") > pl.col("cohort_year"))
    return Outcome([rows], [wrong.select("project_relation_id")])


@invariant(
    "kpi",
    Severity.CRITICAL,
    Owner.MAINTAINER,
    reads=("kpi",),
    nb="Konsumprisindeksen endrer seg mellom −2 og 12 prosent fra år til år. Et hopp er en skrivefeil eller et annet "
    "basisår, og gir feil faste kroner.",
    en="The consumer price index changes between −2 and 12 per cent from year to year. A jump is a typing error or "
    "another base year, and gives wrong constant prices.",
)
def kpi_grows_plausibly(tables: Tables) -> Outcome:
    """119,5 typed as 195,1, or years of two series put together; a missing year counts as growth per year."""
    steps = (
        tables["kpi"]
        .sort("base_year", "year")
        .with_columns(
            pl.col("index_value").pct_change().over("base_year").alias("growth"),
            pl.col("year").diff().over("base_year").alias("years"),
        )
        .drop_nulls("growth")
    )
    # Per year, so that a gap in the series does not look like a jump.
    yearly = ((1 + pl.col("growth")).pow(1 / pl.col("years")) - 1) * 100
    wrong = steps.filter(~yearly.is_between(*_GROWTH_PCT)).select(
        pl.concat_str(pl.col("year").cast(pl.String), pl.col("base_year").cast(pl.String), separator="/")
    )
    return Outcome([steps], [wrong])


@invariant(
    "project_grants",
    Severity.WARNING,
    Owner.REGISTRY_EDITOR,
    reads=("project_grants", "projects", "round_figures"),
    nb="Kjent støtte til prosjektene i en runde er ikke mer enn rundens beløp. Ellers er minst ett av beløpene feil "
    "eller av en annen type.",
    en="Known grants to the projects of a round are not more than the round's amount. Otherwise at least one of the "
    "amounts is wrong or of another kind.",
)
def grants_within_round_amount(tables: Tables) -> Outcome:
    """A grant that includes own funding, or the ceiling of a call taken for the amount of the round."""
    rounds = tables["projects"].select("project_id", "round_id")
    granted = (
        tables["project_grants"].join(rounds, on="project_id").group_by("round_id").agg(pl.col("grant_amount").sum())
    )
    # The largest of the amounts that sources give: where they differ, only what exceeds all of them is a fault.
    amounts = tables["round_figures"].filter(pl.col("amount_kind_code").is_in(GIVEN_AMOUNTS))
    largest = amounts.group_by("round_id").agg(pl.col("value").max())
    compared = granted.join(largest, on="round_id")
    over = compared.filter(pl.col("grant_amount") > pl.col("value"))
    return Outcome([compared], [over.select("round_id")])


@invariant(
    "organisation_numbers",
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("organisation_numbers",),
    nb="Hvert organisasjonsnummer har riktig kontrollsiffer. Et feilskrevet nummer kobler prosjektet til en annen "
    "virksomhet.",
    en="Every organisation number has the right check digit. A misprinted number ties the project to another "
    "organisation.",
)
def organisation_numbers_are_valid(tables: Tables) -> Outcome:
    """Two digits swapped."""
    rows = tables["organisation_numbers"]
    wrong = rows.filter(~is_organisation_number("organisation_number"))
    return Outcome([rows], [wrong.select("organisation_number")])


REGISTRY_INVARIANTS: tuple[Invariant, ...] = (
    projects_have_one_owner,
    participations_owner_is_public,
    participation_names_are_listed,
    round_figures_have_one_preferred,
    named_projects_within_selected,
    project_ids_carry_their_cohort,
    predecessors_come_first,
    kpi_grows_plausibly,
    grants_within_round_amount,
    organisation_numbers_are_valid,
)
