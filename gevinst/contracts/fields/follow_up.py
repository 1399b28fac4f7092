"""Fields of the marts about follow-up: whom to ask this year, why, and what came of those asked before.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_follow_up`).
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
    reference,
    whole,
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
)
