"""What the API description says of the stored queries: made from the headers of their files.

Goes in: a stored query. Comes out: path items of OpenAPI: `/queries/NAME`, where the client accepts a form,
and `/queries/NAME.{format}`, where the address names it; with the components that the two share.
"""

from typing import Final

from g60kg.query import Parameter, StoredQuery, Text
from g60kg.serve.stored.described import Json, responses
from g60kg.serve.stored.forms import FORMS

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
    plain = _operation(query, query.name, parameters)
    ended = _operation(query, f"{query.name}-as", [format_, *parameters])
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


def _operation(query: StoredQuery, name: str, parameters: list[Json]) -> Json:
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
