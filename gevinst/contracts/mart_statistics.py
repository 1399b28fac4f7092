"""Contracts of the marts about time to use and about what the funding triggered.

Belongs here: results computed from status and counterfactuals, per edition year.
Does not belong here: the rows they rest on (`statistics.py`) and drivers (`mart_drivers.py`).
"""

from __future__ import annotations

from gevinst.contracts.mart_columns import EDITION_YEAR
from gevinst.contracts.model import Additivity, Column, Contract, Type, count


def _percent(name: str, nb: str, en: str) -> Column:
    return Column(name, Type.NUMBER, nb, en, unit="per cent", additivity=Additivity.NO, minimum=0, maximum=100)


TIME_TO_USE = Contract(
    name="time_to_use",
    layer="marts",
    title_nb="Tid fra tildeling til bruk",
    title_en="Time from award to use",
    grain_nb="Én rad per utgaveår og måned etter tildelingen, til det lengste prosjektet er fulgt.",
    grain_en="One row per edition year and month after the award, until the longest that a project is followed.",
    key=("edition_year", "month"),
    depends_on=("projects", "rounds", "sources", "status_assessments", "edition_years", "project_status"),
    rule_nb="Hvor mange prosjekter som ennå ikke er kjent tatt i bruk, måned for måned etter tildelingen. Hendelsen er"
    " den første datoen en kilde sier at løsningen er i bruk eller spredt. Stansede og videreførte prosjekter "
    "følges til den dagen, og de andre til utgavens dato. At ingen har fortalt om bruk, betyr ikke at "
    "løsningen ikke er i bruk; derfor vises også hvor mange ingen har fortalt noe om.",
    rule_en="How many projects are not yet known to be in use, month by month after the award. The event is the first "
    "date on which a source says that the solution is in use or spread. Projects stopped or continued in "
    "another form are followed until that day, the others until the edition's date. That nobody has told of "
    "use does not mean that there is none; hence the number nobody has told anything of is shown too.",
    formula="not_in_use_pct = 100 * product over months of (1 - event_count / at_risk_count); at_risk_count = projects"
    " with months >= month",
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
    rule_nb="Hva de som fikk støtte, sier at de ville gjort uten den; det nyeste svaret for hvert prosjekt. Streng "
    "andel er de som ikke ville gjennomført arbeidet; bred andel er også senere, mindre eller på en annen "
    "måte. Andelene gjelder prosjektene som er spurt, uten usikkerhetsintervall, og gis ikke for færre enn ti "
    "svar.",
    rule_en="What those who got funding say that they would have done without it; each project's newest answer. The "
    "strict share would not have done the work; the broad share adds later, smaller or in another way. The "
    "shares are of the projects asked, without an interval, and are not given for fewer than ten answers.",
    formula="strict_pct = 100 * n(4) / n(0..4); broad_pct = 100 * n(1..4) / n(0..4); null when n(0..4) < 10",
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
