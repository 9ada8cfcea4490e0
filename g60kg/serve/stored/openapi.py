"""The description of the API: `/openapi.json`, from the routes, `openapi.yaml` and the queries' headers.

Source: OpenAPI Specification 3.1.1.
"""

import re
from copy import deepcopy
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import yaml

from g60kg.describe.evidence import columns_of
from g60kg.describe.lookup import Names
from g60kg.query import Parameter, StoredQuery, Text
from g60kg.serve.site import ROUTES, Route, Site
from g60kg.serve.stored.answers import FORMS
from g60kg.serve.stored.params import names_taken
from g60kg.serve.values import Request, Response, in_json

Json = dict[str, Any]
_NOT_DESCRIBED: Final = ("query", "query-as", "missing")
"""The routes whose paths are described otherwise: one for each stored query; and what is none."""
_CHANGES_NOTHING: Final = ("sparql", "read")
"""The routes to which anybody may post."""
_SMALL: Final = 24
"""How many members a class may have for their names to be listed."""
_STATUSES: Final = (304, 404, 406, 422)
_ROWS: Final = "application/vnd.g60kg.rows+json"


def openapi(site: Site, request: Request) -> Response:
    """Return the description of the API."""
    return in_json(document(site), indent=None)


def document(site: Site) -> Json:
    """Return the description of a site's API."""
    said = _said()
    parts = deepcopy({name: said[name] for name in ("schemas", "parameters", "headers")})
    parts["parameters"]["limit"]["schema"]["maximum"] = int(site.limits.rows)
    parts["responses"] = {str(status): _problem(status) for status in said["statuses"]}
    paths: Json = {}
    for route in ROUTES.values():
        if route.name not in _NOT_DESCRIBED:
            told, path = said["operations"][route.name], re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
            paths[path] = {method.lower(): _operation(route, told, method) for method in route.methods}
    for path, told in said["front"].items():
        paths[path] = {"get": _operation(Route(path.strip("/"), path, "", lasting=False), told, "GET")}
    text = said["operations"]["query-text"]
    name = {"name": "name", "in": "path", "required": True, "schema": {"enum": [*site.kg.catalogue.names]}}
    stored = _operation(Route("query-text", text["path"], ""), text | {"parameters": [name]}, "GET")
    paths[text["path"]] = {"get": stored}
    for query in site.kg.catalogue:
        paths |= _query_paths(site, query)
    return {
        "openapi": "3.1.0",
        "info": said["info"] | {"version": version("g60kg")},
        "servers": [{"url": site.base or "/"}],
        "tags": said["tags"],
        "paths": paths,
        "components": parts,
    }


@cache
def _said() -> Json:
    """Return the file of what is said by hand."""
    read: Json = yaml.safe_load(Path(__file__).with_name("openapi.yaml").read_text("utf-8"))
    return read


def _ref(kind: str, name: object) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}


def _problem(status: int) -> Json:
    """Return the response of a status; all but 304 have a body that says why."""
    told: Json = {"description": _said()["statuses"][status]}
    if status == 304:
        return told | {"headers": {"ETag": _ref("headers", "ETag")}}
    if status == 503:
        told["headers"] = {"Retry-After": _ref("headers", "Retry-After")}
    problem = {"schema": _ref("schemas", "Problem")}
    return told | {"content": {"application/problem+json": problem, "text/html": {}}}


def _responses(*statuses: int) -> Json:
    """Return references to the responses of some statuses, and of those that any request may meet."""
    return {str(status): _ref("responses", status) for status in sorted({*statuses, *_said()["any"]})}


def _operation(route: Route, told: Json, method: str) -> Json:
    """Return the operation of a route: what it takes, and what it gives; a change needs a token."""
    is_page, is_get = told["tag"] == "pages", method == "GET"
    is_change = not is_get and route.name not in _CHANGES_NOTHING
    made: Json = {part: told[part] for part in ("summary", "description") if part in told}
    made |= {"operationId": route.name if is_get else f"{route.name}-{method.lower()}", "tags": [told["tag"]]}
    made["parameters"] = [*told.get("parameters", ())] if is_get or is_change else []
    if is_get and is_page:
        made["parameters"].append(_ref("parameters", "page-lang"))
    if method in ("POST", "PUT"):
        made["requestBody"] = {"required": True, "content": told["body"]}
    statuses = [*told.get("statuses", ()), *(() if is_get else (413, 415))]
    if is_change:
        done = {"201": {"description": "The graph is new."}, "204": {"description": "Done."}}
        return made | {"responses": (_led() if is_page else done) | _responses(401, 403, *statuses)}
    media = told.get("answers", ("text/html",))
    if media and is_get and route.lasting:
        statuses.append(304)
    schema = {"schema": told["schema"]} if "schema" in told else {}
    content = {kind: schema if kind.endswith("/json") else {} for kind in media}
    given = {"200": {"description": "The answer.", "content": content}} if media else {}
    return made | {"responses": given | (_led() if told.get("leads") else {}) | _responses(*statuses)}


def _led() -> Json:
    return {"303": {"description": "Where it is.", "headers": {"Location": _ref("headers", "Location")}}}


def _query_paths(site: Site, query: StoredQuery) -> Json:
    """Return the paths of a stored query: by what a client accepts, and by an ending."""
    said = deepcopy(_said()["stored"])
    only, ending = said["only"], said["format"]
    only["schema"]["pattern"] = f"^({'|'.join(each.name for each in columns_of(query))}):[^\\u0000]*$"
    ending["schema"] = {"enum": [form.name for form in FORMS if form.name != "rq"]}
    parameters = [*(_parameter(site, each) for each in query.parameters), only]
    parameters += [_ref("parameters", name) for name in ("limit", "offset", "lang")]
    content: Json = {kind: {} for form in FORMS for kind in form.media_types}
    for kind in FORMS.formats[0].media_types:
        content[kind] = {"schema": _ref("schemas", "Results")}
    plain = _ref("schemas", "Plain")
    row = {each.name: plain | {"description": _both(each.description)} for each in columns_of(query)}
    rows = said["rows"]
    rows["properties"]["query"] = {"const": query.name}
    rows["properties"]["rows"]["items"] |= {"properties": row, "required": [*row]}
    content[_ROWS] = {"schema": rows}
    headers = {name: _ref("headers", name) for name in ("X-Total-Count", "Link", "ETag")}
    answer = {"description": _both(query.title), "headers": headers, "content": content}
    shared = {
        "tags": ["questions"],
        "summary": query.question.en,
        "description": "\n\n".join((query.description, query.question.zh, query.description.zh)).strip(),
        "responses": {"200": answer} | _responses(*_STATUSES),
    }
    address, name = f"/queries/{query.name}", f"query-{query.name}"
    by_ending = {"operationId": f"{name}-as", "parameters": [ending, *parameters]}
    return {
        address: {"get": shared | {"operationId": name, "parameters": parameters}},
        f"{address}.{{format}}": {"get": shared | by_ending},
    }


def _both(text: Text) -> str:
    """Return a text in English and, where it is given, in Chinese after it."""
    return " ".join(part for part in (text.en, text.zh) if part)


def _parameter(site: Site, parameter: Parameter) -> Json:
    """Return a parameter of a stored query, with the names that it takes where these are few."""
    schema: Json = _said()["types"][parameter.type]
    if names := names_taken(site, parameter, Names(site.kg.store), _SMALL):
        schema = {"anyOf": [{"enum": names}, schema]}
    made: Json = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": _both(parameter.description) + (f" ({parameter.class_})" if parameter.class_ else ""),
        "schema": schema | ({"default": parameter.default} if parameter.default is not None else {}),
    }
    shown = parameter.example or parameter.hint
    return made | ({"example": shown} if shown is not None else {})
