"""What has become slower since earlier results: ``make bench-compare``.

Belongs here: choosing two files of results, and what is said of them. Does not belong here: the rule (`results.py`).
"""

from __future__ import annotations

import sys

from benchmarks import results


def main(names: list[str]) -> int:
    """Print every figure that has grown by a fifth; 1 when there is one, 2 when there are no two files."""
    files = [results.FOLDER / f"{name}.json" for name in names] if names else results.files()[-2:]
    missing = [file.name for file in files if not file.exists()]
    if len(files) != 2 or missing:
        print(f"Two files of results are needed: {', '.join(missing) or 'name them'}", file=sys.stderr)
        return 2
    before, now = map(results.read, files)
    if before["machine"] != now["machine"]:
        print(f"{files[0].stem} and {files[1].stem} are of different machines: only ratios say something")
    found = list(results.slower(before["parts"], now["parts"]))
    for one in found:
        print(one)
    print(f"{files[0].stem} -> {files[1].stem}: {len(found)} figures a fifth higher or more")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
