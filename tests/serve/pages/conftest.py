"""What the tests of the pages share: the packaged graph, and a way to ask for a page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urldefrag, urlsplit

import html5lib
import pytest
from starlette.routing import compile_path

from g60kg.serve.site import ROUTES, Site, answer
from g60kg.serve.values import Request, Response

Ask = Callable[..., Response]
HTML: Final = {"accept": "text/html"}


@pytest.fixture
def ask(site: Site) -> Ask:
    """Return a function that asks for a page: a route, the values of its places, and its query."""

    def asked(route: str, path: dict[str, str] | None = None, /, **query: str) -> Response:
        pairs = tuple(query.items())
        return answer(site, Request(route, path=path or {}, query=pairs, headers=HTML))

    return asked


@dataclass(frozen=True)
class Parsed:
    """A page, parsed strictly: its elements by name and attributes, and its text."""

    tree: Any

    def all(self, tag: str, **attributes: str) -> list[Any]:
        """Return the elements of a name with these attributes (`class_` for `class`)."""
        wanted = {name.removesuffix("_"): value for name, value in attributes.items()}
        found = self.tree.iter(f"{{http://www.w3.org/1999/xhtml}}{tag}")
        return [each for each in found if all(each.get(name) == value for name, value in wanted.items())]

    def links(self) -> set[str]:
        """Return the addresses within the server that the page links to."""
        hrefs = {each.get("href") for each in self.all("a")}
        return {href for href in hrefs if href and href.startswith("/")}


def parse(response: Response) -> Parsed:
    """Return a page, parsed strictly: no id twice, no style or script in it, every anchor there."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True)
    page = Parsed(parser.parse(response.body.decode()))
    ids = [each.get("id") for each in page.tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids)), {each for each in ids if ids.count(each) > 1}
    assert not [each for each in page.tree.iter() if each.get("style") or each.get("onclick")]
    assert not page.all("style")
    assert all(each.get("src") or each.get("type") == "application/ld+json" for each in page.all("script"))
    anchors = {each.get("href")[1:] for each in page.all("a") if (each.get("href") or "").startswith("#")}
    assert anchors <= set(ids), anchors - set(ids)
    refs = {
        ref for name in ("aria-labelledby", "aria-describedby", "for", "list") for ref in _refs(page, name)
    }
    assert refs <= set(ids), refs - set(ids)
    return page


def of_each_kind(links: Iterable[str], most: int = 9) -> list[str]:
    """Return some links of each kind: of those that lead to one sort of page and ask it for the same."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for link in sorted(links):
        parts = urlsplit(link)
        room = parts.path.split("/")[1]
        kinds.setdefault((room, *(name for name, _ in parse_qsl(parts.query))), []).append(link)
    return [link for alike in kinds.values() for link in alike[:: max(len(alike) // most, 1)]]


def _refs(page: Parsed, name: str) -> set[str]:
    return {ref for each in page.tree.iter() for ref in (each.get(name) or "").split()}


@pytest.fixture
def read(ask: Ask) -> Callable[..., Parsed]:
    """Return a function that asks for a page, which must be there, and parses it strictly."""

    def asked(route: str, path: dict[str, str] | None = None, /, **query: str) -> Parsed:
        response = ask(route, path, **query)
        assert response.status == 200, response.body[-2000:]
        return parse(response)

    return asked


@pytest.fixture(scope="session")
def follow(site: Site) -> Callable[[str], Response]:
    """Return a function that answers an address as the front would: by the first fitting route, once."""
    routes = [(route.name, compile_path(route.path)) for route in ROUTES.values()]

    @cache
    def followed(address: str) -> Response:
        parts = urlsplit(address)
        for name, (pattern, _, _) in routes:
            match = pattern.match(unquote(parts.path))
            if match:
                query = tuple(parse_qsl(parts.query, keep_blank_values=True))
                return answer(site, Request(name, path=match.groupdict(), query=query, headers=HTML))
        raise AssertionError(f"no route for {address}")

    return lambda address: followed(urldefrag(address).url)
