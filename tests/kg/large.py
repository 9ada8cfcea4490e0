"""Build a store from the packaged data and a synthetic corridor.

python -m tests.kg.large FOLDER TRIPLES LARGEST_FILE
"""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from unittest.mock import patch

from pyoxigraph import Quad

from benchmarks.corridor import corridor
from g60kg import KnowledgeGraph
from g60kg.article import Article
from g60kg.errors import G60Error
from g60kg.kg import build as build_module
from g60kg.kg import stages
from g60kg.model import Claim
from g60kg.reason import reasoners
from g60kg.terms import article_graph


@contextmanager
def with_corridor(size: int) -> Iterator[None]:
    """Let the first article read say a corridor of so many triples as well."""
    stream, real = corridor(size), stages.quads_of
    graph = article_graph("synthetic")

    def quads_of(article: Article, claims: tuple[Claim, ...]) -> Iterator[Quad]:
        more = (Quad(each.subject, each.predicate, each.object, graph) for each in stream)
        return chain(real(article, claims), more)

    inputs = patch.object(build_module, "inputs_hash", lambda *_: f"{size} triples")
    with patch.object(stages, "quads_of", quads_of), inputs:
        yield


def build(folder: Path, size: int, memory: str | None = None) -> KnowledgeGraph:
    """Build without validation, which is not for graphs of this size, and by bulk from 5,000 facts on."""
    with with_corridor(size), patch.object(reasoners, "BULK_FROM", 5_000):
        return KnowledgeGraph.build(folder, reasoner="compiled", memory=memory, validate=False)


def main(folder: str, size: str, largest: str) -> None:
    """Build; no file may grow larger than so many bytes, if any are given."""
    if int(largest):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
    try:
        build(Path(folder), int(size))
    except G60Error as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main(*sys.argv[1:])
