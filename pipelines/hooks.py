"""What happens when a step has failed, beside Dagster's own record of it.

Belongs here: hooks, which jobs name.
Does not belong here: what a failed step says (`assets.failures`).
"""

import dagster as dg

from assets.resources import PAGE_TAG
from gevinst.edition.dry_run import would_stop
from gevinst.edition.dry_run_page import write_would_change
from gevinst.intake import IntakeError


@dg.failure_hook(name="page_of_what_stops", required_resource_keys={"installation"})
def page_of_what_stops(context: dg.HookContext) -> None:
    """A dry run that fails ends in its page too, with what has to be fixed at the top."""
    settings = context.resources.installation.settings()
    run = context.instance.get_run_by_id(context.run_id)
    cause = context.op_exception.__cause__ if context.op_exception else None
    stops = tuple(cause.findings) if isinstance(cause, IntakeError) else ()
    if run is not None and settings.build_dir is not None:
        pages = write_would_change(would_stop(settings, int(run.tags["dagster/partition"]), stops), settings)
        context.instance.add_run_tags(context.run_id, {PAGE_TAG: str(pages["nb"])})
