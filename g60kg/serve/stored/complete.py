"""Completing the name of an entity: `/complete?text=…&class=…&limit=…`.

Goes in: a `Site` and a `Request`. Comes out: JSON: the entities with a name that begins with the text, then
those that hold it. Each has a `value` that a parameter of a stored query takes for it; labels are in the
language of the request.
"""

import json
from collections.abc import Mapping
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any, Final

from g60kg.serve.pages.text import LANGUAGES, language
from g60kg.serve.site import Site
from g60kg.serve.stored.names import Name, Named, NameIndex, epoch, named
from g60kg.serve.stored.params import Wrong, whole_number, wrong_values
from g60kg.serve.values import Request, Response
from g60kg.terms import G60, PREFIXES, curie

SHOWN: Final = 10
MOST: Final = 100
TEXT: Final = 200  # characters; no name is as long


def complete(site: Site, request: Request) -> Response:
    """Return the entities whose names fit what a user has begun to write."""
    found = named(site.kg, epoch(site))
    class_, wrong = _class(found, request.value("class"))
    most = whole_number(request.value("limit"), MOST)
    if most is None and request.value("limit") is not None:
        wrong["limit"] = Wrong("limit", f"write a whole number from 0 to {MOST}")
    text = request.value("text") or ""
    if len(text) > TEXT:
        wrong["text"] = Wrong("text", f"write at most {TEXT} characters")
    if request.value("lang") not in (None, *LANGUAGES):
        wrong["lang"] = Wrong("lang", "no such language", LANGUAGES)
    if wrong:
        return wrong_values(wrong)
    index = found.index(class_)
    matches = index.find(text, SHOWN if most is None else most)
    speaks = language(request)
    told = {"text": text, "matches": [_match(found, index, name, speaks) for name in matches]}
    return Response(json.dumps(told, ensure_ascii=False).encode() + b"\n", "application/json")


def _class(found: Named, text: str | None) -> tuple[str | None, dict[str, Wrong]]:
    """Return the IRI of a class by its IRI, its CURIE or, of our own, its name, or what is wrong."""
    if not text:
        return None, {}
    prefix, colon, _ = text.partition(":")
    class_ = f"{PREFIXES.get(prefix, prefix + ':')}{text[len(prefix) + 1 :]}" if colon else G60.base + text
    if found.is_class(class_):
        return class_, {}
    near = get_close_matches(text, [curie(each) for each in found.classes], 3, 0.5)
    return None, {"class": Wrong("class", f"no class {text[:80]!r}", tuple(near), HTTPStatus.NOT_FOUND)}


def _match(found: Named, index: NameIndex, name: Name, speaks: str) -> dict[str, Any]:
    """Return a match: what to write for it, how to show it in a language, and what it is."""
    types, names = found.types(name.entity), found.labels(name.entity)
    label, *others = _first(names, speaks) or [name.text]
    return {
        "value": _value(found, index, name, speaks),
        "label": label,
        "also": name.text if name.text != label else next(iter(others), None),
        "kind": next((each[0] for each in (_first(found.labels(t), speaks) for t in types) if each), None),
        "iri": name.entity,
        "types": [curie(each) for each in types],
        "matched": name.text,
    }


def _first(names: Mapping[str, str], speaks: str) -> list[str]:
    """Return names by language, that of a language first."""
    return [names[language] for language in sorted(names, key=lambda each: (each != speaks, each))]


def _value(found: Named, index: NameIndex, name: Name, speaks: str) -> str:
    """Return what names the entity alone: the name that fits, a preferred one, else its CURIE or IRI."""
    names = ([] if name.garbled else [name.text]) + _first(found.labels(name.entity), speaks)
    alone = (text for text in names if index.bearers(text) == {name.entity})
    return next(alone, curie(name.entity))
