"""What comes in as a `Request`, bounded while it is read; what goes out, with the headers of safety; and what
is told of both: counts, in the format of Prometheus, and a line of the log for each request.

What is wrong with a request is told by a `Refused`.
"""

import mimetypes
import re
from functools import partial
from hashlib import blake2b
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

import yaml
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request as Asked

from g60kg.serve.front.pool import ENDS, Pool
from g60kg.serve.log import log_fields
from g60kg.serve.problem import Refused, problem, wrong
from g60kg.serve.sparql.formats import quality
from g60kg.serve.values import HEADERS, Kept, Request, Response, coded

_BROKEN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|%00")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_FIELDS: Final = 1000
_LONGEST: Final = {"accept": 2048, "accept-language": 1024}
"""Characters of what a client may say that it likes: answers are chosen, and kept, by these texts."""


def read_head(asked: Asked, route: str, path: dict[str, str]) -> Request:
    """Return a request without its body, by its route and the values of the route's places.

    Raises `Refused` for one that is broken, or that leads elsewhere.
    """
    scope, headers = asked.scope, dict[str, str]()
    if sum(name == b"host" for name, _ in scope["headers"]) != 1 and scope["http_version"] == "1.1":
        raise wrong("a request of HTTP/1.1 names its host, once")  # RFC 9112, section 3.2
    for name, value in asked.headers.items():
        if name in HEADERS:  # several of one name are joined, as RFC 9110 (5.3) has it
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    for name, most in _LONGEST.items():
        if len(headers.get(name, "")) > most:
            detail = f"the header {name} is longer than {most} characters"
            raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail)
    url, raw = (scope[part].decode("latin-1") for part in ("raw_path", "query_string"))
    if _BROKEN.search(url) or _BROKEN.search(raw):
        raise wrong("a percent sign of the address begins no character; write %25")
    try:
        decoded = unquote(url, errors="strict")
        query = parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise wrong("the address is not UTF-8, percent-encoded") from None
    except ValueError:
        raise wrong(f"the query string has more than {_FIELDS} values") from None
    if _CONTROL.search(decoded):
        raise wrong("the address holds a control character")
    if {".", ".."} & set(decoded.split("/")):
        raise Refused(HTTPStatus.NOT_FOUND, "an address may not hold the parts . or ..")
    coding = asked.headers.get("accept-encoding", "")[: _LONGEST["accept"]]
    gzip = bool(coding) and quality(coding, "gzip") > 0
    method = "GET" if asked.method == "HEAD" else asked.method
    url = f"{url}?{raw}" if raw else url
    return Request(route, method, path, tuple(query), headers, b"", url, gzip)


HEADERS_OF: Final[dict[str, dict[str, str]]] = yaml.safe_load(
    Path(__file__).with_name("headers.yaml").read_text("utf-8")
)
"""The headers of all answers, and of those of a kind."""


def headers_of(response: Response, *, shared: bool = True) -> list[tuple[bytes, bytes]]:
    """Return the headers of a response; `shared`: pages of other hosts may read it, without credentials.

    Its own count before those that all have.
    """
    others = dict(HEADERS_OF["shared"] if shared else {})
    if response.status not in (204, 304):
        others |= {"content-type": response.media_type, "content-length": str(len(response.body))}
    if response.status != HTTPStatus.NOT_MODIFIED:  # it keeps the policy with which it came (RFC 9111, 3.2)
        others |= HEADERS_OF["page" if response.media_type.startswith("text/html") else "data"]
    own = [(name.lower(), value) for name, value in response.headers]
    said = {name for name, _ in own}
    pairs = own + [pair for pair in others.items() if pair[0] not in said]
    return [(name.encode(), value.encode("latin-1")) for name, value in pairs]


def refused_page(refused: Refused, asked: Asked, base: str) -> Response:
    """Return a refusal in plain: as a small page for a browser, else as an object."""
    if "text/html" not in asked.headers.get("accept", ""):
        return problem(refused)
    status = refused.status
    page = f'''<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{status.value} {status.phrase}</title><h1>{status.phrase}</h1>
<p>{escape(refused.detail)}</p><p><a href="{escape(base)}/">g60kg</a></p></html>
'''
    return Response(page.encode(), "text/html; charset=utf-8", status.value, refused.headers)


_HASHED: Final = re.compile(r"[.-][0-9A-Za-z_-]{8,}\.[a-z0-9]+(\.map)?$")
_FOREVER: Final = "public, max-age=31536000, immutable"
_DAY: Final = "public, max-age=86400"
ICON: Final = "favicon.ico"


def assets(folder: Path) -> dict[tuple[str, bool], Response]:
    """Return the scripts, styles and pictures of a folder, by name, plain and compressed.

    A name that holds a hash of its content never changes, so that a browser may keep it for ever. The icon is
    there also by the name at which all servers have it.
    """
    found: dict[tuple[str, bool], Response] = {}
    for path in (each for each in folder.rglob("*") if each.is_file()):
        name, body = path.relative_to(folder).as_posix(), path.read_bytes()
        tag = ("ETag", f'"{blake2b(body, digest_size=12).hexdigest()}"')
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        kind += "; charset=utf-8" if kind.startswith("text/") else ""
        lasts = {name: _FOREVER if _HASHED.search(name) else "public, max-age=300"}
        lasts |= {ICON: _DAY} if name.startswith("icon") else {}
        for each, how_long in lasts.items():
            plain = Response(body, kind, headers=(tag, ("Cache-Control", how_long)))
            found |= {(each, gzip): coded(plain, gzip=gzip) for gzip in (False, True)}
    return found


_BESIDE: Final = 1024
"""Bytes that an answer takes beside its body, about: small ones count too, for there may be very many."""


def answers_kept(most: int) -> Kept[Response]:
    """Return where answers are kept by their ETags, none of them large."""
    return Kept(most, lambda response: len(response.body) + _BESIDE, largest=1 << 20)


_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_ALL: Final = CollectorRegistry()
_REQUESTS: Final = Counter("g60kg_requests", "Requests answered.", ("route", "status"), registry=_ALL)
_SECONDS: Final = Histogram(
    "g60kg_request_seconds", "Seconds from request to response.", ("route",), buckets=_BUCKETS, registry=_ALL
)
_BYTES: Final = Counter("g60kg_sent_bytes", "Bytes of bodies sent.", registry=_ALL)
HITS: Final = Counter("g60kg_cache_hits", "Requests answered from the cache.", registry=_ALL)


def tell(told: dict[str, Any], seconds: float) -> None:
    """Count and log a request that has its end."""
    _REQUESTS.labels(told["route"], told["status"]).inc()
    _SECONDS.labels(told["route"]).observe(seconds)
    _BYTES.inc(told["bytes"])
    log_fields(told | {"ms": round(seconds * 1000, 2)})


def show_pool(pool: Pool) -> None:
    """Show the state of a pool, as it is whenever the counts are asked for."""
    for name, text, value in (
        ("waiting", "Requests that wait for a worker.", lambda: pool.waiting),
        ("running", "Requests that a worker has.", lambda: pool.running),
        ("places", "Requests that may run at one time.", lambda: pool.places),
        ("workers", "Worker processes, idle ones among them.", lambda: len(pool.workers)),
        ("workers_started", "Worker processes started so far.", lambda: pool.started),
    ):
        Gauge(f"g60kg_{name}", text, registry=_ALL).set_function(value)
    ended = Gauge("g60kg_workers_ended", "Workers that ended with a request.", ("reason",), registry=_ALL)
    for reason in ENDS:
        ended.labels(reason).set_function(partial(pool.killed.__getitem__, reason))


def counts() -> Response:
    """Return all counts."""
    return Response(generate_latest(_ALL), CONTENT_TYPE_LATEST)
