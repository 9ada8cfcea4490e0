from collections.abc import Callable
from pathlib import Path

import pytest

from g60kg.check import Report, check_ontology, check_profile
from g60kg.errors import OntologyError
from g60kg.terms import OWL
from g60kg.triples import BrokenListError, read_triples

CHECKS = [check_profile, check_ontology]


@pytest.mark.parametrize("check", CHECKS)
def test_broken_turtle_names_file_and_line(tmp_path: Path, check: Callable[[Path], Report]) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("@prefix : <http://example.org/> .\n:a :b :c .\n:a b:c :d .\n")
    with pytest.raises(OntologyError) as caught:
        check(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert "\n" not in str(caught.value)
    assert caught.value.mend


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("kind", ["missing", "folder", "latin-1", "binary"])
def test_a_file_that_cannot_be_read_is_an_error_of_one_line(
    tmp_path: Path, check: Callable[[Path], Report], kind: str
) -> None:
    path = tmp_path / "x.ttl"
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(
            {"latin-1": '<a:b> <a:c> "é" .'.encode("latin-1"), "binary": b"\x00\x01\x02\xff"}[kind]
        )
    with pytest.raises(OntologyError) as caught:
        check(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_file_is_read_as_its_ending_says(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    path.write_text("<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n")
    assert len(list(read_triples(path))) == 1


def test_an_owl_file_may_be_rdf_xml(tmp_path: Path) -> None:
    path = tmp_path / "x.owl"
    path.write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="http://example.org/a">'
        '<rdf:type rdf:resource="http://www.w3.org/2002/07/owl#Class"/></rdf:Description></rdf:RDF>'
    )
    assert [node.value for node in read_triples(path).typed(OWL.Class)] == ["http://example.org/a"]


@pytest.mark.parametrize("tail", ["_:l", "[]", '"x"', "<http://example.org/x>"])
def test_a_broken_list_is_said_to_be_broken(tmp_path: Path, tail: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        f"<http://example.org/a> <http://example.org/b> _:l . _:l rdf:first 1 ; rdf:rest {tail} ."
    )
    triples = read_triples(path)
    head = next(value for _, predicate, value in triples if predicate.value == "http://example.org/b")
    with pytest.raises(BrokenListError):
        triples.items(head)


def test_a_blank_node_is_named_by_its_axiom(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(
        "[ a <http://www.w3.org/2002/07/owl#Class> ] <http://www.w3.org/2000/01/rdf-schema#subClassOf> "
        "<https://w3id.org/g60kg/ontology#Park> . [] a <http://www.w3.org/2002/07/owl#Axiom> ."
    )
    triples = read_triples(path)
    (left,) = triples.typed(OWL.Class)
    (alone,) = triples.typed(OWL.Axiom)
    assert triples.owner(left) == "an axiom on g60:Park"
    assert triples.owner(alone) == "a blank node"
