"""The page about what goes together with use: raw data first, estimates only where they hold, and never a cause."""

from __future__ import annotations

import json
import re
from typing import Any

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import DRIVERS
from gevinst.language.texts import Catalogue
from gevinst.site.figures import Figure, forest, strip_plot, time_to_use
from gevinst.site.figures.levels import bands, fine_levels, outcome
from tests.data.driver_tables import DOWN, UNCLEAR, UP, association, curve, driver_table
from tests.data.marts import mart_of, row_of
from tests.data.page_reading import text_of
from tests.data.rendered import REAL, invented_tables, page_html, page_of, real_tables
from tests.data.small_edition import CODELISTS, SMALL_EDITION, frame, small_tables

NB = Catalogue("nb")
CODES = pl.read_csv(CODELISTS)
CAUSAL = {
    "nb": r"før(er|te|t) til|skyld(es|tes)|\bgir\b|på grunn av|\bfordi\b|forårsak|(bidra|resulter)\w* (til|i)\b"
    r"|takket være|virker inn|påvirk|\bavheng|effekten? av|utløs|medfør|årsaken til",
    "en": r"\bcaus(es|ed|ing)\b|\blead(s|ing)? to|\bled to|because|due to|\b(effect|impact)s? (of|on)"
    r"|result(s|ed|ing)? in|thanks to|contribut|trigger|\bdrives\b|influenc|depend(s|ed|ing)? on|the cause of|affect",
}
"""What would claim a cause. «Ikke årsak» and “not cause” say the opposite and are not among them."""


def spec(figure: Figure | None) -> dict[str, Any]:
    assert figure is not None
    return json.loads(figure.spec)


@pytest.mark.parametrize("driver", DRIVERS)
def test_every_value_of_a_driver_is_at_one_level_only(driver: str) -> None:
    values = (
        range(1, 6) if "complexity" in driver or "difficulty" in driver else range(0 if "months" in driver else 1, 40)
    )
    for levels in (fine_levels(driver, NB), bands(driver, NB)):
        assert [sum(level.holds(value) for level in levels) for value in values] == [1] * len(values)
        assert not any(level.holds(None) for level in levels)


def the_strips(*rows: dict[str, Any]) -> Figure:
    table = driver_table(*rows)
    named = [{"project_id": f"p{n}", "short_name_nb": f"Prosjekt {n}"} for n in range(table.height)]
    return strip_plot(
        table,
        frame(contract("projects"), named),
        CODES,
        NB,
        outcomes=mart_of("driver_outcomes", driver_table=table),
        counts=row_of("driver_headlines", driver_table=table),
        source="Kilde: oppdiktet.",
    )


def test_each_project_is_a_mark_by_level_and_outcome_before_any_estimate() -> None:
    rows = [
        {"actor_count": 1, "is_in_use": True, "current_status_code": "i_bruk", "current_step": 5},
        {"actor_count": 1},
        {"actor_count": 9},
        {"actor_count": None, "is_outcome_known": False, "current_status_code": "i_gang", "current_step": 0},
    ]
    figure = the_strips(*rows)
    _, marks = spec(figure)["data"]
    places = dict(
        zip(
            (hover.split("<br>")[0] for hover in marks["hovertext"]),
            zip(marks["x"], marks["y"], strict=True),
            strict=True,
        )
    )
    assert len(marks["x"]) == 4, "only the one driver that is known of any project has a panel"
    x, y = ({name: place[axis] for name, place in places.items()} for axis in (0, 1))
    assert x["Prosjekt 0"] == x["Prosjekt 1"] < x["Prosjekt 2"] < x["Prosjekt 3"]
    assert y["Prosjekt 0"] < y["Prosjekt 1"] == y["Prosjekt 2"] < y["Prosjekt 3"]
    assert [row.cells[2].text for row in figure.rows] == ["1", "9", "1", ".."] or len(figure.rows) == 4
    assert {row.cells[-1].text for row in figure.rows} == {"I bruk eller spredt", "Bruk ikke vist", "Utfall ukjent"}


def test_marks_of_a_full_cell_do_not_overlap() -> None:
    _, marks = spec(the_strips(*[{"actor_count": 2}] * 40))["data"]
    places = set(zip(marks["x"], marks["y"], strict=True))
    assert len(places) == 40
    assert len({y for _, y in places}) > 1


def test_a_rating_that_coders_disagree_on_is_no_level_and_its_range_is_in_the_table() -> None:
    figure = the_strips({"complexity_low": 2, "complexity_high": 4}, {"complexity": 3})
    by_key = {row.key: row.cells[1].text for row in figure.rows}
    assert by_key == {"p0": "2–4", "p1": "3"}


def test_a_project_nobody_has_assessed_is_not_counted_as_unused() -> None:
    assert outcome({"is_outcome_known": False, "is_in_use": False}) == "unknown"
    for row in real_tables()["driver_table"].filter(current_status_code="ikke_vurdert").iter_rows(named=True):
        assert outcome(row) == "unknown", row["project_id"]


def the_forest(**found: tuple[float, float, float] | str) -> Figure | None:
    return forest(association(**found), CODES, NB, source="Kilde: oppdiktet.")


def test_without_enough_projects_there_is_no_forest_plot() -> None:
    assert the_forest() is None
    assert the_forest(complexity="agreement_too_low", actor_count="too_few_outcomes") is None


def test_a_mark_is_open_when_its_interval_crosses_zero_and_filled_when_not() -> None:
    drawn = spec(the_forest(complexity=UNCLEAR, actor_count=DOWN, months_since_start=UP))["data"]
    fills = {x: trace["marker"]["color"] for trace in drawn if trace["mode"] == "markers" for x in trace["x"]}
    assert fills[0.1] != fills[0.5] == fills[-0.5]
    intervals = [trace["x"] for trace in drawn if trace["mode"] == "lines"]
    assert pytest.approx([x for x in intervals[0] if x is not None][-2:]) == [0.45, 0.55], "range with one left out"
    assert [-0.3, 0.4, None] in intervals


def test_a_driver_that_cannot_be_shown_says_why_in_its_row() -> None:
    figure = the_forest(complexity=UP, implementation_difficulty="agreement_too_low")
    assert figure is not None
    written = {row.key: row.cells[-1].text for row in figure.rows}
    assert written["complexity"] == "Intervallet krysser ikke null"
    assert written["implementation_difficulty"] == "koderne er for uenige"
    assert [row.cells[1].text for row in figure.rows] == ["+0,50", "..", "..", ".."]
    assert "vises ikke: koderne er for uenige" in figure.spec


def test_an_interval_without_value_is_unknown_and_never_counts_as_clear() -> None:
    perfect = association(complexity=UP).with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in ("rho_interval_low", "rho_interval_high")
    )
    figure = forest(perfect, CODES, NB, source="")
    assert figure is not None
    assert figure.rows[0].cells[2].text == ".."
    assert figure.heading.startswith("Intervallet krysser null")


def test_no_stars_and_no_p_values_reach_a_reader() -> None:
    figure = the_forest(complexity=UP, months_since_start=UP)
    assert figure is not None
    said = " ".join(
        (figure.alt, figure.caption, figure.spec, *(cell.text for row in figure.rows for cell in row.cells))
    )
    assert "*" not in said and not re.search(r"0[.,]0(12|49)|\bp ?[<=]", said)


def the_curve(*months: dict[str, Any]) -> Figure:
    followed = curve(*months)
    counts = row_of("driver_headlines", time_to_use=followed)
    return time_to_use(followed, counts, NB, source="", min_n=5)


def test_the_curve_is_stairs_that_end_where_too_few_are_followed() -> None:
    months = [
        {"at_risk_count": 8, "not_in_use_pct": 100.0},
        *[{"at_risk_count": 8, "not_in_use_pct": 75.0, "not_in_use_low_pct": 31.5, "not_in_use_high_pct": 93.1}] * 11,
        *[{"at_risk_count": 4, "not_in_use_pct": 50.0, "unheard_count": 3}] * 2,
    ]
    months[1] = {**months[1], "event_count": 2, "rough_count": 1}
    figure = the_curve(*months)
    low, high, stairs, heard, numbers = spec(figure)["data"]
    assert stairs["line"]["shape"] == "hv" and stairs["x"] == list(range(12))
    assert (low["x"], high["fill"]) == (list(range(1, 12)), "tonexty")
    assert numbers["text"] == ["8", "4", "0", "3"], (
        "followed, and silent, at each whole year, also where the curve has ended"
    )
    rows = {row.key: [cell.text for cell in row.cells] for row in figure.rows}
    assert list(rows) == ["0", "1", "12", "13"]
    assert rows["1"] == ["1", "8", "0", "2", "0", "0", "75\u00a0%", "32–93\u00a0%", "75\u00a0%", "..", "1"]
    assert rows["12"][6:10] == [".."] * 4
    assert (heard["line"]["dash"], heard["x"]) == ("dash", list(range(12)))


def test_the_dashed_stairs_end_where_too_few_are_heard_of_and_a_stop_has_a_row() -> None:
    first = {"at_risk_count": 8, "not_in_use_pct": 75.0, "heard_not_in_use_pct": 60.0}
    months = [{**first, "event_count": 2}, first, {**first, "left_count": 1, "unheard_count": 3}]
    figure = the_curve(*months, {**first, "unheard_count": 4}, {**first, "unheard_count": 8})
    _, _, stairs, heard, _ = spec(figure)["data"]
    assert (stairs["x"], heard["x"], set(heard["y"])) == ([0, 1, 2, 3, 4], [0, 1, 2], {60.0})
    rows = {row.key: [cell.text for cell in row.cells] for row in figure.rows}
    assert list(rows) == ["0", "2", "4"]
    assert rows["2"][4] == "1" and rows["2"][8] == "60\u00a0%"
    assert rows["4"][6:9] == ["75\u00a0%", "..", ".."]
    assert "1 stanset eller videreført" in figure.caption


def test_nobody_followed_makes_an_empty_figure() -> None:
    figure = the_curve()
    assert figure.rows == () and figure.caption.startswith("Anslått andel som")


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("data", ["real", "invented", "small"])
def test_no_word_on_the_page_tells_of_a_cause(data: str, language: str) -> None:
    tables = {"real": real_tables, "invented": invented_tables, "small": small_tables}[data]()
    page = page_of("drivers", tables, language, REAL if data == "real" else SMALL_EDITION)
    # What others have found is told as their sources put it, under their names.
    for part in page.select("header nav, .footer-menu, style, section[aria-labelledby=funnet-av-andre]"):
        part.decompose()
    spoken = " ".join(str(tag[name]) for name in ("aria-label", "content") for tag in page.select(f"[{name}]"))
    drawn = " ".join(str(script.string) for script in page.select("script[type='application/json']"))
    shown = f"{text_of(page)} {spoken} {drawn}"
    assert len(shown) > 3000
    assert [found[0] for found in re.finditer(CAUSAL[language], shown, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Kompleksitet fører til lavere trinn"),
        ("nb", "Det skyldes kompleksitet"),
        ("nb", "Tid gir bruk"),
        ("en", "Complexity leads to a lower step"),
        ("en", "That is due to complexity"),
        ("en", "The effect of time"),
    ],
)
def test_the_list_of_causal_words_knows_a_cause_when_it_sees_one(language: str, sentence: str) -> None:
    assert re.search(CAUSAL[language], sentence, re.IGNORECASE)


def test_where_too_little_is_known_the_page_shows_raw_data_and_says_why() -> None:
    page = page_of("drivers", small_tables())
    assert page.select_one("#strips") is not None and page.select_one("#forest") is None
    why = text_of(page.select_one("#ikke-vist"))
    assert "For få prosjekter" in why
    assert "minst 20 prosjekter" in text_of(page.select_one("#samvariasjon"))
    assert text_of(page.select_one(".lead")).endswith("Tallene viser samvariasjon, ikke årsak.")


def test_raw_data_are_before_the_estimates_and_time_after() -> None:
    html = page_html("drivers", invented_tables())
    places = [html.index(f'id="{name}"') for name in ("strips", "nivaer", "forest", "time-to-use", "andre-kjennetegn")]
    assert places == sorted(places)


def test_the_counts_by_level_add_up_to_all_projects_and_shares_need_five() -> None:
    tables = invented_tables()
    rows = [
        [text_of(cell) for cell in row.select("th, td")]
        for row in page_of("drivers", tables).select("#nivaer tbody tr")
    ]
    total: dict[str, int] = {}
    for name, _, in_use, partly, unused, unknown, everyone, share in rows:
        assert int(in_use) + int(partly) + int(unused) + int(unknown) == int(everyone)
        assert (share == "for få") is (int(in_use) + int(partly) + int(unused) < 5)
        total[name] = total.get(name, 0) + int(everyone)
    assert set(total.values()) == {24} and len(total) == 4


def test_answers_few_have_given_are_hidden_on_the_page_and_said_to_be() -> None:
    tables = dict(invented_tables())
    tables["additionality"] = tables["additionality"].with_columns(
        pl.lit(None, pl.Int64).alias("strict_count"), pl.lit(None, pl.Float64).alias("strict_pct")
    )
    page = page_of("drivers", tables)
    strict, broad, *_ = page.select("#addisjonalitet tbody tr")
    assert [text_of(cell) for cell in strict.select("td")] == [": skjult av hensyn til personvern"] * 2
    assert [text_of(cell) for cell in broad.select("td")] == ["18", "86 %"]


def test_the_reading_help_gives_the_limits_that_the_method_uses() -> None:
    limits = text_of(page_of("drivers", invented_tables()).select_one(".limits"))
    assert "0,667" in limits and "0,800" in limits
    assert "Holder til å rangere" in text_of(page_of("drivers", invented_tables()).select_one("#samsvar"))


@pytest.mark.parametrize("data", ["invented", "small"])
def test_every_block_has_number_source_rule_table_and_downloads(data: str) -> None:
    tables = {"invented": invented_tables, "small": small_tables}[data]()
    blocks = page_of("drivers", tables).select("section.block:has(table)")
    assert len(blocks) >= 5
    for block in blocks:
        assert text_of(block.select_one(".source-line")).startswith("Kilde:")
        assert "Én rad per" in text_of(block.select_one("details.how"))
        assert block.select_one("button[data-csv-of]") is not None
    assert len([block for block in blocks if "n\u00a0=" in text_of(block) or "n =" in text_of(block)]) >= 3


def test_the_page_begins_with_what_others_have_found_each_with_its_source(tables) -> None:
    page = page_of("drivers", real_tables())
    stated = real_tables()["portfolio_findings"].filter(pl.col("finding_kind_code") == "driver")
    entries = page.select("section[aria-labelledby=funnet-av-andre] li")
    assert stated.height >= 4
    assert sorted(text_of(entry).rsplit(" ", 1)[0][:20] for entry in entries) == sorted(
        statement[:20] for statement in stated["statement_nb"]
    )
    assert all("kilder/index.html#" in str(entry.a["href"]) for entry in entries)


def test_the_page_is_in_the_menu_only_while_something_is_estimated() -> None:
    def link(page: BeautifulSoup, place: str) -> bool:
        return any("pavirkning" in str(one["href"]) for one in page.select(f"{place} a"))

    without, estimated = page_of("glossary", real_tables()), page_of("glossary", invented_tables())
    assert (link(without, ".menu"), link(without, ".footer-menu")) == (False, True)
    assert (link(estimated, ".menu"), link(estimated, ".footer-menu")) == (True, False)
