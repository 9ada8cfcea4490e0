"""What supports a fact: the claims that state it, and where the register has it from.

Goes in: a store, a fact, and the thing whose facts are asked for. Comes out: claims and sources. The nodes
that state facts about the thing are read at once, as long as they are not too many.
"""

from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from g60kg.serve.views.claims import Claimed, claim_of
from g60kg.serve.views.memo import Memo
from g60kg.serve.views.reading import literals, value
from g60kg.store import Store, Term
from g60kg.terms import CLAIM, DCTERMS, RDF, REGISTER

Triple = tuple[NamedNode, NamedNode, Term]
MOST: Final = 300
"""So many nodes about a thing are read at once; where there are more, they are asked for fact by fact."""
_STATING: Final = "SELECT ?node { ?node rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"


class Supports:
    """The supports of the facts about a thing."""

    def __init__(self, store: Store, thing: NamedNode) -> None:
        self._store = Memo.over(store)
        self._thing = thing

    def claims(self, triple: Triple) -> tuple[Claimed, ...]:
        """Return the plain claims that state a fact, in the order of the articles and their texts."""
        nodes = (node for node in self._stating(triple) if node.value.startswith(CLAIM.base))
        found = (claim_of(self._store, node) for node in nodes)
        return tuple(sorted((each for each in found if each and each.is_fact), key=in_text))

    def sources(self, triple: Triple) -> tuple[str, ...]:
        """Return where the register has a fact from: the source of the fact, else that of its subject."""
        entries = [node for node in self._stating(triple) if node.value.startswith(REGISTER.base)]
        found = {
            each.value
            for node in entries or [triple[0]]
            for each in literals(self._store, node, DCTERMS.source)
        }
        return tuple(sorted(found))

    def _stating(self, triple: Triple) -> tuple[NamedNode, ...]:
        """Return the nodes that state a fact."""
        if self._about is not None:
            return tuple(self._about.get(triple, ()))
        subject, predicate, said = triple
        if isinstance(said, BlankNode):
            return ()
        answer = self._store.select(_STATING, {"s": subject, "p": predicate, "o": said})
        return tuple({row[0]: None for row in answer.rows if isinstance(row[0], NamedNode)})

    @cached_property
    def _about(self) -> dict[Triple, dict[NamedNode, None]] | None:
        """The nodes about the thing by what they state; None where they are too many."""
        nodes: dict[NamedNode, None] = {}
        for part in (RDF.subject, RDF.object):
            for quad in islice(self._store.match(None, part, self._thing), MOST + 1):
                if isinstance(quad.subject, NamedNode):
                    nodes[quad.subject] = None
        if len(nodes) > MOST:
            return None
        found: dict[Triple, dict[NamedNode, None]] = {}
        for node in nodes:
            triple = self._stated(node)
            if triple is not None:
                found.setdefault(triple, {})[node] = None
        return found

    def _stated(self, node: NamedNode) -> Triple | None:
        """Return the fact that a node states."""
        subject, predicate, said = (
            value(self._store, node, part) for part in (RDF.subject, RDF.predicate, RDF.object)
        )
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or said is None:
            return None
        return subject, predicate, said


def in_text(claim: Claimed) -> tuple[str, int, int, str]:
    """Return what puts claims into the order of the articles and their texts."""
    return claim.words.article, claim.words.start, claim.words.end, claim.node.value
