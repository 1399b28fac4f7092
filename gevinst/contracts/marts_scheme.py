"""Contracts of the marts about the scheme as a whole: money, deliveries, owners, disagreements and headline numbers.

Belongs here: counts and sums over rounds, participations, relations and findings.
Does not belong here: rounds as such (`marts_projects.py`) and projects (`marts_projects.py`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Additivity, Contract

ROUND_AMOUNTS = Contract(
    name="round_amounts",
    layer="marts",
    title_nb="Beløp per runde i faste priser",
    title_en="Amounts per round in constant prices",
    grain_nb="Én rad per runde og utgaveår.",
    grain_en="One row per round and edition year.",
    key=("edition_year", "round_id"),
    empty_without=("rounds",),
    depends_on=("round_overview", "kpi"),
    rule_nb="Beløpet regnes fra prisene i tildelingsåret til prisene i det nyeste året med prisindeks før utgaveåret, "
    "med konsumprisindeksen. Bare tildelt støtte sammenlignes mellom runder; beløp av ulike slag legges aldri "
    "sammen.",
    rule_en="The amount goes from the prices of the year of the award to those of the newest year with a price index "
    "before the edition year, by the consumer price index. Only funding awarded is compared between rounds; "
    "amounts of different kinds are never added.",
    formula="fixed_amount = amount * kpi(price_year) / kpi(cohort_year); is_highest_award = highest fixed_amount of "
    "the edition among rows with amount_kind_code = award",
    columns=listed(
        "edition_year round_id cohort_year",
        *override("amount_kind_code", "Hva slags beløp det er.", "What kind of amount it is."),
        *override("amount", "Beløpet.", "The amount.", required=False, additivity=Additivity.NO, minimum=None),
        "fixed_amount",
        *override("price_year", "Året de faste prisene gjelder.", "The year of the constant prices.", required=False),
        "is_amount_approximate has_disagreement is_highest_award",
    ),
)

GRANT_AMOUNTS = Contract(
    name="grant_amounts",
    layer="marts",
    title_nb="Støtte per prosjekt i faste priser",
    title_en="Grants per project in constant prices",
    grain_nb="Én rad per prosjekt som en kilde oppgir støtten til, og utgaveår.",
    grain_en="One row per project whose grant a source states, and edition year.",
    key=("edition_year", "project_id"),
    depends_on=("project_grants", "project_status", "kpi", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Støtten regnes fra prisene i kullets år til prisene i det nyeste året med prisindeks før utgaveåret, med "
    "konsumprisindeksen.",
    rule_en="The grant goes from the prices of the year of the cohort to those of the newest year with a price index "
    "before the edition year, by the consumer price index.",
    formula="fixed_amount = grant_amount * kpi(price_year) / kpi(cohort_year)",
    columns=listed(
        "edition_year project_id cohort_year",
        *override(
            "grant_amount", "Støtten.", "The grant.", required=False, additivity=Additivity.WITHIN_EDITION, minimum=None
        ),
        *override(
            "fixed_amount",
            "Støtten i faste priser; tom uten prisindeks.",
            "In constant prices; empty without an index.",
            additivity=Additivity.WITHIN_EDITION,
        ),
        *override("price_year", "Året de faste prisene gjelder.", "The year of the constant prices.", required=False),
        *override("source_id", "Dokumentet resultatet bygger på.", "The document behind the result.", required=False),
        *override("source_locator", required=False),
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
    columns=listed(
        "edition_year organisation_id",
        *override("project_count", "Prosjekter levert til.", "Projects delivered to.", additivity=Additivity.NO),
        "disputed_count is_most",
    ),
)

SUPPLIER_COHORTS = Contract(
    name="supplier_cohorts",
    layer="marts",
    title_nb="Leverandører per kull",
    title_en="Suppliers by cohort",
    grain_nb="Én rad per kull, leverandør og utgaveår.",
    grain_en="One row per cohort, supplier and edition year.",
    key=("edition_year", "cohort_year", "organisation_id"),
    depends_on=("participations", "project_status", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Hvor mange prosjekter i kullet leverandøren har levert til, og i hvilken rolle: hovedleverandør, med i et "
    "samarbeid, alene eller underleverandør. Leverer flere sammen, telles prosjektet hos hver av dem.",
    rule_en="How many projects of the cohort the supplier has delivered to, and in which role: lead, member of a "
    "consortium, alone or sub-supplier. Where several deliver together the project counts under each.",
    formula="project_count = projects with role_code = supplier; <place>_count = of these supplier_role_code = "
    "<place>, not_stated where there is none",
    columns=listed(
        "edition_year cohort_year organisation_id",
        *override("project_count", "Prosjekter levert til.", "Projects delivered to.", additivity=Additivity.NO),
        "lead_count consortium_member_count sole_count sub_supplier_count not_stated_count",
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
    empty_without=("participations",),
    depends_on=("project_status", "projects", "participations", "organisations", "sources", "edition_years"),
    rule_nb="Et prosjekt telles én gang på hvert nivå som en eier eller medeier har, så nivåene blir til sammen flere "
    "enn alle. «all» står for alle områder eller alle nivåer samlet.",
    rule_en="A project is counted once in each level that an owner or co-owner has, so that levels add up to more than "
    "all. all means every area or every level together.",
    formula="project_count = projects of the sector with an owner or co_owner of the level; is_most = highest "
    "project_count of the edition among rows with sector = all and owner_level other than all",
    columns=listed(
        "edition_year sector owner_level",
        *override("project_count", "Prosjekter.", "Projects.", additivity=Additivity.NO),
        *override("is_most", "Ja for nivået med flest prosjekter.", "True for the level with most projects."),
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
    "and a frame are compared, since both are stated as what the round gave.",
    formula="groups of round_id, measure_code, compared_as with more than one value; compared_as = award for award and "
    "frame_plus_options, else amount_kind_code, count where there is none",
    columns=listed(
        "edition_year",
        *override("round_figure_id", "Tallet.", "The figure.", references="round_figures.round_figure_id"),
        "round_id measure_code compared_as",
        *override("is_preferred", "Ja for tallet som er brukt.", "True for the figure in use."),
        *override("source_id", "Dokumentet resultatet bygger på.", "The document behind the result.", required=False),
        *override("source_locator", required=False),
    ),
)

FINDING_SOURCES = Contract(
    name="finding_sources",
    layer="marts",
    title_nb="Hvem som har sagt noe om ordningen",
    title_en="Who has stated something about the scheme",
    grain_nb="Én rad per dokument med funn om ordningen, og utgaveår.",
    grain_en="One row per document with findings about the scheme, and edition year.",
    key=("edition_year", "source_id"),
    depends_on=("portfolio_findings", "sources", "organisations", "supplier_deliveries", "edition_years"),
    may_be_empty=True,
    rule_nb="Hvor mange funn dokumentet gir, og om den som har gitt det ut, selv er leverandør i ordningen. Utgiver og "
    "leverandør er den samme når navnet er likt.",
    rule_en="How many findings the document states, and whether its publisher is itself a supplier of the scheme. "
    "Publisher and supplier are the same where the name is.",
    formula="finding_count = rows of portfolio_findings with finding_kind_code <> absence; delivered_project_count = "
    "project_count of supplier_deliveries where name = publisher, 0 where there is none",
    columns=listed(
        "edition_year",
        *override("source_id", "Dokumentet.", "The document."),
        *override("finding_count", "Funn i dokumentet.", "Findings of the document."),
        *override(
            "organisation_id",
            "Utgiveren, når den er leverandør.",
            "The publisher, when it is a supplier.",
            required=False,
        ),
        "delivered_project_count",
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
    empty_without=("projects",),
    depends_on=("driver_table", "project_status"),
    rule_nb="Det laveste og det høyeste antallet virksomheter som deltar i et prosjekt i kullet, uten leverandører. "
    "Tomt når ingen er kjent.",
    rule_en="The lowest and the highest number of organisations that take part in a project of the cohort, without "
    "suppliers. Empty when none is known.",
    formula="fewest_actor_count = min(actor_count), most_actor_count = max(actor_count) over the projects of "
    "cohort_year",
    columns=listed(
        "edition_year cohort_year",
        *override("project_count", "Prosjekter i kullet.", "Projects of the cohort.", additivity=Additivity.NO),
        "fewest_actor_count most_actor_count",
    ),
)

ROUND_OUTCOMES = Contract(
    name="round_outcomes",
    layer="marts",
    title_nb="Utfall per runde",
    title_en="Outcomes by round",
    grain_nb="Én rad per runde, utfall og utgaveår.",
    grain_en="One row per round, outcome and edition year.",
    key=("edition_year", "round_id", "outcome_code"),
    empty_without=("rounds",),
    depends_on=("project_status", "round_overview", "codelists"),
    rule_nb="Hvor mange kjente prosjekter fra hver runde som har hvert utfall, og for hvor mange av dem opplysningen "
    "er gammel. Prosjekter som ingen kilde navngir, er ikke med. Et ukjent utfall blir ikke gammelt.",
    rule_en="How many known projects of each round have each outcome, and for how many of them the statement is old. "
    "Projects that no source names are not included. An unknown outcome does not grow old.",
    formula="project_count = rows of project_status; stale_count = of these is_stale with outcome_code <> unknown",
    columns=listed(
        "edition_year round_id outcome_code",
        *override("project_count", "Prosjekter.", "Projects."),
        "stale_count",
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
    rule_nb="Tallene som står i overskriftene på siden om ordningen. Andelen valgte gjelder rundene der både søkere og "
    "valgte er kjent. Tildelinger legges sammen i ett års priser, og aldri med beløp av andre slag. Summer "
    "og andeler av ingenting er tomme.",
    rule_en="The numbers shown in the headings of the page about the scheme. The share selected is of the rounds "
    "in which applicants and selected are both known. Awards are added in the prices of one year, and never with "
    "amounts of other kinds. Sums and shares of nothing are empty.",
    formula="accepted_pct = 100 * compared_selected_count / compared_applicant_count, both over rounds that state "
    "both; awarded_fixed_amount = sum of fixed_amount of round_amounts with amount_kind_code = award; awarded_amount "
    "and frame_amount = sum of amount with amount_kind_code = award and = frame_plus_options; follow_on_amount = sum "
    "of amount of follow_on_funding; granted_amount = sum of grant_amount of grant_amounts; the others "
    "count rows of the tables that they name",
    columns=listed(
        "edition_year",
        *override("project_count", "Prosjekter i utgaven.", "Projects of the edition.", additivity=Additivity.NO),
        "round_count applicant_round_count unknown_applicant_round_count",
        *override(
            "applicant_count",
            "Søkere i dem; tom når ingen er kjent.",
            "Applicants in them; empty when none is known.",
            additivity=Additivity.NO,
        ),
        "selected_round_count unknown_selected_round_count",
        *override(
            "selected_count",
            "Valgte i dem; tom når ingen er kjent.",
            "Selected in them; empty when none is known.",
            additivity=Additivity.NO,
        ),
        "inferred_selected_count compared_round_count compared_applicant_count compared_selected_count",
        "accepted_pct awarded_round_count awarded_fixed_amount stated_award_round_count awarded_amount",
        "frame_round_count frame_amount",
        *override("price_year", "Året de faste prisene gjelder.", "The year of the constant prices.", required=False),
        "other_amount_round_count known_amount_round_count unknown_amount_round_count granted_project_count",
        "granted_amount",
        "organisation_count supplier_count repeat_supplier_count most_delivery_count most_delivery_supplier_count",
        "served_project_count onward_project_count spread_project_count follow_on_count",
        "follow_on_unknown_count follow_on_project_count follow_on_amount known_actor_project_count",
        "one_actor_project_count",
        *override(
            "most_actor_count",
            "Flest virksomheter i et prosjekt; tom når ingen er kjent.",
            "Most organisations in a project; empty when none is known.",
        ),
        "finding_count finding_source_count disagreement_count",
    ),
)

SCHEME_MARTS = (
    ROUND_AMOUNTS,
    GRANT_AMOUNTS,
    SUPPLIER_DELIVERIES,
    SUPPLIER_COHORTS,
    OWNER_GROUPS,
    ROUND_DISAGREEMENTS,
    FINDING_SOURCES,
    COHORT_ACTORS,
    ROUND_OUTCOMES,
    SCHEME_HEADLINES,
)
"""After rounds, status and drivers, which they count."""
