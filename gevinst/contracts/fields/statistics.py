"""Fields of answers and ratings, and of the marts of time to use, additionality and surveys.

Belongs here: what coders, owners and respondents said, and the shares computed from that.
Does not belong here: fields of the marts about drivers (`drivers`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    Additivity,
    bilingual,
    code,
    count,
    dated,
    flag,
    months,
    number,
    percent,
    text,
    whole,
    with_basis,
    year,
)

STATISTICS = (
    code("coder_code", "coder", "Hvem som vurderte: en koder uten navn.", "Who rated: a coder without a name."),
    whole(
        "rating",
        "rating 1-5",
        "1 er enklest og 5 er vanskeligst.",
        "1 is the easiest and 5 the hardest.",
        required=True,
        minimum=1,
        maximum=5,
    ),
    whole(
        "settled_rating",
        "rating 1-5",
        "Vurderingen som gjelder; 1 er enklest og 5 er vanskeligst.",
        "The rating in force; 1 is the easiest and 5 the hardest.",
        required=True,
        minimum=1,
        maximum=5,
    ),
    code(
        "decided_by_code",
        "decision_role",
        "Rollen til den som avgjorde. Aldri et navn.",
        "Role of who decided. Never a name.",
    ),
    *dated(
        "decided",
        "Datoen det ble avgjort; en senere avgjørelse går foran.",
        "The date of the decision; a later one takes precedence.",
        required=True,
    ),
    code(
        "counterfactual_code",
        "counterfactual",
        "Hva eieren ville gjort uten ordningen.",
        "What the owner would have done without the scheme.",
    ),
    *bilingual(
        "null_alternative",
        "Nullalternativet: hva som ville skjedd uten ordningen, med egne ord.",
        "The null alternative: what would have happened without the scheme, in own words.",
        required=True,
    ),
    text("survey_id", "Fast nøkkel, lik i alle runder.", "Permanent id, the same in all rounds.", required=True),
    year("survey_year", "Runden: året det ble spurt.", "The round: the year of asking."),
    text(
        "question_id",
        "Fast nøkkel for spørsmålet, lik i alle runder.",
        "Permanent id of the question, the same in all rounds.",
        required=True,
    ),
    text(
        "answer_id",
        "Fast nøkkel for svaralternativet, lik i alle runder.",
        "Permanent id of the answer option, the same in all rounds.",
        required=True,
    ),
    *bilingual("population", "Hvem undersøkelsen gjelder.", "Whom the survey is about.", required=True),
    count("population_count", "Hvor mange de er.", "How many they are.", additivity=Additivity.NO),
    count("invited_count", "Hvor mange som ble spurt.", "How many were surveyed.", additivity=Additivity.NO),
    count("answered_count", "Hvor mange som svarte.", "How many answered.", additivity=Additivity.NO),
    *dated("fielded_from", "Første dag det ble spurt.", "First day of asking."),
    *dated("fielded_to", "Siste dag det ble spurt.", "Last day of asking."),
    *bilingual("weighting", "Hvordan svarene er vektet.", "How the answers are weighted."),
    text("wording", "Spørsmålet ordrett, på språket det ble stilt.", "The exact question as asked.", required=True),
    text("scale", "Skalaen ordrett, fra første til siste alternativ.", "The exact scale as shown.", required=True),
    *bilingual("answer", "Svaralternativet.", "The answer option.", required=True),
    flag("is_dont_know", "Ja når alternativet er «vet ikke».", "True when the option is don't know."),
    count(
        "answer_count", "Hvor mange som valgte alternativet.", "How many chose the option.", additivity=Additivity.NO
    ),
    count(
        "base_count",
        "Hvor mange som svarte på spørsmålet, også «vet ikke».",
        "How many answered the question, don't know included.",
        additivity=Additivity.NO,
    ),
    months("month", "Hele måneder etter tildelingen.", "Whole months after the award.", required=True),
    count(
        "at_risk_count",
        "Prosjekter som ennå følges og ikke er kjent tatt i bruk, ved månedens begynnelse.",
        "Projects still followed and not known to be in use, at the start of the month.",
        additivity=Additivity.NO,
    ),
    count("event_count", "Tatt i bruk i måneden.", "Taken into use in the month."),
    count(
        "left_count",
        "Stanset eller videreført i annen form i måneden: kan ikke lenger tas i bruk.",
        "Stopped or continued in another form in the month: can no longer come into use.",
    ),
    count(
        "censored_count",
        "Fulgt til denne måneden, da utgaven ble gjort opp.",
        "Followed until this month, the date of the edition.",
    ),
    count(
        "unheard_count",
        "Av dem som følges: ingen kilde har fortalt noe om dem fra denne måneden eller senere.",
        "Of those followed: no source has reported on them from this month or later.",
        additivity=Additivity.NO,
    ),
    with_basis(
        percent(
            "not_in_use_pct",
            "Anslag (Aalen–Johansen): andel som ikke er kjent tatt i bruk etter måneden.",
            "Estimate (Aalen–Johansen): share not known to be in use after the month.",
        ),
        "at_risk_count",
        interval=("not_in_use_low_pct", "not_in_use_high_pct"),
    ),
    percent(
        "not_in_use_low_pct",
        "Nedre grense for 95 %-intervallet; tom når andelen er 100 eller 0.",
        "Lower bound of the 95% interval; empty when the share is 100 or 0.",
    ),
    percent(
        "not_in_use_high_pct",
        "Øvre grense for 95 %-intervallet; tom når andelen er 100 eller 0.",
        "Upper bound of the 95% interval; empty when the share is 100 or 0.",
    ),
    count(
        "heard_count",
        "Av dem som følges: en kilde har fortalt noe om dem fra denne måneden eller senere.",
        "Of those followed: a source has reported on them from this month or later.",
        additivity=Additivity.NO,
    ),
    with_basis(
        percent(
            "heard_not_in_use_pct",
            "Samme anslag når hvert prosjekt følges bare til siste nytt om det; tomt når ingen følges lenger.",
            "The same estimate with each project followed only until the newest news of it; empty when none is "
            "followed any more.",
        ),
        "heard_count",
        interval=("heard_not_in_use_low_pct", "heard_not_in_use_high_pct"),
    ),
    percent(
        "heard_not_in_use_low_pct",
        "Nedre grense for 95 %-intervallet når prosjekter følges til siste nytt.",
        "Lower bound of the 95% interval with projects followed until the newest news.",
    ),
    percent(
        "heard_not_in_use_high_pct",
        "Øvre grense for 95 %-intervallet når prosjekter følges til siste nytt.",
        "Upper bound of the 95% interval with projects followed until the newest news.",
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
    count("asked_count", "Prosjekter som er spurt.", "Projects surveyed.", additivity=Additivity.NO),
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
        percent(
            "strict_pct", "Streng andel av n; tom når n er under 10.", "Strict share of n; empty when n is below 10."
        ),
        "known_count",
        suppressed="is_suppressed",
    ),
    with_basis(
        percent("broad_pct", "Bred andel av n; tom når n er under 10.", "Broad share of n; empty when n is below 10."),
        "known_count",
        suppressed="is_suppressed",
    ),
    flag(
        "is_suppressed",
        "Ja når et antall er skjult for ikke å vise hva færre enn tre prosjekter svarte, eller at alle svarte likt.",
        "True when a count is hidden not to reveal what fewer than three projects answered, or that all did alike.",
    ),
    with_basis(percent("response_rate_pct", "Svarprosent.", "Response rate."), "invited_count"),
    with_basis(
        percent("share_pct", "Andel av n; tom når skjult.", "Share of n; empty when hidden."),
        "base_count",
        interval=("share_low_pct", "share_high_pct"),
        suppressed="is_suppressed",
    ),
    percent(
        "share_low_pct",
        "Nedre grense for 95 %-intervallet; tom når alle i målgruppen ble spurt.",
        "Lower bound of the 95% interval; empty when the whole population was surveyed.",
    ),
    percent(
        "share_high_pct",
        "Øvre grense for 95 %-intervallet; tom når alle i målgruppen ble spurt.",
        "Upper bound of the 95% interval; empty when the whole population was surveyed.",
    ),
    flag(
        "is_held_back",
        "Ja når tallene er de som var publisert før: endringen ville vist hva noen få svarte.",
        "True when the figures are those published before, since the change would reveal what a few answered.",
    ),
    flag("is_base_suppressed", "Ja når n er skjult.", "True when n is hidden."),
    year("previous_year", "Forrige runde.", "The round before.", required=False),
    flag("is_wording_changed", "Ja når ordlyden er endret.", "True when the wording has changed."),
    flag("is_scale_changed", "Ja når skalaen er endret.", "True when the scale has changed."),
    with_basis(
        number(
            "change_points",
            "percentage points",
            "Endring siden forrige runde; tom ved brudd.",
            "Change since the round before; empty across a break.",
        ),
        "base_count",
        suppressed="is_suppressed",
    ),
)
