"""What a user's file adds to an entry that another file holds: more names, repairs, facts.

Goes in: the node of an entry with `extends`, the file it stands in, the ontology's terms. Comes out: an
`Extension`, and an entry with what it adds; nothing that the entry has is lost.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..nodes import Mapping, Node, Scalar
from .document import fields, id_of, place_of, text_of
from .entry import Entry, Garbled, Place, RegisterFact
from .facts import parse_facts
from .naming import garbled_names, other_names
from .schema import Schema

KEY: Final = "extends"
_NEEDED: Final = (KEY, "source")
_KEYS: Final = (*_NEEDED, "also", "also_zh", "adjective", "garbled", "facts")


@dataclass(frozen=True, slots=True)
class Extension:
    """Names, repairs and facts for the entry of this id, and where they come from."""

    id: str
    source: str
    also: tuple[str, ...]
    also_zh: tuple[str, ...]
    adjective: tuple[str, ...]
    garbled: tuple[Garbled, ...]
    facts: tuple[RegisterFact, ...]
    place: Place


def is_extension(node: Node) -> bool:
    """Whether a node adds to an entry instead of being one."""
    keys = (key for key, _ in node.pairs) if isinstance(node, Mapping) else ()
    return any(isinstance(key, Scalar) and key.value == KEY for key in keys)


def parse_extension(node: Node, path: Path, schema: Schema) -> Extension:
    """Return what a node adds to an entry. Raises `RegisterError`."""
    nodes = fields(node, path, "an entry that extends another", _KEYS, _NEEDED)
    source = text_of(nodes["source"], path, "'source'")
    return Extension(
        id=id_of(nodes[KEY], path),
        source=source,
        also=other_names(nodes, "also", path, set()),
        also_zh=other_names(nodes, "also_zh", path, set()),
        adjective=other_names(nodes, "adjective", path, set()),
        garbled=garbled_names(nodes, path),
        facts=parse_facts(nodes, path, schema, source),
        place=place_of(node, path),
    )


def extended(entry: Entry, extension: Extension) -> Entry:
    """Return an entry with what an extension adds; what the entry has already is not added again."""
    english = {entry.en, *entry.also}
    also = tuple(name for name in extension.also if name not in english)
    chinese = {entry.zh, *entry.also_zh}
    facts = (fact for fact in extension.facts if fact not in entry.facts)
    return replace(
        entry,
        also=entry.also + also,
        also_zh=entry.also_zh + tuple(name for name in extension.also_zh if name not in chinese),
        adjective=tuple(dict.fromkeys((*entry.adjective, *extension.adjective))),
        garbled=tuple(dict.fromkeys((*entry.garbled, *extension.garbled))),
        facts=(*entry.facts, *facts),
        more_sources=tuple(dict.fromkeys((*entry.more_sources, extension.source))),
        place=extension.place,
    )
