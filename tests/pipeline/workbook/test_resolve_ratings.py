"""Agreement between coders, and the decisions that settle what they disagree on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from gevinst.cli import main
from gevinst.contracts import CORRECTIONS
from gevinst.intake import read_core
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.workbook.check import check_files
from gevinst.workbook.import_rows import import_rows
from tests.pipeline.workbook.conftest import RAW, SOURCE, YEAR, Filling, begin, rate

Opened = Callable[..., Filling]


@pytest.fixture
def raw_dir(tmp_path: Path, opened: Opened) -> Path:
    """The raw files with the ratings of two coders, who differ on the second of three."""
    raw = Path(shutil.copytree(RAW, tmp_path / "data" / "raw"))
    filled = [rate(begin(opened("koder_1")), 3, 4, 2), rate(begin(opened("koder_2")), 3, 2, 2)]
    for filling in filled:
        for row in (3, 4, 5):
            texts = {
                "reason_nb": f"Grunnen til {filling.path.stem} på rad {row}.",
                "reason_en": f"{filling.path.stem}, row {row}.",
            }
            filling.put("driver_ratings", row, **texts)
    paths = [filling.save() for filling in filled]
    checked = check_files(paths, raw, YEAR, None)
    assert checked.faults == []
    import_rows(checked.rows, raw, YEAR)
    return raw


@pytest.mark.slow
def test_a_disagreement_is_listed_settled_in_a_workbook_and_used_while_it_stays_visible(
    raw_dir: Path, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "avgjor.xlsx"
    command = ["agreement", "--year", str(YEAR), "--raw-dir", str(raw_dir)]
    assert main([*command, "--settle", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "Uenighet om ett prosjekt og én driver, 1 ikke avgjort" in printed
    assert "Arealbruk i staten [2016-arealbruk], krevende innføring" in printed
    assert "koder 1: 4 (koder_1.xlsx, Vurderinger av drivere!C4)" in printed
    assert "Cohens kappa" in printed and "Krippendorffs alfa" in printed

    filling = Filling(openpyxl.load_workbook(out), out)
    place = filling.column("rating_decisions", "_koder_2")
    assert filling.sheet("rating_decisions").cell(3, place).value == 2
    shown = [name for cell in filling.sheet("rating_decisions")[1] if (name := str(cell.value)).startswith("_koder")]
    assert shown == [f"_koder_{n}{what}" for what in ("", "_reason", "_cell") for n in (1, 2)], "side by side"
    reasons = [filling.cell("rating_decisions", 3, f"_koder_{n}_reason").value for n in (1, 2)]
    assert reasons == ["Grunnen til koder_1 på rad 4.", "Grunnen til koder_2 på rad 4."]
    assert filling.cell("rating_decisions", 3, "_koder_2_cell").value == "koder_2.xlsx, Vurderinger av drivere!C4"
    filling.put(
        "rating_decisions",
        3,
        settled_rating=5,
        decided_by_code="Kari Nordmann",
        decided_on="1.4.2027",
        decided_precision="dag",
        reason_nb="Lest på nytt.",
        reason_en="Read again.",
        source_id=SOURCE,
        source_locator="vedlegg 2",
    )
    importing = ["import", str(filling.save()), "--year", str(YEAR), "--raw-dir", str(raw_dir)]
    assert main(importing) == 1, "who decided is a role, never a name"
    assert "«koderne i fellesskap»" in capsys.readouterr().out
    filling.put("rating_decisions", 3, decided_by_code="koderne i fellesskap")
    # Nobody can decide on the strength of a document before it is read.
    filling.put("rating_decisions", 3, decided_on=date(2027, 3, 2))
    filling.save()
    assert main(importing) == 0
    assert main(importing) == 0
    assert "Ingenting nytt" in capsys.readouterr().out

    core = read_core(raw_dir)
    assert core.tables["rating_decisions"].height == 1
    assert core.tables["driver_ratings"].height == 6, "the ratings stay as they were given"
    marts = compute_marts({**core.tables, CORRECTIONS.name: core.corrections}, Rules(2026, 2027), is_illustrative=False)
    row = marts["driver_table"].row(
        by_predicate=(pl.col("edition_year") == 2027) & (pl.col("project_id") == "2016-arealbruk"), named=True
    )
    names = ("implementation_difficulty", "implementation_difficulty_low", "implementation_difficulty_high")
    assert [row[name] for name in names] == [5, 2, 4]
    assert main([*command, "--language", "en"]) == 0
    assert "settled 2\u00a0March 2027: 5, by the coders together. Read again." in capsys.readouterr().out
    main([*command, "--settle", str(tmp_path / "again.xlsx")])
    printed = capsys.readouterr()
    assert "ingen uenighet å avgjøre" in printed.out + printed.err
    assert not (tmp_path / "again.xlsx").exists()


def test_a_decision_where_nobody_disagrees_is_refused(raw_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "avgjor.xlsx"
    main(["agreement", "--year", str(YEAR), "--raw-dir", str(raw_dir), "--settle", str(out)])
    filling = Filling(openpyxl.load_workbook(out), out)
    filling.put(
        "rating_decisions",
        3,
        rated_driver_code="kompleksitet",
        settled_rating=5,
        decided_on=date(2027, 3, 2),
        decided_by_code="faglig leder",
        decided_precision="dag",
        reason_nb="Lest på nytt.",
        reason_en="Read again.",
        source_id=SOURCE,
        source_locator="vedlegg 2",
    )
    (found,) = check_files([filling.save()], raw_dir, YEAR, None).faults
    assert (found.place, found.rule) == ("Avgjorte vurderinger!D3", "content")


def test_a_year_without_ratings_says_so(capsys) -> None:
    assert main(["agreement", "--year", "2019", "--raw-dir", str(RAW), "--language", "en"]) == 0
    assert capsys.readouterr().out == "No drivers were rated in 2019.\n"
