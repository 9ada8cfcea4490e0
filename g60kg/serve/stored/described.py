"""What the API description says of the fixed routes.

Goes in: `openapi.yaml`, by the names of the routes. Comes out: path items of OpenAPI, and the components that
they share. Source: OpenAPI Specification 3.1.1.
"""

import re
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import yaml

from g60kg.serve.routes import ROUTES, Route

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
