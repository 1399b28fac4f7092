"""Headings and key sentences of benefits say what the numbers show: none, one, many, all and a tie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.site.sentences import benefits as sentences
from tests.data.marts import mart_of, projects_known, row_of
from tests.data.small_edition import CODELISTS, frame

NB, EN = Catalogue("nb"), Catalogue("en")
LISTS = pl.read_csv(CODELISTS)
Row = dict[str, Any]


def counted(total: int = 0, coded: int | None = None, **inputs: pl.DataFrame) -> Row:
    """The row of `benefit_headlines` of an edition with `total` projects, of which `coded` (all) were coded."""
    flags = {"is_coded_expected": True, "is_coded_results": True}
    rows = [{"edition_year": 2026, "project_id": f"p{n}", **flags} for n in range(total if coded is None else coded)]
    coverage = frame(contract("project_coverage"), rows)
    return row_of("benefit_headlines", project_status=projects_known(total), project_coverage=coverage, **inputs)


def categories(evidence: pl.DataFrame) -> list[Row]:
    return mart_of("benefit_by_category", benefit_evidence=evidence).to_dicts()


def evidence(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """`benefit_evidence` from (project, category, best evidence); a general potential is no benefit."""
    return frame(
        contract("benefit_evidence"),
        [
            {
                "edition_year": 2026,
                "project_id": project,
                "benefit_category_code": category,
                "is_gain": category != "general_potential",
                "best_evidence_code": best,
            }
            for project, category, best in rows
        ],
    )


def claims(*rows: tuple[str, str, int]) -> pl.DataFrame:
    """`benefit_by_beneficiary` from (beneficiary, link in the chain, reported)."""
    return frame(
        contract("benefit_by_beneficiary"),
        [
            {
                "edition_year": 2026,
                "beneficiary_code": whom,
                "gain_nature_code": nature,
                "expected_count": 0,
                "reported_count": reported,
                "measured_by_participant_count": 0,
                "documented_count": 0,
            }
            for whom, nature, reported in rows
        ],
    )


def priced(*projects: Sequence[float | None], turned: Sequence[int] = ()) -> pl.DataFrame:
    """`priced_projects` from the low, middle and high net present value of each project; `turned` are numbers of
    projects in which a fifth more or less of one effect changes the sign."""
    seats = [{"edition_year": 2026, "project_id": f"p{number}"} for number in range(len(projects))]
    stated = [
        {**seat, "scenario_code": scenario, "npv_amount": npv}
        for seat, npvs in zip(seats, projects, strict=True)
        for scenario, npv in zip(("low", "mid", "high"), npvs, strict=True)
    ]
    changed = [{**seats[number], "scenario_code": "mid", "is_sign_turned": True} for number in turned]
    return mart_of(
        "priced_projects",
        priced_effects=frame(contract("priced_effects"), stated),
        effect_sensitivities=frame(contract("effect_sensitivities"), changed),
    )


def test_a_project_counts_once_by_its_surest_benefit_and_a_potential_is_none() -> None:
    rows = evidence(
        ("a", "user_effects", "dokumentert"),
        ("a", "resource_use", "oppgitt"),
        ("b", "resource_use", "oppgitt"),
        ("b", "solutions", "forventet"),
        ("c", "solutions", "forventet"),
        ("d", "general_potential", "forventet"),
    )
    found = counted(6, benefit_evidence=rows)
    assert {name: found[f"{name}_project_count"] for name in ("documented", "reported", "expected", "not_found")} == {
        "documented": 1,
        "reported": 1,
        "expected": 1,
        "not_found": 3,
    }


def lead(found: Row, catalogue: Catalogue, *stated: Row) -> str:
    return sentences.benefits_lead(found, stated, catalogue)


@pytest.mark.parametrize(
    ("rows", "total", "coded", "priced_count", "nb", "en"),
    [
        ((), 0, 0, 0, "Vi har ikke funnet noen prosjekter.", "We have found no projects."),
        ((), 4, 0, 0, "Ingen prosjekter er kodet for gevinster ennå.", "No projects are coded for benefits yet."),
        (
            (),
            4,
            3,
            0,
            "Ingen gevinst er funnet i det som er lest om tre prosjekter. Ett prosjekt er ikke kodet for gevinster: "
            "Ingen har lett etter dem der.",
            "No benefit is found in what was read on three projects. One project is not coded for benefits: nobody "
            "has looked for them there.",
        ),
        (
            (("a", "solutions", "dokumentert"),),
            1,
            1,
            1,
            "Minst én gevinst er funnet i ett prosjekt. Ett har en dokumentert gevinst, ingen har en som er målt av "
            "deltaker eller leverandør, ingen har en oppgitt som den sikreste, og ingen har bare forventede. For ett "
            "prosjekt er virkninger satt i kroner, som regneeksempel.",
            "At least one benefit is found in one project. One has a documented benefit, none has one measured by a "
            "participant or supplier, none has a reported one as its surest, and none has only expected ones. For one "
            "project effects are put in kroner, as a worked scenario.",
        ),
        (
            (
                ("a", "solutions", "malt_oppgitt"),
                ("b", "solutions", "oppgitt"),
                ("c", "solutions", "forventet"),
            ),
            14,
            10,
            0,
            "Tre av ti prosjekter som er kodet for gevinster, har minst én. Fire prosjekter er ikke kodet for "
            "gevinster: "
            "Ingen har lett etter dem der. Ingen har en dokumentert gevinst, ett har en som er målt av deltaker eller "
            "leverandør, ett har en oppgitt som den sikreste, og ett har bare forventede. Ingen kilde vi har "
            "lest, setter et beløp i kroner på en gevinst.",
            "Three of ten projects coded for benefits have at least one. Four projects are not coded for benefits: "
            "nobody has looked for them there. None has a documented benefit, one has one measured by a participant or "
            "supplier, one has a reported one as its surest, and one has only expected ones. No source that we have "
            "read puts an amount in kroner on a benefit.",
        ),
    ],
)
def test_the_lead_says_how_many_of_the_coded_how_sure_and_whether_in_kroner(
    rows, total, coded, priced_count, nb, en
) -> None:
    in_kroner = priced(*[(1.0, 2.0, 3.0)] * priced_count)
    found = counted(total, coded, benefit_evidence=evidence(*rows), priced_projects=in_kroner)
    assert lead(found, NB) == nb
    assert lead(found, EN) == en


def test_reading_more_without_finding_changes_the_denominator_and_never_the_finding() -> None:
    """The sentence may not make an unread project one without benefits."""
    rows = evidence(("a", "solutions", "oppgitt"), ("b", "solutions", "oppgitt"))
    few, many = (lead(counted(9, coded, benefit_evidence=rows), NB) for coded in (4, 8))
    assert few.startswith(
        "To av fire prosjekter som er kodet for gevinster, har minst én. Fem prosjekter er ikke kodet"
    )
    assert many.startswith("To av åtte prosjekter som er kodet for gevinster, har minst én. Ett prosjekt er ikke kodet")


def stated(evidence_code: str, who: str, count: int) -> Row:
    return {"evidence_code": evidence_code, "stated_by_code": who, "benefit_count": count}


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ((), []),
        ((stated("oppgitt", "owner", 9),), []),
        ((stated("malt_oppgitt", "supplier", 1),), ["Den målte gevinsten er oppgitt av leverandøren."]),
        (
            (stated("malt_oppgitt", "supplier", 3), stated("dokumentert", "third_party", 1)),
            [
                "De tre målte gevinstene er oppgitt av leverandøren.",
                "Den dokumenterte gevinsten er bekreftet av andre enn dem som deltok.",
            ],
        ),
        (
            (stated("malt_oppgitt", "owner", 2), stated("malt_oppgitt", "supplier", 1)),
            ["De målte gevinstene er oppgitt av eieren (to) og leverandøren (én)."],
        ),
    ],
)
def test_what_is_measured_or_documented_says_by_whom(rows, nb) -> None:
    assert sentences.measured_by(rows, NB) == nb


@pytest.mark.parametrize(
    ("levels", "total", "coded", "nb"),
    [
        ((), 0, 0, "Vi har ikke funnet noen prosjekter"),
        ((), 2, 0, "Ingen prosjekter er kodet for resultater ennå"),
        (
            (),
            3,
            2,
            "Ingen oppgitt, målt eller dokumentert gevinst er funnet i det som er lest om to prosjekter",
        ),
        (
            ("oppgitt", "forventet"),
            4,
            3,
            "Ett av tre prosjekter som er kodet for resultater, har minst én oppgitt, målt eller dokumentert gevinst",
        ),
        (("malt_oppgitt", "dokumentert"), 5, 2, "To prosjekter har minst én oppgitt, målt eller dokumentert gevinst"),
    ],
)
def test_the_map_of_evidence_is_headed_by_how_many_of_the_coded_have_more_than_an_expectation(
    levels, total, coded, nb
) -> None:
    rows = evidence(*((f"p{n}", "solutions", level) for n, level in enumerate(levels)))
    assert sentences.evidence_heading(counted(total, coded, benefit_evidence=rows), NB) == nb


@pytest.mark.parametrize(
    ("rows", "nb", "en"),
    [
        ((), "Ingen gevinster er funnet i det som er lest", "No benefits are found in what was read"),
        (
            (("a", "general_potential", "forventet"),),
            "Ingen gevinster er funnet i det som er lest",
            "No benefits are found in what was read",
        ),
        (
            (("a", "solutions", "forventet"),),
            "Ingen slags gevinst er oppgitt, målt eller dokumentert i det som er lest",
            "No kind of benefit is reported, measured or documented in what was read",
        ),
        (
            (("a", "solutions", "oppgitt"), ("b", "user_effects", "forventet"), ("c", "user_effects", "forventet")),
            "Prosjekter etter slag gevinst og hvor sikkert det er",
            "Projects by kind of benefit and how sure it is",
        ),
        (
            (("a", "solutions", "oppgitt"), ("b", "solutions", "malt_oppgitt"), ("c", "user_effects", "oppgitt")),
            "Oftest oppgitt, målt eller dokumentert: løsninger, i to prosjekter",
            "Reported, measured or documented most often: solutions, in two projects",
        ),
        (
            tuple((project, kind, "oppgitt") for project in "ab" for kind in ("solutions", "user_effects")),
            "Oftest oppgitt, målt eller dokumentert: løsninger og virkninger for brukerne, i to prosjekter hver",
            "Reported, measured or documented most often: solutions and effects on users, in two projects each",
        ),
        (
            tuple(
                (project, kind, "oppgitt") for project in "ab" for kind in ("solutions", "user_effects", "resource_use")
            ),
            "Prosjekter etter slag gevinst og hvor sikkert det er",
            "Projects by kind of benefit and how sure it is",
        ),
    ],
)
def test_the_figure_names_the_category_most_often_achieved_where_that_is_a_finding(rows, nb, en) -> None:
    found = categories(evidence(*rows))
    assert sentences.categories_heading(found, NB.labels(LISTS, "benefit_category"), NB) == nb
    assert sentences.categories_heading(found, EN.labels(LISTS, "benefit_category"), EN) == en


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ((), "Ingen virkninger for brukere eller samfunn er funnet i det som er lest"),
        (
            (("virksomhet", "input_factor", 9),),
            "Ingen virkninger for brukere eller samfunn er funnet i det som er lest",
        ),
        (
            (("ansatte", "user_effect", 2), ("samfunn", "societal_effect", 1), ("virksomhet", "input_factor", 9)),
            "Flest utsagn om virkninger gjelder ansatte: 2 av 3",
        ),
        ((("ansatte", "user_effect", 1), ("samfunn", "societal_effect", 1)), "Gevinster etter hvem de er for"),
    ],
)
def test_input_factors_never_decide_for_whom_most_effects_are(rows, nb) -> None:
    """The total is of claims, each once, also those that are for several."""
    found = mart_of("beneficiary_claims", benefit_by_beneficiary=claims(*rows)).to_dicts()
    trail = [
        {"edition_year": 2026, "benefit_claim_id": f"{nature}{n}", "gain_nature_code": nature, "is_gain": True}
        for _, nature, count in rows
        for n in range(count)
    ]
    headlines = counted(benefit_trail=frame(contract("benefit_trail"), trail))
    assert sentences.beneficiaries_heading(headlines, found, NB.labels(LISTS, "beneficiary"), NB) == nb


@pytest.mark.parametrize(
    ("projects", "nb", "en"),
    [
        (
            ((-3.0, -2.0, -1.0),),
            "0 av 1 prosjekt har positiv netto nåverdi på alle anslag, og ett har negativ på alle",
            None,
        ),
        (
            ((1.0, 2.0, 3.0), (-1.0, 2.0, 3.0), (None, 2.0, 3.0)),
            "Ett av tre prosjekter har positiv netto nåverdi på alle anslag, og ingen har negativ på alle",
            "One of three projects has a positive net present value on every estimate, and none has a negative one on "
            "every estimate",
        ),
        (
            ((1.0, 2.0, 3.0), (1.0, 2.0, 3.0)),
            "Alle de to prosjektene har positiv netto nåverdi på alle anslag, og ingen har negativ på alle",
            "All two projects have a positive net present value on every estimate, and none has a negative one on "
            "every estimate",
        ),
    ],
)
def test_present_values_are_headed_by_signs_that_hold_on_every_estimate(projects, nb, en) -> None:
    found = counted(priced_projects=priced(*projects))
    assert sentences.priced_heading(found, NB) == nb
    assert en is None or sentences.priced_heading(found, EN) == en


@pytest.mark.parametrize(
    ("turned", "nb"),
    [
        ((), "I ingen av to prosjekter snur fortegnet når én virkning blir en femdel større eller mindre"),
        ((0, 0), "I ett av to prosjekter snur fortegnet når én virkning blir en femdel større eller mindre"),
        ((0, 1), "I alle de to prosjektene snur fortegnet når én virkning blir en femdel større eller mindre"),
    ],
    ids=["none", "two effects of one project", "both"],
)
def test_turning_points_are_headed_by_in_how_many_projects_the_sign_turns(turned, nb) -> None:
    found = counted(priced_projects=priced((5.0, 5.0, 5.0), (5.0, 5.0, 5.0), turned=turned))
    assert sentences.turning_heading(found, NB) == nb


@pytest.mark.parametrize(
    ("steps", "nb"),
    [
        (((-1, -1),), "Ingen av én vurdert virkning er til det bedre, og én er til det verre"),
        (((1, 2), (0, 0), (None, None)), "Én av tre vurderte virkninger er til det bedre, og ingen er til det verre"),
        (((1, 2), (2, 2), (-2, -1)), "To av tre vurderte virkninger er til det bedre, og én er til det verre"),
    ],
)
def test_effects_without_a_price_are_counted_and_never_summed(steps: Any, nb: str) -> None:
    rows = [
        {"edition_year": 2026, "non_priced_effect_id": f"e{number}", "low_step": low, "high_step": high}
        for number, (low, high) in enumerate(steps)
    ]
    found = counted(non_priced_assessments=frame(contract("non_priced_assessments"), rows))
    assert sentences.non_priced_heading(found, NB) == nb
