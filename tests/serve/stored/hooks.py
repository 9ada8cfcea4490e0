"""What schemathesis must know to speak SPARQL: texts that are queries, and how they are sent."""

from typing import Any

import schemathesis
from hypothesis import strategies as st

_QUERIES = (
    "ASK { ?s a g60:Park }",
    "SELECT * { ?s a g60:Region } LIMIT 3",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c . FILTER(?c = g60:Corridor) }",
    "DESCRIBE id:wuhu",
)
schemathesis.openapi.format("sparql", st.sampled_from(_QUERIES))


@schemathesis.serializer(
    "application/sparql-query", "text/turtle", "application/n-triples", "application/rdf+xml"
)
def as_text(context: Any, value: Any) -> Any:
    return str(value).encode("utf-8", "replace")
