"""Expected answers of stored queries: read from YAML, asked, compared as bags of rows.

Goes in: a folder of `NAME.yaml` files, each a list of cases (`values`, `rows`), the terms written as in
SPARQL with the project's prefixes. Comes out: the rows that are wrong. Serves any graph: the one of
`fixture.trig` here, that of the real article elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.query import Rows, StoredQuery
from g60kg.store.base import Term
from g60kg.terms import XSD, curie
from tests.yamls import read_yaml

Line = tuple[str | None, ...]
Ask = Callable[[StoredQuery, Mapping[str, object]], Rows]


@dataclass(frozen=True)
class Case:
    """Values of a query's parameters and the rows that answer them."""

    query: str
    values: Mapping[str, object]
    rows: tuple[Line, ...]

    def __str__(self) -> str:
        return " ".join([self.query, *(f"{name}={value}" for name, value in self.values.items())])


def read_cases(folder: Path) -> list[Case]:
    """Return the cases of a folder, sorted by query."""
    return [case for path in sorted(folder.glob("*.yaml")) for case in _cases(path)]


def _cases(path: Path) -> Iterable[Case]:
    for part in read_yaml(path):
        yield Case(path.stem, part.get("values", {}), tuple(tuple(row) for row in part["rows"]))


def differences(case: Case, query: StoredQuery, ask: Ask) -> tuple[list[Line], list[Line]]:
    """Return the rows that are missing and those that are too many."""
    found, wanted = Counter(lines(ask(query, case.values))), Counter(case.rows)
    return sorted((wanted - found).elements(), key=str), sorted((found - wanted).elements(), key=str)


def lines(rows: Rows) -> list[Line]:
    """Return the rows of an answer as cases write them."""
    return [tuple(written(term) for term in terms) for terms in rows.terms]


def written(term: Term | None) -> str | None:
    """Return a term as cases write it: a CURIE, or a quoted literal with its language or datatype."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return curie(term)
    if isinstance(term, BlankNode):
        return "_:"
    return _literal(term)


def _literal(term: Literal) -> str:
    quoted = f'"{term.value}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype == XSD.string else f"{quoted}^^{curie(term.datatype)}"


def dump(cases: Sequence[Case]) -> str:
    """Return cases as the YAML that `read_cases` reads, one row a line."""
    return "\n".join(_dumped(case) for case in cases)


def _dumped(case: Case) -> str:
    values = yaml.safe_dump(
        dict(case.values), allow_unicode=True, default_flow_style=True, width=1000
    ).strip()
    rows = [
        yaml.safe_dump(list(row), allow_unicode=True, default_flow_style=True, width=10000).strip()
        for row in case.rows
    ]
    return "\n".join(
        [f"- values: {values}", "  rows:" if rows else "  rows: []", *(f"    - {row}" for row in rows)]
    )
