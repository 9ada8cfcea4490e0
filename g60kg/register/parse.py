"""One entry of a register file: from its YAML node to the value.

Goes in: a node, the file it stands in, the ontology's terms. Comes out: an `Entry`, its names expanded;
whatever an entry may not say is a `RegisterError` with file and line. What needs the other entries
(an unknown id, a name that two bear) is checked later.
"""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import yaml
from pyoxigraph import Literal, NamedNode

from ..terms import ID, slug
from .braces import expand
from .document import fail, items, pairs, place_of, text_of
from .entry import Entry, Garbled, RegisterFact
from .literals import literal
from .schema import Schema

_NEEDED: Final = ("id", "type", "en", "source")
_KEYS: Final = (*_NEEDED, "zh", "also", "also_zh", "adjective", "garbled", "facts", "wikidata")
_GARBLED: Final = ("name", "reason", "where")
_Nodes = dict[str, yaml.Node]


def parse_entry(node: yaml.Node, path: Path, schema: Schema) -> Entry:
    """Return the entry that a node states. Raises `RegisterError`."""
    place = place_of(node, path)
    nodes = _fields(node, path, "an entry", _KEYS, _NEEDED)
    source = text_of(nodes["source"], path, "'source'")
    en = _preferred(nodes["en"], path, "'en'")
    zh = _preferred(nodes["zh"], path, "'zh'") if "zh" in nodes else None
    also = _names(nodes, "also", path, {en})
    return Entry(
        id=_id(nodes["id"], path),
        types=_types(nodes["type"], path, schema),
        en=en,
        source=source,
        zh=zh,
        also=also,
        also_zh=_names(nodes, "also_zh", path, {zh}),
        adjective=_names(nodes, "adjective", path, {en, *also}),
        garbled=_garbled(nodes, path),
        facts=_facts(nodes, path, schema, source),
        wikidata=_wikidata(nodes["wikidata"], path) if "wikidata" in nodes else None,
        place=place,
    )


def _fields(
    node: yaml.Node, path: Path, what: str, known: tuple[str, ...], needed: tuple[str, ...]
) -> _Nodes:
    """Return the values of a mapping whose keys are all known and of which none needed is missing."""
    nodes = dict(pairs(node, path, what))
    for key, value in nodes.items():
        if key not in known:
            fail(f"{what} has no key {key!r}", place_of(value, path), _nearest(key, known))
    for key in needed:
        if key not in nodes:
            mend = "give its English name" if key == "en" else f"add '{key}: …'"
            fail(f"{what} has no {key!r}", place_of(node, path), mend)
    return nodes


def _nearest(name: str, known: tuple[str, ...] | list[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5) or known[:12]
    return f"known: {', '.join(near)}"


def _id(node: yaml.Node, path: Path) -> str:
    text = text_of(node, path, "'id'")
    if slug(text) != text:
        fail(
            f"the id {text!r} is no slug", place_of(node, path), f"write {slug(text) or 'lower-case-words'!r}"
        )
    return text


def _types(node: yaml.Node, path: Path, schema: Schema) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not nodes:
        fail("'type' is an empty list", place_of(node, path), "name a class of the ontology")
    names = [text_of(item, path, "'type'") for item in nodes]
    for name, item in zip(names, nodes, strict=True):
        if name not in schema.classes:
            fail(
                f"the ontology has no class {name!r}",
                place_of(item, path),
                _nearest(name, sorted(schema.classes)),
            )
    return tuple(f"g60:{name}" for name in dict.fromkeys(names))


def _expanded(node: yaml.Node, path: Path, what: str) -> tuple[str, ...]:
    text, place = text_of(node, path, what), place_of(node, path)
    try:
        names = expand(text)
    except ValueError as error:
        fail(f"{what}: {error}", place, r"close each brace; write \{ for a brace and \, for a comma")
    for name in names:
        if not name or name != " ".join(name.split()):
            fail(f"{what} expands to {name!r}", place, "mend the spaces at the braces")
    return names


def _preferred(node: yaml.Node, path: Path, what: str) -> str:
    names = _expanded(node, path, what)
    if len(names) > 1:
        fail(f"{what} is one name, not {len(names)}", place_of(node, path), "move the others to 'also'")
    return names[0]


def _names(nodes: _Nodes, key: str, path: Path, taken: set[str | None]) -> tuple[str, ...]:
    """Return the names that a list gives, each once, without those that the entry has already."""
    if key not in nodes:
        return ()
    lists = (_expanded(item, path, f"{key!r}") for item in items(nodes[key], path, key))
    return tuple(dict.fromkeys(name for names in lists for name in names if name not in taken))


def _garbled(nodes: _Nodes, path: Path) -> tuple[Garbled, ...]:
    found: list[Garbled] = []
    for node in items(nodes["garbled"], path, "garbled") if "garbled" in nodes else ():
        fields = _fields(node, path, "a garbled name", _GARBLED, ("name", "reason"))
        reason = text_of(fields["reason"], path, "'reason'")
        where = text_of(fields["where"], path, "'where'") if "where" in fields else None
        found += (Garbled(name, reason, where) for name in _expanded(fields["name"], path, "'name'"))
    return tuple(dict.fromkeys(found))


def _facts(nodes: _Nodes, path: Path, schema: Schema, source: str) -> tuple[RegisterFact, ...]:
    listed = items(nodes["facts"], path, "facts") if "facts" in nodes else ()
    return tuple(_fact(node, path, schema, source) for node in listed)


def _fact(node: yaml.Node, path: Path, schema: Schema, source: str) -> RegisterFact:
    fields = dict(pairs(node, path, "a fact"))
    if "source" in fields:
        source = text_of(fields.pop("source"), path, "'source'")
    place = place_of(node, path)
    if len(fields) != 1:
        fail(
            f"a fact states one thing, not {len(fields)}", place, "write '- property: object', one fact each"
        )
    [(name, value)] = fields.items()
    predicate, object = _stated(name, value, path, schema)
    return RegisterFact(predicate, object, source, place)


def _stated(name: str, node: yaml.Node, path: Path, schema: Schema) -> tuple[NamedNode, NamedNode | Literal]:
    """Return the predicate and the object: an entity's term, or a literal."""
    place = place_of(node, path)
    if name in schema.relations:
        return schema.relations[name], ID[_id(node, path)]
    if name not in schema.attributes:
        fail(f"the ontology has no property {name!r}", place, _nearest(name, schema.properties))
    value = (
        literal(name, node.value, node.tag, schema.ranges.get(name))
        if isinstance(node, yaml.ScalarNode)
        else None
    )
    if value is None:
        fail(f"{name!r} has no such value", place, "write a text, a number, a year, or a date as 2023-07-11")
    return schema.attributes[name], value


def _wikidata(node: yaml.Node, path: Path) -> str:
    text = text_of(node, path, "'wikidata'")
    if not re.fullmatch(r"Q[1-9]\d*", text):
        fail(f"{text!r} is no Wikidata id", place_of(node, path), "write Q and digits")
    return text
