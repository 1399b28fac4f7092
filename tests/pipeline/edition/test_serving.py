"""The server over real HTTP."""

import gzip
import http.client
import os
import socket
import subprocess
import sys
import threading

import pytest

from gevinst.edition.serve import HEADERS, EditionServer
from gevinst.site.page import POLICY
from tests.data.workspaces import workspace

LOST = "<!doctype html><title>Borte</title>"
PAGE = "<!doctype html><title>Gevinst</title>" + "<p>Æ ø å</p>" * 200


@pytest.fixture(scope="module")
def editions_dir(tmp_path_factory):
    """Two editions with a file of every kind, and something beside them that nobody should have."""
    outside = tmp_path_factory.mktemp("served")
    editions_dir = outside / "editions"
    for edition in ("2025-1", "2026-1"):
        files = {
            "site/index.html": PAGE,
            "site/nb/index.html": PAGE,
            "site/nb/figur/ladder/index.html": PAGE,
            "site/en/figure/ladder/index.html": PAGE,
            "site/en/figur/ladder/index.html": PAGE,
            "site/assets/site.css": "body{}" * 500,
            "site/assets/inter-latin.woff2": "font",
            "tables/csv/projects.csv": "id,navn\n" * 300,
            "tables/parquet/projects.parquet": "PAR1",
            f"tables/gevinst-{edition}.xlsx": "PK",
            f"gevinst-{edition}.duckdb": "DUCK",
            "datapackage.json": "{}",
            "dcat.jsonld": "{}",
            "SHA256SUMS": "00  x\n",
        }
        for name, text in files.items():
            path = editions_dir / edition / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    (editions_dir / "index.html").write_text(PAGE, encoding="utf-8")
    (editions_dir / ".index.html-1").write_text("half written", encoding="utf-8")
    (outside / "secret.txt").write_text("secret", encoding="utf-8")
    (editions_dir / "out").symlink_to(outside)
    (editions_dir / "hidden").symlink_to(editions_dir / ".index.html-1")
    (editions_dir / "ring").symlink_to(editions_dir / "ring")
    os.mkfifo(editions_dir / "pipe")
    (editions_dir / "latest").symlink_to(editions_dir / "2026-1", target_is_directory=True)
    return editions_dir


@pytest.fixture(scope="module")
def ask(editions_dir):
    """Ask the server for a path as written and get status, headers and content."""
    server = EditionServer(editions_dir, "2026-1", 0, LOST)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    connections = []

    def ask(path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connections.append(connection)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read()

    yield ask
    for connection in connections:
        connection.close()
    server.stop()
    serving.join(timeout=60)


def test_the_root_leads_to_the_pages_of_the_edition_and_relative_links_to_its_files_work(ask, editions_dir):
    status, headers, _ = ask("/")
    assert (status, headers["Location"], headers["Cache-Control"]) == (302, "/2026-1/site/index.html", "no-cache")

    assert ask("/2026-1/site/index.html")[2].decode() == PAGE
    # A page at site/nb/index.html refers to ../../tables/csv/projects.csv.
    assert ask("/2026-1/tables/csv/projects.csv")[2] == (editions_dir / "2026-1/tables/csv/projects.csv").read_bytes()
    assert ask("/2025-1/site/nb/index.html")[0] == 200
    assert ask("/index.html")[0] == 200


@pytest.mark.parametrize("path", ["/2026-1/site/index.html", "/", "/missing", "/2026-1/tables/csv/projects.csv"])
def test_every_answer_carries_the_headers_that_keep_a_page_to_itself(ask, path):
    headers = ask(path)[1]

    assert {name: headers[name] for name in HEADERS} == dict(HEADERS)
    assert headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Server"] == "gevinst"


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("site/nb/figur/ladder/index.html", "*"),
        ("site/en/figure/ladder/index.html", "*"),
        ("site/en/figur/ladder/index.html", "'none'"),
        ("site/nb/figur/ladder/missing.html", "'none'"),
        ("site/nb/index.html", "'none'"),
    ],
)
def test_only_a_figure_that_stands_alone_may_be_placed_inside_another_page(ask, path, who):
    assert ask(f"/2026-1/{path}")[1]["Content-Security-Policy"] == f"{POLICY}; frame-ancestors {who}"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("site/index.html", "text/html; charset=utf-8"),
        ("site/assets/site.css", "text/css; charset=utf-8"),
        ("site/assets/inter-latin.woff2", "font/woff2"),
        ("tables/csv/projects.csv", "text/csv; charset=utf-8"),
        ("tables/parquet/projects.parquet", "application/vnd.apache.parquet"),
        ("tables/gevinst-2026-1.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("gevinst-2026-1.duckdb", "application/octet-stream"),
        ("datapackage.json", "application/json"),
        ("dcat.jsonld", "application/ld+json"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_has_the_media_type_of_its_kind(ask, path, kind):
    status, headers, content = ask(f"/2026-1/{path}")

    assert (status, headers["Content-Type"]) == (200, kind)
    assert int(headers["Content-Length"]) == len(content)


def test_files_of_a_numbered_edition_are_kept_and_pages_and_the_list_are_requested_again(ask):
    forever = "public, max-age=31536000, immutable"

    assert ask("/2026-1/site/assets/site.css")[1]["Cache-Control"] == forever
    assert ask("/2026-1/gevinst-2026-1.duckdb")[1]["Cache-Control"] == forever
    for path in ("/2026-1/site/index.html", "/index.html", "/missing"):
        assert ask(path)[1]["Cache-Control"] == "no-cache"


def test_text_is_packed_for_who_can_unpack_it_and_nothing_else_is(ask, editions_dir):
    plain = ask("/2026-1/site/index.html")[2]
    _, headers, packed = ask("/2026-1/site/index.html", Accept_Encoding="gzip, br")

    assert headers["Content-Encoding"] == "gzip" and headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed) == plain and len(packed) < len(plain) / 5
    for path in ("/2026-1/gevinst-2026-1.duckdb", "/2026-1/dcat.jsonld"):  # no text, and too small to be worth it
        assert ask(path, Accept_Encoding="gzip")[1]["Content-Encoding"] is None


def test_what_the_reader_has_already_is_not_sent_again_until_it_changes(ask, editions_dir):
    (editions_dir / "2026-1/site/changes.html").write_text(PAGE, encoding="utf-8")
    tag = ask("/2026-1/site/changes.html")[1]["ETag"]

    status, headers, content = ask("/2026-1/site/changes.html", If_None_Match=tag)
    assert (status, content, headers["Content-Security-Policy"] is None) == (304, b"", False)
    (editions_dir / "2026-1/site/changes.html").write_text("<p>Ny</p>", encoding="utf-8")
    assert ask("/2026-1/site/changes.html", If_None_Match=tag)[0] == 200
    tag = ask("/2026-1/site/changes.html")[1]["ETag"]
    for known in (f'"other", {tag}', f"W/{tag}", "*"):
        assert ask("/2026-1/site/changes.html", If_None_Match=known)[0] == 304


def test_a_folder_leads_to_its_page_and_is_never_listed(ask):
    status, headers, _ = ask("/2026-1/site/nb/")
    assert (status, headers["Location"]) == (302, "/2026-1/site/nb/index.html")
    assert ask("/2026-1/tables/csv/")[0] == 404
    for address in ("/2026-1/", "/2026-1", "/2025-1/"):
        status, headers, _ = ask(address)
        edition = address.strip("/")
        assert (status, headers["Location"], headers["Cache-Control"]) == (
            302,
            f"/{edition}/site/index.html",
            "no-cache",
        )


def test_a_link_to_something_that_is_served_is_followed(ask):
    assert ask("/latest/site/index.html")[2].decode() == PAGE


def test_the_server_listens_to_this_machine_alone(editions_dir):
    server = EditionServer(editions_dir, "2026-1", 0, LOST)
    assert server._socket.getsockname()[0] == "127.0.0.1"
    server.close()


def test_the_command_line_does_not_load_the_web_server():
    loaded = "import sys, gevinst.cli, gevinst.edition.serve; print({'starlette', 'uvicorn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "path", ["/missing", "/../secret.txt", "/%2e%2e/secret.txt", "/2026-1/../../secret.txt", "/out/secret.txt",
             "/.index.html-1", "//etc/passwd", "/%2Fetc/passwd", "/..%2fsecret.txt", "/%252e%252e/secret.txt",
             "/2026-1/%2e%2e/%2e%2e/secret.txt", "/..%5csecret.txt", "/2026-1%5c..%5c..%5csecret.txt",
             "/C:%5csecret.txt", "/%00", "/2026-1/site/index.html%00.css", "/%c0%ae%c0%ae/secret.txt", "/%ff%fe",
             "/%2eindex.html-1", "/hidden", "/ring", "/pipe", "/2026-1/.git/config", "/~", "/%", "/%zz",
             "/" + "a" * 5_000, "/" + "a/" * 3_000, "/2026-1/site/index.html/more", "/2026-1/site/%0d%0aX-Evil:1"],
)  # fmt: skip
def test_nothing_outside_the_shelf_and_nothing_half_written_is_served(ask, path, capfd):
    status, headers, content = ask(path)

    assert (status, content) == (404, LOST.encode())
    assert {name: headers[name] for name in HEADERS} == dict(HEADERS) and headers["X-Evil"] is None
    assert capfd.readouterr().err == ""


def test_an_address_of_any_length_and_a_method_that_is_none_are_refused_and_the_server_goes_on(ask, capfd):
    assert ask("/" + "a" * 200_000)[0] in (400, 404, 414, 431)
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "BREW"):
        status, headers, _ = ask("/2026-1/datapackage.json", method=method)
        assert status in (400, 405) and headers["Server"] in ("gevinst", None)
    assert ask("/index.html")[0] == 200
    assert capfd.readouterr().err == ""


def test_headers_can_be_requested_alone(ask):
    status, headers, content = ask("/2026-1/site/index.html", method="HEAD")

    assert (status, content) == (200, b"")
    assert int(headers["Content-Length"]) == len(PAGE.encode())
    packed = ask("/2026-1/site/index.html", Accept_Encoding="gzip")
    status, headers, content = ask("/2026-1/site/index.html", method="HEAD", Accept_Encoding="gzip")
    assert (status, content, headers["Content-Length"]) == (200, b"", str(len(packed[2])))


def test_a_part_of_a_file_can_be_requested_and_is_never_packed(ask, editions_dir):
    table = (editions_dir / "2026-1/tables/csv/projects.csv").read_bytes()
    path = "/2026-1/tables/csv/projects.csv"

    status, headers, content = ask(path, Range="bytes=3-9", Accept_Encoding="gzip")
    assert (status, content, headers["Content-Range"]) == (206, table[3:10], f"bytes 3-9/{len(table)}")
    assert headers["Content-Encoding"] is None and headers["Accept-Ranges"] == "bytes"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ask(path, Range="bytes=-9")[2] == table[-9:]
    tag = ask(path)[1]["ETag"]
    assert ask(path, Range="bytes=0-1", If_Range=tag)[::2] == (206, table[:2])
    assert ask(path, Range="bytes=0-1", If_Range='"another"')[::2] == (200, table)


@pytest.mark.parametrize("gone", ["bytes=99999-", "bytes=-0", "bytes=99999-,-0", f"bytes={'9' * 18}-"])
def test_a_part_that_is_not_there_is_refused_under_the_same_headers(ask, gone, capfd):
    status, headers, content = ask("/2026-1/tables/csv/projects.csv", Range=gone)

    assert (status, headers["Content-Range"]) == (416, "bytes */2400") and b"navn" not in content
    assert {name: headers[name] for name in HEADERS} == dict(HEADERS)
    assert headers["Cache-Control"] == "no-cache"
    assert ask("/2026-1/tables/csv/projects.csv", Range=gone, If_Range='"another"')[0] == 200
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "none", ["bytes=9-3", "bytes=a-b", "lines=1-2", "bytes=", "bytes=-", "bytes", "bytes=1-2-3", "bytes=--5",
             "bytes=1_0-", "bytes=+1-2", "bytes=0x1-", "bytes=1.0-", "bytes= ,", f"bytes={'9' * 5_000}-",
             "bytes=" + "0-0," * 200],
)  # fmt: skip
def test_a_range_of_other_units_or_in_another_form_is_passed_over(ask, editions_dir, none):
    table = (editions_dir / "2026-1/tables/csv/projects.csv").read_bytes()
    assert ask("/2026-1/tables/csv/projects.csv", Range=none)[::2] == (200, table)


def test_several_parts_come_in_one_answer_without_those_that_are_not_there_and_what_overlaps_once(ask, editions_dir):
    table, path = (editions_dir / "2026-1/tables/csv/projects.csv").read_bytes(), "/2026-1/tables/csv/projects.csv"

    status, headers, content = ask(path, Range="bytes=0-1, 9-9, 99999-, -2", Accept_Encoding="gzip")
    assert status == 206 and headers["Content-Type"].startswith("multipart/byteranges; boundary=")
    assert int(headers["Content-Length"]) == len(content) and headers["Content-Encoding"] is None
    for part, place in ((table[:2], "0-1"), (table[9:10], "9-9"), (table[-2:], "2398-2399")):
        head = f"Content-Type: text/csv; charset=utf-8\r\nContent-Range: bytes {place}/2400\r\n\r\n".encode()
        assert head + part in content
    assert content.count(b"Content-Range") == 3
    assert ask(path, Range="bytes=0-5,3-9,99999-")[2] == table[:10]
    assert ask(path, Range="bytes=0-99999")[::2] == (206, table)
    assert ask(path, Range="bytes=-99999")[::2] == (206, table)
    assert ask(path, method="HEAD", Range="bytes=0-1")[0] == 200  # a range is one of what GET sends


def test_a_date_says_whether_the_reader_has_it_already_unless_a_tag_does(ask):
    path = "/2026-1/site/index.html"
    modified = ask(path)[1]["Last-Modified"]
    earlier, later = "Mon, 01 Jan 2001 00:00:00 GMT", "Tue, 01 Jan 2097 00:00:00 GMT"

    assert [ask(path, If_Modified_Since=date)[0] for date in (modified, later, earlier)] == [304, 304, 200]
    for wrong in ("", "yesterday", "Mon, 99 Jan 2001 00:00:00 GMT", "Mon, 01 Jan 99999 00:00:00 GMT", "\xff"):
        assert ask(path, If_Modified_Since=wrong)[0] == 200
    assert ask(path, If_Modified_Since=later, If_None_Match='"another"')[0] == 200
    assert ask(path, Range="bytes=0-1", If_Range=modified)[0] == 206
    assert ask(path, Range="bytes=0-1", If_Range=earlier)[0] == 200
    assert ask(path, Range="bytes=0-1", If_Range=f"W/{ask(path)[1]['ETag']}")[0] == 200


@pytest.mark.parametrize(
    "host", ["forged.test", "forged.test:8000", "127.0.0.1.forged.test", "", "localhost@forged.test"]
)
def test_a_page_on_the_web_reads_nothing_under_a_name_of_its_own(ask, host):
    status, headers, content = ask("/2026-1/tables/csv/projects.csv", Host=host)
    assert status == 421 and b"navn" not in content and headers["Server"] == "gevinst"
    assert ask("/2026-1/tables/csv/projects.csv", Host="localhost:2222")[0] == 200  # a tunnel to this machine


def test_a_file_that_goes_away_or_shrinks_while_it_is_read_is_told_in_one_line(ask, editions_dir, monkeypatch, capfd):
    import starlette.responses

    def fails(*arguments, **named):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(starlette.responses.anyio, "open_file", fails)
        with pytest.raises(http.client.HTTPException):
            ask("/2026-1/gevinst-2026-1.duckdb")
    with monkeypatch.context() as patch:
        patch.setattr("gevinst.edition.serve.media_type", fails)
        assert ask("/2026-1/gevinst-2026-1.duckdb")[0] == 500
    told = capfd.readouterr().err.splitlines()
    assert told == ["'/2026-1/gevinst-2026-1.duckdb' could not be served: [Errno 5] Input/output error"] * 2
    assert ask("/2026-1/gevinst-2026-1.duckdb")[0] == 200


def test_a_reader_who_goes_away_in_the_middle_of_an_answer_is_not_complained_about(editions_dir, capfd):
    (editions_dir / "2026-1" / "large.duckdb").write_bytes(bytes(30_000_000))
    server = EditionServer(editions_dir, "2026-1", 0, LOST)
    thread = threading.Thread(target=server.run)
    thread.start()
    with socket.create_connection(("127.0.0.1", server.port)) as reader:
        reader.sendall(b"GET /2026-1/large.duckdb HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert reader.recv(15) == b"HTTP/1.1 200 OK"
    server.stop()
    thread.join()

    assert capfd.readouterr().err == ""


def test_a_port_that_is_taken_is_reported_in_one_sentence(built, settings, monkeypatch, capsys):
    from gevinst.cli import main
    from gevinst.edition import publish

    publish(built(), settings)
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(settings.root)))
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(settings.marts_dir))
    taken = EditionServer(settings.editions_dir, "2026-1", 0)
    assert main(["site", "serve", "--port", str(taken.port)]) == 1
    taken.close()
    assert main(["site", "serve", "--port", "99999"]) == 1
    assert f"port {taken.port} cannot be used" in capsys.readouterr().err
    assert main(["site", "serve", "--edition", "2031-1"]) == 1
    assert "there is no edition 2031-1" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["/nothing", "/2026-1/site/nb/prosjekt/2099-ukjent/index.html", "/2024-1/"])
def test_an_address_that_leads_nowhere_is_answered_with_the_page_for_it(ask, path):
    status, headers, content = ask(path)

    assert (status, content.decode()) == (404, LOST)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"
