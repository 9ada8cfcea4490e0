"""Reading a text that is pasted or uploaded, as page or JSON: what it states, beside what the graph holds.

Nothing is kept, unless who has the token sends the same text to `/read/keep`; then it is as with `g60kg add`.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from g60kg.article import Article
from g60kg.describe.claims import Standing, standing
from g60kg.describe.segments import PART, Reading, read_article
from g60kg.errors import ArticleError, ReaderError
from g60kg.kg import KnowledgeGraph
from g60kg.kg.along import read_beside
from g60kg.kg.claims import marked_sentences
from g60kg.model import Claim
from g60kg.serve.pages.links import link
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.things import QUOTES, is_held
from g60kg.serve.problem import Refused, unsupported, wrong
from g60kg.serve.site import Site, check_token
from g60kg.serve.sparql.formats import JSON_OR_PAGE, media_type
from g60kg.serve.values import FORMS, Request, Response, form_fields, in_json, see
from g60kg.terms import ID, slug
from g60kg.webpage import is_page

_ABOUT: Final = ("title", "date", "url")
_ORDER: Final = ("new", "confirms", "differs", "open")
_TYPES: Final = ("text/plain", "text/html")


@dataclass(frozen=True, slots=True)
class Read:
    """A text that was read: its claims, how it reads, and how each claim stands to the graph, by its node.

    `beside` is the site with these claims in its graph.
    """

    article: Article
    beside: Site
    claims: tuple[Claim, ...]
    shown: Reading
    stands: dict[NamedNode, Standing]

    @property
    def is_foreign(self) -> bool:
        """Whether the text is Chinese, which is not read."""
        letters = [each for each in self.article.text if each.isalpha()]
        return sum(each >= "\u3400" for each in letters) * 2 > len(letters)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims stand so and so."""
        counted = Counter(each.kind for each in self.stands.values())
        return {kind: counted[kind] for kind in _ORDER}

    @property
    def years(self) -> list[str]:
        """The years of the figures from which it differs."""
        return sorted({each.year for each in self.stands.values() if each.other and each.year})


def read(site: Site, request: Request) -> Response:
    """Read a text that is sent; by GET, give the form. Raises `Refused` with the line that says why not."""
    if request.method == "GET":
        return _page(site, request, {})
    form, kind = JSON_OR_PAGE.chosen(request.header("accept"), request.value("format"))
    fields, store, own = fields_of(request), site.kg.store, site.kg.summary.overlays
    try:
        article = article_of(site, fields)
        beside, claims = read_beside(store, own, article)
    except (ArticleError, ReaderError) as error:
        status = HTTPStatus.BAD_REQUEST if isinstance(error, ArticleError) else HTTPStatus.SERVICE_UNAVAILABLE
        if form.name == "json":
            raise Refused(status, str(error)) from error
        said = _page(site, request, fields, wrong=_why_not(Page(site, request), fields, error))
        return replace(said, status=status.value)
    shown = read_article(beside, article.id, article, lambda part: marked_sentences(part, own))
    stands = {each.node: standing(store, each) for each in shown.claims}
    with_it = replace(site, kg=KnowledgeGraph(beside, site.kg.summary))
    found = Read(article, with_it, claims, shown, stands)
    if form.name == "json":
        return in_json(_told(found), kind)
    known = {name: getattr(article, name) or "" for name in (*_ABOUT, "text")}
    return _page(site, request, fields | known, found)


def _why_not(page: Page, fields: dict[str, str], error: Exception) -> Literal:
    """Return why a text is not read: in the language of the page, where its words are known in it."""
    text, date = fields["text"], fields.get("date", "").strip()
    key = "" if not (date and repr(date) in str(error)) else "wrong.date"
    key = "read.wrong.empty" if not text.strip() else "read.wrong.long" if len(text) > PART else key
    if not key:
        return Literal(str(error), language="en")
    return Literal(page.t(key, count=len(text), most=f"{PART:,}", value=date), language=page.language)


def keep(site: Site, request: Request) -> Response:
    """Add a text to the graph, and lead to its page. Raises `Refused`: 401 and 403 without the token, 409
    where it cannot be added.
    """
    fields = fields_of(request)
    check_token(site, request, fields.get("token", ""))
    try:
        article = article_of(site, fields)
        _, claims = read_beside(site.kg.store, site.kg.summary.overlays, article)
        site.kg.add(article, claims)
    except ReaderError as error:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, str(error)) from error
    except ArticleError as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from error
    return see(link(site, request, "article", id=article.id))


def fields_of(request: Request) -> dict[str, str]:
    """Return the fields of a form, or the text that a body is, with what the address says of it.

    Raises `Refused`: 415 for another type, 400 for what is not UTF-8.
    """
    kind = media_type(request.header("content-type"))
    if kind in FORMS:
        sent = form_fields(request)
    elif kind in _TYPES:
        sent = {"text": request.body}
    else:
        raise unsupported(kind, (*FORMS, *_TYPES))
    text = sent.pop("file", b"") or sent.get("text", b"")
    try:
        said = {name: value.decode("utf-8-sig") for name, value in sent.items() if name != "text"}
        if is_page(text):  # what it says of itself counts where nobody else says so
            page = Article.from_page(text, "page", "the page")
            said |= {name: said.get(name) or getattr(page, name) or "" for name in ("title", "date")}
            words = page.text
        else:
            words = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise wrong("the text is not UTF-8; save it as UTF-8") from None
    except ArticleError as error:
        raise wrong(str(error)) from error
    about = {name: value for name, value in request.query if name in _ABOUT}
    return about | said | {"text": words.replace("\r\n", "\n").replace("\r", "\n")}


def article_of(site: Site, fields: dict[str, str]) -> Article:
    """Return the article that fields tell of; raises `ArticleError` where they tell of none.

    Its id is that of no other text that is held.
    """
    known = {name: fields[name].strip() for name in _ABOUT if fields.get(name, "").strip()}
    text = fields["text"]
    if len(text) > PART:
        message = f"the text has {len(text):,} characters, more than {PART:,}"
        raise ArticleError(message, path="text", mend="send a part of it, or use g60kg add")
    article = Article.from_bytes(text.encode(), "text", "text", **known)
    name = slug(f"{article.date or ''} {article.title or 'text'}")[:80].strip("-")
    is_other = is_held(site.kg.store, name, but=article.sha256)
    return replace(article, id=f"{name}-{article.sha256[:8]}" if is_other or not article.title else name)


def _told(found: Read) -> dict[str, Any]:
    """Return what was read as JSON has it."""
    stands = {node.value.rpartition("/")[2]: each for node, each in found.stands.items()}
    claims = [
        claim.to_json() | {"stands": each.kind} | ({"held": each.other.value} if each.other else {})
        for claim in found.claims
        for each in [stands[claim.id]]
    ]
    about = {"id": found.article.id} | {name: getattr(found.article, name) for name in _ABOUT}
    return {"article": about, "counts": found.counts, "years": found.years, "claims": claims}


def _page(
    site: Site,
    request: Request,
    fields: dict[str, str],
    found: Read | None = None,
    wrong: Literal | None = None,
) -> Response:
    """Return the page: the form, or the text as it was read; only what the graph holds has a page there."""
    page = Page(found.beside if found else site, request)
    is_held = cache(lambda term: any(site.kg.store.match(term)))

    def address(term: object) -> str | None:
        is_new = isinstance(term, NamedNode) and term.value.startswith(ID.base) and not is_held(term)
        return None if is_new else page.address(term)

    return page.render(
        "read.html",
        fields=dict.fromkeys((*_ABOUT, "text"), "") | fields,
        found=found,
        it=found.shown if found else None,
        stands=found.stands if found else {},
        held=frozenset(filter(is_held, found.shown.named)) if found else (),
        address=address,
        wrong=wrong,
        most=QUOTES,
        longest=PART,
        writable=site.writable,
    )
