"""``python -m pipelines.pages``: Dagster's own pages on this machine, answering nobody but themselves.

``make dev`` opens them for whoever starts runs, with a daemon beside; ``make pages`` opens them read-only, beside a
daemon that is running already.

Belongs here: starting Dagster's web server behind `SameOrigin`, and the daemon beside it.
Does not belong here: which requests are refused (`same_origin.py`).
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from gevinst.commands.options import Command
from gevinst.errors import GevinstError
from gevinst.settings import load_settings

if TYPE_CHECKING:
    import dagster as dg
    import uvicorn

HOST = "127.0.0.1"
_PORT = 3000
_GRACE_SECONDS = 2
"""How long answers in progress may take when the pages are closed; those that a browser follows never end."""
_DAEMON_SECONDS = 60
"""How long the daemon may take to end: it finishes what it is writing."""


class PagesError(GevinstError):
    """Dagster's pages cannot be opened, or did not stay open."""


def _origin(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    parts = urlsplit(value or "")
    if value and not (parts.scheme in ("https", "http") and value == f"{parts.scheme}://{parts.netloc}"):
        raise click.BadParameter(f"{value} is no origin such as https://dagster.example.no, without a path.")
    return value


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--port", type=click.IntRange(1, 65535), default=_PORT, show_default=True, help="Port to listen on.")
@click.option("--read-only", is_flag=True, help="Only look, beside a daemon that is running; nothing can be started.")
@click.option(
    "--behind", metavar="ORIGIN", callback=_origin, help="Origin of a web server that passes requests on to this one."
)
def main(port: int, read_only: bool, behind: str | None) -> int:
    """Open Dagster's own pages on 127.0.0.1, with a daemon beside them unless they are read-only."""
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "true")  # as the Makefile does, for those who have no make
    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise PagesError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from error
    origins = {f"http://{HOST}:{port}", f"http://localhost:{port}", *([behind] if behind else [])}
    # Around all of it: Ctrl-C may come before the server listens for it, and ends the pages as well then as later.
    with closing(listening), suppress(KeyboardInterrupt):
        _serve(listening, origins, is_read_only=read_only)
    return 0


def _serve(listening: socket.socket, origins: set[str], *, is_read_only: bool) -> None:
    import dagster as dg
    import uvicorn
    from dagster._core.workspace.context import WorkspaceProcessContext
    from dagster._core.workspace.load_target import WorkspaceFileTarget
    from dagster._utils.log import configure_loggers
    from dagster_webserver.app import create_app_from_workspace_process_context

    from pipelines.home import open_home
    from pipelines.same_origin import SameOrigin

    settings = load_settings()
    open_home(settings, lambda _, en: print(en, file=sys.stderr))
    configure_loggers(log_level="INFO")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the daemon and the code server are ended too
    with ExitStack() as stack:
        instance = stack.enter_context(dg.DagsterInstance.get())
        workspace = settings.root / "workspace.yaml"
        if not is_read_only:
            workspace = stack.enter_context(_code_server(instance, workspace))
        context = WorkspaceProcessContext(
            instance,
            WorkspaceFileTarget([str(workspace)]),
            version=dg.__version__,
            read_only=is_read_only,
            code_server_log_level="warning",
        )
        app = create_app_from_workspace_process_context(stack.enter_context(context), live_data_poll_rate=2000)
        config = uvicorn.Config(
            SameOrigin(app, origins),
            log_config=None,
            log_level="warning",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        server = uvicorn.Server(config)
        daemon = None if is_read_only else stack.enter_context(_daemon(workspace, server))
        logging.getLogger("dagster").info("Dagster's pages are open on %s; Ctrl-C closes them.", min(origins))
        server.run(sockets=[listening])
        if daemon is not None and daemon.poll() is not None:
            raise PagesError(f"Dagster's daemon ended with exit code {daemon.returncode}; what it said stands above")


@contextmanager
def _code_server(instance: dg.DagsterInstance, workspace: Path) -> Iterator[Path]:
    """One process that loads the definitions for pages and daemon, as a workspace file that leads to it."""
    import yaml
    from dagster._cli.proxy_server_manager import ProxyServerManager
    from dagster._core.workspace.load_target import WorkspaceFileTarget

    with (
        ProxyServerManager(instance, WorkspaceFileTarget([str(workspace)]), "warning") as servers,
        TemporaryDirectory() as folder,
    ):
        shared = Path(folder) / "workspace.yaml"
        shared.write_text(yaml.safe_dump({"load_from": servers.get_code_server_specs()}), encoding="utf-8")
        yield shared


@contextmanager
def _daemon(workspace: Path, server: uvicorn.Server) -> Iterator[subprocess.Popen[bytes]]:
    """Dagster's daemon, for as long as the pages are open; the pages close when it ends."""
    process = subprocess.Popen([sys.executable, "-m", "dagster._daemon", "run", "--workspace", str(workspace)])

    def watch() -> None:
        process.wait()
        server.should_exit = True

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_DAEMON_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    main()
