"""What a worker answers from: the graph, and what is said of the server.

Goes in: where the graph is. Comes out: a `Site`, made once by each worker.
"""

from dataclasses import dataclass, field

from g60kg.kg import KnowledgeGraph
from g60kg.serve.limits import Limits


@dataclass(frozen=True, slots=True)
class Site:
    """A served graph. `base` is where it is served: `https://host/path`, without a slash at its end.

    Where `base` is empty, links are relative to the host.
    `version` changes whenever an answer could: with the graph, the package and the pages' scripts and styles.
    `writable`: updates are taken from who has the token.
    """

    kg: KnowledgeGraph
    limits: Limits = field(default_factory=Limits)
    base: str = ""
    version: str = ""
    writable: bool = False
