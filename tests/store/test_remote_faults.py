"""What goes wrong with an endpoint is one line that says what and how to mend it."""

import time
from contextlib import suppress

import pytest
from pyoxigraph import Quad

from g60kg.errors import G60Error, SparqlError, StoreError
from g60kg.store.remote import RemoteStore
from g60kg.terms import G60, GRAPH, ID
from tests.store.faulty import RESULTS, YES, Answer, Asked, Handler, after_hello, serving, sound

QUAD = Quad(ID["a"], G60["partOf"], ID["b"], GRAPH["register"])
PAGE = b"<!DOCTYPE html><html><title>Welcome</title></html>"
PROBLEM = "application/problem+json"
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}},'


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("g60kg.store.remote.wire._PAUSES", (0.0, 0.0))


def said(answer: Answer, timeout: float = 5) -> str:
    """Return what a user is told who asks a SELECT."""
    with serving(answer) as server, pytest.raises(StoreError) as failure:
        list(RemoteStore(server.url, timeout=timeout).select("SELECT ?s { ?s ?p ?o }").rows)
    text = str(failure.value)
    assert "\n" not in text
    assert text.startswith(server.url)
    assert "; " in text
    return text.removeprefix(server.url)


def status(code: int, body: bytes = b"", type_: str = "text/plain", **headers: str) -> Answer:
    return lambda handler, asked: handler.say(code, body, type_, **headers)


def test_down() -> None:
    with serving(sound) as server:
        url = server.url
    with pytest.raises(StoreError, match=f"{url}: nobody answers there; start the server"):
        RemoteStore(url).graphs()


def test_an_address_of_this_machine_in_brackets() -> None:
    with pytest.raises(StoreError, match=r"http://\[::1\]:9/sparql: "):
        RemoteStore("http://[::1]:9/sparql").graphs()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (status(200, PAGE, "text/html; charset=utf-8"), "answers with a web page, not with SPARQL results"),
        (status(200, b"hello", "text/plain"), "answers with text/plain"),
        (status(200, b"[1]", RESULTS), "broken or was cut off"),
        (status(200, b"", RESULTS), "broken or was cut off"),
        (status(401), "access is refused (401); set G60KG_USER and G60KG_PASSWORD"),
        (status(403), "access is refused (403)"),
        (status(413, b'{"title": "T", "detail": "too\\nlong"}', PROBLEM), "answers 413: too long; give"),
        (status(413, b'{"detail": 1', PROBLEM), "answers 413: Request Entity Too Large; give"),
        (status(404, PAGE, "text/html"), "answers 404: Not Found; give the endpoint's URL"),
        (
            status(500, b"\nVirtuoso 42000 Error \x1b[31mSR186\nSPARQL query:"),
            "500: Virtuoso 42000 Error [31mSR186; see",
        ),
        (
            status(500, b"No space left on device (os error 28)"),
            "500: No space left on device (os error 28); see",
        ),
        (status(503, b"x" * 5000), "answers 503: " + "x" * 200 + "; see the server's log"),
        (status(302, Location="file:///etc/passwd"), "is redirected to file:///etc/passwd, where it is not"),
        (status(302, Location="ftp://127.0.0.1/x"), "is redirected to ftp://127.0.0.1/x"),
        (status(302), "is redirected to"),
    ],
)
def test_another_answer(answer: Answer, words: str) -> None:
    assert words in said(answer)


def test_a_redirect_in_a_circle() -> None:
    text = said(lambda handler, asked: handler.say(302, Location=handler.path))
    assert "is redirected to" in text


def test_no_endpoint_says_no_to_an_empty_question() -> None:
    assert "answers no to ASK {}" in said(status(200, YES.replace(b"true", b"false"), RESULTS))


def test_slow() -> None:
    text = said(lambda handler, asked: time.sleep(0.6), timeout=0.2)
    assert ": no answer within 0.2 seconds; try later, or raise G60KG_TIMEOUT" in text


def test_an_answer_that_drips() -> None:
    def drip(handler: Handler, asked: Asked) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", RESULTS)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        with suppress(OSError):
            for _ in range(100):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.05)

    assert "the answer stalls" in said(after_hello(drip), timeout=0.3)


def cut(headers: dict[str, str], parts: bytes) -> Answer:
    """Send the beginning of an answer."""

    def answer(handler: Handler, asked: Asked) -> None:
        handler.send_response(200)
        for name, value in {"Content-Type": RESULTS, **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(parts)

    return after_hello(answer)


@pytest.mark.parametrize(
    "answer",
    [
        cut({"Content-Length": "5000"}, ROWS),
        cut({"Transfer-Encoding": "chunked"}, b"%x\r\n%s\r\n" % (len(ROWS), ROWS)),
        cut({"Transfer-Encoding": "chunked"}, b"%x\r\n%s" % (len(ROWS) + 9, ROWS)),
        cut({"Connection": "close"}, ROWS),
        cut({"Content-Length": "5000"}, b""),
    ],
)
def test_cut_half_way(answer: Answer) -> None:
    assert "cut off" in said(answer)


def test_a_connection_closed_without_a_word() -> None:
    assert "see that the server runs" in said(lambda handler, asked: None)


def test_a_read_is_tried_again() -> None:
    codes = iter([503, 429, 200])

    def answer(handler: Handler, asked: Asked) -> None:
        code = next(codes, 200)
        sound(handler, asked) if code == 200 else handler.say(code, Retry_After="0")

    with serving(answer) as server:
        assert RemoteStore(server.url).graphs() == ()
        assert len(server.asked) == 4


def test_a_read_is_not_tried_for_ever() -> None:
    with serving(status(503)) as server, pytest.raises(StoreError, match="503"):
        RemoteStore(server.url).graphs()
    assert len(server.asked) == 3


@pytest.mark.parametrize("code", [500, 503, 507])
def test_a_write_is_never_tried_again(code: int) -> None:
    def answer(handler: Handler, asked: Asked) -> None:
        sound(handler, asked) if b"query=" in asked.body else handler.say(code, b"disk full", "text/plain")

    with serving(answer) as server, pytest.raises(StoreError, match=f"answers {code}: disk full; see"):
        RemoteStore(server.url).apply(add=[QUAD])
    assert sum(b"update=" in asked.body for asked in server.asked) == 1


def test_graphs_are_listed_whole_where_a_server_cuts_its_answers() -> None:
    def few(handler: Handler, asked: Asked) -> None:
        start = int(asked.text.rpartition("OFFSET")[2]) if "OFFSET" in asked.text else 0
        rows = ",".join(f'{{"g":{{"type":"uri","value":"urn:{n}"}}}}' for n in range(5)[start : start + 2])
        body = f'{{"head":{{"vars":["g"]}},"results":{{"bindings":[{rows}]}}}}'
        handler.say(200, body.encode(), RESULTS, X_SPARQL_MaxRows="2")

    with serving(after_hello(few)) as server:
        assert [graph.value for graph in RemoteStore(server.url).graphs()] == [f"urn:{n}" for n in range(5)]


def test_a_text_that_the_server_does_not_take() -> None:
    answer = after_hello(status(400, b"Virtuoso 37000 Error SP030\n\nSPARQL query:"))
    with (
        serving(answer) as server,
        pytest.raises(SparqlError, match="Virtuoso 37000 Error SP030; the"),
    ):
        list(RemoteStore(server.url).select("SELECT ?s { ?s ?p ?o }").rows)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.com/sparql", "ftp://"),
        ("file:///etc/passwd", "file://"),
        ("example.com/sparql", "write http"),
        ("http://", "write http"),
        ("http://host:port/", "no URL"),
        ("http://host:99999/", "no URL"),
        ("http://a b/", "no URL"),
        ("http://host/\r\nX: y", "no URL"),
        ("http://host/sparql?default-graph-uri=abc", "write default-graph-uri=IRI"),
    ],
)
def test_a_url_that_is_none(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as failure:
        RemoteStore(url)
    assert "\n" not in str(failure.value)


def test_a_url_with_credentials() -> None:
    with pytest.raises(StoreError, match="holds credentials; set G60KG_USER") as failure:
        RemoteStore("http://me:secret@example.com/")
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("G60KG_TIMEOUT", "soon"),
        ("G60KG_TIMEOUT", "-1"),
        ("G60KG_TIMEOUT", "nan"),
        ("G60KG_PAGE_ROWS", "many"),
        ("G60KG_UPDATE_URL", "ftp://example.com/"),
    ],
)
def test_an_unusable_setting(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(G60Error, match=value):
        RemoteStore("http://example.com/")


def test_updates_and_service_never_leave() -> None:
    with serving(sound) as server:
        store = RemoteStore(server.url)
        for text in ("DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SELECT {"):
            with pytest.raises(G60Error):
                store.select(text)
        assert not server.asked
