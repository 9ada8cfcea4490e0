"""Who asks, and where a request may be led: credentials stay with the server that they are meant for.

Credentials come from the environment or a netrc file, never from the command line. They are sent to the
scheme, host and port of one URL and to no other; a password is sent in the clear (basic) only after the
server asked for just that. A redirect may lead a query elsewhere, without credentials; never an update,
never from https to http, never to another scheme.
"""

import ipaddress
import os
from email.message import Message
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import (
    BaseHandler,
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithPriorAuth,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from g60kg.errors import StoreError
from g60kg.store.remote.server import named_url, origin


def opener_for(url: str, *, leaves: bool) -> OpenerDirector:
    """Return an opener for an endpoint; `leaves` lets redirects lead to another host.

    `$G60KG_TOKEN` is a bearer token for the server at `$G60KG_TOKEN_FOR`, else for servers on this machine.
    `$G60KG_USER` and `$G60KG_PASSWORD` go by basic or digest authentication, as the server asks; else the
    entry of the host in `$NETRC` or `~/.netrc` counts. Raises `StoreError` for a user without a password, and
    for a netrc file that cannot be read.
    """
    handlers: list[BaseHandler] = [_Redirects(url, leaves)]
    if _is_here(url):
        handlers.append(ProxyHandler({}))  # no proxy can reach this machine for us
    meant = named_url("G60KG_TOKEN_FOR")
    is_meant = origin(url) == origin(meant) if meant else _is_here(url)
    token = os.environ.get("G60KG_TOKEN") if is_meant else None
    pair = None if token else _user_and_password(origin(url)[1])
    if token:
        handlers.append(_Bearer(url, token))
    elif pair:
        passwords = HTTPPasswordMgrWithPriorAuth()
        passwords.add_password(None, urljoin(url, "/"), *pair)
        handlers += [_Digest(passwords), _Basic(passwords)]
    return build_opener(*handlers)


def _is_here(url: str) -> bool:
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


class _Redirects(HTTPRedirectHandler):
    """Follow a redirect with the same body, where that is safe."""

    def __init__(self, url: str, leaves: bool) -> None:
        self._origin, self._leaves = origin(url), leaves

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        """Return the request to make instead, or raise `HTTPError` where none may be made."""
        old, new = origin(req.full_url), origin(newurl)
        strays = new != self._origin and not self._leaves
        if strays or new[0] not in ("http", "https") or (old[0], new[0]) == ("https", "http"):
            raise HTTPError(newurl, code, "redirect", headers, fp)
        data, method = (None, "GET") if code == 303 else (req.data, req.get_method())
        return Request(newurl, data, req.headers, unverifiable=True, method=method)


class _Bearer(BaseHandler):
    """Send a token to the endpoint's own server."""

    def __init__(self, url: str, token: str) -> None:
        self._origin, self._token = origin(url), token

    def http_request(self, req: Request) -> Request:
        """Add the token; a redirect does not take it along."""
        if origin(req.full_url) == self._origin:
            req.add_unredirected_header("Authorization", f"Bearer {self._token}")
        return req

    https_request = http_request


class _Challenged:
    """Answer a challenge of one's own kind, and leave any other to whom it concerns."""

    def http_error_401(self, req: Request, fp: IO[bytes], *rest: Any) -> Any:
        """Return the answer to the request made again, or None."""
        try:
            answer = super().http_error_401(req, fp, *rest)  # type: ignore[misc]
        except (ValueError, IndexError):
            return None
        except HTTPError:
            fp.close()
            raise
        if answer is not None:
            fp.close()
        return answer


class _Digest(_Challenged, HTTPDigestAuthHandler):
    """Digest authentication."""


class _Basic(_Challenged, HTTPBasicAuthHandler):
    """Basic authentication; once a challenge was answered, the next is not waited for."""

    passwd: HTTPPasswordMgrWithPriorAuth

    def retry_http_basic_auth(self, host: str, req: Request, realm: str) -> Any:
        """Return the answer to the request made again, or None."""
        answer = super().retry_http_basic_auth(host, req, realm)
        if answer is not None:
            self.passwd.update_authenticated(urljoin(req.full_url, "/"), True)
        return answer

    def http_response(self, req: Request, response: Any) -> Any:
        """Learn nothing from an answer: who did not ask for a password gets none."""
        return response

    https_response = http_response
