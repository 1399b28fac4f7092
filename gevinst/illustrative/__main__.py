"""Write an invented portfolio: ``python -m gevinst.illustrative OUT --projects 24 --seed 7``.

Belongs here: the arguments, and what is printed at the end.
Does not belong here: what is written (`portfolio.py`) and how (`write.py`).
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from gevinst.illustrative import HORIZON, IllustrativeError, portfolio, write_portfolio


def main(arguments: list[str] | None = None) -> int:
    """Write the directory; 0 when it was written, 1 when it could not be."""
    parser = argparse.ArgumentParser(prog="python -m gevinst.illustrative", description="Write an invented portfolio.")
    parser.add_argument("out", type=Path, help="a new or empty folder")
    parser.add_argument("--projects", type=int, default=24, help="how many projects (default: 24)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same files (default: 7)")
    parser.add_argument(
        "--as-of",
        type=date.fromisoformat,
        default=HORIZON,
        help=f"leave out what became known later; an earlier day gives an earlier delivery (default: {HORIZON})",
    )
    options = parser.parse_args(arguments)
    try:
        tables = portfolio(options.projects, options.seed, options.as_of)
        write_portfolio(tables, options.out)
    except IllustrativeError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(tables['projects'])} invented projects written to {options.out}.")
    print(f"Build an edition: GEVINST_RAW_DIR={options.out} GEVINST_MARTS_DIR=<a folder of its own> make candidate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
