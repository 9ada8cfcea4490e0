"""One entry of a register file: from its YAML node to the value.

Goes in: a node, the file it stands in, the ontology's terms. Comes out: an `Entry`, its names expanded;
whatever an entry may not say is a `RegisterError` with file and line. What needs the other entries
(an unknown id, a name that two bear) is checked later.
"""

import re
from pathlib import Path
from typing import Final

from ..nodes import Node, Sequence
from .document import fail, fields, id_of, nearest, place_of, text_of
from .entry import Entry
from .facts import parse_facts
from .naming import garbled_names, other_names, preferred_name
from .schema import Schema

_NEEDED: Final = ("id", "type", "en", "source")
_KEYS: Final = (*_NEEDED, "zh", "also", "also_zh", "adjective", "garbled", "facts", "wikidata")


def parse_entry(node: Node, path: Path, schema: Schema) -> Entry:
    """Return the entry that a node states. Raises `RegisterError`."""
    place = place_of(node, path)
    nodes = fields(node, path, "an entry", _KEYS, _NEEDED)
    source = text_of(nodes["source"], path, "'source'")
    en = preferred_name(nodes["en"], path, "'en'")
    zh = preferred_name(nodes["zh"], path, "'zh'") if "zh" in nodes else None
    also = other_names(nodes, "also", path, {en})
    return Entry(
        id=id_of(nodes["id"], path),
        types=_types(nodes["type"], path, schema),
        en=en,
        source=source,
        zh=zh,
        also=also,
        also_zh=other_names(nodes, "also_zh", path, {zh}),
        adjective=other_names(nodes, "adjective", path, {en, *also}),
        garbled=garbled_names(nodes, path),
        facts=parse_facts(nodes, path, schema, source),
        wikidata=_wikidata(nodes["wikidata"], path) if "wikidata" in nodes else None,
        place=place,
    )


def _types(node: Node, path: Path, schema: Schema) -> tuple[str, ...]:
    nodes = node.items if isinstance(node, Sequence) else (node,)
    if not nodes:
        fail("'type' is an empty list", place_of(node, path), "name a class of the ontology")
    names = [text_of(item, path, "'type'") for item in nodes]
    for name, item in zip(names, nodes, strict=True):
        if name not in schema.classes:
            fail(
                f"the ontology has no class {name!r}",
                place_of(item, path),
                nearest(name, sorted(schema.classes)),
            )
    return tuple(f"g60:{name}" for name in dict.fromkeys(names))


def _wikidata(node: Node, path: Path) -> str:
    text = text_of(node, path, "'wikidata'")
    if not re.fullmatch(r"Q[1-9]\d*", text):
        fail(f"{text!r} is no Wikidata id", place_of(node, path), "write Q and digits")
    return text
