"""The record of runs in the marts folder: one file per run, and the last one under a name of its own.

Belongs here: what is kept of a run, in files that a person, a script or another program can read.
Does not belong here: the words for people (`words.py`) and sending them (`send.py`).
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from gevinst.bilingual import Bilingual
from gevinst.errors import GevinstError
from gevinst.persons_and_contacts import masked
from gevinst.quality import Owner
from gevinst.settings import Settings
from gevinst.whole_files import naming, write_atomically

LAST = "last_run.json"
KEPT = 100
"""Records that are kept; a run a day makes some three months."""
KEPT_DAYS = 400
"""For how long a run is remembered at most: a year, and the weeks until the next edition has been looked at."""


class RecordError(GevinstError):
    """A record of a run cannot be read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a run failed: the sentences in both languages, the first line saying what to fix, and who does it.

    They go to screens, records, e-mail and webhook; persons' data in them are masked as the fault is made.
    """

    nb: str
    en: str
    owner: Owner

    def __post_init__(self) -> None:
        """Mask persons' data."""
        object.__setattr__(self, "nb", masked(self.nb))
        object.__setattr__(self, "en", masked(self.en))

    @property
    def message(self) -> Bilingual:
        """The sentences."""
        return Bilingual(self.nb, self.en)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """How a run ended.

    `job` is the name of the job, or what Dagster calls a choice of assets; `edition_year` is `None` for such a choice
    without years. `edition_id` is what was published or built, `is_published` `None` for a job that publishes nothing.
    `page` is the path of the page that a dry run has made, and `summary` what it says in bokmål and English. `notices`
    are what somebody should look at although the run succeeded. `told` says of each channel ``sent`` or why not.
    """

    run_id: str
    job: str
    edition_year: int | None
    ended_at: datetime
    is_success: bool
    edition_id: str | None = None
    is_published: bool | None = None
    page: str | None = None
    summary: tuple[str, str] | None = None
    faults: tuple[Fault, ...] = ()
    notices: tuple[Bilingual, ...] = ()
    told: tuple[tuple[str, str], ...] = ()


def runs_dir(settings: Settings) -> Path:
    """Where the records are."""
    return settings.marts_dir / "runs"


def write_record(settings: Settings, record: RunRecord, line: Bilingual, said: Bilingual) -> bool:
    """Keep the record of a run, also as the last one, and remove old records; `False` when the run has one already.

    A run from the shell is recorded by the shell, any other by the daemon, which sees both. The record is there whole
    or not at all: whoever is killed before leaves the run to the other. `line` and `said` are the words about it: one
    line, and all of them.
    """
    text = _text(record, line, said)
    path = runs_dir(settings) / f"{record.run_id}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.part")
        with naming(path):
            beside.write_text(text, encoding="utf-8")
        try:
            os.link(beside, path)  # unlike a rename, it fails where there is a record
        finally:
            beside.unlink()
    except FileExistsError:
        return False
    _replace(settings.marts_dir / LAST, text)
    written = {path: path.stat().st_mtime for path in runs_dir(settings).glob("*.json")}
    oldest = record.ended_at.timestamp() - KEPT_DAYS * 24 * 60 * 60
    for place, old in enumerate(sorted(written, key=lambda path: written[path], reverse=True)):
        if place >= KEPT or written[old] < oldest:
            old.unlink(missing_ok=True)
    return True


def add_told(settings: Settings, record: RunRecord, line: Bilingual, said: Bilingual) -> None:
    """Add to the record of a run, and to the last one, what came of telling of it."""
    text = _text(record, line, said)
    _replace(runs_dir(settings) / f"{record.run_id}.json", text)
    _replace(settings.marts_dir / LAST, text)


def _text(record: RunRecord, line: Bilingual, said: Bilingual) -> str:
    content = {
        **asdict(record),
        "ended_at": record.ended_at.isoformat(timespec="seconds"),
        "faults": [asdict(fault) for fault in record.faults],
        "notices": [notice._asdict() for notice in record.notices],
        "told": dict(record.told),
        "line": line._asdict(),
        "said": said._asdict(),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def last_record(settings: Settings) -> RunRecord | None:
    """The record of the run that ended last; `None` before the first."""
    path = settings.marts_dir / LAST
    return _read(path) if path.is_file() else None


def last_published(settings: Settings, from_year: int) -> RunRecord | None:
    """The newest record of a publishing run of `from_year` or a later year that succeeded."""
    records = (_read(path) for path in runs_dir(settings).glob("*.json"))
    done = (r for r in records if r.is_success and r.is_published is not None and (r.edition_year or 0) >= from_year)
    return max(done, key=lambda record: record.ended_at, default=None)


def _read(path: Path) -> RunRecord:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        del content["line"], content["said"]
        summary = content.pop("summary")
        faults = tuple(Fault(fault["nb"], fault["en"], Owner(fault["owner"])) for fault in content.pop("faults"))
        notices = tuple(Bilingual(**notice) for notice in content.pop("notices", []))
        told, ended_at = tuple(content.pop("told").items()), datetime.fromisoformat(content.pop("ended_at"))
        return RunRecord(
            ended_at=ended_at,
            summary=tuple(summary) if summary else None,
            faults=faults,
            notices=notices,
            told=told,
            **content,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RecordError(f"{path} is no record of a run; remove it, the next run writes it again") from error


def _replace(path: Path, text: str) -> None:
    write_atomically(path, lambda beside: beside.write_text(text, encoding="utf-8"))
