"""Completing the name of an entity: `/complete?text=…&class=…&limit=…`.

The answer is JSON: the entities with a name that is the text, then those in which it stands, in the order of
a search. Each has a `value` that a parameter of a stored query takes for it; labels are in the language of
the request. Names are read once by each worker.
"""

from contextlib import suppress
from difflib import get_close_matches
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.lookup import Names, held_types
from g60kg.describe.search import Hit
from g60kg.query.names import Members
from g60kg.serve.pages.links import LANGUAGES, language, page_of
from g60kg.serve.site import Site, names_of
from g60kg.serve.stored.params import Wrong, whole_number, wrong_values
from g60kg.serve.values import Request, Response, in_json
from g60kg.terms import G60, OWL, PREFIXES, RDF, RDFS, curie

_SHOWN: Final = 10
_MOST: Final = 100
_LONGEST: Final = 200  # characters; no name is as long
_BELOW: Final = (RDFS.subClassOf, RDFS.subPropertyOf)


def complete(site: Site, request: Request) -> Response:
    """Return the entities whose names fit what a user has begun to write."""
    class_, wrong = _class(site, request.value("class"))
    most = whole_number(request.value("limit") or str(_SHOWN), _MOST)
    if most is None or request.value("limit") == "":
        wrong["limit"] = Wrong("limit", f"write a whole number from 0 to {_MOST}")
    text = request.value("text") or ""
    if len(text) > _LONGEST:
        wrong["text"] = Wrong("text", f"write at most {_LONGEST} characters")
    if request.value("lang") not in (None, *LANGUAGES):
        wrong["lang"] = Wrong("lang", "no such language", LANGUAGES)
    if wrong:
        return wrong_values(wrong)
    index, names = names_of(site), Names(site.kg.store, language(request))
    among = members(site, class_) if class_ else None

    def match(hit: Hit) -> dict[str, Any]:
        """Return what to write for a hit, how to show it in a language, and what it is.

        What names the entity alone is the name that fits, a preferred one, else its CURIE or IRI.
        """
        entity, name = hit.entity, hit.name.value
        types = held_types(site.kg.store, entity)
        label, *others = dict.fromkeys((names.of(entity), *names.all_of(entity).values()))
        alone = ([] if hit.naming == "hiddenLabel" else [name]) + [label, *others]
        return {
            "value": next((each for each in alone if index.is_alone(each, entity, among)), curie(entity)),
            "label": label,
            "also": name if name != label else next(iter(others), None),
            "kind": names.of(types[0]) if types else None,
            "iri": entity.value,
            "page": page_of(site, request, entity),
            "types": [curie(each) for each in types],
            "matched": name,
        }

    matches = [match(hit) for hit in index.find(text, among)[:most]]
    return in_json({"text": text, "matches": matches}, indent=None)


def _class(site: Site, text: str | None) -> tuple[str | None, dict[str, Wrong]]:
    """Return the IRI of a class by its IRI, its CURIE or, of our own, its name, or what is wrong."""
    if not text:
        return None, {}
    prefix, colon, _ = text.partition(":")
    class_ = f"{PREFIXES.get(prefix, prefix + ':')}{text[len(prefix) + 1 :]}" if colon else G60.base + text
    declared = (quad.subject for quad in site.kg.store.match(None, RDF.type, OWL.Class))
    above = (quad.object for below in _BELOW for quad in site.kg.store.match(None, below))
    known = {each.value for each in (*declared, *above, OWL.Class) if isinstance(each, NamedNode)}
    with suppress(ValueError):
        if class_ in known or members(site, class_):
            return class_, {}
    near = get_close_matches(text, [curie(each) for each in known], 3, 0.5)
    return None, {"class": Wrong("class", f"no class {text[:80]!r}", tuple(near), HTTPStatus.NOT_FOUND)}


@lru_cache(maxsize=64)
def members(site: Site, class_: str) -> frozenset[NamedNode]:
    """Return the members of a class, or what is below a property."""
    return Members(site.kg.store, NamedNode(class_)).all()
