"""The ontology's file as a graph: the same at every reading, and broken files named."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode

from g60kg.errors import OntologyError
from g60kg.graph import ontology_quads
from g60kg.resources import resource
from g60kg.terms import ONTOLOGY_GRAPH
from g60kg.triples import parse_ontology

PACKAGED = resource("ontology", "g60.ttl")
LIST = """@prefix : <https://a.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
:A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B [ a owl:Restriction ; owl:onProperty :p ] ) ] .
"""


def _write(folder: Path, text: str | bytes) -> Path:
    path = folder / "o.ttl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_all_triples_of_the_file_are_held() -> None:
    quads = ontology_quads(PACKAGED)
    assert len(quads) == len(set(parse_ontology(PACKAGED)))
    assert {quad.graph_name for quad in quads} == {ONTOLOGY_GRAPH}


def test_two_readings_agree() -> None:
    quads = ontology_quads(PACKAGED)
    assert [str(quad) for quad in quads] == sorted(map(str, ontology_quads(PACKAGED)))
    assert any(isinstance(quad.subject, BlankNode) for quad in quads)


def test_labels_of_blank_nodes_do_not_depend_on_the_file(tmp_path: Path) -> None:
    other = LIST.replace("[ a owl:Class ; ", "_:z . _:z a owl:Class . _:z ").replace(" ) ] .", " ) .")
    one, two = (ontology_quads(_write(tmp_path, text)) for text in (LIST, other))
    assert len(one) == 9
    assert one == two


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("@prefix : <https://a.example/> .\n\n:a :b\n", 4),
        ("@prefix : <https://a.example/> .\n:a unknown:b :c .\n", 2),
        ("<https://a.example/> <https://a.example/> <a b> .\n", 1),
        (b"\xff\xfe\x00", 1),
        ("[" * 300, 1),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str | bytes, line: int) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(OntologyError) as caught:
        ontology_quads(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert "\n" not in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.ttl"):
        with pytest.raises(OntologyError, match="give a file of RDF"):
            ontology_quads(path)
