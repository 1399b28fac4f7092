"""What an evaluator hears without a form: an owner's closing statement, and evaluations that somebody plans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from gevinst.intake import read_core
from gevinst.intake.undo import undo
from gevinst.workbook.layout import CHOICE
from tests.pipeline.intake.test_append import content
from tests.pipeline.workbook.conftest import SOURCE, Filling, begin
from tests.pipeline.workbook.test_correct import taken

PROJECT = "2016-arkivtilsyn"
PLACE = {"source_id": SOURCE, "source_locator": "kapittel 3"}
PLANNED = {
    "name_nb": "Måling av ventetid",
    "name_en": "Measurement of waiting time",
    "planned_on": date(2028, 1, 1),
    "planned_precision": "år",
}


def test_a_closing_statement_and_planned_evaluations_of_a_project_and_of_the_scheme_are_entered_and_taken_back(
    opened: Callable[..., Filling], raw_dir: Path
) -> None:
    filling, before = begin(opened()), content(raw_dir)
    said = {"statement_nb": "Løsningen er lagt ned.", "statement_en": "The solution is closed down."}
    about = {"stated_by_code": "prosjekteier", "about_on": date(2027, 2, 1), "about_precision": "måned"}
    filling.put("closing_statements", 3, project_id=PROJECT, **said, **about, **PLACE)
    filling.put("planned_evaluations", 3, project_id=PROJECT, **PLANNED, **PLACE)
    filling.put("planned_evaluations", 4, **PLANNED | {"name_nb": "Evaluering av ordningen"}, **PLACE)
    counts = taken(filling, raw_dir)
    tables = read_core(raw_dir).tables
    assert counts["evaluations/2027/planned_evaluations.csv"] == 2
    (statement,) = tables["closing_statements"].rows(named=True)
    assert (statement["closing_statement_id"], statement["stated_by_code"]) == (f"{PROJECT}-sluttmelding-01", "owner")
    planned = tables["planned_evaluations"].sort("planned_evaluation_id")
    assert planned["project_id"].to_list() == [PROJECT, None]
    undo(raw_dir)
    assert content(raw_dir) == before


def test_an_evaluation_that_is_delivered_is_the_planned_one_with_its_document(
    opened: Callable[..., Filling], raw_dir: Path
) -> None:
    filling = begin(opened())
    filling.put("planned_evaluations", 3, project_id=PROJECT, **PLANNED, **PLACE)
    taken(filling, raw_dir)
    (row,) = read_core(raw_dir).tables["planned_evaluations"].rows(named=True)
    filling.put(
        "planned_evaluations",
        3,
        planned_evaluation_id=row["planned_evaluation_id"],
        delivered_source_id=SOURCE,
        **{CHOICE: "Rettet"},
    )
    assert taken(filling, raw_dir) == {"corrections.csv": 1}
    (row,) = read_core(raw_dir).tables["planned_evaluations"].rows(named=True)
    assert row["delivered_source_id"] == SOURCE
