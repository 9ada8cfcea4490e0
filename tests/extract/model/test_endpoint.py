"""Endpoints that are down, slow, busy, closed, wrong, endless or choosy: one line each, within bounds."""

import gzip
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from g60kg.article import Article
from g60kg.errors import ModelError
from g60kg.extract.model import Limits, ModelReader
from tests.extract.model.serving import Request, Said, Script, chat, error, served

ARTICLE = Article("news", "Wuhu lies in Anhui Province.")
FAST = Limits(connect=2, read=2, total=4, tries=3, pause=0.01, largest=200_000)
EMPTY = '{"claims": []}'
JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


def failure(
    script: Script, folder: Path, key: str | None = None, limits: Limits = FAST
) -> tuple[str, list[Request]]:
    """Return the error of reading by a script, and the requests; nothing may be left behind."""
    with served(script) as server:
        with pytest.raises(ModelError) as raised:
            ModelReader(server.url, "small", key, folder=folder, limits=limits).propose(ARTICLE)
        message = str(raised.value).replace(server.url, "URL")
    assert "\n" not in message
    assert len(message) < 500
    assert not folder.exists() or not list(folder.iterdir())
    return message, server.requests


@pytest.mark.parametrize(
    ("script", "key", "message", "requests"),
    [
        (
            error(401, "bad key secret-1"),
            "secret-1",
            "URL refuses the key (401): bad key …; set G60KG_MODEL_KEY",
            1,
        ),
        (error(401), None, "URL asks for a key (401): no; set G60KG_MODEL_KEY", 1),
        (error(403), "k", "URL refuses the key (403)", 1),
        (
            error(404, "no such model"),
            None,
            "URL has no model 'small', or no chat/completions (404): no such model; look at --model and",
            1,
        ),
        (error(429, "slow down"), None, "URL is asked too often (429): slow down; try again later", 3),
        (error(500), None, "URL fails (500): no; try again later", 3),
        (error(503, "x" * 5_000), None, "URL fails (503): xxx", 3),
        (error(418, "tea\x1b[2J\npot"), None, "URL refuses the request (418): tea [2J pot", 1),
        (error(400, "context too long"), None, "URL refuses the request (400): context too long", 4),
        (
            error(302, Location="http://127.0.0.1:9/v1"),
            "k",
            "URL sends on to http://127.0.0.1:9/v1 (302); where",
            1,
        ),
        (
            lambda *_: Said([b"<html>Welcome</html>"], 200, HTML),
            None,
            "URL answers text/html; give the address of its API",
            1,
        ),
        (lambda *_: Said([b"<h1>Bad gateway"], 502, HTML), None, "URL fails (502); try again later", 3),
        (
            lambda *_: Said([b'{"error": "overloaded"}'], 200, JSON),
            None,
            "URL answers what is no chat: overloaded; give",
            1,
        ),
        (lambda *_: Said([b'{"choices": []}'], 200, JSON), None, "URL answers what is no chat; give", 1),
        (lambda *_: Said([b"[" * 100_000], 200, JSON), None, "URL answers what is no chat; give", 1),
        (lambda *_: Said([b""], 200, JSON), None, "URL answers what is no chat; give", 1),
        (lambda *_: Said([b'{"choices": [{"mess'], 200, JSON), None, "URL answers what is no chat; give", 1),
        (lambda *_: Said([b"\xff\xfe\x00"], 200, {}), None, "URL answers what is no chat; give", 1),
    ],
)
def test_what_an_endpoint_refuses_is_one_line(
    script: Script, key: str | None, message: str, requests: int, tmp_path: Path
) -> None:
    said, asked = failure(script, tmp_path / "replies", key)
    assert said.startswith(message), said
    assert len(asked) == requests


def test_a_body_that_is_too_long_is_not_read_to_its_end(tmp_path: Path) -> None:
    sent = 0

    def large() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 50_000
            yield b"x" * 50_000

    said, _ = failure(lambda *_: Said(large(), 200, JSON), tmp_path / "replies")
    assert said.startswith("URL answers with more than 200,000 bytes; name another model")
    assert sent < 20_000_000


def test_a_body_that_unpacks_to_more_is_not_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(b" " * 10_000_000)
    said, _ = failure(
        lambda *_: Said([packed], 200, JSON | {"Content-Encoding": "gzip"}), tmp_path / "replies"
    )
    assert said.startswith("URL answers what is no chat")


def silent(seconds: float) -> Iterator[bytes]:
    yield b"{"
    time.sleep(seconds)
    yield b"}"


def dripping() -> Iterator[bytes]:
    for _ in range(100):
        yield b" "
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("body", "limits", "message"),
    [
        (lambda: silent(1.5), replace(FAST, read=0.3), "URL is silent for 0.3 seconds; try again later"),
        (dripping, replace(FAST, total=0.7), "URL gives no answer within 0.7 seconds; try again later"),
    ],
)
def test_a_slow_endpoint_is_not_waited_for(
    body: object, limits: Limits, message: str, tmp_path: Path
) -> None:
    assert callable(body)
    start = time.monotonic()
    said, asked = failure(lambda *_: Said(body(), 200, JSON), tmp_path / "replies", limits=limits)
    assert said.startswith(message)
    assert len(asked) == 1
    assert time.monotonic() - start < 5 + 10


def test_an_endpoint_that_accepts_and_says_nothing_or_hangs_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        with pytest.raises(ModelError, match=r"is silent for 0\.2 seconds"):
            ModelReader(url, "small", limits=replace(FAST, read=0.2)).propose(ARTICLE)
    with pytest.raises(ModelError, match=r"cannot be reached: .+; look at --model-url, and whether it runs"):
        ModelReader(url, "small", limits=FAST).propose(ARTICLE)


def test_an_interruption_ends_it_at_once() -> None:
    code = (
        "import sys; from g60kg.extract.model import ModelReader; from g60kg.model import Article\n"
        "ModelReader(sys.argv[1], 'small').propose(Article('a', 'Wuhu grows.'))"
    )
    came = threading.Event()

    def slow(*_: object) -> Said:
        came.set()
        return Said(silent(4), 200, JSON)

    with served(slow) as server:
        process = subprocess.Popen([sys.executable, "-c", code, server.url], stderr=subprocess.PIPE)
        assert came.wait(30)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert b"KeyboardInterrupt" in errors
    assert time.monotonic() - start < 3


def test_what_passes_is_tried_again_after_a_while(tmp_path: Path) -> None:
    times: list[float] = []

    def script(request: Request, number: int) -> Said:
        times.append(time.monotonic())
        busy = error(429, **{"Retry-After": "1"}) if number == 0 else error(503)
        return busy(request, number) if number < 2 else chat(EMPTY)

    with served(script) as server:
        reader = ModelReader(server.url, "small", limits=replace(FAST, pause=0.2))
        assert reader.propose(ARTICLE) == ()
    assert times[1] - times[0] >= 1
    assert times[2] - times[1] >= 0.4
    assert reader.spent.asked == 1


@pytest.mark.parametrize("refused", [("temperature",), ("json_schema",), ("json_schema", "json_object")])
def test_an_endpoint_that_refuses_a_form_is_asked_without_it(refused: tuple[str, ...]) -> None:
    def script(request: Request, number: int) -> Said:
        options = json.dumps({k: v for k, v in request.asked.items() if k != "messages"})
        unknown = [each for each in refused if each in options]
        return error(400, f"unknown: {unknown[0]}")(request, number) if unknown else chat(EMPTY)

    with served(script) as server:
        reader = ModelReader(server.url, "small", limits=FAST)
        reader.propose(ARTICLE)
        first = len(server.requests)
        reader.propose(replace(ARTICLE, text="Wuhu grows."))
    assert first == {"temperature": 2, "json_schema": 3 if len(refused) == 1 else 4}[refused[0]]
    assert len(server.requests) == first + 1


def test_requests_run_side_by_side_up_to_a_bound() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def script(request: Request, number: int) -> Said:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.15)
        with lock:
            running -= 1
        return chat(EMPTY)

    text = "\n".join(f"Paragraph {number}. " + "Wuhu grows fast. " * 110 for number in range(9))
    with served(script) as server:
        ModelReader(server.url, "small", limits=replace(FAST, at_once=2)).propose(Article("long", text))
    assert len(server.requests) == 9
    assert most == 2


def test_the_key_goes_to_the_named_endpoint_alone(tmp_path: Path) -> None:
    with served(lambda *_: chat(EMPTY)) as other:
        said, _ = failure(
            error(307, Location=f"{other.url}/chat/completions"), tmp_path / "replies", "secret"
        )
    assert other.requests == []
    assert "secret" not in said


def test_the_key_is_not_shown_to_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(lambda *_: chat(EMPTY)) as proxy, served(lambda *_: chat(EMPTY)) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("ALL_PROXY", proxy.url.removesuffix("/v1"))
        ModelReader(server.url, "small", "secret", limits=FAST).propose(ARTICLE)
    assert (len(server.requests), proxy.requests) == (1, [])


@pytest.mark.parametrize(("name", "value"), [("ALL_PROXY", "socks9://a:1"), ("SSL_CERT_FILE", "/absent.pem")])
def test_an_environment_of_no_use_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ModelError) as raised:
        ModelReader("https://127.0.0.1:9/v1?key=secret", "small", limits=FAST).propose(ARTICLE)
    assert str(raised.value).startswith("https://127.0.0.1:9/v1 cannot be reached: ")
    assert "; look at HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE" in str(raised.value)


@pytest.mark.parametrize("end", ["", "/", "/chat/completions"])
def test_the_path_is_completed(end: str) -> None:
    with served(lambda *_: chat(EMPTY)) as server:
        ModelReader(server.url + end, "small", limits=FAST).propose(ARTICLE)
    assert [request.path for request in server.requests] == ["/v1/chat/completions"]


@pytest.mark.parametrize(
    ("url", "key", "message"),
    [
        (
            "api.example.com/v1",
            None,
            "'api.example.com/v1' is no address of an endpoint; write it as https://…/v1",
        ),
        ("file:///etc/passwd", None, "is no address"),
        ("http://[::1", None, "is no address"),
        ("http://a b/", None, "is no address"),
        ("http://127.0.0.1:99999/v1", None, "is no address"),
        (
            "https://user:pw@api.example.com/v1",
            None,
            "the address of the endpoint holds a password; set G60KG",
        ),
        ("https://api.example.com/v1", "a\nb", "the key holds what no header may; look at G60KG_MODEL_KEY"),
        ("https://api.example.com/v1", "ключ", "the key holds what no header may"),
    ],
)
def test_an_address_or_a_key_of_no_use_is_named_at_once(url: str, key: str | None, message: str) -> None:
    with pytest.raises(ModelError) as raised:
        ModelReader(url, "small", key)
    assert message in str(raised.value)
    assert "pw" not in str(raised.value).replace("passwd", "")


def test_a_reply_in_parts_is_joined(caplog: pytest.LogCaptureFixture) -> None:
    parts = [{"type": "text", "text": '{"claims"'}, {"type": "text", "text": ": []}"}, {"type": "image"}]
    with served(lambda *_: chat(parts)) as server:
        assert ModelReader(server.url, "small", limits=FAST).propose(ARTICLE) == ()
    assert caplog.messages == []
