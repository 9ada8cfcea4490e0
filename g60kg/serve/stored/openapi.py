"""The description of the API: `/openapi.json`, from the routes, `openapi.yaml` and the queries' headers.

Source: OpenAPI Specification 3.1.1.
"""

import json
import re
from copy import deepcopy
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import yaml

from g60kg.describe.evidence import columns_of
from g60kg.describe.lookup import Names
from g60kg.query import Parameter, StoredQuery, Text
from g60kg.serve.routes import ROUTES, Route
from g60kg.serve.site import Site
from g60kg.serve.stored.answers import FORMS
from g60kg.serve.stored.complete import members
from g60kg.serve.values import Request, Response
from g60kg.terms import iri

Json = dict[str, Any]
_NOT_DESCRIBED: Final = ("query", "query-as", "missing")
"""The routes whose paths are described otherwise: one for each stored query; and what is none."""
_SMALL: Final = 24
"""How many members a class may have for their names to be listed."""
_STATUSES: Final = (304, 404, 406, 422)


def openapi(site: Site, request: Request) -> Response:
    """Return the description of the API."""
    body = json.dumps(document(site), ensure_ascii=False).encode() + b"\n"
    return Response(body, "application/json")


def document(site: Site) -> Json:
    """Return the description of a site's API."""
    catalogue = site.kg.catalogue
    classes = {parameter.class_ for query in catalogue for parameter in query.parameters if parameter.class_}
    names = {each: _names(site, each) for each in sorted(classes)}
    parts = deepcopy({name: _said()[name] for name in ("schemas", "parameters", "headers")})
    parts["parameters"]["limit"]["schema"]["maximum"] = int(site.limits.rows)
    parts["responses"] = {str(status): _problem(status) for status in _said()["statuses"]}
    paths = _fixed_paths(catalogue.names)
    for query in catalogue:
        paths |= _query_paths(query)
        parts["parameters"] |= {f"{query.name}.{p.name}": _parameter(p, names) for p in query.parameters}
        parts["parameters"][f"{query.name}.only"] = _only(query)
        parts["schemas"] |= {f"{query.name}.json": _results(query), f"{query.name}.rows": _rows(query)}
        parts["responses"][query.name] = _answer(query)
    return {
        "openapi": "3.1.0",
        "info": _said()["info"] | {"version": version("g60kg")},
        "servers": [{"url": site.base or "/"}],
        "tags": _said()["tags"],
        "paths": paths,
        "components": parts,
    }


@cache
def _said() -> Json:
    """Return the file of what is said by hand."""
    read: Json = yaml.safe_load(Path(__file__).with_name("openapi.yaml").read_text("utf-8"))
    return read


def _names(site: Site, class_: str) -> list[str]:
    """Return the English names of the members of a class, where they are few."""
    found, names = members(site, iri(class_).value), Names(site.kg.store)
    return sorted({names.of(each) for each in found}) if len(found) <= _SMALL else []


def _ref(kind: str, name: object) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}


def _problem(status: int) -> Json:
    """Return the response of a status; all but 304 have a body that says why."""
    told: Json = {"description": _said()["statuses"][status]}
    if status == HTTPStatus.NOT_MODIFIED:
        return told | {"headers": {"ETag": _ref("headers", "ETag")}}
    if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        told["headers"] = {"Retry-After": _ref("headers", "Retry-After")}
    problem = {"schema": _ref("schemas", "Problem")}
    return told | {"content": {"application/problem+json": problem, "text/html": {}}}


def _responses(*statuses: int) -> Json:
    """Return references to the responses of some statuses, and of those that any request may meet."""
    return {str(status): _ref("responses", status) for status in sorted({*statuses, *_said()["any"]})}


def _fixed_paths(queries: tuple[str, ...]) -> Json:
    """Return the path items of the routes that the table names one by one; `queries` are their names."""
    operations = _said()["operations"]
    paths = {
        re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path): _item(route, operations[route.name])
        for route in ROUTES
        if route.name not in _NOT_DESCRIBED
    }
    text = operations["query-text"]
    name = {"name": "name", "in": "path", "required": True, "schema": {"enum": list(queries)}}
    paths[text["path"]] = {"get": _operation("query-text", text | {"parameters": [name]}, lasting=True)}
    front = {path: {"get": _operation(path.strip("/"), told)} for path, told in _said()["front"].items()}
    return paths | front


def _item(route: Route, told: Json) -> Json:
    """Return the operations of a route."""
    return {
        method.lower(): _operation(route.name, told, lasting=route.lasting)
        if method == "GET"
        else _sent(route.name, told, method)
        for method in route.methods
    }


def _operation(name: str, told: Json, *, lasting: bool = False) -> Json:
    made = _about(name, told)
    if told["tag"] == "pages":
        made["parameters"] = [*made["parameters"], _ref("parameters", "page-lang")]
    return made | {"responses": _answers(told, lasting=lasting)}


def _sent(name: str, told: Json, method: str) -> Json:
    """Return the operation of a method other than GET: what is sent, and that a change needs a token."""
    made = _about(f"{name}-{method.lower()}", told)
    if method != "DELETE":
        made["requestBody"] = {"required": True, "content": told["body"]}
    if name in ("sparql", "read"):
        return made | {"parameters": [], "responses": _answers(told, lasting=False) | _responses(413, 415)}
    done: Json = {"201": {"description": "The graph is new."}, "204": {"description": "Done."}}
    if told["tag"] == "pages":
        done = {"303": {"description": "Where it is.", "headers": {"Location": _ref("headers", "Location")}}}
    return made | {"responses": done | _responses(401, 403, 413, 415, *told["statuses"])}


def _about(name: str, told: Json) -> Json:
    about = {"operationId": name, "tags": [told["tag"]], "parameters": told.get("parameters", [])}
    return about | {part: told[part] for part in ("summary", "description") if part in told}


def _answers(told: Json, *, lasting: bool) -> Json:
    """Return the responses of an operation: what it gives, where it leads, and what may be wrong."""
    answers: Json = {}
    if media := told.get("answers", ("text/html",)):
        schema = {"schema": told["schema"]} if "schema" in told else {}
        content = {kind: schema if kind.endswith("/json") else {} for kind in media}
        answers["200"] = {"description": "The answer.", "content": content}
    if told.get("leads"):
        location = {"Location": _ref("headers", "Location")}
        answers["303"] = {"description": "Where the answer is.", "headers": location}
    return answers | _responses(*told.get("statuses", ()), *((304,) if lasting and media else ()))


def _query_paths(query: StoredQuery) -> Json:
    """Return the paths of a stored query."""
    names = [f"{query.name}.{each.name}" for each in query.parameters] + [
        f"{query.name}.only",
        "limit",
        "offset",
        "lang",
    ]
    parameters = [_ref("parameters", name) for name in names]
    endings = [form.name for form in FORMS if form.name != "rq"]
    format_: Json = {"name": "format", "in": "path", "required": True, "schema": {"enum": endings}}
    shared = {
        "tags": ["questions"],
        "summary": query.question.en,
        "description": "\n\n".join((query.description, query.question.zh, query.description.zh)).strip(),
        "responses": {"200": _ref("responses", query.name)} | _responses(*_STATUSES),
    }
    plain = {"operationId": f"query-{query.name}", "parameters": parameters}
    ended = {"operationId": f"query-{query.name}-as", "parameters": [format_, *parameters]}
    address = f"/queries/{query.name}"
    return {address: {"get": shared | plain}, f"{address}.{{format}}": {"get": shared | ended}}


def _both(text: Text) -> str:
    """Return a text in English and, where it is given, in Chinese after it."""
    return " ".join(part for part in (text.en, text.zh) if part)


def _parameter(parameter: Parameter, names: dict[str, list[str]]) -> Json:
    """Return a parameter of a stored query; `names` are those of the members of small classes."""
    schema: Json = _said()["types"][parameter.type]
    if known := names.get(parameter.class_ or "", []):
        schema = {"anyOf": [{"enum": known}, schema]}
    made: Json = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": _both(parameter.description) + (f" ({parameter.class_})" if parameter.class_ else ""),
        "schema": schema | ({"default": parameter.default} if parameter.default is not None else {}),
    }
    shown = parameter.example or parameter.hint
    return made | ({"example": shown} if shown is not None else {})


def _only(query: StoredQuery) -> Json:
    """Return the parameter that keeps the rows with a value in a column."""
    pattern = f"^({'|'.join(column.name for column in columns_of(query))}):[^\\u0000]*$"
    told = "Keeps the rows with a value in a column, COLUMN:VALUE; as often as wanted."
    return {
        "name": "only",
        "in": "query",
        "description": told,
        "schema": {"type": "string", "pattern": pattern},
    }


def _answer(query: StoredQuery) -> Json:
    """Return the response of a query, with a schema in each form that has a structure."""
    content: Json = {}
    for form in FORMS:
        schema = (
            {"schema": _ref("schemas", f"{query.name}.{form.name}")} if form.name in ("json", "rows") else {}
        )
        content |= dict.fromkeys(form.media_types, schema)
    headers = {name: _ref("headers", name) for name in ("X-Total-Count", "Link", "ETag")}
    return {"description": _both(query.title), "headers": headers, "content": content}


def _columns(query: StoredQuery, kind: str) -> Json:
    """Return what stands in the columns of a query, each of a kind."""
    return {
        column.name: _ref("schemas", kind) | {"description": _both(column.description)}
        for column in columns_of(query)
    }


def _results(query: StoredQuery) -> Json:
    """Return the schema of SPARQL results with the columns of a query."""
    names = {"type": "array", "const": [column.name for column in columns_of(query)]}
    bindings = {"type": "array", "items": _object(_columns(query, "Term"), required=False)}
    return _object({"head": _object({"vars": names}), "results": _object({"bindings": bindings})})


def _rows(query: StoredQuery) -> Json:
    """Return the schema of plain rows with the columns of a query."""
    count = {"type": "integer", "minimum": 0}
    return _object(
        {
            "query": {"const": query.name},
            "total": count,
            "limit": {"type": ["integer", "null"], "minimum": 0},
            "offset": count,
            "rows": {"type": "array", "items": _object(_columns(query, "Plain"))},
        }
    )


def _object(properties: Json, *, required: bool = True) -> Json:
    made: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": list(properties)} if required else {})
