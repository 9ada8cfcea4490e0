"""What becomes of requests that are well-formed and wrong."""

import time

import httpx
import pytest

from tests.serve.conftest import Served
from tests.serve.front.raw import asked, get, status


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/id/%", 400),
        ("/id/%zz", 400),
        ("/id/%00", 400),
        ("/id/%0d%0aSet-Cookie:%20a", 400),
        ("/id/%ff", 400),
        ("/queries/x?limit=%", 400),
        ("/queries/x?name=%ff", 400),
        ("/queries/x?" + "a=1&" * 1001, 400),
        ("/nowhere", 404),
        ("/assets/../../pyproject.toml", 404),
        ("/assets/%2e%2e/%2e%2e/pyproject.toml", 404),
        ("/assets/..%2f..%2fpyproject.toml", 404),
        ("/assets//etc/passwd", 404),
        ("/data/../../../etc/passwd", 404),
        ("/id/../queries", 404),
        ("/queries/..%5c..%5cx", 404),
    ],
)
def test_a_broken_address_is_refused(served: Served, path: str, wanted: int) -> None:
    answer = asked(served, get(path))
    assert status(answer) == wanted, answer
    assert b"/work" not in answer
    assert b"Traceback" not in answer
    assert b"set-cookie" not in answer.lower().split(b"\r\n\r\n")[0]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_a_wrong_method_is_refused_with_those_that_are_right(served: Served, method: str) -> None:
    answer = asked(served, get("/queries", "Content-Length: 0", method=method))
    assert status(answer) == 405
    assert b"\r\nallow: GET, HEAD, OPTIONS\r\n" in answer


def test_a_head_is_a_get_without_its_body(served: Served) -> None:
    whole = asked(served, get("/queries", "Accept: application/json"))
    head = asked(served, get("/queries", "Accept: application/json", method="HEAD"))
    assert head.endswith(b"\r\n\r\n")
    assert head.splitlines()[2:-1] == whole.partition(b"\r\n\r\n")[0].splitlines()[2:]


def test_pages_of_other_hosts_may_read_without_credentials(served: Served) -> None:
    asks = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    before = httpx.options(served.url + "/sparql", headers=asks)
    assert before.status_code == 204
    assert before.headers["access-control-allow-origin"] == "*"
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in before.headers
    assert served.get("/queries").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in served.get("/metrics").headers


def test_a_large_body_is_refused_before_it_is_read(served: Served) -> None:
    answer = asked(served, get("/sparql", "Content-Length: 999999999", method="POST"))
    assert status(answer) == 413


def test_a_large_body_without_a_length_is_refused_while_it_is_read(served: Served) -> None:
    part = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    headers = "Transfer-Encoding: chunked", "Content-Type: application/sparql-query"
    head = get("/sparql", *headers, method="POST")
    assert status(asked(served, head + part * 140 + b"0\r\n\r\n")) == 413


@pytest.mark.parametrize("kind", ["text/weird", "application/octet-stream", "x"])
def test_an_unknown_kind_of_body_is_refused(served: Served, kind: str) -> None:
    assert served.post("/sparql", content=b"ASK {}", headers={"Content-Type": kind}).status_code == 415


def test_text_is_compressed_for_who_takes_it(served: Served) -> None:
    plain = served.get("/queries", headers={"Accept-Encoding": "identity"})
    packed = served.get("/queries", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert packed.headers["etag"] == "W/" + plain.headers["etag"]
    assert "Accept-Encoding" in plain.headers["vary"]


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_what_a_client_has_is_not_sent_again(served: Served, coding: str) -> None:
    asks = {"Accept-Encoding": coding}
    tag = served.get("/queries", headers=asks).headers["etag"]
    again = served.get("/queries", headers=asks | {"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"]


def test_a_browser_is_told_in_a_page(served: Served) -> None:
    page = served.get("/nowhere", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    data = served.get("/nowhere", headers={"Accept": "application/json"})
    assert data.headers["content-type"] == "application/problem+json"
    assert data.json()["status"] == 404


def test_each_request_is_one_line_of_the_log(served: Served) -> None:
    served.get("/nowhere?a=%22%0a")
    (line,) = [each for each in served.lines() if each.get("path", "").startswith("/nowhere")][-1:]
    assert line["status"] == 404
    assert line["method"] == "GET"
    assert line["client"] == "127.0.0.1"
    assert {"time", "bytes", "ms", "work_ms", "route"} <= set(line)


def test_requests_are_counted(served: Served) -> None:
    name = 'g60kg_requests_total{route="queries",status="200"}'
    before = served.metric(name)
    served.get("/queries")
    assert served.metric(name) == before + 1
    for _ in range(300):  # the last worker may still be starting
        if served.metric("g60kg_workers") > served.metric("g60kg_places"):
            break
        time.sleep(0.1)
    assert served.metric("g60kg_workers") >= served.metric("g60kg_places") + 1
    assert served.metric('g60kg_request_seconds_count{route="queries"}') > 0
