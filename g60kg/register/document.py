r"""Register files to entries: what an item of one may say, and what it becomes, its names expanded.

Braces are alternatives: `{Matsue City,Matsue}`. A backslash takes the meaning from the character after it,
so `\,` stands for a comma. What needs the other entries (an unknown id, a name that two bear) comes later.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

from g60kg.errors import RegisterError
from g60kg.forms import Reader, flag, line, listed, mapping, read_fields, whole
from g60kg.nodes import Node, Source, nearest, read_items
from g60kg.ontology import Ontology
from g60kg.register.entry import Entry, Garbled, Place, RegisterFact, literal
from g60kg.terms import G60, ID, SKOS, slug

EXTENDS: Final = "extends"
LIMIT: Final = 2000
DEPTH: Final = 8
_TOKEN: Final = re.compile(r"\\.|[{},\\]|[^{},\\]+", re.DOTALL)
_BORROWED: Final = {"broader": SKOS.broader, "thesaurus": SKOS.inScheme, "topOf": SKOS.topConceptOf}
Said = Mapping[str, Any]
"""What an item says, by key."""


@dataclass(frozen=True, slots=True)
class Extension:
    """What an item adds to the entry of an id: names, repairs, facts, and where they come from.

    A latent entry is latent no more where a file adds to it.
    """

    id: str
    place: Place
    said: Said = field(repr=False)

    def added_to(self, entry: Entry) -> Entry:
        """Return an entry with what this adds; what the entry has already is not added again."""
        sources = tuple(dict.fromkeys((*entry.more_sources, self.said["source"])))
        return replace(_with(entry, self.said, self.place), latent=False, more_sources=sources)


def read_file(path: Path, ontology: Ontology, text: str | None = None) -> Iterator[Entry | Extension]:
    """Yield what the items of a file state, or of a text to be written there. Raises `RegisterError`."""
    more = {**_MORE, "facts": listed(partial(_fact, ontology))}
    needed: dict[str, Reader[Any]] = {
        "id": _slug,
        "type": partial(_types, ontology),
        "en": _one_name,
        "source": line,
    }
    for node in read_items(Source(path, RegisterError, "register"), text):
        place = Place(str(path), node.line)
        if any(key.text == EXTENDS for key, _ in node.pairs):
            noun = "an entry that extends another"
            said = read_fields(node, noun, {EXTENDS: _slug, "source": line}, more)
            yield Extension(said[EXTENDS], place, said)
        else:
            said = read_fields(node, "an entry", needed, {**more, **_OWN})
            own = {key: said[key] for key in _OWN if key in said}
            bare = Entry(said["id"], said["type"], said["en"], said["source"], **own)
            yield _with(bare, said, place)


def _with(entry: Entry, said: Said, place: Place) -> Entry:
    """Return an entry with what an item says of it beside."""
    also = entry.also + _others(said.get("also", ()), entry.en, *entry.also)
    garbled = chain(entry.garbled, *said.get("garbled", ()))
    sourced = (replace(fact, source=fact.source or said["source"]) for fact in said.get("facts", ()))
    return replace(
        entry,
        also=also,
        also_zh=entry.also_zh + _others(said.get("also_zh", ()), entry.zh, *entry.also_zh),
        adjective=entry.adjective + _others(said.get("adjective", ()), entry.en, *also, *entry.adjective),
        garbled=tuple(dict.fromkeys(garbled)),
        facts=entry.facts + tuple(fact for fact in sourced if fact not in entry.facts),
        code=said.get("code", entry.code),
        geonames=said.get("geonames", entry.geonames),
        point=said.get("point", entry.point),
        place=place,
    )


def _others(lists: Iterable[tuple[str, ...]], *taken: str | None) -> tuple[str, ...]:
    """Return names, each once, without those that are there already."""
    return tuple(name for name in dict.fromkeys(chain.from_iterable(lists)) if name not in taken)


def _slug(node: Node) -> str:
    if slug(said := line(node)) != said:
        raise node.error(f"the id {said!r} is no slug", f"write {slug(said) or 'lower-case-words'!r}")
    return said


def _types(ontology: Ontology, node: Node) -> tuple[str, ...]:
    """Return CURIEs of classes, of which a file lists some or names one."""
    names = {line(each): each for each in (node.items if node.tag == "seq" else (node,))}
    if not names:
        raise node.error("'type' is an empty list", "name a class of the ontology")
    for name, each in names.items():
        if name not in ontology.parents:
            raise each.error(f"the ontology has no class {name!r}", nearest(name, ontology.parents))
    return tuple(f"g60:{name}" for name in names)


def _names(node: Node) -> tuple[str, ...]:
    try:
        names = expand(line(node))
    except ValueError as error:
        mend = r"close each brace; write \{ for a brace and \, for a comma"
        raise node.error(f"{node.key!r}: {error}", mend) from error
    for name in names:
        if not name or name != " ".join(name.split()):
            raise node.error(f"{node.key!r} expands to {name!r}", "mend the spaces at the braces")
    return names


def expand(text: str) -> tuple[str, ...]:
    r"""Return the names that a text with braces stands for, each once.

    Raises `ValueError` for braces that do not close or nest deeper than `DEPTH`, a backslash at the end,
    or more than `LIMIT` names.

    >>> expand("{,New }{City,Town}")
    ('City', 'Town', 'New City', 'New Town')
    >>> expand(r"{Science\, Technology,S&T} Park"), expand("a, b")
    (('Science, Technology Park', 'S&T Park'), ('a, b',))
    """
    levels = [[[""]]]  # of each brace that is open the alternatives; the last is being read
    for token in _TOKEN.findall(text):
        if token == "\\":
            raise ValueError("a backslash stands at the end")
        if token == "{":
            levels.append([[""]])
            if len(levels) > DEPTH + 1:
                raise ValueError(f"the braces nest deeper than {DEPTH}")
        elif token == "," and len(levels) > 1:
            levels[-1].append([""])
        else:
            options = [token[1:] if token[0] == "\\" else token]
            if token == "}":
                if len(levels) == 1:
                    raise ValueError("a '}' closes nothing")
                options = list(chain(*levels.pop()))
            *before, begun = levels[-1]
            if sum(map(len, before)) + len(begun) * len(options) > LIMIT:
                raise ValueError(f"the braces give more than {LIMIT} names")
            levels[-1] = [*before, [each + option for each in begun for option in options]]
    if len(levels) > 1:
        raise ValueError("a '{' is not closed")
    return tuple(dict.fromkeys(levels[0][0]))


def _one_name(node: Node) -> str:
    names = _names(node)
    if len(names) > 1:
        raise node.error(f"{node.key!r} is one name, not {len(names)}", "move the others to 'also'")
    return names[0]


def _matching(pattern: str, noun: str, mend: str) -> Reader[str]:
    """Return what takes a text of a form alone."""

    def read(node: Node) -> str:
        if not re.fullmatch(pattern, said := line(node)):
            raise node.error(f"{said!r} is no {noun}", mend)
        return said

    return read


def _point(node: Node) -> tuple[str, str]:
    """Return degrees east and north, as written."""
    found = [item.plain() for item in node.items]
    plain = len(found) == 2 and all(type(each) in (int, Decimal) for each in found)
    if not plain or abs(found[0]) > 180 or abs(found[1]) > 90:
        raise node.error(f"{node.key!r} is no place on the earth", "write [degrees east, degrees north]")
    return str(found[0]), str(found[1])


def _garbled(node: Node) -> tuple[Garbled, ...]:
    said = read_fields(node, "a garbled name", {"name": _names, "reason": line}, {"where": line})
    return tuple(Garbled(name, said["reason"], said.get("where")) for name in said["name"])


def _fact(ontology: Ontology, node: Node) -> RegisterFact:
    """Return a fact, with its own source or none: the ontology tells an entity's id from a literal."""
    stated = mapping(node, "a fact")
    source = line(stated.pop("source")) if "source" in stated else ""
    if len(stated) != 1:
        mend = "write '- property: object', one fact each"
        raise node.error(f"a fact states one thing, not {len(stated)}", mend)
    [(name, said)] = stated.items()
    place = Place(str(node.source.path), node.line)
    if name in ontology.relations or name in _BORROWED:
        return RegisterFact(_BORROWED.get(name, G60[name]), ID[_slug(said)], source, place)
    if name not in ontology.attributes:
        raise node.error(f"the ontology has no property {name!r}", nearest(name, ontology.properties))
    value = literal(name, said.plain(), ontology.datatypes.get(name))
    if value is None:
        mend = "write a text, a number, a year, or a date as 2023-07-11"
        raise said.error(f"{name!r} has no such value", mend)
    return RegisterFact(G60[name], value, source, place)


_MORE: Final[Mapping[str, Reader[Any]]] = {
    "also": listed(_names),
    "also_zh": listed(_names),
    "adjective": listed(_names),
    "garbled": listed(_garbled),
    "code": _matching(r"\d{6}", "code of GB/T 2260", "write six digits in quotes"),
    "geonames": whole,
    "point": _point,
}
"""What an entry and an extension alike may say, facts apart."""
_OWN: Final[Mapping[str, Reader[Any]]] = {
    "zh": _one_name,
    "wikidata": _matching(r"Q[1-9]\d*", "Wikidata id", "write Q and digits"),
    "plain": flag,
}
