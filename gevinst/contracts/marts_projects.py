"""Contracts of the marts about projects, rounds and an edition as a whole.

Belongs here: edition years, status and coverage of projects, rounds, changes between editions, reconciliation.
Does not belong here: results about benefits (`marts_benefits`) and drivers (`marts_statistics`).
"""

from __future__ import annotations

from gevinst.contracts.fields import RESULT_SOURCE, STRETCH_END, listed, override
from gevinst.contracts.model import Additivity, Contract

EDITION_YEARS = Contract(
    name="edition_years",
    layer="marts",
    title_nb="Utgaveår",
    title_en="Edition years",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=("sources", "projects"),
    rule_nb="En utgave bruker bare det som var kjent ved utgangen av året, eller den dagen kildene sist ble lest. En "
    "kilde er kjent fra dagen den ble publisert; en måned eller et år regnes som sin siste dag, og en udatert "
    "kilde fra dagen den ble lest.",
    rule_en="An edition uses only what was known at the end of the year, or on the day the sources were last read. A "
    "source is known from the day it was published; a month or a year counts as its last day, and an undated "
    "source from the day it was read.",
    formula="as_of_on = earlier day of (31 December of edition_year, latest accessed_on of any source)",
    columns=listed(
        "edition_year",
        *override(
            "as_of_on",
            "Siste dag noe kan ha blitt kjent og være med: årets slutt, eller dagen kildene sist ble lest.",
            "Last day on which something may have become known and be used: the end of the year, or the day the "
            "sources were last read.",
            required=True,
        ),
        "source_count",
        *override(
            "project_count", "Navngitte prosjekter kjent da.", "Named projects known then.", additivity=Additivity.NO
        ),
    ),
)

STATUS_VALIDITY = Contract(
    name="status_validity",
    layer="marts",
    title_nb="Hva som var kjent om status, og når",
    title_en="What was known of status, and when",
    grain_nb="Én rad per prosjekt og tidsrom da det ikke ble kjent noe nytt om status.",
    grain_en="One row per project and stretch of time in which nothing new became known of its status.",
    key=("project_id", "valid_from"),
    empty_without=("status_assessments",),
    depends_on=("projects", "sources", "status_assessments", "codelists", "edition_years"),
    rule_nb="Et tidsrom begynner den dagen en opplysning om status blir kjent, men aldri før prosjektet selv er kjent, "
    "og varer til den neste blir kjent. Nyeste status er opplysningen om den seneste datoen. En opplysning som blir "
    "kjent senere, men gjelder en tidligere dato, utfyller historien og avløser aldri. Et prosjekt som er stanset "
    "eller videreført i annen form, beholder sitt siste trinn. Et prosjekt som ingen har uttalt seg om, har ingen rad.",
    rule_en="A stretch of time begins on the day a statement of status becomes known, though never before the project "
    "itself is known, and lasts until the next one becomes known. The newest status is the statement about the latest "
    "date. One that becomes known later but is about an earlier date adds to the history and never supersedes. A "
    "project that is stopped or continued in another form keeps its last step. A project of which nobody has said "
    "anything has no row.",
    formula="valid_from = latest day of (last day of assessed_on, source known, project's source known) of the "
    "statement that is new; valid_to = valid_from of the next row of the project, null when none begins by as_of_on of "
    "the last edition; current = statement with the latest last day of assessed_on among those known by valid_from; "
    "first = statement with the earliest last day of assessed_on among those that are not tildelt or i_gang; step = "
    "rank of the status code; highest_step = highest step of those known by valid_from; assessment_count = number of "
    "statements known by valid_from",
    columns=listed(
        "project_id",
        *override(
            "valid_from",
            "Dagen noe ble kjent om status; tidligst dagen prosjektet ble kjent.",
            "The day something became known of the status; at the earliest the day the project became known.",
        ),
        *STRETCH_END,
        *override("status_assessment_id", "Vurderingen som gir nyeste status.", "The assessment that is newest."),
        "first_status_code first_step",
        *override("current_status_code", "Nyeste status.", "Newest status."),
        "current_step highest_step status_on/precision known_on",
        *override(
            "assessment_count",
            "Statusopplysninger kjent da. Hver rad teller også dem i raden før.",
            "Status statements known then. Each row counts those of the row before as well.",
            additivity=Additivity.NO,
        ),
        *override("progress_assessment_count", additivity=Additivity.NO),
        "stated_by_code is_inferred step_reason_code",
        *override("public_evidence_group_code", "Hva som samlet er kjent.", "What is known overall."),
        *override("reason_nb/en", "Begrunnelse for nyeste status.", "Reason for the newest status.", required=False),
        *RESULT_SOURCE,
    ),
)

PROJECT_STATUS = Contract(
    name="project_status",
    layer="marts",
    title_nb="Implementeringsstatus per prosjekt",
    title_en="Implementation status per project",
    grain_nb="Én rad per prosjekt og utgaveår, fra og med året prosjektet ble kjent.",
    grain_en="One row per project and edition year, from the year the project became known.",
    key=("edition_year", "project_id"),
    is_view=True,
    empty_without=("projects",),
    depends_on=("projects", "rounds", "sources", "edition_years", "status_validity"),
    rule_nb="Nyeste status er opplysningen om den seneste datoen blant dem som var kjent ved utgavens dato. En "
    "opplysning som blir kjent senere, men gjelder en tidligere dato, utfyller historien og avløser aldri. Et "
    "prosjekt som er stanset eller videreført i annen form, beholder sitt siste trinn og er med i alle "
    "tellinger. Er det bare kjent at støtten er gitt eller at arbeidet er i gang, er utfallet ukjent.",
    rule_en="The newest status is the statement about the latest date among those known by the edition's date. One "
    "that becomes known later but is about an earlier date adds to the history and never supersedes. A project "
    "that is stopped or continued in another form keeps its last step and stays in every count. When it is only "
    "known that funding was awarded or that work is under way, the outcome is unknown.",
    formula="row of status_validity with valid_from <= as_of_on and (valid_to is null or as_of_on < valid_to); "
    "is_stale = months_since_status >= 24 (stale_after_months) and status <> tildelt; outcome_code: 5-6 in_use, 4 "
    "partly_in_use, 1-3 result_not_in_use, else stopped, continued or unknown",
    columns=listed(
        "edition_year project_id round_id cohort_year first_status_code first_step current_status_code",
        "current_step highest_step outcome_code is_in_use status_on/precision known_on assessment_count",
        "progress_assessment_count months_since_award months_since_status is_stale",
        *override("stated_by_code", "Hvem som sier det nyeste.", "Who says what is newest.", required=False),
        "is_inferred step_reason_code",
        *override("public_evidence_group_code", "Hva som samlet er kjent.", "What is known overall."),
        *override("reason_nb/en", "Begrunnelse for nyeste status.", "Reason for the newest status.", required=False),
        *RESULT_SOURCE,
    ),
)

_COVERED = listed(
    *override("source_count", "Dokumenter som omtaler prosjektet.", "Documents that mention the project."),
    "read_whole_count",
    "has_owner has_supplier has_period has_grant has_status_beyond_award has_expected_benefit",
    "has_reported_benefit has_documented_benefit known_count",
    *override(
        "is_coded_status",
        "Ja når prosjektet er kodet for hvor langt det er kommet.",
        "True when the project was coded for how far it has come.",
    ),
    *override(
        "is_coded_expected",
        "Ja når prosjektet er kodet for forventede gevinster.",
        "True when the project was coded for expected benefits.",
    ),
    *override(
        "is_coded_results",
        "Ja når prosjektet er kodet for oppnådde gevinster.",
        "True when the project was coded for benefits achieved.",
    ),
    *override(
        "best_evidence_code",
        "Det sikreste om noen gevinst; tom når ingen er funnet.",
        "The surest of any benefit; empty when none is found.",
        required=False,
    ),
    "status_absence_code expected_absence_code results_absence_code",
)
"""What is said of how much is known of a project, whenever that is."""

COVERAGE_VALIDITY = Contract(
    name="coverage_validity",
    layer="marts",
    title_nb="Dekning: hva som ble kjent om hvert prosjekt, og når",
    title_en="Coverage: what became known of each project, and when",
    grain_nb="Én rad per prosjekt og tidsrom da ingenting av det som er kjent om det, endret seg.",
    grain_en="One row per project and stretch of time in which nothing that is known of it changed.",
    key=("project_id", "valid_from"),
    empty_without=("projects",),
    depends_on=(
        "projects",
        "project_events",
        "project_grants",
        "participations",
        "status_assessments",
        "benefits",
        "benefit_categories",
        "benefit_claims",
        "follow_on_funding",
        "coding_coverage",
        "claim_validity",
        "plan_validity",
        "codelists",
        "sources",
        "edition_years",
    ),
    rule_nb="Det første tidsrommet begynner den dagen prosjektet blir kjent. Et nytt begynner når et dokument eller en "
    "plan som blir kjent, endrer noe i raden. Det som er kjent, blir aldri ukjent igjen. En opplysning er kjent fra "
    "dagen det første dokumentet som forteller den, ble kjent. Ukjent er ikke det samme som nei: er status eller "
    "gevinster ikke kjent, sies det hvorfor, og et prosjekt regnes som kodet når minst ett dokument om det er det, "
    "eller når noe er funnet.",
    rule_en="The first stretch of time begins on the day the project becomes known. Another begins when a document or "
    "a plan that becomes known changes anything in the row. What is known never becomes unknown again. A fact is known "
    "from the day the first document that states it became known. Unknown is not no: where status or benefits are not "
    "known, the reason is given, and a project counts as coded when at least one document on it is, or when something "
    "is found.",
    formula="valid_from = day the project is known, then each day on which a document on it or a plan becomes known "
    "and another column changes; valid_to = valid_from of the next row of the project, null when none begins by "
    "as_of_on of the last edition; has_<fact> = first day on which a document states it <= valid_from; known_count = "
    "number of has_<fact> that are true; is_coded_<x> = any row of coding_coverage of the project, of a document known "
    "by valid_from, with is_coded_<x>, or a statement of <x>; <x>_absence_code = null when <x> is found; stated_not "
    "when a plan in force says not_realised or abandoned; not_found when is_coded_<x>; else not_coded",
    columns=listed(
        "project_id",
        *_COVERED,
        *override(
            "valid_from",
            "Dagen noe endret seg; den første er dagen prosjektet ble kjent.",
            "The day something changed; the first is the day the project became known.",
        ),
        *STRETCH_END,
    ),
)

PROJECT_COVERAGE = Contract(
    name="project_coverage",
    layer="marts",
    title_nb="Dekning: hva som er kjent om hvert prosjekt",
    title_en="Coverage: what is known of each project",
    grain_nb="Én rad per prosjekt og utgaveår.",
    grain_en="One row per project and edition year.",
    key=("edition_year", "project_id"),
    is_view=True,
    empty_without=("projects",),
    depends_on=("coverage_validity", "edition_years"),
    rule_nb="Åtte opplysninger en leser kan vente seg om et prosjekt, og om hver av dem er kjent. En opplysning er "
    "kjent fra dagen det første dokumentet som forteller den, ble kjent. Ukjent er ikke det samme som nei: "
    "mangler støtten, betyr det at ingen kilde vi har lest, oppgir den. Er status eller gevinster ikke kjent, sies "
    "det hvorfor: ingen har kodet noe dokument om prosjektet for det, det er ikke funnet i det som er lest, eller en "
    "kilde sier at det ikke er slik. Et prosjekt regnes som kodet når minst ett dokument om det er det, eller når "
    "noe er funnet.",
    rule_en="Eight facts that a reader may expect of a project, and whether each is known. A fact is known from the "
    "day the first document that states it became known. Unknown is not no: a missing grant means that no "
    "source that was read states it. Where status or benefits are not known, the reason is given: nobody coded any "
    "document on the project for it, it was not found in what was read, or a source states that it is not so. A "
    "project counts as coded when at least one document on it is, or when something is found.",
    formula="row of coverage_validity with valid_from <= as_of_on and (valid_to is null or as_of_on < valid_to)",
    columns=listed("edition_year project_id", *_COVERED),
)

ROUND_OVERVIEW = Contract(
    name="round_overview",
    layer="marts",
    title_nb="Runder: søkere, valgte og beløp",
    title_en="Rounds: applicants, selected and amounts",
    grain_nb="Én rad per runde og utgaveår, fra og med året runden ble kjent.",
    grain_en="One row per round and edition year, from the year the round became known.",
    key=("edition_year", "round_id"),
    empty_without=("rounds",),
    depends_on=("rounds", "round_figures", "projects", "disagreements", "sources", "edition_years"),
    rule_nb="Av tallene som kilder oppgir om en runde, vises det foretrukne, deretter tildelt støtte før ramme og "
    "ramme før årlig budsjett, og det som ble kjent først. Et tak i en utlysning er aldri rundens beløp. "
    "Prosjekter som ingen kilde navngir, er en telt forskjell og ikke rader. Kilder er uenige om en runde når de "
    "oppgir ulike tall for det samme, eller når uenighet om et beløp eller et antall står i listen over uenigheter.",
    rule_en="Of the figures that sources state about a round the preferred one is shown, then funding awarded before a "
    "frame and a frame before a yearly budget, and the one known first. The ceiling of a call is never the "
    "amount of the round. Projects that no source names are a counted gap and not rows. Sources disagree on a round "
    "when they state different figures for the same thing, or when a disagreement on an amount or a count is in "
    "the list of them.",
    formula="unnamed_count = selected_count - named_count; acceptance_pct = 100 * selected_count / applicant_count",
    columns=listed(
        "edition_year round_id cohort_year applicant_count applicant_basis_code selected_count",
        "selected_basis_code named_count unnamed_count acceptance_pct",
        *override(
            "amount",
            "Beløp for runden; se beløpstypen.",
            "Amount for the round; see its kind.",
            required=False,
            additivity=Additivity.NO,
        ),
        *override("amount_kind_code", "Hva slags beløp det er.", "What kind of amount it is."),
        "is_amount_approximate has_disagreement",
    ),
)

EDITION_CHANGES = Contract(
    name="edition_changes",
    layer="marts",
    title_nb="Nytt siden forrige publiserte utgave",
    title_en="New since the edition published before",
    grain_nb="Én rad per endring fra utgaven som ble publisert for et tidligere år. Den første utgaven har ingen.",
    grain_en="One row per change from the edition published for an earlier year. The first edition has none.",
    key=("edition_year", "change_id"),
    depends_on=(
        "projects",
        "rounds",
        "status_assessments",
        "benefits",
        "benefit_plans",
        "benefit_claims",
        "benefit_measurements",
        "follow_on_funding",
        "corrections",
        "sources",
        "project_status",
        "benefit_trail",
    ),
    may_be_empty=True,
    rule_nb="Noe er nytt når den forrige publiserte utgaven ikke hadde raden, og den er ført inn etter alt som sto "
    "der. Det sies for seg om selve saken er nyere enn den forrige utgaven, eller om den er eldre og bare er funnet "
    "nå. Rettelser og rader som er borte, gjelder registeret og har ingen slik tid.",
    rule_en="A thing is new when the edition published before did not have the row and it was recorded later than "
    "everything in that edition. Whether the thing itself is later than the previous edition, or is older and was only "
    "found now, is stated apart. Corrections and rows that are gone are about the register and have no such time.",
    formula="news: key not in the edition before and recorded_on > its latest recorded_on; happened: about_from > "
    "as_of_on of the previous edition; found: about_to <= it; else unknown",
    columns=listed(
        "edition_year change_id change_kind_code change_time_code",
        "about_from about_to",
        *override(
            "project_id",
            "Prosjektet, når endringen gjelder ett.",
            "The project, when the change is about one.",
            required=False,
        ),
        *override(
            "round_id", "Runden, når endringen gjelder én.", "The round, when the change is about one.", required=False
        ),
        "from_code to_code item_count",
        *override("reason_nb/en", "Hvorfor.", "Why.", required=False),
        *RESULT_SOURCE,
    ),
)

RECONCILIATION = Contract(
    name="reconciliation",
    layer="marts",
    title_nb="Avstemming",
    title_en="Reconciliation",
    grain_nb="Én rad per avstemming og utgaveår.",
    grain_en="One row per reconciliation and edition year.",
    key=("edition_year", "reconciliation_id"),
    empty_without=("reconciliation_rules",),
    depends_on=(
        "reconciliation_rules",
        "portfolio_findings",
        "round_figures",
        "round_overview",
        "sources",
        "edition_years",
    ),
    rule_nb="Totaler som kilder oppgir, sammenlignes med det registeret teller. En forskjell er et funn som vises, og "
    "rettes aldri bort. Er en av sidene ukjent, er svaret ukjent; det gjelder også en sum der tallet for én "
    "runde mangler.",
    rule_en="Totals that sources state are compared with what the registry counts. A difference is a finding to be "
    "shown and never forced away. When either side is unknown so is the answer, which includes a sum in which "
    "the figure of one round is missing.",
    formula="difference = stated_value - computed_value; agrees: 0; gap: fewer named than selected in a round; "
    "disagrees: otherwise; unknown: either side is null",
    columns=listed(
        "edition_year reconciliation_id",
        *override(
            "round_id", "Runden, når avstemmingen gjelder én.", "The round, when it is about one.", required=False
        ),
        "rule_nb/en stated_value computed_value difference result_code explanation_nb/en",
        *RESULT_SOURCE,
    ),
)
