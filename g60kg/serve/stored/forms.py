"""The forms in which stored queries are listed and answered, and their list: `/queries`.

The forms bear the names that the command line gives them; `rows` is plain rows with the total and the page.
"""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from g60kg.query import Parameter, StoredQuery, Text
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import preferred
from g60kg.serve.values import Request, Response


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name is the ending of addresses, its media type what an Accept header asks for."""

    name: str
    media_type: str
    says: str

    @property
    def media(self) -> str:
        """The media type without parameters."""
        return self.media_type.partition(";")[0]


FORMS: Final = (
    Form("json", "application/sparql-results+json", "SPARQL 1.1 results JSON"),
    Form("json", "application/json", "SPARQL 1.1 results JSON"),
    Form("rows", "application/vnd.g60kg.rows+json", "plain JSON with the total and the page"),
    Form("jsonl", "application/jsonl", "one plain JSON object a line"),
    Form("jsonl", "application/x-ndjson", "one plain JSON object a line"),
    Form("csv", "text/csv; charset=utf-8", "SPARQL 1.1 results CSV"),
    Form("tsv", "text/tab-separated-values; charset=utf-8", "SPARQL 1.1 results TSV"),
    Form("html", "text/html; charset=utf-8", "the page for people"),
    Form("rq", "application/sparql-query", "the query itself"),
)
LISTED: Final = (
    Form("json", "application/json", "the stored queries with their parameters and columns"),
    Form("html", "text/html; charset=utf-8", "the page for people"),
)
"""The forms of the list of queries."""


def form_of_ending(ending: str, forms: tuple[Form, ...] = FORMS) -> Form:
    """Return the form of an ending; raises `Refused` with 406 for one that is none.

    >>> form_of_ending("csv").media_type
    'text/csv; charset=utf-8'
    """
    for form in forms:
        if form.name == ending:
            return form
    names = ", ".join(dict.fromkeys(f".{form.name}" for form in forms))
    raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"no form .{ending[:40]}; there are {names}")


def form_accepted(accept: str, forms: tuple[Form, ...] = FORMS) -> Form:
    """Return the form that an Accept header likes best; raises `Refused` with 406 where there is none.

    >>> form_accepted("*/*").name, form_accepted("text/html,*/*;q=0.8").name
    ('json', 'html')
    """
    offers = {form.media: form for form in forms}
    media = preferred(accept, tuple(offers))
    if media is None:
        mend = ", ".join(offers)
        raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"nothing that the Accept header asks for; there are {mend}")
    return offers[media]


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
