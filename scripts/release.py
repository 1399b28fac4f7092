"""Make the tag of a release, when everything that names the version agrees: ``make release VERSION=0.2.0``.

Belongs here: what must hold before a version is tagged. The tag carries the version's section of the changelog.
Does not belong here: pushing (a person does, after a look) and editions, which have numbers of their own.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def changelog_section(text: str, version: str) -> str | None:
    """The text under the heading ``## [version] - date`` of a changelog; `None` without such a heading or a date."""
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d{{2}}-\d{{2}}\n"
    found = re.search(heading + r"(.*?)(?=^## \[|\Z)", text, re.MULTILINE | re.DOTALL)
    return found.group(1).strip() if found else None


def problems(root: Path, version: str) -> list[str]:
    """Why this version cannot be tagged, each with what to do; empty when it can."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        return [f"'{version}' is not a version such as 0.2.0"]
    found: list[str] = []
    if _git(root, "status", "--porcelain"):
        found.append("the working tree has changes: commit or remove them")
    if _git(root, "tag", "--list", f"v{version}"):
        found.append(f"the tag v{version} exists: choose the next version")
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if declared != version:
        found.append(f"pyproject.toml has version {declared}: write {version} there")
    if f"\nversion: {version}\n" not in (root / "CITATION.cff").read_text(encoding="utf-8"):
        found.append(f"CITATION.cff does not have version {version}: write it there")
    if not changelog_section((root / "CHANGELOG.md").read_text(encoding="utf-8"), version):
        found.append(f"CHANGELOG.md has no section '## [{version}] - <date>' with text: move what is unreleased there")
    return found


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Tag the version and say how to publish it; 1 with all reasons when it cannot be tagged."""
    (version,) = arguments or [""]
    found = problems(root, version)
    if found:
        print("\n".join(f"Not released: {problem}." for problem in found), file=sys.stderr)
        return 1
    notes = changelog_section((root / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    _git(root, "tag", "--annotate", f"v{version}", "--cleanup=verbatim", "--message", f"Gevinst {version}\n\n{notes}\n")
    print(f"Tagged v{version}. Publish it with: git push origin v{version}")
    return 0


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
