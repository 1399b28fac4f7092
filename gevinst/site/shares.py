"""Pages of a large portfolio, written by several processes: one page of one language each, or a share of its documents.

Every process reads the tables from files that the first has written and makes rows of its own, which takes a while: it
is not worth it for some hundred projects.

Belongs here: sharing pages among processes.
Does not belong here: writing a page (`gevinst.site.writing`) and the order of work (`gevinst.site.build`).
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

import polars as pl

from gevinst.errors import GevinstError
from gevinst.layout import EditionInfo
from gevinst.scratch import scratch
from gevinst.settings import Settings
from gevinst.site.context import Place, View
from gevinst.site.figures import Figure
from gevinst.site.naming import marked
from gevinst.site.page import Page
from gevinst.site.pages import PAGES, path_of
from gevinst.site.rows import SiteData
from gevinst.site.writing import Written, write_page

MANY = 300
"""From so many projects on, processes share the pages."""
_SHARE = 400
"""Documents in one share: few enough that no process waits long for the last."""


_MOST_PROCESSES = 4
"""Each has the rows of the portfolio in memory."""


class PagesUnfinished(GevinstError):
    """The pages could not be written to the end."""


@dataclass(frozen=True, slots=True)
class _Share:
    """One page in one language; of one with a document for each of many things so many from place `start` on."""

    language: str
    page: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class _Given:
    """What a process needs beside the tables to show them as the first process does."""

    out: Path
    edition: EditionInfo
    settings: Settings
    figures: Mapping[str, Mapping[str, Figure]]
    report: Mapping[str, str | None]
    brief: Mapping[str, str | None]


def write_in_shares(
    views: Sequence[View], pages: Sequence[Page], out: Path, edition: EditionInfo, progress: Callable[[str], object]
) -> Written:
    """Write `pages` in the languages of `views`, as one process would; the views then know where tables are shown."""
    given = _Given(
        out,
        edition,
        views[0].settings,
        {view.language: view.figures for view in views},
        {view.language: view.report for view in views},
        {view.language: view.brief for view in views},
    )
    shares = [share for view in views for page in pages for share in _shares(view, page)]
    written = Written()
    with scratch() as folder:
        for name, frame in views[0].data.tables.items():
            frame.write_ipc(folder / f"{name}.arrow", compression="uncompressed")
        for share, (made, places) in _in_order(shares, folder, given):
            written.add(made)
            _take_places(next(view for view in views if view.language == share.language), places)
            progress(f"Pages written: {share.language}, {share.page}")
    return written


def _in_order(shares: Sequence[_Share], folder: Path, given: _Given) -> Iterator[tuple[_Share, _Done]]:
    with _pool(folder, given) as pool:
        try:
            # Whole pages first: they are the long ones.
            begun = {
                share: pool.submit(_write, share) for share in sorted(shares, key=lambda one: one.start is not None)
            }
            yield from ((share, begun[share].result()) for share in shares)
        except BrokenProcessPool as broken:
            raise PagesUnfinished(
                "A process that wrote pages ended before it was done; most likely the machine has too little memory.",
                "En prosess som skrev sider, sluttet før den var ferdig; trolig har maskinen for lite minne.",
            ) from broken
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # whoever interrupts does not wait for pages not begun


def _pool(folder: Path, given: _Given) -> ProcessPoolExecutor:
    # A process that was forked would wait for ever for the threads of Polars, which a fork does not take along.
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    return ProcessPoolExecutor(processes, get_context("spawn"), _begin, (folder, given))


def _shares(view: View, page: Page) -> Iterator[_Share]:
    if page.tails is None:
        yield _Share(view.language, page.name)
        return
    for start in range(0, len(page.tails(view)), _SHARE):
        yield _Share(view.language, page.name, start)


def _take_places(view: View, places: Mapping[str, Mapping[str, Place]]) -> None:
    for table, by_href in places.items():
        known = view.places.setdefault(table, {})
        for href, place in by_href.items():
            known.setdefault(href, place)


_Done = tuple[Written, dict[str, dict[str, Place]]]
"""What was written, and where tables are shown on it."""
_views: dict[str, View] = {}
_given: list[_Given] = []
"""What this process was begun with."""


def _begin(folder: Path, given: _Given) -> None:
    end_with_parent()
    gc.disable()
    tables = {file.stem: pl.read_ipc(file) for file in folder.glob("*.arrow")}
    data = SiteData(tables, marked(given.edition))
    for language, figures in given.figures.items():
        view = View(data, language, given.settings, path_of, is_marking=True)
        view.figures.update(figures)
        view.report, view.brief = given.report[language], given.brief[language]
        _views[language] = view
    _given.append(given)


def end_with_parent() -> None:
    """End this process as soon as the one that began it has: it would wait for work for ever."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def _write(share: _Share) -> _Done:
    view, given = _views[share.language], _given[0]
    page = next(one for one in PAGES if one.name == share.page)
    view.places = {}
    # Rows stay as long as the process: to go through them for every page made takes a tenth of the time.
    gc.freeze()
    if share.start is None or page.tails is None or page.document is None:
        documents = page.documents(view)
    else:
        make = page.document
        documents = (make(view, tail) for tail in page.tails(view)[share.start : share.start + _SHARE])
    written = write_page(given.out, page, view, given.edition, documents)
    if share.start is None:
        view.data.forget()
    gc.collect()
    return written, view.places
