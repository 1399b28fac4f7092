"""``gevinst site``: the published pages on this machine.

Belongs here: its arguments, and saying where the pages are. Does not belong here: serving (`gevinst.edition.serve`).
"""

from __future__ import annotations

import argparse

_PORT = 8000


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command and its own."""
    parser = commands.add_parser("site", help="look at the published pages over HTTP on this machine")
    parts = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = parts.add_parser("serve", help="serve all published editions on 127.0.0.1, as a real host should")
    serve.add_argument("--port", type=int, default=_PORT, help=f"0 takes a free one (default: {_PORT})")
    serve.add_argument("--edition", metavar="ID", help="which one the address leads to (default: the one in force)")
    serve.set_defaults(run=_serve)


def _serve(asked: argparse.Namespace) -> int:
    from gevinst.edition import EditionError
    from gevinst.edition.serve import EditionServer
    from gevinst.edition.store import find_edition
    from gevinst.settings import load_settings

    settings = load_settings()
    edition = find_edition(settings, asked.edition)
    try:
        server = EditionServer(settings.editions_dir, edition.edition_id, asked.port)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "there is no such port"
        raise EditionError(f"port {asked.port} cannot be used ({reason}); choose another with --port") from error
    address = f"http://127.0.0.1:{server.port}/"
    words = f"Edition {edition.edition_id} is on {address}, and all editions on {address}index.html; Ctrl-C stops it."
    print(words, flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        print()
    return 0
