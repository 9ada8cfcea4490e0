"""Finding entities by any of their names, in part or whole, English or Chinese.

Goes in: a text. Comes out: `Rows`, best first: whole names before beginnings, beginnings before
words within, right names before garbled ones, short before long.
"""

from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.kg.labels import Labels
from g60kg.kg.rows import Row, rows_of
from g60kg.query import Rows
from g60kg.store import Store
from g60kg.terms import ID, RDF, SKOS, curie

_NAMES: Final = """
SELECT DISTINCT ?thing ?naming ?name {
  VALUES ?naming { skos:prefLabel skos:altLabel skos:hiddenLabel }
  ?thing ?naming ?name
}
"""
_NAMINGS: Final = (SKOS.prefLabel.value, SKOS.altLabel.value, SKOS.hiddenLabel.value)
_COLUMNS: Final = ("entity", "en", "zh", "type", "matched")
_Rank = tuple[int, int, int, str, str]


def search(store: Store, text: str) -> Rows:
    """Return the entities that bear a name which holds the text, best first."""
    wanted = _fold(text)
    best: dict[str, tuple[_Rank, Literal]] = {}
    for row in rows_of(store, _NAMES):
        rank, name = _rank(row, wanted), row["name"]
        entity = row["thing"].value
        if rank and isinstance(name, Literal) and (entity not in best or rank < best[entity][0]):
            best[entity] = rank, name
    labels = Labels(store)
    ordered = sorted(best, key=lambda entity: best[entity][0])
    return Rows(_COLUMNS, tuple(_shown(store, labels, entity, best[entity][1]) for entity in ordered))


def _rank(row: Row, wanted: str) -> _Rank | None:
    """Return how well a name fits, less being better, or None where it does not."""
    name, entity = _fold(row["name"].value), row["thing"].value
    place = name.find(wanted)
    if not wanted or place < 0 or not entity.startswith(ID.base):
        return None
    if name == wanted:
        kind = 0
    elif place == 0:
        kind = 1
    else:
        kind = 2 if not name[place - 1].isalnum() else 3
    return kind, _NAMINGS.index(row["naming"].value), len(name), name, entity


def _shown(
    store: Store, labels: Labels, entity: str, matched: Literal
) -> tuple[Literal | NamedNode | None, ...]:
    node = NamedNode(entity)
    names = labels.all_of(node)
    types = {quad.object.value for quad in store.match(node, RDF.type) if isinstance(quad.object, NamedNode)}
    held = [
        Literal(names[language], language=language) if language in names else None
        for language in ("en", "zh")
    ]
    kind = Literal(", ".join(sorted(curie(name) for name in types if curie(name).startswith("g60:"))))
    return node, *held, kind, matched


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
