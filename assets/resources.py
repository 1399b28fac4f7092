"""What assets need from outside: where this installation lies and its working warehouse.

Belongs here: resources, configured once in `pipelines/definitions.py` and replaced in tests, and where a run may write.
Does not belong here: what assets do with them.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import dagster as dg
from pydantic import PrivateAttr

from assets.guard import DRY_RUN, refuse_unsound
from gevinst.contracts import contract
from gevinst.edition import calendar
from gevinst.edition.dry_run import throw_away
from gevinst.edition.sweep import sweep
from gevinst.lock import run_lock
from gevinst.machine_faults import machine_fault
from gevinst.method.frames import Rules
from gevinst.settings import Settings, load_settings
from gevinst.warehouse import Warehouse, working_warehouse

PAGE_TAG = "gevinst/page"
"""The tag of a run that says where the page is that it has made."""


class Installation(dg.ConfigurableResource):
    """Paths and rules of this installation; `raw_dir` and `marts_dir` move input and output, for tests."""

    raw_dir: str | None = None
    marts_dir: str | None = None
    _build_dir: Path | None = PrivateAttr(default=None)
    _is_illustrative: bool | None = PrivateAttr(default=None)
    _warehouse: Warehouse | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator["Installation"]:
        """For the length of a run: the warehouse to itself, or a throw-away place for a dry run."""
        run = context.run
        if run is None:  # called by a sensor or a schedule, outside any run
            yield self
            return
        refuse_unsound(run)
        if run.job_name == DRY_RUN:
            with throw_away(self.settings(), run.run_id) as settings:
                elsewhere = Installation(raw_dir=self.raw_dir, marts_dir=self.marts_dir)
                elsewhere._build_dir = settings.build_dir
                try:
                    with elsewhere._kept_open():
                        yield elsewhere
                finally:
                    elsewhere.warehouse().start_over()  # its rows may lie outside the place that is thrown away
        else:
            who = f"the run {run.run_id[:8]} ({run.job_name} {run.tags.get('dagster/partition', '')})"
            with run_lock(self.settings().working_dir, who, lambda holder: _report_waiting(context, holder)):
                try:
                    sweep(self.settings())
                except OSError as error:
                    raise machine_fault(error) or error from None
                with self._kept_open():
                    yield self

    @contextmanager
    def _kept_open(self) -> Generator[None]:
        self._warehouse = self.warehouse()
        with self._warehouse.kept_open():
            yield

    def settings(self) -> Settings:
        """Settings of the installation, with the directories of this resource where given."""
        settings = replace(load_settings(), build_dir=self._build_dir)
        if self.raw_dir:
            settings = replace(settings, raw_dir=Path(self.raw_dir))
        if self.marts_dir:
            settings = replace(settings, marts_dir=Path(self.marts_dir))
        return settings

    def warehouse(self) -> Warehouse:
        """The working warehouse, private to the run that writes it, and open as long as the run goes on."""
        return self._warehouse or working_warehouse(self.settings())

    def is_illustrative(self) -> bool:
        """Whether the working warehouse holds invented data; every table of a run says the same.

        Asked by every mart, and found out by the first, once a run has read its core tables.
        """
        if self._is_illustrative is None:
            self._is_illustrative = bool(self.warehouse().read(contract("codelists"))["is_illustrative"].any())
        return self._is_illustrative

    def rules(self) -> Rules:
        """The method's choices, for edition years up to the current one."""
        settings = self.settings()
        return Rules(
            settings.first_edition_year, calendar.today().year, settings.stale_after_months, settings.min_n_for_shares
        )


def _report_waiting(context: dg.InitResourceContext, holder: str) -> None:
    if context.log:
        context.log.info(f"waiting for {holder or 'another run'}, which is going on; this run begins when it ends")
