"""The page for other schemes followed to the letter, in both languages, with the register that it speaks of."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.data.readability import lix
from tests.data.workspaces import REPOSITORY

PAGE = (REPOSITORY / "docs/another-scheme.md").read_text(encoding="utf-8")
NORWEGIAN, ENGLISH = PAGE.split("\n## English\n")
REGISTER = REPOSITORY / "tests/data/schemes/prosjektskjonn_2020.xlsx"


def commands(part: str) -> list[str]:
    return [line for block in re.findall(r"```sh\n(.*?)```", part, re.DOTALL) for line in block.splitlines()]


def followed(lines: list[str], place: Path) -> str:
    """What the commands say, typed one after another where the register is; fails when one does."""
    shutil.copyfile(REGISTER, place / REGISTER.name)
    door = place / "gevinst"
    door.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gevinst.cli "$@"\n', encoding="utf-8")
    door.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GEVINST_", "DAGSTER_"))}
    path = os.pathsep.join((str(place), kept.get("PATH", os.defpath)))
    done = subprocess.run(
        ["sh", "-e", "-c", "\n".join(lines)],
        cwd=place,
        env=kept | {"PYTHONPATH": str(REPOSITORY), "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_both_languages_give_the_same_commands() -> None:
    def bare(line: str) -> str:
        return re.sub(r" --language (?:nb|en)|mapping\.toml|kobling\.toml", "", line)

    assert [bare(line) for line in commands(NORWEGIAN)] == [bare(line) for line in commands(ENGLISH)]
    assert len(commands(NORWEGIAN)) == 6


@pytest.mark.parametrize("part", [NORWEGIAN, ENGLISH], ids=["nb", "en"])
def test_each_language_is_easy_to_read(part: str) -> None:
    assert lix(re.sub(r"```.*?```|`[^`]*`|\[[^\]]*\]\([^)]*\)", " ", part, flags=re.DOTALL)) <= 45


def test_the_english_page_leads_to_what_would_be_entered(tmp_path: Path) -> None:
    said = followed(commands(ENGLISH)[:4], tmp_path)
    assert "Projects: 8 new" in said and "Nothing was entered, for this is a check" in said


@pytest.mark.slow
def test_the_norwegian_page_leads_from_the_register_to_a_published_edition(tmp_path: Path) -> None:
    said = followed(commands(NORWEGIAN), tmp_path)
    assert "Prosjekter: 8 nye" in said and "Publisering av" in said
    page = (tmp_path / "prosjektskjonn/data/marts/current/site/nb/index.html").read_text(encoding="utf-8")
    text = " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())
    assert "9,5 millioner kroner er tildelt de åtte prosjektene der støtten er kjent" in text
