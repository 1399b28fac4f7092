"""Progress messages of commands that write raw files.

Belongs here: the steps of the writer in words, on the error stream, so that output can still be piped.
Does not belong here: the steps themselves (`gevinst.intake.append`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from gevinst.language.texts import Catalogue


def report_steps(language: str) -> Callable[[str, str], None]:
    """A `Progress` that reports each step in `language`: a writer may wait, and Great Expectations takes seconds."""
    from gevinst.intake.append import Step

    t = Catalogue(language).t

    def report(step: str, holder: str) -> None:
        values = {"holder": holder or t("append.another")} if step == Step.WAITING else {}
        print(t(f"append.{step}", None, **values), file=sys.stderr, flush=True)

    return report
