"""Contracts of the marts of what was planned and what came of it, and of statuses that contradict one another.

Belongs here: results computed from measurements, and assessments shown side by side.
Does not belong here: results computed from claims (`mart_gains.py`).
"""

from __future__ import annotations

from gevinst.contracts.mart_gains import BENEFIT, CATEGORY, CLAIM, NATURE
from gevinst.contracts.model import (
    EDITION_YEAR,
    LOCATOR,
    PROJECT,
    SOURCE,
    Additivity,
    Column,
    Contract,
    Type,
    bilingual,
    code,
    count,
    dated,
    flag,
    reference,
    text,
    with_basis,
)


def _value(name: str, nb: str, en: str) -> Column:
    return Column(name, Type.NUMBER, nb, en, unit="see unit_code", additivity=Additivity.NO)


def _change(name: str, nb: str, en: str) -> Column:
    unit = "percentage points when is_percentage_points, else unit_code"
    return Column(name, Type.NUMBER, nb, en, unit=unit, additivity=Additivity.NO)


def _rate(name: str, nb: str, en: str) -> Column:
    return Column(name, Type.NUMBER, nb, en, unit="ratio, 1 is as planned", additivity=Additivity.NO)


_UNIT = code("unit_code", "measurement_unit", "Måleenhet.", "Unit of measurement.")
_STEP = Column(
    "step",
    Type.INTEGER,
    "Trinnet på stigen; tom når opplysningen er utenfor den.",
    "The step on the ladder; empty when the statement is outside it.",
    unit="step 0-6",
    additivity=Additivity.NO,
    minimum=0,
    maximum=6,
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
    "er som planlagt, over 1 er mer, under 0 er feil vei. Den er tom når målet mangler eller er likt nullpunktet. En "
    "endring feil vei er en ulempe og står i samme tabell. Endring i prosenttall er prosentpoeng, aldri prosent.",
    rule_en="Compares baseline, target and measured value. The rate of realisation is the change measured over the "
    "change planned: 1 is as planned, above 1 is more, below 0 is the wrong way. It is empty when the target is "
    "missing or equals the baseline. A change for the worse is a disbenefit and stands in the same table. A change of "
    "a percentage is in percentage points, never in per cent.",
    formula="change_value = measured_value - baseline_value; planned_change_value = target_value - baseline_value; "
    "realisation_rate = change_value / planned_change_value; change_pct = 100 * change_value / |baseline_value|, null "
    "when is_percentage_points; direction = desired_direction_code, else the sign of planned_change_value",
    columns=(
        EDITION_YEAR,
        reference(
            "benefit_measurement_id",
            "benefit_measurements.benefit_measurement_id",
            "Målingen.",
            "The measurement.",
        ),
        CLAIM,
        PROJECT,
        BENEFIT,
        CATEGORY,
        NATURE,
        *bilingual("indicator", "Det som ble målt.", "What was measured.", required=True),
        _UNIT,
        code(
            "desired_direction_code",
            "desired_direction",
            "Hvilken vei som er bedre; tom når det ikke er oppgitt og ikke følger av målet.",
            "Which way is better; empty when it is neither stated nor follows from the target.",
            required=False,
        ),
        _value("baseline_value", "Verdi før tiltaket.", "Value before the measure."),
        _value("target_value", "Målsatt verdi; tom når ingen er satt.", "Target; empty when none was set."),
        _value("measured_value", "Målt verdi.", "Value measured."),
        _change("planned_change_value", "Planlagt endring; tom uten mål.", "Change planned; empty without a target."),
        _change("change_value", "Målt endring.", "Change measured."),
        flag(
            "is_percentage_points",
            "Ja når endringene er i prosentpoeng.",
            "True when the changes are in percentage points.",
        ),
        with_basis(
            Column(
                "change_pct",
                Type.NUMBER,
                "Målt endring i prosent av nullpunktet; tom når enheten selv er prosent, eller nullpunktet er 0.",
                "Change as per cent of the baseline; empty when the unit is itself per cent, or the baseline is 0.",
                unit="per cent",
                additivity=Additivity.NO,
            ),
            "respondent_count",
        ),
        with_basis(
            _rate(
                "realisation_rate",
                "Realiseringsgrad; tom når målet mangler eller er likt nullpunktet.",
                "Rate of realisation; empty when the target is missing or equals the baseline.",
            ),
            "respondent_count",
        ),
        code(
            "measurement_outcome_code",
            "measurement_outcome",
            "Hvordan det gikk; tom når ingen vet hvilken vei som er bedre.",
            "How it went; empty when nobody knows which way is better.",
            required=False,
        ),
        flag("is_disbenefit", "Ja når endringen er til det verre.", "True when the change is for the worse."),
        flag(
            "is_newest",
            "Ja for den nyeste kjente målingen av samme indikator for samme utsagn.",
            "True for the newest known measurement of the same indicator for the same claim.",
        ),
        *dated("measured", "Når det ble målt.", "When it was measured."),
        code("stated_by_code", "stated_by", "Hvem som oppgir målingen.", "Who reports the measurement."),
        Column(
            "respondent_count",
            Type.INTEGER,
            "Antall som svarte; tom når kilden ikke sier det.",
            "Number who answered; empty when the source does not say.",
            unit="count",
            additivity=Additivity.NO,
            minimum=0,
        ),
        SOURCE,
        LOCATOR,
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
    "summen av målt endring delt på summen av planlagt endring, regnet i ønsket retning. Den gis bare for enheter som "
    "kan summeres, som timer per år; prosenter og dager per sak kan ikke det.",
    rule_en="Counts the newest measurements in each unit by how it went. The rate of the portfolio is the sum of "
    "changes measured over the sum of changes planned, in the desired direction. It is given only for units that can "
    "be summed, such as hours per year; percentages and days per case cannot.",
    formula="realisation_rate = sum(realisation_rate * |planned_change_value|) / sum(|planned_change_value|) over rows "
    "with is_newest = true of one unit; null for units that cannot be summed",
    columns=(
        EDITION_YEAR,
        _UNIT,
        code("gain_nature_code", "gain_nature", "Leddet i resultatkjeden.", "The link in the chain of results."),
        count("measurement_count", "Nyeste målinger.", "Newest measurements."),
        count("target_count", "Av dem: med et mål å sammenligne med.", "Of these: with a target to compare with."),
        count("reached_count", "Av dem: nådde målet.", "Of these: reached the target."),
        count("disbenefit_count", "Målinger med endring til det verre.", "Measurements with a change for the worse."),
        count(
            "unknown_count",
            "Målinger der ingen vet hvilken vei som er bedre.",
            "Measurements of which nobody knows which way is better.",
        ),
        with_basis(
            _rate(
                "realisation_rate",
                "Realiseringsgrad for målingene med mål; tom når enheten ikke kan summeres.",
                "Rate of realisation of those with a target; empty when the unit cannot be summed.",
            ),
            "target_count",
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
    "ulike runder eller ulike parter, og sier ulik status. Begge vises, og det regnes aldri noe gjennomsnitt. Perioder "
    "som bare overlapper, er ingen motsigelse: status kan ha endret seg imellom.",
    rule_en="Two assessments contradict one another when they are about the same project and the same day, month or "
    "year, come from different rounds or parties, and say different statuses. Both are shown, and no average is taken. "
    "Periods that only overlap are no contradiction: the status may have moved in between.",
    formula="groups of project_id, assessed_on, assessed_precision with more than one status_code and more than one "
    "(assessment_round_id, stated_by_code) known by as_of_on",
    columns=(
        EDITION_YEAR,
        text(
            "conflict_id", "Motsigelsen: prosjekt og periode.", "The contradiction: project and period.", required=True
        ),
        reference(
            "status_assessment_id",
            "status_assessments.status_assessment_id",
            "Vurderingen som er én av sidene.",
            "The assessment that is one of the sides.",
        ),
        PROJECT,
        *dated("assessed", "Perioden vurderingene gjelder.", "The period of the assessments.", required=True),
        code("status_code", "status", "Det denne siden sier.", "What this side says."),
        _STEP,
        reference(
            "assessment_round_id",
            "assessment_rounds.assessment_round_id",
            "Vurderingsrunden.",
            "The assessment round.",
        ),
        code("assessor_role_code", "assessor_role", "Rollen til den som vurderte.", "Role of the assessor."),
        code("stated_by_code", "stated_by", "Hvem som sier det.", "Who says so."),
        *bilingual("reason", "Begrunnelsen.", "The reason.", required=True),
        SOURCE,
        LOCATOR,
    ),
)

REALISATION_MARTS = (PLANNED_REALISED, REALISATION_BY_UNIT, STATUS_CONFLICTS)
