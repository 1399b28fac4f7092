"""What both measurements of pages share: which documents to open, and with which browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from gevinst.site.pages import PAGES

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def documents(site: Path, language: str) -> list[tuple[str, str]]:
    """The name and path of one document per kind of page: its own, or the heaviest of several."""
    own = {page.name: page.path(language).removeprefix("/") for page in PAGES}
    found = []
    for name, path in own.items():
        several = [
            child
            for child in (site / path).parent.glob("*/index.html")
            if child.relative_to(site).as_posix() not in own.values()
        ]
        chosen = [site / path] if (site / path).exists() else several
        if not chosen:
            continue  # the site was built without this page
        heaviest = max(chosen, key=lambda file: file.stat().st_size)
        found.append((name, heaviest.relative_to(site).as_posix()))
    return found


def chromium() -> str:
    """Path of the system's Chromium, or of the one that BROWSER_PATH names; raises `SystemExit` without one."""
    for candidate in (os.environ.get("BROWSER_PATH"), *map(shutil.which, CHROMIUM_NAMES)):
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    raise SystemExit("Measuring pages needs Chromium: install one, or name it in BROWSER_PATH.")
