"""The description of the API: `/openapi.json`, from the routes, `openapi.yaml` and the queries' headers.

Source: OpenAPI Specification 3.1.1.
"""

import json
import re
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import yaml

from g60kg.query import Parameter, StoredQuery, Text
from g60kg.serve.routes import ROUTES, Route
from g60kg.serve.site import Site
from g60kg.serve.stored.forms import FORMS
from g60kg.serve.stored.names import Named, epoch, named
from g60kg.serve.values import Request, Response
from g60kg.terms import iri

Json = dict[str, Any]
_FILE: Final = Path(__file__).with_name("openapi.yaml")
_PAGE: Final = ("text/html",)
_NOT_DESCRIBED: Final = ("query", "query-as", "missing")
"""The routes whose paths are described otherwise: one for each stored query; and what is none."""


@cache
def said() -> Json:
    """Return the file of what is said by hand."""
    read: Json = yaml.safe_load(_FILE.read_text("utf-8"))
    return read


def components(most: int) -> Json:
    """Return the parts that operations share; `most` is how many rows an answer may have."""
    parts = said()
    limit = {
        "name": "limit",
        "in": "query",
        "description": "How many rows at most; without it, all from the offset on.",
        "schema": {"type": "integer", "minimum": 0, "maximum": most},
    }
    return {
        "schemas": parts["schemas"],
        "parameters": parts["parameters"] | {"limit": limit},
        "headers": parts["headers"],
        "responses": {str(status): _problem(status) for status in parts["statuses"]},
    }


def _problem(status: int) -> Json:
    """Return the response of a status; all but 304 have a body that says why."""
    told: Json = {"description": said()["statuses"][status]}
    if status == HTTPStatus.NOT_MODIFIED:
        return told | {"headers": {"ETag": {"$ref": "#/components/headers/ETag"}}}
    if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        told["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return told | {"content": {"application/problem+json": problem, "text/html": {}}}


def responses(*statuses: int) -> Json:
    """Return references to the responses of some statuses, and of those that any request may meet."""
    wanted = sorted({*statuses, *said()["any"]})
    return {str(status): {"$ref": f"#/components/responses/{status}"} for status in wanted}


def fixed_paths(queries: tuple[str, ...]) -> Json:
    """Return the path items of the routes that the table names one by one; `queries` are their names."""
    name = {"name": "name", "in": "path", "required": True, "schema": {"enum": list(queries)}}
    operations = said()["operations"]
    paths = {
        _path(route): _item(route, operations[route.name])
        for route in ROUTES
        if route.name not in _NOT_DESCRIBED
    }
    text = operations["query-text"]
    paths[text["path"]] = {"get": _operation("query-text", text | {"parameters": [name]}, lasting=True)}
    front = {path: {"get": _operation(path.strip("/"), told)} for path, told in said()["front"].items()}
    return paths | front


def _path(route: Route) -> str:
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)


def _item(route: Route, told: Json) -> Json:
    """Return the operations of a route."""
    return {
        method.lower(): _operation(route.name, told, lasting=route.lasting)
        if method == "GET"
        else _sent(route.name, told, method)
        for method in route.methods
    }


def _operation(name: str, told: Json, *, lasting: bool = False) -> Json:
    made = _named(name, told)
    if told["tag"] == "pages":
        made["parameters"] = [*made["parameters"], {"$ref": "#/components/parameters/page-lang"}]
    return made | {"responses": _answers(told, lasting=lasting)}


def _sent(name: str, told: Json, method: str) -> Json:
    """Return the operation of a method other than GET: what is sent, and that a change needs a token."""
    made = _named(f"{name}-{method.lower()}", told)
    if method != "DELETE":
        made["requestBody"] = {"required": True, "content": told["body"]}
    if name == "sparql":
        return made | {"parameters": [], "responses": _answers(told, lasting=False)}
    done = {"201": {"description": "The graph is new."}, "204": {"description": "Done."}}
    return made | {"responses": done | responses(401, 403, 413, 415, *told["statuses"])}


def _named(name: str, told: Json) -> Json:
    about = {"operationId": name, "tags": [told["tag"]], "parameters": told.get("parameters", [])}
    return about | {part: told[part] for part in ("summary", "description") if part in told}


def _answers(told: Json, *, lasting: bool) -> Json:
    """Return the responses of an operation: what it gives, where it leads, and what may be wrong."""
    answers: Json = {}
    media = told.get("answers", _PAGE)
    if media:
        schema = {"schema": told["schema"]} if "schema" in told else {}
        content = {kind: schema if kind.endswith("/json") else {} for kind in media}
        answers["200"] = {"description": "The answer.", "content": content}
    if told.get("leads"):
        location = {"Location": {"$ref": "#/components/headers/Location"}}
        answers["303"] = {"description": "Where the answer is.", "headers": location}
    return answers | responses(*told.get("statuses", ()), *((304,) if lasting and media else ()))


_STATUSES: Final = (304, 404, 406, 422)
_TEXT: Final = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
"""What a value may be: a text that is not blank, without the character that no literal can hold."""
_SCHEMAS: Final[dict[str, Json]] = {
    "entity": {"type": "string", "pattern": _TEXT},
    "string": {"type": "string", "pattern": _TEXT},
    "unit": {"type": "string", "pattern": _TEXT},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
    "date": {"type": "string", "format": "date"},
    "language": {"type": "string", "pattern": "^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$"},
}


def query_paths(query: StoredQuery) -> Json:
    """Return the paths of a stored query."""
    names = [f"{query.name}.{each.name}" for each in query.parameters] + ["limit", "offset", "lang"]
    parameters = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    endings = list(dict.fromkeys(form.name for form in FORMS if form.name != "rq"))
    format_: Json = {"name": "format", "in": "path", "required": True, "schema": {"enum": endings}}
    plain = _query_operation(query, query.name, parameters)
    ended = _query_operation(query, f"{query.name}-as", [format_, *parameters])
    return {
        f"/queries/{query.name}": {"get": plain},
        f"/queries/{query.name}.{{format}}": {"get": ended},
    }


def query_parameters(query: StoredQuery, names: dict[str, list[str]]) -> Json:
    """Return the parameters of a stored query; `names` are those of the members of small classes."""
    return {f"{query.name}.{each.name}": _parameter(each, names) for each in query.parameters}


def query_response(query: StoredQuery) -> Json:
    """Return the answer of a stored query."""
    return {query.name: _answer(query)}


def _query_operation(query: StoredQuery, name: str, parameters: list[Json]) -> Json:
    return {
        "operationId": f"query-{name}",
        "tags": ["questions"],
        "summary": query.question.en,
        "description": "\n\n".join((query.description, query.question.zh, query.description.zh)).strip(),
        "parameters": parameters,
        "responses": {"200": {"$ref": f"#/components/responses/{query.name}"}} | responses(*_STATUSES),
    }


def _both(text: Text) -> str:
    """Return a text in English and, where it is given, in Chinese after it."""
    return " ".join(part for part in (text.en, text.zh) if part)


def _parameter(parameter: Parameter, names: dict[str, list[str]]) -> Json:
    schema = dict(_SCHEMAS[parameter.type])
    known = names.get(parameter.class_ or "", [])
    if known:
        schema = {"anyOf": [{"enum": known}, schema]}
    made: Json = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": _both(parameter.description) + (f" ({parameter.class_})" if parameter.class_ else ""),
        "schema": schema | ({"default": parameter.default} if parameter.default is not None else {}),
    }
    return made | ({"example": parameter.example} if parameter.example is not None else {})


def _answer(query: StoredQuery) -> Json:
    """Return the response of a query: its columns in each form that has a structure."""
    content: Json = {form.media: _schema(query, form.name) for form in FORMS}
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Total-Count", "Link", "ETag")}
    return {"description": _both(query.title), "headers": headers, "content": content}


def query_schemas(query: StoredQuery) -> Json:
    """Return the schemas of a stored query's answer, in the forms that have a structure."""
    return {f"{query.name}.json": _results(query), f"{query.name}.rows": _rows(query)}


def _schema(query: StoredQuery, form: str) -> Json:
    if form not in ("json", "rows"):
        return {}
    return {"schema": {"$ref": f"#/components/schemas/{query.name}.{form}"}}


def _results(query: StoredQuery) -> Json:
    """Return the schema of SPARQL results with the columns of a query."""
    columns = {
        column.name: {"$ref": "#/components/schemas/Term", "description": _both(column.description)}
        for column in query.columns
    }
    names = {"type": "array", "const": [column.name for column in query.columns]}
    bindings = {"type": "array", "items": _object(columns, required=False)}
    return _object({"head": _object({"vars": names}), "results": _object({"bindings": bindings})})


def _rows(query: StoredQuery) -> Json:
    """Return the schema of plain rows with the columns of a query."""
    columns = {
        column.name: {"$ref": "#/components/schemas/Plain", "description": _both(column.description)}
        for column in query.columns
    }
    count = {"type": "integer", "minimum": 0}
    return _object(
        {
            "query": {"const": query.name},
            "total": count,
            "limit": {"type": ["integer", "null"], "minimum": 0},
            "offset": count,
            "rows": {"type": "array", "items": _object(columns)},
        }
    )


def _object(properties: Json, *, required: bool = True) -> Json:
    made: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": list(properties)} if required else {})


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
