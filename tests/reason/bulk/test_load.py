from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, RdfFormat, Triple, serialize

from benchmarks.corridor import corridor
from g60kg.errors import StoreError
from g60kg.reason.bulk import infer_bulk
from g60kg.reason.rules import Atom, Rule, Term, Var
from g60kg.terms import G60, ID, XSD
from tests.reason.bulk.samples import TRANSITIVE, fact, rule_set

X, Y = Var("x"), Var("y")
COPY = Rule("prp-spo1", (Atom(X, G60.note, Y),), Atom(X, G60.copy, Y))
_OBJECTS: list[Term] = [
    ID.a,
    BlankNode("b"),
    Literal(""),
    Literal("plain words"),
    Literal('said "so" <there> _:now .'),
    Literal("ends in <an-iri>", language="en"),
    Literal("<1", datatype=XSD.token),
    Literal("7", datatype=XSD.integer),
]


def test_objects_of_every_kind_are_read(tmp_path: Path) -> None:
    path = tmp_path / "facts.nt"
    facts = [Triple(ID[f"n{n}"], G60.note, value) for n, value in enumerate(_OBJECTS)]
    serialize(facts, str(path), RdfFormat.N_TRIPLES)
    inferred = infer_bulk(rule_set(COPY), path).inferred
    assert [(t.predicate, t.object) for t in inferred] == [(G60.copy, value) for value in _OBJECTS]
    assert path.exists()


def test_a_stream_and_a_file_give_the_same(tmp_path: Path) -> None:
    facts = list(corridor(3000))
    serialize(facts, str(tmp_path / "it's.nt"), RdfFormat.N_TRIPLES)
    stream, read = (infer_bulk(rule_set(TRANSITIVE), each) for each in (facts, tmp_path / "it's.nt"))
    assert stream.path
    assert read.path
    assert stream.path.read_bytes() == read.path.read_bytes() != b""


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"No such file.*absent\.nt"):
        infer_bulk(rule_set(), tmp_path / "absent.nt")


def test_a_fact_given_twice_is_held_once() -> None:
    facts = [fact("a", "partOf", "b"), fact("b", "partOf", "c")]
    assert list(infer_bulk(rule_set(TRANSITIVE), facts * 3).inferred) == [fact("a", "partOf", "c")]


def test_what_fails_in_the_stream_comes_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def broken() -> "list[Triple]":
        raise ValueError("the stream broke")

    with pytest.raises(ValueError, match="the stream broke"):
        infer_bulk(rule_set(TRANSITIVE), (triple for _ in range(1) for triple in broken()))
    assert list(tmp_path.iterdir()) == []
