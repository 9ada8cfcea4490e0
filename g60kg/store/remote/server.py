"""Which server is asked, who asks it, and its ways.

An `Address` is made of the one URL that a user gives: where to query, to update, and to reach whole graphs
(SPARQL 1.1 Protocol; SPARQL 1.1 Graph Store HTTP Protocol). `$G60KG_UPDATE_URL` and `$G60KG_GRAPHS_URL`
say what `servers.yaml` cannot know. A `Kind` is found by the name that a server gives itself.

Credentials come from the environment or a netrc file, never from the command line. They are sent to the
scheme, host and port of one URL and to no other; a password is sent in the clear (basic) only after the
server asked for just that.
"""

import os
import re
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import httpx
import yaml

from g60kg.errors import StoreError

_LOOPBACK: Final = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
_SERVERS: Final = yaml.safe_load(Path(__file__).with_name("servers.yaml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Address:
    """The URLs of an endpoint. `graphs` is empty where the server has no Graph Store Protocol.

    `default` names the graphs that make up the dataset, where the URL says so; `extra` holds what else
    stood in its query part, which goes with every request.
    """

    url: str
    query: str
    update: str
    graphs: str
    default: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


def parse_address(url: str) -> Address:
    """Return the address that a URL gives.

    Raises `StoreError` for a scheme other than http and https, a URL without a host, one that holds
    credentials, and one that is no URL.

    >>> parse_address("http://localhost:7878").update
    'http://localhost:7878/update'
    >>> parse_address("http://localhost:3030/g60/sparql").graphs
    'http://localhost:3030/g60/data'
    """
    given = _checked(url)
    path = given.raw_path.decode().partition("?")[0]
    pattern, *layout = next(each for each in _SERVERS["layouts"] if re.fullmatch(each[0], path))
    paths = (re.sub(f"^{pattern}$", each, path) for each in layout)
    query, update, graphs = (each and str(given.copy_with(raw_path=each.encode())) for each in paths)
    asked = given.params.multi_items()
    return Address(
        url,
        query,
        url_in("G60KG_UPDATE_URL") or update,
        url_in("G60KG_GRAPHS_URL") or graphs,
        tuple(value for name, value in asked if name == "default-graph-uri"),
        tuple((name, value) for name, value in asked if name != "default-graph-uri"),
    )


def origin(url: str | httpx.URL) -> tuple[str, str, int | None]:
    """Return the scheme, host and port of a URL, None for the scheme's own: what credentials are bound to.

    >>> origin("https://Example.org:443/sparql")
    ('https', 'example.org', None)
    """
    parts = httpx.URL(url)
    return parts.scheme, parts.host, parts.port


def graph_url(address: Address, graph: str) -> str:
    """Return the URL of one graph by the Graph Store Protocol (section 4.2, indirect identification)."""
    return f"{address.graphs}?{urlencode([*address.extra, ('graph', graph)])}"


def url_in(variable: str) -> str:
    """Return the URL that an environment variable holds, or nothing; raises `StoreError` for another text."""
    url = os.environ.get(variable, "")
    return url and str(_checked(url))


def number_in(variable: str, default: str, what: str, example: str, most: float) -> float:
    """Return the number that an environment variable holds; raises `StoreError` for another text."""
    given = os.environ.get(variable, default)
    with suppress(ValueError):
        if given == default or 0 < float(given) < most:
            return float(given)
    raise StoreError(f"{variable}: {given!r} is no number of {what}", mend=f"write one, such as {example}")


def _checked(url: str) -> httpx.URL:
    """Return a URL without its fragment, if an endpoint can be there."""
    mend = "write http://HOST:PORT/PATH"
    try:
        parts = httpx.URL(url).copy_with(fragment=None)
    except httpx.InvalidURL as error:
        raise StoreError(f"{url!r} is no URL: {error}", mend=mend) from error
    scheme, host = parts.scheme, parts.host
    if scheme not in ("http", "https", ""):
        raise StoreError(f"{url!r}: no endpoint is asked by {scheme}://", mend="give http:// or https://")
    if parts.userinfo:
        mend = "set G60KG_USER and G60KG_PASSWORD, or write a netrc file"
        raise StoreError(f"the URL of {host} holds credentials", mend=mend)
    if not (scheme and host and 0 < (parts.port or 80) < 2**16) or re.search(r"\s", url):
        raise StoreError(f"{url!r} is no URL of an endpoint", mend=mend)
    return parts


class Login(httpx.Auth):
    """The credentials for the server of a URL, if any.

    `$G60KG_TOKEN` is a bearer token for the server at `$G60KG_TOKEN_FOR`, else for servers on this machine.
    `$G60KG_USER` and `$G60KG_PASSWORD` go by basic or digest authentication, as the server asks; else the
    entry of the host in `$NETRC` or `~/.netrc` counts. Raises `StoreError` for a user without a password, and
    for a netrc file that cannot be read.
    """

    def __init__(self, url: str) -> None:
        meant = url_in("G60KG_TOKEN_FOR")
        is_meant = origin(url) == origin(meant) if meant else is_here(url)
        token = os.environ.get("G60KG_TOKEN") if is_meant else None
        self._header = f"Bearer {token}" if token else ""
        pair = None if token else _user_and_password(origin(url)[1])
        self._ways = pair and (httpx.DigestAuth(*pair), httpx.BasicAuth(*pair))

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request, and again with a password where it is asked for one; see `httpx.Auth`."""
        if self._header:  # a token, or a password that the server asked for in the clear
            request.headers["Authorization"] = self._header
        if self._header or not self._ways:
            yield request
            return
        digest, basic = self._ways
        steps = digest.auth_flow(request)
        response = yield next(steps)
        try:
            yield steps.send(response)
        except (StopIteration, httpx.ProtocolError, ValueError):  # a challenge of another kind, or broken
            asked = response.headers.get_list("www-authenticate")
            if response.status_code == 401 and any(each.lower().startswith("basic") for each in asked):
                yield from basic.auth_flow(request)
                self._header = request.headers["Authorization"]


def is_here(url: str) -> bool:
    """Whether a URL leads to this machine."""
    return bool(_LOOPBACK.fullmatch(origin(url)[1]))


def _user_and_password(host: str) -> tuple[str, str] | None:
    """Return who asks a host: by the environment, else by a netrc file."""
    if user := os.environ.get("G60KG_USER"):
        if "G60KG_PASSWORD" not in os.environ:
            raise StoreError("G60KG_USER is set without a password", mend="set G60KG_PASSWORD too")
        return user, os.environ["G60KG_PASSWORD"]
    named = os.environ.get("NETRC")
    path = Path(named or "~/.netrc").expanduser()
    try:
        found = netrc(str(path)).authenticators(host) if named or path.exists() else None
    except NetrcParseError as error:
        raise StoreError(f"{path}:{error.lineno or 1}: {error.msg}", mend="mend the netrc file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read: {error}", mend="mend the netrc file") from error
    return (found[0], found[2] or "") if found else None


@dataclass(frozen=True, slots=True)
class Kind:
    """The ways of a server; `servers.yaml` says what each means."""

    name: str = "a SPARQL server"
    unites: bool = False
    own: Sequence[str] = ()
    batch: int = 10_000
    blanks: bool = True
    joins: bool = True
    cuts: bool = False


def kind_of(server: str) -> Kind:
    """Return the kind of a server, by the name that it gives itself.

    >>> kind_of("Virtuoso/07.20.3229 (Linux)").batch
    1000
    """
    known = (each for each in _SERVERS["kinds"] if server.lower().startswith(each["name"].lower()))
    return Kind(**next(known, {}))
