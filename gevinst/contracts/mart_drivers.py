"""Contracts of the marts about drivers: the drivers themselves, how far coders agree, and what goes with status.

Belongs here: results computed from ratings, actors and time since start, per edition year.
Does not belong here: the ratings (`statistics.py`) and other statistical marts (`mart_statistics.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    EDITION_YEAR,
    PROJECT,
    Additivity,
    Column,
    Contract,
    Type,
    code,
    count,
    dated,
    flag,
    with_basis,
)


def _rating(name: str, nb: str, en: str) -> Column:
    return Column(name, Type.INTEGER, nb, en, unit="rating 1-5", additivity=Additivity.NO, minimum=1, maximum=5)


def _rated(stem: str, nb: str, en: str) -> tuple[Column, ...]:
    """The rating of one driver, how far apart the coders were, and how many they were."""
    return (
        with_basis(
            _rating(
                stem,
                f"{nb}; tom når koderne er uenige og det ikke er avgjort.",
                f"{en}; empty when the coders disagree and it is not settled.",
            ),
            f"{stem}_coder_count",
            interval=(f"{stem}_low", f"{stem}_high"),
        ),
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
    return with_basis(_statistic(name, nb, en, low=0, unit="probability 0-1"), "project_count")


def _alpha(name: str, nb: str, en: str) -> Column:
    return Column(name, Type.NUMBER, nb, en, unit="at most 1", additivity=Additivity.NO, maximum=1)


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
        "rating_decisions",
        "edition_years",
        "project_status",
    ),
    rule_nb="De fire driverne som Menon peker på. Kompleksitet og krevende gjennomføring er vurdert 1–5 av kodere; "
    "verdien er den som er avgjort, ellers den alle koderne ga, og aldri et gjennomsnitt. Antall eiere og aktører "
    "er talt i registeret. Tiden regnes fra oppstarten, ellers fra tildelingen; en måned eller et år regnes "
    "som sin siste dag. Ukjent er tomt, ikke null.",
    rule_en="The four drivers that Menon names. Complexity and difficulty of implementation are rated 1–5 by coders; "
    "the value is the settled rating, else the one that all coders gave, and never an average. Owners and "
    "actors are counted in the registry. Time runs from the start of work, else from the award; a month or a "
    "year counts as its last day. Unknown is empty, not zero.",
    formula="actor_count = organisations with any role but supplier; owner_count = of these owner or co_owner; "
    "months_since_start = whole months from the last day of start_on to as_of_on; is_outcome_known = "
    "current_step is known and not (i_gang and is_stale)",
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

CODER_AGREEMENT = Contract(
    name="coder_agreement",
    layer="marts",
    title_nb="Samsvar mellom kodere",
    title_en="Agreement between coders",
    grain_nb="Én rad per vurdert driver og utgaveår.",
    grain_en="One row per rated driver and edition year.",
    key=("edition_year", "rated_driver_code"),
    depends_on=("sources", "driver_ratings", "edition_years", "project_status"),
    rule_nb="Krippendorffs alfa på ordinalt nivå for de uavhengige vurderingene i prosjektenes nyeste vurderingsrunde."
    " Prosjekter med én vurdering faller ut. Uten variasjon er alfa ikke definert. Intervallet er 2000 "
    "trekninger av prosjekter med tilbakelegging, og gis ikke for færre enn ti prosjekter. Alfa fra 0,667 "
    "holder til å publisere og fra 0,800 til å rangere; grensene er Gevinsts eget valg.",
    rule_en="Krippendorff's alpha at ordinal level for the independent ratings of each project's newest assessment "
    "round. Projects with one rating drop out. Without variation alpha is undefined. The interval is from "
    "2,000 draws of projects with replacement, and is not given for fewer than ten projects. Alpha from 0.667 "
    "is enough to publish and from 0.800 to rank; the limits are Gevinst's own choice.",
    formula="alpha = 1 - (n - 1) * sum(o_ck * d_ck) / sum(n_c * n_k * d_ck), d_ck = squared difference of mid-ranks; "
    "interval = 2.5 and 97.5 percentiles of 2000 bootstrap draws over units",
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
        with_basis(
            _alpha(
                "alpha",
                "Krippendorffs alfa; 1 er fullt samsvar, 0 er som tilfeldig.",
                "Krippendorff's alpha; 1 is full agreement, 0 is as by chance.",
            ),
            "unit_count",
            interval=("alpha_low", "alpha_high"),
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

DRIVER_ASSOCIATION = Contract(
    name="driver_association",
    layer="marts",
    title_nb="Samvariasjon mellom drivere og status",
    title_en="Association of drivers and status",
    grain_nb="Én rad per driver og utgaveår. Samvariasjon, ikke årsak.",
    grain_en="One row per driver and edition year. Association, not cause.",
    key=("edition_year", "driver_code"),
    depends_on=("edition_years", "driver_table", "coder_agreement"),
    rule_nb="Rangkorrelasjon mellom driveren og nyeste kjente trinn, for prosjekter der begge er kjent. Vises bare når"
    " det er minst 20 prosjekter, minst 5 av dem er i bruk, begge varierer, og koderne er enige nok. "
    "95 %-intervallet (Bonett og Wright) viser hvor langt tilfeldigheter kan flytte tallet med så få prosjekter. "
    "Sannsynligheten svarer bare på om en tilfeldig rekkefølge kunne vist det samme. Ingen av delene sier at "
    "driveren er årsaken.",
    rule_en="Rank correlation of the driver and the newest known step, for projects with both known. Shown only with "
    "at least 20 projects, at least 5 of them in use, variation in both, and coders who agree enough. The "
    "95% interval (Bonett and Wright) tells how far chance can move the figure with so few projects. The "
    "probability tells only whether a chance order could have shown the same. Neither says that the driver is the "
    "cause.",
    formula="rho = Spearman with mid-ranks; rho_interval = tanh(artanh(rho) -+ 1.96 * sqrt((1 + rho^2 / 2) / (n - 3)));"
    " tau = Kendall's tau-b; tau_interval = tanh(artanh(tau) -+ 1.96 * sqrt(0.437 / (n - 4))); p = share of all orders "
    "with |rho*| >= |rho| for n <= 8, else (b + 1) / (9999 + 1) of drawn orders; rho_p_holm = Holm over the drivers "
    "tested; rho_low, rho_high = range with one project left out",
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
        with_basis(
            _statistic(
                "rho", "Spearmans rangkorrelasjon med nyeste trinn.", "Spearman's rank correlation with the step."
            ),
            "project_count",
            interval=("rho_interval_low", "rho_interval_high"),
        ),
        _statistic(
            "rho_interval_low",
            "Nedre grense for 95 %-intervallet; tom når rho er 1 eller -1.",
            "Lower bound of the 95% interval; empty when rho is 1 or -1.",
        ),
        _statistic(
            "rho_interval_high",
            "Øvre grense for 95 %-intervallet; tom når rho er 1 eller -1.",
            "Upper bound of the 95% interval; empty when rho is 1 or -1.",
        ),
        _statistic("rho_low", "Laveste når ett prosjekt utelates.", "Lowest with one project left out."),
        _statistic("rho_high", "Høyeste når ett prosjekt utelates.", "Highest with one project left out."),
        _probability("rho_p", "Permutasjonstest av rho, tosidig.", "Permutation test of rho, two-sided."),
        _probability(
            "rho_p_holm",
            "Det samme, justert etter Holm for driverne som er testet.",
            "The same, adjusted by Holm for the drivers tested.",
        ),
        with_basis(
            _statistic("tau", "Kendalls tau-b med nyeste trinn.", "Kendall's tau-b with the step."),
            "project_count",
            interval=("tau_interval_low", "tau_interval_high"),
        ),
        _statistic(
            "tau_interval_low",
            "Nedre grense for 95 %-intervallet; tom når tau er 1 eller -1.",
            "Lower bound of the 95% interval; empty when tau is 1 or -1.",
        ),
        _statistic(
            "tau_interval_high",
            "Øvre grense for 95 %-intervallet; tom når tau er 1 eller -1.",
            "Upper bound of the 95% interval; empty when tau is 1 or -1.",
        ),
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

DRIVER_HEATMAP = Contract(
    name="driver_heatmap",
    layer="marts",
    title_nb="Drivere mot status",
    title_en="Drivers against status",
    grain_nb="Én rad per utgaveår, driver, nivå og status. Antall prosjekter, ikke årsak.",
    grain_en="One row per edition year, driver, level and status. Counts of projects, not cause.",
    key=("edition_year", "driver_code", "driver_level", "current_status_code"),
    depends_on=("driver_table",),
    rule_nb="Prosjekter talt etter nivå på driveren og nyeste status. Nivå er vurderingen (1–5), antall aktører eller "
    "hele år siden start. Ukjent nivå er en egen rad, så hver driver summerer til alle prosjektene.",
    rule_en="Projects counted by level of the driver and newest status. The level is the rating (1-5), the number of "
    "actors or whole years since the start. An unknown level has a row of its own, so that each driver adds "
    "up to all projects.",
    formula="project_count = rows of driver_table with this driver_level and current_status_code",
    columns=(
        EDITION_YEAR,
        code("driver_code", "driver", "Driveren.", "The driver."),
        Column(
            "driver_level",
            Type.INTEGER,
            "Nivået; tomt når det ikke er kjent.",
            "The level; empty when it is not known.",
            unit="rating 1-5, actors or years",
            additivity=Additivity.NO,
            minimum=0,
        ),
        code("current_status_code", "status", "Nyeste status.", "Newest status."),
        count("project_count", "Antall prosjekter.", "Number of projects."),
    ),
)

DRIVER_MARTS = (DRIVER_TABLE, DRIVER_HEATMAP, CODER_AGREEMENT, DRIVER_ASSOCIATION)
"""In the order they are computed."""
