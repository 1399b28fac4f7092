"""What was measured, as a paper shows it: ``python -m benchmarks.report`` draws the plots of docs/performance.md anew.

Belongs here: what each figure is held against, and the tables and plots of the newest results.
Does not belong here: measuring, and the files of results (`results.py`).
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import quoteattr

import plotly.graph_objects as go

from benchmarks import results
from benchmarks.marts.measure import COPY, DBT, GEVINST, PANDAS, POLARS
from benchmarks.processes import REPOSITORY
from benchmarks.results import Part
from gevinst.site.figures.render import draw, tidy
from gevinst.site.figures.style import FONT, GRID, STEPS

PICTURES = REPOSITORY / "docs" / "pictures"
_MAKERS = (COPY, GEVINST, DBT, POLARS, PANDAS)
_STAGES = ("copy_all", "gevinst_all", "checks", "disclosure", "edition")
_NOTHING = "–"
_ENDLESS = "did not end"

Parts = Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure and what it may be at most; null where it was not measured, endless where the program did not end."""

    what: str
    figure: float | None
    most: float
    unit: str

    @property
    def is_met(self) -> bool | None:
        """Null where nothing was measured."""
        return None if self.figure is None else self.figure <= self.most


def newest() -> tuple[str, dict[str, Any]]:
    """The name and the content of the newest file of results."""
    file = results.files()[-1]
    return file.stem, results.read(file)


def measured_on() -> str:
    """One sentence: when, on what, and with which versions."""
    name, content = newest()
    machine, versions = content["machine"], content["versions"]
    libraries = ", ".join(f"{library} {number}" for library, number in versions.items())
    return (
        f"Measured on {name}: {machine['cores']} cores ({machine['processor']}), {machine['memory_gib']:g} GiB, "
        f"{machine['system']}; {libraries}."
    )


def goals(parts: Parts) -> Iterator[Goal]:
    """Every goal, whether it was measured or not."""
    refresh = parts.get("refresh", {})
    yield Goal("A refresh of the committed portfolio", refresh.get("refresh_wall_s"), 17, "s")
    yield Goal("The same beside the same functions in a plain script", refresh.get("refresh_ratio"), 1.3, "×")
    yield Goal("`gevinst --help`, processor", refresh.get("help_cpu_s"), 0.3, "s")
    for projects, part in _by_size(parts, "marts"):
        of = f"Three results of {_number(projects)} projects"
        gevinst, peak = f"{GEVINST}_cpu_s", f"{GEVINST}_peak_mib"
        yield Goal(f"{of} beside the copy", _ratio(part, gevinst, f"{COPY}_cpu_s"), 5, "×")
        yield Goal(f"{of}, memory", part.get(peak), 4096, "MiB")
        for other in (DBT, POLARS):
            if f"{other}_ended" in part:  # there is nothing to be held against
                continue
            yield Goal(f"{of} beside {other}", _ratio(part, gevinst, f"{other}_cpu_s"), 1, "×")
        if f"{PANDAS}_cpu_s" in part:
            yield Goal(f"{of} beside pandas", _ratio(part, gevinst, f"{PANDAS}_cpu_s"), 0.5, "×")
            yield Goal(f"{of} beside pandas, memory", _ratio(part, peak, f"{PANDAS}_peak_mib"), 0.5, "×")
        yield Goal(f"{of}, differences between makers", float(not part["results_equal"]), 0, "")
    for projects, part in _by_size(parts, "growth"):
        of = f"of {_number(projects)} projects"
        beside_copy = _ratio(part, "gevinst_all_cpu_s", "copy_all_cpu_s")
        yield Goal(f"All marts {of} beside the copy", _or_endless(part, "gevinst_all", beside_copy), 10, "×")
        peak = _or_endless(part, "gevinst_all", part.get("gevinst_all_peak_mib"))
        yield Goal(f"All marts {of}, memory", peak, 4096, "MiB")
        peak = _or_endless(part, "checks", part.get("checks_peak_mib"))
        yield Goal(f"Checks of core tables {of}, memory", peak, 2048, "MiB")
    for (fewer, before), (projects, part) in pairwise(_by_size(parts, "growth")):
        for stage in _STAGES[1:]:
            cost = f"{stage}_cpu_s_per_1000_claims"
            if cost in part and cost in before:
                of = f"A claim in `{stage}`, {_number(projects)} projects beside {_number(fewer)}"
                yield Goal(of, part[cost] / before[cost], 1, "×")
    for projects, part in _by_size(parts, "site"):
        of = f"of {_number(projects)} projects"
        yield Goal(f"Pages {of}", part.get("site_build_s"), 300, "s")
        yield Goal(f"Pages {of} after one has changed", part.get("site_rebuild_s"), 20, "s")
        yield Goal(f"First load of the heaviest page {of}", part.get("first_load_kib"), 120, "KiB")


def goals_table(parts: Parts) -> str:
    """Each figure beside its goal."""
    words = {None: "not measured", True: "met", False: "**not met**"}
    rows = ((one.what, _in(one.figure, one.unit), _in(one.most, one.unit), words[one.is_met]) for one in goals(parts))
    return _table(("What", "Measured", "At most", "Goal"), rows)


def makers_table(parts: Parts) -> str:
    """The same three results by each maker, at each size: seconds, what that is beside the copy, and memory."""
    rows = [
        (_number(projects), maker, *_of_maker(part, maker))
        for projects, part in _by_size(parts, "marts")
        for maker in _MAKERS
        if f"{maker}_cpu_s" in part or f"{maker}_ended" in part
    ]
    return _table(("Projects", "Maker", "Processor", "Beside the copy", "Wall", "Memory"), rows)


def _of_maker(part: Part, maker: str) -> tuple[str, ...]:
    if f"{maker}_ended" in part:
        return _ENDLESS, _NOTHING, _NOTHING, _NOTHING
    return (
        _in(part[f"{maker}_cpu_s"], "s"),
        _in(_ratio(part, f"{maker}_cpu_s", f"{COPY}_cpu_s"), "×"),
        _in(part[f"{maker}_wall_s"], "s"),
        _in(part[f"{maker}_peak_mib"], "MiB"),
    )


def growth_table(parts: Parts) -> str:
    """Each stage of a run at each size: seconds, seconds for a thousand claims, and memory."""
    rows = [
        (stage, _number(projects), *_of_stage(part, stage))
        for stage in _STAGES
        for projects, part in _by_size(parts, "growth")
        if f"{stage}_cpu_s" in part or f"{stage}_ended" in part
    ]
    return _table(("Stage", "Projects", "Processor", "For a thousand claims", "Memory"), rows)


def _of_stage(part: Part, stage: str) -> tuple[str, ...]:
    if f"{stage}_ended" in part:
        return _ENDLESS, _NOTHING, _NOTHING
    return (
        _in(part[f"{stage}_cpu_s"], "s"),
        f"{part[f'{stage}_cpu_s_per_1000_claims']:.4f} s",
        _in(part[f"{stage}_peak_mib"], "MiB"),
    )


def site_table(parts: Parts) -> str:
    """The pages of a large portfolio."""
    named = {
        "site_documents": ("Documents", ""),
        "site_mb": ("On disk", "MB"),
        "site_build_s": ("Building", "s"),
        "site_rebuild_s": ("Building after one project has changed", "s"),
        "site_peak_mib": ("Memory", "MiB"),
        "first_load_kib": ("First load of the heaviest page", "KiB"),
    }
    rows = [
        (_number(projects), what, _in(part[name], unit))
        for projects, part in _by_size(parts, "site")
        for name, (what, unit) in named.items()
    ]
    return _table(("Projects", "What", "Measured"), rows)


def simulation_table(parts: Parts) -> str:
    """Ten thousand draws of many valued benefits."""
    part = parts.get("simulation", {})
    numbers = sorted({int(name.split("_")[1]) for name in part})
    rows = [
        (_number(number), *(_in(part[f"simulation_{number}_{name}"], unit) for name, unit in _UNITS))
        for number in numbers
    ]
    return _table(("Valued benefits", "Processor", "Wall", "Memory"), rows)


_UNITS = (("cpu_s", "s"), ("wall_s", "s"), ("peak_mib", "MiB"))


def plots(parts: Parts) -> dict[str, go.Figure]:
    """Each plot by the name of its file."""
    return {
        "performance_makers": _bars(
            "Processor time of three results, as multiples of copying their input",
            {
                maker: {
                    _number(projects): _ratio(part, f"{maker}_cpu_s", f"{COPY}_cpu_s")
                    for projects, part in _by_size(parts, "marts")
                }
                for maker in _MAKERS
            },
            "× copy",
        ),
        "performance_growth": _bars(
            "Processor time for a thousand claims, by stage",
            {
                stage: {
                    _number(projects): part.get(f"{stage}_cpu_s_per_1000_claims")
                    for projects, part in _by_size(parts, "growth")
                }
                for stage in _STAGES
            },
            "seconds",
        ),
    }


def main() -> int:
    """Draw every plot of the newest results."""
    found = plots(newest()[1]["parts"])
    specs = [figure.to_plotly_json() for figure in found.values()]
    for name, svg in zip(found, draw(specs), strict=True):
        text = tidy(svg, name).replace("<svg ", f"<svg style={quoteattr(f'font-family:{FONT}')} ", 1)
        (PICTURES / f"{name}.svg").write_text(text + "\n", encoding="utf-8")
        print(f"docs/pictures/{name}.svg")
    return 0


def _bars(title: str, series: Mapping[str, Mapping[str, float | None]], unit: str) -> go.Figure:
    """Bars beside each other for each size, with their figures above them."""
    look = {"plot_bgcolor": "white", "font": {"size": 13}, "width": 840, "height": 420}
    figure = go.Figure(layout={"title": title, **look})
    for (name, values), colour in zip(series.items(), STEPS[2:], strict=False):
        texts = [_short(value) for value in values.values()]
        figure.add_bar(
            name=name, x=[*values], y=[*values.values()], text=texts, textposition="outside", marker_color=colour
        )
    figure.update_yaxes(title=unit, rangemode="tozero", gridcolor=GRID)
    return figure.update_xaxes(title="projects", type="category")


def _by_size(parts: Parts, kind: str) -> list[tuple[int, Part]]:
    """The parts of a kind with their number of projects, the smallest first."""
    found = ((re.fullmatch(rf"{kind}-(\d+)", name), part) for name, part in parts.items())
    return sorted(((int(match[1]), part) for match, part in found if match), key=lambda one: one[0])


def _ratio(part: Part, over: str, under: str) -> float | None:
    return part[over] / part[under] if over in part and under in part else None


def _or_endless(part: Part, stage: str, figure: float | None) -> float | None:
    return math.inf if f"{stage}_ended" in part else figure


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\N{NO-BREAK SPACE}")


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _in(value: float | None, unit: str) -> str:
    if value is None:
        return _NOTHING
    if value == math.inf:
        return _ENDLESS
    text = _number(value) if value >= 100 or value == int(value) else f"{value:.4g}"
    return f"{text}\N{NO-BREAK SPACE}{unit}".strip()


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [*rows]
    if not lines:
        return "Not measured with these results."
    lines = [head, ["---", *("---:" if name not in ("What", "Maker", "Goal") else "---" for name in head[1:])], *lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
