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


def counted(total: int = 0, **inputs: pl.DataFrame) -> Row:
    """The row of `benefit_headlines` of an edition with `total` projects."""
    return row_of("benefit_headlines", project_status=projects_known(total), **inputs)


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


def claims(*rows: tuple[str, str, int, int, int]) -> pl.DataFrame:
    """`benefit_by_beneficiary` from (beneficiary, link in the chain, expected, reported, documented)."""
    return frame(
        contract("benefit_by_beneficiary"),
        [
            {
                "edition_year": 2026,
                "beneficiary_code": whom,
                "gain_nature_code": nature,
                "expected_count": expected,
                "reported_count": reported,
                "documented_count": documented,
            }
            for whom, nature, expected, reported, documented in rows
        ],
    )


def priced(*projects: Sequence[float | None], turned: Sequence[int] = ()) -> pl.DataFrame:
    """`priced_projects` from the low, middle and high net present value of each project; `turned` are numbers of
    projects in which a fifth more or less of one effect changes the sign."""
    seats = [{"edition_year": 2026, "project_id": f"p{number}"} for number in range(len(projects))]
    stated = [
        {**seat, "scenario_code": scenario, "npv_nok": npv}
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


@pytest.mark.parametrize(
    ("rows", "total", "priced_count", "nb", "en"),
    [
        ((), 0, 0, "Vi har ikke funnet noen prosjekter.", "We have found no projects."),
        (
            (),
            4,
            0,
            "Vi har funnet utsagn om gevinster i ingen av fire prosjekter.",
            "We have found statements of benefits in none of four projects.",
        ),
        (
            (("a", "solutions", "dokumentert"),),
            1,
            1,
            "Vi har funnet utsagn om gevinster i det ene prosjektet. Ett har minst én dokumentert gevinst, ingen har "
            "en oppgitt som den sikreste, og ingen har bare forventede. For ett prosjekt er virkninger satt i kroner, "
            "som regneeksempel.",
            "We have found statements of benefits in the one project. One has at least one documented benefit, none "
            "has a reported one as its surest, and none has only expected ones. For one project effects are put in "
            "kroner, "
            "as a worked scenario.",
        ),
        (
            (
                ("a", "solutions", "oppgitt"),
                ("b", "solutions", "oppgitt"),
                ("c", "solutions", "forventet"),
            ),
            14,
            0,
            "Vi har funnet utsagn om gevinster i tre av 14 prosjekter. Ingen har en dokumentert gevinst, to har en "
            "oppgitt som den sikreste, og ett har bare forventede. Ingen kilde setter et kronebeløp på en gevinst i "
            "noe prosjekt.",
            "We have found statements of benefits in three of 14 projects. None has a documented benefit, two have a "
            "reported one as their surest, and one has only expected ones. No source puts an amount in kroner on a "
            "benefit in any project.",
        ),
    ],
)
def test_the_lead_says_how_many_how_sure_and_whether_anything_is_in_kroner(rows, total, priced_count, nb, en) -> None:
    in_kroner = priced(*[(1.0, 2.0, 3.0)] * priced_count)
    found = counted(total, benefit_evidence=evidence(*rows), priced_projects=in_kroner)
    assert sentences.benefits_lead(found, NB) == nb
    assert sentences.benefits_lead(found, EN) == en


@pytest.mark.parametrize(
    ("levels", "total", "nb"),
    [
        ((), 0, "Vi har ikke funnet noen prosjekter"),
        (
            (),
            2,
            "Ingen av to prosjekter har minst én oppgitt eller dokumentert gevinst, og i to er ingen gevinst funnet",
        ),
        (
            ("oppgitt", "forventet"),
            3,
            "Ett av tre prosjekter har minst én oppgitt eller dokumentert gevinst, og i ett er ingen gevinst funnet",
        ),
        (
            ("oppgitt", "dokumentert"),
            2,
            "Alle de to prosjektene har minst én oppgitt eller dokumentert gevinst, og i alle er det funnet minst en "
            "forventning",
        ),
    ],
)
def test_the_map_of_evidence_is_headed_by_how_many_have_more_than_an_expectation(levels, total, nb) -> None:
    rows = evidence(*((f"p{n}", "solutions", level) for n, level in enumerate(levels)))
    assert sentences.evidence_heading(counted(total, benefit_evidence=rows), NB) == nb


@pytest.mark.parametrize(
    ("rows", "nb", "en"),
    [
        ((), "Ingen gevinster er funnet i noe prosjekt", "No benefits are found in any project"),
        (
            (("a", "general_potential", "forventet"),),
            "Ingen gevinster er funnet i noe prosjekt",
            "No benefits are found in any project",
        ),
        (
            (("a", "solutions", "forventet"),),
            "Ingen slags gevinst er oppgitt eller dokumentert i noe prosjekt",
            "No kind of benefit is reported or documented in any project",
        ),
        (
            (("a", "solutions", "oppgitt"), ("b", "user_effects", "forventet"), ("c", "user_effects", "forventet")),
            "Oftest oppgitt eller dokumentert: løsninger, i ett prosjekt",
            "Reported or documented most often: solutions, in one project",
        ),
        (
            (("a", "solutions", "oppgitt"), ("b", "user_effects", "dokumentert"), ("c", "resource_use", "forventet")),
            "Oftest oppgitt eller dokumentert: løsninger og virkninger for brukerne, i ett prosjekt hver",
            "Reported or documented most often: solutions and effects on users, in one project each",
        ),
    ],
)
def test_the_figure_is_headed_by_the_category_that_is_more_than_expected_most_often(rows, nb, en) -> None:
    found = categories(evidence(*rows))
    assert sentences.categories_heading(found, NB.labels(LISTS, "benefit_category"), NB) == nb
    assert sentences.categories_heading(found, EN.labels(LISTS, "benefit_category"), EN) == en


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ((), "Ingen virkninger for brukere eller samfunn er funnet"),
        ((("virksomhet", "input_factor", 9, 0, 0),), "Ingen virkninger for brukere eller samfunn er funnet"),
        (
            (
                ("ansatte", "user_effect", 1, 1, 0),
                ("samfunn", "societal_effect", 1, 0, 0),
                ("virksomhet", "input_factor", 9, 0, 0),
            ),
            "Flest virkninger er for ansatte: 2 av 3 utsagn",
        ),
        (
            (("ansatte", "user_effect", 1, 0, 0), ("samfunn", "societal_effect", 0, 0, 1)),
            "Flest virkninger er for ansatte og samfunnet: 1 av 2 utsagn hver",
        ),
    ],
)
def test_input_factors_never_decide_for_whom_most_effects_are(rows, nb) -> None:
    stated = claims(*rows)
    found = mart_of("beneficiary_claims", benefit_by_beneficiary=stated).to_dicts()
    headlines = counted(benefit_by_beneficiary=stated)
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
        (((-1, -1),), "Ingen av 1 vurdert virkning er til det bedre, og én er til det verre"),
        (((1, 2), (0, 0), (None, None)), "Én av 3 vurderte virkninger er til det bedre, og ingen er til det verre"),
        (((1, 2), (2, 2), (-2, -1)), "To av 3 vurderte virkninger er til det bedre, og én er til det verre"),
    ],
)
def test_effects_without_a_price_are_counted_and_never_summed(steps: Any, nb: str) -> None:
    rows = [
        {"edition_year": 2026, "non_priced_effect_id": f"e{number}", "low_step": low, "high_step": high}
        for number, (low, high) in enumerate(steps)
    ]
    found = counted(non_priced_assessments=frame(contract("non_priced_assessments"), rows))
    assert sentences.non_priced_heading(found, NB) == nb
