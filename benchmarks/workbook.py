"""What it takes to check large workbooks: ``make bench-workbook``.

Belongs here: numbers that are printed. They depend on the machine, so no test checks them; the ratios say whether work
grows with the rows, and whether a colour in the last row costs anything.
Does not belong here: what a check finds (`tests/pipeline/workbook`).
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook

from gevinst.intake.core import read_typed
from gevinst.settings import load_settings
from gevinst.workbook import parse
from gevinst.workbook.check import check_files
from gevinst.workbook.layout import sheet_layout
from gevinst.workbook.read_xlsx import read_xlsx

_SMALL, _LARGE = 5_000, 50_000
_LAST_ROW = 1_048_575
_YEAR = 2026
_AT = {"source_id": "benk", "source_locator": "side 1"}


def main() -> int:
    """Check a small workbook, a large one, and a large one with a coloured cell in its last row."""
    if len(sys.argv) > 1:
        return _check(Path(sys.argv[1]), is_read_here="here" in sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        sizes = ((_SMALL, False), (_LARGE, False), (_LARGE, True))
        found = [_measured(write(Path(folder) / f"{rows}-{coloured}.xlsx", rows, coloured)) for rows, coloured in sizes]
        here, _ = _measured(Path(folder) / f"{_SMALL}-False.xlsx", "here")
    for (rows, coloured), (seconds, megabytes) in zip(sizes, found, strict=True):
        what = f"{rows} rows{', last row coloured' if coloured else ''}"
        print(f"  {what:<32} {seconds:5.1f} s of CPU, {megabytes:4.0f} MiB")
    (small, _), (large, _), (coloured, _) = found
    print(f"  ten times the rows               {large / small:5.1f} times the CPU")
    print(f"  with the coloured cell           {coloured / large:5.2f} times the CPU")
    print(f"  read in a process of its own     {small / here:5.2f} times the CPU ({_SMALL} rows)")
    return 0


def write(path: Path, rows: int, is_coloured: bool) -> Path:
    """A workbook with `rows` rows without faults, in five sheets; each benefit has a plan and a measurement."""
    project = sorted(read_typed(load_settings().raw_dir).rows["projects"]["project_id"])[0]
    with Workbook(path, {"constant_memory": True}) as book:
        for table, values in _tables(project, rows // 4):
            sheet = book.add_worksheet(table)
            names = [column.name for column in sheet_layout(table).columns]
            sheet.write_row(0, 0, names)
            for number, row in enumerate(values, 1):
                for name, value in row.items():
                    sheet.write(number, names.index(name), value)
            if is_coloured:
                sheet.write_blank(_LAST_ROW, 3, None, book.add_format({"bg_color": "yellow"}))
    return path


def _tables(project: str, count: int) -> Iterator[tuple[str, Iterator[dict[str, object]]]]:
    today = date(_YEAR, 11, 1).isoformat()
    source = {"source_id": "benk", "title": "Benk", "publisher": "Benk", "document_type_code": "report"}
    source |= {"accessed_on": today, "language_code": "nb", "has_no_public_address": "true", "is_partly_read": "false"}
    yield "sources", iter([source])
    both = ("nb", "en")
    yield (
        "benefits",
        (
            {
                "benefit_id": f"{project}-benk-{n}",
                "project_id": project,
                **{f"name_{language}": f"Benk nummer {n}" for language in both},
                "benefit_code": "time_saved_staff",
                "benefit_sign_code": "positive",
                **_AT,
            }
            for n in range(count)
        ),
    )
    yield (
        "benefit_beneficiaries",
        ({"benefit_id": f"{project}-benk-{n}", "beneficiary_code": "ansatte", **_AT} for n in range(count)),
    )
    yield (
        "benefit_plans",
        (
            {
                "benefit_plan_id": f"{project}-benk-{n}-plan-01",
                "benefit_id": f"{project}-benk-{n}",
                **{f"indicator_{language}": f"Timer {n}" for language in both},
                "unit_code": "hours",
                "baseline_value": 45.5,
                "baseline_on": "2025-01-01",
                "baseline_precision": "day",
                **_AT,
            }
            for n in range(count)
        ),
    )
    yield (
        "benefit_measurements",
        (
            {
                "benefit_plan_id": f"{project}-benk-{n}-plan-01",
                "measured_value": 40.5,
                "measured_on": "2026-02-01",
                "measured_precision": "day",
                "stated_by_code": "third_party",
                **{f"method_{language}": "Benk" for language in both},
                **_AT,
            }
            for n in range(count)
        ),
    )


def _measured(path: Path, *how: str) -> tuple[float, float]:
    """Seconds of CPU of a process that checks the workbook, with those that it begins, and its own MiB at most."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.workbook", str(path), *how], check=True, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, float(done.stdout)


def _check(path: Path, *, is_read_here: bool) -> int:
    if is_read_here:
        parse.read_book = read_xlsx
    checked = check_files([path], load_settings().raw_dir, _YEAR, None)
    if checked.faults:
        raise SystemExit("\n".join(fault.sentence() for fault in checked.faults[:5]))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)  # kilobytes on Linux
    return 0


if __name__ == "__main__":
    sys.exit(main())
