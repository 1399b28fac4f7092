"""The three jobs.

Belongs here: named selections of assets, with the words in which Dagster's pages offer them to an evaluator.
Does not belong here: when they run (`schedules.py`, `sensors.py`).
"""

import dagster as dg

from assets.guard import DRY_RUN, PUBLISH
from pipelines.hooks import page_of_what_stops

_IN_FORCE = dg.AssetSelection.assets("edition_in_force")
_PAGE = dg.AssetSelection.assets("what_would_change")
_EDITION = dg.AssetSelection.all() - _IN_FORCE - _PAGE
# A run that is started again after its process died (dagster.yaml) begins at the beginning: what the dead one had
# written may be gone, or be another run's by then.
_TAGS = {"dagster/retry_strategy": "ALL_STEPS"}
_CONFIG = {"loggers": {"progress": {}}}
"""What a run says of itself on the console: one line per step, where Dagster's own logger would give twenty."""

refresh = dg.define_asset_job(
    "refresh",
    selection=_EDITION,
    tags=_TAGS,
    config=_CONFIG,
    description="**Build, do not publish.** Reads the raw files, checks and computes everything and builds the year's "
    "edition as a candidate in `data/marts/candidates`. Readers see no difference.\n\n"
    "Press *Materialize all…*, write the edition year or choose *Latest*, and press *Launch 1 run*.",
)

publish = dg.define_asset_job(
    PUBLISH,
    selection=_EDITION | _IN_FORCE,
    tags=_TAGS,
    config=_CONFIG,
    description="**Build and publish.** Does what `refresh` does and then puts the edition in force for readers, if no "
    "critical check failed and something has changed. The edition before it is kept.\n\n"
    "Press *Materialize all…*, write the edition year or choose *Latest*, and press *Launch 1 run*.",
)

dry_run = dg.define_asset_job(
    DRY_RUN,
    selection=_EDITION | _PAGE,
    tags=_TAGS,
    config=_CONFIG,
    hooks={page_of_what_stops},
    description="**Try it out.** Does what `refresh` does in a throw-away place and ends in the page *What would "
    "change?*: failed checks and rejected rows first, then rows, key figures and pages against what is published. "
    "The step `what_would_change` and the run's tag `gevinst/page` say where the page is.\n\n"
    "Press *Materialize all…*, write the edition year or choose *Latest*, and press *Launch 1 run*.",
)

JOBS = (refresh, publish, dry_run)
