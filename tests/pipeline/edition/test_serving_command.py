"""The command that serves published editions, from its first words to its end."""

import http.client
import io
import signal
import subprocess
import sys
from pathlib import Path

from tests.data.workspaces import workspace

COMMAND = "import sys; from gevinst.cli import main; sys.exit(main(sys.argv[1:]))"


def test_the_command_serves_a_published_edition_until_it_is_interrupted(built, settings):
    from gevinst.edition import publish

    publish(built(), settings)
    environment = {"GEVINST_WORKSPACE": str(workspace(settings.root)), "GEVINST_MARTS_DIR": str(settings.marts_dir)}
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "site", "serve", "--port", "0"],
        env={"PATH": "", **environment}, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        texts = process.stdout.readline()
        port = int(texts.partition("http://127.0.0.1:")[2].partition("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/")
        assert connection.getresponse().headers["Location"] == "/2026-1/site/index.html"
        connection.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == ""
    finally:
        process.kill()
        process.communicate()
    assert texts.startswith("Edition 2026-1 is on ")


def test_an_interruption_as_soon_as_the_address_is_read_ends_the_command_as_well(built, settings, monkeypatch):
    from gevinst.cli import main
    from gevinst.edition import publish

    class Reader(io.StringIO):
        def flush(self) -> None:
            raise KeyboardInterrupt

    publish(built(), settings)
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(settings.root)))
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(settings.marts_dir))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", reader := Reader())
        assert main(["site", "serve", "--port", "0"]) == 0
    assert "Edition 2026-1 is on " in reader.getvalue()
