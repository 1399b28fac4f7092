"""A folder made a workspace, for tests that must not touch that of the repository."""

import shutil
from pathlib import Path

from gevinst.workspace import SCHEME_FILE

REPOSITORY = Path(__file__).parents[2]


def workspace(folder: Path, more: str = "") -> Path:
    """The folder, made if it is not there, with the scheme of the repository where it has none of its own.

    `more` is written behind what the file of the scheme says.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / SCHEME_FILE).exists():
        shutil.copyfile(REPOSITORY / SCHEME_FILE, folder / SCHEME_FILE)
    with (folder / SCHEME_FILE).open("a", encoding="utf-8") as file:
        file.write(more)
    return folder
