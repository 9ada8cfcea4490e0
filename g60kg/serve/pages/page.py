"""Making a page: a template, what it may use beside its own values, and the names of things.

Every template extends `base.html`, which has the functions of `Page.functions`; what templates share is in
`macros.html`, to be imported with context:

    {% extends "base.html" %}
    {% import "macros.html" as ui with context %}
    {% block title %}{{ t("nav.search") }}{% endblock %}
    {% block main %}<h1>…</h1>{{ ui.entity(term) }}{% endblock %}
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import Words
from g60kg.describe.figures import figure_of
from g60kg.describe.lookup import Names, held_kinds, subjects
from g60kg.describe.overview import About, about_article
from g60kg.errors import G60Error
from g60kg.kg.shelf import article_text
from g60kg.serve.pages import links
from g60kg.serve.pages.links import LANGUAGES, chosen, language, text, texts
from g60kg.serve.pages.saying import figure_words, graph_words, saying
from g60kg.serve.problem import Refused, leads, wrong
from g60kg.serve.site import PREFIX, Site, manifest, while_unchanged
from g60kg.serve.values import Pairs, Request, Response, whole_number
from g60kg.store import Store
from g60kg.terms import G60, ID, RDF, SKOS
from g60kg.text import sentence_spans

V = TypeVar("V")
HTML: Final = "text/html; charset=utf-8"
_TEMPLATES: Final = Path(__file__).parent / "templates"
_NOT_HTML: Final = {
    **dict.fromkeys((*range(9), 11, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF), "\ufffd"),
    13: "&#13;",
}
"""Characters that cannot stand in HTML, or that would be read as others, with what stands for them."""
_GROUPS: Final = ("Place", "Organization", "Project", "Event", "Document", "Concept")
_OTHER: Final = "other"
_CALLED: Final = ("t", "link", "here", "address", "asset", "label", "in_sentence")
_MOST_PAGES: Final = 1_000_000


class PageNames(Names):
    """The names of things in the language of a page: figures and graphs in words, all else by its name."""

    def __init__(self, store: Store, language: str) -> None:
        super().__init__(store, language)
        self._store, self._language = store, language

    def found(self, term: NamedNode) -> Literal:
        """Return a figure or a graph in words, else the name that the store has."""
        figure = figure_of(self._store, term)
        words = graph_words(term, self._language)
        if figure:
            words = figure_words(figure.comparator, figure.value, figure.unit, self._language)
        return Literal(words) if words else super().found(term)

    def literal(self, term: object) -> Literal:
        """Return the name of a term; what figures count is called as the concept for it."""
        if isinstance(term, Literal) and self._language != "en" and term.language in (None, "en"):
            named = subjects(self._store, SKOS.altLabel, Literal(term.value, language="en"))
            kinds = (each for each in named if any(self._store.match(each, SKOS.inScheme, G60.CountedKinds)))
            term = next(kinds, term)
        return super().literal(term)

    def language_of(self, term: object) -> str | None:
        """Return the language that the name of a term is in where it is not that of the page."""
        found = self.literal(term).language
        return found if found and found != self._language else None

    def kind(self, term: object) -> NamedNode | None:
        """Return the class that a thing was said to be of, the first by name."""
        return next(iter(held_kinds(self._store, term)), None) if isinstance(term, NamedNode) else None

    def group(self, term: object) -> str:
        """Return which of the large classes a thing belongs to, in small letters, or `other`."""
        if not isinstance(term, NamedNode):
            return _OTHER
        types = {quad.object for quad in self._store.match(term, RDF.type)}
        if G60.Statistic in types:
            return "figure"
        return next((name.lower() for name in _GROUPS if G60[name] in types), _OTHER)


class Page:
    """A page that is being made: its words (`t`), addresses (`link`, `here`, `address`) and names."""

    def __init__(self, site: Site, request: Request) -> None:
        self.site, self.request = site, request
        self.language = language(request)
        self.other_language = next(name for name in LANGUAGES if name != self.language)
        self.chosen = chosen(request)
        """The language where the address itself chose it."""
        self.names = _names(site, self.language)
        self.label = self.names.of
        self.t = partial(text, self.language)
        self.link = partial(links.link, site, request)
        self.here = partial(links.here, request)
        self.address = partial(links.address, site, request)

    @property
    def number(self) -> int:
        """The page of a long answer that is asked for, the first where none is; raises `Refused` with 400."""
        given = self.request.value("page") or "1"
        number = whole_number(given, _MOST_PAGES)
        if not number:
            raise wrong(f"page: {given[:20]!r} is no number of a page; write 1 or more")
        return number

    def part(self, rows: Sequence[V], size: int) -> Sequence[V]:
        """Return the rows of that page, of which each has so many."""
        return rows[(self.number - 1) * size : self.number * size]

    @property
    def canonical(self) -> str:
        """The address of the page, of all that lead to it; absolute where the site knows its own."""
        path = self.request.url.partition("?")[0].removeprefix(links.root(self.site)) or "/"
        kept = [(k, v) for k, v in self.request.query if k not in ("view", "only", "open", "limit")]
        return self.site.base + path + (f"?{urlencode(kept)}" if kept else "")

    @property
    def functions(self) -> dict[str, Any]:
        """What every template may call, by name."""
        names = self.names
        return {
            **{name: getattr(self, name) for name in _CALLED},
            "about": cache(self.about),
            "base": self.site.base.removesuffix(links.root(self.site)),
            "label_language": names.language_of,
            "kind": names.kind,
            "group": names.group,
            "thing": ID.__getitem__,
            **saying(self.language, names.of),
        }

    def about(self, article: str) -> About:
        """Return what is known of an article."""
        return about_article(self.site.memo, article)

    def in_sentence(self, words: Words) -> Words:
        """Return words with the rest of their sentence around them, where the text of the article is kept."""
        text, spans = _sentences(self.site, words.article)
        for start, end in spans:
            if start <= words.start < words.end <= end:
                return replace(words, before=text[start : words.start], after=text[words.end : end])
        return words

    def told(self, error: Exception) -> Literal:
        """Return what an error says, in the language of the page where it is known there, else in English."""
        message = error.message if isinstance(error, G60Error) and leads(error) else str(error)
        known = texts(f"errors.{self.language}") if self.language != "en" else {}
        kinds = (kind.__name__ for kind in type(error).__mro__)
        words = next((known[key] for key in (message, *kinds) if key in known), None)
        if words is None:
            return Literal(message, language="en")
        return Literal(words.format(name=getattr(error, "name", "")), language=self.language)

    def linked(self, kind: str, iri: str, **known: object) -> dict[str, object]:
        """Return what a page says of its thing to search engines (JSON-LD, schema.org); empty values go."""
        told: dict[str, object] = {"@context": "https://schema.org", "@type": kind, "@id": iri}
        told |= {"url": self.canonical, "inLanguage": self.language}
        return told | {name: value for name, value in known.items() if value}

    def asset(self, name: str) -> str | None:
        """Return the address of a script or style; None where it was not built."""
        file = manifest().get(name)
        return f"{links.root(self.site)}{PREFIX}{file}" if file else None

    def render(
        self, template: str, /, *, status: int = 200, headers: Pairs = (), **values: object
    ) -> Response:
        """Return the page that a template makes of values."""
        made = environment().get_template(template).render({**self.functions, "page": self, **values})
        body = made.translate(_NOT_HTML).encode()
        return Response(body, HTML, status, (*headers, ("Content-Language", self.language)))


@while_unchanged(4)
def _names(site: Site, language: str) -> PageNames:
    """Return the names of things in a language."""
    return PageNames(site.memo, language)


@lru_cache(maxsize=64)
def _sentences(site: Site, name: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of an article, and where its sentences stand."""
    article = article_text(site.kg.store, name)
    return (article.text, sentence_spans(article.text)) if article is not None else ("", [])


@cache
def environment() -> Environment:
    """Return the environment of the templates; all they show is escaped."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def failure(site: Site, request: Request, refused: Refused) -> Response:
    """Return the page that tells why a request is refused."""
    page = Page(site, request)
    return page.render(
        "failure.html",
        status=refused.status.value,
        headers=refused.headers,
        code=refused.status.value,
        detail=page.told(refused.cause or refused),
        leads=leads(refused.cause),
    )
