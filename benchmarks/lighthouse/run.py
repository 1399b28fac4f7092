"""What Lighthouse says of every kind of page on a simulated phone: ``make lighthouse``.

Belongs here: running it on a server of this machine, and printing medians. They depend on the machine, so no test
checks them. ``RUNS`` and names of pages may be given: ``python -m benchmarks.lighthouse.run --runs 5 portfolio``.
Does not belong here: build time, weight and filters (`benchmarks/site.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.invented import invented_tables, served, timed_build
from benchmarks.pages import chromium, documents
from gevinst.bilingual import LANGUAGES

LIGHTHOUSE = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROMIUM_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
)
ATTEMPTS = 3
# Below 100 for speed: the simulated phone varies by some points from run to run. Accessibility does not vary.
TARGETS = {"performance": 95, "accessibility": 100}
HEADING = f"{'page':12} {'performance':>13} {'accessibility':>13} {'LCP s':>7} {'TBT ms':>7} {'CLS':>6}"


def main(arguments: list[str] | None = None) -> int:
    """Print one line per kind of page; 1 when a median misses a target."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse.run")
    parser.add_argument("pages", nargs="*", help="kinds of pages (default: all)")
    parser.add_argument("--runs", type=int, default=5, help="runs per page; their median counts (default: 5)")
    parser.add_argument("--language", choices=LANGUAGES, default="nb")
    options = parser.parse_args(arguments)
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        timed_build(invented_tables(), work / "site", work / "cache")
        print(f"Lighthouse, mobile, median of {options.runs}\n{HEADING}")
        with served(work / "site") as host:
            for name, path in documents(work / "site", options.language):
                if options.pages and name not in options.pages:
                    continue
                reports = [_report(f"{host}/{path}", work / "report.json") for _ in range(options.runs)]
                missed += [f"{name}: {target}" for target in _missed_targets(name, reports)]
    print(f"Below target: {', '.join(missed)}" if missed else "Every target is met.")
    return 1 if missed else 0


def _report(address: str, out: Path) -> dict[str, Any]:
    """One run of Lighthouse in its own browser; its default is a slow phone on a slow network."""
    command = ["node", str(LIGHTHOUSE), address, "--output=json", f"--output-path={out}", "--quiet"]
    command += ["--only-categories=performance,accessibility", f"--chrome-flags={CHROMIUM_FLAGS}"]
    for _ in range(ATTEMPTS):  # on a busy machine the browser may answer too late
        if subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium()}).returncode == 0:
            return json.loads(out.read_text(encoding="utf-8"))
    raise SystemExit(f"Lighthouse failed {ATTEMPTS} times on {address}")


def _missed_targets(name: str, reports: list[dict[str, Any]]) -> list[str]:
    """Print the medians of one page, and give the targets that they miss."""
    scores = {
        target: statistics.median(round(report["categories"][target]["score"] * 100) for report in reports)
        for target in TARGETS
    }
    lcp, tbt, cls = (
        statistics.median(report["audits"][audit]["numericValue"] for report in reports)
        for audit in ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    )
    shares = f"{scores['performance']:13.0f} {scores['accessibility']:13.0f}"
    print(f"{name:12} {shares} {lcp / 1000:7.2f} {tbt:7.0f} {cls:6.3f}", flush=True)
    return [target for target, least in TARGETS.items() if scores[target] < least]


if __name__ == "__main__":
    sys.exit(main())
