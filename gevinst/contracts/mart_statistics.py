"""Contracts of the statistical marts: drivers, time to use, additionality and agreement between coders.

Belongs here: results computed from ratings, counterfactuals and status, per edition year.
Does not belong here: the rows they rest on (`statistics.py`).
"""

from __future__ import annotations

from gevinst.contracts.mart_columns import EDITION_YEAR, PROJECT
from gevinst.contracts.model import Additivity, Column, Contract, Type, code, count, dated, flag


def _rating(name: str, nb: str, en: str) -> Column:
    return Column(name, Type.INTEGER, nb, en, unit="rating 1-5", additivity=Additivity.NO, minimum=1, maximum=5)


def _rated(stem: str, nb: str, en: str) -> tuple[Column, ...]:
    """The rating of one driver, how far apart the coders were, and how many they were."""
    return (
        _rating(stem, f"{nb}; tom når koderne er uenige.", f"{en}; empty when the coders disagree."),
        _rating(f"{stem}_low", f"{nb}: laveste vurdering.", f"{en}: lowest rating."),
        _rating(f"{stem}_high", f"{nb}: høyeste vurdering.", f"{en}: highest rating."),
        count(
            f"{stem}_coder_count",
            f"{nb}: uavhengige vurderinger.",
            f"{en}: independent ratings.",
            additivity=Additivity.NO,
        ),
    )


def _statistic(name: str, nb: str, en: str, *, low: float = -1, high: float = 1, unit: str = "-1 to 1") -> Column:
    return Column(name, Type.NUMBER, nb, en, unit=unit, additivity=Additivity.NO, minimum=low, maximum=high)


def _probability(name: str, nb: str, en: str) -> Column:
    return _statistic(name, nb, en, low=0, unit="probability 0-1")


def _alpha(name: str, nb: str, en: str) -> Column:
    return Column(name, Type.NUMBER, nb, en, unit="at most 1", additivity=Additivity.NO, maximum=1)


def _percent(name: str, nb: str, en: str) -> Column:
    return _statistic(name, nb, en, low=0, high=100, unit="per cent")


DRIVER_TABLE = Contract(
    name="driver_table",
    layer="marts",
    title_nb="De fire driverne per prosjekt",
    title_en="The four drivers per project",
    grain_nb="Én rad per prosjekt og utgaveår.",
    grain_en="One row per project and edition year.",
    key=("edition_year", "project_id"),
    depends_on=(
        "projects",
        "rounds",
        "project_events",
        "sources",
        "participations",
        "driver_ratings",
        "edition_years",
        "project_status",
    ),
    columns=(
        EDITION_YEAR,
        PROJECT,
        *_rated("complexity", "Hvor sammensatt problemet er", "How complex the problem is"),
        count(
            "owner_count",
            "Eiere og medeiere; tom når ingen er kjent.",
            "Owners and co-owners; empty when none is known.",
            additivity=Additivity.NO,
        ),
        count(
            "actor_count",
            "Virksomheter som deltar, uten leverandører; tom når ingen er kjent.",
            "Organisations that take part, without suppliers; empty when none is known.",
            additivity=Additivity.NO,
        ),
        *dated("start", "Når arbeidet startet, ellers når det ble tildelt.", "Start of work, else the award."),
        code("start_basis_code", "start_basis", "Hva datoen bygger på.", "What the date rests on.", required=False),
        Column(
            "months_since_start",
            Type.INTEGER,
            "Hele måneder fra start til utgavens dato.",
            "Whole months from the start to the edition's date.",
            unit="months",
            additivity=Additivity.NO,
            minimum=0,
        ),
        *_rated("implementation_difficulty", "Hvor krevende gjennomføringen er", "How hard the implementation is"),
        code("current_status_code", "status", "Nyeste status.", "Newest status."),
        Column(
            "current_step",
            Type.INTEGER,
            "Nyeste kjente trinn.",
            "Newest known step.",
            unit="step 0-6",
            additivity=Additivity.NO,
            minimum=0,
            maximum=6,
        ),
        flag("is_in_use", "Ja når løsningen er i bruk eller spredt.", "True when in use or spread to others."),
        flag(
            "is_outcome_known",
            "Ja når trinnet sier noe om utfallet. Nei når ingen status er kjent, eller når den eneste er "
            "tildelingen og den er gammel: at ingen har fortalt mer, betyr ikke at det ikke gikk videre.",
            "True when the step tells of the outcome. False when no status is known, or when the newest one is "
            "still the award and is old: that nobody has told more does not mean that it went no further.",
        ),
    ),
)

DRIVER_ASSOCIATION = Contract(
    name="driver_association",
    layer="marts",
    title_nb="Samvariasjon mellom drivere og status",
    title_en="Association of drivers and status",
    grain_nb="Én rad per driver og utgaveår. Samvariasjon, ikke årsak.",
    grain_en="One row per driver and edition year. Association, not cause.",
    key=("edition_year", "driver_code"),
    depends_on=("edition_years", "driver_table", "coder_agreement"),
    columns=(
        EDITION_YEAR,
        code("driver_code", "driver", "Driveren.", "The driver."),
        count(
            "project_count",
            "Prosjekter der både driver og utfall er kjent.",
            "Projects with both driver and outcome known.",
            additivity=Additivity.NO,
        ),
        count(
            "outcome_count",
            "Av dem: i bruk eller spredt til andre.",
            "Of these: in use or spread to others.",
            additivity=Additivity.NO,
        ),
        _statistic("rho", "Spearmans rangkorrelasjon med nyeste trinn.", "Spearman's rank correlation with the step."),
        _statistic("rho_low", "Laveste når ett prosjekt utelates.", "Lowest with one project left out."),
        _statistic("rho_high", "Høyeste når ett prosjekt utelates.", "Highest with one project left out."),
        _probability("rho_p", "Permutasjonstest av rho, tosidig.", "Permutation test of rho, two-sided."),
        _probability(
            "rho_p_holm",
            "Det samme, justert etter Holm for driverne som er testet.",
            "The same, adjusted by Holm for the drivers tested.",
        ),
        _statistic("tau", "Kendalls tau-b med nyeste trinn.", "Kendall's tau-b with the step."),
        _probability("tau_p", "Permutasjonstest av tau, tosidig.", "Permutation test of tau, two-sided."),
        flag("is_shown", "Ja når grunnlaget holder.", "True when there is enough to show it."),
        code(
            "association_reason_code",
            "association_reason",
            "Hvorfor den ikke vises.",
            "Why it is not shown.",
            required=False,
        ),
    ),
)

TIME_TO_USE = Contract(
    name="time_to_use",
    layer="marts",
    title_nb="Tid fra tildeling til bruk",
    title_en="Time from award to use",
    grain_nb="Én rad per utgaveår og måned etter tildelingen, til det lengste prosjektet er fulgt.",
    grain_en="One row per edition year and month after the award, until the longest that a project is followed.",
    key=("edition_year", "month"),
    depends_on=("projects", "rounds", "sources", "status_assessments", "edition_years", "project_status"),
    columns=(
        EDITION_YEAR,
        Column(
            "month",
            Type.INTEGER,
            "Hele måneder etter tildelingen.",
            "Whole months after the award.",
            required=True,
            unit="months",
            additivity=Additivity.NO,
            minimum=0,
        ),
        count(
            "at_risk_count",
            "Prosjekter som ennå følges og ikke er kjent tatt i bruk, ved månedens begynnelse.",
            "Projects still followed and not known to be in use, at the start of the month.",
            additivity=Additivity.NO,
        ),
        count("event_count", "Tatt i bruk i måneden.", "Taken into use in the month."),
        count(
            "censored_count",
            "Fulgt til denne måneden: utgavens dato, stanset eller videreført i annen form.",
            "Followed until this month: the edition's date, stopped or continued in another form.",
        ),
        count(
            "unheard_count",
            "Av dem som følges: ingen kilde har fortalt noe om dem fra denne måneden eller senere.",
            "Of those followed: no source has told anything of them from this month or later.",
            additivity=Additivity.NO,
        ),
        _percent(
            "not_in_use_pct",
            "Kaplan–Meier: andel som ikke er kjent tatt i bruk etter måneden.",
            "Kaplan–Meier: share not known to be in use after the month.",
        ),
        count(
            "rough_count",
            "Av hendelsene i måneden: datert bare med årstall, eller med tildeling datert slik.",
            "Of the month's events: dated only by year, or with an award so dated.",
        ),
        count(
            "left_out_count",
            "Prosjekter i utgaven uten brukbar tid: bruk eller stans datert før tildelingen.",
            "Projects of the edition without a usable time: use or stop dated before the award.",
            additivity=Additivity.NO,
        ),
    ),
)

ADDITIONALITY = Contract(
    name="additionality",
    layer="marts",
    title_nb="Addisjonalitet: hva støtten utløste",
    title_en="Additionality: what the funding triggered",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=("sources", "counterfactuals", "edition_years", "project_status"),
    columns=(
        EDITION_YEAR,
        count("project_count", "Prosjekter i utgaven.", "Projects of the edition.", additivity=Additivity.NO),
        count("asked_count", "Prosjekter som er spurt.", "Projects asked.", additivity=Additivity.NO),
        count(
            "known_count",
            "Prosjekter med kjent svar (n).",
            "Projects with a known answer (n).",
            additivity=Additivity.NO,
        ),
        count("strict_count", "Ville ikke blitt noe av.", "Would not have been done.", additivity=Additivity.NO),
        count(
            "broad_count",
            "Ville ikke blitt noe av, eller senere, mindre eller på en annen måte.",
            "Would not have been done, or later, smaller or in another way.",
            additivity=Additivity.NO,
        ),
        _percent(
            "strict_pct", "Streng andel av n; tom når n er under 10.", "Strict share of n; empty when n is below 10."
        ),
        _percent("broad_pct", "Bred andel av n; tom når n er under 10.", "Broad share of n; empty when n is below 10."),
    ),
)

CODER_AGREEMENT = Contract(
    name="coder_agreement",
    layer="marts",
    title_nb="Samsvar mellom kodere",
    title_en="Agreement between coders",
    grain_nb="Én rad per vurdert driver og utgaveår.",
    grain_en="One row per rated driver and edition year.",
    key=("edition_year", "rated_driver_code"),
    depends_on=("sources", "driver_ratings", "edition_years", "project_status"),
    columns=(
        EDITION_YEAR,
        code("rated_driver_code", "rated_driver", "Driveren som er vurdert.", "The driver that is rated."),
        code("measurement_level_code", "measurement_level", "Målenivået.", "The level of measurement."),
        count(
            "unit_count",
            "Prosjekter vurdert av minst to kodere.",
            "Projects rated by at least two coders.",
            additivity=Additivity.NO,
        ),
        count("coder_count", "Kodere som vurderte dem.", "Coders who rated these.", additivity=Additivity.NO),
        count("rating_count", "Vurderinger av dem.", "Ratings of these.", additivity=Additivity.NO),
        _alpha(
            "alpha",
            "Krippendorffs alfa; 1 er fullt samsvar, 0 er som tilfeldig.",
            "Krippendorff's alpha; 1 is full agreement, 0 is as by chance.",
        ),
        _alpha("alpha_low", "Nedre grense for 95 %-intervallet.", "Lower bound of the 95% interval."),
        _alpha("alpha_high", "Øvre grense for 95 %-intervallet.", "Upper bound of the 95% interval."),
        flag("is_publishable", "Ja når alfa holder til å publisere.", "True when alpha is enough to publish."),
        flag("is_rankable", "Ja når alfa holder til å rangere.", "True when alpha is enough to rank."),
        code(
            "agreement_reason_code",
            "agreement_reason",
            "Hvorfor alfa eller intervallet mangler.",
            "Why alpha or its interval is missing.",
            required=False,
        ),
    ),
)

STATISTICAL_MARTS = (DRIVER_TABLE, CODER_AGREEMENT, DRIVER_ASSOCIATION, TIME_TO_USE, ADDITIONALITY)
"""In the order they are computed."""
