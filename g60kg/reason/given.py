"""Facts as they are given: a stream of triples or a file, of any size.

Goes in: triples in a stream, or an N-Triples or N-Quads file. Comes out: the triples; for a large graph, a
file of those about individuals beside a list of the axioms among them.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import BlankNode, RdfFormat, Triple, parse, serialize

from g60kg.errors import InputError
from g60kg.reason.vocabulary import SAME_AS, TYPE, as_fact, is_schema, split_schema
from g60kg.terms import RDF

_FORMATS = {".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS}


def read_facts(facts: Iterable[Triple] | Path) -> Iterator[Triple]:
    """Yield the triples of a stream or a file.

    Raises `InputError` for a file that cannot be read.
    """
    if not isinstance(facts, Path):
        yield from facts
        return
    if facts.suffix not in _FORMATS:
        raise InputError("neither N-Triples nor N-Quads", path=facts, mend="give a .nt or .nq file")
    try:
        yield from (quad.triple for quad in parse(path=str(facts), format=_FORMATS[facts.suffix]))
    except (OSError, SyntaxError) as error:
        raise InputError(f"cannot be read: {error}", path=facts) from error


def first_of(facts: Iterable[Triple], number: int) -> tuple[list[Triple], Iterator[Triple]]:
    """Return so many of the triples, and all of them as a stream."""
    stream = iter(facts)
    first = list(islice(stream, number))
    return first, chain(first, stream)


def split_large(facts: Iterable[Triple] | Path, folder: Path) -> tuple[Path, list[Triple]]:
    """Return a file of the triples about individuals, in the folder if need be, and the axioms."""
    maybe: list[Triple] = []
    if isinstance(facts, Path):
        deque(_noted(read_facts(facts), maybe), maxlen=0)
        path = facts
    else:
        path = folder / "facts.nt"
        serialize(_noted(facts, maybe), str(path), RdfFormat.N_TRIPLES)
    schema = split_schema(maybe)[0]
    return (_without(path, schema, folder), schema) if schema else (path, schema)


def _without(path: Path, schema: list[Triple], folder: Path) -> Path:
    axioms, rest = set(schema), folder / "individuals.nt"
    kept = (triple for triple in read_facts(path) if triple not in axioms)
    serialize(kept, str(rest), RdfFormat.N_TRIPLES)
    return rest


def _noted(facts: Iterable[Triple], maybe: list[Triple]) -> Iterator[Triple]:
    """Yield the triples, and note those that tell what is schema; each predicate and class is judged once."""
    predicates: dict[object, bool] = {}
    classes: dict[object, bool] = {}
    for triple in facts:
        typed = triple.predicate == TYPE
        judged, term = (classes, triple.object) if typed else (predicates, triple.predicate)
        telling = judged.get(term)
        if telling is None:
            telling = judged[term] = _is_telling(triple)
        if telling:
            maybe.append(triple)
        yield triple


def _is_telling(triple: Triple) -> bool:
    if triple.predicate == TYPE and isinstance(triple.object, BlankNode):
        return True
    return triple.predicate in (SAME_AS, RDF.first, RDF.rest) or is_schema(as_fact(triple))
