"""The description of the API: `/openapi.json`.

Goes in: a `Site`. Comes out: OpenAPI 3.1, made from the stored queries and the table of routes.
"""

import json
from typing import Final

from g60kg.serve.site import Site
from g60kg.serve.stored.described import Json, components, fixed_paths, said
from g60kg.serve.stored.epoch import epoch
from g60kg.serve.stored.named import Named, named
from g60kg.serve.stored.operations import query_parameters, query_paths, query_response, query_schemas
from g60kg.serve.values import Request, Response
from g60kg.terms import iri

_SMALL: Final = 24
"""How many members a class may have for their names to be listed."""


def openapi(site: Site, request: Request) -> Response:
    """Return the description of the API."""
    body = json.dumps(document(site), ensure_ascii=False).encode() + b"\n"
    return Response(body, "application/json")


def document(site: Site) -> Json:
    """Return the description of a site's API."""
    known = named(site.kg, epoch(site))
    classes = {parameter.class_ for query in site.kg.catalogue for parameter in query.parameters}
    names = {each: _names(known, each) for each in sorted(each for each in classes if each)}
    shared, paths = components(int(site.limits.rows)), fixed_paths(site.kg.catalogue.names)
    for query in site.kg.catalogue:
        paths |= query_paths(query)
        shared["parameters"] |= query_parameters(query, names)
        shared["schemas"] |= query_schemas(query)
        shared["responses"] |= query_response(query)
    return {
        "openapi": "3.1.0",
        "info": said()["info"] | {"version": _version()},
        "servers": [{"url": site.base or "/"}],
        "tags": said()["tags"],
        "paths": paths,
        "components": shared,
    }


def _names(known: Named, class_: str) -> list[str]:
    """Return the English names of the members of a class, where they are few."""
    found = known.index(iri(class_).value).find("", _SMALL + 1)
    labels = sorted({known.labels(name.entity).get("en", name.text) for name in found})
    return labels if len(found) <= _SMALL else []


def _version() -> str:
    from importlib.metadata import version

    return version("g60kg")
