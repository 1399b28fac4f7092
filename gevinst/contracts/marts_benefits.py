"""Contracts of the marts about benefits: claims and their evidence, planned and measured, priced and not priced.

Belongs here: results computed from claims, plans, measurements and stated values, and statuses that contradict.
Does not belong here: the rows they are computed from (`evaluations`).
"""

from __future__ import annotations

from gevinst.contracts.fields import RESULT_SOURCE, listed, override
from gevinst.contracts.model import Additivity, Contract

BENEFIT_TRAIL = Contract(
    name="benefit_trail",
    layer="marts",
    title_nb="Sporet av gevinstutsagn",
    title_en="The trail of benefit claims",
    grain_nb="Én rad per gevinstutsagn og utgaveår, fra og med året utsagnet ble kjent.",
    grain_en="One row per benefit claim and edition year, from the year the claim became known.",
    key=("edition_year", "benefit_claim_id"),
    depends_on=("benefit_claims", "benefit_categories", "projects", "codelists", "sources", "edition_years"),
    rule_nb="Når flere utsagn gjelder samme prosjekt, samme slags gevinst og samme mottaker, gjelder det som er best "
    "belagt: dokumentert går foran oppgitt, og oppgitt foran forventet. Det svakere utsagnet står fortsatt i "
    "sporet, med dagen det ble avløst og hva som avløste det. Like godt belagte utsagn gjelder side om side.",
    rule_en="When several claims are about the same project, kind of benefit and beneficiary, the best evidenced one "
    "is in force: documented goes before reported, and reported before expected. The weaker claim is still listed "
    "in the trail, with the day it was superseded and by what. Equally well evidenced claims are in force side "
    "by side.",
    formula="valid_from = later day of (claim's source known, project's source known); valid_to = first day on which a "
    "claim of the same project_id, benefit_code and beneficiary_code with a higher evidence rank is known, "
    "never before valid_from; is_superseded = valid_to <= as_of_on",
    columns=listed(
        "edition_year benefit_claim_id project_id benefit_code benefit_category_code gain_nature_code is_gain",
        "beneficiary_code modality_code evidence_code valid_from valid_to is_superseded superseded_by_id",
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
    depends_on=("benefit_trail", "codelists"),
    rule_nb="Teller gjeldende utsagn i hver kategori etter hvor godt de er belagt, og viser det beste. Et alminnelig "
    "potensial har sin egen rad og er ikke en gevinst.",
    rule_en="Counts the claims in force in each category by how well they are evidenced, and shows the best. A general "
    "potential has a row of its own and is not a benefit.",
    formula="best_evidence_code = evidence with the highest rank among claims with is_superseded = false",
    columns=listed(
        "edition_year project_id benefit_category_code gain_nature_code is_gain best_evidence_code expected_count",
        "reported_count documented_count superseded_count",
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
    depends_on=("benefit_trail",),
    rule_nb="Teller gjeldende utsagn om gevinster etter hvem gevinsten er for. Innsatsfaktorer, som ny kunnskap og "
    "nytt samarbeid, står for seg og legges aldri sammen med virkninger for brukere og samfunn. Alminnelige "
    "potensialer er ikke med.",
    rule_en="Counts claims in force by whom the benefit is for. Input factors, such as new knowledge and new "
    "collaboration, are kept apart and are never added to effects for users and society. General potentials are "
    "left out.",
    formula="counts of benefit_trail rows with is_gain = true, by evidence_code and is_superseded",
    columns=listed(
        "edition_year beneficiary_code",
        *override("gain_nature_code", "Leddet i resultatkjeden.", "The link in the chain of results.", required=True),
        *override(
            "project_count",
            "Prosjekter med minst ett gjeldende utsagn. Ett prosjekt kan stå i flere rader.",
            "Projects with at least one claim in force. One project may appear in several rows.",
            additivity=Additivity.NO,
        ),
        "expected_count reported_count documented_count superseded_count",
    ),
)

UNMEASURED_BENEFITS = Contract(
    name="unmeasured_benefits",
    layer="marts",
    title_nb="Gevinster som ikke er målt",
    title_en="Benefits that are not measured",
    grain_nb="Én rad per utgaveår og gjeldende utsagn om en gevinst som ikke er målt mot et nullpunkt.",
    grain_en="One row per edition year and claim in force of a benefit that is not measured against a baseline.",
    key=("edition_year", "benefit_claim_id"),
    depends_on=(
        "benefit_trail",
        "benefit_measurements",
        "measurement_plans",
        "participations",
        "sources",
        "edition_years",
    ),
    may_be_empty=True,
    rule_nb="Viser forventede og oppgitte gevinster uten en kjent måling mot et nullpunkt, hvem som har ansvaret, og "
    "når det skal måles neste gang. Sier ingen plan hvem, er det prosjekteieren. At en måling ikke er kjent, "
    "betyr ikke at den ikke finnes.",
    rule_en="Shows expected and reported benefits without a known measurement against a baseline, who answers for "
    "them, and when they are to be measured next. Where no plan says who, it is the project owner. That no "
    "measurement is known does not mean that there is none.",
    formula="benefit_trail rows with is_gain = true, is_superseded = false, evidence_code in (forventet, oppgitt) and "
    "no measurement with a baseline_value known by as_of_on; months_known = whole months from valid_from to "
    "as_of_on; is_overdue = last day of next_measurement < as_of_on",
    columns=listed(
        "edition_year benefit_claim_id project_id benefit_code benefit_category_code beneficiary_code",
        "evidence_code",
        *override(
            "responsible_organisation_id",
            "Virksomheten som har ansvaret; tom når ingen eier er kjent.",
            "The organisation that answers for it; empty when no owner is known.",
        ),
        "responsible_role_code",
        *override(
            "next_measurement_on/precision",
            "Når det skal måles neste gang; tom når ingen plan sier det.",
            "When it is to be measured next; empty when no plan says.",
        ),
        "is_overdue months_known",
        *RESULT_SOURCE,
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
    depends_on=("benefit_evidence", "benefit_trail", "benefit_measurements", "sources", "edition_years"),
    rule_nb="Av gjeldende utsagn om oppnådde gevinster: hvor mange som bare er oppgitt av eier, leverandør eller "
    "ordningen, og hvor mange som er målt mot et nullpunkt. En måling kan også være gjort av noen i "
    "prosjektet; det er talt for seg. Andeler gis bare når grunnlaget er stort nok.",
    rule_en="Of the claims in force of achieved benefits: how many are only reported by the owner, supplier or scheme, "
    "and how many are measured against a baseline. A measurement may itself be made by somebody in the "
    "project; those are counted apart. Shares are given only when there are enough claims.",
    formula="achieved_count = reported_count + documented_count; self_reported_pct = 100 * reported_count / "
    "achieved_count; measured_pct = 100 * measured_count / achieved_count; both null when achieved_count < 5 "
    "(min_n_for_shares)",
    columns=listed(
        "edition_year benefit_category_code gain_nature_code",
        *override(
            "expected_count",
            "Gjeldende utsagn som bare er forventet; ikke med i andelene.",
            "Claims in force that are only expected; not part of the shares.",
        ),
        "achieved_count self_reported_count measured_count measured_by_participant_count self_reported_pct",
        "measured_pct",
    ),
)

PLANNED_REALISED = Contract(
    name="planned_realised",
    layer="marts",
    title_nb="Planlagt og målt",
    title_en="Planned and measured",
    grain_nb="Én rad per måling og utgaveår, fra og med året målingen ble kjent. Også ulemper.",
    grain_en="One row per measurement and edition year, from the year it became known. Disbenefits included.",
    key=("edition_year", "benefit_measurement_id"),
    depends_on=("benefit_measurements", "benefit_trail", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Sammenligner nullpunkt, mål og målt verdi. Realiseringsgraden er målt endring delt på planlagt endring: 1 "
    "er som planlagt, over 1 er mer, under 0 er feil vei. Den er tom når målet mangler eller er likt "
    "nullpunktet. En endring feil vei er en ulempe og står i samme tabell. Endring i prosenttall er "
    "prosentpoeng, aldri prosent.",
    rule_en="Compares baseline, target and measured value. The rate of realisation is the change measured over the "
    "change planned: 1 is as planned, above 1 is more, below 0 is the wrong way. It is empty when the target "
    "is missing or equals the baseline. A change for the worse is a disbenefit and appears in the same table. A "
    "change of a percentage is in percentage points, never in per cent.",
    formula="change_value = measured_value - baseline_value; planned_change_value = target_value - baseline_value; "
    "realisation_rate = change_value / planned_change_value; change_pct = 100 * change_value / "
    "|baseline_value|, null when is_percentage_points; direction = desired_direction_code, else the sign of "
    "planned_change_value",
    columns=listed(
        "edition_year benefit_measurement_id benefit_claim_id project_id benefit_code benefit_category_code",
        "gain_nature_code indicator_nb/en unit_code",
        *override(
            "desired_direction_code",
            "Hvilken vei som er bedre; tom når det ikke er oppgitt og ikke følger av målet.",
            "Which way is better; empty when it is neither stated nor follows from the target.",
        ),
        "baseline_value target_value",
        *override("measured_value", "Målt verdi.", "Value measured.", required=False),
        "planned_change_value change_value is_percentage_points change_pct realisation_rate",
        "measurement_outcome_code is_disbenefit is_newest measured_on/precision",
        *override("stated_by_code", "Hvem som oppgir målingen.", "Who reports the measurement."),
        *override(
            "respondent_count",
            "Antall som svarte; tom når kilden ikke sier det.",
            "Number who answered; empty when the source does not say.",
            minimum=0,
        ),
        *RESULT_SOURCE,
    ),
)

REALISATION_BY_UNIT = Contract(
    name="realisation_by_unit",
    layer="marts",
    title_nb="Planlagt og målt, per måleenhet",
    title_en="Planned and measured, per unit",
    grain_nb="Én rad per utgaveår, måleenhet og ledd i resultatkjeden. Aldri på tvers av enheter.",
    grain_en="One row per edition year, unit and link in the chain of results. Never across units.",
    key=("edition_year", "unit_code", "gain_nature_code"),
    depends_on=("planned_realised",),
    may_be_empty=True,
    rule_nb="Teller de nyeste målingene i hver enhet etter hvordan det gikk. Realiseringsgraden for porteføljen er "
    "summen av målt endring delt på summen av planlagt endring, regnet i ønsket retning. Den gis bare for "
    "enheter som kan summeres, som timer per år; prosenter og dager per sak kan ikke det.",
    rule_en="Counts the newest measurements in each unit by how it went. The rate of the portfolio is the sum of "
    "changes measured over the sum of changes planned, in the desired direction. It is given only for units "
    "that can be summed, such as hours per year; percentages and days per case cannot.",
    formula="realisation_rate = sum(realisation_rate * |planned_change_value|) / sum(|planned_change_value|) over rows "
    "with is_newest = true of one unit; null for units that cannot be summed",
    columns=listed(
        "edition_year unit_code",
        *override("gain_nature_code", "Leddet i resultatkjeden.", "The link in the chain of results.", required=True),
        "measurement_count target_count reached_count disbenefit_count unknown_count",
        *override(
            "realisation_rate",
            "Realiseringsgrad for målingene med mål; tom når enheten ikke kan summeres.",
            "Rate of realisation of those with a target; empty when the unit cannot be summed.",
            n_column="target_count",
        ),
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
    "som skyldes andre, ville kommet uansett eller bare er flyttet, regnes om til kroner i ett år og "
    "neddiskonteres med regelverkets renter. Offentlige utlegg har i tillegg en skattefinansieringskostnad. Er "
    "verdien av én virkning ukjent, er summen ukjent. Av en virkning som er verdsatt flere ganger, gjelder den "
    "nyeste.",
    rule_en="A worked scenario on values that somebody has stated, never a finding. Stated amounts per year are "
    "reduced by what is due to others, would have come anyway or is only moved, converted to kroner of one year "
    "and discounted at the ruleset's rates. Public outlays carry a tax financing cost as well. When the value "
    "of one effect is unknown, so is the sum. Of an effect valued more than once the newest counts.",
    formula="amount(y) = stated amount * (1 - deadweight_pct/100) * (1 - displacement_pct/100) * (1 - "
    "attribution_pct/100) * (1 - drop_off_pct/100)^(y - first_year) * share phased in; real(y) = amount(y) * "
    "kpi(price_year of the calculation) / kpi(price_year of the row); npv_nok = sum over y of (real(y) + tax "
    "financing(y)) * discount factor(y); factor(y) = factor(y - 1) / (1 + rate(y)), 1 in reference_year",
    columns=listed(
        "edition_year project_id scenario_code is_scenario",
        *override("ruleset_code", "Regelverket som er brukt.", "The ruleset used."),
        *override("schedule_code", "Rentebanen som er brukt.", "The schedule of rates used."),
        *override("price_year", required=False),
        "reference_year start_year last_year effect_count unknown_effect_count benefit_pv_nok cost_pv_nok",
        "investment_pv_nok tax_financing_pv_nok residual_pv_nok budget_effect_pv_nok npv_nok npv_per_invested_nok",
        "npv_per_budget_nok annual_nok",
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
    "de legges aldri sammen og regnes aldri om til kroner. Av en virkning som er vurdert flere ganger, gjelder "
    "den nyeste.",
    rule_en="Quantity and unit value are looked up in the matrix that the effect was assessed with; the value matrix "
    "of 2023 when none is named. Many cells of the plus-minus method are a range and stay a range. The values "
    "are ordered steps: they are never added and never given a value in kroner. Of an effect assessed more than "
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
    BENEFIT_TRAIL,
    BENEFIT_EVIDENCE,
    BENEFIT_BY_BENEFICIARY,
    SELF_REPORT_SHARE,
    UNMEASURED_BENEFITS,
    PLANNED_REALISED,
    REALISATION_BY_UNIT,
    STATUS_CONFLICTS,
    PRICED_EFFECTS,
    NON_PRICED_ASSESSMENTS,
)
"""In the order they are computed."""
