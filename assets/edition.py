"""The edition: everything known at the end of a year, built as a candidate and put in force.

Belongs here: the two assets with one partition per edition year.
Does not belong here: how an edition is built and published (`gevinst.edition`).
"""

import dagster as dg

from assets.failures import report_errors
from assets.metadata import table_key
from assets.resources import Installation
from gevinst.contracts import CORE, MARTS, QUALITY
from gevinst.edition import publish
from gevinst.edition.assemble import assemble, candidate_of

EDITION_YEARS = dg.TimeWindowPartitionsDefinition(cron_schedule="0 0 1 1 *", fmt="%Y", start="2016", end_offset=1)
"""One partition per year from the first award round; the year that is still running has one too."""


@dg.asset(
    deps=[table_key(table) for table in (*CORE, *MARTS, *QUALITY)],
    partitions_def=EDITION_YEARS,
    group_name="edition",
    pool="warehouse",
    description="The year's edition as a candidate: tables, data package, pages, manifest and checksums.",
)
def edition(context: dg.AssetExecutionContext, installation: Installation) -> dg.MaterializeResult:
    """Build the candidate from the working warehouse."""
    with report_errors():
        candidate = assemble(
            installation.settings(), int(context.partition_key), run_id=context.run.run_id, progress=context.log.info
        )
    return dg.MaterializeResult(
        metadata={"edition_id": candidate.name, "folder": dg.MetadataValue.path(str(candidate))}
    )


@dg.asset(
    deps=[edition],
    partitions_def=EDITION_YEARS,
    group_name="edition",
    pool="warehouse",
    description="The edition in force: what readers are given. Switched in one step; the one before stays. An edition "
    "of an earlier year is published beside it, without a switch.",
)
def edition_in_force(context: dg.AssetExecutionContext, installation: Installation) -> dg.MaterializeResult:
    """Publish the year's candidate, unless it says the same as what is published."""
    settings = installation.settings()
    with report_errors():
        result = publish(candidate_of(settings, int(context.partition_key)), settings)
    return dg.MaterializeResult(
        metadata={
            "edition_id": result.edition.edition_id,
            "is_published": result.is_published,
            "is_in_force": result.is_in_force,
        }
    )
