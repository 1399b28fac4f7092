"""The end of a dry run: the page that shows what would change.

Belongs here: the one asset that only the job `dry_run` makes.
Does not belong here: what is compared (`gevinst.edition.dry_run`) and what the page says
(`gevinst.edition.dry_run_page`).
"""

import dagster as dg

from assets.code_version import code_version
from assets.edition import EDITION_YEARS
from assets.failures import report_errors
from assets.guard import DRY_RUN, require_job
from assets.metadata import team
from assets.resources import PAGE_TAG, Installation
from gevinst.edition.dry_run import would_change
from gevinst.edition.dry_run_page import summary, write_would_change
from gevinst.language.texts import Catalogue
from gevinst.quality import Owner


@dg.asset(
    deps=["edition"],
    partitions_def=EDITION_YEARS,
    group_name="dry_run",
    pool="warehouse",
    kinds={"html"},
    owners=[team(Owner.EVALUATOR)],
    code_version=code_version("gevinst.edition.dry_run_page"),
    description="What publishing the year's edition would change: rows, key figures and pages, as a page to read. "
    "Made by the job dry_run, which touches nothing that is published.",
)
def what_would_change(context: dg.AssetExecutionContext, installation: Installation) -> dg.MaterializeResult:
    """Compare what was built in the throw-away place with what is published."""
    settings = installation.settings()
    with report_errors():
        require_job(context.run, DRY_RUN, context.asset_key)
        found = would_change(settings, int(context.partition_key))
        pages = write_would_change(found, settings)
    context.instance.add_run_tags(context.run.run_id, {PAGE_TAG: str(pages["nb"])})
    said = {f"summary_{code}": dg.MetadataValue.md(summary(found, Catalogue(code))) for code in pages}
    shown = {f"page_{code}": dg.MetadataValue.path(path) for code, path in pages.items()}
    return dg.MaterializeResult(metadata={**said, **shown})
