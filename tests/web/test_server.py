"""The door: who is let in, what every answer carries, what a page may not do."""

from __future__ import annotations

import http.client

import pytest
from tests.web.conftest import Site

from niggle.web.middleware import CSP
from niggle.web.server import NotLoopback, serve

pytestmark = pytest.mark.browser  # real servers: beside the browser tests


def ask(
    site: Site, path: str, method: str = "GET", body: str = "", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, given)
    answer = connection.getresponse()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5:8765"])
def test_a_foreign_host_is_refused(host: str, demo_site: Site) -> None:
    status, _, body = ask(demo_site, "/", Host=host)
    assert status == 400
    assert b"Longest" not in body


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8765"])
def test_this_machines_names_are_let_in(host: str, demo_site: Site) -> None:
    assert ask(demo_site, "/", Host=host)[0] == 200


@pytest.mark.parametrize("path", ["/", "/load", "/nothing-here", "/checkin"])
def test_every_answer_carries_the_policy(path: str, demo_site: Site) -> None:
    _, headers, body = ask(demo_site, path)
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers or "samesite=strict" in headers["set-cookie"].lower()
    assert "server" not in headers
    assert b"style=" not in body
    assert b"onclick" not in body


@pytest.mark.parametrize("path", ["/checkin", "/settings/forget", "/settings/theme", "/import"])
def test_a_form_from_elsewhere_is_refused(path: str, demo_site: Site) -> None:
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert ask(demo_site, path, "POST", "theme=dark", **form)[0] == 403
    assert ask(demo_site, path, "POST", "theme=dark", Origin="http://evil.example", **form)[0] == 403


@pytest.mark.parametrize("path", ["/settings/theme", "/settings/forget", "/import/1/undo"])
def test_what_changes_something_is_not_done_by_looking(path: str, demo_site: Site) -> None:
    assert ask(demo_site, path)[0] == 302


def test_the_drawing_library_may_be_kept_for_good_and_another_name_is_nothing(demo_site: Site) -> None:
    from niggle.web import bundle

    status, headers, body = ask(demo_site, f"/charts/{bundle.name()}", Accept_Encoding="gzip")
    assert status == 200
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]
    assert body[:2] == b"\x1f\x8b"
    assert ask(demo_site, "/charts/vega-0.js")[0] == 404


@pytest.mark.parametrize("path", ["/import/999", "/sessions/0000", "/shoes/0000", "/checkin/0000/more"])
def test_what_is_not_there_is_said_calmly(path: str, demo_site: Site) -> None:
    status, _, body = ask(demo_site, path)
    assert status == 404
    assert b"There is nothing here" in body


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
def test_it_listens_on_this_machine_only(host: str) -> None:
    with pytest.raises(NotLoopback):
        serve(host, 1)
