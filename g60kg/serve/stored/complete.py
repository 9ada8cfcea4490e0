"""Completing the name of an entity: `/complete?text=…&class=…&limit=…`.

Goes in: a `Site` and a `Request`. Comes out: JSON: the entities with a name that begins with the text, then
those that hold it. Each has a `value` that a parameter of a stored query takes for it.
"""

import json
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any, Final

from g60kg.serve.site import Site
from g60kg.serve.stored.named import Named, named
from g60kg.serve.stored.names import Name, NameIndex
from g60kg.serve.stored.numbers import whole_number
from g60kg.serve.stored.wrong import Wrong, wrong_values
from g60kg.serve.values import Request, Response
from g60kg.terms import G60, PREFIXES, curie

SHOWN: Final = 10
MOST: Final = 100
TEXT: Final = 200  # characters; no name is as long


def complete(site: Site, request: Request) -> Response:
    """Return the entities whose names fit what a user has begun to write."""
    found = named(site.kg, site.version)
    class_, wrong = _class(found, request.value("class"))
    most = whole_number(request.value("limit"), MOST)
    if most is None and request.value("limit") is not None:
        wrong["limit"] = Wrong("limit", f"write a whole number from 0 to {MOST}")
    text = request.value("text") or ""
    if len(text) > TEXT:
        wrong["text"] = Wrong("text", f"write at most {TEXT} characters")
    if wrong:
        return wrong_values(wrong)
    index = found.index(class_)
    matches = index.find(text, SHOWN if most is None else most)
    told = {"text": text, "matches": [_match(found, index, name) for name in matches]}
    return Response(json.dumps(told, ensure_ascii=False).encode() + b"\n", "application/json")


def _class(found: Named, text: str | None) -> tuple[str | None, dict[str, Wrong]]:
    """Return the IRI of a class by its IRI, its CURIE or, of our own, its name, or what is wrong."""
    if not text:
        return None, {}
    prefix, colon, _ = text.partition(":")
    class_ = f"{PREFIXES.get(prefix, prefix + ':')}{text[len(prefix) + 1 :]}" if colon else G60.base + text
    if class_ in found.classes:
        return class_, {}
    near = get_close_matches(text, [curie(each) for each in found.classes], 3, 0.5)
    return None, {"class": Wrong("class", f"no class {text[:80]!r}", tuple(near), HTTPStatus.NOT_FOUND)}


def _match(found: Named, index: NameIndex, name: Name) -> dict[str, Any]:
    labels = found.labels(name.entity)
    return {
        "value": _value(found, index, name),
        "entity": name.entity,
        "en": labels.get("en") or labels.get(""),
        "zh": labels.get("zh"),
        "types": [curie(each) for each in found.types(name.entity)],
        "matched": name.text,
    }


def _value(found: Named, index: NameIndex, name: Name) -> str:
    """Return what names the entity alone: the name that fits, a preferred one, else its CURIE or IRI."""
    labels = found.labels(name.entity)
    names = ([] if name.garbled else [name.text]) + [labels[language] for language in sorted(labels)]
    alone = (text for text in names if index.bearers(text) == {name.entity})
    return next(alone, curie(name.entity))
