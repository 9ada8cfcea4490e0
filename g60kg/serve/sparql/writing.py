"""Changing the graph: all of a change or nothing, one at a time.

Goes in: a function that changes the engine it is given. Comes out: a store that holds the change, or an error
and the store as it was. A folder gets a new generation, which the whole server goes over to before the
answer is sent; readers of the one before are not disturbed.
"""

import time
from collections.abc import Callable
from typing import Final

from pyoxigraph import Store as Engine

from g60kg.errors import StoreBusy
from g60kg.serve.problem import busy
from g60kg.serve.site import Site
from g60kg.serve.sparql.engine import store_of
from g60kg.store import MemoryStore

_PAUSE: Final = 0.05


def change(site: Site, act: Callable[[Engine], None]) -> None:
    """Change the graph; what `act` raises is raised here.

    Raises `Refused` (503) where another change does not end within half of what a request may take.
    """
    store = store_of(site)
    if isinstance(store, MemoryStore):
        store.rewrite(act)
        return
    last = time.monotonic() + site.limits.query_seconds / 2
    while True:
        try:
            store.rewrite(act, about={**store.about, "inputs": ""})  # it is no longer what a build made
            return
        except StoreBusy:
            if time.monotonic() > last:
                raise busy("another change is being made; try again soon") from None
        time.sleep(_PAUSE)
