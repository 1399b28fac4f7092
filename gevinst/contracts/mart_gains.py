"""Contracts of the marts of benefits: the trail of claims, and how well each kind of benefit is evidenced.

Belongs here: results computed from claims and plans.
Does not belong here: results computed from measurements and contradicting statuses (`mart_realisation.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    EDITION_YEAR,
    LOCATOR,
    PROJECT,
    SOURCE,
    Additivity,
    Column,
    Contract,
    Type,
    code,
    count,
    dated,
    flag,
    reference,
    with_basis,
)

CLAIM = reference("benefit_claim_id", "benefit_claims.benefit_claim_id", "Gevinstutsagnet.", "The benefit claim.")
BENEFIT = code("benefit_code", "benefit", "Hva slags gevinst.", "The kind of benefit.")
CATEGORY = code("benefit_category_code", "benefit_category", "Gevinstkategorien.", "The category of benefit.")
NATURE = code(
    "gain_nature_code",
    "gain_nature",
    "Hvor i resultatkjeden gevinsten er; tom for et alminnelig potensial.",
    "Where in the chain of results the benefit is; empty for a general potential.",
    required=False,
)
IS_GAIN = flag(
    "is_gain",
    "Nei for et alminnelig potensial, som aldri telles som en gevinst.",
    "False for a general potential, which is never counted as a benefit.",
)
BENEFICIARY = code("beneficiary_code", "beneficiary", "Hvem gevinsten er for.", "Whom the benefit is for.")
EVIDENCE = code("evidence_code", "evidence", "Hvor sikkert utsagnet er.", "How sure the claim is.")


def _claims(name: str, nb: str, en: str) -> Column:
    return count(name, nb, en, additivity=Additivity.WITHIN_EDITION)


def percent(name: str, nb: str, en: str) -> Column:
    """A share of 100; never summed."""
    return Column(name, Type.NUMBER, nb, en, unit="per cent", additivity=Additivity.NO, minimum=0, maximum=100)


def months(name: str, nb: str, en: str) -> Column:
    """Whole months between two days; never summed."""
    return Column(name, Type.INTEGER, nb, en, unit="months", additivity=Additivity.NO, minimum=0)


_IN_FORCE = (
    _claims("expected_count", "Gjeldende utsagn som er forventet.", "Claims in force that are expected."),
    _claims("reported_count", "Gjeldende utsagn som er oppgitt.", "Claims in force that are reported."),
    _claims("documented_count", "Gjeldende utsagn som er dokumentert.", "Claims in force that are documented."),
    _claims(
        "superseded_count",
        "Eldre eller svakere utsagn som et bedre belagt utsagn har avløst.",
        "Claims that a better evidenced claim has taken the place of.",
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
    depends_on=("benefit_claims", "benefit_categories", "projects", "codelists", "sources", "edition_years"),
    rule_nb="Når flere utsagn gjelder samme prosjekt, samme slags gevinst og samme mottaker, gjelder det som er best "
    "belagt: dokumentert går foran oppgitt, og oppgitt foran forventet. Det svakere utsagnet står fortsatt i sporet, "
    "med dagen det ble avløst og hva som avløste det. Like godt belagte utsagn gjelder side om side.",
    rule_en="When several claims are about the same project, kind of benefit and beneficiary, the best evidenced one "
    "is in force: documented goes before reported, and reported before expected. The weaker claim still stands in the "
    "trail, with the day it was superseded and by what. Equally well evidenced claims are in force side by side.",
    formula="valid_from = later day of (claim's source known, project's source known); "
    "valid_to = first day on which a claim of the same project_id, benefit_code and beneficiary_code with a higher "
    "evidence rank is known, never before valid_from; is_superseded = valid_to <= as_of_on",
    columns=(
        EDITION_YEAR,
        CLAIM,
        PROJECT,
        BENEFIT,
        CATEGORY,
        NATURE,
        IS_GAIN,
        BENEFICIARY,
        code("modality_code", "claim_modality", "Hvordan kilden sier det.", "How the source says it."),
        EVIDENCE,
        Column("valid_from", Type.DATE, "Dagen utsagnet ble kjent.", "The day the claim became known.", required=True),
        Column(
            "valid_to",
            Type.DATE,
            "Dagen et bedre belagt utsagn ble kjent; tom når utsagnet gjelder. Lik valid_from når utsagnet alt var "
            "svakere da det kom.",
            "The day a better evidenced claim became known; empty when this one is in force. The same as valid_from "
            "when the claim was the weaker one already when it came.",
        ),
        flag("is_superseded", "Ja når et bedre belagt utsagn gjelder.", "True when a better evidenced claim is."),
        reference(
            "superseded_by_id",
            "benefit_claims.benefit_claim_id",
            "Utsagnet som avløste dette.",
            "The claim that took the place of this one.",
            required=False,
        ),
        SOURCE,
        LOCATOR,
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
    columns=(
        EDITION_YEAR,
        PROJECT,
        CATEGORY,
        NATURE,
        IS_GAIN,
        code("best_evidence_code", "evidence", "Det best belagte utsagnet.", "The best evidenced claim."),
        *_IN_FORCE,
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
    "collaboration, stand apart and are never added to effects for users and society. General potentials are left out.",
    formula="counts of benefit_trail rows with is_gain = true, by evidence_code and is_superseded",
    columns=(
        EDITION_YEAR,
        BENEFICIARY,
        code("gain_nature_code", "gain_nature", "Leddet i resultatkjeden.", "The link in the chain of results."),
        count(
            "project_count",
            "Prosjekter med minst ett gjeldende utsagn. Ett prosjekt kan stå i flere rader.",
            "Projects with at least one claim in force. One project may stand in several rows.",
            additivity=Additivity.NO,
        ),
        *_IN_FORCE,
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
    "når det skal måles neste gang. Sier ingen plan hvem, er det prosjekteieren. At en måling ikke er kjent, betyr "
    "ikke at den ikke finnes.",
    rule_en="Shows expected and reported benefits without a known measurement against a baseline, who answers for "
    "them, and when they are to be measured next. Where no plan says who, it is the project owner. That no measurement "
    "is known does not mean that there is none.",
    formula="benefit_trail rows with is_gain = true, is_superseded = false, evidence_code in (forventet, oppgitt) and "
    "no measurement with a baseline_value known by as_of_on; months_known = whole months from valid_from to as_of_on; "
    "is_overdue = last day of next_measurement < as_of_on",
    columns=(
        EDITION_YEAR,
        CLAIM,
        PROJECT,
        BENEFIT,
        CATEGORY,
        BENEFICIARY,
        EVIDENCE,
        reference(
            "responsible_organisation_id",
            "organisations.organisation_id",
            "Virksomheten som har ansvaret; tom når ingen eier er kjent.",
            "The organisation that answers for it; empty when no owner is known.",
            required=False,
        ),
        code(
            "responsible_role_code",
            "benefit_role",
            "Rollen som har ansvaret.",
            "The role that answers for it.",
            required=False,
        ),
        *dated(
            "next_measurement",
            "Når det skal måles neste gang; tom når ingen plan sier det.",
            "When it is to be measured next; empty when no plan says.",
        ),
        flag(
            "is_overdue",
            "Ja når dagen for neste måling er passert uten at en måling er kjent.",
            "True when the day of the next measurement has passed and no measurement is known.",
        ),
        months(
            "months_known",
            "Hele måneder utsagnet har vært kjent.",
            "Whole months for which the claim has been known.",
        ),
        SOURCE,
        LOCATOR,
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
    "ordningen, og hvor mange som er målt mot et nullpunkt. En måling kan også være gjort av noen i prosjektet; det er "
    "talt for seg. Andeler gis bare når grunnlaget er stort nok.",
    rule_en="Of the claims in force of achieved benefits: how many are only reported by the owner, supplier or scheme, "
    "and how many are measured against a baseline. A measurement may itself be made by somebody in the project; those "
    "are counted apart. Shares are given only when there are enough claims.",
    formula="achieved_count = reported_count + documented_count; self_reported_pct = 100 * reported_count / "
    "achieved_count; measured_pct = 100 * measured_count / achieved_count; both null when achieved_count < 5 "
    "(min_n_for_shares)",
    columns=(
        EDITION_YEAR,
        CATEGORY,
        NATURE,
        _claims(
            "expected_count",
            "Gjeldende utsagn som bare er forventet; ikke med i andelene.",
            "Claims in force that are only expected; not part of the shares.",
        ),
        _claims("achieved_count", "Gjeldende utsagn om noe oppnådd.", "Claims in force of something achieved."),
        _claims(
            "self_reported_count",
            "Av dem: bare oppgitt av eier, leverandør eller ordningen.",
            "Of these: only reported by the owner, supplier or scheme.",
        ),
        _claims("measured_count", "Av dem: målt mot et nullpunkt.", "Of these: measured against a baseline."),
        _claims(
            "measured_by_participant_count",
            "Av de målte: målingen er bare oppgitt av eier, leverandør eller ordningen.",
            "Of the measured: the measurement is reported only by the owner, supplier or scheme.",
        ),
        with_basis(
            percent(
                "self_reported_pct",
                "Bare oppgitt, som prosent av oppnådde; tom når de oppnådde er for få.",
                "Only reported, as per cent of achieved; empty when the achieved are too few.",
            ),
            "achieved_count",
        ),
        with_basis(
            percent(
                "measured_pct",
                "Målt, som prosent av oppnådde; tom når de oppnådde er for få.",
                "Measured, as per cent of achieved; empty when the achieved are too few.",
            ),
            "achieved_count",
        ),
    ),
)
