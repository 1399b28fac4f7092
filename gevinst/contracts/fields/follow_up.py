"""Fields of follow-up: the rules of what is due, requests and answers, and the marts about whom to ask and what came.

Belongs here: fields that only these tables have.
Does not belong here: which tables have them (`gevinst.contracts.follow_up`, `reference` and `marts_follow_up`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    Additivity,
    code,
    count,
    dated,
    day,
    flag,
    months,
    percent,
    reference,
    text,
    whole,
    with_basis,
    year,
)

FOLLOW_UP = (
    code("follow_up_reason_code", "follow_up_reason", "Grunnen til å spørre.", "The reason for asking."),
    whole(
        "reason_order",
        "count",
        "Plassen til grunnen i kodelisten; den første som gjelder, er hovedgrunnen.",
        "The place of the reason in the code list; the first that applies is the main one.",
        required=True,
        minimum=1,
    ),
    flag("is_main_reason", "Ja for hovedgrunnen.", "True for the main reason."),
    flag(
        "is_asked",
        "Ja når grunnen gir et spørsmål til eieren: av grunnene som gjelder status, bare den første.",
        "True when the reason gives a question to the owner: of the reasons about status, only the first.",
    ),
    whole(
        "follow_up_order",
        "count",
        "Plassen i listen; 1 følges opp først.",
        "The place in the list; 1 is followed up first.",
        required=True,
        minimum=1,
    ),
    count("reason_count", "Grunner som gjelder.", "Reasons that apply.", additivity=Additivity.NO),
    count(
        "more_benefit_count",
        "Andre gevinster som grunnen også gjelder; tom når den ikke gjelder gevinster.",
        "Other benefits that the reason is also about; empty when it is about none.",
        additivity=Additivity.NO,
    ),
    count(
        "unmeasured_goal_count",
        "Gevinster som er satt som mål, uten kjent nullpunkt eller måling.",
        "Benefits set as a goal, with no known baseline or measurement.",
        additivity=Additivity.WITHIN_EDITION,
    ),
    reference(
        "owner_organisation_id",
        "organisations.organisation_id",
        "Virksomheten som spørres: eieren, eller den som tok over. Aldri en person. Tom når ingen kilde sier hvem som "
        "eier prosjektet.",
        "The organisation that is asked: the owner, or the one that took over. Never a person. Empty when no source "
        "says who owns the project.",
        required=False,
    ),
    day(
        "ask_on",
        "Dagen eieren spørres: 1. februar etter utgavens dato, eller mandagen etter når det er helg.",
        "The day the owner is asked: 1 February after the edition's date, or the Monday after at a weekend.",
        required=True,
    ),
    code(
        "last_word_code",
        "last_word",
        "Hva det siste vi vet, er.",
        "What the last word is.",
    ),
    *dated("last_word", "Datoen det siste vi vet, gjelder.", "The date that the last word is about.", required=True),
    months(
        "months_since_last_word",
        "Hele måneder fra det siste vi vet, til utgavens dato.",
        "Whole months from the last word to the edition's date.",
        required=True,
    ),
    whole(
        "years_since_last_word",
        "years",
        "Hele år fra det siste vi vet, til utgavens dato.",
        "Whole years from the last word to the edition's date.",
        required=True,
        minimum=0,
    ),
    reference(
        "last_word_benefit_id",
        "benefits.benefit_id",
        "Gevinsten det siste vi vet, gjelder; tom når det gjelder prosjektet.",
        "The benefit that the last word is about; empty when it is about the project.",
        required=False,
    ),
    year("asked_edition_year", "Utgaven som spurte.", "The edition that asked."),
    code(
        "asked_reason_code",
        "follow_up_reason",
        "Hovedgrunnen da det ble spurt.",
        "The main reason when it was asked.",
    ),
    code("follow_up_answer_code", "follow_up_answer", "Hva som er kjent nå.", "What is known now."),
    *dated(
        "word_before",
        "Det siste vi visste da det ble spurt.",
        "The last word known when it was asked.",
        required=True,
    ),
    count(
        "alike_count",
        "Prosjekter som fikk samme utfall.",
        "Projects with the same result.",
        additivity=Additivity.NO,
    ),
    count("all_asked_count", "Prosjekter på listen da.", "Projects on the list then.", additivity=Additivity.NO),
    months(
        "after_months",
        "Hele måneder som må være gått før grunnen gjelder; 0 når den gjelder straks.",
        "Whole months that must have passed before the reason applies; 0 when it applies at once.",
        required=True,
    ),
    code("asked_role_code", "asked_role", "Hvem som spørres.", "Who is asked."),
    reference("request_id", "requests.request_id", "Forespørselen.", "The request."),
    text(
        "form_id",
        "Skjemaet som ble sendt; det samme for alle prosjektene i det.",
        "The form that was sent; the same for all projects in it.",
        required=True,
    ),
    reference(
        "asked_organisation_id",
        "organisations.organisation_id",
        "Virksomheten som ble spurt. Aldri en person.",
        "The organisation that was asked. Never a person.",
    ),
    code("request_kind_code", "request_kind", "Om det er første gang eller en påminnelse.", "First time or reminder."),
    day("asked_on", "Dagen det ble spurt.", "The day of the request.", required=True),
    day("answer_by_on", "Dagen det er bedt om svar til.", "The day by which an answer was asked for.", required=True),
    text(
        "asked_edition_id",
        "Utgaven skjemaet var fylt ut fra.",
        "The edition that the form was filled in from.",
        required=True,
    ),
    text(
        "prefilled_sha256",
        "SHA-256 av det som sto i skjemaet da det ble sendt.",
        "SHA-256 of what the form held when it was sent.",
        required=True,
    ),
    text(
        "due_reason_codes",
        "Grunnene til å spørre, med mellomrom mellom.",
        "The reasons for asking, separated by spaces.",
        required=True,
    ),
    day("answered_on", "Dagen svaret er gitt.", "The day of the answer.", required=True),
    code(
        "known_is_right_code",
        "known_is_right",
        "Om det vi visste fra før, stemmer; tom når det ikke er svart.",
        "Whether what was known before is right; empty where the owner did not say.",
        required=False,
    ),
    code(
        "answered_outcome_code",
        "answered_outcome",
        "Hva eieren sier at det ble av gevinsten; tom når raden gjelder prosjektet.",
        "What the owner says became of the benefit; empty when the row is about the project.",
        required=False,
    ),
    code(
        "answered_status_code",
        "status",
        "Hvor langt eieren sier at prosjektet er kommet; tom når det ikke er svart.",
        "How far the owner says that the project has come; empty where it did not say.",
        required=False,
    ),
    *dated("answered_status", "Når det ble slik.", "Since when that is so."),
    text(
        "obstacle_codes",
        "Hva som står i veien (kodelista step_reason), med mellomrom mellom.",
        "What stands in the way (code list step_reason), separated by spaces.",
    ),
    day(
        "reminded_on",
        "Dagen det sist ble minnet om; tom når ingen er minnet.",
        "The day of the newest reminder, if any.",
    ),
    flag(
        "is_answered", "Ja når eieren har svart om prosjektet.", "True when the owner has answered about the project."
    ),
    flag("is_of_this_year", "Ja når det ble spurt i utgaveåret.", "True when the request was in the edition year."),
    count("asked_owner_count", "Eiere som ble spurt i året.", "Owners asked that year.", additivity=Additivity.NO),
    count(
        "answered_owner_count",
        "Av dem: eiere som har svart.",
        "Of them: owners that answered.",
        additivity=Additivity.NO,
    ),
    with_basis(
        percent("answered_owner_pct", "Andelen av eierne som har svart.", "The share of owners that answered."),
        "asked_owner_count",
    ),
    count("asked_project_count", "Prosjekter det ble spurt om.", "Projects asked about.", additivity=Additivity.NO),
    count(
        "answered_project_count",
        "Av dem: prosjekter det er svart om.",
        "Of them: projects answered about.",
        additivity=Additivity.NO,
    ),
    count(
        "fresh_word_count",
        "Prosjekter der det siste vi vet, er yngre enn halve grensen for hva som er gammelt.",
        "Projects whose last word is younger than half the limit of what is old.",
        additivity=Additivity.NO,
    ),
    count(
        "ageing_word_count",
        "Prosjekter der det siste vi vet, er eldre enn det, men ikke gammelt.",
        "Projects whose last word is older than that, and not old.",
        additivity=Additivity.NO,
    ),
    count(
        "old_word_count",
        "Prosjekter der det siste vi vet, er gammelt: minst 24 måneder, om ingen annen grense er satt.",
        "Projects whose last word is old: at least 24 months, unless another limit is set.",
        additivity=Additivity.NO,
    ),
    with_basis(
        percent("old_word_pct", "Andelen av prosjektene med så gammel kunnskap.", "The share of projects that old."),
        "project_count",
    ),
    text("closing_statement_id", "Fast nøkkel for meldingen.", "Permanent id of the statement.", required=True),
    text("planned_evaluation_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
    *dated("planned", "Når det er planlagt.", "When it is planned.", required=True),
    reference(
        "delivered_source_id",
        "sources.source_id",
        "Dokumentet den ble til; tom så lenge den ikke er levert.",
        "The document that it became; empty as long as it is not delivered.",
        required=False,
    ),
)
