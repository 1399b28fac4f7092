"""``gevinst site``: the published pages on this machine.

Belongs here: its options, and printing the address. Does not belong here: serving (`gevinst.edition.serve`).
"""

from __future__ import annotations

from contextlib import suppress

import click

from gevinst.commands.options import Group

_PORT = 8000


@click.group(cls=Group)
def command() -> None:
    """Look at the published pages over HTTP on this machine."""


@command.command()
@click.option("--port", type=int, default=_PORT, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option("--edition", metavar="ID", help="Which one the address leads to (default: the one in force).")
def serve(port: int, edition: str | None) -> None:
    """Serve all published editions on 127.0.0.1, as a real host should."""
    from gevinst.edition import EditionError
    from gevinst.edition.beside import not_found_page
    from gevinst.edition.serve import EditionServer
    from gevinst.edition.store import find_edition
    from gevinst.settings import load_settings

    settings = load_settings()
    shown = find_edition(settings, edition)
    try:
        lost = not_found_page(settings, find_edition(settings, None), root="/")
        server = EditionServer(settings.editions_dir, shown.edition_id, port, lost)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "there is no such port"
        raise EditionError(f"port {port} cannot be used ({reason}); choose another with --port") from error
    address = f"http://127.0.0.1:{server.port}/"
    words = f"Edition {shown.edition_id} is on {address}, and all editions on {address}index.html; Ctrl-C stops it."
    with suppress(KeyboardInterrupt):  # which may come as soon as the words are read, before the server listens for it
        print(words, flush=True)
        server.run()
