"""Contracts of the marts about the scheme as a whole: money, deliveries, owners, disagreements and headline numbers.

Belongs here: counts and sums over rounds, participations, relations and findings.
Does not belong here: rounds as such (`mart_editions.py`) and projects (`mart_projects.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    EDITION_YEAR,
    LOCATOR,
    PROJECT,
    SOURCE,
    Additivity,
    Column,
    Contract,
    Type,
    code,
    count,
    flag,
    percent,
    reference,
    text,
    with_basis,
    year,
)

_ROUND = reference("round_id", "rounds.round_id", "Runden.", "The round.")
_ORGANISATION = reference("organisation_id", "organisations.organisation_id", "Virksomheten.", "The organisation.")
_COHORT = year("cohort_year", "Kull.", "Cohort.")
_PRICE_YEAR = year("price_year", "Året de faste kronene gjelder.", "The year of the fixed kroner.", required=False)


def _one(name: str, nb: str, en: str) -> Column:
    return count(name, nb, en, additivity=Additivity.NO)


def _unsummed(name: str, nb: str, en: str, unit: str, additivity: Additivity = Additivity.NO) -> Column:
    return Column(name, Type.NUMBER, nb, en, unit=unit, additivity=additivity)


def _fixed(nb: str, en: str, additivity: Additivity) -> Column:
    return _unsummed("fixed_nok", nb, en, "NOK of one award, prices of price_year", additivity)


ROUND_AMOUNTS = Contract(
    name="round_amounts",
    layer="marts",
    title_nb="Beløp per runde i faste kroner",
    title_en="Amounts per round in constant prices",
    grain_nb="Én rad per runde og utgaveår.",
    grain_en="One row per round and edition year.",
    key=("edition_year", "round_id"),
    depends_on=("round_overview", "kpi"),
    rule_nb="Beløpet regnes fra kroner i tildelingsåret til kroner i det nyeste året med prisindeks før utgaveåret, "
    "med konsumprisindeksen. Bare tildelt støtte sammenlignes mellom runder; beløp av ulike slag legges aldri sammen.",
    rule_en="The amount goes from kroner of the year of the award to kroner of the newest year with a price index "
    "before the edition year, by the consumer price index. Only funding awarded is compared between rounds; amounts of "
    "different kinds are never added.",
    formula="fixed_nok = amount_nok * kpi(price_year) / kpi(cohort_year); is_highest_award = highest fixed_nok of the "
    "edition among rows with amount_kind_code = award",
    columns=(
        EDITION_YEAR,
        _ROUND,
        _COHORT,
        code(
            "amount_kind_code", "amount_kind", "Hva slags beløp det er.", "What kind of amount it is.", required=False
        ),
        _unsummed("amount_nok", "Beløpet.", "The amount.", "NOK, current prices"),
        _fixed(
            "Beløpet i faste kroner; tomt uten prisindeks.",
            "In constant prices; empty without an index.",
            Additivity.NO,
        ),
        _PRICE_YEAR,
        flag("is_amount_approximate", "Ja når kilden sier omtrent.", "True when the source says about."),
        flag(
            "has_disagreement",
            "Ja når kilder oppgir ulike tall om runden.",
            "True when sources state different figures about the round.",
        ),
        flag("is_highest_award", "Ja for den høyeste tildelingen.", "True for the highest award."),
    ),
)

GRANT_AMOUNTS = Contract(
    name="grant_amounts",
    layer="marts",
    title_nb="Støtte per prosjekt i faste kroner",
    title_en="Grants per project in constant prices",
    grain_nb="Én rad per prosjekt som en kilde oppgir støtten til, og utgaveår.",
    grain_en="One row per project whose grant a source states, and edition year.",
    key=("edition_year", "project_id"),
    depends_on=("project_grants", "project_status", "kpi", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Støtten regnes fra kroner i kullets år til kroner i det nyeste året med prisindeks før utgaveåret, med "
    "konsumprisindeksen.",
    rule_en="The grant goes from kroner of the year of the cohort to kroner of the newest year with a price index "
    "before the edition year, by the consumer price index.",
    formula="fixed_nok = grant_nok * kpi(price_year) / kpi(cohort_year)",
    columns=(
        EDITION_YEAR,
        PROJECT,
        _COHORT,
        _unsummed("grant_nok", "Støtten.", "The grant.", "NOK, current prices", Additivity.WITHIN_EDITION),
        _fixed(
            "Støtten i faste kroner; tom uten prisindeks.",
            "In constant prices; empty without an index.",
            Additivity.WITHIN_EDITION,
        ),
        _PRICE_YEAR,
        SOURCE,
        LOCATOR,
    ),
)

SUPPLIER_DELIVERIES = Contract(
    name="supplier_deliveries",
    layer="marts",
    title_nb="Leveranser per leverandør",
    title_en="Deliveries per supplier",
    grain_nb="Én rad per leverandør og utgaveår.",
    grain_en="One row per supplier and edition year.",
    key=("edition_year", "organisation_id"),
    depends_on=("participations", "project_status", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Prosjektene som hver leverandør har levert til. Et prosjekt telles én gang; omstridte leveranser telles "
    "med, og for seg.",
    rule_en="The projects that each supplier has delivered to. A project is counted once; disputed deliveries are "
    "counted too, and by themselves.",
    formula="project_count = projects with role_code = supplier; disputed_count = of these is_disputed; is_most = "
    "highest project_count of the edition",
    columns=(
        EDITION_YEAR,
        _ORGANISATION,
        _one("project_count", "Prosjekter levert til.", "Projects delivered to."),
        _one("disputed_count", "Av dem: kilder er uenige.", "Of these: sources disagree."),
        flag("is_most", "Ja når ingen har flere.", "True when nobody has more."),
    ),
)

OWNER_GROUPS = Contract(
    name="owner_groups",
    layer="marts",
    title_nb="Prosjekter etter politikkområde og eiernes forvaltningsnivå",
    title_en="Projects by policy area and the owners' level of government",
    grain_nb="Én rad per politikkområde og forvaltningsnivå som forekommer, og for alle samlet, per utgaveår.",
    grain_en="One row per policy area and level of government that occurs, and for all together, per edition year.",
    key=("edition_year", "sector", "owner_level"),
    depends_on=("project_status", "projects", "participations", "organisations", "sources", "edition_years"),
    rule_nb="Et prosjekt telles én gang på hvert nivå som en eier eller medeier har, så nivåene blir til sammen "
    "flere enn alle. «all» står for alle områder eller alle nivåer samlet.",
    rule_en="A project is counted once in each level that an owner or co-owner has, so that levels add up to more than "
    "all. all stands for every area or every level together.",
    formula="project_count = projects of the sector with an owner or co_owner of the level; is_most = highest "
    "project_count of the edition among rows with sector = all and owner_level other than all",
    columns=(
        EDITION_YEAR,
        text("sector", "Koden for politikkområdet, eller all.", "The code of the policy area, or all.", required=True),
        text("owner_level", "Koden for nivået, eller all.", "The code of the level, or all.", required=True),
        _one("project_count", "Prosjekter.", "Projects."),
        flag("is_most", "Ja for nivået med flest prosjekter.", "True for the level with most projects."),
    ),
)

ROUND_DISAGREEMENTS = Contract(
    name="round_disagreements",
    layer="marts",
    title_nb="Tall om runder som kilder er uenige om",
    title_en="Figures about rounds that sources disagree on",
    grain_nb="Én rad per oppgitt tall som en annen kilde motsier, og utgaveår.",
    grain_en="One row per stated figure that another source contradicts, and edition year.",
    key=("edition_year", "round_figure_id"),
    depends_on=("round_figures", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Tall om samme runde, samme mål og samme slags beløp som ikke er like. En tildeling og en ramme "
    "sammenlignes, fordi begge fortelles som det runden ga.",
    rule_en="Figures about the same round, the same measure and the same kind of amount that are not equal. An award "
    "and a frame are compared, since both are told as what the round gave.",
    formula="groups of round_id, measure_code, compared_as with more than one value; compared_as = award for award and "
    "frame_plus_options, else amount_kind_code, count where there is none",
    columns=(
        EDITION_YEAR,
        reference("round_figure_id", "round_figures.round_figure_id", "Tallet.", "The figure."),
        _ROUND,
        code("measure_code", "round_measure", "Hva tallet måler.", "What the figure measures."),
        text(
            "compared_as",
            "Slaget beløp det sammenlignes som; count for antall.",
            "The kind of amount that it is compared as; count for what is no amount.",
            required=True,
        ),
        flag("is_preferred", "Ja for tallet som er brukt.", "True for the figure in use."),
        SOURCE,
        LOCATOR,
    ),
)

COHORT_ACTORS = Contract(
    name="cohort_actors",
    layer="marts",
    title_nb="Virksomheter per prosjekt, kull for kull",
    title_en="Organisations per project, cohort by cohort",
    grain_nb="Én rad per kull og utgaveår.",
    grain_en="One row per cohort and edition year.",
    key=("edition_year", "cohort_year"),
    depends_on=("driver_table", "project_status"),
    rule_nb="Det laveste og det høyeste antallet virksomheter som deltar i et prosjekt i kullet, uten leverandører. "
    "Tomt når ingen er kjent.",
    rule_en="The lowest and the highest number of organisations that take part in a project of the cohort, without "
    "suppliers. Empty when none is known.",
    formula="fewest_actor_count = min(actor_count), most_actor_count = max(actor_count) over the projects of "
    "cohort_year",
    columns=(
        EDITION_YEAR,
        _COHORT,
        _one("project_count", "Prosjekter i kullet.", "Projects of the cohort."),
        _one("fewest_actor_count", "Færrest virksomheter i et prosjekt.", "Fewest organisations in a project."),
        _one("most_actor_count", "Flest virksomheter i et prosjekt.", "Most organisations in a project."),
    ),
)

COHORT_STATUSES = Contract(
    name="cohort_statuses",
    layer="marts",
    title_nb="Nyeste status per kull",
    title_en="Newest status by cohort",
    grain_nb="Én rad per kull, status som forekommer, og utgaveår.",
    grain_en="One row per cohort, status that occurs, and edition year.",
    key=("edition_year", "cohort_year", "current_status_code"),
    depends_on=("project_status",),
    rule_nb="Hvor mange prosjekter av hvert kull som har hver status.",
    rule_en="How many projects of each cohort have each status.",
    formula="project_count = rows of project_status; cohort_project_count = sum of project_count over the cohort",
    columns=(
        EDITION_YEAR,
        _COHORT,
        code("current_status_code", "status", "Nyeste status.", "Newest status."),
        count("project_count", "Prosjekter.", "Projects."),
        _one("cohort_project_count", "Alle prosjekter i kullet.", "All projects of the cohort."),
    ),
)

SCHEME_HEADLINES = Contract(
    name="scheme_headlines",
    layer="marts",
    title_nb="Hovedtall om ordningen",
    title_en="Headline numbers of the scheme",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=(
        "edition_years",
        "project_status",
        "round_overview",
        "round_amounts",
        "round_disagreements",
        "grant_amounts",
        "supplier_deliveries",
        "driver_table",
        "participations",
        "project_relations",
        "portfolio_findings",
        "follow_on_funding",
        "sources",
    ),
    rule_nb="Tallene som står i overskriftene på siden om ordningen. Andelen valgte gjelder rundene der både søkere "
    "og valgte er kjent. Tildelinger legges sammen i kroner av ett år, og aldri med beløp av andre slag. Summer og "
    "andeler av ingenting er tomme.",
    rule_en="The numbers that stand in the headings of the page about the scheme. The share selected is of the "
    "rounds in which applicants and selected are both known. Awards are added in kroner of one year, and never with "
    "amounts of other kinds. Sums and shares of nothing are empty.",
    formula="accepted_pct = 100 * compared_selected_count / compared_applicant_count, both over rounds that state "
    "both; awarded_fixed_nok = sum of fixed_nok of round_amounts with amount_kind_code = award; the others count "
    "rows of the tables that they name",
    columns=(
        EDITION_YEAR,
        _one("project_count", "Prosjekter i utgaven.", "Projects of the edition."),
        _one("round_count", "Runder.", "Rounds."),
        _one("applicant_round_count", "Runder der antall søkere er kjent.", "Rounds with known applicants."),
        _one("unknown_applicant_round_count", "Runder der det er ukjent.", "Rounds where that is unknown."),
        _one(
            "applicant_count", "Søkere i dem; tom når ingen er kjent.", "Applicants in them; empty when none is known."
        ),
        _one("selected_round_count", "Runder der antall valgte er kjent.", "Rounds with known selected."),
        _one("unknown_selected_round_count", "Runder der det er ukjent.", "Rounds where that is unknown."),
        _one("selected_count", "Valgte i dem; tom når ingen er kjent.", "Selected in them; empty when none is known."),
        _one("inferred_selected_count", "Av dem: utledet, ikke oppgitt.", "Of these: inferred, not stated."),
        _one("compared_round_count", "Runder der begge er kjent.", "Rounds with both known."),
        _one("compared_applicant_count", "Søkere i disse rundene.", "Applicants in these rounds."),
        _one("compared_selected_count", "Valgte i disse rundene.", "Selected in these rounds."),
        with_basis(percent("accepted_pct", "Andelen valgte.", "The share selected."), "compared_applicant_count"),
        _one(
            "awarded_round_count",
            "Runder med kjent tildeling i faste kroner.",
            "Rounds with a known award in constant prices.",
        ),
        with_basis(
            _unsummed(
                "awarded_fixed_nok",
                "Sum av tildelingene; tom når ingen er kjent.",
                "Sum of the awards; empty when none is known.",
                "NOK, prices of price_year",
            ),
            "awarded_round_count",
        ),
        _PRICE_YEAR,
        _one(
            "other_amount_round_count",
            "Runder der bare et annet slags beløp er kjent.",
            "Rounds of which only another kind of amount is known.",
        ),
        _one("known_amount_round_count", "Runder med et kjent beløp.", "Rounds with a known amount."),
        _one("unknown_amount_round_count", "Runder uten kjent beløp.", "Rounds without a known amount."),
        _one("granted_project_count", "Prosjekter der støtten er kjent.", "Projects whose grant is known."),
        _one(
            "organisation_count",
            "Virksomheter som deltar, uten leverandører.",
            "Organisations that take part, without suppliers.",
        ),
        _one("supplier_count", "Leverandører.", "Suppliers."),
        _one("repeat_supplier_count", "Av dem: med mer enn ett prosjekt.", "Of these: with more than one project."),
        _one("most_delivery_count", "Flest prosjekter hos én leverandør.", "Most projects of one supplier."),
        _one("most_delivery_supplier_count", "Leverandører som har så mange.", "Suppliers that have so many."),
        _one("served_project_count", "Prosjekter med kjent leverandør.", "Projects with a known supplier."),
        _one(
            "onward_project_count",
            "Prosjekter som bygger på et annet eller er ført videre.",
            "Projects that build on another or are continued.",
        ),
        _one("spread_project_count", "Prosjekter spredt til andre.", "Projects spread to others."),
        _one("follow_on_count", "Beløp til videre arbeid.", "Amounts for further work."),
        _one("known_actor_project_count", "Prosjekter der deltakerne er kjent.", "Projects with known participants."),
        _one("one_actor_project_count", "Av dem: med én virksomhet.", "Of these: with one organisation."),
        _one(
            "most_actor_count",
            "Flest virksomheter i et prosjekt; tom når ingen er kjent.",
            "Most organisations in a project; empty when none is known.",
        ),
        _one("finding_count", "Det andre har sagt om ordningen.", "What others have said about the scheme."),
        _one("finding_source_count", "Dokumenter det står i.", "Documents it stands in."),
        _one(
            "disagreement_count",
            "Tall om runder som kilder er uenige om.",
            "Figures about rounds that sources disagree on.",
        ),
    ),
)

SCHEME_MARTS = (
    ROUND_AMOUNTS,
    GRANT_AMOUNTS,
    SUPPLIER_DELIVERIES,
    OWNER_GROUPS,
    ROUND_DISAGREEMENTS,
    COHORT_ACTORS,
    COHORT_STATUSES,
    SCHEME_HEADLINES,
)
"""After rounds, status and drivers, which they count."""
