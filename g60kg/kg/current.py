"""Opening a graph to add to it.

Goes in: a place, and the user's own folders where they are given. Comes out: the graph of these folders as
they are now: opened as it is, or built again where what they hold is not what it was built with.
"""

from pathlib import Path

from g60kg.errors import StoreError
from g60kg.kg.graph import KnowledgeGraph
from g60kg.kg.own import Own
from g60kg.kg.progress import Progress, silent
from g60kg.kg.stages import PACKAGED
from g60kg.store import DiskStore, default_location


def open_current(
    path: str | Path | None = None, given: Own = PACKAGED, *, report: Progress = silent
) -> KnowledgeGraph:
    """Open a graph for articles to be added; without folders, with those that it was built with.

    Raises `StoreError` where there is none, or none that can be built again, and what `Own.from_folders`
    raises for unusable folders.
    """
    place = str(path or default_location())
    if place == ":memory:":
        return KnowledgeGraph.build(**given.options)
    kg = KnowledgeGraph.open(place)
    before = kg.summary.own
    now = given.over(before)
    if now == before:
        return kg
    if not isinstance(kg.store, DiskStore):
        raise StoreError(
            f"{place}: cannot be built again with your own folders", mend="use a store in a folder"
        )
    reasoner = kg.summary.reasoner
    return KnowledgeGraph.build(place, reasoner=reasoner, report=report, **now.options)
