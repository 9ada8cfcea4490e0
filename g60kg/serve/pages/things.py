"""The pages of things: finding one by name, all that is known of it, why a fact holds; and of articles."""

from contextlib import suppress
from http import HTTPStatus
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.ask import fold
from g60kg.describe.claims import claims_of, said_with
from g60kg.describe.entity import entity_of
from g60kg.describe.facts import Way, groups_of
from g60kg.describe.proofs import Proofs
from g60kg.describe.search import LONGEST, SIZE, cut, find
from g60kg.describe.segments import Reading, read_article
from g60kg.errors import G60Error, UnknownArticle, UnknownName
from g60kg.kg.claims import marked_sentences
from g60kg.kg.shelf import article_text
from g60kg.kg.stages import register
from g60kg.reason import Missing
from g60kg.reason.rules import Var
from g60kg.serve.linked.things import node_of
from g60kg.serve.pages.home import newest
from g60kg.serve.pages.neighbours import drawing, unknown
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.plots import line_of
from g60kg.serve.problem import absent
from g60kg.serve.site import Site, names_of, while_unchanged
from g60kg.serve.values import Request, Response, in_json, see, whole_number
from g60kg.store import Store
from g60kg.terms import ARTICLE, G60, ID, PREFIXES, RDF, iri

FACTS: Final = 50
"""Facts of one property on a page."""
ARTICLES: Final = 50
"""Articles of a page."""
QUOTES: Final = 40
"""So many quotes of a paragraph have a mark of their own in the styles."""
QUESTIONS: Final = 5
"""Stored questions beside what was found."""
_NAME_WORDS: Final = 3
"""A text of more words that looks like no name is a question."""
PROOFS: Final = 5
"""So many proofs of a fact stand on its page."""
SCHEMA_KINDS: Final = {
    **{name.lower(): name for name in ("Place", "Organization", "Project", "Event")},
    "document": "CreativeWork",
    "concept": "DefinedTerm",
}
"""What a large class is called at schema.org."""
_EXAMPLES: Final = ("songjiang", "g60-corridor", "artificial-intelligence", "tencent", "haier-zhigu", "wuhu")
"""What is offered to who has not asked yet, of what the graph holds."""


def search(site: Site, request: Request) -> Response:
    """Return what was found by a name, best first: `/search?q=TEXT&kind=CLASS&page=N`.

    What is no name, and looks like none, is asked as a question.
    """
    page, store = Page(site, request), site.memo
    text, kind = (request.value("q") or "")[:LONGEST], request.value("kind") or ""
    known = kind if kind.isalnum() and any(store.match(None, RDF.type, G60[kind])) else ""
    skip = (page.number - 1) * SIZE
    names = names_of(site)
    found = find(store, names, text, known, skip=skip)
    if not found.all and (simple := fold(text)) != text:
        found = find(store, names, simple, known, skip=skip)
    examples = tuple(ID[name] for name in _EXAMPLES if any(store.match(ID[name])))
    words = set(text.casefold().split())
    questions = [
        (stored, asked)
        for stored in (site.kg.catalogue if words else ())
        for asked, title in [[each.said_in(page.language) for each in (stored.question, stored.title)]]
        if all(word in f"{asked} {title}".casefold() for word in words)
    ]
    sentences = said_with(store, found.text, QUESTIONS) if words else ()
    is_asked = text.rstrip().endswith(("?", "？")) or (len(words) > _NAME_WORDS and not found.nearest)
    if is_asked and not found.all and not sentences:
        return see(page.link("ask", q=text))
    return page.render(
        "search.html",
        it=found,
        kind=known,
        examples=examples,
        size=SIZE,
        questions=questions[:QUESTIONS],
        sentences=sentences,
        cut=cut,
    )


def entity(site: Site, request: Request) -> Response:
    """Return the page of an entity, each fact with what supports it.

    With `of=PROPERTY` (and `way=in`) it has all facts of one property, page by page. Raises `UnknownName`
    with the nearest names.
    """
    slug = request.path["slug"]
    node, chosen = node_of("id", slug), request.value("of")
    if node is None:
        raise unknown(site, slug)
    if chosen:
        return _one_property(site, request, node, chosen)
    page, reasons = Page(site, request), {}
    with suppress(G60Error):  # why the register calls names wrong, where it can be read now
        entry = register(site.kg.summary.overlays).entries.get(slug)
        reasons = {each.name: each.reason for each in entry.garbled} if entry else {}
    found = entity_of(site.memo, node, page.names.of, reasons)
    if found is None:
        raise unknown(site, slug)
    series = [line_of(page, each) for each in found.series]
    name, kind = page.label(node), SCHEMA_KINDS.get(page.names.group(node), "Thing")
    others = sorted({*page.names.all_of(node).values()} - {name})
    linked = page.linked(kind, node.value, name=name, alternateName=others)
    return page.render("entity.html", it=found, series=series, linked=linked, **drawing(page))


def _one_property(site: Site, request: Request, node: NamedNode, chosen: str) -> Response:
    """Return the page of all facts of one property of an entity."""
    prefix = chosen.partition(":")[0]
    try:
        property_ = iri(chosen) if prefix in PREFIXES else G60[chosen]
    except ValueError as error:
        raise UnknownName(chosen) from error
    way: Way = "in" if request.value("way") == "in" else "out"
    page = Page(site, request)
    skip = (page.number - 1) * FACTS
    groups = groups_of(site.memo, node, way, page.names.of, shown=FACTS, skip=skip, only=property_.value)
    if not groups:
        raise unknown(site, chosen)
    return page.render("entity-group.html", node=node, group=groups[0], way=way, size=FACTS)


def why(site: Site, request: Request) -> Response:
    """Return why a fact holds, as trees down to words, or what it wants (404): `/why?s=…&p=…&o=…`.

    Terms are IRIs, CURIEs or names; without them the page asks for a fact; `format=json` gives the smallest
    proof. Raises `UnknownName`, `AmbiguousName`, and `LimitError` when a proof takes too much work.
    """
    parts = [" ".join((request.value(name) or "").split()) for name in ("s", "p", "o")]
    if not all(parts):
        return Page(site, request).render("why-ask.html", parts=parts)
    subject, predicate, value = parts
    found = site.kg.why(subject, predicate, value)
    if request.value("format") == "json":
        return in_json(found.to_json(), status=404 if isinstance(found, Missing) else 200)
    if isinstance(found, Missing):  # with the claims that await a person's word
        claims = claims_of(site.memo, (NamedNode(one.claim) for one in found.proposed if one.claim))
        variables = {slot for atom in found.wanted for slot in atom.slots if isinstance(slot, Var)}
        page, gone = Page(site, request), HTTPStatus.NOT_FOUND
        return page.render("why-missing.html", status=gone, it=found, claims=claims, variables=variables)
    proofs = site.kg.proofs(subject, predicate, value, most=PROOFS) or (found,)
    tree = Proofs(site.memo)
    return Page(site, request).render("why.html", steps=[tree.tree(each) for each in proofs], fact=found.fact)


def articles(site: Site, request: Request) -> Response:
    """Return a page of the articles, by date and id, the newest first."""
    page, rows = Page(site, request), newest(site)
    return page.render("articles.html", articles=page.part(rows, ARTICLES), total=len(rows), size=ARTICLES)


def article(site: Site, request: Request) -> Response:
    """Return the page of an article, or with `format=text` the text alone, byte for byte.

    `at=CHARACTER` chooses the part of a long text. Raises `UnknownArticle`, `Refused` with 404 where the text
    is gone.
    """
    name, store = request.path["id"], site.memo
    if not is_held(store, name):
        raise UnknownArticle(name)
    if request.value("format") == "text":
        text = article_text(site.kg.store, name)
        if text is None:
            raise absent("the text of this article is not kept here")
        return Response(text.text.encode(), "text/plain; charset=utf-8")
    place = whole_number(request.value("at"), 10**9) or 0
    found = _reading(site, name, place)
    held = frozenset(each for each in found.named if any(store.match(each)))
    page, about = Page(site, request), found.about
    known = {"headline": about.title or name, "datePublished": about.date, "isBasedOn": about.url}
    linked = page.linked("NewsArticle", ARTICLE[name].value, **known)
    return page.render("article.html", it=found, held=held, most=QUOTES, stands={}, linked=linked)


@while_unchanged(16)
def _reading(site: Site, name: str, place: int) -> Reading:
    """Return how a part of an article reads."""
    text, own = article_text(site.kg.store, name), site.kg.summary.overlays
    return read_article(site.memo, name, text, lambda part: marked_sentences(part, own), place)


def is_held(store: Store, name: str, but: str = "") -> bool:
    """Whether an article of this id is held; with `but`, whether one is whose text has another hash."""
    try:
        is_there = any(store.match(ARTICLE[name], RDF.type, G60.Article))
    except ValueError:
        return False
    return is_there and not (but and any(store.match(ARTICLE[name], G60.sha256, Literal(but))))
