"""The words and the language of a page, and addresses within the server, which keep a chosen language.

The texts stand in `text/LANGUAGE.yaml`. Where a value `count` is 1 and there is a key that ends in `.one`,
that one is taken.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

import yaml
from pyoxigraph import NamedNode

from g60kg.serve.site import ROUTES, Site
from g60kg.serve.sparql.formats import ranges
from g60kg.serve.values import Request
from g60kg.terms import ARTICLE, G60, ID, ROOT

LANGUAGES: Final = ("en", "zh")
"""The languages of the pages, the first being the one for who prefers none of them."""
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FOLDER: Final = Path(__file__).parent / "text"
_NAMED: Final = ("column.", "code.")
"""What begins the keys of what English calls by its own name, unless `en.yaml` says otherwise."""
_PLACE: Final = re.compile(r"\{(\w+)(?::path)?\}")
_PATHS: Final = {
    name: (_PLACE.sub(r"{\1}", route.path), _PLACE.findall(route.path)) for name, route in ROUTES.items()
}
"""The path of each route, as `str.format` takes it, and its places."""


@cache
def texts(language: str) -> dict[str, str]:
    """Return the texts of a language by key.

    >>> texts("zh")["nav.home"]
    '首页'
    """
    read = yaml.load((_FOLDER / f"{language}.yaml").read_text("utf-8"), Loader=_LOADER)
    known = {str(key): str(text) for key, text in read.items()}
    named = (key for key in texts("zh") if key.startswith(_NAMED)) if language == "en" else ()
    return {key: in_words(key.partition(".")[2]) for key in named} | known


def in_words(name: str) -> str:
    """Return a name of a program in words.

    >>> in_words("regionCount")
    'region count'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", name).lower()


def text(language: str, key: str, **values: object) -> str:
    """Return a text, with its values filled in; raises `KeyError` for a key that there is not.

    >>> text("en", "count.claims", count=1), text("en", "count.claims", count=2000)
    ('1 claim', '2,000 claims')
    """
    known, count = texts(language), values.get("count")
    if isinstance(count, int):
        values["count"] = f"{count:,}"
    return (known.get(f"{key}.one" if count == 1 else key) or known[key]).format(**values)


def chosen(request: Request) -> str | None:
    """Return the language that the address itself chooses, if any."""
    value = request.value("lang")
    return value if value in LANGUAGES else None


def language(request: Request) -> str:
    """Return the language of the page that answers a request (RFC 9110, section 12.5.4).

    It is the one that the address chooses, else the one that the browser prefers, else English.

    >>> language(Request("home", headers={"accept-language": "fr, zh-CN;q=0.8, en;q=0.5"}))
    'zh'
    """
    likes = ranges(request.header("accept-language"), broken=0.0)
    named = [(liked, tongue.partition("-")[0]) for tongue, liked in likes if liked > 0]
    wanted = [pair for pair in named if pair[1] in LANGUAGES]
    return chosen(request) or max(wanted, key=lambda pair: pair[0], default=(0.0, LANGUAGES[0]))[1]


def link(site: Site, request: Request, route: str, /, **params: object) -> str:
    """Return the address of a route; what has no place in its path goes into its query string.

    A parameter that is None is left out; one that is a list is repeated. A name that is a word of Python
    may end in `_`. Raises `KeyError` for an unknown route or a place without a value.

    >>> from g60kg.kg import KnowledgeGraph
    >>> from g60kg.store import MemoryStore
    >>> site = Site(KnowledgeGraph(MemoryStore()))
    >>> link(site, Request("home", query=(("lang", "zh"),)), "entity", slug="g60-corridor")
    '/page/g60-corridor?lang=zh'
    """
    values = {name.removesuffix("_"): value for name, value in params.items()}
    form, places = _PATHS[route]
    path = form.format_map({place: quote(str(values.pop(place)), safe="/") for place in places})
    query = _query(values if "lang" in values else values | {"lang": chosen(request)})
    return root(site) + path + (f"?{query}" if query else "")


def root(site: Site) -> str:
    """Return the path that all addresses of a site begin with: empty, unless it is served below one."""
    return urlsplit(site.base).path.rstrip("/") if site.base else ""


def here(request: Request, **changed: object) -> str:
    """Return the address of this very page with parameters changed; those that are None are left out.

    >>> here(Request("search", query=(("q", "a b"), ("page", "2"))), page=3)
    '?q=a+b&page=3'
    """
    kept = urlencode([(name, value) for name, value in request.query if name not in changed])
    return "?" + "&".join(part for part in (kept, _query(changed)) if part)


def address(site: Site, request: Request, term: object) -> str | None:
    """Return where the page of a term is: within the server, else the term's own address on the web."""
    if not isinstance(term, NamedNode):
        return None
    value = term.value
    if value.startswith(G60.base):
        return f"{link(site, request, 'ontology')}#{quote(value.removeprefix(G60.base))}"
    is_web = value.startswith(("http://", "https://")) and not value.startswith(ROOT)
    return page_of(site, request, term) or (value if is_web else None)


def page_of(site: Site, request: Request, node: NamedNode) -> str | None:
    """Return the address of the page of an entity or an article; None for any other node."""
    for base, route, place in ((ID.base, "entity", "slug"), (ARTICLE.base, "article", "id")):
        if node.value.startswith(base):
            return link(site, request, route, **{place: node.value.removeprefix(base)})
    return None


def _query(values: Mapping[str, object]) -> str:
    return urlencode({name: value for name, value in values.items() if value is not None}, doseq=True)
