"""What servers do differently, as a table: found by the name that a server gives itself.

Goes in: the `Server` header of an answer. Comes out: a `Kind`. A server that is not in the table is
asked as the standard has it: its named graphs are listed, and each request names them.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """The ways of a server.

    `union` are the parameters that make its default graph the union of all; where there are none, the
    graphs are named one by one. `own` are graphs that it keeps for itself. `batch` is how many triples
    an update may hold, `blanks` whether they may have blank nodes. `joins` says that VALUES at the
    beginning of a group with OPTIONAL is joined as it should be. `cuts` says that it ends long answers
    of CONSTRUCT without a word, and that its results need mending.
    """

    name: str
    union: tuple[tuple[str, str], ...] = ()
    own: frozenset[str] = frozenset()
    batch: int = 10_000
    blanks: bool = True
    joins: bool = True
    cuts: bool = False


STANDARD: Final = Kind("a SPARQL server")
KINDS: Final = (
    Kind("g60kg", union=(("union-default-graph", ""),)),  # it is the union there, whatever is said
    Kind("Oxigraph", union=(("union-default-graph", ""),)),
    Kind(
        "Virtuoso",
        own=frozenset(
            {
                "http://www.openlinksw.com/schemas/virtrdf#",
                "http://www.w3.org/ns/ldp#",
                "http://www.w3.org/2002/07/owl#",
                "http://localuriqaserver/sparql",
                "urn:activitystreams-owl:map",
                "urn:core:services:sparql",
                "urn:virtuoso:val:acl:schema",
            }
        ),
        batch=1_000,  # its compiler's memory ends at about 5,000
        blanks=False,
        joins=False,  # an OPTIONAL after it loses its values
        cuts=True,
    ),
)


def kind_of(server: str) -> Kind:
    """Return the kind of a server, by the name that it gives itself.

    >>> kind_of("Virtuoso/07.20.3229 (Linux)").batch
    1000
    """
    return next((kind for kind in KINDS if server.lower().startswith(kind.name.lower())), STANDARD)
