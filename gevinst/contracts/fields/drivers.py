"""Fields of the marts about drivers: ratings, agreement of coders and association with status.

Belongs here: fields that only these marts have.
Does not belong here: the ratings as they were given (`statistics`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    Additivity,
    Column,
    code,
    count,
    dated,
    flag,
    months,
    number,
    whole,
    with_basis,
)


def _rating(name: str, nb: str, en: str) -> Column:
    return whole(name, "rating 1-5", nb, en, minimum=1, maximum=5)


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


DRIVERS = (
    *_rated("complexity", "Hvor sammensatt problemet er", "How complex the problem is"),
    *_rated("implementation_difficulty", "Hvor krevende gjennomføringen er", "How hard the implementation is"),
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
    months(
        "months_since_start",
        "Hele måneder fra start til utgavens dato.",
        "Whole months from the start to the edition's date.",
    ),
    flag(
        "is_outcome_known",
        "Ja når trinnet sier noe om utfallet. Nei når ingen status er kjent, eller når den eneste er tildelingen "
        "og den er gammel: at ingen har fortalt mer, betyr ikke at det ikke gikk videre.",
        "True when the step says something of the outcome. False when no status is known, or when the newest one is "
        "still the award and is old: that no source has reported more does not mean that it went no further.",
    ),
    code("driver_code", "driver", "Driveren.", "The driver."),
    whole(
        "driver_level",
        "rating 1-5, actors or years",
        "Nivået; tomt når det ikke er kjent.",
        "The level; empty when it is not known.",
        minimum=0,
    ),
    code("measurement_level_code", "measurement_level", "Målenivået.", "The level of measurement."),
    count(
        "unit_count",
        "Prosjekter vurdert av minst to personer.",
        "Projects rated by at least two people.",
        additivity=Additivity.NO,
    ),
    count("coder_count", "Personer som vurderte dem.", "People who rated these.", additivity=Additivity.NO),
    count("rating_count", "Vurderinger av dem.", "Ratings of these.", additivity=Additivity.NO),
    with_basis(
        number(
            "alpha",
            "at most 1",
            "Krippendorffs alfa; 1 er fullt samsvar, 0 er som tilfeldig.",
            "Krippendorff's alpha; 1 is full agreement, 0 is as by chance.",
            maximum=1,
        ),
        "unit_count",
        interval=("alpha_low", "alpha_high"),
    ),
    number(
        "alpha_low", "at most 1", "Nedre grense for 95 %-intervallet.", "Lower bound of the 95% interval.", maximum=1
    ),
    number(
        "alpha_high", "at most 1", "Øvre grense for 95 %-intervallet.", "Upper bound of the 95% interval.", maximum=1
    ),
    flag("is_publishable", "Ja når alfa holder til å publisere.", "True when alpha is enough to publish."),
    flag("is_rankable", "Ja når alfa holder til å rangere.", "True when alpha is enough to rank."),
    code(
        "agreement_reason_code",
        "agreement_reason",
        "Hvorfor alfa eller intervallet mangler.",
        "Why alpha or its interval is missing.",
        required=False,
    ),
    count(
        "outcome_count",
        "Av dem: i bruk eller spredt til andre.",
        "Of these: in use or spread to others.",
        additivity=Additivity.NO,
    ),
    with_basis(
        number(
            "rho",
            "-1 to 1",
            "Spearmans rangkorrelasjon med nyeste trinn.",
            "Spearman's rank correlation with the step.",
            minimum=-1,
            maximum=1,
        ),
        "project_count",
        interval=("rho_interval_low", "rho_interval_high"),
    ),
    number(
        "rho_interval_low",
        "-1 to 1",
        "Nedre grense for 95 %-intervallet; tom når rho er 1 eller -1.",
        "Lower bound of the 95% interval; empty when rho is 1 or -1.",
        minimum=-1,
        maximum=1,
    ),
    number(
        "rho_interval_high",
        "-1 to 1",
        "Øvre grense for 95 %-intervallet; tom når rho er 1 eller -1.",
        "Upper bound of the 95% interval; empty when rho is 1 or -1.",
        minimum=-1,
        maximum=1,
    ),
    number(
        "rho_low",
        "-1 to 1",
        "Laveste når ett prosjekt utelates.",
        "Lowest with one project left out.",
        minimum=-1,
        maximum=1,
    ),
    number(
        "rho_high",
        "-1 to 1",
        "Høyeste når ett prosjekt utelates.",
        "Highest with one project left out.",
        minimum=-1,
        maximum=1,
    ),
    with_basis(
        number(
            "rho_p",
            "probability 0-1",
            "Test av rho mot tilfeldige rekkefølger, tosidig.",
            "Test of rho against chance orders, two-sided.",
            minimum=0,
            maximum=1,
        ),
        "project_count",
    ),
    with_basis(
        number(
            "rho_p_holm",
            "probability 0-1",
            "Det samme, justert etter Holm for driverne som er testet.",
            "The same, adjusted by Holm for the drivers tested.",
            minimum=0,
            maximum=1,
        ),
        "project_count",
    ),
    with_basis(
        number(
            "tau",
            "-1 to 1",
            "Kendalls tau-b med nyeste trinn.",
            "Kendall's tau-b with the step.",
            minimum=-1,
            maximum=1,
        ),
        "project_count",
        interval=("tau_interval_low", "tau_interval_high"),
    ),
    number(
        "tau_interval_low",
        "-1 to 1",
        "Nedre grense for 95 %-intervallet; tom når tau er 1 eller -1.",
        "Lower bound of the 95% interval; empty when tau is 1 or -1.",
        minimum=-1,
        maximum=1,
    ),
    number(
        "tau_interval_high",
        "-1 to 1",
        "Øvre grense for 95 %-intervallet; tom når tau er 1 eller -1.",
        "Upper bound of the 95% interval; empty when tau is 1 or -1.",
        minimum=-1,
        maximum=1,
    ),
    with_basis(
        number(
            "tau_p",
            "probability 0-1",
            "Test av tau mot tilfeldige rekkefølger, tosidig.",
            "Test of tau against chance orders, two-sided.",
            minimum=0,
            maximum=1,
        ),
        "project_count",
    ),
    count(
        "order_count",
        "Rekkefølger som sannsynlighetene er andeler av; 0 når de er tilnærmet med normalfordelingen.",
        "Orders that the probabilities are shares of; 0 when they are approximated by the normal distribution.",
        additivity=Additivity.NO,
    ),
    flag("is_shown", "Ja når grunnlaget holder.", "True when there is enough to show it."),
    code(
        "association_reason_code",
        "association_reason",
        "Hvorfor den ikke vises.",
        "Why it is not shown.",
        required=False,
    ),
)
