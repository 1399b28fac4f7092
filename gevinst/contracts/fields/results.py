"""Fields of the marts about projects, rounds and whole editions.

Belongs here: status, coverage, rounds, changes and reconciliation as computed.
Does not belong here: results about benefits (`benefits`).
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
    number,
    percent,
    step,
    text,
    with_basis,
)

RESULTS = (
    count("source_count", "Kilder kjent da.", "Sources known then.", additivity=Additivity.NO),
    code(
        "first_status_code",
        "status",
        "Første kjente status som viser mer enn at støtten er gitt eller arbeidet i gang.",
        "First known status that shows more than that funding was awarded or work is under way.",
        required=False,
    ),
    step("first_step", "Trinnet til den første slike status.", "The step of the first such status."),
    step("highest_step", "Høyeste trinn som er kjent.", "Highest step known."),
    code(
        "outcome_code",
        "outcome",
        "Hva som ble av prosjektet; ukjent når ingen kilde sier det, hvor lenge det enn er siden.",
        "What became of the project; unknown when no source says, however long ago.",
    ),
    *dated("status", "Datoen nyeste status gjelder.", "The date that the newest status is about."),
    day("known_on", "Når nyeste status ble kjent.", "When the newest status became known."),
    count(
        "progress_assessment_count",
        "Av dem: viser mer enn at støtten er gitt eller arbeidet i gang.",
        "Of these: show more than that funding was awarded or work is under way.",
    ),
    count("assessment_count", "Statusopplysninger kjent da.", "Status statements known then."),
    months(
        "months_since_award",
        "Hele måneder fra tildelingen til utgavens dato.",
        "Whole months from the award to the edition's date.",
        minimum=None,
    ),
    months(
        "months_since_status",
        "Hele måneder fra nyeste status til utgavens dato.",
        "Whole months from the newest status to the edition's date.",
        minimum=None,
    ),
    flag(
        "is_stale",
        "Ja når nyeste status er eldre enn grensen for gammel vurdering (24 måneder); en tildeling blir aldri gammel.",
        "True when the newest status is older than the limit for an old assessment (24 months); an award never is.",
    ),
    count("applicant_count", "Søkere; tom når ingen kilde sier det.", "Applicants; empty when no source says."),
    code(
        "applicant_basis_code",
        "figure_basis",
        "Om antall søkere står i kilden.",
        "Whether the source states the number of applicants.",
        required=False,
    ),
    count(
        "selected_count",
        "Valgte prosjekter; tom når ingen kilde sier det.",
        "Selected projects; empty when no source says.",
    ),
    code(
        "selected_basis_code",
        "figure_basis",
        "Om antall valgte står i kilden.",
        "Whether the source states the number selected.",
        required=False,
    ),
    count("named_count", "Prosjekter som er navngitt i registeret.", "Projects named in the registry."),
    count(
        "unnamed_count",
        "Valgte prosjekter som ingen kilde navngir; tom når antall valgte er ukjent.",
        "Selected projects that no source names; empty when the number selected is unknown.",
    ),
    with_basis(
        percent("acceptance_pct", "Valgte som prosent av søkere.", "Selected as per cent of applicants."),
        "applicant_count",
    ),
    flag("is_amount_approximate", "Ja når kilden sier omtrent.", "True when the source says about."),
    flag(
        "has_disagreement",
        "Ja når kilder oppgir ulike tall om runden.",
        "True when sources state different figures about the round.",
    ),
    flag("has_owner", "Prosjekteier er kjent.", "The project owner is known."),
    flag("has_supplier", "Leverandør er kjent.", "The supplier is known."),
    flag("has_period", "Start eller slutt er kjent.", "Start or end is known."),
    flag("has_grant", "Tildelt støtte er kjent.", "The grant is known."),
    flag("has_status_beyond_award", "Status utover tildelingen er kjent.", "A status beyond the award is known."),
    flag(
        "has_expected_benefit",
        "Minst én forventet gevinst er beskrevet.",
        "At least one expected benefit is described.",
    ),
    flag(
        "has_reported_benefit",
        "Minst én gevinst er oppgitt, målt eller dokumentert.",
        "At least one benefit is reported, measured or documented.",
    ),
    flag(
        "has_documented_benefit",
        "Minst én gevinst er målt mot et nullpunkt og bekreftet av noen utenfor.",
        "At least one benefit is measured against a baseline and confirmed by somebody outside.",
    ),
    text("change_id", "Fast nøkkel for endringen.", "Permanent id of the change.", required=True),
    code("change_kind_code", "change_kind", "Hva slags endring.", "What kind of change."),
    code(
        "change_time_code",
        "change_time",
        "Om saken er nyere enn den forrige utgaven; tom for rettelser og rader som er borte.",
        "Whether the thing is later than the previous edition; empty for corrections and rows that are gone.",
        required=False,
    ),
    day("about_from", "Første dag saken gjelder.", "First day that the thing is about."),
    day("about_to", "Siste dag saken gjelder.", "Last day that the thing is about."),
    text(
        "from_code",
        "Koden før: status eller evidens; for rettelser og trukne rader tabellen raden står i.",
        "The code before: status or evidence; for corrections and rows withdrawn the table of the row.",
    ),
    text("to_code", "Koden etter, eller den som er ny.", "The code after, or the one that is new."),
    count("item_count", "Antall rader endringen samler.", "Number of rows the change gathers."),
    text("reconciliation_id", "Fast nøkkel for avstemmingen.", "Permanent id of the reconciliation.", required=True),
    number("stated_value", "count", "Tallet kilden oppgir.", "The figure that the source states."),
    number("computed_value", "count", "Tallet regnet ut fra registeret.", "The figure computed from the registry."),
    number("difference", "count", "Oppgitt minus regnet ut.", "Stated minus computed."),
    code("result_code", "reconciliation_result", "Utfallet.", "The outcome."),
)
