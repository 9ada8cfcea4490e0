"""The two ways into Neo4j hold the same, and what they hold is what the tables say."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from g60kg.export import export_quads
from g60kg.export.neo4j import NODES, RELATIONSHIPS, cypher
from g60kg.export.view import view_of
from g60kg.graph import article_quads
from g60kg.terms import CLAIM, G60, ID, RDF, REGISTER_GRAPH, curie
from tests.export.neo4j.reading import Database, read_bulk, run_script, text_of
from tests.export.samples import FIGURE, HOSTILE, PLANNED, QUADS
from tests.extract.packaged import corridor, corridor_claims
from tests.sizes import size


def bulk(quads: list[Quad], folder: Path) -> Database:
    export_quads(quads, folder / "neo4j", "neo4j")
    return read_bulk(folder / "neo4j", list(NODES), list(RELATIONSHIPS))


def script(quads: list[Quad], folder: Path) -> str:
    export_quads(quads, folder / "g.cypher")
    return (folder / "g.cypher").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Return what a database holds after the script of hostile texts."""
    return run_script(script(QUADS, tmp_path_factory.mktemp("script")))


def without_separator(database: Database) -> Database:
    """Return what a database would hold where U+001F had been replaced in lists."""

    def changed(properties: dict[str, object]) -> dict[str, object]:
        return {
            name: [x.replace("\x1f", "␟") if isinstance(x, str) else x for x in value]
            if isinstance(value, list)
            else value
            for name, value in properties.items()
        }

    nodes = {iri: (labels, changed(held)) for iri, (labels, held) in database.nodes.items()}
    return Database(nodes, {key: changed(held) for key, held in database.relationships.items()})


def test_both_ways_hold_the_same(database: Database, tmp_path: Path) -> None:
    assert bulk(QUADS, tmp_path) == without_separator(database)
    assert len(database.nodes) > 10


def test_both_ways_hold_the_same_of_an_article(tmp_path: Path) -> None:
    """One claim of each predicate and modality: to parse the script of a whole graph takes a minute."""
    kinds = {(claim.predicate, dict(claim.qualifiers).get("modality")): claim for claim in corridor_claims()}
    said = list(article_quads(corridor(), tuple(kinds.values())))
    imported = bulk(said, tmp_path)
    assert imported == run_script(script(said, tmp_path))
    assert len(imported.nodes) > len(kinds) > 20


def test_they_hold_what_the_tables_say(quads: list[Quad], tmp_path: Path) -> None:
    database = bulk(quads, tmp_path)
    with view_of(quads) as view:
        relations = {
            (r["subject"], r["predicate"].replace(":", "_"), r["object"]): r for r in view.rows("relations")
        }
        counts = {name: sum(1 for _ in view.rows(name)) for name in NODES}
    assert len(database.nodes) == sum(counts.values())
    evidence = {
        "subject",
        "object",
        "wasQuotedFrom",
        "usesRepair",
        "repairedTo",
        "industry",
        "region",
        "phase",
    }
    for key, row in relations.items():
        held = database.relationships.pop(key)
        assert (held["layer"], held.get("quotes")) == (row["layer"], row["quotes"])
    assert {kind for _, kind, _ in database.relationships} <= evidence


def test_nodes_have_types_names_and_typed_properties(database: Database) -> None:
    labels, wuhu = database.nodes[ID.wuhu.value]
    assert labels == {"Resource", "Entity", "City", "Region", "schema_Place"}
    assert (wuhu["en"], wuhu["zh"], wuhu["startYear"]) == ("Wuhu", "芜湖市", [1952])
    assert sorted(wuhu["also"]) == sorted(HOSTILE)
    _, figure = next(
        node for node in database.nodes.values() if "Statistic" in node[0] and node[1]["value"] == 1.5
    )
    assert figure["countedKind"] == HOSTILE[1]
    labels, planned = database.nodes[CLAIM[PLANNED.id].value]
    assert labels == {"Resource", "Claim"}
    assert planned["modality"] == "planned"
    assert (CLAIM[FIGURE.id].value, "subject", ID.wuhu.value) in database.relationships


def test_the_script_run_twice_changes_nothing(database: Database, tmp_path: Path) -> None:
    constraint, _, rest = script(QUADS, tmp_path).partition(";\n")
    assert run_script(f"{constraint};\n{rest}{rest}") == database


def test_every_line_of_the_script_is_a_statement(tmp_path: Path) -> None:
    lines = script(QUADS, tmp_path).splitlines(keepends=True)
    assert all(line.startswith(("CREATE ", "MERGE ", "MATCH ")) and line.endswith(";\n") for line in lines)


@pytest.mark.parametrize("name", ["C'():;", "类", "a-b.c", "MATCH"])
def test_any_class_can_be_a_label(name: str, tmp_path: Path) -> None:
    quads = [Quad(ID.a, RDF.type, G60[name], REGISTER_GRAPH)]
    labels, _ = run_script(script(quads, tmp_path)).nodes[ID.a.value]
    assert labels == {"Resource", "Entity", curie(G60[name]).removeprefix("g60:").replace(":", "_")}


def before_the_parser(literal: str) -> str:
    """Return a text as Neo4j reads it that replaces every `\\uXXXX` first, whatever stands before it."""
    return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), literal)


def added(expression: str) -> str:
    """Return what strings that are added say."""
    literals = re.findall(r"'(?:[^'\\]|\\.)*'", expression, re.S)
    assert " + ".join(literals) == expression
    return "".join(map(text_of, literals))


TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\\u'0041`"), max_size=20)


@settings(max_examples=size(60, 300), deadline=None)
@given(text=TEXTS)
def test_any_text_is_read_back_however_its_escapes_are_read(text: str) -> None:
    assert added(cypher(text)) == text
    assert added(before_the_parser(cypher(text))) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_read_back(text: str) -> None:
    assert added(cypher(text)) == text
    assert added(before_the_parser(cypher(text))) == text
