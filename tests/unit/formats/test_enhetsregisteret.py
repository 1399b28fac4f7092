"""Looking organisations up: the number first, then the live register, then the kept list."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from gevinst.cli import main
from gevinst.formats.enhetsregisteret import Entity, KeptRegister, LiveRegister, look_up
from gevinst.formats.errors import ExchangeError

KEPT = KeptRegister(
    pl.DataFrame({"organisation_number": ["974760673", "971278374"], "registered_name": ["Registrene", "Byggerne"]})
)
KNOWN = {"974760673": "REGISTRENE LIVE"}


class _Service(BaseHTTPRequestHandler):
    """Answers as Enhetsregisteret's service does."""

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        number = path.path.rsplit("/", 1)[-1]
        if number in KNOWN:
            answer = {"organisasjonsnummer": number, "navn": KNOWN[number]}
        elif path.path.endswith("/enheter"):
            wanted = parse_qs(path.query)["navn"][0].upper()
            found = [{"organisasjonsnummer": n, "navn": name} for n, name in KNOWN.items() if wanted in name]
            answer = {"_embedded": {"enheter": found}} if found else {"page": {}}
        else:
            self.send_response(404)
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def live() -> Iterator[LiveRegister]:
    server = HTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield LiveRegister(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_live_register_answers_by_number_and_by_name(live) -> None:
    by_number = look_up("974 760 673", live, KEPT)
    by_name = look_up("registrene", live, KEPT)
    assert by_number.found == by_name.found == (Entity("974760673", "REGISTRENE LIVE"),)
    assert by_number.is_live and not by_number.did_not_answer


def test_nothing_found_live_is_an_answer_and_not_a_reason_to_ask_the_list(live) -> None:
    assert look_up("971278374", live, KEPT).found == ()
    assert look_up("byggerne", live, KEPT).is_live


def test_without_a_network_the_kept_list_answers_and_says_so() -> None:
    answer = look_up("byggerne", LiveRegister("http://127.0.0.1:9"), KEPT)
    assert answer.found == (Entity("971278374", "Byggerne"),)
    assert not answer.is_live and answer.did_not_answer


@pytest.mark.parametrize("number", ["974760763", "NO 974 760 763 MVA", "12345"])
def test_a_misprinted_number_is_refused_without_a_request(number) -> None:
    class Nobody:
        def by_number(self, number: str) -> list[Entity]:
            raise AssertionError("requested")

        by_name = by_number

    with pytest.raises(ExchangeError, match="check digit is wrong"):
        look_up(number, Nobody(), Nobody())


def test_the_command_finds_an_owner_in_the_committed_list(capsys) -> None:
    assert main(["lookup", "Kristiansand", "--offline"]) == 0
    assert "820852982  Kristiansand kommune" in capsys.readouterr().out
    assert main(["lookup", "finnes ikke", "--offline", "--language", "en"]) == 1
    assert "does not mean there is no such organisation" in capsys.readouterr().out
    assert main(["lookup", "974760763", "--offline"]) == 1
    assert "kontrollsifferet" in capsys.readouterr().err
