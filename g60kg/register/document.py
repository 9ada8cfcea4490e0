"""Register files to entries: what an item of one may say, and what it becomes, its names expanded.

What needs the other entries (an unknown id, a name that two bear) is checked later.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from g60kg.register.entry import Entry, Garbled, Place, RegisterFact
from g60kg.register.names import expand
from g60kg.register.schema import Schema, literal
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


def _wikidata(raw: Any) -> str:
    text = trimmed(raw)
    if not re.fullmatch(r"Q[1-9]\d*", text):
        raise fault(f"{text!r} is no Wikidata id", "write Q and digits")
    return text


def _code(raw: Any) -> str:
    text = trimmed(raw)
    if not re.fullmatch(r"\d{6}", text):
        raise fault(f"{text!r} is no code of GB/T 2260", "write six digits in quotes")
    return text


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
    code: Annotated[str | None, PlainValidator(_code)] = None
    geonames: StrictInt | None = None
    point: Annotated[tuple[str, str] | None, PlainValidator(_point)] = None
    facts: tuple[Annotated[RegisterFact, PlainValidator(_fact)], ...] = ()
    source: Line


class _EntryForm(_Added):
    id: Slug
    type: Types
    en: Annotated[Name, Field(description="give its English name")]
    zh: Annotated[str | None, PlainValidator(_one_name)] = None
    wikidata: Annotated[str | None, PlainValidator(_wikidata)] = None
    plain: StrictBool = False


class _ExtensionForm(_Added):
    noun: ClassVar[str] = "an entry that extends another"
    extends: Slug


_ENTRY: Final = TypeAdapter(_EntryForm)
_EXTENSION: Final = TypeAdapter(_ExtensionForm)


def _entry(node: Node, schema: Schema) -> Entry:
    form = read_form(_ENTRY, node, schema=schema)
    also = _others(form.also, form.en)
    return Entry(
        id=form.id,
        types=tuple(f"g60:{name}" for name in dict.fromkeys(form.type)),
        en=form.en,
        source=form.source,
        zh=form.zh,
        also=also,
        also_zh=_others(form.also_zh, form.zh),
        adjective=_others(form.adjective, form.en, *also),
        garbled=_repairs(form),
        facts=_facts(form, node),
        wikidata=form.wikidata,
        plain=form.plain,
        code=form.code,
        geonames=form.geonames,
        point=form.point,
        place=Place(str(node.source.path), node.line),
    )


@dataclass(frozen=True, slots=True)
class Extension:
    """What an item adds to the entry of an id: names, repairs, facts, and where they come from.

    A latent entry is latent no more where a file adds to it.
    """

    id: str
    place: Place
    form: _ExtensionForm
    facts: tuple[RegisterFact, ...]

    def added_to(self, entry: Entry) -> Entry:
        """Return an entry with what this adds; what the entry has already is not added again."""
        form = self.form
        return replace(
            entry,
            also=entry.also + _others(form.also, entry.en, *entry.also),
            also_zh=entry.also_zh + _others(form.also_zh, entry.zh, *entry.also_zh),
            adjective=entry.adjective + _others(form.adjective, *entry.adjective),
            garbled=tuple(dict.fromkeys((*entry.garbled, *_repairs(form)))),
            facts=entry.facts + tuple(fact for fact in self.facts if fact not in entry.facts),
            code=form.code or entry.code,
            geonames=form.geonames or entry.geonames,
            point=form.point or entry.point,
            latent=False,
            more_sources=tuple(dict.fromkeys((*entry.more_sources, form.source))),
            place=self.place,
        )


def _extension(node: Node, schema: Schema) -> Extension:
    form = read_form(_EXTENSION, node, schema=schema)
    return Extension(form.extends, Place(str(node.source.path), node.line), form, _facts(form, node))


def _others(lists: tuple[tuple[str, ...], ...], *taken: str | None) -> tuple[str, ...]:
    """Return names, each once, without those that are there already."""
    return tuple(name for name in dict.fromkeys(chain.from_iterable(lists)) if name not in taken)


def _repairs(form: _Added) -> tuple[Garbled, ...]:
    found = (Garbled(name, row.reason, row.where) for row in form.garbled for name in row.name)
    return tuple(dict.fromkeys(found))


def _facts(form: _Added, node: Node) -> tuple[RegisterFact, ...]:
    """Return the facts with their places, those without a source of their own with that of the entry."""
    places = (Place(str(item.source.path), item.line) for item in node.at(["facts"]).items)
    return tuple(
        replace(fact, source=fact.source or form.source, place=place)
        for fact, place in zip(form.facts, places, strict=False)
    )
