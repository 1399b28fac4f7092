"""Checks of the registry: rounds, projects, organisations and their relations.

Belongs here: expectations about one registry table, or about a frame prepared of several.
Does not belong here: sources (`sources.py`), and rules that no expectation can express
(`gevinst.quality.invariants.registry`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import OWNER_ROLES, PUBLIC_BODIES, SUPPLIER, Severity
from gevinst.quality.model import Owner
from gevinst.quality.suites.model import SLUG, USUAL, SuiteCheck, own_currency, where, where_null
from gevinst.quality.suites.prepared import PARTICIPATIONS, ROUNDS

_ROUNDS = (
    *(
        SuiteCheck(
            f"rounds_{name}_is_cohort_year",
            "rounds",
            Severity.CRITICAL,
            f"Kullet er {nb}. Ellers blir et kull sammenlignet ut fra feil tildeling.",
            f"The cohort is the year of {en}. Otherwise a cohort is compared from the wrong award.",
            Owner.REGISTRY_EDITOR,
            "ExpectColumnPairValuesToBeEqual",
            {"column_A": column, "column_B": "cohort_year", "ignore_row_if": "either_value_is_missing"},
            prepared=ROUNDS,
            column_name=shown,
            remedy_nb="Rett datoen, kullet eller nøkkelen, slik kilden har det.",
            remedy_en="Correct the date, the cohort or the id to what the source has.",
        )
        for name, column, shown, nb, en in (
            ("award_date", "award_year", "awarded_on", "året tildelingen ble kjent", "the award"),
            ("id", "id_year", "round_id", "året nøkkelen begynner med", "its id"),
        )
    ),
    SuiteCheck(
        "rounds_id_form",
        "rounds",
        Severity.CRITICAL,
        "Nøkler til runder er et år, eventuelt med rundens nummer eller siste år. De står i faste adresser.",
        "Round ids are a year, with the round's number or last year if need be. They occur in permanent addresses.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToMatchRegex",
        {"column": "round_id", "regex": r"^(?:19|20)\d{2}(?:-(?:\d{2}|[1-9]))?$"},
    ),
    SuiteCheck(
        "round_figures_counts_plausible",
        "round_figures",
        Severity.CRITICAL,
        "Antall søkere og valgte ligger mellom 1 og 500. Et beløp ført som antall gir meningsløse andeler.",
        "Numbers of applicants and selected lie between 1 and 500. An amount entered as a count gives absurd shares.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToBeBetween",
        {
            "column": "value",
            "min_value": 1,
            "max_value": 500,
            "row_condition": where("measure_code", "IN", ["applicants", "selected"]),
        },
    ),
    SuiteCheck(
        "round_figures_amounts_plausible",
        "round_figures",
        Severity.CRITICAL,
        "Beløp for runder er så store som scheme.toml sier er vanlig. Andre er trolig ført i tusen eller millioner.",
        "Amounts of rounds are as large as scheme.toml says is usual. Others are probably in thousands or millions.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToBeBetween",
        {
            "column": "value",
            USUAL: "round",
            "row_condition": where("measure_code", "==", "amount"),
        },
    ),
    SuiteCheck(
        "round_figures_amounts_have_kind",
        "round_figures",
        Severity.CRITICAL,
        "Hvert beløp har en beløpstype. Uten den kan et tak i en utlysning bli vist som tildelt støtte.",
        "Every amount has a kind. Without it a ceiling in a call may be shown as funding awarded.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToNotBeNull",
        {"column": "amount_kind_code", "row_condition": where("measure_code", "==", "amount")},
    ),
    SuiteCheck(
        "round_figures_counts_have_no_kind",
        "round_figures",
        Severity.CRITICAL,
        "Antall har ingen beløpstype. Har de det, er tallet ført under feil mål.",
        "Counts have no kind of amount. If they have one, the figure is entered under the wrong measure.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToBeNull",
        {"column": "amount_kind_code", "row_condition": where("measure_code", "!=", "amount")},
    ),
)

_PROJECTS = (
    SuiteCheck(
        "projects_id_form",
        "projects",
        Severity.CRITICAL,
        "Nøkler til prosjekter er kullets år og et kortnavn i små bokstaver. De står i faste adresser.",
        "Project ids are the year of the cohort and a short name in small letters. They occur in permanent addresses.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToMatchRegex",
        {"column": "project_id", "regex": r"^(?:19|20)\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*$"},
    ),
    SuiteCheck(
        "projects_problem_mostly_known",
        "projects",
        Severity.WARNING,
        "Minst halvparten av prosjektene har en beskrivelse av problemet. Uten den sier ikke en gevinst hva den løser.",
        "At least half of the projects describe the problem. Without it a benefit does not say what it solves.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToNotBeNull",
        # Half: many sources describe the solution only; below it, a delivery has more likely lost the column.
        {"column": "problem_nb", "mostly": 0.5},
    ),
    SuiteCheck(
        "projects_short_names_fit",
        "projects",
        Severity.WARNING,
        "Korte prosjektnavn er på høyst 40 tegn. Lengre navn blir kuttet i figurer og lister.",
        "Short project names have at most 40 characters. Longer names are cut in figures and lists.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValueLengthsToBeBetween",
        {"column": "short_name_nb", "max_value": 40},
    ),
    SuiteCheck(
        "projects_named_once",
        "projects",
        Severity.WARNING,
        "To prosjekter har ikke samme navn. Da er trolig ett prosjekt ført to ganger og telles dobbelt.",
        "No two projects have the same name. One project is then probably entered twice and counted double.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToBeUnique",
        {"column": "name_nb"},
    ),
    SuiteCheck(
        "project_grants_plausible",
        "project_grants",
        Severity.CRITICAL,
        "Støtte til ett prosjekt er så stor som scheme.toml sier er vanlig. Rundens beløp må ikke føres på prosjektet.",
        "The grant to one project is as large as scheme.toml says is usual. The round's amount does not belong here.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToBeBetween",
        {"column": "grant_amount", USUAL: "grant"},
    ),
    own_currency("project_grants", Owner.REGISTRY_EDITOR),
    own_currency("own_funding", Owner.REGISTRY_EDITOR),
    SuiteCheck(
        "projects_external_id_once",
        "projects",
        Severity.CRITICAL,
        "To prosjekter har ikke samme nøkkel i registeret de kom fra. Da er ett prosjekt ført to ganger.",
        "No two projects have the same id in the register they came from. One project is then entered twice.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToBeUnique",
        {"column": "external_id"},
    ),
    SuiteCheck(
        "project_events_listed_once",
        "project_events",
        Severity.WARNING,
        "Samme kilde er ikke ført to ganger med samme start eller slutt for et prosjekt. Raden er trolig ført dobbelt.",
        "One source is not entered twice with the same start or end of a project. The row is probably entered double.",
        Owner.REGISTRY_EDITOR,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["project_id", "event_code", "event_on", "source_id"]},
    ),
)

_ORGANISATIONS = (
    SuiteCheck(
        "organisations_country_form",
        "organisations",
        Severity.CRITICAL,
        "Land er to store bokstaver (ISO 3166). Ellers kan ikke andre kjenne dem igjen.",
        "A country is two capital letters (ISO 3166). Otherwise others cannot recognise it.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToMatchRegex",
        {"column": "country_code", "regex": "^[A-Z]{2}$"},
    ),
    SuiteCheck(
        "organisations_id_form",
        "organisations",
        Severity.CRITICAL,
        "Nøkler til virksomheter er små bokstaver, tall og bindestrek. De står i faste adresser.",
        "Organisation ids are small letters, digits and hyphens. They occur in permanent addresses.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToMatchRegex",
        {"column": "organisation_id", "regex": SLUG},
    ),
    SuiteCheck(
        "organisations_named_once",
        "organisations",
        Severity.CRITICAL,
        "To virksomheter har ikke samme navn. Da er én virksomhet ført to ganger, og prosjektene dens deles på to.",
        "No two organisations have the same name. One is then entered twice, and its projects are split between them.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToBeUnique",
        {"column": "name"},
    ),
    SuiteCheck(
        "organisations_municipalities_have_code",
        "organisations",
        Severity.WARNING,
        "Hver kommune har et kommunenummer. Uten det kan den ikke følges gjennom sammenslåinger.",
        "Every municipality has a municipality code. Without it, it cannot be followed through mergers.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToNotBeNull",
        {"column": "municipality_code", "row_condition": where("level_code", "==", "kommune")},
    ),
    SuiteCheck(
        "organisation_names_dates_ordered",
        "organisation_names",
        Severity.CRITICAL,
        "Ingen navn slutter å gjelde før de begynner. Da finnes det dager der virksomheten ikke har noe navn.",
        "No name ceases to be valid before it begins. There are then days on which the organisation has no name.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": "valid_to_on",
            "column_B": "valid_from_on",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
    ),
    SuiteCheck(
        "participations_listed_once",
        "participations",
        Severity.CRITICAL,
        "En virksomhet står én gang per rolle i et prosjekt. Ellers telles deltakelsen dobbelt.",
        "An organisation appears once per role in a project. Otherwise the participation is counted double.",
        Owner.REGISTRY_EDITOR,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["project_id", "organisation_id", "role_code"]},
    ),
    SuiteCheck(
        "participations_supplier_is_no_authority",
        "participations",
        Severity.WARNING,
        "Leverandører er ikke stat, kommune, fylkeskommune eller helseforetak. Da er rollen trolig feil.",
        "Suppliers are no state body, municipality, county authority or health trust. The role is then probably wrong.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToNotBeInSet",
        {
            "column": "level_code",
            # Universities and research groups do sell their expertise.
            "value_set": [level for level in PUBLIC_BODIES if level != "kunnskapsinstitusjon"],
            "row_condition": where("role_code", "==", SUPPLIER),
        },
        prepared=PARTICIPATIONS,
        column_name="role_code",
    ),
    SuiteCheck(
        "participations_owner_is_no_supplier",
        "participations",
        Severity.CRITICAL,
        "Ingen virksomhet er både eier og leverandør i et prosjekt. Da ville den svart for seg selv om gevinstene.",
        "No organisation is both owner and supplier of a project. It would then answer to itself for the benefits.",
        Owner.REGISTRY_EDITOR,
        "ExpectCompoundColumnsToBeUnique",
        {
            "column_list": ["project_id", "organisation_id"],
            "row_condition": where("role_code", "IN", [*OWNER_ROLES, SUPPLIER]),
        },
        prepared=PARTICIPATIONS,
        column_name="organisation_id",
    ),
    SuiteCheck(
        "project_relations_have_other_side",
        "project_relations",
        Severity.CRITICAL,
        "Hver forbindelse nevner det andre prosjektet eller navnet på det. Ellers peker den ingen steder.",
        "Every relation names the other project or what it is called. Otherwise it leads nowhere.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToNotBeNull",
        {"column": "related_name", "row_condition": where_null("related_project_id")},
    ),
    SuiteCheck(
        "project_relations_not_to_itself",
        "project_relations",
        Severity.CRITICAL,
        "Ingen prosjekter er forbundet med seg selv. Da er en nøkkel skrevet feil, og forløpet går i ring.",
        "No project is related to itself. An id is then mistyped, and the history runs in a circle.",
        Owner.REGISTRY_EDITOR,
        "ExpectSelectColumnValuesToBeUniqueWithinRecord",
        {"column_list": ["project_id", "related_project_id"], "ignore_row_if": "any_value_is_missing"},
    ),
)

REGISTRY_CHECKS: tuple[SuiteCheck, ...] = (*_ROUNDS, *_PROJECTS, *_ORGANISATIONS)
