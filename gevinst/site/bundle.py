"""The files that pages share: one stylesheet, one script, the font, the chart library and every licence.

Belongs here: joining our own css and js with the front-end packages.
Does not belong here: what the styles and scripts do (``assets/``), which files of those packages are taken
(`gevinst.site.front_end`) and the pages themselves (`gevinst.site.pages`).
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
from base64 import b64encode
from importlib.resources import files
from pathlib import Path

from gevinst.bilingual import LANGUAGES
from gevinst.checkout import text_of
from gevinst.errors import GevinstError
from gevinst.language.texts import entries
from gevinst.site import front_end
from gevinst.site.figures import style

_PAGES = Path(__file__).parent / "pages"
STYLE, SCRIPT, PLOTLY_FILE = "site.css", "site.js", "plotly-cartesian.min.js"
SQL_ENGINE, SEARCH_LIBRARY = "sql-engine.js", "minisearch.js"
LICENCES = "licences"

# Colours of the theme that no page has: their rules and their values.
_UNUSED_COLOURS = (
    r"\[data-color=(?:brand1|brand2|success)\]\{[^}]*\}|--ds-color-(?:brand1|brand2|success)-[\w-]+:[^;}]*;?"
)
# A layer of the theme that no page uses: a second typeface.
_UNUSED_THEME = r"@layer ds\.theme\.typography\.secondary\{.*?(?=@layer|\Z)"
# Colours that the theme gives to an attribute and again to the reader's setting: one of the two is enough.
_LIGHT = (r"(@layer ds\.theme\.color-scheme\.light\{:root),\[[^{]*(\{[^}]*\}).*?(?=@layer)", r"\1\2}")
_DARK = (
    r"(@layer ds\.theme\.color-scheme\.dark\{)[^{]*(\{[^}]*\}).*?(?=@layer)",
    r"\1@media screen and (prefers-color-scheme:dark){:root\2}}",
)
_LINKS = (
    ".ds-link",
    *(f"{within} a" for within in (".ds-table", ".plain", ".tools", ".site-footer", ".source", ".how")),
    ".downloads button",
)
"""What looks like a link of the design system: where all are links, the class on each would only make pages heavier."""
_SHARED_CSS = tuple(f"assets/css/{name}.css" for name in ("base", "frame", "blocks", "tables"))
_PAPER_CSS = "assets/css/print.css"
_BUILT_ON = "project"
"""The page whose lists of facts others take and adapt; a sheet that adapts a rule must come after it."""
_PAGE_JS = "assets/js/page.js"
_CSV_JS = "assets/js/csv.js"
_JS = (
    *("newer", "table", "xlsx", "figure", "picture", "follow", "filter", "paged", "views", "print", "cards"),
    "start",
)
_OWN_JS = (_PAGE_JS, _CSV_JS, *(f"assets/js/{name}.js" for name in _JS))
SHARED_WORDS = (
    *(
        f"file.{name}"
        for name in (
            "sheet_data",
            "sheet_notes",
            "note_column",
            "file_title",
            "file_content",
            "file_selection",
            "file_all_rows",
            "file_rows",
            "file_source",
            "file_edition",
            "file_note",
        )
    ),
    *(f"cards.{name}" for name in ("show_more", "show_less", "sort_by")),
    *(f"frame.{name}" for name in ("banner_newer_title", "banner_newer", "banner_newer_link")),
)
"""Texts that the browser writes on any page: into files that it makes, on controls of tables that become cards, and in
the banner of an edition that another has replaced."""


class FrontendMissing(GevinstError):
    """The front-end packages are not installed, or are not those that the pages are made of."""

    def __init__(self, what: str) -> None:
        """Say which file or part is missing, and how to get it."""
        super().__init__(
            f"The front-end packages are not whole ({what} is missing); run `make frontend` in a checkout, or install "
            "Gevinst again.",
            f"Frontend-pakkene er ikke hele ({what} mangler); kjør `make frontend` der koden er sjekket ut, eller "
            "installer Gevinst på nytt.",
        )


def write_assets(out: Path) -> None:
    """Write ``assets/`` under `out`; raises `FrontendMissing` when the packages are not there."""
    if missing := front_end.missing_files(front_end.PACKAGES):
        raise FrontendMissing(missing[0])
    folder = out / "assets"
    folder.mkdir(parents=True)
    (folder / STYLE).write_text(_stylesheet(), encoding="utf-8")
    (folder / SCRIPT).write_text(_script(*_OWN_JS), encoding="utf-8")
    for script in page_scripts():
        (folder / script_name(script)).write_text(_script(_PAGE_JS, _CSV_JS, f"pages/{script}"), encoding="utf-8")
    shutil.copyfile(_place(front_end.PLOTLY_SCRIPT), folder / PLOTLY_FILE)
    (folder / SQL_ENGINE).write_text(_sql_engine(), encoding="utf-8")
    shutil.copyfile(_place(front_end.MINISEARCH_SCRIPT), folder / SEARCH_LIBRARY)
    for subset in front_end.FONT_SUBSETS:
        shutil.copyfile(_place(front_end.subset(subset)), folder / f"inter-{subset}.woff2")
    _copy_licences(folder / LICENCES)


def own_css(pages: Path = _PAGES) -> tuple[str, ...]:
    """Our style sheets, below ``gevinst/site``, in the order of the cascade.

    First what all pages share, then the sheet of every page in `pages` that has one, then paper, which overrides them
    all. Pages are in the order of their names after the one that others build on, so that the same pages give the same
    bytes on every machine.
    """
    found = sorted((path.parent.name for path in pages.glob("*/style.css")), key=lambda name: (name != _BUILT_ON, name))
    return (*_SHARED_CSS, *(f"pages/{name}/style.css" for name in found), _PAPER_CSS)


def page_scripts(pages: Path = _PAGES) -> tuple[str, ...]:
    """Scripts that single pages load, by their place below ``pages``."""
    return tuple(sorted(path.relative_to(pages).as_posix() for path in pages.glob("*/*.js")))


def script_name(script: str) -> str:
    """The file in ``assets/`` that a page's own script becomes."""
    return script.rpartition("/")[2]


def licence_name(package: str) -> str:
    """The file below `LICENCES` that has the licence of a front-end package."""
    return f"{package.removeprefix('@').replace('/', '-')}.txt"


def _copy_licences(folder: Path) -> None:
    folder.mkdir()
    for package, licence in front_end.LICENCES.items():
        shutil.copyfile(_place(licence), folder / licence_name(package))
    own = [text_of(path) for path in ("data/LICENSE.md", "LICENSE")]
    (folder / "gevinst.txt").write_text("\n---\n\n".join(own), encoding="utf-8")


def _stylesheet() -> str:
    parts = [f"@layer {', '.join(('ds.theme', *front_end.LAYERS))};", _used(_text(front_end.THEME))]
    for layer, names in front_end.LAYERS.items():
        parts += [f"@layer {layer}{{{_text(front_end.component(name))}}}" for name in names]
    parts = [part.replace(".ds-link", f":is({','.join(_LINKS)})") for part in parts]
    parts += [*_font_faces(), _palette()]
    parts += [_own(path) for path in own_css()]
    bare = re.sub(r"/\*.*?\*/\s*", "", "\n".join(parts), flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", bare)


def _used(theme: str) -> str:
    for pattern, kept in ((_UNUSED_THEME, ""), _LIGHT, _DARK, (_UNUSED_COLOURS, "")):
        theme = re.sub(pattern, kept, theme, flags=re.DOTALL)
    return theme


def _font_faces() -> list[str]:
    """The package's own rules for the subsets in use; a browser loads latin-ext only when a page needs it."""
    rules = _text(front_end.FONT_RULES)
    faces = []
    for subset in front_end.FONT_SUBSETS:
        rule = re.search(rf"/\* inter-{subset}-wght-normal \*/\s*(@font-face {{.*?}})", rules, re.DOTALL)
        if rule is None:
            raise FrontendMissing(f"{subset} in {front_end.FONT_RULES}")
        face = rule[1].replace(f"./files/inter-{subset}-wght-normal.woff2", f"inter-{subset}.woff2")
        faces.append(face.replace("Inter Variable", "Inter"))  # the name in the figures' specs
    return faces


def _palette() -> str:
    """The colours of figures as variables, so that tables and legends cannot differ from them."""
    return ":root{" + "".join(f"--{name}:{color};" for name, color in style.palette().items()) + "}"


def _script(*paths: str) -> str:
    """Our scripts as one strict function: classic, because a browser loads no module from disk.

    Comments are for those who read the source; a page carries the lines without them and without their indentation.
    """
    lines = (line.strip() for path in paths for line in _own(path).splitlines())
    kept = [line for line in lines if line and not line.startswith("//")]
    return "\n".join(["(function () {", "'use strict';", _shared_words(), *kept, "})();"]) + "\n"


def _shared_words() -> str:
    """The texts that every page may need, in all languages: a page that carried them would be heavier by as much."""
    # As they are written: the browser fills in what stands in braces.
    texts = {
        language: {key.partition(".")[2]: entries()[key][language] for key in SHARED_WORDS} for language in LANGUAGES
    }
    return f"const sharedWords = {json.dumps(texts, ensure_ascii=False, separators=(',', ':'))};"


def _sql_engine() -> str:
    """The engine of the page that asks the tables, as a classic script: a page read from disk may fetch no data.

    Packed, so that a disk or a stick holds a third less; the page unpacks it.
    """
    files_of = {"source": front_end.SQL_SCRIPT, "wasm": front_end.SQL_WASM}
    packed = {name: gzip.compress(_place(file).read_bytes(), mtime=0) for name, file in files_of.items()}
    return f"window.gevinstEngine={json.dumps({name: b64encode(one).decode() for name, one in packed.items()})};\n"


def _own(path: str) -> str:
    return files("gevinst.site").joinpath(path).read_text(encoding="utf-8")


def _place(name: str) -> Path:
    return front_end.PACKAGES / name


def _text(name: str) -> str:
    return _place(name).read_text(encoding="utf-8")
