"""Contracts of the marts about time to use, about what the funding triggered, and about survey answers.

Belongs here: results computed from status, counterfactuals and surveys, per edition year.
Does not belong here: the rows they rest on (`statistics.py`) and drivers (`mart_drivers.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    EDITION_YEAR,
    Additivity,
    Column,
    Contract,
    Type,
    bilingual,
    count,
    flag,
    sourced,
    text,
    with_basis,
    year,
)


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
    "løsningen ikke er i bruk; derfor vises også hvor mange ingen har fortalt noe om. 95 %-intervallet er "
    "Greenwoods på log-log-skala.",
    rule_en="How many projects are not yet known to be in use, month by month after the award. The event is the first "
    "date on which a source says that the solution is in use or spread. Projects stopped or continued in "
    "another form are followed until that day, the others until the edition's date. That nobody has told of "
    "use does not mean that there is none; hence the number nobody has told anything of is shown too. The 95% "
    "interval is Greenwood's on the log-log scale.",
    formula="not_in_use_pct = 100 * product over months of (1 - event_count / at_risk_count); at_risk_count = projects"
    " with months >= month; bounds = 100 * S^exp(+-1.96 * sqrt(sum(event_count / (at_risk_count * (at_risk_count - "
    "event_count)))) / abs(log S)), S = not_in_use_pct / 100",
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
        with_basis(
            _percent(
                "not_in_use_pct",
                "Kaplan–Meier: andel som ikke er kjent tatt i bruk etter måneden.",
                "Kaplan–Meier: share not known to be in use after the month.",
            ),
            "at_risk_count",
            interval=("not_in_use_low_pct", "not_in_use_high_pct"),
        ),
        _percent(
            "not_in_use_low_pct",
            "Nedre grense for 95 %-intervallet; tom når andelen er 100 eller 0.",
            "Lower bound of the 95% interval; empty when the share is 100 or 0.",
        ),
        _percent(
            "not_in_use_high_pct",
            "Øvre grense for 95 %-intervallet; tom når andelen er 100 eller 0.",
            "Upper bound of the 95% interval; empty when the share is 100 or 0.",
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
    title_nb="Addisjonalitet: hva de ville gjort uten støtten",
    title_en="Additionality: what they would have done without the funding",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=("sources", "counterfactuals", "edition_years", "project_status"),
    rule_nb="Hva de som fikk støtte, sier at de ville gjort uten den; det nyeste svaret for hvert prosjekt. Streng "
    "andel er de som ikke ville gjennomført arbeidet; bred andel er også senere, mindre eller på en annen "
    "måte. Andelene gjelder prosjektene som er spurt, uten usikkerhetsintervall, og gis ikke for færre enn ti "
    "svar. Tall som ville vist hva færre enn tre prosjekter svarte, er skjult.",
    rule_en="What those who got funding say that they would have done without it; each project's newest answer. The "
    "strict share would not have done the work; the broad share adds later, smaller or in another way. The "
    "shares are of the projects asked, without an interval, and are not given for fewer than ten answers. "
    "Figures that would tell how fewer than three projects answered are hidden.",
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
        count(
            "strict_count",
            "Ville ikke blitt noe av; tom når skjult.",
            "Would not have been done; empty when hidden.",
            additivity=Additivity.NO,
        ),
        count(
            "broad_count",
            "Ville ikke blitt noe av, eller senere, mindre eller på en annen måte; tom når skjult.",
            "Would not have been done, or later, smaller or in another way; empty when hidden.",
            additivity=Additivity.NO,
        ),
        with_basis(
            _percent(
                "strict_pct",
                "Streng andel av n; tom når n er under 10.",
                "Strict share of n; empty when n is below 10.",
            ),
            "known_count",
            suppressed="is_suppressed",
        ),
        with_basis(
            _percent(
                "broad_pct", "Bred andel av n; tom når n er under 10.", "Broad share of n; empty when n is below 10."
            ),
            "known_count",
            suppressed="is_suppressed",
        ),
        flag(
            "is_suppressed",
            "Ja når et antall er skjult for ikke å vise hva færre enn tre prosjekter svarte.",
            "True when a count is hidden so as not to tell how fewer than three projects answered.",
        ),
    ),
)


SURVEY_SERIES = Contract(
    name="survey_series",
    layer="marts",
    title_nb="Spørreundersøkelser, slik de kan vises",
    title_en="Surveys, as they may be shown",
    grain_nb="Én rad per utgaveår, undersøkelse, runde, spørsmål og svaralternativ.",
    grain_en="One row per edition year, survey, round, question and answer option.",
    key=("edition_year", "survey_id", "survey_year", "question_id", "answer_id"),
    depends_on=("survey_results", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Svarene i prosent av alle som svarte på spørsmålet. Færre enn fem svar er skjult, og det samme er tall de "
    "kan regnes ut fra. Andeler gis ikke for færre enn ti svar. Er bare et utvalg spurt, har andelen et 95 %-intervall "
    "(Wilson); er alle spurt, har den ikke det. Endring regnes ikke når spørsmålet eller skalaen er "
    "endret siden forrige runde.",
    rule_en="Answers as per cent of all who answered the question. Fewer than five answers are hidden, as are "
    "figures that would give them away. Shares are not given for fewer than ten answers. When only a sample was "
    "asked the share has a 95% interval (Wilson's); when all were asked it has none. No change is given when the "
    "question or the scale has changed since the round before.",
    formula="share_pct = 100 * answer_count / base_count; response_rate_pct = 100 * answered_count / invited_count; "
    "change_points = share_pct - share_pct of previous_year",
    columns=(
        EDITION_YEAR,
        text("survey_id", "Undersøkelsen.", "The survey.", required=True),
        year("survey_year", "Runden.", "The round."),
        text("question_id", "Spørsmålet.", "The question.", required=True),
        text("answer_id", "Svaralternativet.", "The answer option.", required=True),
        *bilingual("population", "Hvem undersøkelsen gjelder.", "Whom the survey is about.", required=True),
        count("population_count", "Hvor mange de er.", "How many they are.", additivity=Additivity.NO),
        count("invited_count", "Hvor mange som ble spurt.", "How many were asked.", additivity=Additivity.NO),
        count("answered_count", "Hvor mange som svarte.", "How many answered.", additivity=Additivity.NO),
        with_basis(_percent("response_rate_pct", "Svarprosent.", "Response rate."), "invited_count"),
        text("wording", "Spørsmålet ordrett.", "The exact question.", required=True),
        text("scale", "Skalaen ordrett.", "The exact scale.", required=True),
        *bilingual("answer", "Svaralternativet.", "The answer option.", required=True),
        flag("is_dont_know", "Ja når alternativet er «vet ikke».", "True when the option is don't know."),
        count("answer_count", "Antall svar; tomt når skjult.", "Answers; empty when hidden.", additivity=Additivity.NO),
        count("base_count", "Svar på spørsmålet (n).", "Answers to the question (n).", additivity=Additivity.NO),
        with_basis(
            _percent("share_pct", "Andel av n; tom når skjult.", "Share of n; empty when hidden."),
            "base_count",
            interval=("share_low_pct", "share_high_pct"),
            suppressed="is_suppressed",
        ),
        _percent(
            "share_low_pct",
            "Nedre grense for 95 %-intervallet; tom når alle i målgruppen ble spurt.",
            "Lower bound of the 95% interval; empty when the whole population was asked.",
        ),
        _percent(
            "share_high_pct",
            "Øvre grense for 95 %-intervallet; tom når alle i målgruppen ble spurt.",
            "Upper bound of the 95% interval; empty when the whole population was asked.",
        ),
        flag("is_suppressed", "Ja når antallet er skjult.", "True when the count is hidden."),
        flag("is_base_suppressed", "Ja når n er skjult.", "True when n is hidden."),
        year("previous_year", "Forrige runde.", "The round before.", required=False),
        flag("is_wording_changed", "Ja når ordlyden er endret.", "True when the wording has changed."),
        flag("is_scale_changed", "Ja når skalaen er endret.", "True when the scale has changed."),
        with_basis(
            Column(
                "change_points",
                Type.NUMBER,
                "Endring siden forrige runde; tom ved brudd.",
                "Change since the round before; empty across a break.",
                unit="percentage points",
                additivity=Additivity.NO,
            ),
            "base_count",
            suppressed="is_suppressed",
        ),
        *sourced(),
    ),
)
