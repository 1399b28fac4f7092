"""Contracts of the marts about benefits: claims and their evidence, priced and not priced.

Belongs here: results computed from claims and stated values, and statuses that contradict.
Does not belong here: what is planned and measured (`marts_realisation`), and the rows they are computed from
(`evaluations`).
"""

from __future__ import annotations

from gevinst.contracts.fields import RESULT_SOURCE, listed, override
from gevinst.contracts.marts_realisation import REALISATION_MARTS
from gevinst.contracts.model import Additivity, Contract

CLAIM_VALIDITY = Contract(
    name="claim_validity",
    layer="marts",
    title_nb="Når hvert gevinstutsagn gjelder",
    title_en="When each benefit claim is in force",
    grain_nb="Én rad per gevinstutsagn.",
    grain_en="One row per benefit claim.",
    key=("benefit_claim_id",),
    empty_without=("benefit_claims",),
    depends_on=(
        "benefit_claims",
        "benefits",
        "benefit_categories",
        "projects",
        "codelists",
        "sources",
        "edition_years",
    ),
    rule_nb="Et utsagn gjelder fra dagen det ble kjent, til et bedre belagt utsagn om samme gevinst ble kjent: "
    "dokumentert går foran målt og oppgitt av deltaker, det foran oppgitt, og oppgitt foran forventet. Blir flere "
    "kjent samme dag, er det det best belagte som avløser. At to utsagn gjelder samme gevinst, har et menneske "
    "bestemt; det følger aldri av at gevinstene er av samme slag. Like godt belagte utsagn gjelder side om side.",
    rule_en="A claim is in force from the day it became known until a better evidenced claim about the same benefit "
    "became known: documented goes before measured as stated by a participant, that before reported, and reported "
    "before expected. When several become known on one day, the best evidenced one supersedes. That two claims are "
    "about the same benefit is somebody's decision; it never follows from benefits being of one kind. Equally well "
    "evidenced claims are in force side by side.",
    formula="valid_from = latest day of (claim's, benefit's and project's source known); valid_to = first day on which "
    "a claim about the same benefit_id with a higher evidence rank is known, never before valid_from, and null when "
    "none is by as_of_on of the last edition; gain_nature_code = chain_level_code of the benefit, else that of its "
    "benefit_code; is_gain = is_gain of its benefit_code and benefit_sign_code = positive",
    columns=listed(
        "benefit_claim_id benefit_id project_id benefit_code benefit_category_code gain_nature_code is_gain",
        "benefit_sign_code modality_code evidence_code stated_by_code valid_from valid_to superseded_by_id",
        *RESULT_SOURCE,
    ),
)

BENEFIT_TRAIL = Contract(
    name="benefit_trail",
    layer="marts",
    title_nb="Sporet av gevinstutsagn",
    title_en="The trail of benefit claims",
    grain_nb="Én rad per gevinstutsagn og utgaveår, fra og med året utsagnet ble kjent.",
    grain_en="One row per benefit claim and edition year, from the year the claim became known.",
    key=("edition_year", "benefit_claim_id"),
    is_view=True,
    empty_without=("benefit_claims",),
    depends_on=("claim_validity", "edition_years"),
    rule_nb="Når flere utsagn gjelder samme gevinst, gjelder det som er best belagt: dokumentert går foran målt og "
    "oppgitt av deltaker, det foran oppgitt, og oppgitt foran forventet. At to utsagn gjelder samme gevinst, har et "
    "menneske bestemt; det følger aldri av at gevinstene er av samme slag. Det svakere utsagnet står fortsatt i "
    "sporet, med dagen det ble avløst og hva som avløste det. Like godt belagte utsagn gjelder side om side.",
    rule_en="When several claims are about the same benefit, the best evidenced one is in force: documented goes "
    "before measured as stated by a participant, that before reported, and reported before expected. That two claims "
    "are about the same benefit is somebody's decision; it never follows from benefits being of one kind. The weaker "
    "claim is still listed in the trail, with the day it was superseded and by what. Equally well evidenced claims are "
    "in force side by side.",
    formula="rows of claim_validity with valid_from <= as_of_on; is_superseded = valid_to <= as_of_on; valid_to, "
    "superseded_by_id = null unless is_superseded",
    columns=listed(
        "edition_year benefit_claim_id benefit_id project_id benefit_code benefit_category_code gain_nature_code",
        "is_gain benefit_sign_code modality_code evidence_code stated_by_code valid_from valid_to is_superseded",
        "superseded_by_id",
        *RESULT_SOURCE,
    ),
)

BENEFIT_EVIDENCE = Contract(
    name="benefit_evidence",
    layer="marts",
    title_nb="Hvor godt gevinstene er belagt",
    title_en="How well benefits are evidenced",
    grain_nb="Én rad per utgaveår, prosjekt og gevinstkategori.",
    grain_en="One row per edition year, project and category of benefit.",
    key=("edition_year", "project_id", "benefit_category_code"),
    empty_without=("benefit_claims",),
    depends_on=("benefit_trail", "benefit_categories", "codelists"),
    rule_nb="Teller gjeldende utsagn i hver kategori etter hvor godt de er belagt, og viser det beste. Et alminnelig "
    "potensial har sin egen rad og er ikke en gevinst. Utsagn om ulemper er ikke med.",
    rule_en="Counts the claims in force in each category by how well they are evidenced, and shows the best. A general "
    "potential has a row of its own and is not a benefit. Claims of disbenefits are left out.",
    formula="best_evidence_code = evidence with the highest rank among claims with is_superseded = false and "
    "benefit_sign_code = positive; gain_nature_code, is_gain = those of the category",
    columns=listed(
        "edition_year project_id benefit_category_code gain_nature_code is_gain best_evidence_code expected_count",
        "reported_count measured_by_participant_count documented_count superseded_count",
    ),
)

BENEFIT_BY_BENEFICIARY = Contract(
    name="benefit_by_beneficiary",
    layer="marts",
    title_nb="Gevinster etter hvem de er for",
    title_en="Benefits by whom they are for",
    grain_nb="Én rad per utgaveår, mottaker og ledd i resultatkjeden.",
    grain_en="One row per edition year, beneficiary and link in the chain of results.",
    key=("edition_year", "beneficiary_code", "gain_nature_code"),
    empty_without=("benefit_claims",),
    depends_on=("benefit_trail", "benefit_beneficiaries", "sources", "edition_years"),
    rule_nb="Teller gjeldende utsagn om gevinster etter hvem gevinsten er for. En gevinst kan være for flere og telles "
    "hos hver av dem; rader for ulike mottakere legges derfor aldri sammen. Innsatsfaktorer, som ny kunnskap og "
    "nytt samarbeid, står for seg og legges aldri sammen med virkninger for brukere og samfunn. Alminnelige "
    "potensialer og ulemper er ikke med.",
    rule_en="Counts claims in force by whom the benefit is for. A benefit may be for several and counts with each of "
    "them, so that rows of different beneficiaries are never added. Input factors, such as new knowledge and new "
    "collaboration, are kept apart and are never added to effects for users and society. General potentials and "
    "disbenefits are left out.",
    formula="counts of benefit_trail rows with is_gain = true joined to benefit_beneficiaries known by as_of_on, by "
    "evidence_code and is_superseded; ikke_oppgitt where none is known",
    columns=listed(
        "edition_year beneficiary_code",
        *override("gain_nature_code", "Leddet i resultatkjeden.", "The link in the chain of results.", required=True),
        *override(
            "project_count",
            "Prosjekter med minst ett gjeldende utsagn. Ett prosjekt kan stå i flere rader.",
            "Projects with at least one claim in force. One project may appear in several rows.",
            additivity=Additivity.NO,
        ),
        *override(
            "benefit_count",
            "Gevinster med minst ett gjeldende utsagn. En gevinst kan stå i flere rader.",
            "Benefits with at least one claim in force. A benefit may appear in several rows.",
        ),
        *(
            column
            for name in (
                "expected_count",
                "reported_count",
                "measured_by_participant_count",
                "documented_count",
                "superseded_count",
            )
            for column in override(name, additivity=Additivity.NO)
        ),
    ),
)

BENEFIT_BY_STATED_BY = Contract(
    name="benefit_by_stated_by",
    layer="marts",
    title_nb="Oppnådde gevinster etter hvem som sier det",
    title_en="Achieved benefits by who says so",
    grain_nb="Én rad per utgaveår, bevisgrad og hvem som sier det.",
    grain_en="One row per edition year, grade of evidence and who says so.",
    key=("edition_year", "evidence_code", "stated_by_code"),
    depends_on=("benefit_trail",),
    may_be_empty=True,
    rule_nb="Hvem som står bak gjeldende utsagn om oppnådde gevinster: eieren, en leverandør, ordningen eller noen "
    "utenfor. En gevinst som flere uttaler seg om, telles hos hver av dem. Står ved siden av ethvert tall for "
    "dokumenterte gevinster.",
    rule_en="Who is behind the claims in force of achieved benefits: the owner, a supplier, the scheme or somebody "
    "outside. A benefit of which several speak is counted with each of them. Belongs beside every number of "
    "documented benefits.",
    formula="counts of benefit_trail rows with is_gain = true, is_superseded = false and evidence_code not forventet",
    columns=listed(
        "edition_year evidence_code stated_by_code",
        *override(
            "project_count",
            "Prosjekter med et slikt utsagn.",
            "Projects with such a claim.",
            additivity=Additivity.NO,
        ),
        *override("benefit_count", "Gevinster med et slikt utsagn.", "Benefits with such a claim."),
        *override("claim_count", "Slike utsagn.", "Such claims.", additivity=Additivity.WITHIN_EDITION),
    ),
)

SELF_REPORT_SHARE = Contract(
    name="self_report_share",
    layer="marts",
    title_nb="Hvor mye som hviler på egen rapport",
    title_en="How much rests on self-report",
    grain_nb="Én rad per utgaveår og gevinstkategori.",
    grain_en="One row per edition year and category of benefit.",
    key=("edition_year", "benefit_category_code"),
    empty_without=("benefit_claims",),
    depends_on=("benefit_evidence", "benefit_trail", "planned_realised"),
    rule_nb="Av gjeldende utsagn om oppnådde gevinster: hvor mange som bare er oppgitt av eier, leverandør eller "
    "ordningen uten noen måling, hvor mange som er målt, men oppgitt av noen i prosjektet, og hvor mange som er "
    "dokumentert. Ved siden av: hvor mange som gjelder en gevinst med en kjent måling mot et nullpunkt. Andeler "
    "gis bare når grunnlaget er stort nok.",
    rule_en="Of the claims in force of achieved benefits: how many are only reported by the owner, supplier or scheme "
    "without any measurement, how many are measured but stated by somebody in the project, and how many are "
    "documented. Beside them: how many are about a benefit with a known measurement against a baseline. Shares are "
    "given only when there are enough claims.",
    formula="achieved_count = reported_count + measured_by_participant_count + documented_count of benefit_evidence "
    "with is_gain; self_reported_count = reported_count; measured_count = achieved claims in force whose benefit_id is "
    "in planned_realised with is_measured and a baseline_value; self_reported_pct = 100 * self_reported_count / "
    "achieved_count; measured_pct = 100 * measured_count / achieved_count; both null when achieved_count < 5 "
    "(min_n_for_shares)",
    columns=listed(
        "edition_year benefit_category_code gain_nature_code",
        *override(
            "expected_count",
            "Gjeldende utsagn som bare er forventet; ikke med i andelene.",
            "Claims in force that are only expected; not part of the shares.",
        ),
        "achieved_count self_reported_count measured_by_participant_count documented_count measured_count",
        "self_reported_pct measured_pct",
    ),
)

STATUS_CONFLICTS = Contract(
    name="status_conflicts",
    layer="marts",
    title_nb="Statusvurderinger som motsier hverandre",
    title_en="Status assessments that contradict one another",
    grain_nb="Én rad per utgaveår og vurdering som er én av sidene i en motsigelse.",
    grain_en="One row per edition year and assessment that is a side of a contradiction.",
    key=("edition_year", "status_assessment_id"),
    depends_on=("status_assessments", "assessment_rounds", "codelists", "projects", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="To vurderinger motsier hverandre når de gjelder samme prosjekt og samme dag, måned eller år, kommer fra "
    "ulike runder eller ulike parter, og sier ulik status. Begge vises, og det regnes aldri noe gjennomsnitt. "
    "Perioder som bare overlapper, er ingen motsigelse: status kan ha endret seg imellom.",
    rule_en="Two assessments contradict one another when they are about the same project and the same day, month or "
    "year, come from different rounds or parties, and say different statuses. Both are shown, and no average "
    "is taken. Periods that only overlap are no contradiction: the status may have moved in between.",
    formula="groups of project_id, assessed_on, assessed_precision with more than one status_code and more than one "
    "(assessment_round_id, stated_by_code) known by as_of_on",
    columns=listed(
        "edition_year conflict_id status_assessment_id project_id",
        *override("assessed_on/precision", "Perioden vurderingene gjelder.", "The period of the assessments."),
        *override("status_code", "Det denne siden sier.", "What this side says."),
        "step",
        *override("assessment_round_id", "Vurderingsrunden.", "The assessment round."),
        "assessor_role_code stated_by_code reason_nb/en",
        *RESULT_SOURCE,
    ),
)

PRICED_EFFECTS = Contract(
    name="priced_effects",
    layer="marts",
    title_nb="Prissatte virkninger: regneeksempler",
    title_en="Priced effects: worked scenarios",
    grain_nb="Én rad per prosjekt, utgaveår og anslag (lavt, midt, høyt). Regneeksempel, ikke funn.",
    grain_en="One row per project, edition year and estimate (low, mid, high). A worked scenario, not a finding.",
    key=("edition_year", "project_id", "scenario_code"),
    depends_on=("benefit_values", "kpi", "discount_rates", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Et regneeksempel på verdier som noen har oppgitt, aldri et funn. Oppgitte beløp per år reduseres med det "
    "som skyldes andre, ville kommet uansett eller bare er flyttet, regnes om til penger i ett år og "
    "neddiskonteres med regelverkets renter. Offentlige utlegg har i tillegg en skattefinansieringskostnad. Er "
    "verdien av én virkning ukjent, er summen ukjent. Av en virkning som er verdsatt flere ganger, gjelder den "
    "nyeste.",
    rule_en="A worked scenario on values that somebody has stated, never a finding. Stated amounts per year are "
    "reduced by what is due to others, would have come anyway or is only moved, converted to the prices of one year "
    "and discounted at the ruleset's rates. Public outlays carry a tax financing cost as well. When the value "
    "of one effect is unknown, so is the sum. Of an effect valued more than once the newest counts.",
    formula="amount(y) = stated amount * (1 - deadweight_pct/100) * (1 - displacement_pct/100) * (1 - "
    "attribution_pct/100) * (1 - drop_off_pct/100)^(y - first_year) * share phased in; real(y) = amount(y) * "
    "kpi(price_year of the calculation) / kpi(price_year of the row); npv_amount = sum over y of (real(y) + tax "
    "financing(y)) * discount factor(y); factor(y) = factor(y - 1) / (1 + rate(y)), 1 in reference_year",
    columns=listed(
        "edition_year project_id scenario_code is_scenario",
        *override("ruleset_code", "Regelverket som er brukt.", "The ruleset used."),
        *override("schedule_code", "Rentebanen som er brukt.", "The schedule of rates used."),
        *override("price_year", required=False),
        "reference_year start_year last_year effect_count unknown_effect_count benefit_pv_amount cost_pv_amount",
        "investment_pv_amount tax_financing_pv_amount residual_pv_amount budget_effect_pv_amount npv_amount",
        "npv_per_invested npv_per_budget annual_amount",
    ),
)

NON_PRICED_ASSESSMENTS = Contract(
    name="non_priced_assessments",
    layer="marts",
    title_nb="Ikke-prissatte virkninger: vurdert verdi",
    title_en="Non-priced effects: assessed value",
    grain_nb="Én rad per ikke-prissatt virkning og utgaveår. Verdiene er rangerte trinn og kan ikke summeres.",
    grain_en="One row per non-priced effect and edition year. Values are ordered steps and cannot be summed.",
    key=("edition_year", "non_priced_effect_id"),
    depends_on=("non_priced_effects", "value_matrix", "codelists", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Kvantum og enhetsverdi slås opp i matrisen virkningen ble vurdert med; verdimatrisen fra 2023 når ingen "
    "er nevnt. Mange celler i pluss-minusmetoden er et spenn og forblir et spenn. Verdiene er rangerte trinn: "
    "de legges aldri sammen og regnes aldri om til penger. Av en virkning som er vurdert flere ganger, gjelder "
    "den nyeste.",
    rule_en="Quantity and unit value are looked up in the matrix that the effect was assessed with; the value matrix "
    "of 2023 when none is named. Many cells of the plus-minus method are a range and stay a range. The values "
    "are ordered steps: they are never added and never given a value in money. Of an effect assessed more than "
    "once the newest counts.",
    formula="(low_code, high_code) = cell of value_matrix for (value_matrix_code, quantity_code, unit_value_code); "
    "low_step, high_step = their ranks from -4 to 4",
    columns=listed(
        "edition_year non_priced_effect_id project_id effect_id name_nb/en",
        *override("value_matrix_code", "Matrisen som er brukt.", "The matrix used."),
        *override("quantity_code", required=False),
        *override("unit_value_code", required=False),
        *override(
            "low_code",
            "Laveste verdi; tom når kvantum eller enhetsverdi er ukjent.",
            "Lowest value; empty when quantity or unit value is unknown.",
            required=False,
        ),
        *override("high_code", "Høyeste verdi.", "Highest value.", required=False),
        "low_step high_step is_range",
        *RESULT_SOURCE,
    ),
)


BENEFIT_MARTS = (
    CLAIM_VALIDITY,
    BENEFIT_TRAIL,
    BENEFIT_EVIDENCE,
    BENEFIT_BY_BENEFICIARY,
    BENEFIT_BY_STATED_BY,
    *REALISATION_MARTS,
    SELF_REPORT_SHARE,
    STATUS_CONFLICTS,
    PRICED_EFFECTS,
    NON_PRICED_ASSESSMENTS,
)
"""In the order they are computed."""
