"""The files that pages share: nothing in a folder of styles or scripts is left out, and a colour stands once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gevinst.site import bundle
from gevinst.site.figures import style

SITE = Path(bundle.__file__).parent
COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b|\b(?:rgba?|hsla?)\(\s*[\d\"']", re.IGNORECASE)
QUIET = "--ink-soft: #4a4d51;"
"""The quiet text of pages has the grey of a stopped project by chance: either may change without the other."""


def sources(*patterns: str) -> list[Path]:
    """Files of ours below the site, without packages of others."""
    found = [path for pattern in patterns for path in SITE.rglob(pattern) if "node_modules" not in path.parts]
    assert found
    return found


def test_the_style_sheet_of_a_new_page_is_found_and_comes_after_those_that_pages_build_on(tmp_path: Path) -> None:
    for page in ("zebra", "project", "appendix"):
        (tmp_path / page).mkdir()
        (tmp_path / page / "style.css").touch()
    (tmp_path / "plain").mkdir()
    sheets = bundle.own_css(tmp_path)
    assert sheets[4:-1] == ("pages/project/style.css", "pages/appendix/style.css", "pages/zebra/style.css")
    assert {sheet.rpartition("/")[0] for sheet in (*sheets[:4], sheets[-1])} == {"assets/css"}
    assert sheets[-1].endswith("print.css"), "paper overrides every page"


def test_no_style_sheet_and_no_script_of_ours_is_left_out() -> None:
    folders = (SITE / "assets", SITE / "pages")
    ours = {path.relative_to(SITE).as_posix() for folder in folders for path in folder.rglob("*.[cj]s*")}
    assert {Path(path).suffix for path in ours} == {".css", ".js"}
    assert ours == {*bundle.own_css(), *bundle._OWN_JS, *(f"pages/{script}" for script in bundle.page_scripts())}


def test_every_rule_of_a_page_reaches_the_one_style_sheet() -> None:
    written = bundle._stylesheet()
    for sheet in (SITE / "pages").glob("*/style.css"):
        rules = re.findall(r"^[^\s/@}].*\}$", sheet.read_text(encoding="utf-8"), re.MULTILINE)
        assert rules and [rule for rule in rules if rule not in written] == [], sheet


def test_no_script_and_no_report_has_a_colour_of_its_own() -> None:
    found = {path.name: COLOUR.findall(path.read_text(encoding="utf-8")) for path in sources("*.js", "*.typ")}
    assert {name: colours for name, colours in found.items() if colours} == {}


def attributes_read(script: str) -> set[str]:
    """Names of `data-` attributes that a script reads: selectors, `dataset.name` and `'name' in dataset`."""
    camel = re.findall(r"dataset\.(\w+)(?!\w*\s*=[^=])", script) + re.findall(r"'(\w+)' in [\w.]*dataset", script)
    return {re.sub("[A-Z]", lambda one: f"-{one[0].lower()}", name) for name in camel} | set(
        re.findall(r"\[data-([\w-]+)", script)
    )


def test_every_attribute_that_a_script_reads_is_written_by_a_page_or_a_script() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in sources("*.js")]
    written = {
        name
        for path in sources("*.html", "*.py")
        for name in re.findall(r"data-([a-z][\w-]*)", path.read_text(encoding="utf-8"))
    }
    set_by_scripts = {
        re.sub("[A-Z]", lambda one: f"-{one[0].lower()}", name)
        for script in scripts
        for name in re.findall(r"dataset\.(\w+)\s*=[^=]", script)
    }
    read = set[str]().union(*map(attributes_read, scripts))
    assert {"apart", "folds-on-phone", "rows"} <= read, "all three ways of reading are seen"
    assert sorted(read - written - set_by_scripts) == []


@pytest.mark.parametrize("planted", ["color: '#4a4d51'", "'#fff'", 'rgb("#24272B")', "rgb(36, 39, 43)"])
def test_a_planted_colour_is_found(planted: str) -> None:
    assert COLOUR.search(planted)


def test_no_style_sheet_and_no_module_repeats_a_colour_of_the_palette() -> None:
    palette = {colour.lower() for colour in style.palette().values()} - {style.PAPER.lower()}
    place = Path(style.__file__)
    found = {
        path.name: palette.intersection(COLOUR.findall(path.read_text(encoding="utf-8").replace(QUIET, "").lower()))
        for path in sources("*.css", "*.html", "*.py")
        if path != place
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_every_colour_that_a_script_or_a_style_sheet_asks_for_is_there() -> None:
    written = bundle._stylesheet()
    asked = {
        f"--figure-{name}" for path in sources("*.js") for name in re.findall(r"colour\('(\w+)'\)", path.read_text())
    }
    assert asked
    asked |= {name for path in sources("*.css") for name in re.findall(r"var\((--[\w-]+)", path.read_text())}
    assert sorted(name for name in asked if f"{name}:" not in written.replace(": ", ":")) == []
