"""The code location: everything put together, and nothing else.

Belongs here: the one call that composes assets, checks, jobs, schedules, sensors and resources.
Does not belong here: any of those.
"""

from pathlib import Path

import dagster as dg

from assets.resources import Installation
from pipelines.jobs import JOBS
from pipelines.progress import progress_logger
from pipelines.schedules import SCHEDULES
from pipelines.sensors import SENSORS


@dg.definitions
def definitions() -> dg.Definitions:
    """All definitions; one process per run, because only one may write the warehouse."""
    return dg.Definitions.merge(
        dg.load_from_defs_folder(path_within_project=Path(__file__).parent),
        dg.Definitions(
            jobs=JOBS,
            schedules=SCHEDULES,
            sensors=SENSORS,
            resources={"installation": Installation()},
            loggers={"progress": progress_logger, "console": dg.colored_console_logger},
            executor=dg.in_process_executor,
        ),
    )
