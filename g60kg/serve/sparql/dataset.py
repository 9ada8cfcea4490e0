"""The dataset that a query is asked of.

Goes in: what a request names, and the text. Comes out: the options of the engine. Graphs that the request
names go before those of the text (FROM, FROM NAMED); where neither names any, the default graph is the
union of all.
Source: SPARQL 1.1 Protocol, section 2.1.4.
"""

from typing import Any

from g60kg.serve.sparql.asked import Asked
from g60kg.store.guard import names_graphs


def dataset_options(asked: Asked) -> dict[str, Any]:
    """Return what the engine is told of the dataset."""
    if asked.has_dataset:
        return {"default_graph": list(asked.default), "named_graphs": list(asked.named)}
    return {} if names_graphs(asked.text) else {"use_default_graph_as_union": True}
