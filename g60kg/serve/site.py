"""What a worker answers from: the graph, the pages' scripts and styles, the version of it all, the token."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import cache, lru_cache
from hashlib import blake2b
from hmac import compare_digest
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import g60kg
from g60kg.describe.lookup import Memo
from g60kg.describe.search import NameIndex
from g60kg.resources import resource
from g60kg.serve.limits import TOKEN, Limits
from g60kg.serve.problem import Refused
from g60kg.serve.values import Request
from g60kg.store import DiskStore, Store

if TYPE_CHECKING:  # the front, which needs the version alone, does not load it
    from g60kg.kg import KnowledgeGraph

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
