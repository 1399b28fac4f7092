"""The two jobs.

Belongs here: named selections of assets, with a sentence each for Dagster's pages.
Does not belong here: when they run (`schedules.py`, `sensors.py`).
"""

import dagster as dg

_EVERYTHING = dg.AssetSelection.all()
_IN_FORCE = dg.AssetSelection.assets("edition_in_force")

refresh = dg.define_asset_job(
    "refresh",
    selection=_EVERYTHING - _IN_FORCE,
    description="Read, check and compute everything and build the year's edition as a candidate. Publishes nothing.",
)

publish = dg.define_asset_job(
    "publish",
    selection=_EVERYTHING,
    description="Do what refresh does and put the edition in force, if no critical check failed.",
)

JOBS = [refresh, publish]
