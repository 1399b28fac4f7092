"""Why a run in this process failed, for tests that start runs."""

import dagster as dg

from pipelines.reports import faults


def failure_reasons(result: dg.ExecuteInProcessResult) -> list[str]:
    """The English sentences of each fault, what to fix in the first line; empty when the run succeeded."""
    return [] if result.success else [fault.en for fault in faults(result.all_events)]
