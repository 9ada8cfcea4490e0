"""The list of the stored queries: `/queries`.

Goes in: a `Site` and a `Request`. Comes out: a page for people, or JSON: what each query asks, its
parameters, and its columns.
"""

import json
from typing import Any

from g60kg.query import Parameter, StoredQuery, Text
from g60kg.serve.site import Site
from g60kg.serve.stored.forms import LISTED, Form, form_accepted, form_of_ending
from g60kg.serve.values import Request, Response


def listing(site: Site, request: Request) -> Response:
    """List the stored queries in the form that the client accepts; raises `Refused` with 406."""
    return _listed(site, request, form_accepted(request.header("accept"), LISTED))


def listing_as(site: Site, request: Request) -> Response:
    """List the stored queries in the form of the address's ending; raises `Refused` with 406."""
    return _listed(site, request, form_of_ending(request.path["format"], LISTED))


def _listed(site: Site, request: Request, form: Form) -> Response:
    if form.name == "html":
        from g60kg.serve.pages.question import questions_page

        return questions_page(site, request, site.kg.catalogue)
    told = {"queries": [_query(site, stored) for stored in site.kg.catalogue]}
    return Response(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n", form.media_type)


def _query(site: Site, stored: StoredQuery) -> dict[str, Any]:
    return {
        "name": stored.name,
        "address": f"{site.base}/queries/{stored.name}",
        "title": _both(stored.title),
        "description": _both(stored.description),
        "question": _both(stored.question),
        "group": stored.group,
        "parameters": [_parameter(parameter) for parameter in stored.parameters],
        "columns": [{"name": each.name, "description": _both(each.description)} for each in stored.columns],
    }


def _both(text: Text) -> dict[str, str]:
    """Return a text by its languages, those that it is in."""
    return {"en": text.en} | ({"zh": text.zh} if text.zh else {})


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "description": _both(parameter.description),
        "type": parameter.type,
        "class": parameter.class_,
        "required": parameter.required,
        "default": parameter.default,
        "example": parameter.example,
    }
