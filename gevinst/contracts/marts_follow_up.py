"""Contracts of the marts about follow-up: which projects need a word this year, and what came of those asked before.

Belongs here: the open rules for who is asked, why and in which order, and what counts as an answer.
Does not belong here: what is known of projects and benefits (`marts_projects`, `marts_realisation`), and the words of
the questions, which are texts of the page.
"""

from __future__ import annotations

from gevinst.contracts.fields import RESULT_SOURCE, listed, override
from gevinst.contracts.model import Contract

_BENEFIT = listed(
    *override(
        "benefit_id",
        "Gevinsten det spørres om: den første etter regelen. Tom når grunnen ikke gjelder en gevinst.",
        "The benefit that is asked about: the first by the rule. Empty when the reason is about none.",
        required=False,
    ),
    "more_benefit_count",
)
_LAST_WORD = listed(
    "last_word_code last_word_on/precision months_since_last_word years_since_last_word last_word_benefit_id"
)

LAST_WORDS = Contract(
    name="last_words",
    layer="marts",
    title_nb="Det siste vi vet om hvert prosjekt",
    title_en="The last word of each project",
    grain_nb="Én rad per prosjekt og utgaveår.",
    grain_en="One row per project and edition year.",
    key=("edition_year", "project_id"),
    empty_without=("projects",),
    depends_on=("project_status", "rounds", "benefit_trail", "benefit_claims", "planned_realised", "edition_years"),
    rule_nb="Det siste vi vet, er det seneste av nyeste status, en oppnådd gevinst og en måling, etter datoen det "
    "gjelder og aldri etter når det ble lest. Kjenner vi ikke noe av det, er det tildelingen. Det som er forventet, "
    "sier ikke hvordan det går. En måned eller et år som ikke er slutt, regnes til utgavens dato.",
    rule_en="The last word is the latest of the newest status, a benefit achieved and a measurement, by the date it "
    "is about and never by when it was read. Where none of these is known it is the award. What is expected does not "
    "say how it goes. A month or year that has not ended counts until the edition's date.",
    formula="last_word = latest last day of (status_on of project_status; about_on of claims in benefit_trail with "
    "evidence_code not forventet; measured_on of planned_realised with is_newest), never after as_of_on; without any: "
    "awarded_on of the round",
    columns=listed("edition_year project_id", *_LAST_WORD, *RESULT_SOURCE),
)

FOLLOW_UP_REASONS = Contract(
    name="follow_up_reasons",
    layer="marts",
    title_nb="Grunner til å følge opp et prosjekt",
    title_en="Reasons for following up a project",
    grain_nb="Én rad per prosjekt, utgaveår og grunn som gjelder.",
    grain_en="One row per project, edition year and reason that applies.",
    key=("edition_year", "project_id", "follow_up_reason_code"),
    depends_on=(
        "due_rules",
        "project_status",
        "project_coverage",
        "project_events",
        "closing_statements",
        "planned_evaluations",
        "answers",
        "benefit_overview",
        "planned_realised",
        "sources",
        "edition_years",
    ),
    may_be_empty=True,
    rule_nb="Hvor lenge det ventes før en grunn gjelder, står i tabellen due_rules, og en grunn som mangler der, "
    "brukes ikke. Målt uten mål: en gevinst er målt, og ingen målverdi er kjent. Måldatoen er passert: målet gjaldt "
    "en dag som er passert, og ingen måling fra da eller senere er kjent. Utviklet, ikke i drift: nyeste status er at "
    "en løsning er utviklet eller prøvd ut, og den er gammel nok. Slutten er ukjent: tildelingen er gammel nok, og "
    "utfallet er ukjent. Ingenting hørt: tildelingen er gammel nok, og ingenting nyere er kjent. Siste status er "
    "gammel: den er gammel nok. Sluttmelding mangler: prosjektet ble avsluttet for lenge nok siden, og ingen "
    "sluttmelding er kjent. Lovet uten nullpunkt: en gevinst er satt som mål, planlagt eller forventet, verken "
    "nullpunkt eller måling er kjent, og eieren har ikke svart at den ikke kom. Planlagt evaluering ikke levert: "
    "dagen den skulle være ferdig, er passert for "
    "lenge nok siden, og ingen har sett den. Resultater er ikke lest: ingen har kodet noe dokument om prosjektet for "
    "resultater. Om status og gevinster dømmes det bare der noen har lett. Prosjekter som er stanset eller "
    "videreført, spørres ikke om status, gevinster eller sluttmelding. Den første grunnen i listen er hovedgrunnen. "
    "Av flere gevinster nevnes den som er satt som mål, så den som er en virkning for brukere eller samfunn.",
    rule_en="How long to wait before a reason applies is in table due_rules, and a reason that is missing there is not "
    "used. Measured without a target: a benefit is measured, and no target value is known. The target date has "
    "passed: the target was for a day that has passed, and no measurement from then or later is known. Developed, not "
    "in operation: the newest status is that a solution is developed or tried out, and it is old enough. The ending "
    "is unknown: the award is old enough, and the outcome is unknown. Nothing heard: the award is old enough, and "
    "nothing newer is known. The last status is old: it is old enough. The closing statement is missing: the project "
    "ended long enough ago, and no closing statement is known. Promised without a baseline: a benefit is a goal, "
    "planned or expected, neither a baseline nor a measurement is known, and the owner has not answered that it did "
    "not come. Planned evaluation not delivered: the "
    "day on which it should be finished passed long enough ago, and nobody has seen it. Results are not read: nobody "
    "has coded any document on the project for results. Status and benefits are judged only where somebody looked. "
    "Projects that are stopped or continued are not asked about status, benefits or a closing statement. The first "
    "reason of the list is the main one. Of several benefits the one set as a goal is named, then one that is an "
    "effect for users or society.",
    formula="after_months = that of the reason in due_rules; goes_on = current_status_code not in (stanset, "
    "viderefort); measured_without_target: goes_on and a benefit with is_gain and a row of planned_realised with "
    "is_newest and target_value is null; target_passed: goes_on and a benefit with is_gain and a row of "
    "planned_realised (the newest, or not measured) with target_value and last day of target_on < as_of_on and not "
    "last day of measured_on >= last day of target_on and months since >= after_months; developed_not_used: goes_on "
    "and current_status_code in (losning_utviklet, provd_ut) and months_since_status >= after_months; ending_unknown: "
    "goes_on and outcome_code = unknown and months_since_award >= after_months and status_absence_code <> not_coded; "
    "nothing_heard: current_status_code in (tildelt, ikke_vurdert) and months_since_award >= after_months and "
    "status_absence_code <> not_coded; stale: goes_on and current_status_code <> tildelt and months_since_status >= "
    "after_months; closing_statement_missing: goes_on and months since the last day of the latest project_events with "
    "event_code = ended >= after_months and no row of closing_statements; promised_without_baseline: goes_on and "
    "is_coded_results and a benefit with is_gain and (has_goal or plan_count > 0 or best_evidence_code = forventet) "
    "and best_evidence_code not in (malt_oppgitt, dokumentert) and benefit_status_code not in (not_realised, "
    "abandoned) and no row of planned_realised with is_measured or a baseline_value and the newest of answers on it "
    "not in (not_came, dropped); evaluation_overdue: a row of "
    "planned_evaluations without a delivered_source_id known by as_of_on and months since the last day of planned_on "
    ">= after_months; "
    "results_unread: not is_coded_results; benefit_id = first by (has_goal first, gain_nature_code in (user_effect, "
    "societal_effect) first, benefit_id); more_benefit_count = number of the others; is_main_reason = lowest "
    "reason_order of the project; is_asked = not about status, or the lowest reason_order of those about status",
    columns=listed(
        "edition_year project_id follow_up_reason_code reason_order is_main_reason is_asked",
        *_BENEFIT,
    ),
)

FOLLOW_UPS = Contract(
    name="follow_ups",
    layer="marts",
    title_nb="Oppfølging",
    title_en="Follow-up",
    grain_nb="Én rad per prosjekt som bør følges opp, og utgaveår.",
    grain_en="One row per project to be followed up and edition year.",
    key=("edition_year", "project_id"),
    depends_on=(
        "follow_up_reasons",
        "last_words",
        "project_status",
        "project_coverage",
        "benefit_overview",
        "planned_realised",
        "answers",
        "participations",
        "organisations",
        "grant_amounts",
        "sources",
        "edition_years",
    ),
    may_be_empty=True,
    rule_nb="Prosjektene som har minst én grunn til å bli spurt, med hovedgrunnen. Først de som har en gevinst satt "
    "som mål uten kjent nullpunkt eller måling, så de vi ikke har hørt fra på lengst tid, så de som fikk mest støtte, "
    "så etter nøkkelen til prosjektet. Eieren spørres 1. februar etter utgavens dato, eller mandagen etter når det er "
    "helg. Rekkefølgen er for arbeidet og sier ikke hvilke prosjekter som er best.",
    rule_en="The projects that have at least one reason to be asked, with the main one. First those with a benefit "
    "set as a goal and no known baseline or measurement, then those not heard from for longest, then those with the "
    "largest grant, then by the id of the project. The owner is asked on 1 February after the edition's date, or the "
    "Monday after at a weekend; where the owner was merged into another, the one that took over is asked. The order "
    "is for the work and does not say which projects are best.",
    formula="rows of follow_up_reasons with is_main_reason; follow_up_order = place by (unmeasured_goal_count > 0 "
    "first, months_since_last_word descending, grant_amount descending and unknown last, project_id); "
    "unmeasured_goal_count = benefits of promised_without_baseline with has_goal; owner_organisation_id = "
    "organisation with role_code owner, else co_owner, lowest id, or its successor_id; ask_on = first 1 February "
    "after as_of_on, moved to Monday from Saturday and Sunday",
    columns=listed(
        "edition_year project_id follow_up_order",
        *override("follow_up_reason_code", "Hovedgrunnen.", "The main reason."),
        "reason_count",
        *_BENEFIT,
        "unmeasured_goal_count owner_organisation_id current_status_code outcome_code",
        *_LAST_WORD,
        "months_since_award",
        *override(
            "grant_amount",
            "Støtten; tom når ingen kilde oppgir den.",
            "The grant; empty when no source states it.",
            required=False,
        ),
        "ask_on",
        *RESULT_SOURCE,
    ),
)

FOLLOW_UP_ANSWERS = Contract(
    name="follow_up_answers",
    layer="marts",
    title_nb="Hva som kom ut av forrige oppfølging",
    title_en="What came of the follow-up before",
    grain_nb="Én rad per prosjekt på listen i utgaven som ble publisert for et tidligere år. Den første utgaven har "
    "ingen.",
    grain_en="One row per project on the list of the edition published for an earlier year. The first edition has "
    "none.",
    key=("edition_year", "project_id"),
    depends_on=("follow_ups", "follow_up_reasons", "last_words", "project_status"),
    may_be_empty=True,
    rule_nb="Noe nyere er kjent når det siste vi vet nå, gjelder en senere dag enn det siste vi visste da det ble "
    "spurt; det sies for seg om det skjedde etter den forrige utgaven, eller er eldre og bare funnet nå. Spørsmålet "
    "er besvart når noe nyere er kjent og hovedgrunnen ikke lenger gjelder. Var grunnen at et nullpunkt, et mål, en "
    "måling, en sluttmelding eller en evaluering manglet, er det besvart når den er borte. En utgave som er laget i "
    "ettertid, har ikke spurt noen.",
    rule_en="Something newer is known where the last word now is about a later day than the last word known when it "
    "was asked; whether it happened after the previous edition, or is older and was only found now, is stated apart. "
    "The question is answered where something newer is known and the main reason no longer applies. Where the reason "
    "was that a baseline, a target, a measurement, a closing statement or an evaluation was missing, it is answered "
    "when the reason is gone. An edition made in hindsight has asked nobody.",
    formula="is_newer = last day of last_word_on > last day of word_before_on; is_gone = asked_reason_code not in "
    "follow_up_reasons of the project; answered: is_gone and (is_newer or asked_reason_code in "
    "(measured_without_target, target_passed, closing_statement_missing, promised_without_baseline, "
    "evaluation_overdue)); heard: is_newer and not is_gone; open: neither; else "
    "not_asked",
    columns=listed(
        "edition_year project_id asked_edition_year asked_reason_code follow_up_answer_code",
        *override(
            "change_time_code",
            "Om det nyere skjedde etter den forrige utgaven; tom når ikke noe nyere er kjent.",
            "Whether the newer thing happened after the previous edition; empty where nothing newer is known.",
        ),
        "word_before_on/precision",
        *_LAST_WORD,
        *override("current_status_code", "Nyeste status nå.", "Newest status now."),
        "alike_count all_asked_count",
        *RESULT_SOURCE,
    ),
)

REQUEST_OUTCOMES = Contract(
    name="request_outcomes",
    layer="marts",
    title_nb="Hvem som er spurt, og hva som kom",
    title_en="Who was asked, and what came",
    grain_nb="Én rad per skjema, prosjekt i det og utgaveår som kjenner til det.",
    grain_en="One row per form, project in it and edition year that knows of it.",
    key=("edition_year", "form_id", "project_id"),
    depends_on=("requests", "answers", "project_status", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Når eieren ble spurt første gang med et skjema, når det sist ble minnet om det, og det nyeste svaret. Et "
    "svar teller når det enn kommer. Svaret er eierens eget, og ingen har vurdert det. At en eier ikke har svart, sier "
    "ingenting om prosjektet.",
    rule_en="When the owner was first asked with a form, when it was last reminded, and the newest answer. An answer "
    "counts whenever it comes. It is the owner's own, and nobody has assessed it. That an owner has not answered says "
    "nothing of the project.",
    formula="rows of requests by form_id and project_id, with source known by as_of_on: asked_on = earliest, "
    "reminded_on = latest with request_kind_code = reminder, answer_by_on = latest; answer = row of answers without "
    "benefit_id whose request has that form_id and project_id, with the latest (answered_on, answer_id), source known "
    "by as_of_on; is_of_this_year = year of asked_on is edition_year",
    columns=listed(
        "edition_year",
        *override("form_id", "Skjemaet.", "The form."),
        "project_id asked_organisation_id asked_edition_id",
        *override("asked_on", "Dagen det ble spurt første gang.", "The day of the first request."),
        "reminded_on answer_by_on is_of_this_year is_answered",
        *override("answered_on", "Dagen for det nyeste svaret.", "The day of the newest answer.", required=False),
        "known_is_right_code answered_status_code answered_status_on/precision obstacle_codes",
        *RESULT_SOURCE,
    ),
)

FOLLOW_UP_PROGRESS = Contract(
    name="follow_up_progress",
    layer="marts",
    title_nb="Svar på forespørsler, og alderen på det vi vet",
    title_en="Answers to requests, and the age of what is known",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=("request_outcomes", "last_words", "edition_years"),
    rule_nb="Hvor mange eiere og prosjekter det ble spurt om i utgaveåret, hvor mange som har svart, og hvor gammelt "
    "det siste vi vet om hvert prosjekt er. En andel gis ikke av færre enn fem. Alderen regnes "
    "fra datoen det gjelder, aldri fra da det ble lest.",
    rule_en="How many owners and projects were asked about in the edition year, how many answered, and how old the "
    "last word of each project is. No share is given of fewer than five. Ages are counted from the date that the word "
    "is about, never from when it was read.",
    formula="asked_ and answered_ counts: rows of request_outcomes with is_of_this_year; owners = distinct "
    "asked_organisation_id; fresh: months_since_last_word < stale_after_months / 2; ageing: from that to less "
    "than stale_after_months; old: at least stale_after_months; answered_owner_pct = 100 * answered_owner_count / "
    "asked_owner_count, old_word_pct = 100 * old_word_count / project_count, null below min_n_for_shares",
    columns=listed(
        "edition_year asked_owner_count answered_owner_count answered_owner_pct asked_project_count",
        "answered_project_count",
        *override("project_count", "Prosjekter som er kjent.", "Projects known."),
        "fresh_word_count ageing_word_count old_word_count old_word_pct",
    ),
)

FOLLOW_UP_MARTS = (LAST_WORDS, FOLLOW_UP_REASONS, FOLLOW_UPS, REQUEST_OUTCOMES, FOLLOW_UP_PROGRESS)
"""In the order they are computed; the answers compare with an earlier edition and come with the news."""
