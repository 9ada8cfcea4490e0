"""What a server is known to hold: a record for each graph that was sent, kept on the server itself.

Goes in: triples. Comes out: a `Record` of a graph, how many triples it has and a hash of them in any
order; the texts that write, read and forget records. A record is forgotten before its graph is
touched and written when the graph is whole, so a cut never leaves a record that lies.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from g60kg.store.remote.dataset import LEDGER
from g60kg.terms import SCHEMA, iri

_SIZE: Final = iri("void:triples")
_HASH: Final = SCHEMA.sha256
RECORDS: Final = f"SELECT ?g ?hash ?size {{ GRAPH {LEDGER} {{ ?g {_HASH} ?hash . ?g {_SIZE} ?size }} }}"
SIZES: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


def size_query(graph: NamedNode) -> str:
    """Return the SELECT of `?n`, how many triples a graph holds."""
    return f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}"


@dataclass(frozen=True, slots=True)
class Record:
    """How many triples a graph holds, and the sum of their hashes."""

    size: int
    hash: str


def record_of(triples: Iterable[Triple]) -> Record:
    """Return the record of triples that are all distinct; their order does not count.

    >>> from g60kg.terms import G60, ID
    >>> a, b = Triple(ID.a, G60.partOf, ID.b), Triple(ID.b, G60.partOf, ID.c)
    >>> record_of([a, b]) == record_of([b, a]) != record_of([a])
    True
    """
    size = total = 0
    for triple in triples:
        total += int.from_bytes(hashlib.sha256(str(triple).encode()).digest(), "big")
        size += 1
    return Record(size, f"{total % (1 << 256):064x}")


def forget_text(graphs: Iterable[NamedNode | BlankNode | DefaultGraph]) -> str:
    """Return the update that takes the records of graphs away."""
    names = " ".join(sorted(str(graph) for graph in graphs if isinstance(graph, NamedNode)))
    gone = f"GRAPH {LEDGER} {{ ?g ?p ?o }}"
    return f"DELETE {{ {gone} }} WHERE {{ {gone} VALUES ?g {{ {names} }} }}"


def write_text(graph: NamedNode, record: Record) -> str:
    """Return the update that writes the record of a graph."""
    facts = f"{graph} {_HASH} {Literal(record.hash)} ; {_SIZE} {record.size} ."
    return f"INSERT DATA {{ GRAPH {LEDGER} {{ {facts} }} }}"
