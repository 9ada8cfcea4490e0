"""How long a worker may go on with what it once made of the graph.

Goes in: a `Site`. Comes out: the name of the time in which it may: the version of the graph; where nothing
says when it changes, as for one that another server keeps, the minute.
"""

from time import monotonic

from g60kg.serve.site import Site


def epoch(site: Site) -> str:
    """Return the name of a time in which the graph counts as unchanged."""
    return site.version or f"minute {monotonic() // 60:.0f}"
