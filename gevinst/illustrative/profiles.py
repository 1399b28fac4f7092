"""How the invented projects develop: the courses they may take, and the benefits that are claimed for them.

Belongs here: plain data, chosen so that every special case of the method occurs among any twelve projects.
Does not belong here: making rows of it (`evaluations.py`).
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


class Indicator(NamedTuple):
    """The indicator of a theme; a change from baseline to target is as planned."""

    nb: str
    en: str
    unit_code: str
    direction: str
    baseline: float
    target: float


class Theme(NamedTuple):
    """A benefit and its beneficiary, stated as a goal, as reported and as shown, in both languages."""

    benefit_code: str
    beneficiary_code: str
    goal: tuple[str, str]
    reported: tuple[str, str]
    shown: tuple[str, str]
    indicator: Indicator | None = None


THEMES = (
    Theme(
        "time_saved_staff", "ansatte",
        ("Saksbehandlerne skal bruke mindre tid på hver sak.", "Caseworkers should spend less time on each case."),
        ("Eieren sier at saksbehandlerne bruker mindre tid.", "The owner says that caseworkers spend less time."),
        ("Tidsbruken er målt før og etter.", "Time spent has been measured before and after."),
        Indicator("Timer brukt på veiledning", "Hours spent on guidance", "hours_per_year", "lower", 4200, 3200),
    ),
    Theme(
        "user_experience", "innbygger",
        ("Innbyggerne skal finne fram på egen hånd.", "Citizens should find their way on their own."),
        ("Leverandøren sier at flere finner fram selv.", "The supplier says that more find their way by themselves."),
        ("Andelen som finner fram, er målt i to undersøkelser.", "The share who find their way was measured twice."),
        Indicator("Andel som fant svaret selv", "Share who found the answer themselves",
                  "percent_of_respondents", "higher", 35, 60),
    ),
    Theme(
        "new_collaboration", "andre_offentlige",
        ("Flere etater skal arbeide sammen om saken.", "Several bodies should work together on the matter."),
        ("Eieren sier at etatene nå møtes fast.", "The owner says that the bodies now meet regularly."),
        ("Evalueringen bekrefter at samarbeidet er varig.", "The evaluation confirms that the collaboration lasts."),
    ),
    Theme(
        "fewer_errors_rework", "virksomhet",
        ("Færre søknader skal komme i retur.", "Fewer applications should be returned."),
        ("Eieren sier at færre søknader kommer i retur.", "The owner says that fewer applications are returned."),
        ("Antallet i retur er talt hvert år.", "The number returned has been counted every year."),
        Indicator("Søknader sendt i retur", "Applications returned", "count_per_year", "lower", 900, 500),
    ),
    Theme(
        "new_knowledge_insight", "virksomhet",
        ("Prosjektet skal gi innsikt i hva brukerne trenger.", "The project should give insight into what users need."),
        ("Eieren sier at de vet mer om brukerne.", "The owner says that they know more about the users."),
        ("Evalueringen bekrefter at innsikten er brukt.", "The evaluation confirms that the insight was used."),
    ),
    Theme(
        "service_quality", "innbygger",
        ("Svarene skal komme raskere og være bedre.", "Answers should be quicker and better."),
        ("Eieren sier at svarene kommer raskere.", "The owner says that answers come more quickly."),
        ("Tiden fram til svar er målt før og etter.", "The time until an answer was measured before and after."),
        Indicator("Dager fram til svar", "Days until an answer", "days_per_case", "lower", 40, 25),
    ),
    Theme(
        "automation_self_service", "innbygger",
        ("De fleste sakene skal kunne ordnes på nett.", "Most cases should be possible to settle online."),
        ("Leverandøren sier at flere saker ordnes på nett.", "The supplier says that more cases are settled online."),
        ("Andelen saker på nett er talt hvert år.", "The share of cases online has been counted every year."),
        Indicator("Saker ordnet på nett", "Cases settled online", "percent_of_cases", "higher", 20, 70),
    ),
    Theme(
        "prevention", "samfunn",
        ("Problemer skal oppdages før de blir store.", "Problems should be noticed before they grow."),
        ("Eieren sier at problemer oppdages tidligere.", "The owner says that problems are noticed earlier."),
        ("Evalueringen bekrefter at det oppdages før.", "The evaluation confirms that problems are seen earlier."),
    ),
)  # fmt: skip
OUTCOMES = (0.5, 1.0, 1.4, -0.3, 0.0)
"""Share of the planned change that was measured: partly, as planned, more, for the worse, none."""
