"""The page that answers a question in plain words: `/ask?q=QUESTION`, also as JSON.

`kind=` and `as:WORDS=VALUE` change how it was understood. What questions need to know of a graph is laid out
once, in a thread of its own, so that a request that does not live to see it does not begin it anew.
"""

from concurrent.futures import Future
from dataclasses import replace
from functools import cache, partial
from http import HTTPStatus
from shlex import split
from threading import Lock, Thread
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.ask import Answer, Asker, Choice, examples, say
from g60kg.describe.lookup import subjects
from g60kg.errors import ParameterError
from g60kg.kg.asking import asker
from g60kg.serve.pages.links import LANGUAGES
from g60kg.serve.pages.page import Page
from g60kg.serve.problem import Refused, busy
from g60kg.serve.site import Site, while_unchanged
from g60kg.serve.sparql.formats import JSON_OR_PAGE
from g60kg.serve.values import Request, Response, in_json
from g60kg.terms import ID, SKOS

LONGEST: Final = 400
"""Characters of a question that are read."""
_PATIENCE: Final = 0.8
"""The share of the time of a request for which it waits until a graph is laid out."""
_ONE: Final = Lock()
_INSTEAD: Final = "as:"
_SOURCES: Final = ("time", "article")
"""Columns of an answer that say where it is from."""
_TRIED: Final = ("how_many", "when", "yes_no", "which")


def ask(site: Site, request: Request) -> Response:
    """Answer a question; without one, the page is its form.

    Raises `ParameterError` for one without a word, `Refused` with 400 for one that is too long, with 406, or
    with 503 while a large graph is read.
    """
    form, kind = JSON_OR_PAGE.chosen(request.header("accept"), request.value("format"))
    text = (request.value("q") or "").strip()
    if len(text) > LONGEST:
        raise Refused(HTTPStatus.BAD_REQUEST, f"the question is longer than {LONGEST} characters; shorten it")
    if form.name == "json":
        return in_json(_answer(site, request, text).to_json(), kind)
    page, found, status = Page(site, request), None, 200
    try:
        found = _answer(site, request, text) if text else None
    except ParameterError:
        status = 400
    if found and not page.chosen and found.language in LANGUAGES:
        page = Page(site, replace(request, headers=request.headers | {"accept-language": found.language}))
    speaks = found.language if found else page.language
    return page.render(
        "ask.html",
        status=status,
        text=text,
        it=found,
        wrong=status == 400,
        examples=tried(page),
        wording=lambda name: say(name, speaks),
        table=lambda choice: _table(site, choice, speaks),
        stored_query=_stored,
        asks=lambda name: site.kg.catalogue[name].question.said_in(page.language),
        named=lambda name: _named(site, name, "en"),
    )


def _answer(site: Site, request: Request, text: str) -> Answer:
    """Return the answer of a question, with the parts that the request gives it."""
    try:
        laid_out(site).result(site.limits.query_seconds * _PATIENCE)
    except TimeoutError:
        raise busy("the graph is being read for questions; try again soon", 10) from None
    given = {name.removeprefix(_INSTEAD): value for name, value in request.query if _INSTEAD in name}
    return site.kg.ask(text, kind=request.value("kind") or "", instead=given)


def laid_out(site: Site) -> "Future[Asker]":
    """Begin, unless it is begun, to lay out what questions need to know of a graph."""
    with _ONE:
        return _begun(site)


@while_unchanged(1, elsewhere=True)
def _begun(site: Site) -> "Future[Asker]":
    found: Future[Asker] = Future()

    def lay_out() -> None:
        try:
            found.set_result(asker(site.kg.store, site.kg.summary))
        except Exception as error:
            found.set_exception(error)

    Thread(target=lay_out, daemon=True).start()
    return found


def _table(site: Site, choice: Choice, language: str) -> tuple[list[str], list[list[NamedNode | str]]]:
    """Return the heads and the rows of an answer, without empty columns; names as what bears them.

    Where the rows differ in nothing but a thing, there are no heads: a row of what they share, one of these.
    """
    named = cache(partial(_named, site, language=language))
    used = [place for place in range(len(choice.columns)) if any(row[place] for row in choice.rows)]
    heads = [say(choice.columns[place], language) for place in used]
    rows = [[named(row[place]) for place in used] for row in choice.rows]
    told = [[*dict.fromkeys(column)] for column in zip(*rows, strict=True)]
    various = [each for place, each in zip(used, told, strict=True) if choice.columns[place] not in _SOURCES]
    things = [each for each in various if len(each) > 1]
    if len(things) == 1 and all(isinstance(each, NamedNode) for each in things[0]):
        return [], [[one for each in various if len(each) == 1 for one in each], *things]
    return heads, rows


def _named(site: Site, text: str, language: str) -> NamedNode | str:
    """Return the one thing that bears a name; the name itself where none does, or several do."""
    bearers = subjects(site.memo, SKOS.prefLabel, Literal(text, language=language))
    return bearers[0] if len(bearers) == 1 and bearers[0].value.startswith(ID.base) else text


def _stored(command: str) -> tuple[str, dict[str, str]] | None:
    """Return the stored query that a command runs, and the values of its parameters.

    >>> _stored("g60kg query figures --entity 'Songjiang District'")
    ('figures', {'entity': 'Songjiang District'})
    """
    words = split(command)
    options = zip(words[3::2], words[4::2], strict=True)
    given = {name.removeprefix("--"): value for name, value in options}
    return (words[2], given) if words[1:2] == ["query"] else None


def tried(page: Page) -> list[str]:
    """Return some questions to begin with, where the graph can answer them."""
    is_known = any(page.site.kg.store.match(ID["g60-corridor"]))
    return examples(page.language, *_TRIED) if is_known else []
