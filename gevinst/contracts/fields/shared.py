"""Fields of tables of more than one topic: ids, references, names, reasons, notes and dates.

Belongs here: a field whose tables belong to no one topic.
Does not belong here: fields of one topic, which belong in the module of that topic.
"""

from __future__ import annotations

from gevinst.contracts.model import (
    EDITION_YEAR,
    PROJECT,
    Additivity,
    bilingual,
    code,
    count,
    dated,
    day,
    flag,
    maintained,
    number,
    reference,
    step,
    text,
    year,
)

SHARED = (
    *bilingual("label", "Teksten som vises.", "The text shown.", required=True),
    *maintained("description", "Hva koden betyr.", "What the code means.", required=True),
    *bilingual("note", "Forbehold om opplysningene.", "Caveat about the facts."),
    reference("source_id", "sources.source_id", "Dokumentet raden bygger på.", "The document behind the row."),
    day(
        "recorded_on",
        "Dagen raden ble ført inn i registeret; settes når raden skrives.",
        "The day the row entered the register; set when the row is written.",
    ),
    text(
        "source_locator",
        "Linje, avsnitt eller del i dokumentet, på bokmål.",
        "Line, paragraph or section in the document, in bokmål.",
        required=True,
    ),
    reference(
        "municipality_code",
        "municipality_codes.municipality_code",
        "Kommunenummer i dag.",
        "Municipality code today.",
        required=False,
    ),
    text("name", "Navnet slik det er skrevet.", "The name as written.", required=True),
    *dated("valid_from", "Første dag nummeret gjaldt.", "First day the code was valid."),
    *dated(
        "valid_to",
        "Siste dag nummeret gjaldt; tom når det gjelder i dag.",
        "Last day the code was valid; empty when it is valid today.",
    ),
    reference("organisation_id", "organisations.organisation_id", "Virksomheten.", "The organisation."),
    reference(
        "portfolio_finding_id",
        "portfolio_findings.portfolio_finding_id",
        "Totalen som en kilde oppgir; tom når regelen gjelder hver runde.",
        "The total that a source states; empty when the rule is about each round.",
        required=False,
    ),
    *maintained("rule", "Hva som skal stemme.", "What should agree.", required=True),
    *maintained(
        "explanation",
        "Hva forskjellen kommer av, så langt det er kjent.",
        "What the difference comes from, as far as is known.",
    ),
    *bilingual("reason", "Begrunnelsen.", "The reason.", required=True),
    reference("round_id", "rounds.round_id", "Runden.", "The round."),
    year("cohort_year", "Kull: året runden hører til.", "Cohort: the year the round belongs to."),
    *bilingual("name", "Hva virkningen er.", "What the effect is.", required=True),
    *dated("awarded", "Når tildelingen ble kjent.", "When the award was announced.", required=True),
    code(
        "amount_kind_code",
        "amount_kind",
        "Hva slags beløp det er; tom for antall.",
        "What kind of amount it is; empty for counts.",
        required=False,
    ),
    number("value", "see label", "Tallet.", "The figure.", required=True),
    PROJECT,
    reference(
        "assessment_round_id",
        "assessment_rounds.assessment_round_id",
        "Vurderingsrunden raden hører til.",
        "The assessment round of the row.",
    ),
    *dated("assessed", "Datoen opplysningen gjelder.", "The date that the statement is about.", required=True),
    code("stated_by_code", "stated_by", "Hvem som sier det.", "Who says so."),
    flag(
        "is_inferred",
        "Ja når kilden ikke selv nevner prosjektet.",
        "True when the source does not itself name the project.",
    ),
    code(
        "public_evidence_group_code",
        "public_evidence_group",
        "Hva som samlet er kjent om prosjektet; må stå på den nyeste vurderingen.",
        "What is known of the project overall; must be given on the newest assessment.",
        required=False,
    ),
    reference("benefit_claim_id", "benefit_claims.benefit_claim_id", "Gevinstutsagnet.", "The benefit claim."),
    number(
        "amount",
        "amount, current prices",
        "Beløp i tilsagnet.",
        "Amount granted.",
        required=True,
        minimum=0,
        additivity=Additivity.YES,
    ),
    code("rated_driver_code", "rated_driver", "Driveren som er vurdert.", "The driver that is rated."),
    EDITION_YEAR,
    count("project_count", "Antall prosjekter.", "Number of projects."),
    code(
        "current_status_code",
        "status",
        "Nyeste status; ikke_vurdert når ingen er kjent.",
        "Newest status; ikke_vurdert when none is known.",
    ),
    step(
        "current_step",
        "Nyeste kjente trinn; beholdes når prosjektet er stanset eller videreført.",
        "Newest known step; kept when the project is stopped or continued in another form.",
    ),
    flag(
        "is_in_use",
        "Ja når nyeste status er tatt i bruk eller spredt til andre.",
        "True when the newest status is in use or spread to others.",
    ),
    count(
        "known_count",
        "Hvor mange av de åtte opplysningene som er kjent.",
        "How many of the eight facts are known.",
        additivity=Additivity.NO,
    ),
)
