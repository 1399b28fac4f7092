"""The code location: everything put together, and nothing else.

Belongs here: the one call that composes assets, checks, jobs, schedules, sensors and resources.
Does not belong here: any of those.
"""

import warnings
from pathlib import Path

import dagster as dg

import assets
from assets.resources import Installation
from pipelines.jobs import JOBS
from pipelines.progress import progress_logger
from pipelines.schedules import SCHEDULES
from pipelines.sensors import SENSORS

LOCATION = "gevinst"
"""By this name workspace.yaml and [tool.dg] in pyproject.toml know the code location."""


@dg.definitions
def definitions() -> dg.Definitions:
    """All definitions; one process per run, because only one may write the warehouse."""
    return dg.Definitions.merge(
        _assets(),
        dg.Definitions(
            jobs=JOBS,
            schedules=SCHEDULES,
            sensors=SENSORS,
            resources={"installation": Installation()},
            loggers={"progress": progress_logger, "console": dg.colored_console_logger},
            executor=dg.in_process_executor,
        ),
    )


def _assets() -> dg.Definitions:
    """By their module and not by its folder, which Dagster would look up in a pyproject.toml that no wheel has."""
    root = Path(assets.__file__).parents[1]
    with warnings.catch_warnings():
        # Of what Dagster calls itself, as where it looks the folder up.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        return dg.ComponentTree(defs_module=assets, project_root=root, code_location_name=LOCATION).build_defs()
