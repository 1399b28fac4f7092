"""Looking organisations up: the number first, then the live register, then the kept list."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from gevinst.cli import main
from gevinst.formats import enhetsregisteret
from gevinst.formats.enhetsregisteret import Entity, KeptRegister, LiveRegister, look_up
from gevinst.formats.errors import ExchangeError

KEPT = KeptRegister(
    pl.DataFrame({"organisation_number": ["974760673", "971278374"], "registered_name": ["Registrene", "Byggerne"]})
)
ENTITIES: dict[str, tuple[int, object]] = {
    "/enheter/974760673": (200, {"organisasjonsnummer": "974760673", "navn": "REGISTRENE LIVE", "konkurs": False}),
    "/enheter/923609016": (
        200,
        {
            "respons_klasse": "SlettetEnhet",
            "organisasjonsnummer": "923609016",
            "navn": "SLETTET AS",
            "slettedato": "2026-09-21",
        },
    ),
    "/enheter/988077917": (
        200,
        {"organisasjonsnummer": "988077917", "navn": "KONKURS AS", "konkurs": True, "underAvvikling": True},
    ),
    "/enheter/701730496": (410, {"organisasjonsnummer": "701730496", "slettedato": "2020-01-01"}),
    "/enheter/974683520": (410, None),
    "/underenheter/123456785": (
        200,
        {"organisasjonsnummer": "123456785", "navn": "NAV EKSEMPELBY", "overordnetEnhet": "974760673"},
    ),
    "/underenheter/964965226": (
        200,
        {
            "organisasjonsnummer": "964965226",
            "navn": "GAMLE SKOLE",
            "overordnetEnhet": "971278374",
            "nedleggelsesdato": "2024-08-01",
        },
    ),
    "/enheter/900010605": (200, [1, 2]),
    "/enheter/043871668": (200, {"organisasjonsnummer": "043871668"}),
    "/enheter/938644500": (200, {"organisasjonsnummer": "974760673", "navn": "EN ANNEN"}),
    "/enheter/820852982": (200, "<html>innlogging</html>"),
    "/enheter/971278374": (500, None),
}


class _Service(BaseHTTPRequestHandler):
    """Answers as Enhetsregisteret's service does, in its shapes; numbers pass modulo 11 and names are invented."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        kind = address.path.strip("/")
        if kind in ("enheter", "underenheter"):
            status, answer = 200, self._named(kind, parse_qs(address.query)["navn"][0].upper())
        else:
            status, answer = ENTITIES.get(address.path, (404, None))
        self.send_response(status)
        self.end_headers()
        if isinstance(answer, str):
            self.wfile.write(answer.encode())
        elif answer is not None:
            self.wfile.write(json.dumps(answer).encode())

    def _named(self, kind: str, wanted: str) -> object:
        if wanted == "NULL":
            return {"_embedded": None}
        if wanted == "LISTE":
            return {"_embedded": {kind: {"navn": "ikke en liste"}}}
        found = [
            one
            for path, (status, one) in ENTITIES.items()
            if path.startswith(f"/{kind}/")
            and status == 200
            and isinstance(one, dict)
            and wanted in one.get("navn", "")
        ]
        return {"_embedded": {kind: found}} if found else {"page": {"totalElements": 0}}

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def live(address) -> LiveRegister:
    return LiveRegister(address)


def test_the_live_register_answers_by_number_and_by_name(live) -> None:
    by_number = look_up("974 760 673", live, KEPT)
    by_name = look_up("registrene", live, KEPT)
    assert by_number.found == by_name.found == (Entity("974760673", "REGISTRENE LIVE"),)
    assert by_number.is_live and not by_number.did_not_answer


def test_nothing_found_live_is_an_answer_and_not_a_reason_to_ask_the_list(live) -> None:
    assert look_up("991825827", live, KEPT).found == ()
    assert look_up("byggerne", live, KEPT).is_live


@pytest.mark.parametrize(
    ("number", "matters"),
    [
        ("923609016", (("deleted", date(2026, 9, 21)),)),
        ("988077917", (("bankrupt", None), ("winding_up", None))),
        ("701730496", (("removed", date(2020, 1, 1)),)),
        ("974683520", (("removed", None),)),
        ("964965226", (("closed", date(2024, 8, 1)),)),
    ],
)
def test_what_is_the_matter_with_an_organisation_comes_with_it(live, number, matters) -> None:
    (found,) = look_up(number, live, KEPT).found
    assert (found.number, found.matters) == (number, matters)


def test_a_sub_unit_is_found_by_number_with_its_owner_and_by_name(live) -> None:
    (office,) = look_up("123456785", live, KEPT).found
    assert (office.name, office.owner_number, office.owner_name) == ("NAV EKSEMPELBY", "974760673", "REGISTRENE LIVE")
    assert [one.name for one in look_up("nav eksempel", live, KEPT).found] == ["NAV EKSEMPELBY"]


def test_a_sub_unit_is_found_although_its_owner_cannot_be(live) -> None:
    (school,) = look_up("964965226", live, KEPT).found
    assert (school.owner_number, school.owner_name) == ("971278374", None)


@pytest.mark.parametrize("query", ["900010605", "043871668", "938644500", "820852982", "liste"])
def test_an_answer_in_another_shape_is_said_to_be_unreadable_and_the_list_is_used(live, query) -> None:
    answer = look_up(query, live, KEPT)
    assert (answer.is_live, answer.did_not_answer, answer.is_unreadable) == (False, True, True)


def test_a_list_without_matches_is_an_answer(live) -> None:
    assert look_up("null", live, KEPT).is_live and look_up("tom", live, KEPT).is_live


def test_a_service_that_fails_is_not_said_to_be_unreadable(live) -> None:
    answer = look_up("971278374", live, KEPT)
    assert answer.found == (Entity("971278374", "Byggerne"),)
    assert answer.did_not_answer and not answer.is_unreadable


def test_without_a_network_the_kept_list_answers_and_says_so() -> None:
    answer = look_up("byggerne", LiveRegister("http://127.0.0.1:9"), KEPT)
    assert answer.found == (Entity("971278374", "Byggerne"),)
    assert not answer.is_live and answer.did_not_answer and not answer.is_unreadable


@pytest.mark.parametrize(
    "number",
    [
        *(
            "974.760.673",
            "974-760-673",
            "974\u00a0760\u00a0673",
            "974–760–673",
            "NO-BRC-974760673",
            "no-brc-974 760 673",
        ),
        *("Orgnr. 974 760 673", "org.nr.: 974760673", "Organisasjonsnummer 974760673", "org nr 974760673"),
        *("NO 974 760 673 MVA", "974760673mva", " 974760673. ", "９７４７６０６７３"),
    ],
)
def test_a_number_is_read_however_it_is_written(live, number) -> None:
    assert [one.number for one in look_up(number, live, KEPT).found] == ["974760673"]


class _Nobody:
    def by_number(self, number: str) -> list[Entity]:
        raise AssertionError("requested")

    by_name = by_number


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("974760763", "check digit is wrong"),
        ("NO 974 760 763 MVA", "check digit is wrong"),
        ("Orgnr. 974-760-763", "check digit is wrong"),
        ("12345", "it has 5 digits and not nine"),
        ("12345678901", "it has 11 digits and not nine"),
        ("  ", "Give an organisation number or a name"),
    ],
)
def test_what_can_be_no_number_is_refused_without_a_request(query, complaint) -> None:
    with pytest.raises(ExchangeError, match=complaint):
        look_up(query, _Nobody(), _Nobody())


def test_the_command_finds_an_owner_in_the_committed_list(capsys) -> None:
    assert main(["lookup", "Kristiansand", "--offline"]) == 0
    printed = capsys.readouterr().out
    assert "820852982  Kristiansand kommune" in printed and "sier ikke om en virksomhet er slettet" in printed
    assert main(["lookup", "finnes ikke", "--offline", "--language", "en"]) == 1
    assert "does not mean there is no such organisation" in capsys.readouterr().out
    assert main(["lookup", "974760763", "--offline"]) == 1
    assert "kontrollsifferet" in capsys.readouterr().err


def test_the_command_tells_what_is_the_matter_and_whose_a_sub_unit_is(address, monkeypatch, capsys) -> None:
    monkeypatch.setattr(enhetsregisteret.LiveRegister.__init__, "__defaults__", (address,))
    printed = {}
    for number in ("923609016", "988077917", "701730496", "123456785", "900010605"):
        main(["lookup", number])
        printed[number] = capsys.readouterr().out
    assert "Slettet fra registeret, 21. september 2026" in printed["923609016"].replace("\u00a0", " ")
    assert "Konkurs\n    Under avvikling" in printed["988077917"]
    assert "Fjernet fra registeret av juridiske grunner" in printed["701730496"]
    assert "Underenhet av 974760673 REGISTRENE LIVE" in printed["123456785"]
    assert "kan ikke leses; den lagrede listen er brukt" in printed["900010605"]
