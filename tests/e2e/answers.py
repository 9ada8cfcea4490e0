"""The stored queries' answers on the real article, written down and compared.

Run as `python -m tests.e2e.answers`, it writes what the queries answer now into `expected/`; the difference
is then to be read against the article before it is committed.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from g60kg import KnowledgeGraph
from g60kg.query import StoredQuery, load_catalogue
from g60kg.resources import resource
from tests.query.cases import Case, dump, lines

EXPECTED = Path(__file__).parent / "expected"
LONGEST = 500
"""An answer of more rows is asked by its example only."""


def asked(query: StoredQuery) -> Iterator[Mapping[str, Any]]:
    """Yield the values that a query is asked with: none, and its example."""
    if all(not parameter.required for parameter in query.parameters):
        yield {}
    if query.example:
        yield query.example


def cases(kg: KnowledgeGraph) -> Iterator[Case]:
    """Yield each query with the values it is asked with and its answer."""
    for query in load_catalogue(resource("queries")):
        for values in asked(query):
            rows = tuple(lines(kg.query(query.name, **values)))
            if len(rows) <= LONGEST or values:
                yield Case(query.name, values, rows)


def main() -> None:
    """Write the answers down anew."""
    EXPECTED.mkdir(exist_ok=True)
    found: dict[str, list[Case]] = {}
    for case in cases(KnowledgeGraph.build()):
        found.setdefault(case.query, []).append(case)
    for name, listed in found.items():
        (EXPECTED / f"{name}.yaml").write_text(dump(listed) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
