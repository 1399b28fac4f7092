"""The benefits of the invented projects: what they are, how they are stated, and what of them was measured.

Belongs here: plain data, chosen so that every special case of the method occurs among any twelve projects.
Does not belong here: making rows of it (`benefits.py`).
"""

from __future__ import annotations

from typing import NamedTuple


class Indicator(NamedTuple):
    """The indicator of a benefit; a change from baseline to target is as planned."""

    nb: str
    en: str
    unit_code: str
    direction: str
    baseline: float
    target: float | None
    currency_code: str | None = None


class Theme(NamedTuple):
    """A benefit and its beneficiary, by name, as a goal, as reported and as shown, in both languages."""

    benefit_code: str
    beneficiary_code: str
    benefit_class_code: str | None
    saving_type_code: str | None
    name: tuple[str, str]
    goal: tuple[str, str]
    reported: tuple[str, str]
    shown: tuple[str, str]
    indicator: Indicator | None = None


THEMES = (
    Theme(
        "time_saved_staff", "ansatte", "alternative_use", "spart_tid",
        ("Mindre tid på hver sak", "Less time on each case"),
        ("Saksbehandlerne skal bruke mindre tid på hver sak.", "Caseworkers should spend less time on each case."),
        ("Eieren sier at saksbehandlerne bruker mindre tid.", "The owner says that caseworkers spend less time."),
        ("Tidsbruken er målt før og etter.", "Time spent has been measured before and after."),
        Indicator("Timer brukt på veiledning", "Hours spent on guidance", "hours_per_year", "lower", 4200, 3200),
    ),
    Theme(
        "user_experience", "innbygger", "non_priced", "okt_kvalitet",
        ("Innbyggerne finner fram selv", "Citizens find their own way"),
        ("Innbyggerne skal finne fram på egen hånd.", "Citizens should find their way on their own."),
        ("Leverandøren sier at flere finner fram selv.", "The supplier says that more find their way by themselves."),
        ("Andelen som finner fram, er målt i to undersøkelser.", "Two surveys measured the share who find their way."),
        Indicator("Andel som fant svaret selv", "Share who found the answer themselves",
                  "percent_of_respondents", "higher", 35, 60),
    ),
    Theme(
        "new_collaboration", "andre_offentlige", None, None,
        ("Etatene arbeider sammen", "Bodies work together"),
        ("Flere etater skal arbeide sammen om saken.", "Several bodies should work together on the matter."),
        ("Eieren sier at etatene nå møtes fast.", "The owner says that the bodies now meet regularly."),
        ("Evalueringen bekrefter at samarbeidet er varig.", "The evaluation confirms that the collaboration lasts."),
    ),
    Theme(
        "fewer_errors_rework", "virksomhet", "budget_own", "unngatte_kostnader",
        ("Færre søknader i retur", "Fewer applications returned"),
        ("Færre søknader skal komme i retur.", "Fewer applications should be returned."),
        ("Eieren sier at færre søknader kommer i retur.", "The owner says that fewer applications are returned."),
        ("Antallet i retur er talt hvert år.", "The number returned has been counted every year."),
        Indicator("Søknader sendt i retur", "Applications returned", "count_per_year", "lower", 900, 500),
    ),
    Theme(
        "new_knowledge_insight", "virksomhet", None, None,
        ("Innsikt i hva brukerne trenger", "Insight into what users need"),
        ("Prosjektet skal gi innsikt i hva brukerne trenger.", "The project should give insight into what users need."),
        ("Eieren sier at de vet mer om brukerne.", "The owner says that they know more about the users."),
        ("Evalueringen bekrefter at innsikten er brukt.", "The evaluation confirms that the insight was used."),
    ),
    Theme(
        "service_quality", "innbygger", "non_priced", "okt_kvalitet",
        ("Raskere og bedre svar", "Quicker and better answers"),
        ("Svarene skal komme raskere og være bedre.", "Answers should be quicker and better."),
        ("Eieren sier at svarene kommer raskere.", "The owner says that answers come more quickly."),
        ("Tiden fram til svar er målt før og etter.", "The time until an answer was measured before and after."),
        Indicator("Dager fram til svar", "Days until an answer", "days_per_case", "lower", 40, 25),
    ),
    Theme(
        "automation_self_service", "innbygger", "budget_own", "unngatte_kostnader",
        ("Saker ordnes på nett", "Cases are settled online"),
        ("De fleste sakene skal kunne ordnes på nett.", "Most cases should be possible to settle online."),
        ("Leverandøren sier at flere saker ordnes på nett.", "The supplier says that more cases are settled online."),
        ("Andelen saker på nett er talt hvert år.", "The share of cases online has been counted every year."),
        Indicator("Saker ordnet på nett", "Cases settled online", "percent_of_cases", "higher", 20, 70),
    ),
    Theme(
        "prevention", "samfunn", "priced_other_public", None,
        ("Problemer oppdages tidlig", "Problems are noticed early"),
        ("Problemer skal oppdages før de blir store.", "Problems should be noticed before they grow."),
        ("Eieren sier at problemer oppdages tidligere.", "The owner says that problems are noticed earlier."),
        ("Evalueringen bekrefter at det oppdages før.", "The evaluation confirms that problems are seen earlier."),
    ),
)  # fmt: skip

SPENT_ABROAD = Indicator("Lisenser kjøpt i utlandet", "Licences bought abroad", "money", "lower", 90_000, 40_000, "EUR")
SPENT_AT_HOME = Indicator(
    "Utgifter til papirskjemaer", "Spending on paper forms", "nok_per_year", "lower", 650_000, 250_000, "NOK"
)
MORE_CONTACTS = Indicator(
    "Henvendelser til naboetaten", "Contacts with the body next door", "count_per_year", "lower", 300, None
)
FREED_POSTS = Indicator(
    "Årsverk brukt på manuell kontroll", "Staff years spent on manual checks", "staff_years", "lower", 6, 4
)
OUTCOMES = (0.5, 1.0, 1.4, -0.3, 0.0)
"""Share of the planned change that was measured: partly, as planned, more, for the worse, none."""
