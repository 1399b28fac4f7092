"""The edition: everything known at the end of a year, built as a candidate and put in force.

Belongs here: the two assets with one partition per edition year.
Does not belong here: how an edition is built and published (`gevinst.edition`).
"""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from assets.code_version import code_version
from assets.failures import report_errors
from assets.guard import PUBLISH, require_job
from assets.metadata import NOTICES, table_key, team
from assets.resources import Installation
from gevinst.contracts import CORE, MARTS, QUALITY
from gevinst.edition import calendar, publish
from gevinst.edition.assemble import assemble, candidate_of, too_many_projects
from gevinst.errors import EditionError
from gevinst.quality import Owner

# end_offset=1: without it Dagster offers a year only after it has ended.
EDITION_YEARS = dg.TimeWindowPartitionsDefinition(
    cron_schedule="0 0 1 1 *", fmt="%Y", start="2016", end_offset=1, timezone=calendar.TIMEZONE
)
"""One partition per year from the first award round; the year that is still running has one from its first hour."""

YEARLY = dg.FreshnessPolicy.cron(
    deadline_cron=f"0 {calendar.DUE_HOUR} {calendar.DUE_DAY + 1} {calendar.DUE_MONTH} *",
    lower_bound_delta=timedelta(days=15),
    timezone=calendar.TIMEZONE,
)
"""Overdue when nothing was made between New Year and 16 January, the morning after the yearly schedule's hour.

A policy and not `build_time_partition_freshness_checks`, which Dagster 1.13 calls superseded: a policy needs no sensor
that runs checks, the daemon evaluates it, and the state is shown at the asset.
"""


@dg.asset(
    deps=[table_key(table) for table in (*CORE, *MARTS, *QUALITY)],
    partitions_def=EDITION_YEARS,
    group_name="edition",
    pool="warehouse",
    kinds={"parquet", "html", "pdf"},
    owners=[team(Owner.MAINTAINER)],
    code_version=code_version("gevinst.edition"),
    freshness_policy=YEARLY,
    description="The year's edition as a candidate: tables, data package, pages, manifest and checksums.",
    output_required=False,
)
def edition(context: dg.AssetExecutionContext, installation: Installation) -> Iterator[dg.MaterializeResult]:
    """Build the candidate from the working warehouse; of more projects than have pages, none."""
    settings = installation.settings()
    with report_errors():
        if reason := too_many_projects(settings):
            if context.run.job_name == PUBLISH:
                raise EditionError(reason.en, reason.nb)
            context.log.warning(reason.en)
            return
        candidate = assemble(settings, int(context.partition_key), run_id=context.run.run_id, progress=context.log.info)
    yield dg.MaterializeResult(metadata={"edition_id": candidate.name, "folder": dg.MetadataValue.path(str(candidate))})


@dg.asset(
    deps=[edition],
    partitions_def=EDITION_YEARS,
    group_name="edition",
    pool="warehouse",
    kinds={"parquet", "html", "pdf"},
    owners=[team(Owner.MAINTAINER)],
    code_version=code_version("gevinst.edition.publish"),
    freshness_policy=YEARLY,
    description="The edition in force: what readers are given. Switched in one step; the one before stays. An edition "
    "of an earlier year is published beside it, without a switch.",
)
def edition_in_force(context: dg.AssetExecutionContext, installation: Installation) -> dg.MaterializeResult:
    """Publish the year's candidate, unless it says the same as what is published."""
    settings = installation.settings()
    with report_errors():
        require_job(context.run, PUBLISH, context.asset_key)
        result = publish(candidate_of(settings, int(context.partition_key)), settings)
    return dg.MaterializeResult(
        metadata={
            "edition_id": result.edition.edition_id,
            "is_published": result.is_published,
            "is_in_force": result.is_in_force,
            NOTICES: [notice._asdict() for notice in result.notices],
        }
    )
