"""Sign-in in front of Dagster's pages: who gets through, what does, and what the pages behind it allow."""

from __future__ import annotations

import http.client
import json
import re
import shlex
import time
from pathlib import Path

import pytest

from tests.data.dagsters_pages import Pages
from tests.data.kept import ROOT
from tests.pipeline.deploy.nginx import LEADERS, SITE, USER, Answer, Nginx, nginx_path, running, signed_in

PAGES_UNIT = ROOT / "deploy" / "systemd" / "gevinst-pages.service"


def test_who_reads_is_not_written_down_and_who_signs_in_is(nginx: Nginx) -> None:
    nginx.ask("/2026-1/site/index.html?q=hemmelig")
    nginx.ask("/", name=LEADERS, **signed_in())
    until = time.monotonic() + 20  # nginx writes after it has answered
    while time.monotonic() < until:
        site, leaders = ((nginx.place / "log" / name).read_text() for name in ("access.log", "innsyn.log"))
        if "/2026-1/site/index.html" in site and f"127.0.0.1 {USER} GET /\n" in leaders:
            break
        time.sleep(0.05)
    else:
        pytest.fail(f"{site}\n{leaders}")
    assert "127.0.0.1" not in site and "hemmelig" not in site


@pytest.mark.parametrize("path", ["/", "/graphql", "/runs", "/notebook", "/server_info"])
@pytest.mark.parametrize("who", [{}, signed_in("feil"), {"Authorization": "Basic AAAA"}, {"Authorization": "Bearer x"}])
def test_nobody_reaches_the_leaders_pages_without_signing_in(
    nginx: Nginx, asked: list[object], path: str, who: dict[str, str]
) -> None:
    answer = nginx.ask(path, name=LEADERS, **who)
    assert asked == []
    assert answer.status in (404, 405) or (answer.status, answer.headers["WWW-Authenticate"]) == (401, REALM)
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"


def test_a_leader_who_signs_in_sees_dagsters_pages_and_the_password_goes_no_further(
    nginx: Nginx, asked: list[tuple[str, str, dict[str, str]]]
) -> None:
    answer = nginx.ask("/runs?a=1", name=LEADERS, Cookie="x=1", **signed_in())
    assert (answer.status, answer.content) == (200, b"upstream")
    ((method, path, headers),) = asked
    assert (method, path) == ("GET", "/runs?a=1")
    assert not {"Authorization", "Cookie"} & set(headers)
    assert nginx.ask("/graphql", "POST", LEADERS, b"{}", **signed_in()).status == 200


REALM = 'Basic realm="Gevinst"'
OURS = f"https://{LEADERS}"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/graphql", 200),
        ("GET", "/graphql?query=mutation{x}", 405),
        ("HEAD", "/graphql?query=mutation{x}", 405),
        ("PUT", "/graphql", 405),
        ("GET", "/graphql/?query=mutation{x}", 405),
        ("GET", "//graphql?query=mutation{x}", 405),
        ("GET", "/x/../graphql?query=mutation{x}", 405),
        ("GET", "/%67raphql?query=mutation{x}", 405),
        ("POST", "/runs", 405),
        ("POST", "/report_asset_materialization/edition", 404),
        ("POST", "/report_asset_check/edition", 404),
        ("GET", "/notebook?path=/etc/passwd", 404),
        ("GET", "/dagit/notebook?path=/etc/passwd", 404),
        ("GET", "//notebook?path=/etc/passwd", 404),
        ("GET", "/download_debug/x", 404),
    ],
)
def test_only_questions_that_are_posted_reach_the_pages_and_nothing_for_operators(
    nginx: Nginx, asked: list[object], method: str, path: str, status: int
) -> None:
    body = b"{}" if method == "POST" else None
    assert nginx.ask(path, method, LEADERS, body, **signed_in()).status == status
    assert len(asked) == (status == 200)


def test_the_pages_are_told_by_which_name_and_from_where_they_are_asked(
    nginx: Nginx, asked: list[tuple[str, str, dict[str, str]]]
) -> None:
    handshake = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13", **signed_in()}
    nginx.ask("/graphql", name=LEADERS, Origin="https://evil.example", **handshake)
    ((_, _, headers),) = asked
    assert (headers["Host"], headers["Origin"]) == (LEADERS, "https://evil.example")
    assert (headers["Upgrade"], headers["Connection"]) == ("websocket", "upgrade")


CHANGES = (
    'deletePipelineRun(runId: "x")',
    'terminateRun(runId: "x")',
    'wipeAssets(assetPartitionRanges: [{assetKey: {path: ["edition"]}}])',
    'reportRunlessAssetEvents(eventParams: {eventType: ASSET_MATERIALIZATION, assetKey: {path: ["edition"]}})',
    'launchRun(executionParams: {mode: "default", selector: {repositoryName: "x", repositoryLocationName: "x", '
    'pipelineName: "publish"}})',
)


@pytest.mark.slow
def test_dagsters_own_pages_answer_a_leader_and_change_nothing(place: Path, editions: Path, tmp_path: Path) -> None:
    pages = Pages(tmp_path)
    words = shlex.split(re.findall(r"^ExecStart=(.*)$", PAGES_UNIT.read_text(encoding="utf-8"), re.MULTILINE)[0])
    arguments = [word for word in words[words.index("pipelines.pages") + 1 :] if word not in ("--port", "3001")]
    with pages.opened(*arguments), running(nginx_path(), place / "leaders", editions, pages.port) as nginx:

        def ask(query: str, origin: str = OURS) -> Answer:
            body = json.dumps({"query": query}).encode()
            sent = {"Content_Type": "application/json", "Origin": origin, **signed_in()}
            return nginx.ask("/graphql", "POST", LEADERS, body, **sent)

        assert b"<html" in nginx.ask("/runs", name=LEADERS, **signed_in()).content
        assert json.loads(ask("{ version }").content)["data"]["version"]
        assert ask("{ version }", "https://evil.example").status == 403
        assert ask("{ version }", f"https://{SITE}").status == 403
        refused = {}
        for change in CHANGES:
            said = json.loads(ask(f"mutation {{ {change} {{ __typename }} }}").content)
            refused[change] = said.get("data") and next(iter(said["data"].values()))["__typename"]
        assert refused == dict.fromkeys(CHANGES, "UnauthorizedError")


def test_the_operators_pages_are_behind_no_door(nginx: Nginx) -> None:
    text = (nginx.place / "nginx.conf").read_text(encoding="utf-8")
    assert text.count("proxy_pass") == text.count("proxy_pass http://127.0.0.1:") == 2


def test_the_site_too_can_be_closed_until_its_first_publication(place: Path, editions: Path, upstream: int) -> None:
    lines = ('# auth_basic "Gevinst";', "# auth_basic_user_file ")
    with running(nginx_path(), place / "closed", editions, upstream, {line: line[2:] for line in lines}) as closed:
        assert [closed.ask(path).status for path in ("/", "/2026-1/", "/2026-1/datapackage.json")] == [401] * 3
        assert closed.ask("/2026-1/datapackage.json", **signed_in("feil")).status == 401
        assert closed.ask("/2026-1/datapackage.json", **signed_in()).status == 200
        assert closed_to_who_guesses(closed)


def closed_to_who_guesses(nginx: Nginx) -> bool:
    """Whether somebody who asks without end is turned away after a while, a page's worth of files being let through."""
    connection = http.client.HTTPConnection(LEADERS)
    connection.sock = nginx.connection(LEADERS)
    seen = []
    while len(seen) < 3_000 and 503 not in seen:
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
        seen.append(response.status)
        if connection.sock is None:  # nginx takes a thousand questions on one connection
            connection.sock = nginx.connection(LEADERS)
    connection.close()
    return set(seen[:200]) == {401} and seen[-1] == 503
