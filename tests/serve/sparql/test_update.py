from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from g60kg import KnowledgeGraph
from g60kg.serve.site import Site
from g60kg.serve.values import Limits
from g60kg.store import DiskStore, write_store
from g60kg.store.union import UNNAMED
from g60kg.temporary import Lock
from tests.elsewhere import HIDDEN_UPDATES, Host
from tests.serve.conftest import Served
from tests.serve.sparql.conftest import TOKEN, Asker, detail

FORM = "application/x-www-form-urlencoded"


def quads(writer: Asker) -> set[str]:
    """Return the quads held; what is in no graph without the one in which the store keeps it."""
    return {str(quad).removesuffix(f" {UNNAMED}") for quad in writer.site.kg.store.match()}


FIRST = '<http://e/a> <http://e/p> "1" <http://e/g>'
SECOND = '<http://e/b> <http://e/p> "2" <http://e/g>'


def test_an_update_is_made_as_it_is_and_as_a_form(writer: Asker) -> None:
    assert writer.update('INSERT DATA { GRAPH <http://e/g> { <http://e/b> <http://e/p> "2" } }').status == 204
    assert quads(writer) == {FIRST, SECOND}
    form = {"content_type": FORM, "authorization": f"Bearer {TOKEN}"}
    assert writer("sparql", "POST", body="update=CLEAR+ALL", **form).status == 204
    assert quads(writer) == set()


def test_the_project_s_prefixes_are_known(writer: Asker) -> None:
    assert writer.update("INSERT DATA { id:wuhu a g60:City }").status == 204
    assert writer.query("ASK { id:wuhu a g60:City }").body.endswith(b"true}")


@pytest.mark.parametrize("headers", [{"authorization": ""}, {"authorization": "Bearer x"}])
def test_without_the_token_it_is_refused(writer: Asker, headers: dict[str, str]) -> None:
    assert writer.update("CLEAR ALL", **headers).status == 401
    assert quads(writer) == {FIRST}


def test_where_it_is_not_allowed_it_is_refused(ask: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("G60KG_TOKEN", TOKEN)
    answer = ask.update("CLEAR ALL")
    assert (answer.status, detail(answer)) == (403, "this server is read only")


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("LOAD <http://127.0.0.1:1/>", 403, "LOAD asks another host"),
        ("LOAD SILENT <file:///etc/passwd>", 403, "LOAD asks another host"),
        ("CLEAR ALL ; \\u004COAD <http://127.0.0.1:1/>", 403, "LOAD asks another host"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "SERVICE asks"),
        ("INSERT DATA { <http://e/a> <load> 'service' ", 400, "does not parse"),
        ("CLEAR XYZ", 400, "the update does not parse near line 1"),
        ("DELETE DATA { ?s ?p ?o }", 400, "does not parse"),
        ("CLEAR ALL ; INSERT DATA { x:y a 1 }", 400, "the prefix x: at line 1, column 27 is not declared"),
        ("INSERT { ?s ?p 1 } WHERE " + "{" * 3000 + "}" * 3000, 400, "200 levels"),
        ("CREATE GRAPH <http://e/g>", 400, "cannot be evaluated"),
    ],
)
def test_what_may_not_be_done_changes_nothing(writer: Asker, text: str, status: int, said: str) -> None:
    answer = writer.update(text)
    assert (answer.status, said in detail(answer)) == (status, True), detail(answer)
    assert quads(writer) == {FIRST}


@pytest.mark.parametrize("text", HIDDEN_UPDATES)
def test_no_escape_makes_a_call_to_another_host(writer: Asker, host: Host, text: str) -> None:
    answer = writer.update(text.replace("URL", host.url))
    assert answer.status in (400, 403)
    assert host.calls == 0
    assert quads(writer) == {FIRST}


def test_no_escape_makes_a_call_over_http(writable: Served, host: Host) -> None:
    said = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    for text in HIDDEN_UPDATES:
        content = text.replace("URL", host.url).encode()
        assert writable.post("/sparql", content=content, headers=said).status_code in (400, 403)
    plain = writable.post("/sparql", content=b"INSERT DATA { <a:a> <a:b> 1 }", headers=said)
    assert plain.status_code == 204
    assert host.calls == 0


def test_load_and_service_may_stand_where_they_ask_nobody(writer: Asker) -> None:
    text = "INSERT DATA { GRAPH <http://e/g> { <http://e/load> <http://e/p> 'SERVICE' } } # LOAD <http://e/>"
    assert writer.update(text).status == 204
    assert len(quads(writer)) == 2


def test_the_request_may_name_the_dataset(writer: Asker) -> None:
    text = "DELETE { GRAPH <http://e/g> { ?s ?p ?o } } INSERT { <http://e/i> ?p ?o } WHERE { ?s ?p ?o }"
    assert writer.update(text, ("using-graph-uri", "http://e/g")).status == 204
    assert quads(writer) == {'<http://e/i> <http://e/p> "1"'}


def test_the_request_may_name_graphs_by_name(writer: Asker) -> None:
    writer.update("INSERT DATA { GRAPH <http://e/h> { <http://e/b> <http://e/p> 2 } }")
    text = "INSERT { <http://e/i> ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert writer.update(text, ("using-named-graph-uri", "http://e/g")).status == 204
    assert '<http://e/i> <http://e/p> "1"' in quads(writer)
    assert len(quads(writer)) == 3


@pytest.mark.parametrize("clause", ["WITH <http://e/g>", ""])
def test_the_dataset_is_named_once(writer: Asker, clause: str) -> None:
    using = "" if clause else "USING <http://e/g>"
    text = f"{clause} DELETE {{ ?s ?p ?o }} {using} WHERE {{ ?s ?p ?o }}"
    answer = writer.update(text, ("using-graph-uri", "http://e/g"))
    assert (answer.status, "not in both" in detail(answer)) == (400, True)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asker:
    """Return who asks a graph on disk that can be changed."""
    monkeypatch.setenv("G60KG_TOKEN", TOKEN)
    quad = Quad(
        NamedNode("http://e/a"), NamedNode("http://e/p"), NamedNode("http://e/b"), NamedNode("http://e/g")
    )
    store = write_store(tmp_path / "store", [quad], {"inputs": "abc", "reasoner": "compiled"})
    return Asker(Site(KnowledgeGraph(store), Limits(query_seconds=0.4), writable=True))


def test_an_update_is_a_new_generation_that_others_open(disk: Asker) -> None:
    store = disk.site.kg.store
    assert isinstance(store, DiskStore)
    reader = DiskStore(store.folder)
    text = "DELETE WHERE { GRAPH ?g { ?s ?p ?o } } ; INSERT DATA { <http://e/x> a 1 }"
    assert disk.update(text).status == 204
    assert [str(quad.subject) for quad in store.match()] == ["<http://e/x>"]
    assert [str(quad.subject) for quad in DiskStore(store.folder).match()] == ["<http://e/x>"]
    assert [str(quad.subject) for quad in reader.match()] == ["<http://e/a>"]
    assert dict(store.about) == {"inputs": "", "reasoner": "compiled", "is_changed": True}


def test_an_update_that_fails_leaves_the_store_as_it_was(disk: Asker) -> None:
    store = disk.site.kg.store
    assert isinstance(store, DiskStore)
    before = store.manifest
    assert disk.update("CLEAR ALL ; CREATE GRAPH <http://e/h> ; CREATE GRAPH <http://e/h>").status == 400
    assert DiskStore(store.folder).manifest == before
    assert [path.name for path in store.folder.glob("quads-*")] == [before.quads]


def test_who_waits_too_long_for_another_change_is_told_so(disk: Asker) -> None:
    store = disk.site.kg.store
    assert isinstance(store, DiskStore)
    with closing(Lock(store.folder, shared=False)):
        answer = disk.update("CLEAR ALL")
    assert (answer.status, dict(answer.headers)["Retry-After"]) == (503, "2")
    assert disk.update("CLEAR ALL").status == 204
