"""Files of the repository that lie outside its packages and that an edition is made with.

In a checkout they lie at its root. A wheel has no root: it carries a copy of each beside this module, and by these one
knows that the program is installed. ``scripts/wheel_contents.py`` reads this file by its path, where nothing of Gevinst
can be imported: it imports the standard library alone.

Belongs here: the root, which files these are, and where to read them.
Does not belong here: files of a workspace (`gevinst.workspace`), and files inside packages, which are read from there.
"""

from __future__ import annotations

from pathlib import Path

CODE = Path(__file__).resolve().parents[1]
"""The checkout that this code is in, or the folder that it is installed in; data may lie elsewhere."""
CARRIED = ("LICENSE", "data/LICENSE.md")
COPIES = "gevinst/carried"


def is_installed(code: Path = CODE) -> bool:
    """Whether the program comes from a wheel, and hence has no locks or commits of its own."""
    return (code / COPIES).is_dir()


def text_of(name: str, code: Path = CODE) -> str:
    """The text of one of the files in `CARRIED`."""
    return (code / (COPIES if is_installed(code) else "") / name).read_text(encoding="utf-8")
