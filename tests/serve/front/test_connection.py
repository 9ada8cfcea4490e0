"""What a client may send and how slowly, byte by byte."""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.serve.conftest import Served
from tests.serve.front.raw import asked, connected, get, rest, status

OPTIONS = ("--idle-seconds", "1", "--connections", "8")


@pytest.fixture(scope="module")
def hasty(served_store: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Run a server that soon hangs up on who is silent."""
    from tests.serve.conftest import serving

    with serving(served_store, tmp_path_factory.mktemp("hasty") / "log", *OPTIONS) as server:
        yield server


REFUSED = [
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    (b"GET\r\n\r\n", 400),
    (b"GET / HTTP/9.9\r\n\r\n", 400),
    (b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    (get("/health", "Host: other"), 400),
    (b"GET /health HTTP/1.1\r\nHost x\r\n\r\n", 400),
    (b"GET /health HTTP/1.1\r\nA: b\r\n c: d\x00\r\n\r\n", 400),
    (b"POST /sparql HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    (b"POST /sparql HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    (b"POST /sparql HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    (b"POST /sparql HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    (get("/id/X").replace(b"X", b"\xff"), 400),
    (get("/search?q=X").replace(b"X", b"\xe6\x9d"), 400),
    (get("/health", "X: " + "x" * 40_000), 431),
    (get("/health", *(f"X-{n}: {'x' * 90}" for n in range(400))), 431),
    (get("/" + "x" * 300_000), 414),
    (get("/" + "x" * 70_000), 414),
]


def test_what_is_malformed_or_too_large_is_refused(hasty: Served, subtests: pytest.Subtests) -> None:
    for request, wanted in REFUSED:
        with subtests.test(str(request[:60])):
            answer = asked(hasty, request)
            assert status(answer) == wanted, answer
            assert b"x-content-type-options: nosniff" in answer
            assert hasty.get("/health").status_code == 200
    assert not [line for line in hasty.lines() if line.get("level") == "warning"]


def test_an_address_may_be_sent_as_it_is_read(hasty: Served) -> None:
    answer = asked(hasty, get("/search?q=松江区"))
    assert status(answer) == 200
    assert "松江区".encode() in answer
    assert status(asked(hasty, get("/page/松江"))) == 404


def test_an_address_comes_in_pieces(hasty: Served) -> None:
    request = get("/search?q=松江区")
    with connected(hasty) as link:
        for start in range(0, len(request), 15):
            link.sendall(request[start : start + 15])
            time.sleep(0.01)
        answer = rest(link)
    assert status(answer) == 200
    assert "松江区".encode() in answer


def test_a_query_may_be_as_long_in_the_address_as_the_limit_says(hasty: Served) -> None:
    blank = "%20" * 60_000
    answer = asked(hasty, get(f"/sparql?query=ASK%7B%7D{blank}&format=csv"))
    assert status(answer) == 200
    assert answer.endswith(b"true")


def test_a_head_without_end_is_cut_off(hasty: Served) -> None:
    with connected(hasty) as link:
        link.sendall(b"GET /health HTTP/1.1\r\nX: ")
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            link.sendall(b"x" * 100_000_000)


def test_a_head_that_trickles_is_hung_up_on(hasty: Served) -> None:
    with connected(hasty) as link:
        began = time.monotonic()
        with suppress(ConnectionResetError, BrokenPipeError):
            while time.monotonic() - began < 10:
                link.sendall(b"X: y\r\n")
                time.sleep(0.1)
        assert time.monotonic() - began < 10


def test_who_sends_nothing_is_hung_up_on(hasty: Served) -> None:
    with connected(hasty) as link:
        began = time.monotonic()
        assert rest(link) == b""
        assert time.monotonic() - began < 10


def test_a_body_that_stops_is_hung_up_on(hasty: Served) -> None:
    with connected(hasty) as link:
        link.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nquery=")
        began = time.monotonic()
        assert rest(link) == b""
        assert time.monotonic() - began < 10


def test_a_body_that_stops_after_its_refusal_is_hung_up_on(hasty: Served) -> None:
    with connected(hasty) as link:
        link.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n")
        assert status(link.recv(1000)) == 413
        link.sendall(b"query=")
        began = time.monotonic()
        rest(link)
        assert time.monotonic() - began < 10


def test_who_does_not_read_is_hung_up_on(hasty: Served) -> None:
    query = "SELECT * { ?a ?b ?c . ?d a ?e } LIMIT 60000".replace(" ", "%20")
    with connected(hasty, buffer=4096) as link:
        link.sendall(get(f"/sparql?query={query}"))
        time.sleep(6)
        answer = rest(link)
    assert status(answer) == 200
    assert 0 < len(answer) < 12_000_000  # of twice as many; buffers of the system hold some
    lines = [line for line in hasty.lines() if line.get("route") == "sparql" and line["status"] == 200]
    assert lines[-1]["cut"]
    assert lines[-1]["bytes"] > len(answer)


def test_too_many_connections_are_closed(hasty: Served) -> None:
    from contextlib import ExitStack

    with ExitStack() as stack:
        links = [stack.enter_context(connected(hasty)) for _ in range(12)]
        links[-1].settimeout(2)
        try:
            assert links[-1].recv(1) == b""
        except ConnectionResetError:
            assert True
    time.sleep(0.2)
    assert hasty.get("/health").status_code == 200


def test_requests_in_one_go_are_answered_in_order(hasty: Served) -> None:
    both = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n" + get("/robots.txt")
    answer = asked(hasty, both)
    assert answer.index(b"the server lives") < answer.index(b"User-agent")


def test_who_asks_first_may_send(hasty: Served) -> None:
    with connected(hasty) as link:
        head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n"
        body = b"query=ASK{}"
        kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
        link.sendall(head + kind + b"Content-Length: %d\r\n\r\n" % len(body))
        assert link.recv(1000).startswith(b"HTTP/1.1 100")
        link.sendall(body)
        assert status(rest(link)) == 200
