"""What is said of measurements: which figures have grown, and whether two makers made the same."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from benchmarks import compare, report, results, stages
from benchmarks.marts import COMPARED, measure
from benchmarks.marts.equal import differences
from benchmarks.marts.makers import MAKERS, gevinst, pandas, polars
from benchmarks.processes import Cost, Killed, cost, python
from benchmarks.results import slower
from gevinst.contracts import contract
from gevinst.contracts.schema import polars_schema
from gevinst.illustrative import write_as_parquet

VALUES = {pl.String: "a", pl.Int64: 1, pl.Float64: 0.1, pl.Boolean: True, pl.Date: date(2020, 1, 1)}


def made(folder: Path, **changed: object) -> Path:
    """A folder with one row of each result, with other values in columns of what was planned and measured."""
    folder.mkdir()
    for name in COMPARED:
        schema = polars_schema(contract(name))
        row = {column: VALUES[type(kind) if not isinstance(kind, type) else kind] for column, kind in schema.items()}
        row |= changed if name == "planned_realised" else {}
        pl.DataFrame([row], schema=schema).write_parquet(folder / f"{name}.parquet")
    return folder


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [
        ({}, True),
        ({"realisation_rate": 0.1 + 1e-12}, True),
        ({"realisation_rate": 0.1001}, False),
        ({"realisation_rate": None}, False),
        ({"unit_code": "b"}, False),
        ({"unit_code": None}, False),
        ({"benefit_plan_id": "b"}, False),
        ({"benefit_measurement_id": None}, False),
    ],
)
def test_makers_agree_when_every_row_says_the_same_to_nine_digits(tmp_path: Path, changed, is_same) -> None:
    found = differences(made(tmp_path / "one"), made(tmp_path / "other", **changed))
    assert [one.result for one in found if not one.is_none] == ([] if is_same else ["planned_realised"])


def test_a_row_without_a_measurement_is_the_same_as_another_without(tmp_path: Path) -> None:
    folders = [made(tmp_path / name, benefit_measurement_id=None) for name in ("one", "other")]
    assert all(one.is_none for one in differences(*folders))


@pytest.mark.slow
def test_all_that_is_measured_against_makes_the_same_results(tmp_path: Path) -> None:
    write_as_parquet(tmp_path / "core", 96, 2_000, 7, lambda written, said: None)
    for maker in (gevinst, polars, pandas):
        (tmp_path / maker.__name__).mkdir()
        maker(tmp_path / "core", tmp_path / maker.__name__)
        assert maker.__name__ in MAKERS
    for other in (polars, pandas):
        found = differences(tmp_path / "gevinst", tmp_path / other.__name__)
        assert [one for one in found if not one.is_none or not one.rows] == []


def test_a_figure_that_is_a_fifth_higher_is_told_and_noise_is_not() -> None:
    before = {"a_cpu_s": 10.0, "b_cpu_s": 10.0, "short_cpu_s": 0.01, "x_ratio": 0.1, "is_equal": True}
    now = {"a_cpu_s": 12.0, "b_cpu_s": 11.9, "short_cpu_s": 0.2, "x_ratio": 0.12, "is_equal": True, "new": 9.0}
    assert [one.figure for one in slower({"marts": before}, {"marts": now})] == ["a_cpu_s", "x_ratio"]


def test_the_comparison_fails_for_what_is_slower_and_names_it(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    assert compare.main([]) == 2
    results.kept("2026-01-01", {"marts": {"copy_cpu_s": 1.0}, "refresh": {"plain_cpu_s": 1.0}})
    results.kept("2026-01-02", {"marts": {"copy_cpu_s": 1.0}})
    assert compare.main([]) == 0
    results.kept("2026-01-02", {"refresh": {"plain_cpu_s": 2.5}})
    capsys.readouterr()
    assert compare.main(["2026-01-01", "2026-01-02"]) == 1
    assert "refresh: plain_cpu_s 1 -> 2.5, 2.50 times" in capsys.readouterr().out
    assert compare.main(["2026-01-01", "2025"]) == 2


def test_what_a_process_took_is_its_own_and_a_failure_is_told_in_its_words() -> None:
    took = cost(python("timeit", "-n1", "-r1", "bytearray(200_000_000)"))
    assert took.peak_mib > 190 and took.wall_s > 0 and took.cpu_s > 0
    assert cost(python("timeit", "-n1", "-r1", "pass")).peak_mib < 100, "and not that of the one before"
    with pytest.raises(SystemExit, match="no_such_module") as failed:
        cost(python("no_such_module"))
    assert not isinstance(failed.value, Killed)


def test_only_what_was_killed_is_left_out_of_a_comparison_and_no_maker_that_is_wrong(tmp_path, monkeypatch) -> None:
    def turns(failing: BaseException) -> dict[str, list[Cost]]:
        def took(command: list[str], environment: object) -> Cost:
            if "polars" in command:
                raise failing
            return Cost(1.0, 1.0, 1.0)

        monkeypatch.setattr(measure, "cost", took)
        return measure._in_turn(["copy", "gevinst", "polars"], tmp_path, 2, tmp_path, lambda line: None)

    for starved in ("kill -9 $$", "echo 'Out of Memory Error: failed to pin block'; exit 1"):
        with pytest.raises(Killed):
            cost(["bash", "-c", starved])
    assert {maker: len(costs) for maker, costs in turns(Killed("")).items()} == {"copy": 2, "gevinst": 2}
    with pytest.raises(SystemExit):
        turns(SystemExit("wrong SQL"))


def test_a_stage_that_was_killed_is_told_beside_those_that_ended_and_misses_its_goals(tmp_path, monkeypatch) -> None:
    def took(command: list[str]) -> Cost:
        if "gevinst_all" in command:
            raise Killed("ended with 247")
        return Cost(1.0, 1.0, 1.0)

    monkeypatch.setattr(stages, "cost", took)
    parts = {"growth-1000000": stages.growth(tmp_path / "core", 1_000_000, 20_000_000, tmp_path, lambda line: None)}
    rows = report.growth_table(parts).splitlines()
    assert [row for row in rows if "gevinst_all" in row] == [
        "| gevinst_all | 1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000 | did not end | – | – |"
    ]
    assert len([row for row in rows if "checks" in row or "copy_all" in row]) == 2
    missed = [one.what for one in report.goals(parts) if one.is_met is False]
    assert len(missed) == 2 and all(what.startswith("All marts") for what in missed)


def marts(gevinst_cpu_s: float, *, is_equal: bool = True) -> dict[str, float]:
    """Results of a size at which copying took one second."""
    costs = {f"{maker}_{what}": 1.0 for maker in ("copy", "dbt", "polars") for what in ("cpu_s", "wall_s", "peak_mib")}
    own = {"gevinst_cpu_s": gevinst_cpu_s, "gevinst_wall_s": 1.0, "gevinst_peak_mib": 4096.0}
    return costs | own | {"projects": 10, "results_equal": is_equal}


def test_a_goal_is_met_by_what_it_names_and_missed_by_anything_above_it() -> None:
    def met(part: dict[str, float]) -> dict[str, bool | None]:
        return {one.what.partition("projects ")[2]: one.is_met for one in report.goals({"marts-10": part})}

    assert met(marts(5.0))["beside the copy"] is True
    assert met(marts(5.01))["beside the copy"] is False
    assert met(marts(1.0))["beside dbt"] is True and met(marts(1.01))["beside polars"] is False
    differs = [one for one in report.goals({"marts-10": marts(1.0, is_equal=False)}) if "differences" in one.what]
    assert [one.is_met for one in differs] == [False]


def test_a_goal_that_nothing_was_measured_for_is_told_as_such() -> None:
    row = "| A refresh of the committed portfolio | – | 17\N{NO-BREAK SPACE}s | not measured |"
    assert row in report.goals_table({})


def test_sizes_stand_in_their_order_with_what_each_maker_took_beside_the_copy() -> None:
    table = report.makers_table({"marts-100000": marts(3.0), "marts-9000": marts(2.5)})
    rows = [line.replace("\N{NO-BREAK SPACE}", " ") for line in table.splitlines() if "| gevinst |" in line]
    assert rows == [
        "| 9 000 | gevinst | 2.5 s | 2.5 × | 1 s | 4 096 MiB |",
        "| 100 000 | gevinst | 3 s | 3 × | 1 s | 4 096 MiB |",
    ]


def test_the_plots_of_the_paper_show_the_newest_results() -> None:
    for name, figure in report.plots(report.newest()[1]["parts"]).items():
        drawn = (report.PICTURES / f"{name}.svg").read_text(encoding="utf-8")
        labels = {text for bars in figure.data for text in bars.text if text}
        assert labels and [text for text in labels if f">{text}<" not in drawn] == [], "run make bench-report"
