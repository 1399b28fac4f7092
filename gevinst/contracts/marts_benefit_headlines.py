"""Contracts of the marts that count benefits: headline numbers, categories, beneficiaries, stages and intervals.

Belongs here: counts over the other marts of benefits, one edition year at a time.
Does not belong here: what they count (`marts_benefits.py`, `marts_realisation.py`, `marts_priced.py`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Additivity, Contract

BENEFIT_HEADLINES = Contract(
    name="benefit_headlines",
    layer="marts",
    title_nb="Hovedtall om gevinster",
    title_en="Headline numbers of benefits",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=(
        "edition_years",
        "project_status",
        "project_coverage",
        "benefit_evidence",
        "benefit_trail",
        "benefit_overview",
        "self_report_share",
        "planned_realised",
        "realisation_by_unit",
        "unmeasured_benefits",
        "non_priced_assessments",
        "priced_projects",
        "follow_on_funding",
        "context_figures",
        "codelists",
        "sources",
    ),
    rule_nb="Tallene som står i overskriftene på siden om gevinster. Et prosjekt telles én gang, etter den sikreste "
    "gevinsten; en gevinst telles én gang, uansett hvor mange som nevner den; alminnelige potensialer telles "
    "aldri, og ulemper for seg. Et mål er nådd når noen oppgir, måler eller dokumenterer den samme gevinsten. At "
    "ingen gevinst er funnet, sies bare om prosjekter som er kodet for gevinster.",
    rule_en="The numbers shown in the headings of the page of benefits. A project is counted once, by its surest "
    "benefit; a benefit once, however many mention it; general potentials never, and disbenefits apart. A goal is "
    "achieved when somebody reports, measures or documents the same benefit. That no benefit is found is only said "
    "of projects that were coded for benefits.",
    formula="documented, measured_by_participant, reported, expected_project_count = projects by highest "
    "best_evidence_code of benefit_evidence with is_gain; achieved_project_count = documented + "
    "measured_by_participant + reported; found_project_count = achieved + expected; "
    "coded_project_count = project_coverage with is_coded_expected or is_coded_results; not_found_project_count = "
    "coded "
    "- found; not_coded_project_count = project - coded; benefit_count, achieved_benefit_count, "
    "goal_count, achieved_goal_count = rows of benefit_overview with is_gain, is_achieved, has_goal, has_goal and "
    "is_achieved; the others count "
    "rows of the tables that they name",
    columns=listed(
        "edition_year",
        *override("project_count", "Prosjekter i utgaven.", "Projects of the edition.", additivity=Additivity.NO),
        "documented_project_count measured_by_participant_project_count reported_project_count",
        "expected_project_count achieved_project_count found_project_count not_found_project_count",
        "coded_project_count not_coded_project_count coded_expected_project_count coded_results_project_count",
        *override("benefit_count", "Gevinster som er kjent.", "Benefits known."),
        "achieved_benefit_count",
        "negative_benefit_count goal_count achieved_goal_count",
        *override("plan_count", additivity=Additivity.NO),
        "unmeasured_plan_count changed_baseline_count",
        *override("measurement_count", additivity=Additivity.NO),
        *override("target_count", "Av dem: med måltall.", "Of these: with a target.", additivity=Additivity.NO),
        *override(
            "reached_count", "Av dem: målet er nådd.", "Of these: the target is reached.", additivity=Additivity.NO
        ),
        *override("unit_count", "Måleenheter som er brukt.", "Units of measurement in use."),
        "unmeasured_count unmeasured_hope_count unmeasured_claim_count planned_measurement_count overdue_count",
        "achieved_claim_count self_reported_claim_count",
        "measured_by_participant_claim_count documented_claim_count claim_count effect_claim_count",
        "priced_project_count positive_project_count negative_project_count turned_project_count non_priced_count",
        "for_the_better_count for_the_worse_count not_benefit_count",
    ),
)

BENEFIT_BY_CATEGORY = Contract(
    name="benefit_by_category",
    layer="marts",
    title_nb="Prosjekter per gevinstkategori",
    title_en="Projects by category of benefit",
    grain_nb="Én rad per gevinstkategori og utgaveår.",
    grain_en="One row per category of benefit and edition year.",
    key=("edition_year", "benefit_category_code"),
    depends_on=("benefit_evidence",),
    may_be_empty=True,
    rule_nb="Hvert prosjekt telles én gang i en kategori, etter det sikreste utsagnet som gjelder. Et alminnelig "
    "potensial har sin egen rad og er ingen gevinst.",
    rule_en="Each project is counted once in a category, by its surest claim in force. A general potential has a row "
    "of its own and is no benefit.",
    formula="expected, reported, measured_by_participant, documented_project_count = rows of benefit_evidence by "
    "best_evidence_code; achieved_project_count = reported + measured_by_participant + documented; is_most_achieved = "
    "highest achieved_project_count above 0 of the edition, with is_gain",
    columns=listed(
        "edition_year benefit_category_code gain_nature_code is_gain documented_project_count",
        "measured_by_participant_project_count reported_project_count expected_project_count achieved_project_count",
        *override(
            "project_count",
            "Prosjekter med et gjeldende utsagn.",
            "Projects with a claim in force.",
            additivity=Additivity.NO,
        ),
        "is_most_achieved",
    ),
)

BENEFIT_BY_PROJECT = Contract(
    name="benefit_by_project",
    layer="marts",
    title_nb="Gevinster per prosjekt",
    title_en="Benefits per project",
    grain_nb="Én rad per prosjekt og utgaveår.",
    grain_en="One row per project and edition year.",
    key=("edition_year", "project_id"),
    empty_without=("projects",),
    depends_on=("benefit_evidence", "benefit_overview", "project_coverage"),
    rule_nb="Hver gevinst telles én gang for prosjektet, etter det sikreste noen har sagt om den, eller som bare "
    "planlagt; ulemper og alminnelige potensialer telles for seg. "
    "Hver kategori telles én gang for prosjektet, etter det sikreste utsagnet som gjelder; alminnelige "
    "potensialer er med, fordi de står i kartet. Et prosjekt der ingenting er funnet, har 0, og det står om det er "
    "kodet for gevinster.",
    rule_en="Each benefit is counted once for the project, by the surest that anybody has said of it, or as only "
    "planned; disbenefits and general potentials are counted apart. "
    "Each category is counted once for the project, by its surest claim in force; general potentials are "
    "counted too, since they appear in the map. A project of which nothing is found has 0, and whether it was coded "
    "for benefits is stated.",
    formula="expected, reported, measured_by_participant, documented_category_count = rows of benefit_evidence by "
    "best_evidence_code; <level>_benefit_count = rows of benefit_overview with is_gain by best_evidence_code, "
    "only_planned_benefit_count where it is null; benefit_count = rows with is_gain; other_benefit_count = rows "
    "without",
    columns=listed(
        "edition_year project_id expected_category_count reported_category_count",
        "measured_by_participant_category_count documented_category_count",
        *override("benefit_count", "Gevinster i prosjektet.", "Benefits of the project."),
        "expected_benefit_count reported_benefit_count measured_by_participant_benefit_count",
        "documented_benefit_count only_planned_benefit_count other_benefit_count is_coded_expected is_coded_results",
        "expected_absence_code results_absence_code",
    ),
)

BENEFICIARY_CLAIMS = Contract(
    name="beneficiary_claims",
    layer="marts",
    title_nb="Utsagn per mottaker",
    title_en="Claims by beneficiary",
    grain_nb="Én rad per mottaker, ledd i resultatkjeden og utgaveår.",
    grain_en="One row per beneficiary, link in the chain of results and edition year.",
    key=("edition_year", "beneficiary_code", "gain_nature_code"),
    depends_on=("benefit_by_beneficiary",),
    may_be_empty=True,
    rule_nb="Gjeldende utsagn uansett bevis, og for mottakeren de som gjelder effekter: innsatsfaktorer og løsninger "
    "teller ikke med når det sies hvem flest effekter er for.",
    rule_en="Claims in force whatever their evidence, and for the beneficiary those about effects: input factors and "
    "solutions do not count where it is said whom most effects are for.",
    formula="claim_count = expected_count + reported_count + measured_by_participant_count + documented_count of "
    "benefit_by_beneficiary; effect_claim_count = sum of claim_count over user_effect and societal_effect; "
    "is_most_effects = highest effect_claim_count above 0 of the edition",
    columns=listed(
        "edition_year beneficiary_code gain_nature_code claim_count",
        *override("effect_claim_count", "Mottakerens utsagn om effekter.", "The beneficiary's claims about effects."),
        "is_most_effects",
    ),
)

BENEFIT_STAGES = Contract(
    name="benefit_stages",
    layer="marts",
    title_nb="Hvor langt hver gevinst har kommet",
    title_en="How far each benefit has come",
    grain_nb="Én rad per utsagn om en gevinst og utgaveår.",
    grain_en="One row per claim about a benefit and edition year.",
    key=("edition_year", "benefit_claim_id"),
    is_view=True,
    depends_on=("benefit_trail", "benefit_overview", "edition_years"),
    may_be_empty=True,
    rule_nb="Et potensial, et mål, en oppgitt, en målt og en dokumentert gevinst er fem ulike ting. En gevinst er "
    "oppnådd når noen oppgir, måler eller dokumenterer den samme gevinsten. Et utsagn er gammelt når det "
    "har vært kjent lenger enn grensen for gamle opplysninger.",
    rule_en="A potential, a goal, a reported, a measured and a documented benefit are five different things. A benefit "
    "is achieved when somebody reports, measures or documents that same benefit. A claim is old when it has been known "
    "for longer than the limit for old statements.",
    formula="stage = evidence_code, but goal or potential for forventet; best_evidence_code, is_achieved = those of "
    "benefit_overview; is_old = whole months from valid_from to as_of_on > stale_after_months",
    columns=listed(
        "edition_year benefit_claim_id benefit_id project_id benefit_code stage",
        *override("best_evidence_code", "Det sikreste om gevinsten.", "The surest about the benefit."),
        "is_achieved is_old",
    ),
)

MEASUREMENT_INTERVALS = Contract(
    name="measurement_intervals",
    layer="marts",
    title_nb="Intervaller for målte andeler",
    title_en="Intervals of measured shares",
    grain_nb="Én rad per måling av en andel av dem som svarte, og utgaveår.",
    grain_en="One row per measurement of a share of those who answered, and edition year.",
    key=("edition_year", "benefit_measurement_id"),
    depends_on=("planned_realised",),
    may_be_empty=True,
    rule_nb="Wilsons 95 %-intervall for andelen. Målinger som ikke sier hvor mange som svarte, har ingen rad; det gis "
    "ikke noe intervall når andelen ikke ligger mellom 0 og 100.",
    rule_en="Wilson's 95% interval of the share. Measurements that do not say how many answered have no row; no "
    "interval is given when the share is not between 0 and 100.",
    formula="k = round(measured_value * respondent_count / 100); share_low_pct, share_high_pct = 100 * Wilson(k, "
    "respondent_count); 0 and 100 when no one answered",
    columns=listed(
        "edition_year benefit_measurement_id",
        *override("respondent_count", "Hvor mange som svarte.", "How many answered.", minimum=0),
        *override("share_low_pct", "Nedre grense.", "Lower bound.", n_column="respondent_count"),
        *override("share_high_pct", "Øvre grense.", "Upper bound.", n_column="respondent_count"),
    ),
)

BENEFIT_HEADLINE_MARTS = (
    BENEFIT_BY_CATEGORY,
    BENEFIT_BY_PROJECT,
    BENEFICIARY_CLAIMS,
    BENEFIT_STAGES,
    MEASUREMENT_INTERVALS,
    BENEFIT_HEADLINES,
)
"""After all other marts of benefits, which they count."""
