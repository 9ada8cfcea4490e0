"""Register files to entries: what an item of one may say, and what it becomes, its names expanded.

What needs the other entries (an unknown id, a name that two bear) is checked later.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    StrictBool,
    StrictInt,
    TypeAdapter,
    ValidationInfo,
)

from g60kg.errors import RegisterError
from g60kg.forms import Form, Line, fault, read_form, trimmed
from g60kg.nodes import Node, Source, nearest, read_items
from g60kg.register.entry import Entry, Garbled, Place, RegisterFact, Schema, literal
from g60kg.register.names import expand
from g60kg.terms import ID, slug

EXTENDS: Final = "extends"


def read_file(path: Path, schema: Schema) -> Iterator["Entry | Extension"]:
    """Yield what the items of a file state. Raises `RegisterError`."""
    for node in read_items(Source(path, RegisterError, "register")):
        is_extension = any(key.text == EXTENDS for key, _ in node.pairs)
        yield (_extension if is_extension else _entry)(node, schema)


def _slug(text: str) -> str:
    if slug(text) != text:
        raise fault(f"the id {text!r} is no slug", f"write {slug(text) or 'lower-case-words'!r}")
    return text


def _listed(raw: Any) -> Any:
    if raw == []:
        raise fault("{key} is an empty list", "name a class of the ontology")
    return raw if isinstance(raw, list) else [raw]


def _class(name: str, info: ValidationInfo) -> str:
    context: Any = info.context
    classes: frozenset[str] = context["schema"].classes
    if name not in classes:
        raise fault(f"the ontology has no class {name!r}", nearest(name, classes))
    return name


def _names(raw: Any) -> tuple[str, ...]:
    text = trimmed(raw)
    try:
        names = expand(text)
    except ValueError as error:
        raise fault(
            f"{{key}}: {error}", r"close each brace; write \{ for a brace and \, for a comma"
        ) from error
    for name in names:
        if not name or name != " ".join(name.split()):
            raise fault(f"{{key}} expands to {name!r}", "mend the spaces at the braces")
    return names


def _one_name(raw: Any) -> str:
    names = _names(raw)
    if len(names) > 1:
        raise fault(f"{{key}} is one name, not {len(names)}", "move the others to 'also'")
    return names[0]


def _matching(pattern: str, noun: str, mend: str) -> PlainValidator:
    """Return what takes a text of a form alone."""

    def read(raw: Any) -> str:
        text = trimmed(raw)
        if not re.fullmatch(pattern, text):
            raise fault(f"{text!r} is no {noun}", mend)
        return text

    return PlainValidator(read)


_WIKIDATA: Final = _matching(r"Q[1-9]\d*", "Wikidata id", "write Q and digits")
_CODE: Final = _matching(r"\d{6}", "code of GB/T 2260", "write six digits in quotes")


def _point(raw: Any) -> tuple[str, str]:
    """Return degrees east and north, as written."""
    numbers = raw if isinstance(raw, list) else []
    plain = len(numbers) == 2 and all(type(each) in (int, Decimal) for each in numbers)
    if not plain or abs(numbers[0]) > 180 or abs(numbers[1]) > 90:
        raise fault("{key} is no place on the earth", "write [degrees east, degrees north]")
    return str(numbers[0]), str(numbers[1])


def _fact(raw: Any, info: ValidationInfo) -> RegisterFact:
    """Return a fact, with its own source or none: the ontology tells an entity's id from a literal."""
    context: Any = info.context
    schema: Schema = context["schema"]
    if not isinstance(raw, dict):
        raise fault("a fact is a mapping", "write 'key: value' lines")
    stated = dict(raw)
    source = trimmed(stated.pop("source"), "'source'") if "source" in stated else ""
    if len(stated) != 1:
        raise fault(
            f"a fact states one thing, not {len(stated)}", "write '- property: object', one fact each"
        )
    [(name, said)] = stated.items()
    if name in schema.relations:
        return RegisterFact(schema.relations[name], ID[_slug(trimmed(said, repr(name)))], source)
    if name not in schema.attributes:
        raise fault(f"the ontology has no property {name!r}", nearest(name, schema.properties))
    value = literal(name, said, schema.ranges.get(name))
    if value is None:
        raise fault(f"{name!r} has no such value", "write a text, a number, a year, or a date as 2023-07-11")
    return RegisterFact(schema.attributes[name], value, source)


Slug = Annotated[Line, AfterValidator(_slug)]
Name = Annotated[str, PlainValidator(_one_name)]
Names = Annotated[tuple[str, ...], PlainValidator(_names)]
Types = Annotated[tuple[Annotated[Line, AfterValidator(_class)], ...], BeforeValidator(_listed)]


class _GarbledForm(Form):
    noun: ClassVar[str] = "a garbled name"
    name: Names
    reason: Line
    where: Annotated[str | None, PlainValidator(trimmed)] = None


class _Added(Form):
    """What an entry and an extension alike may say."""

    also: tuple[Names, ...] = ()
    also_zh: tuple[Names, ...] = ()
    adjective: tuple[Names, ...] = ()
    garbled: tuple[_GarbledForm, ...] = ()
    code: Annotated[str | None, _CODE] = None
    geonames: StrictInt | None = None
    point: Annotated[tuple[str, str] | None, PlainValidator(_point)] = None
    facts: tuple[Annotated[RegisterFact, PlainValidator(_fact)], ...] = ()
    source: Line


class _EntryForm(_Added):
    id: Slug
    type: Types
    en: Annotated[Name, Field(description="give its English name")]
    zh: Annotated[str | None, PlainValidator(_one_name)] = None
    wikidata: Annotated[str | None, _WIKIDATA] = None
    plain: StrictBool = False


class _ExtensionForm(_Added):
    noun: ClassVar[str] = "an entry that extends another"
    extends: Slug


_ENTRY: Final = TypeAdapter(_EntryForm)
_EXTENSION: Final = TypeAdapter(_ExtensionForm)


def _entry(node: Node, schema: Schema) -> Entry:
    form = read_form(_ENTRY, node, schema=schema)
    types = tuple(f"g60:{name}" for name in dict.fromkeys(form.type))
    bare = Entry(form.id, types, form.en, form.source, form.zh, wikidata=form.wikidata, plain=form.plain)
    return _with(bare, form, node)


@dataclass(frozen=True, slots=True)
class Extension:
    """What an item adds to the entry of an id: names, repairs, facts, and where they come from.

    A latent entry is latent no more where a file adds to it.
    """

    id: str
    place: Place
    form: _ExtensionForm
    node: Node = field(repr=False)

    def added_to(self, entry: Entry) -> Entry:
        """Return an entry with what this adds; what the entry has already is not added again."""
        sources = tuple(dict.fromkeys((*entry.more_sources, self.form.source)))
        return replace(_with(entry, self.form, self.node), latent=False, more_sources=sources)


def _extension(node: Node, schema: Schema) -> Extension:
    form = read_form(_EXTENSION, node, schema=schema)
    return Extension(form.extends, _place(node), form, node)


def _with(entry: Entry, form: _Added, node: Node) -> Entry:
    """Return an entry with what an item says of it beside."""
    also = entry.also + _others(form.also, entry.en, *entry.also)
    garbled = (Garbled(name, row.reason, row.where) for row in form.garbled for name in row.name)
    facts = tuple(fact for fact in _facts(form, node) if fact not in entry.facts)
    return replace(
        entry,
        also=also,
        also_zh=entry.also_zh + _others(form.also_zh, entry.zh, *entry.also_zh),
        adjective=entry.adjective + _others(form.adjective, entry.en, *also, *entry.adjective),
        garbled=tuple(dict.fromkeys((*entry.garbled, *garbled))),
        facts=entry.facts + facts,
        code=form.code or entry.code,
        geonames=form.geonames or entry.geonames,
        point=form.point or entry.point,
        place=_place(node),
    )


def _place(node: Node) -> Place:
    return Place(str(node.source.path), node.line)


def _others(lists: tuple[tuple[str, ...], ...], *taken: str | None) -> tuple[str, ...]:
    """Return names, each once, without those that are there already."""
    return tuple(name for name in dict.fromkeys(chain.from_iterable(lists)) if name not in taken)


def _facts(form: _Added, node: Node) -> tuple[RegisterFact, ...]:
    """Return the facts with their places, those without a source of their own with that of the entry."""
    places = map(_place, node.at(["facts"]).items)
    return tuple(
        replace(fact, source=fact.source or form.source, place=place)
        for fact, place in zip(form.facts, places, strict=False)
    )
