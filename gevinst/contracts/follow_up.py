"""Contracts of follow-up: who was asked when, what they answered, and which evaluations are planned.

Belongs here: the log of requests and answers, and what an answer says that no other table has room for. Statuses, plans
and measurements that an answer states are rows of those tables, with the answer as their document.
Does not belong here: the rules of what is due (`reference`), and who is to be asked this year (`marts_follow_up`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Contract

REQUESTS = Contract(
    name="requests",
    layer="core",
    folder="evaluations",
    title_nb="Forespørsler",
    title_en="Requests",
    grain_nb="Én rad per gang eieren av et prosjekt ble spurt om det. Virksomheter, aldri personer.",
    grain_en="One row each time the owner of a project was asked about it. Organisations, never persons.",
    key=("request_id",),
    columns=listed(
        *override("request_id", "Fast nøkkel for forespørselen.", "Permanent id of the request.", references=None),
        "form_id",
        *override("project_id", "Prosjektet det ble spurt om.", "The project that was asked about."),
        "asked_organisation_id request_kind_code asked_on answer_by_on asked_edition_id prefilled_sha256",
        "due_reason_codes source_id source_locator recorded_on",
    ),
)

ANSWERS = Contract(
    name="answers",
    layer="core",
    folder="evaluations",
    title_nb="Svar fra eiere",
    title_en="Answers from owners",
    grain_nb="Én rad per svar om et prosjekt, og én per gevinst i det som eieren svarte om. Det er hva eieren selv "
    "sier, og et senere svar gjelder foran et tidligere.",
    grain_en="One row per answer about a project, and one per benefit of it that the owner answered about. It is what "
    "the owner itself says, and a later answer goes before an earlier one.",
    key=("answer_id",),
    columns=listed(
        *override("answer_id", "Fast nøkkel for svaret.", "Permanent id of the answer."),
        *override("request_id", "Forespørselen som er besvart.", "The request that is answered."),
        *override("project_id", "Prosjektet svaret gjelder.", "The project that the answer is about."),
        *override(
            "benefit_id",
            "Gevinsten raden gjelder; tom når den gjelder prosjektet.",
            "The benefit that the row is about; empty when it is about the project.",
            required=False,
        ),
        "answered_outcome_code answered_on known_is_right_code answered_status_code answered_status_on/precision "
        "obstacle_codes",
        *override(
            "statement_nb/en",
            "Hva eieren ellers sier om prosjektet, i eierens ord.",
            "What else the owner says of the project, in the owner's words.",
            required=False,
        ),
        "source_id source_locator recorded_on",
    ),
)

CLOSING_STATEMENTS = Contract(
    name="closing_statements",
    layer="core",
    folder="evaluations",
    title_nb="Sluttmeldinger",
    title_en="Closing statements",
    grain_nb="Én rad per melding om hva som kom ut av et prosjekt som er avsluttet.",
    grain_en="One row per statement of what came of a project that has ended.",
    key=("closing_statement_id",),
    columns=listed(
        "closing_statement_id project_id stated_by_code",
        *override("about_on/precision", "Datoen meldingen gjelder.", "The date that the statement is about."),
        *override("statement_nb/en", "Hva som kom ut av prosjektet.", "What came of the project."),
        "source_id source_locator recorded_on",
    ),
)

PLANNED_EVALUATIONS = Contract(
    name="planned_evaluations",
    layer="core",
    folder="evaluations",
    title_nb="Planlagte evalueringer",
    title_en="Planned evaluations",
    grain_nb="Én rad per evaluering eller måling som noen har planlagt.",
    grain_en="One row per evaluation or measurement that somebody has planned.",
    key=("planned_evaluation_id",),
    columns=listed(
        "planned_evaluation_id",
        *override(
            "project_id",
            "Prosjektet, når raden gjelder ett.",
            "The project, when the row is about one.",
            required=False,
        ),
        *override("name_nb/en", "Hva som skal evalueres eller måles.", "What is to be evaluated or measured."),
        "planned_on/precision",
        "responsible_organisation_id delivered_source_id source_id source_locator recorded_on",
    ),
)

FOLLOW_UP = (REQUESTS, ANSWERS, CLOSING_STATEMENTS, PLANNED_EVALUATIONS)
