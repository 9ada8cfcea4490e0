"""What a worker answers from, and the answer of one request: what is served where (`routes.yaml`), the graph,
the pages' scripts and styles, the version of it all, the token.

An error becomes the status that says so; a lasting answer that the client has already becomes 304 without
being made again. A function that answers is imported where it is called: in a worker, never in the front.
"""

import json
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache, lru_cache
from hashlib import blake2b
from hmac import compare_digest
from http import HTTPStatus
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import yaml

import g60kg
from g60kg.describe.lookup import Memo
from g60kg.describe.search import NameIndex
from g60kg.resources import resource
from g60kg.serve.problem import Refused, absent, problem, refusal
from g60kg.serve.values import TOKEN, Limits, Pairs, Request, Response
from g60kg.store import DiskStore, Store

if TYPE_CHECKING:  # the front, which needs the version alone, does not load it
    from g60kg.kg import KnowledgeGraph

_LOG: Final = logging.getLogger("g60kg.serve")
F = TypeVar("F", bound=Callable[..., Any])
PREFIX: Final = "/assets/"
"""Where scripts and styles are served, below the root of the site."""
_ASK: Final = (("WWW-Authenticate", 'Bearer realm="g60kg"'),)


@dataclass(frozen=True, slots=True)
class Site:
    """A served graph. `base` is where it is served: `https://host/path`, without a slash at its end.

    Where `base` is empty, links are relative to the host.
    `version` changes whenever an answer could: with the graph, the package and the pages' scripts and styles.
    `writable`: updates are taken from who has the token.
    """

    kg: "KnowledgeGraph"
    limits: Limits = field(default_factory=Limits)
    base: str = ""
    version: str = ""
    writable: bool = False

    @property
    def memo(self) -> Memo:
        """The store, to be read from; while it stays the same, what was read of records is remembered."""
        return _memo(self)


def while_unchanged(most: int, *, elsewhere: bool = False) -> Callable[[F], F]:
    """Keep so many answers of a function of a site, while its graph stays the same.

    Where nothing says when it changes, they are kept for a minute with `elsewhere`, and else not at all.
    """

    def keeping(make: F) -> F:
        known = lru_cache(most)(lambda site, time, *more: make(site, *more))

        def kept(site: Site, *more: Any) -> Any:
            return known(site, epoch(site), *more) if site.version or elsewhere else make(site, *more)

        return cast(F, kept)

    return keeping


@while_unchanged(2)
def _memo(site: Site) -> Memo:
    return Memo(site.kg.store)


def version_of(store: Store, code: str) -> str:
    """Return the version of what is served from a store; empty where nothing says when it changes.

    `code` is the digest of what the answers are made with.
    """
    if not isinstance(store, DiskStore):
        return ""
    held = json.dumps(asdict(store.manifest), sort_keys=True)
    return blake2b(f"{code} {held}".encode(), digest_size=12).hexdigest()


def package_digest() -> str:
    """Return a digest of the code, the knowledge and the assets that answers are made with."""
    seen = blake2b(version("g60kg").encode(), digest_size=12)
    for folder in (Path(g60kg.__file__).parent, resource("queries"), assets_folder()):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and "_data" not in path.parts:
                seen.update(path.name.encode() + path.read_bytes())
    return seen.hexdigest()


def assets_folder() -> Path:
    """Return the folder of scripts and styles; it may be missing, in a repository that was never set up."""
    return resource("web", "dist")


@cache
def manifest() -> dict[str, str]:
    """Return the file of each script and style, whose name changes with its content, by its plain name."""
    path = assets_folder() / "manifest.json"
    read: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return read


def epoch(site: Site) -> str:
    """Return the name of a time in which the graph counts as unchanged."""
    return site.version or f"minute {monotonic() // 60:.0f}"


@while_unchanged(1, elsewhere=True)
def names_of(site: Site) -> NameIndex:
    """Return the names of the graph as it is."""
    return NameIndex(site.kg.store)


def check_token(site: Site, request: Request, token: str = "") -> None:
    """Check that a request may change the graph (RFC 6750, sections 2.1 and 3); `token` is that of a form.

    Raises `Refused`: 403 where the server was not started with `--writable`, or with no token; 401 where the
    request has no token or another.
    """
    if not (site.writable and os.environ.get(TOKEN)):
        raise Refused(HTTPStatus.FORBIDDEN, "this server is read only")
    if token:
        headers = request.headers | {"authorization": f"Bearer {token.strip()}"}
        request = replace(request, headers=headers)
    if request.header("authorization").partition(" ")[0].lower() != "bearer":
        raise Refused(HTTPStatus.UNAUTHORIZED, "a change needs the header Authorization: Bearer TOKEN", _ASK)
    if not has_token(request):
        raise Refused(HTTPStatus.UNAUTHORIZED, "the token is not that of this server", _ASK)


def has_token(request: Request) -> bool:
    """Whether a request bears the token of this server, if it has one."""
    wanted = os.environ.get(TOKEN, "")
    scheme, _, given = request.header("authorization").partition(" ")
    is_bearer = bool(wanted) and scheme.lower() == "bearer"
    return is_bearer and compare_digest(given.strip().encode(), wanted.encode())


@dataclass(frozen=True, slots=True)
class Route:
    """A route. `answers` is `module:function` below `g60kg.serve`: from `Site` and `Request` to `Response`.

    `lasting`: the answer to GET depends on the graph and the request alone, so that it bears an ETag.
    `heavy`: the client says how much work it is, always or where it gives the parameter `heavy_with`; one
    worker is always kept for the others. `reads`: what is sent is a text, for the worker that reads texts.
    """

    name: str
    path: str
    answers: str
    methods: Sequence[str] = ("GET",)
    lasting: bool = True
    heavy: bool = False
    heavy_with: str = ""
    reads: bool = False

    def is_heavy(self, request: Request) -> bool:
        """Whether a request is heavy work."""
        return self.heavy or (bool(self.heavy_with) and request.value(self.heavy_with) is not None)


_READ: Final = yaml.safe_load(Path(__file__).with_name("routes.yaml").read_text("utf-8"))
ROUTES: Final = {name: Route(name, **parts) for name, parts in _READ.items()}
"""All that is served, by name; the first route that fits counts."""


def answer(site: Site, request: Request) -> Response:
    """Answer a request by the function of its route."""
    tag = tag_of(site.version, site.base, request)
    if known := unless_new(tag, request):
        return known
    try:
        response = handler_of(request.route)(site, request)
    except Exception as error:
        refused = refusal(error)
        if refused.status == 500:
            _LOG.exception("%s %s", request.method, request.url)
        if "text/html" in request.header("accept"):
            from g60kg.serve.pages.page import failure

            return failure(site, request, refused)
        return problem(refused)
    if not tag or response.status != 200:
        return response
    return replace(response, headers=(*response.headers, *_lasting_headers(tag)))


def unless_new(tag: str, request: Request) -> Response | None:
    """Return 304 to a client that has the answer of a tag already; else None."""
    if tag and tag in request.header("if-none-match"):
        return Response(status=304, headers=_lasting_headers(tag))
    return None


def _lasting_headers(tag: str) -> Pairs:
    """Return the headers of a lasting answer: keep it, and ask each time whether it is still so."""
    return (("ETag", tag), ("Cache-Control", "no-cache"), ("Vary", "Accept, Accept-Language"))


@cache
def handler_of(route: str) -> "Callable[[Site, Request], Response]":
    """Return the function that answers at a route, which is imported."""
    module, name = ROUTES[route].answers.split(":")
    return cast("Callable[[Site, Request], Response]", getattr(import_module(f"g60kg.serve.{module}"), name))


def tag_of(version: str, base: str, request: Request) -> str:
    """Return the ETag of a lasting answer, empty for any other: the graph and these parts decide it."""
    if not (version and request.method == "GET" and ROUTES[request.route].lasting):
        return ""
    path, likes = sorted(request.path.items()), map(request.header, ("accept", "accept-language"))
    parts = (version, base, request.route, path, request.query, *likes)
    return f'"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


def missing(site: Site, request: Request) -> Response:
    """Answer a request for what is not served."""
    raise absent("nothing is served at this address; begin at /")
