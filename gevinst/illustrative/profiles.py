"""How the invented projects develop: the courses they may take.

Belongs here: plain data, chosen so that every special case of the method occurs among any twelve projects.
Does not belong here: making rows of it (`evaluations.py`), and benefits (`themes.py`).
"""

from __future__ import annotations

from typing import NamedTuple

from gevinst.contracts.vocabulary import (
    AWARDED,
    CONTINUED,
    DEVELOPED,
    INSIGHT,
    PARTLY_IN_USE,
    SPREAD,
    STOPPED,
    TRIED_OUT,
    UNDER_WAY,
    USED,
)


class Step(NamedTuple):
    """A status some years after the award; `against` is a differing status by the evaluator for the same month."""

    years: int
    status_code: str
    stated_by_code: str = "owner"
    against: str | None = None


class Profile(NamedTuple):
    """A course, and the best evidence of its benefits: 1 expected, 2 reported, 3 measured."""

    steps: tuple[Step, ...]
    evidence: int
    group: str


PROFILES = (
    Profile((Step(1, "innsikt"), Step(2, "provd_ut", "third_party"), Step(3, "i_bruk"),
             Step(5, "spredt", "third_party")), 3, "A"),
    Profile((Step(1, "losning_utviklet"), Step(2, "provd_ut"), Step(4, "i_bruk", "third_party")), 3, "A"),
    Profile((Step(2, "provd_ut", "third_party"), Step(4, "delvis_i_bruk")), 2, "B"),
    Profile((Step(1, "innsikt"), Step(2, "losning_utviklet"), Step(3, "stanset")), 1, "B"),
    Profile((Step(1, "provd_ut"), Step(2, "i_bruk"), Step(4, "provd_ut", "third_party")), 3, "A"),
    Profile((Step(1, "innsikt"), Step(3, "i_bruk", against="provd_ut")), 2, "B"),
    Profile((Step(1, "innsikt"),), 1, "C"),
    Profile((), 1, "C"),
    Profile((Step(1, "innsikt"), Step(2, "viderefort", "scheme")), 2, "B"),
    Profile((Step(1, "losning_utviklet"), Step(5, "i_bruk", "third_party")), 3, "A"),
    Profile((Step(1, "i_gang"), Step(2, "innsikt"), Step(4, "losning_utviklet")), 2, "C"),
    Profile((Step(2, "provd_ut"),), 2, "B"),
)  # fmt: skip
"""Spread, in use, partly in use, stopped, stepped down, contradicted, long silent, never heard of, continued in another
form, several years missing, slow, tested."""

REASONS = {
    AWARDED: ("Prosjektet er tildelt støtte.", "The project has been granted funding."),
    UNDER_WAY: ("Arbeidet er i gang.", "Work is under way."),
    INSIGHT: ("Behovet er kartlagt, men ingen løsning er laget.", "The need is mapped, but no solution is made."),
    DEVELOPED: ("En løsning er laget, men ikke prøvd.", "A solution is made but not tried."),
    TRIED_OUT: ("Løsningen er prøvd med brukere.", "The solution has been tried with users."),
    PARTLY_IN_USE: ("Løsningen brukes i noen av enhetene.", "The solution is used in some of the units."),
    USED: ("Løsningen er i vanlig drift hos eieren.", "The solution is in ordinary operation with the owner."),
    SPREAD: (
        "Andre virksomheter har tatt løsningen i bruk.",
        "Other organisations have taken the solution into use.",
    ),
    STOPPED: ("Eieren fikk ikke penger til å gå videre.", "The owner got no money to go on."),
    CONTINUED: ("Arbeidet er tatt inn i et større tiltak.", "The work has been taken into a larger measure."),
}
STEPPED_DOWN = (
    "Løsningen er tatt ut av drift og prøves på nytt i en enklere form.",
    "The solution has been taken out of operation and is tried again in a simpler form.",
)
STEPPED_DOWN_FOR = "fortsatt_utvikling"
"""The code of that reason (code list `step_reason`)."""
