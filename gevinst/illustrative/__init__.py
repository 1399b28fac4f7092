"""An invented portfolio: a complete raw directory that shows what public evidence does not.

Belongs here: made-up projects, organisations and statements, marked as such by `dataset.toml`. They exercise
several coders, contradictions, disbenefits, projects that are stopped or step down, and rows that are withdrawn.
Does not belong here: real names and facts (`data/raw`), and any rule of reading or computing.
"""

from gevinst.illustrative.blocks import write_as_parquet, write_as_raw_files
from gevinst.illustrative.many import MOST_WITHOUT_COPIES
from gevinst.illustrative.portfolio import HORIZON, IllustrativeError, portfolio
from gevinst.illustrative.write import write_portfolio

__all__ = [
    "HORIZON",
    "MOST_WITHOUT_COPIES",
    "IllustrativeError",
    "portfolio",
    "write_as_parquet",
    "write_as_raw_files",
    "write_portfolio",
]
