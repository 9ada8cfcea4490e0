"""How a request travels: authentication and redirects, bound to the server that the user named.

Goes in: the endpoint's URL and credentials. Comes out: an opener of urllib's, private to one store.
Credentials are sent to the scheme, host and port of that URL and to no other; a password is sent in
the clear (basic) only after the server asked for just that. A redirect may lead a query elsewhere,
without credentials; never an update, never from https to http, never to another scheme.
"""

import ipaddress
from email.message import Message
from http.client import HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError
from urllib.request import (
    BaseHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from g60kg.store.remote.address import origin
from g60kg.store.remote.credentials import Credentials


def opener_for(url: str, credentials: Credentials | None, *, leaves: bool) -> OpenerDirector:
    """Return an opener for an endpoint; `leaves` lets redirects lead to another host."""
    handlers: list[Any] = [_Redirects(url, leaves), *([ProxyHandler({})] if _is_here(url) else [])]
    if credentials and credentials.token:
        handlers.append(_Bearer(url, credentials.token))
    elif credentials:
        handlers += [_digest(url, credentials), _Basic(url, credentials)]
    return build_opener(*handlers)


def _is_here(url: str) -> bool:
    """Whether a URL leads to this machine, which no proxy can reach for us."""
    host = origin(url)[1]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
        if code == 303:
            return Request(newurl, headers=req.headers, unverifiable=True, method="GET")
        return Request(newurl, req.data, req.headers, unverifiable=True, method=req.get_method())


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


def _digest(url: str, credentials: Credentials) -> HTTPDigestAuthHandler:
    scheme, host, port = origin(url)
    passwords = HTTPPasswordMgrWithDefaultRealm()
    root = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/"
    passwords.add_password(None, root, credentials.user, credentials.password)
    return _Digest(passwords)


class _Digest(HTTPDigestAuthHandler):
    """Answer a digest challenge, and leave any other to whom it concerns."""

    def http_error_401(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> Any:
        """Return the answer to the request made again, or None."""
        answer = super().http_error_401(req, fp, code, msg, headers)
        if answer is not None:
            fp.close()
        return answer

    def http_error_auth_reqed(self, auth_header: str, host: str, req: Request, headers: HTTPMessage) -> Any:
        """Return the answer to the request made again, or None."""
        try:
            return super().http_error_auth_reqed(auth_header, host, req, headers)
        except (ValueError, IndexError):
            return None


class _Basic(BaseHandler):
    """Answer a basic challenge; once one was answered, do not wait for the next."""

    handler_order = 495  # after digest, before the default

    def __init__(self, url: str, credentials: Credentials) -> None:
        from base64 import b64encode

        pair = f"{credentials.user}:{credentials.password}".encode()
        self._origin, self._asked = origin(url), False
        self._header = f"Basic {b64encode(pair).decode()}"

    def http_request(self, req: Request) -> Request:
        """Add the credentials where the server is known to want them so."""
        if self._asked and origin(req.full_url) == self._origin:
            req.add_unredirected_header("Authorization", self._header)
        return req

    https_request = http_request

    def http_error_401(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message) -> Any:
        """Return the answer to the request made again, or None."""
        wanted = " ".join(headers.get_all("www-authenticate", [])).lower()
        if "basic" not in wanted or self._asked or origin(req.full_url) != self._origin:
            return None
        self._asked = True
        fp.close()
        return self.parent.open(req, timeout=req.timeout)
