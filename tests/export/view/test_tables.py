"""What the tables say, on a graph whose texts are hostile and on the packaged one."""

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg.export import view as parts
from g60kg.export.view import TABLES, Record, view_of
from g60kg.terms import (
    CLAIM,
    G60,
    ID,
    INFERRED_GRAPH,
    RDF,
    REGISTER_GRAPH,
    STATISTIC,
    XSD,
    article_graph,
    claims_graph,
    curie,
)
from tests.export.samples import (
    CLAIMS,
    FIGURE,
    FIGURE_PLANNED,
    HOSTILE,
    LIMITED,
    PLAIN,
    PLANNED,
    QUADS,
    WORDS,
)

Tables = dict[str, list[Record]]


def read(quads: list[Quad]) -> Tables:
    with view_of(quads) as view:
        return {table: list(view.rows(table)) for table in TABLES}


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read(QUADS)


def one(rows: list[Record], **wanted: object) -> Record:
    (found,) = (row for row in rows if all(row[name] == value for name, value in wanted.items()))
    return found


def test_an_entity_has_its_names_in_both_languages_and_its_types_by_layer(tables: Tables) -> None:
    wuhu = one(tables["entities"], iri=ID.wuhu.value)
    assert (wuhu["name"], wuhu["en"], wuhu["zh"]) == ("Wuhu", "Wuhu", "芜湖市")
    assert wuhu["types"] == ["City"]
    assert wuhu["inferredTypes"] == ["Region", "schema:Place"]
    assert sorted(wuhu["also"]) == sorted(HOSTILE)
    assert wuhu["garbled"] == [HOSTILE[2]]
    assert (wuhu["candidate"], wuhu["layer"]) == (False, "said")


def test_a_candidate_shows_and_what_has_no_english_name_is_called_by_another(tables: Tables) -> None:
    park = one(tables["entities"], iri=ID["new-park"].value)
    assert (park["candidate"], park["layer"], park["name"]) == (True, "said", HOSTILE[0])
    assert one(tables["entities"], iri=ID.anhui.value)["name"] == "安徽省"
    assert one(tables["entities"], iri=ID.hefei.value)["name"] == "id:hefei"


def test_a_said_relation_carries_its_claims_with_their_quotes(tables: Tables) -> None:
    edge = one(tables["relations"], predicate="locatedIn")
    assert (edge["subject"], edge["object"], edge["layer"]) == (ID["new-park"].value, ID.wuhu.value, "said")
    ordered = sorted(PLAIN, key=lambda claim: (claim.start, claim.id))
    assert edge["claims"] == [CLAIM[claim.id].value for claim in ordered]
    assert edge["quotes"] == [claim.quote for claim in ordered]
    assert set(edge["articles"]) == {"https://w3id.org/g60kg/article/hostile"}
    assert edge["graphs"] == [article_graph("hostile").value]


def test_a_register_relation_carries_its_source_and_an_inferred_one_neither(tables: Tables) -> None:
    edge = one(tables["relations"], predicate="partOf")
    assert (edge["layer"], edge["sources"], edge["claims"]) == ("register", [HOSTILE[3]], None)
    edge = one(tables["relations"], predicate="hasPart")
    assert (edge["layer"], edge["sources"], edge["claims"]) == ("inferred", None, None)


def test_what_is_only_planned_is_a_claim_and_no_relation(tables: Tables) -> None:
    edge = one(tables["relations"], predicate="cooperatesWith")
    assert edge["claims"] == [CLAIM[LIMITED.id].value]
    planned = one(tables["claims"], iri=CLAIM[PLANNED.id].value)
    assert (planned["modality"], planned["year"], planned["object"]) == ("planned", "2025", ID.hefei.value)


def test_a_statistic_has_its_number_as_written_and_its_limits(tables: Tables) -> None:
    figure = one(tables["statistics"], claims=[CLAIM[FIGURE.id].value])
    assert (figure["value"], figure["number"], figure["unit"]) == (1.5, "1.5", "unit:NUM")
    assert (figure["name"], figure["measure"], figure["year"]) == ("more than 1.5", "count", "2024")
    assert figure["countedKind"] == HOSTILE[1]
    edge = one(tables["relations"], predicate="count")
    assert (edge["object"], edge["quotes"]) == (figure["iri"], [FIGURE.quote])
    planned = one(tables["statistics"], modality="planned")
    assert (planned["value"], planned["name"], planned["claims"]) == (1e11, "100000000000 CNY", None)
    assert one(tables["claims"], object=planned["iri"])["iri"] == CLAIM[FIGURE_PLANNED.id].value


def test_attributes_keep_language_datatype_and_claims(tables: Tables) -> None:
    theme = one(tables["attributes"], predicate="theme")
    assert (theme["value"], theme["language"], theme["datatype"]) == (HOSTILE[4], "en", None)
    assert theme["claims"] == [CLAIM[WORDS.id].value]
    year = one(tables["attributes"], predicate="startYear")
    assert (year["value"], year["datatype"], year["layer"]) == ("1952", "xsd:gYear", "register")
    match = one(tables["attributes"], predicate="schema:sameAs")
    assert (match["value"], match["datatype"]) == ("http://www.wikidata.org/entity/Q359990", None)


def test_claims_articles_and_repairs_keep_every_character(tables: Tables) -> None:
    assert {row["iri"]: row["quote"] for row in tables["claims"]} == {
        CLAIM[claim.id].value: claim.quote for claim in CLAIMS
    }
    assert [row["start"] for row in tables["claims"]] == sorted(claim.start for claim in CLAIMS)
    (article,) = tables["articles"]
    assert (article["title"], article["note"]) == (HOSTILE[3], HOSTILE[1])
    (repair,) = tables["repairs"]
    assert (repair["surface"], repair["reason"]) == (HOSTILE[5], HOSTILE[6])
    assert one(tables["claims"], iri=CLAIM[WORDS.id].value)["repairs"] == [repair["iri"]]


def facts(quads: list[Quad]) -> Iterator[tuple[str, str, str | None, str]]:
    """Yield the facts of a graph, counted in another way: subject, property, object where it is a node."""
    for quad in quads:
        graph, subject = quad.graph_name, quad.subject
        assert isinstance(graph, NamedNode)
        if graph not in (REGISTER_GRAPH, INFERRED_GRAPH) and "/graph/article/" not in graph.value:
            continue
        if isinstance(subject, NamedNode) and subject.value.startswith((ID.base, STATISTIC.base)):
            target = quad.object.value if isinstance(quad.object, NamedNode) else ""
            node = target if target.startswith((ID.base, STATISTIC.base)) else None
            yield subject.value, quad.predicate.value, node, str(quad.object)


def test_every_fact_of_the_packaged_graph_is_in_one_table(quads: list[Quad]) -> None:
    tables = read(quads)
    found = set(facts(quads))
    relations = {(s, curie(p).removeprefix("g60:"), o) for s, p, o, _ in found if o}
    relations = {each for each in relations if each[1] != "statisticOf"}
    assert {(r["subject"], r["predicate"], r["object"]) for r in tables["relations"]} == relations
    held = ("rdf:type", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
    rest = {(s, curie(p), text) for s, p, o, text in found if not o and curie(p) not in held and "/id/" in s}
    shown = [row for row in tables["attributes"] if "/id/" in row["subject"]]
    assert len(shown) == len(rest)
    claims = {quad.subject for quad in quads if (quad.predicate, quad.object) == (RDF.type, G60.Claim)}
    assert len(tables["claims"]) == len(claims) > 100
    statistics = {
        quad.subject for quad in quads if (quad.predicate, quad.object) == (RDF.type, G60.Statistic)
    }
    assert len(tables["statistics"]) == len(statistics)
    said = [row for row in tables["relations"] if row["layer"] == "said"]
    assert said
    assert all(row["quotes"] for row in said)
    assert not any(row["claims"] for row in tables["relations"] if row["layer"] == "inferred")


def test_the_order_of_the_quads_changes_nothing(tables: Tables) -> None:
    assert read(QUADS[::-1]) == tables


def test_no_quads_give_empty_tables() -> None:
    assert read([]) == {table: [] for table in TABLES}


def test_a_graph_without_its_claims_has_relations_without_quotes() -> None:
    quads = [quad for quad in QUADS if quad.graph_name != claims_graph("hostile")]
    edge = one(read(quads)["relations"], predicate="locatedIn")
    assert (edge["layer"], edge["claims"], edge["quotes"]) == ("said", None, None)


def test_a_long_text_is_read_whole() -> None:
    text = Literal("x\n" * 2_000_000, datatype=XSD.string)
    quads = [Quad(ID.a, RDF.type, G60.City, REGISTER_GRAPH), Quad(ID.a, G60.motto, text, REGISTER_GRAPH)]
    assert one(read(quads)["attributes"], predicate="motto")["value"] == text.value


def test_tables_made_in_parts_are_the_same(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_QUADS", 40)
    assert parts.parts_for(len(QUADS)) > 3
    assert read(QUADS) == tables


def test_nothing_is_printed_on_the_way(capfd: pytest.CaptureFixture[str]) -> None:
    read(QUADS)
    assert capfd.readouterr() == ("", "")
