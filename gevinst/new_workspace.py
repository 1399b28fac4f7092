"""A new workspace: the folder of a scheme, with files to fill in.

Belongs here: which files it begins with and what stands in them.
Does not belong here: finding and reading a workspace (`gevinst.workspace`, `gevinst.settings`).
"""

from __future__ import annotations

import re
from pathlib import Path

from gevinst.bilingual import Bilingual
from gevinst.contracts import CORE, CORRECTIONS
from gevinst.intake.raw_files import BY_YEAR, DATASET, REFERENCE
from gevinst.intake.write_csv import write_rows
from gevinst.reference import ships
from gevinst.whole_files import new_folder
from gevinst.workspace import SCHEME_FILE, WorkspaceError, is_name

README = Bilingual("LESMEG.md", "README.md")


def make_workspace(folder: Path, name: str, language: str, year: int, currency: str = "NOK") -> None:
    """Write a workspace for the scheme `name` into `folder`, a new or empty one, ready for evaluations of `year`.

    `language` is that of the pages met first, and of the papers, `currency` that of every amount (ISO 4217). Raises
    `FolderTaken` when there is something in the folder, and `WorkspaceError` when no scheme can be called so or no
    currency is.
    """
    if not is_name(name):
        raise WorkspaceError(
            f"no scheme can be called {name!r}; use a text on one line without braces",
            f"ingen ordning kan hete {name!r}; bruk en tekst på én linje uten krøllparenteser",
        )
    if not re.fullmatch("[A-Z]{3}", currency):
        raise WorkspaceError(
            f"{currency!r} is no currency; use three capital letters, such as EUR",
            f"{currency!r} er ingen valuta; bruk tre store bokstaver, for eksempel EUR",
        )
    with new_folder(folder):
        raw = folder / "data" / "raw"
        for contract in (*CORE, CORRECTIONS):
            if contract.folder == REFERENCE and ships(contract.name):
                continue
            below = Path(contract.folder or "", str(year) if contract.folder == BY_YEAR else "")
            write_rows(raw / below, contract, [])
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        _write(folder / SCHEME_FILE, _SCHEME.format(name=quoted, language=language, currency=currency))
        _write(raw / DATASET, _DATASET.format(name=quoted))
        _write(folder / README(language), _README(language).format(name=name, year=year))
        _write(folder / "workspace.yaml", _FOR_DAGSTER)
        _write(folder / ".gitignore", _NOT_KEPT)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")  # the same bytes on every system


_SCHEME = """\
# What these data are about, and who answers for what is published of them.
[scheme]
name = "{name}"                 # or name_nb and name_en, if it has a name in each language
language = "{language}"         # nb or en: the pages that a reader meets first
# also_called = ["..."]         # other names that documents have for it
# funder = "..."                # who awards the grants, and its identifier as org-id.guide lists them
# funder_id = "..."
# run_by = ["..."]              # all names of those who run it: they speak for it, and own no project
# country = "NO"                # where its projects are: the two letters of ISO 3166
# owner_levels = ["..."]        # kinds of organisations that may own projects (code list organisation_level)
currency = "{currency}"              # three letters: what every amount is in

# Lowest and highest amount that is usual: others were probably entered in thousands or millions.
[usual_amounts]
# grant = [100_000, 20_000_000] # to one project; round for a whole round, follow_on for money from others afterwards

# Until the first two are stated, everything that is published says that it is preliminary.
[owner]
# responsible_body = "..."
# contact = "..."               # a web address or an e-mail address of a role, not of a person
# accessibility_statement_url = "https://..."

# A term of its own way of working, for the glossary; one such table for each.
# [[term]]
# id = "..."
# nb = {{ names = ["..."], meaning = "..." }}
# en = {{ names = ["..."], meaning = "..." }}
"""

_DATASET = """\
# What the files beside this one are, as a whole.
title_nb = "{name}"
title_en = "{name}"
is_illustrative = false
"""

_FOR_DAGSTER = """\
# For Dagster's pages and its daemon, begun in this folder.
load_from:
  - python_module:
      module_name: pipelines.definitions
      location_name: gevinst
"""

_NOT_KEPT = """\
# built, and never kept with the data
data/drafts/
data/marts/
data/raw/.append/
.cache/
.dagster_home/
"""

_README = Bilingual(
    """\
# {name}

1. Skriv i `scheme.toml` hvem som svarer for det som publiseres.
2. Har dere et register over prosjekter: `gevinst map REGISTER --out kobling.toml`, les koblingen, og
   `gevinst map REGISTER --with kobling.toml`. Har dere en nettside om tildelinger: `gevinst read SIDE`, les utkastet,
   og `gevinst accept UTKAST`.
3. Vurderinger og gevinster: `gevinst workbook --out skjema.xlsx --year {year}`, fyll ut, og kontroller det med
   `gevinst check skjema.xlsx --year {year}`.
4. `gevinst import skjema.xlsx --year {year}` fører radene inn i `data/raw`, alle eller ingen.
5. `gevinst dry-run` viser hva som ville blitt publisert, `gevinst publish` publiserer det.
6. `gevinst site serve` viser sidene; de ligger i `data/marts/current/site`.
7. Når noe er galt, sier programmet hvor og hva som må rettes. Den forrige utgaven står.
""",
    """\
# {name}

1. Write into `scheme.toml` who answers for what is published.
2. If there is a register of projects: `gevinst map REGISTER --out mapping.toml`, read the mapping, and
   `gevinst map REGISTER --with mapping.toml`. If there is a web page about awards: `gevinst read PAGE`, read the draft,
   and `gevinst accept DRAFT`.
3. Assessments and benefits: `gevinst workbook --out form.xlsx --year {year}`, fill it in, and check it with
   `gevinst check form.xlsx --year {year}`.
4. `gevinst import form.xlsx --year {year}` enters the rows into `data/raw`, all or none.
5. `gevinst dry-run` shows what would be published, `gevinst publish` publishes it.
6. `gevinst site serve` shows the pages; they are in `data/marts/current/site`.
7. When something is wrong, the program says where and what to correct. The last edition stays.
""",
)
