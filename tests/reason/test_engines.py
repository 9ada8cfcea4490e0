"""Each engine takes a `Task` and gives the same `Closure`."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from g60kg.reason import Engine, Task
from g60kg.reason.bulk import infer_large
from g60kg.reason.increments import infer_small
from g60kg.reason.reasoners import infer_owlrl
from tests.reason.worlds import triples

ONTOLOGY = tuple(triples(":p a owl:TransitiveProperty ; rdfs:domain :A . :A owl:disjointWith :C ."))
FACTS = triples(":a :p :b . :b :p :c ; a :C . :A rdfs:subClassOf :B . :a owl:sameAs :a2 .")


@pytest.mark.parametrize("engine", [infer_small, infer_large, infer_owlrl])
@pytest.mark.parametrize("suffix", [None, ".nt"])
def test_a_stream_or_a_file_with_an_axiom_among_the_facts(
    engine: Engine, suffix: str | None, tmp_path: Path
) -> None:
    path = tmp_path / f"facts{suffix}"
    if suffix:
        serialize(FACTS, str(path), RdfFormat.N_TRIPLES)
    closure = engine(Task(ONTOLOGY, path if suffix else iter(FACTS)))
    expected = ":a a :A, :B ; :p :c . :a2 a :A, :B ; :p :b, :c ; owl:sameAs :a . :b a :A, :B ."
    assert list(closure.inferred) == sorted(triples(expected), key=str)
    assert {found.rule for found in closure.contradictions} == {"cax-dw"}
    assert (closure.path is None) == (engine is not infer_large)
