"""Clients that others have written, against a server that runs."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from g60kg import KnowledgeGraph
from g60kg.errors import StoreError
from g60kg.store import DiskStore
from g60kg.store.remote import RemoteStore, push
from g60kg.terms import G60, ID, PREFIXES, REGISTER_GRAPH
from tests.contract import servers
from tests.serve.conftest import Served
from tests.serve.sparql.conftest import TOKEN

PREFIX: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("g60", "id", "skos"))
CITIES: Final = PREFIX + "SELECT ?city { id:g60-corridor g60:memberCity ?city } ORDER BY ?city"
GRAPH: Final = PREFIX + "CONSTRUCT { ?c a g60:City } WHERE { id:g60-corridor g60:memberCity ?c }"
_NAMES: Final = "hangzhou hefei huzhou jiaxing jinhua songjiang suzhou wuhu xuancheng"
NINE: Final = [ID.base + name for name in _NAMES.split()]


@pytest.fixture
def endpoint(served: Any) -> str:
    return f"{served.url}/sparql"


def wrapped(endpoint: str, text: str, form: str, method: str = GET) -> Any:
    wrapper = SPARQLWrapper(endpoint, returnFormat=form)
    wrapper.setMethod(method)
    wrapper.setQuery(text)
    return wrapper.query()


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_tables_in_every_format(endpoint: str, method: str) -> None:
    rows = wrapped(endpoint, CITIES, JSON, method).convert()["results"]["bindings"]
    assert [row["city"]["value"] for row in rows] == NINE
    document = wrapped(endpoint, CITIES, XML, method).convert()
    uris = document.getElementsByTagName("uri")
    assert [uri.firstChild.data for uri in uris] == NINE
    assert wrapped(endpoint, CITIES, CSV, method).convert().decode().split() == ["city", *NINE]
    tsv = wrapped(endpoint, CITIES, TSV, method).convert().decode().split()
    assert tsv == ["?city", *(f"<{city}>" for city in NINE)]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # which SPARQLWrapper makes
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_graphs_in_every_format(endpoint: str, form: str, method: str) -> None:
    found = wrapped(endpoint, GRAPH, form, method).convert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert sorted(map(str, graph.subjects(RDF.type, URIRef(G60.City.value)))) == NINE


def test_sparqlwrapper_is_told_what_is_wrong(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match="near line 1, column 9"):
        wrapped(endpoint, "SELECT {", JSON)
    assert wrapped(endpoint, PREFIX + "ASK { id:wuhu a g60:City }", JSON).convert()["boolean"] is True


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_s_store_asks(endpoint: str, method: str) -> None:
    store = SPARQLStore(endpoint, method=method)
    graph = Graph(store)
    assert [str(row[0]) for row in graph.query(CITIES)] == NINE  # type: ignore[index]
    wuhu = URIRef(ID["wuhu"].value)
    assert (wuhu, RDF.type, URIRef(G60.City.value)) in graph
    assert "Wuhu" in {str(name) for name in graph.objects(wuhu, URIRef(PREFIXES["skos"] + "prefLabel"))}
    assert len(graph) > 1000
    store.close()


def test_rdflib_s_store_reads_one_graph(endpoint: str) -> None:
    store = SPARQLStore(endpoint)
    register = Graph(store, URIRef(PREFIXES["graph"] + "register"))
    assert 0 < len(register) < len(Graph(store))


def test_rdflib_s_store_changes_what_it_may(writable: Served) -> None:
    endpoint = f"{writable.url}/sparql"
    store = SPARQLUpdateStore(endpoint, endpoint, headers={"Authorization": f"Bearer {TOKEN}"})
    graph = Graph(store, URIRef("http://e/rdflib"))
    triple = (URIRef("http://e/s"), URIRef("http://e/p"), Literal("第一", lang="zh"))
    graph.add(triple)
    assert list(graph) == [triple]
    assert triple in Graph(store)
    graph.remove(triple)
    assert list(graph) == []


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
            yield url
    except servers.Lacking as lacking:
        pytest.skip(str(lacking))


def test_oxigraph_asks_us_within_a_query_of_its_own(endpoint: str, oxigraph: str) -> None:
    text = f"""{PREFIX}
        SELECT ?city ?name {{
          SERVICE <{endpoint}> {{ id:g60-corridor g60:memberCity ?city }}
          SERVICE <{endpoint}> {{ ?city skos:prefLabel ?name FILTER(LANG(?name) = "zh") }}
        }} ORDER BY ?city"""
    rows = wrapped(f"{oxigraph}/query", text, JSON, POST).convert()["results"]["bindings"]
    assert [row["city"]["value"] for row in rows] == NINE
    assert rows[0]["name"] == {"type": "literal", "value": "杭州市", "xml:lang": "zh"}


@pytest.fixture(scope="module")
def comunica() -> Callable[..., list[str]]:
    try:
        folder = servers.comunica_folder()
    except servers.Lacking as lacking:
        pytest.skip(str(lacking))

    def ask(endpoint: str, text: str) -> list[str]:
        command = ["node", str(Path(__file__).with_name("comunica.mjs")), str(folder), endpoint, text]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return ask


@pytest.mark.slow
def test_comunica_asks(endpoint: str, comunica: Callable[..., list[str]]) -> None:
    assert comunica(endpoint, CITIES) == NINE
    assert comunica(endpoint, PREFIX + "ASK { id:wuhu a g60:City }") == ["true"]
    types = [f"{city}\t{RDF.type}\t{G60.City.value}" for city in NINE]
    assert sorted(comunica(endpoint, GRAPH)) == types


@pytest.mark.slow
def test_comunica_joins_what_we_tell_itself(endpoint: str, comunica: Callable[..., list[str]]) -> None:
    text = f"""{PREFIX}
        SELECT (COUNT(DISTINCT ?company) AS ?n) {{
          ?company a g60:Company ; g60:locatedIn ?place . ?place g60:partOf* id:shanghai
        }}"""
    rows = wrapped(endpoint, text, JSON).convert()["results"]["bindings"]
    assert comunica(endpoint, text) == [rows[0]["n"]["value"]]
    assert int(rows[0]["n"]["value"]) > 1


def curl(*words: str) -> str:
    if not shutil.which("curl"):
        pytest.skip("curl is not on this machine")
    done = subprocess.run(["curl", "-sS", *words], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def test_curl_asks(endpoint: str, tmp_path: Path) -> None:
    assert (
        curl("-G", endpoint, "-H", "Accept: text/csv", "--data-urlencode", f"query={CITIES}").split()[1:]
        == NINE
    )
    assert json.loads(curl(endpoint, "--data-urlencode", "query=ASK {}"))["boolean"] is True
    file = tmp_path / "query.rq"
    file.write_text(CITIES)
    kind = "Content-Type: application/sparql-query"
    assert NINE[0] in curl(endpoint, "-H", kind, "--data-binary", f"@{file}")
    assert "201" not in curl("-I", endpoint)
    head = curl("-I", endpoint.replace("/sparql", "/graphs?default"))
    assert head.startswith("HTTP/1.1 200")
    assert int(head.lower().partition("content-length: ")[2].split()[0]) > 10_000


def test_curl_sends_a_graph(writable: Served, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("<http://e/s> <http://e/p> '松江' .")
    place = f"{writable.url}/graphs?graph=http://e/curl"
    kind, token = "Content-Type: text/turtle", f"Authorization: Bearer {TOKEN}"
    status = ("-o", os.devnull, "-w", "%{http_code}")
    assert curl(*status, "-T", str(file), "-H", kind, place) == "401"
    assert curl(*status, "-T", str(file), "-H", kind, "-H", token, place) == "201"
    assert curl("-H", "Accept: application/n-triples", place) == '<http://e/s> <http://e/p> "松江" .\n'
    assert curl(*status, "-X", "DELETE", "-H", token, place) == "204"
    assert curl(*status, place) == "404"


def g60kg(*words: str, **environment: str) -> str:
    command = [sys.executable, "-c", "from g60kg.cli import main; main()", *words]
    env = os.environ | environment
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_our_command_line_asks_our_server(endpoint: str, served_store: Path) -> None:
    question = ("query", "companies-by-industry", "--industry", "artificial intelligence", "--format", "csv")
    here, there = (g60kg("--store", str(place), *question) for place in (served_store, endpoint))
    assert here == there
    assert len(here.splitlines()) > 1


def test_our_store_knows_our_server(endpoint: str) -> None:
    store = RemoteStore(endpoint)
    assert store.kind.name == "g60kg"
    assert store.graphs() == KnowledgeGraph.connect(endpoint).store.graphs() != ()


def test_stored_queries_say_the_same_there(endpoint: str, served_store: Path) -> None:
    here, there = KnowledgeGraph.open(served_store), KnowledgeGraph.connect(endpoint)
    for query in list(here.catalogue)[::9]:
        values: dict[str, Any] = {each.name: each.example for each in query.parameters}
        assert here.query(query.name, **values).to_csv() == there.query(query.name, **values).to_csv()


def test_a_graph_is_pulled_whole_and_pushed_by_nobody_without_the_token(
    writable: Served, tmp_path: Path
) -> None:
    endpoint = f"{writable.url}/sparql"
    KnowledgeGraph.pull(endpoint, tmp_path / "copy")
    copy = DiskStore(tmp_path / "copy")
    assert set(copy.match()) == set(DiskStore(writable.store).match())
    copy.apply(remove=copy.match(graph=REGISTER_GRAPH))
    with pytest.raises(StoreError, match="access is refused"):
        push(copy, RemoteStore(endpoint))
