"""How long a site takes to build, how heavy it is, and how fast a filter acts: ``make bench-site``.

``python -m benchmarks.site 1250`` measures what grows with the number of projects, with as many invented ones: first
load, indexes on demand, choice, keystroke and answer. Of 1 250 there are five thousand benefits.

Belongs here: numbers that are printed. They depend on the machine, so no test checks them.
Does not belong here: what Lighthouse says (`lighthouse/run.py`).
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.growth import growth
from benchmarks.invented import PROJECTS, invented_tables, served, timed_build
from benchmarks.pages import chromium, documents
from gevinst.site import build
from gevinst.site.pages import PAGES

# Chooses each option of the first drop-down of a filter, and returns how long after the choice the last figure was
# drawn and on the screen.
REDRAWS = """async () => {
  const lives = Array.from(document.querySelectorAll('[data-live]'));
  const choice = document.querySelector('[data-filter] select');
  const times = [];
  let last = 0;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const choose = async (value) => {
    const start = performance.now();
    last = start;
    choice.value = value;
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    last = Math.max(last, performance.now());
    await pause(1500);  // longer than any redraw, so that the last one is counted
    return last - start;
  };
  await choose(choice.options[1].value);
  await pause(2000);  // the first choice loads Plotly, which is no part of a redraw
  for (const live of lives.filter((one) => one.on)) {
    live.on('plotly_afterplot', () => requestAnimationFrame(() => { last = performance.now(); }));
  }
  for (const option of Array.from(choice.options).slice(2)) {
    times.push(await choose(option.value));
    times.push(await choose(''));
  }
  return times;
}"""


MANY = (
    "overview", "follow_up", "portfolio", "benefits", "benefits_register", "scheme",
    "organisation", "sources", "search", "explore",
)  # fmt: skip
"""Pages that grow with the number of projects; each project's own page does not."""

# Makes each choice of the form above a long table, writes in its search field and sorts by each column, and returns how
# long after each the rows were on the screen. The first choice loads the index.
CHOICES = """async () => {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const timed = async (act) => {
    const start = performance.now();
    act();
    do {
      await painted();
    } while (!window.gevinstRows);
    return performance.now() - start;
  };
  const set = (control, value, event) => {
    control.value = value;
    control.dispatchEvent(new Event(event, { bubbles: true }));
  };
  const times = [];
  for (const control of document.querySelectorAll('[data-filter] select:not([data-apart])')) {
    for (const option of Array.from(control.options).slice(1).map((one) => one.value).concat('')) {
      times.push(await timed(() => set(control, option, 'change')));
    }
  }
  for (const search of document.querySelectorAll('[data-filter] [type=search]')) {
    for (const text of ['t', 'ti', 'tid', '']) {
      times.push(await timed(() => set(search, text, 'input')));
    }
  }
  for (const button of document.querySelectorAll('[data-paged] th button')) {
    times.push(await timed(() => button.click()));
  }
  return times;
}"""

# Writes words letter by letter, and returns how long after each letter the hits were on the screen. The first that
# searches loads the index.
KEYSTROKES = """async () => {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const field = document.querySelector('[data-finder] input');
  const finds = document.querySelector('[data-finds]');
  const times = [];
  for (const word of ['skjema', 'tid på hver sak', 'kommune', 'vannprover']) {
    for (let length = 2; length <= word.length; length += 1) {
      const start = performance.now();
      field.value = word.slice(0, length);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      do {
        await painted();
      } while (!times.length && !finds.children.length);
      times.push(performance.now() - start);
    }
  }
  return times;
}"""

# Asks the first ready question, and returns how long it took to load engine and tables and to answer.
ANSWER = """async () => {
  const start = performance.now();
  document.querySelector('[data-question]').click();
  while (!document.querySelector('[data-answer] table')) {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }
  return performance.now() - start;
}"""


def main(projects: int | None = None) -> int:
    """Build twice, weigh, and filter; prints one line per number. Of `projects` only what grows is measured."""
    if projects is not None:
        return _many(projects)
    tables = invented_tables()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        work = Path(folder)
        site = work / "warm"
        _, cold = timed_build(tables, work / "cold", work / "cache")
        report, warm = timed_build(tables, site, work / "cache")
        print(f"{PROJECTS} invented projects, two languages")
        print(
            f"  build      cold {cold:.1f} s, warm {warm:.1f} s: {cold / warm:.1f} times as long without drawn figures"
        )
        largest = max(site.rglob("*.html"), key=lambda path: path.stat().st_size)
        kilobytes = largest.stat().st_size / 1000
        print(f"  size       {report.total_bytes / 1e6:.1f} MB, {len(report.pages)} pages")
        print(f"  largest    {kilobytes:.0f} kB: {largest.relative_to(site).as_posix()}")
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        with served(site) as host:
            lines = (*_first_loads(browser, site, host), *_redraws(browser, site, host), *_choices(browser, site, host))
            for line in lines:
                print(f"  {line}")
        browser.close()
        for line in growth(work / "growth"):
            print(f"  {line}")
    return 0


def _first_loads(browser: Browser, site: Path, host: str) -> Iterator[str]:
    """What each kind of page requests at first, compressed."""
    for name, path in documents(site, "nb"):
        requested: list[str] = []
        tab = _opened(browser, f"{host}/{path}", requested)
        tab.context.close()
        files = [site / address.removeprefix(f"{host}/") for address in requested if address.startswith(host)]
        weight = sum(len(gzip.compress(file.read_bytes())) for file in files)
        yield f"first load {weight / 1024:6.1f} KiB in {len(files)} requests: {name}"


def _redraws(browser: Browser, site: Path, host: str) -> Iterator[str]:
    """How long a reader waits for the figures after a choice, on every kind of page with a filter."""
    for name, path in documents(site, "nb"):
        if "data-filter" not in (site / path).read_text(encoding="utf-8"):
            continue
        tab = _opened(browser, f"{host}/{path}", [])
        times = tab.evaluate(REDRAWS)
        tab.context.close()
        yield (
            f"redraw     median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {len(times)}: {name}"
        )


def _many(projects: int) -> int:
    """The pages that grow with the number of projects: their weight, and how fast they answer."""
    tables = invented_tables(projects)
    benefits = tables["benefits"].height
    wanted = tuple(page for page in PAGES if page.name in MANY)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, patch.object(build, "PAGES", wanted):
        site = Path(folder) / "site"
        _, seconds = timed_build(tables, site, Path(folder) / "cache")
        print(f"{projects} invented projects with {benefits} benefits, two languages: built in {seconds:.1f} s")
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        with served(site) as host:
            for lines in (_first_loads, _choices, _answers):
                for line in lines(browser, site, host):
                    print(f"  {line}")
        browser.close()
    return 0


def _choices(browser: Browser, site: Path, host: str) -> Iterator[str]:
    """How heavy the indexes of long tables are, and how long a reader waits for the rows of a choice."""
    for index in sorted(site.glob("nb/**/rows.js")):
        first = index.with_name("index.html")
        pages = [first, *index.parent.glob("[0-9]*/index.html")]
        tab = _opened(browser, f"{host}/{first.relative_to(site).as_posix()}", [])
        times = tab.evaluate(CHOICES)
        tab.context.close()
        yield f"long table {len(pages)} pages, index {_packed(index):.0f} KiB: {first.parent.relative_to(site)}"
        yield f"choice     {_times(times)}" if times else "choice     none"


def _answers(browser: Browser, site: Path, host: str) -> Iterator[str]:
    """How long a reader waits for hits while writing, and for the answer to a first question in SQL."""
    path = dict(documents(site, "nb"))
    tab = _opened(browser, f"{host}/{path['search']}", [])
    times = tab.evaluate(KEYSTROKES)
    tab.context.close()
    yield f"search     index {_packed(site / 'nb/sok/index.js'):.0f} KiB, keystroke {_times(times)}"
    tab = _opened(browser, f"{host}/{path['explore']}", [])
    yield f"explore    first answer {tab.evaluate(ANSWER):.0f} ms"
    tab.context.close()


def _packed(file: Path) -> float:
    """KiB of a file as a web server sends it."""
    return len(gzip.compress(file.read_bytes())) / 1024


def _times(times: list[float]) -> str:
    first, *others = times
    return (
        f"first {first:.0f} ms, then median {statistics.median(others):.0f} ms, worst {max(others):.0f} ms "
        f"of {len(others)}"
    )


def _opened(browser: Browser, address: str, requested: list[str]) -> Page:
    tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    tab.on("request", lambda request: requested.append(request.url))
    tab.goto(address, wait_until="networkidle")
    return tab


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else None))
