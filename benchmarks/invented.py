"""The site that is measured: an invented portfolio of sixty projects, and a server for it on this machine.

Belongs here: making its tables, building it, and handing it out as a web server does (compressed).
Does not belong here: what is measured (`site.py`, `lighthouse/run.py`).
"""

from __future__ import annotations

import gzip
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch

import polars as pl

from gevinst.contracts import QUALITY_CHECKS
from gevinst.contracts.schema import polars_schema
from gevinst.illustrative import HORIZON, portfolio, write_portfolio
from gevinst.intake import read_core
from gevinst.layout import EditionInfo
from gevinst.method import association
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.site.build import SiteReport, build_site

PROJECTS, SEED = 60, 7
"""Somewhat more projects than there are, so that the numbers hold for some years."""
_FEW_DRAWS = 9
EDITION = EditionInfo("2026-1", 2026, date(2026, 11, 22), "2025-1", "current", True, "abc1234", "def5678")


def invented_tables(projects: int = PROJECTS) -> dict[str, pl.DataFrame]:
    """Every table that a site needs, of an invented portfolio.

    The tests of associations draw fewer orders than an edition does: for a thousand projects they would take hours, and
    no page that is measured shows them.
    """
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        write_portfolio(portfolio(projects, SEED, HORIZON), raw)
        core = read_core(raw)
    read = {
        **core.tables,
        "quarantine": core.quarantine,
        "corrections": core.corrections,
        "quality_checks": pl.DataFrame(schema=polars_schema(QUALITY_CHECKS)),
    }
    with patch.object(association, "DRAWS", _FEW_DRAWS):
        return {**read, **compute_marts(read, Rules(2016, EDITION.edition_year), is_illustrative=True)}


def timed_build(tables: dict[str, pl.DataFrame], out: Path, cache: Path) -> tuple[SiteReport, float]:
    """Build the site, and say how many seconds that took."""
    start = time.perf_counter()
    report = build_site(tables, EDITION, out, cache_dir=cache, progress=lambda line: None)
    return report, time.perf_counter() - start


class _Compressing(SimpleHTTPRequestHandler):
    """Files of a folder, with text compressed as public web servers do."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.suffix not in (".html", ".css", ".js") or not path.is_file():
            return super().do_GET()
        body = gzip.compress(path.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{self.guess_type(path)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of `site` on this machine while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
