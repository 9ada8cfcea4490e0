"""Who asks: credentials stay with the server that they are meant for.

Credentials come from the environment or a netrc file, never from the command line. They are sent to the
scheme, host and port of one URL and to no other; a password is sent in the clear (basic) only after the
server asked for just that.
"""

import ipaddress
import os
from collections.abc import Generator
from netrc import NetrcParseError, netrc
from pathlib import Path

import httpx

from g60kg.errors import StoreError
from g60kg.store.remote.server import named_url, origin

_Flow = Generator[httpx.Request, httpx.Response, None]


class Login(httpx.Auth):
    """The credentials for the server of a URL, if any.

    `$G60KG_TOKEN` is a bearer token for the server at `$G60KG_TOKEN_FOR`, else for servers on this machine.
    `$G60KG_USER` and `$G60KG_PASSWORD` go by basic or digest authentication, as the server asks; else the
    entry of the host in `$NETRC` or `~/.netrc` counts. Raises `StoreError` for a user without a password, and
    for a netrc file that cannot be read.
    """

    def __init__(self, url: str) -> None:
        self._origin = origin(url)
        meant = named_url("G60KG_TOKEN_FOR")
        is_meant = self._origin == origin(meant) if meant else is_here(url)
        token = os.environ.get("G60KG_TOKEN") if is_meant else None
        self._header = f"Bearer {token}" if token else ""
        self._pair = None if self._header else _user_and_password(self._origin[1])
        self._digest = httpx.DigestAuth(*self._pair) if self._pair else None

    def auth_flow(self, request: httpx.Request) -> _Flow:
        """Yield the request, and again with a password where it is asked for one; see `httpx.Auth`."""
        if origin(str(request.url)) != self._origin or not (self._header or self._digest):
            yield request
        elif self._header:  # a token, or a password that the server asked for in the clear
            request.headers["Authorization"] = self._header
            yield request
        elif self._pair and self._digest:
            steps = self._digest.auth_flow(request)
            response = yield next(steps)
            try:
                yield steps.send(response)
            except (StopIteration, httpx.ProtocolError, ValueError):  # a challenge of another kind, or broken
                ways = response.headers.get_list("www-authenticate")
                if response.status_code == 401 and any(way.lower().startswith("basic") for way in ways):
                    yield from httpx.BasicAuth(*self._pair).auth_flow(request)
                    self._header = request.headers["Authorization"]


def is_here(url: str) -> bool:
    """Whether a URL leads to this machine."""
    host = origin(url)[1]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _user_and_password(host: str) -> tuple[str, str] | None:
    user, password = os.environ.get("G60KG_USER"), os.environ.get("G60KG_PASSWORD")
    if not user:
        return _from_netrc(host)
    if password is None:
        raise StoreError("G60KG_USER is set without a password", mend="set G60KG_PASSWORD too")
    return user, password


def _from_netrc(host: str) -> tuple[str, str] | None:
    named = os.environ.get("NETRC")
    path = Path(named).expanduser() if named else Path.home() / ".netrc"
    if not named and not path.exists():
        return None
    try:
        found = netrc(str(path)).authenticators(host)
    except NetrcParseError as error:
        raise StoreError(f"{path}:{error.lineno or 1}: {error.msg}", mend="mend the netrc file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read: {error}", mend="mend the netrc file") from error
    return (found[0], found[2] or "") if found else None
