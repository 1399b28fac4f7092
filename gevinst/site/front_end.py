"""The front-end packages: where they lie, and which of their files an edition is made of.

In a checkout the Makefile installs them beside this module; a wheel carries the files named here and no others, so that
whoever installs it needs no npm. ``scripts/wheel_contents.py`` reads this file by its path, where nothing of Gevinst
can be imported: it imports the standard library alone.

Belongs here: names and places of these files, and which are missing.
Does not belong here: what is made of them (`gevinst.site.bundle`, `gevinst.site.report`).
"""

from __future__ import annotations

from pathlib import Path

PACKAGES = Path(__file__).parent / "frontend" / "node_modules"
DESIGN_SYSTEM = "@digdir/designsystemet-css"
FONT = "@fontsource-variable/inter"
REPORT_FONT = "@expo-google-fonts/inter"
PLOTLY = "plotly.js-cartesian-dist-min"
SQL = "sql.js"
MINISEARCH = "minisearch"
USED = (DESIGN_SYSTEM, FONT, REPORT_FONT, PLOTLY, SQL, MINISEARCH)

# Parts of the design system that the pages use, each with the cascade layer that the package gives it.
LAYERS = {
    "ds.base": ("base", "label", "paragraph"),
    "ds.components": ("link", "alert", "button", "input", "field", "details", "table", "skip-link"),
}
FONT_SUBSETS = ("latin", "latin-ext")
REPORT_WEIGHTS = ("400Regular", "600SemiBold", "700Bold")

THEME = f"{DESIGN_SYSTEM}/dist/theme/designsystemet.css"
FONT_RULES = f"{FONT}/index.css"
PLOTLY_SCRIPT = f"{PLOTLY}/plotly-cartesian.min.js"
SQL_SCRIPT, SQL_WASM = f"{SQL}/dist/sql-wasm.js", f"{SQL}/dist/sql-wasm.wasm"
MINISEARCH_SCRIPT = f"{MINISEARCH}/dist/umd/index.js"
LICENCES = {
    DESIGN_SYSTEM: f"{DESIGN_SYSTEM}/LICENSE",
    FONT: f"{FONT}/LICENSE",
    PLOTLY: f"{PLOTLY}/LICENSE",
    SQL: f"{SQL}/LICENSE",
    MINISEARCH: f"{MINISEARCH}/LICENSE.txt",
}
"""Licences of what a site carries; of the report's font, an edition has only the letters in its PDF files."""


def component(name: str) -> str:
    """The style sheet of one part of the design system."""
    return f"{DESIGN_SYSTEM}/dist/src/{name}.css"


def subset(name: str) -> str:
    """The font of the pages, for the letters of one subset."""
    return f"{FONT}/files/inter-{name}-wght-normal.woff2"


def report_font(weight: str) -> str:
    """The font of the report, in one weight."""
    return f"{REPORT_FONT}/{weight}/Inter_{weight}.ttf"


def used_files() -> tuple[str, ...]:
    """Every file that is read, and the licence of each package, by their place below `PACKAGES`."""
    return (
        *(THEME, FONT_RULES, PLOTLY_SCRIPT, SQL_SCRIPT, SQL_WASM, MINISEARCH_SCRIPT),
        *(component(name) for names in LAYERS.values() for name in names),
        *map(subset, FONT_SUBSETS),
        *map(report_font, REPORT_WEIGHTS),
        *LICENCES.values(),
        *(f"{REPORT_FONT}/{name}" for name in ("LICENSE", "LICENSE_FONT")),
    )


def missing_files(packages: Path) -> list[str]:
    """The used files that are not below `packages`."""
    return [name for name in used_files() if not (packages / name).is_file()]
