"""The codes that the code decides by: each code list that a rule, an order or a colour rests on, once.

Belongs here: names for codes, the order of a list where order means something, and the groups of codes that rules speak
of, with why. A test holds each list against ``gevinst/reference/codelists.csv``.
Does not belong here: what codes are called (table `codelists`), and code lists that no code decides by.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

AWARDED = "tildelt"
"""Step -1: funding was awarded, and nothing has been heard since. It is below the ladder and no result."""
# The ladder of status, from under way (step 0) to spread to others (step 6): `step` in tables is the place in STEPS.
UNDER_WAY, INSIGHT, DEVELOPED, TRIED_OUT, PARTLY_IN_USE, USED, SPREAD = STEPS = (
    "i_gang",
    "innsikt",
    "losning_utviklet",
    "provd_ut",
    "delvis_i_bruk",
    "i_bruk",
    "spredt",
)
IN_USE = (USED, SPREAD)
"""What counts as in use. Partly in use does not: it is a step on the way, and counting it would flatter the scheme."""

STOPPED, CONTINUED = ENDED = ("stanset", "viderefort")
"""Outcomes beside the ladder: no one follows the project up, but it stays in every count with its last step."""

NEVER_ASSESSED = "ikke_vurdert"
NOTHING_BEYOND_AWARD = (AWARDED, UNDER_WAY, NEVER_ASSESSED)
"""Statuses that say nothing of how a project went; silence is no outcome, however old it is."""

(
    OUTCOME_IN_USE,
    OUTCOME_PARTLY,
    OUTCOME_RESULT,
    OUTCOME_STOPPED,
    OUTCOME_CONTINUED,
    OUTCOME_UNKNOWN,
) = OUTCOMES = ("in_use", "partly_in_use", "result_not_in_use", "stopped", "continued", "unknown")
"""What became of a project; `outcome_code` of mart `project_status` is the only place that decides it."""
OUTCOME_OF_STATUS = {
    INSIGHT: OUTCOME_RESULT,
    DEVELOPED: OUTCOME_RESULT,
    TRIED_OUT: OUTCOME_RESULT,
    PARTLY_IN_USE: OUTCOME_PARTLY,
    USED: OUTCOME_IN_USE,
    SPREAD: OUTCOME_IN_USE,
    STOPPED: OUTCOME_STOPPED,
    CONTINUED: OUTCOME_CONTINUED,
}
"""Any other status is an unknown outcome, whatever its age, and is in no denominator of known outcomes."""
HAPPENED_SINCE, FOUND_NOW, TIME_UNKNOWN = CHANGE_TIMES = ("happened", "found", "unknown")
"""News of an edition: later than the previous edition, older but recorded since, or nobody says when."""

# From the weakest to the best: a better evidenced claim supersedes a weaker one.
EXPECTED, REPORTED, MEASURED_BY_PARTICIPANT, DOCUMENTED = EVIDENCE = (
    "forventet",
    "oppgitt",
    "malt_oppgitt",
    "dokumentert",
)
ACHIEVED = (REPORTED, MEASURED_BY_PARTICIPANT, DOCUMENTED)
"""Somebody says that it has come about; what is expected is a hope."""

STAGE_PROMISED, STAGE_REPORTED, STAGE_MEASURED, STAGE_DOCUMENTED = BENEFIT_STAGES = (
    "promised",
    "reported",
    "measured",
    "documented",
)
"""How far a benefit has come (code list `benefit_stage`); `stage_code` of mart `benefit_register` alone decides it."""
PROMISED_AS_GOAL, PROMISED_AS_POTENTIAL, PROMISED_IN_PLAN = PROMISE_KINDS = ("goal", "potential", "planned")
"""How a benefit is promised of which nothing is reported (code list `promise_kind`)."""

READ_WHOLE, READ_IN_PART, NOT_READ = READ_EXTENTS = ("whole", "in_part", "not_read")
NOT_CODED, NOT_FOUND, STATED_NOT = ABSENCES = ("not_coded", "not_found", "stated_not")
"""Why nothing is known: nobody looked, it was not in what was read, or a source states that it is not so. These are
never counted as one, since only the last says anything of the project."""
NEVER_CAME = ("not_realised", "abandoned")
"""How a plan states that a benefit did not come (code list `benefit_status`)."""
CAME = ("partly_realised", "realised")
"""How a plan states that a benefit came, at least in part."""
(
    MEASURED_WITHOUT_TARGET,
    TARGET_PASSED,
    DEVELOPED_NOT_USED,
    ENDING_UNKNOWN,
    NOTHING_HEARD,
    STALE_WORD,
    CLOSING_STATEMENT_MISSING,
    PROMISED_WITHOUT_BASELINE,
    EVALUATION_OVERDUE,
    RESULTS_UNREAD,
) = FOLLOW_UP_REASONS = (
    "measured_without_target",
    "target_passed",
    "developed_not_used",
    "ending_unknown",
    "nothing_heard",
    "stale",
    "closing_statement_missing",
    "promised_without_baseline",
    "evaluation_overdue",
    "results_unread",
)
"""Why a project is followed up; the first that applies is the main reason, so that the most specific question is."""
OF_STATUS = (DEVELOPED_NOT_USED, ENDING_UNKNOWN, NOTHING_HEARD, STALE_WORD)
"""Reasons that ask how far a project has come: one question of that kind is enough."""
OF_BENEFITS = (MEASURED_WITHOUT_TARGET, TARGET_PASSED, PROMISED_WITHOUT_BASELINE)
"""Reasons that a number settles, whether or not it comes with a dated word."""
OF_DOCUMENTS = (CLOSING_STATEMENT_MISSING, EVALUATION_OVERDUE)
"""Reasons that a document settles, whether or not it says anything newer of how the project goes."""
EVENT_ENDED = "ended"
"""The work of a project ended (code list `project_event`)."""
AWARD_WORD, MEASUREMENT_WORD, CLAIM_WORD, STATUS_WORD = LAST_WORDS = ("award", "measurement", "claim", "status")
"""What the last word of a project is; of several about one day the last of these, since it says most of the whole."""
ANSWERED, HEARD, OPEN, NOT_ASKED = FOLLOW_UP_ANSWERS = ("answered", "heard", "open", "not_asked")
"""What came of asking: what was missing is known, a newer word that does not settle it, nothing newer, or nothing newer
and a reason that no longer applies."""
FIRST_REQUEST, REMINDER = REQUEST_KINDS = ("first", "reminder")
"""Whether an owner is asked for the first time, or again (code list `request_kind`)."""
RIGHT, OUTDATED, WRONG = KNOWN_IS_RIGHT = ("right", "outdated", "wrong")
"""What an owner says of what was known before it was asked."""
SAID_MEASURED, SAID_CAME, SAID_NOT_YET, SAID_NOT_CAME, SAID_DROPPED = ANSWERED_OUTCOMES = (
    "measured",
    "came",
    "not_yet",
    "not_came",
    "dropped",
)
"""What an owner says became of a benefit (code list `answered_outcome`)."""
MEASURERS = ("owner", "supplier", "evaluator", "third_party")
"""Who an owner can name as having measured a benefit (code list `stated_by`)."""
OBSTACLES = (
    "mangler_driftsmidler",
    "eierskap_uavklart",
    "ikke_prioritert",
    "fortsatt_utvikling",
    "erstattet",
)
"""Reasons of code list `step_reason` that an owner can give, money to run a solution first: it is the most common."""
LANGUAGES_OF_ANSWERS: tuple[str, ...] = ("nb", "nn", "en")
"""In the order in which a form offers them; pages have two of them (`gevinst.bilingual`)."""
CODED_VARIABLES = ("benefit_code", "modality_code", "evidence_code", "beneficiary_code")
"""What coders decide of a claim, independently of one another."""

FOR_THE_BETTER, FOR_THE_WORSE = BENEFIT_SIGNS = ("positive", "negative")
GOAL = "goal"
"""How a source states a benefit that it aims at (code list `claim_modality`)."""
NO_BENEFICIARY_STATED = "ikke_oppgitt"

EFFECTS = ("user_effect", "societal_effect")
"""Links in the chain of results in which somebody is better off; input factors and solutions come before them."""

PUBLIC_BODIES = ("stat", "kommune", "fylkeskommune", "helseforetak", "kunnskapsinstitusjon")
"""Levels of organisations that are public, universities among them."""
OWNER_ROLES = ("owner", "co_owner")
PARTNER, SUPPLIER = "partner", "supplier"
PARTICIPATION_ROLES = (*OWNER_ROLES, PARTNER, SUPPLIER)
"""In the order in which a project names them."""

PLACE_NOT_STATED = "not_stated"
SUPPLIER_PLACES = ("lead", "consortium_member", "sole", "sub_supplier", PLACE_NOT_STATED)
"""Where a supplier stands among those who deliver together (code list `supplier_role`)."""

REFERENCE_DATA = "reference_data"
"""Type of the documents behind what comes with the program: nobody has read them for the scheme."""
OWNER_ANSWER, OWNER_REQUEST = "owner_answer", "owner_request"
"""Documents that the scheme and owners exchange (code list `document_type`). What they say is in the edition itself."""
PARTICIPANTS = ("owner", "supplier", "scheme")
"""Who reports on their own work (code list `stated_by`)."""

DOCUMENT_REVIEW, BY_OWNER, BY_EVALUATOR = ASSESSOR_ROLES = ("document_review", "owner", "evaluator")
"""Who assesses in a round of assessment; the scheme reports, but has assessed none."""

# The four drivers (Menon-publikasjon 146/2020); each is a column of `driver_table`.
COMPLEXITY, ACTOR_COUNT, MONTHS_SINCE_START, IMPLEMENTATION_DIFFICULTY = DRIVERS = (
    "complexity",
    "actor_count",
    "months_since_start",
    "implementation_difficulty",
)
RATED_DRIVERS = (COMPLEXITY, IMPLEMENTATION_DIFFICULTY)
"""Drivers that coders rate, 1-5; the others are counted."""

CODERS = ("koder_1", "koder_2", "koder_3")
ASSOCIATION_REASONS = (
    "too_few_projects",
    "too_few_outcomes",
    "no_variation",
    "agreement_unknown",
    "agreement_too_low",
)
"""Why an association is not shown; the first that holds is given, so that the simplest reason comes first."""

MeasurementLevel = Literal["nominal", "ordinal", "interval", "ratio"]

# What the owner would have done without the funding; 9, unknown, is no answer.
SAME_ANYWAY, LATER, SMALLER, OTHERWISE, NOT_AT_ALL = KNOWN_COUNTERFACTUALS = ("0", "1", "2", "3", "4")
STRICTLY_TRIGGERED = (NOT_AT_ALL,)
BROADLY_TRIGGERED = (LATER, SMALLER, OTHERWISE, NOT_AT_ALL)
"""Later, smaller or of lower quality, in another way of working, or not at all."""

SCENARIOS = ("low", "mid", "high")
"""The three scenarios of stated values; each takes its amounts from the column of its name."""
BENEFIT, DISBENEFIT, INVESTMENT, OPERATING_COST = EFFECT_KINDS = (
    "benefit",
    "disbenefit",
    "investment",
    "operating_cost",
)
COSTS = (DISBENEFIT, OPERATING_COST, INVESTMENT)
"""Kinds of effect whose amounts are at most zero."""
BUDGET_EFFECTS = ("none", "direct", "indirect")
RAMP_UPS = ("none", "linear", "step")

MONEY, TIME, STAFF_YEARS, COUNT, SHARE, SCORE, INDEX = UNIT_KINDS = (
    "money",
    "time",
    "staff_years",
    "count",
    "share",
    "score",
    "index",
)
"""A change of a share is in percentage points; money is compared within one currency and price year. Which units there
are, and of which several have a sum, is in table `measurement_units`."""
REACHED, BETTER, UNCHANGED, WORSE = MEASUREMENT_OUTCOMES = ("reached", "better", "unchanged", "worse")

AWARD, FRAME = GIVEN_AMOUNTS = ("award", "frame_plus_options")
"""What a round gave, stated as funding awarded or as a frame: a reader may take either for the amount."""
AGREES, GAP, DISAGREES, UNKNOWN_RESULT = RECONCILIATION_RESULTS = ("agrees", "gap", "disagrees", "unknown")

FIGURE_DISAGREEMENTS = ("amount", "count")
"""Kinds of disagreement that are about a figure; sources may also disagree on names, roles and words."""

ABSENCE, BENEFIT_KIND, PROGRAMME_GAIN = FINDINGS_APART = ("absence", "benefit_kind", "programme_gain")
DRIVER_FINDING = "driver"
"""Kinds of finding about the scheme that have a place of their own: what was not found, what was found of benefits of
the projects together, and gains of the scheme itself."""

CHANGE_KINDS = (
    "round_awarded",
    "project_named",
    "status_first",
    "status_moved",
    "claim_added",
    "measurement_added",
    "funding_added",
    "claim_superseded",
    "corrected",
    "withdrawn",
)
"""In the order in which an edition reports them."""
OF_REGISTER = ("corrected", "withdrawn")
"""Changes of the register itself, which say nothing of when anything happened."""

SCHEME_DOCUMENTS = ("programme_page", "regulation")
"""Kinds of document that only those who run the scheme publish: by these their names are known."""

TO_THE_DAY, TO_THE_MONTH, TO_THE_YEAR, AT_EARLIEST = DATE_PRECISIONS = ("day", "month", "year", "earliest")
ROUGH_DATES = (TO_THE_YEAR, AT_EARLIEST)
"""Dates too rough to count months from."""


class Severity(StrEnum):
    """What a failed check means."""

    CRITICAL = "critical"  # must not be published
    WARNING = "warning"  # may be published, is shown on the quality page, and somebody must look
    INFO = "info"


class CheckOutcome(StrEnum):
    """What came of a check. One that looked at no row has shown nothing, and is never told as passed."""

    FAILED = "failed"
    NOTHING = "nothing_to_check"
    PASSED = "passed"
