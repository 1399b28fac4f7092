"""The files that pages share: nothing in a folder of styles or scripts is left out."""

from __future__ import annotations

import re
from pathlib import Path

from gevinst.site import bundle

SITE = Path(bundle.__file__).parent


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
    assert ours == {*bundle.own_css(), *bundle._OWN_JS, bundle._ASSUMPTIONS_JS}


def test_every_rule_of_a_page_reaches_the_one_style_sheet() -> None:
    written = bundle._stylesheet()
    for sheet in (SITE / "pages").glob("*/style.css"):
        rules = re.findall(r"^[^\s/@}].*\}$", sheet.read_text(encoding="utf-8"), re.MULTILINE)
        assert rules and [rule for rule in rules if rule not in written] == [], sheet
