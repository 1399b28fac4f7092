"""Pages for readers who prefer dark ones: every text and every mark is seen on both grounds, by measured contrast."""

from __future__ import annotations

import re

import pytest

from gevinst.site import bundle
from gevinst.site.figures import style
from gevinst.site.head import GROUNDS

TEXT, SHAPE = 4.5, 3.0
"""WCAG 2.2, 1.4.3 and 1.4.11."""
HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
PREFERS_DARK = re.compile(r"@media screen and \(prefers-color-scheme: ?dark\) ?\{")


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blocks(sheet: str) -> tuple[str, str]:
    """What holds for all readers, and what only for those who prefer dark pages."""
    light, dark, end = [], [], 0
    for found in PREFERS_DARK.finditer(sheet):
        light.append(sheet[end : found.start()])
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        dark.append(sheet[found.end() : end - 1])
    return "".join((*light, sheet[end:])), "".join(dark)


def variables(text: str) -> dict[str, str]:
    """The last value of each variable that is set on the root."""
    roots = re.findall(r":root ?\{([^}]*)\}", text)
    return dict(re.findall(r"--([\w-]+): ?([^;]+)", ";".join(roots)))


@pytest.fixture(scope="module", params=["light", "dark"])
def colours(request: pytest.FixtureRequest) -> dict[str, str]:
    """Every variable by name, as a reader of that setting gets it."""
    light, dark = blocks(bundle._stylesheet())
    found = variables(light) | (variables(dark) if request.param == "dark" else {})

    def value(name: str) -> str:
        text = found.get(name, "").strip()
        return value(text[6:-1]) if re.fullmatch(r"var\(--[\w-]+\)", text) else text

    return {name: short(value(name)) for name in found if HEX.fullmatch(value(name))}


def short(colour: str) -> str:
    """Three digits where they say the same as six."""
    low = colour.lower()
    return f"#{low[1]}{low[3]}{low[5]}" if low[1::2] == low[2::2] else low


def test_the_frame_of_the_browser_has_the_ground_of_the_page(colours: dict[str, str]) -> None:
    assert colours["ground"] in {short(ground) for ground in GROUNDS.values()}


@pytest.mark.parametrize("ground", ["ground", "tint"])
@pytest.mark.parametrize("text", ["ink", "ink-soft", "ink-blue", "blue"])
def test_text_is_read_on_every_ground(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= TEXT


@pytest.mark.parametrize(("text", "ground"), [("ink", "turned"), ("ink", "tag"), ("blank-ink", "blank-stripe")])
def test_text_on_what_is_lifted_out_is_read(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= TEXT


@pytest.mark.parametrize("name", [name for name in style.palette() if f"{name}-ink" in style.palette()])
def test_a_mark_has_the_same_fill_and_ink_for_all_readers_as_its_figure(colours: dict[str, str], name: str) -> None:
    palette = {key: short(colour) for key, colour in style.palette().items()}
    assert (colours[name], colours[f"{name}-ink"]) == (palette[name], palette[f"{name}-ink"])
    assert contrast(palette[name], palette[f"{name}-ink"]) >= TEXT


@pytest.mark.parametrize("name", ["unnamed", "cost"])
def test_the_legend_of_a_figure_shows_its_fill_in_the_dark_too(colours: dict[str, str], name: str) -> None:
    assert colours[name] == short(style.palette()[name])
    assert re.search(rf"\.mark-{name} ?\{{ ?background: ?var\(--{name}\)", bundle._stylesheet())


def test_the_outline_shows_where_dark_marks_end_on_a_dark_ground() -> None:
    _, dark = blocks(bundle._stylesheet())
    assert re.search(r"\.mark ?\{ ?box-shadow: ?inset 0 0 0 1px var\(--outline\)", dark)
    assert contrast(variables(dark)["outline"], variables(dark)["ground"]) >= SHAPE


def test_figures_keep_a_light_ground_and_paper_knows_no_dark() -> None:
    light, dark = blocks(bundle._stylesheet())
    assert re.search(r"\.figure ?\{[^}]*background: ?var\(--figure-paper\)", dark)
    assert "prefers-color-scheme" not in light


def test_no_page_has_a_ground_or_ink_that_only_suits_the_light() -> None:
    """White and the ink of pages are variables wherever they are a ground or a text of their own."""
    light, _ = blocks(bundle._stylesheet())
    own = light[light.index("--measure") :]
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", own)
    white = [selector.strip() for selector, body in rules if re.search(r"(?:background|fill): ?#fff\b", body)]
    # Rings of legends are drawn as they are in figures; print and forced colours have grounds of their own.
    rings = re.compile(r"\.(?:mark-(?:first|old|crosses|amount-other)|figure|lineage)")
    assert [selector for selector in white if not rings.search(selector)] == []
