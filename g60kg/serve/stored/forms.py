"""The forms in which the answer of a stored query is given: one table, with their endings and media types.

Goes in: the ending of an address, or an Accept header. Comes out: a `Form`. The forms bear the names that the
command line gives them; `rows` is the server's own, with the total and the page beside the rows.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from g60kg.serve.problem import Refused
from g60kg.serve.sparql.negotiate import preferred


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
