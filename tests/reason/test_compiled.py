from pathlib import Path

import duckdb
import pytest
from pyoxigraph import RdfFormat, Triple, serialize

from g60kg.errors import InputError, StoreError
from g60kg.reason import close, compile_rules, infer
from g60kg.reason.bulk.load import load, read_triples, take_axioms
from tests.reason.worlds import triples

ONTOLOGY = triples(":p a owl:TransitiveProperty ; rdfs:domain :A . :A rdfs:subClassOf :B .")
AXIOMS = ":B rdfs:subClassOf :C, [ owl:intersectionOf (:D :E) ] . :q owl:sameAs :p . "


FROM = 1000
"""So many facts are for the bulk engine in these tests."""


@pytest.fixture(autouse=True)
def _low(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("g60kg.reason.reasoners.BULK_FROM", FROM)


def _large(more: str = "", size: int = FROM) -> list[Triple]:
    """A little more than is for the evaluator."""
    pairs = "".join(f":a{n} :p :b{n} .\n" for n in range(size))
    return triples(f"{more} {pairs} :b0 :p :c .")


@pytest.mark.parametrize(("facts", "bulk"), [(triples(":a :p :b . :b :p :c ."), False), (_large(), True)])
def test_the_engine_goes_by_the_size(facts: list[Triple], bulk: bool, tmp_path: Path) -> None:
    closure = infer(ONTOLOGY, iter(facts))
    assert (closure.path is not None) == bulk
    path = tmp_path / "facts.nt"
    serialize(facts, str(path), RdfFormat.N_TRIPLES)
    expected = close(compile_rules(ONTOLOGY), facts).inferred
    assert list(expected) == list(closure.inferred) == list(infer(ONTOLOGY, path).inferred)
    assert list(tmp_path.iterdir()) == [path]


def test_axioms_among_many_facts_join_the_ontology(tmp_path: Path) -> None:
    facts = _large(AXIOMS)
    closure = infer(ONTOLOGY, facts)
    assert set(triples(":a0 a :C, :D, :E ; :q :c .")) <= set(closure.inferred)
    path = tmp_path / "facts.nt"
    serialize(facts, str(path), RdfFormat.N_TRIPLES)
    before = path.read_bytes()
    assert list(infer(ONTOLOGY, path).inferred) == list(closure.inferred)
    assert path.read_bytes() == before


def test_only_axioms_are_taken_out(tmp_path: Path) -> None:
    facts = triples(AXIOMS + ":a :p :b ; a :A ; :note (1 2) . :a owl:sameAs :a2 .")
    with duckdb.connect() as connection:
        read_triples(connection, facts, tmp_path)
        assert len(axioms := take_axioms(connection)) == 3 + 4
        load(connection, [], [])
        row = connection.execute("SELECT count(*) FROM facts").fetchone()
    assert row == (len(facts) - len(axioms),)


def test_the_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(StoreError, match="10MB of memory is too little to reason in; allow more"):
        infer(ONTOLOGY, _large(size=40_000), memory="10MB")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "text"), [("a.ttl", "@prefix : <urn:a> ."), ("a.nt", "<a"), ("b.nt", None)])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=name):
        infer(ONTOLOGY, tmp_path / name)
