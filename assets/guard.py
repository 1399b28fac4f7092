"""Which runs may make what readers or evaluators act on: asked before the first step of every run.

Belongs here: the rule that an edition is put in force only by a whole run of `publish`, and compared only by one of
`dry_run`. It looks at what the run is to make and not at what its job is called, since Dagster's pages start any
choice of assets without a job.
Does not belong here: whether an edition is fit to be published (`gevinst.edition.publish`).
"""

import dagster as dg

from assets.metadata import table_key
from gevinst.contracts import CORE, MARTS, QUALITY
from gevinst.edition import calendar
from gevinst.errors import EvaluatorError

DRY_RUN, PUBLISH = "dry_run", "publish"
ENDS = {dg.AssetKey("edition_in_force"): PUBLISH, dg.AssetKey("what_would_change"): DRY_RUN}
"""The assets that only one job may make."""
YEAR_IS_NAMED_TAG = "gevinst/year_is_named"
"""The tag of a run whose year somebody typed, so that it may be one that has just begun."""
_WHOLE = frozenset({dg.AssetKey("edition"), *(table_key(table) for table in (*CORE, *MARTS, *QUALITY))})
_FIRST_STEP = "core"
_CHOSEN = "__ASSET_JOB"
"""What Dagster calls the job of a run put together in its pages; without a selection it makes all there is."""


class RunRefusedError(EvaluatorError):
    """The run would publish, or compare, something else than the files say now; nothing was begun."""


def refuse_unsound(run: dg.DagsterRun) -> None:
    """Raise `RunRefusedError` when the run must not make what it is asked for.

    What ends a job is made only by that job and only together with all it rests on: made alone, it would come from what
    an earlier run has left behind. A year that has just begun is published only when somebody has named it.
    """
    for end, job in ENDS.items():
        is_chosen = end in run.asset_selection if run.asset_selection else run.job_name == _CHOSEN
        if is_chosen:
            require_job(run, job, end)
    if run.job_name in ENDS.values() and not _is_whole(run):
        raise RunRefusedError(
            f"Jobben {run.job_name} kjøres bare i sin helhet: et utvalg av stegene ville bygd på det en tidligere "
            f"kjøring etterlot. Åpne Jobs, {run.job_name}, og trykk Materialize all…, eller skriv "
            f"gevinst {run.job_name.replace('_', '-')}. Ingenting er gjort.",
            f"The job {run.job_name} runs only as a whole: some of its steps would build on what an earlier run left. "
            f"Open Jobs, {run.job_name} and press Materialize all…, or type gevinst {run.job_name.replace('_', '-')}. "
            "Nothing was done.",
        )
    if run.job_name == PUBLISH:
        _refuse_unnamed(int(run.tags["dagster/partition"]), YEAR_IS_NAMED_TAG in run.tags)


def require_job(run: dg.DagsterRun, job: str, end: dg.AssetKey) -> None:
    """Raise `RunRefusedError` unless the run is one of `job`; each end asks once more, however it came to be run."""
    if run.job_name == job:
        return
    name = end.to_user_string()
    raise RunRefusedError(
        f"{name} lages bare av jobben {job}, ikke av et utvalg. Åpne Jobs, {job}, og trykk Materialize all…, eller "
        f"velg uten {name}. Ingenting er gjort.",
        f"{name} is made only by the job {job}, not by a choice of assets. Open Jobs, {job} and press "
        f"Materialize all…, or choose without {name}. Nothing was done.",
    )


def _is_whole(run: dg.DagsterRun) -> bool:
    chosen, steps = run.asset_selection, run.step_keys_to_execute
    return (not chosen or chosen >= _WHOLE) and (not steps or _FIRST_STEP in steps)


def _refuse_unnamed(year: int, is_named: bool) -> None:
    if not is_named and calendar.has_just_begun(year, calendar.today()):
        raise RunRefusedError(
            f"{year} har nettopp begynt, og en utgave av {year} ville stå i veien for den av {year - 1}. "
            f"Velg {year - 1}, eller skriv gevinst publish --year {year} om du virkelig mener {year}. "
            "Ingenting er gjort.",
            f"{year} has just begun, and an edition of {year} would stand in the way of that of {year - 1}. "
            f"Choose {year - 1}, or type gevinst publish --year {year} if you do mean {year}. Nothing was done.",
        )
