"""The three jobs.

Belongs here: named selections of assets, with the words in which Dagster's pages offer them to an evaluator.
Does not belong here: when they run (`schedules.py`, `sensors.py`).
"""

import dagster as dg

from pipelines.hooks import page_of_what_stops
from pipelines.resources import DRY_RUN

_IN_FORCE = dg.AssetSelection.assets("edition_in_force")
_PAGE = dg.AssetSelection.assets("what_would_change")
_EDITION = dg.AssetSelection.all() - _IN_FORCE - _PAGE
# Started once more after its process died (dagster.yaml), a run begins at the beginning: what the dead one had written
# may be gone or another run's by then.
_TAGS = {"dagster/retry_strategy": "ALL_STEPS"}

refresh = dg.define_asset_job(
    "refresh",
    selection=_EDITION,
    tags=_TAGS,
    description="**Build, do not publish.** Reads the raw files, checks and computes everything and builds the year's "
    "edition as a candidate in `data/marts/candidates`. Readers see no difference.\n\n"
    "Choose the edition year under *Partition*, then *Launch run*.",
)

publish = dg.define_asset_job(
    "publish",
    selection=_EDITION | _IN_FORCE,
    tags=_TAGS,
    description="**Build and publish.** Does what `refresh` does and then puts the edition in force for readers, if no "
    "critical check failed and something has changed. The edition before stays on the shelf.\n\n"
    "Choose the edition year under *Partition*, then *Launch run*.",
)

dry_run = dg.define_asset_job(
    DRY_RUN,
    selection=_EDITION | _PAGE,
    tags=_TAGS,
    hooks={page_of_what_stops},
    description="**Try it out.** Does what `refresh` does in a throw-away place and ends in the page *What would "
    "change?*: failed checks and rejected rows first, then rows, key figures and pages against what is published. "
    "Where the page lies is told by the step `what_would_change` and by the run's tag `gevinst/page`.\n\n"
    "Choose the edition year under *Partition*, then *Launch run*.",
)

JOBS = [refresh, publish, dry_run]
