"""An rdflib graph that parses each text of SPARQL once.

Goes in: a query as text, with bindings. Comes out: its result. pySHACL asks one text again for each node
that a constraint looks at, and parsing takes most of the time. Imports rdflib: import it where it is used.
"""

from typing import Any

import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result


class PreparedGraph(rdflib.Graph):
    """A graph in memory whose queries are prepared and kept."""

    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:
        """Answer a query, parsing its text only the first time."""
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = prepareQuery(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **options)
