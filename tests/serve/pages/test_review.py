"""What awaits a person's word, decided on over HTTP: signed, dated, undone, by several at once."""

import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request
from tests.serve.conftest import Ask, Served, serving
from tests.serve.pages.conftest import HTML, Parsed, parse

TEXT = (
    "Quux Blorp Industrial Park is located in Wuhu. Suzhou Industial Park is located in Hefei. "
    "Wuhu covers an area of 6,026 square kilometers. Hefei is part of Anhui Province. "
    "Suzhou is part of Jiangsu Province. Wuhu is part of Anhui Province."
)
TOKEN = "sesame"
SIGNED = {"token": TOKEN, "by": "Li"}


@pytest.fixture(scope="module")
def reviewed(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with unknown names and claims that nobody confirmed; not to be changed."""
    place = tmp_path_factory.mktemp("review") / "s"
    shutil.copytree(packaged_store, place)
    kg = KnowledgeGraph.open(place)
    article = Article("news", TEXT, date="2023-05-01")
    claims = kg.extract(article)
    waiting = [
        replace(each, status="proposed", basis="topic") if "is part of" in each.quote else each
        for each in claims
    ]
    kg.add(article, tuple(waiting))
    kg.add(Article("other", "Wuhu covers an area of 6,126 square kilometers.", date="2023-05-02"))
    return place


@pytest.fixture(scope="module")
def server(reviewed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(reviewed, folder / "s")
    options = ("--writable", "--concurrent", "2")
    with serving(folder / "s", folder / "log", *options, G60KG_TOKEN=TOKEN) as server:
        yield server


def items(page: str) -> list[str]:
    return re.findall(r'class="item" id="i-([\w-]+)"', page)


def looked_at(server: Served, of: str) -> tuple[list[str], dict[str, str]]:
    """Return what a page lists, and the fields that go with what is decided there."""
    page = server.get(f"/review?of={of}", headers=HTML).text
    found = re.search(r'name="seen" value="(\d+)"', page)
    return items(page), {"of": of, "seen": found[1] if found else "0"}


def send(server: Served, fields: dict[str, str]) -> httpx.Response:
    return server.post("/review", data=fields, headers=HTML)


@pytest.fixture(scope="module")
def shown(reviewed: Path) -> Callable[..., Parsed]:
    site = Site(KnowledgeGraph.open(reviewed), version="test", writable=True)

    def asked(route: str, **query: str) -> Parsed:
        response = answer(site, Request(route, query=tuple(query.items()), headers=HTML))
        assert response.status == 200, response.body[-2000:]
        return parse(response)

    return asked


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("of", ["names", "duplicates", "claims", "conflicts"])
def test_each_thing_stands_with_its_sentence_and_its_choices(
    shown: Callable[..., Parsed], of: str, language: str
) -> None:
    page = shown("review", of=of, lang=language)
    listed = page.all("div", class_="item")
    assert listed, of
    for each in listed:
        html = "{http://www.w3.org/1999/xhtml}"
        assert list(each.iter(f"{html}mark"))
        choices = [one.get("value") for one in each.iter(f"{html}input") if one.get("type") == "radio"]
        assert choices[0] == ""
        assert choices[-1] == "rejected"


def test_a_near_duplicate_names_what_it_is_like(shown: Callable[..., Parsed]) -> None:
    text = " ".join(shown("review", of="duplicates").tree.itertext())
    assert "Suzhou Industial Park" in text
    assert re.search(r"most like it:.*\d\d%", " ".join(text.split()))


def test_a_claim_says_how_it_would_stand(shown: Callable[..., Parsed]) -> None:
    text = " ".join(" ".join(shown("review", of="claims").tree.itertext()).split())
    assert "The graph has it already." in text


def test_without_token_or_name_nothing_is_written_and_the_choice_is_kept(server: Served) -> None:
    (first, *_), fields = looked_at(server, "claims")
    wanted = fields | {f"do:{first}": "confirmed"}
    for more, status in (({}, 401), ({"token": "other", "by": "Li"}, 401), ({"token": TOKEN}, 400)):
        told = send(server, wanted | more)
        assert told.status_code == status
        assert re.search(rf'name="do:{first}" value="confirmed" checked', told.text)
        assert TOKEN not in told.text
    assert not (server.store / "decisions.yaml").exists()


def test_claims_are_decided_on_and_taken_back_as_g60kg_review_does(server: Served) -> None:
    (first, second, *_), fields = looked_at(server, "claims")
    done = send(server, fields | SIGNED | {f"do:{first}": "confirmed", f"do:{second}": "rejected"})
    assert (done.status_code, done.headers["location"]) == (303, "/review?of=claims&done=2")
    kg = KnowledgeGraph.open(server.store)
    events = kg.history().standing
    assert {on: each.fields["verdict"] for on, each in events.items()} == {
        first: "confirmed",
        second: "rejected",
    }
    assert all(each.fields["by"] == "Li" and each.fields["at"].startswith("20") for each in events.values())
    page = server.get("/review?of=claims", headers=HTML).text
    assert f'name="do:{first}" value="withdrawn"' in page
    history = server.get("/history", headers=HTML).text
    assert "Li" in history
    assert "Suzhou" in history
    undone = send(server, SIGNED | {"seen": "2", f"do:{first}": "withdrawn"})
    assert undone.headers["location"] == "/history?done=1"
    assert first not in kg.history().standing
    assert len(kg.history().events) == 3


def test_who_comes_second_is_told_and_the_rest_is_written(server: Served) -> None:
    (first, second, third, *_), fields = looked_at(server, "claims")
    assert send(server, fields | SIGNED | {f"do:{first}": "confirmed"}).status_code == 303
    late = {f"do:{first}": "rejected", f"do:{third}": "confirmed", "token": TOKEN, "by": "Wang"}
    told = send(server, fields | late)
    assert told.status_code == 409
    assert "Li decided on" in told.text
    seen = re.search(r'name="seen" value="(\d+)"', told.text)
    assert seen
    again = send(server, fields | SIGNED | {"seen": seen[1], f"do:{first}": "withdrawn"})
    assert again.status_code == 303
    assert send(server, fields | SIGNED | {"seen": "999", f"do:{first}": "confirmed"}).status_code == 303
    standing = KnowledgeGraph.open(server.store).history().standing
    assert (standing[first].fields["by"], standing[third].fields["by"]) == ("Li", "Wang")
    assert second


def test_many_at_once_lose_nothing(server: Served) -> None:
    names, fields = looked_at(server, "names")
    kg = KnowledgeGraph.open(server.store)
    before = len(kg.history().events)
    claim = looked_at(server, "conflicts")[0][0]
    every = [{f"do:{claim}": "corrected", f"object:{claim}": str(900 + n), "seen": "999"} for n in range(6)]
    with ThreadPoolExecutor(6) as people:
        statuses = list(people.map(lambda more: send(server, fields | SIGNED | more).status_code, every))
    assert statuses == [303] * 6
    said = {each.fields.get("right_object") for each in kg.history().events[before:]}
    assert said == {str(900 + n) for n in range(6)}
    assert names


def test_names_are_accepted_merged_rejected_and_taken_back(server: Served) -> None:
    names, fields = looked_at(server, "names")
    park = next(each for each in names if each.startswith("quux"))
    garbled = next(each for each in names if "industial" in each)
    missing = send(server, fields | SIGNED | {f"do:{garbled}": "repaired"})
    assert missing.status_code == 409
    done = {f"do:{park}": "accepted", f"zh:{park}": "酷园"}
    done |= {
        f"do:{garbled}": "merged",
        f"of:{garbled}": "G60 Brain Intelligence Science and Technology Innovation Base",
    }
    assert send(server, fields | SIGNED | done).status_code == 303
    file = server.store / "register" / "reviewed.yaml"
    assert "zh: 酷园" in file.read_text()
    assert "Suzhou Industial Park" in file.read_text()
    after = server.get("/review?of=names&done=1", headers=HTML).text
    assert f"g60kg build --register {file.parent}" in after
    undone = send(server, SIGNED | {"seen": "999", f"do:{garbled}": "withdrawn"})
    assert undone.status_code == 303
    assert "Industial" not in file.read_text()
    rejected = send(server, fields | SIGNED | {"seen": "999", f"do:{garbled}": "rejected"})
    assert rejected.status_code == 303
    last = KnowledgeGraph.open(server.store).history().events[-1]
    assert (last.fields["verdict"], last.fields["by"]) == ("rejected", "Li")


def test_the_feed_tells_who_what_and_when(server: Served) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(server.get("/history.atom").content)
    entries = feed.findall(f"{atom}entry")
    assert entries
    assert {each.findtext(f"{atom}author/{atom}name") for each in entries} <= {"Li", "Wang"}
    assert feed.findtext(f"{atom}updated") == entries[0].findtext(f"{atom}updated")
    news = ElementTree.fromstring(server.get("/articles.atom").content)
    assert any("g60-corridor" in str(each.findtext(f"{atom}id")) for each in news.findall(f"{atom}entry"))


def test_a_server_that_is_read_only_offers_no_choice(ask: Ask, site: Site) -> None:
    page = ask("review")
    assert page.status == 200
    assert b'type="radio"' not in page.body
    assert b"<code>g60kg review --accept haier-ziya-industrial-park</code>" in page.body
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert answer(site, Request("review", "POST", headers=form, body=b"seen=0&do:x=confirmed")).status == 403


@pytest.mark.parametrize(
    ("fields", "status"), [({"seen": "many"}, 400), ({"seen": "0", "do:nothing": "rejected"} | SIGNED, 409)]
)
def test_what_cannot_be_decided_is_told(server: Served, fields: dict[str, Any], status: int) -> None:
    assert send(server, fields).status_code == status
    assert (
        server.post("/review", content=b"{}", headers={"content-type": "application/json"}).status_code == 415
    )
