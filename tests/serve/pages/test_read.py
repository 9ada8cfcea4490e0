"""A text that is read at `/read`: what it states beside what is held; kept only by who has the token."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from g60kg.errors import ReaderError
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request, Response
from tests.serve.conftest import Served
from tests.serve.pages.conftest import HTML, Parsed, parse

NEWS = (
    "Songjiang District is home to more than 900 companies in the field of artificial intelligence.\n"
    "KUKA is located in Linhang Songjiang Science and Technology City. The weather was fine on Tuesday. "
    "Blue Heron Robotics Co. is located in Songjiang District. Suzhou is part of Jiangsu Province."
)
FORM = {"text": NEWS, "title": "News of a factory", "date": "2024-05-01"}
TOKEN = "sesame"
JSON = {"accept": "application/json"}


def send(site: Site, text: bytes, kind: str = "text/plain", accept: str = "text/html") -> Response:
    headers = {"accept": accept, "content-type": kind}
    query = (("title", FORM["title"]), ("date", FORM["date"]), ("lang", "en"))
    return answer(site, Request("read", "POST", query=query, headers=headers, body=text))


@pytest.fixture(scope="module")
def shown(packaged: Any) -> Parsed:
    response = send(Site(packaged, version="test"), NEWS.encode())
    assert response.status == 200, response.body[-2000:]
    return parse(response)


def test_the_text_stands_as_it_was_sent_with_its_names_marked(shown: Parsed) -> None:
    words = "".join("".join(each.itertext()) for each in shown.all("p", class_="words"))
    assert words == NEWS
    runs = [each for words in shown.all("p", class_="words") for each in words.iter()]
    marked = {each.text: each.get("class") or "" for each in runs if each.text}
    assert "n-repaired" in marked["Linhang Songjiang Science and Technology City"]
    assert "n-candidate" in marked["Blue Heron Robotics Co"]
    silent = [each for each in runs if "silent" in (each.get("class") or "").split()]
    assert ["".join(each.itertext()) for each in silent] == ["The weather was fine on Tuesday."]


def test_each_claim_stands_beside_its_sentence_with_how_it_stands_to_the_graph(shown: Parsed) -> None:
    notes = {
        note.get("id"): " ".join("".join(note.itertext()).split())
        for note in shown.all("details")
        if note.get("id")
    }
    assert "company count more than 900" in notes["n1"]
    assert "differs from more than 840 (2023)" in notes["n1"]
    assert notes["n4"].endswith("new")
    assert notes["n5"].endswith("confirms")
    assert "1 differs from 2023" in " ".join("".join(shown.all("p", role="status")[0].itertext()).split())


def test_only_what_is_held_is_a_link(shown: Parsed) -> None:
    links = shown.links()
    assert "/page/kuka?lang=en" in links
    assert not any("blue-heron" in href for href in links)


def test_a_page_of_the_web_is_read_as_its_text(site: Site) -> None:
    pytest.importorskip("trafilatura")
    page = f"<!doctype html><html><title>News</title><body><article><h1>News</h1><p>{NEWS}</p></article>"
    told = send(site, page.encode(), "text/html", "application/json")
    assert told.status == 200, told.body
    assert b'"new"' in told.body


@pytest.mark.parametrize(
    ("text", "kind", "status", "said"),
    [
        (b"", "text/plain", 400, "the text is empty"),
        (b"\xff\xfe\xfd", "text/plain", 400, "not UTF-8"),
        (b"word " * 7000, "text/plain", 400, "35,000 characters, more than 30,000"),
        (b"{}", "application/json", 415, "multipart/form-data"),
        (b"--x", "multipart/form-data; boundary=y", 400, "the text is empty"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_line(
    site: Site, text: bytes, kind: str, status: int, said: str
) -> None:
    for accept in ("text/html", "application/json"):
        response = send(site, text, kind, accept)
        assert (response.status, said in response.body.decode()) == (status, True), response.body


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "请粘贴文本或选择文件"),
        ({"text": "word " * 7000}, "文本有35,000个字符，超过30,000个"),
        ({"text": NEWS, "date": "then"}, "“then”"),
    ],
)
def test_a_chinese_page_tells_in_chinese_what_is_wrong(site: Site, fields: dict[str, str], said: str) -> None:
    headers = HTML | {"content-type": "application/x-www-form-urlencoded"}
    query, body = (("lang", "zh"),), urlencode(fields).encode()
    response = answer(site, Request("read", "POST", query=query, headers=headers, body=body))
    (told,) = (each for each in parse(response).all("p", id="read-wrong"))
    assert (response.status, told.get("lang")) == (400, "zh")
    assert said in str(told.text)


def test_without_the_model_one_line_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ReaderError("no English model to read with", mend="install it")

    monkeypatch.setattr("g60kg.kg.stages.claims_of", missing)
    response = send(site, NEWS.encode())
    assert response.status == 503
    assert "no English model to read with; install it" in response.body.decode()


def test_a_server_that_is_read_only_keeps_nothing(served: Served) -> None:
    before = served.get("/articles", headers=HTML).text
    page = served.post("/read", data=FORM, headers=HTML)
    assert page.status_code == 200
    assert "/read/keep" not in page.text
    assert served.post("/read/keep", data=FORM | {"token": TOKEN}).status_code == 403
    assert served.get("/articles", headers=HTML).text == before


def test_who_has_the_token_keeps_it_as_add_does(
    serve: Callable[..., Any], served_store: Path, tmp_path: Path
) -> None:
    shutil.copytree(served_store, tmp_path / "store")
    with serve("--writable", store=tmp_path / "store", G60KG_TOKEN=TOKEN) as server:
        told = server.post(
            "/read", files={"file": ("a.txt", NEWS)}, data={"title": FORM["title"]}, headers=JSON
        )
        counts = told.json()["counts"]
        assert counts["new"] >= 2
        assert counts["confirms"] == counts["differs"] == 1
        assert all(NEWS[each["start"] : each["end"]] == each["quote"] for each in told.json()["claims"])
        for token in ("", "other"):
            assert server.post("/read/keep", data=FORM | {"token": token}).status_code == 401
        kept = server.post("/read/keep", data=FORM | {"token": TOKEN}, headers=HTML)
        assert (kept.status_code, kept.headers["location"]) == (303, "/articles/2024-05-01-news-of-a-factory")
        assert "Blue Heron" in server.get(kept.headers["location"], headers=HTML).text
        again = server.post("/read", data=FORM, headers=JSON).json()["counts"]
        assert (again["new"], again["differs"]) == (0, 0)


def test_a_text_that_takes_too_long_ends_alone(serve: Callable[..., Any]) -> None:
    with serve("--read-seconds", "0.2") as server, ThreadPoolExecutor() as others:
        reading = others.submit(server.post, "/read", data={"text": NEWS * 50}, headers=JSON)
        while not reading.done():
            assert server.get("/queries", headers=JSON).status_code == 200
        assert reading.result().status_code == 504
        assert server.post("/read", data={"text": "x" * 2_000_000}, headers=JSON).status_code == 413
