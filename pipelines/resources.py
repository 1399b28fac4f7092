"""What assets need from outside: where this installation lies and its working warehouse.

Belongs here: resources, configured once in `definitions.py` and exchanged in tests.
Does not belong here: what assets do with them.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import dagster as dg

from gevinst.contracts import contract
from gevinst.method.frames import Rules
from gevinst.settings import Settings, load_settings
from gevinst.warehouse import Warehouse


class Installation(dg.ConfigurableResource):
    """Paths and rules of this installation; `raw_dir` and `marts_dir` move input and output, for tests and dry runs."""

    raw_dir: str | None = None
    marts_dir: str | None = None

    def settings(self) -> Settings:
        """Settings of the installation, with the directories of this resource where given."""
        settings = load_settings()
        if self.raw_dir:
            settings = replace(settings, raw_dir=Path(self.raw_dir))
        if self.marts_dir:
            settings = replace(settings, marts_dir=Path(self.marts_dir))
        return settings

    def warehouse(self) -> Warehouse:
        """The working warehouse, private to the run that writes it."""
        return Warehouse(self.settings().working_database)

    def is_illustrative(self) -> bool:
        """Whether the working warehouse holds invented data; every table of a run says the same."""
        return bool(self.warehouse().read(contract("codelists"))["is_illustrative"].any())

    def rules(self) -> Rules:
        """The method's choices, for edition years up to the current one."""
        settings = self.settings()
        return Rules(
            settings.first_edition_year, date.today().year, settings.stale_after_months, settings.min_n_for_shares
        )
