"""How many cases of each suite there are, and how many pass.

Goes in: the suites, and the list of those that fail, which the tests hold to the truth. Comes out: counts by
suite.
"""

from typing import Final

from tests.serve.sparql.w3c import test_description, test_protocols, test_queries, test_updates
from tests.serve.sparql.w3c.cases import SUITES, failures

SUITES_THERE: Final = SUITES.is_dir()
_RESULTS: Final = ("csv-tsv-res/", "json-res/")
_FEDERATED: Final = ("service/", "syntax-fed/")


def counted() -> dict[str, tuple[int, int]]:
    """Return how many cases there are and how many pass, by the name of the suite."""
    failing = failures()
    return {
        suite: (len(names), sum(name not in failing for name in names)) for suite, names in _names().items()
    }


def _names() -> dict[str, list[str]]:
    asked = [case.name for case in test_queries.ASKED]
    syntax = [case.name for case in test_queries.CASES if case.name not in set(asked)]
    changes = {case.name: case.kind for case in test_updates.CHANGES}
    said = [case.name for case in test_protocols.CASES]
    return {
        "query evaluation": [name for name in asked if not name.startswith((*_RESULTS, *_FEDERATED))],
        "query syntax": [name for name in syntax if not name.startswith(_FEDERATED)],
        "results: CSV and TSV, JSON": [name for name in asked if name.startswith(_RESULTS)],
        "protocol": [name for name in said if name.startswith("protocol")],
        "Graph Store Protocol": [name for name in said if name.startswith("graph-store")],
        "service description": test_description.CASES,
        "update evaluation": [name for name, kind in changes.items() if kind.startswith("Update")],
        "update syntax": [name for name, kind in changes.items() if not kind.startswith("Update")],
        "federated query: evaluation and syntax": [n for n in (*asked, *syntax) if n.startswith(_FEDERATED)],
    }
