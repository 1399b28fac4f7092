"""The published site behind the nginx of docs/deploy.md, asked by a thousand readers at once: ``make bench-load``.

``python -m benchmarks.load --editions FOLDER`` measures other editions than those published here. wrk (a package of
Debian) asks for what browsers ask for when they open a page for the first time: the page, then its style sheet, scripts
and fonts, over all kinds of pages in both languages. An empty file under the same load shows what server, TLS and wrk
can do at most. Everything is on 127.0.0.1, and wrk takes its share of the same cores.

Belongs here: numbers that are printed. They depend on the machine, so no test checks them.
Does not belong here: whether the server answers rightly (`tests/pipeline/deploy`).
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.pages import documents
from gevinst.bilingual import LANGUAGES
from tests.pipeline.deploy.nginx import SITE, Nginx, found_program, free_port, running

_LOCAL = re.compile(r"""(?:href|src)="([^":#?]+\.(?:css|js|woff2|svg|png))["?#]""")
_FONT = re.compile(r"""url\(["']?([^"')]+\.woff2)""")
_SCRIPT = """
local addresses = {{ {addresses} }}
local next = 0
function setup(thread)
  -- Each of wrk's threads begins at another page.
  first = (first or 0) + 1
  thread:set("next", math.floor(#addresses * first / 3))
end
function request()
  next = next % #addresses + 1
  return wrk.format("GET", addresses[next], {{ ["Accept-Encoding"] = "gzip" }})
end
{pause}
function done(summary, latency)
  local out = {{}}
  for _, p in ipairs({{ 50, 90, 99, 99.9 }}) do
    out[#out + 1] = string.format('"%g": %.3f', p, latency:percentile(p) / 1000)
  end
  out[#out + 1] = string.format('"longest": %.3f', latency.max / 1000)
  io.write(string.format('\\nRESULT {{"requests": %d, "bytes": %d, "seconds": %.2f, "connect": %d, "read": %d, ' ..
    '"write": %d, "status": %d, "timeout": %d, "ms": {{%s}}}}\\n', summary.requests, summary.bytes,
    summary.duration / 1e6, summary.errors.connect, summary.errors.read, summary.errors.write,
    summary.errors.status, summary.errors.timeout, table.concat(out, ", ")))
end
"""
_PAUSE = "function delay() return math.random(0, {most}) end"
_ERRORS = ("connect", "read", "write", "status", "timeout")


def first_loads(editions: Path) -> list[str]:
    """Addresses as browsers ask for them: each kind of page in both languages, each followed by what it needs."""
    (site,) = [path / "site" for path in sorted(editions.glob("[0-9]*-[0-9]*"))[-1:]]
    found = []
    for language in LANGUAGES:
        for _, page in documents(site, language):
            file = site / page
            names = _LOCAL.findall(file.read_text(encoding="utf-8"))
            parts = [(file.parent / name).resolve() for name in dict.fromkeys(names)]
            for sheet in [path for path in parts if path.suffix == ".css"]:
                parts += [(sheet.parent / name).resolve() for name in _FONT.findall(sheet.read_text(encoding="utf-8"))]
            found += [path for path in [file.resolve(), *parts] if path.is_file()]
    return [f"/{path.relative_to(editions.resolve()).as_posix()}" for path in found]


def asked(nginx: Nginx, addresses: list[str], readers: int, seconds: int, most_pause: int, folder: Path) -> dict:
    """What wrk measured: `readers` connections that ask for the addresses over and over."""
    listed = ", ".join(json.dumps(one) for one in addresses)
    script = folder / "load.lua"
    pause = _PAUSE.format(most=most_pause) if most_pause else ""
    script.write_text(_SCRIPT.format(addresses=listed, pause=pause), encoding="utf-8")
    command = ["wrk", "-t2", f"-c{readers}", f"-d{seconds}s"]
    address = f"https://localhost:{nginx.tls_port}"
    done = subprocess.run([*command, "--timeout", "30s", "-s", str(script), address], capture_output=True, text=True)
    result = re.search(r"^RESULT (.*)$", done.stdout, re.MULTILINE)
    if result is None:
        raise SystemExit(f"wrk measured nothing: {done.stdout}{done.stderr}")
    return json.loads(result[1])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editions", type=Path, default=Path("data/marts/editions"), help="folder of editions")
    parser.add_argument("--readers", type=int, default=1_000)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    server = found_program("nginx")
    if server is None or found_program("wrk") is None:
        raise SystemExit("Measuring load needs nginx and wrk: apt-get install nginx-light wrk")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        editions = Path(shutil.copytree(options.editions, place / "editions"))
        (editions / "empty.txt").touch()
        addresses = first_loads(editions)
        weight = sum((editions / one[1:]).stat().st_size for one in addresses)
        print(f"{len(addresses)} files of first loads, {weight / len(addresses) / 1000:.0f} kB each before packing")
        # wrk says to a server by which name it asks; only this name leads here without a change of the machine.
        named = {f"server_name {SITE};": "server_name localhost;"}
        with running(server, place / "nginx", editions, free_port(), named) as nginx:
            asked(nginx, addresses, options.readers, 5, 0, place)  # files are in memory, connections have been made
            print("| Asked for | Answers/s | MB/s | p50 ms | p90 ms | p99 ms | p99.9 ms | longest ms | errors |")
            print("|---|---|---|---|---|---|---|---|---|")
            for what, files, pause in (
                ("an empty file, again at once", ["/empty.txt"], 0),
                ("first loads, again at once", addresses, 0),
                ("first loads, a pause of a second on average", addresses, 2_000),
            ):
                found = asked(nginx, files, options.readers, options.seconds, pause, place)
                rate = [found[key] / found["seconds"] for key in ("requests", "bytes")]
                cells = [f"{rate[0]:.0f}", f"{rate[1] / 1e6:.1f}", *(f"{one:.1f}" for one in found["ms"].values())]
                print(f"| {what} | {' | '.join(cells)} | {sum(found[key] for key in _ERRORS)} |", flush=True)


if __name__ == "__main__":
    main()
