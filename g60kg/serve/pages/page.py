"""What a template may use beside its own values.

Goes in: a site and a request. Comes out: a `Page`, whose methods are the functions of the templates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from g60kg.serve.drawings.tree import Tree
from g60kg.serve.pages import links
from g60kg.serve.pages.assets import PREFIX, manifest
from g60kg.serve.pages.language import chosen, language
from g60kg.serve.pages.names import Names
from g60kg.serve.pages.resolutions import Resolved, resolved
from g60kg.serve.pages.text import LANGUAGES, text
from g60kg.serve.pages.walk import UNFOLDED, is_slug, walk
from g60kg.serve.site import Site
from g60kg.serve.values import Request
from g60kg.terms import ID


@dataclass(frozen=True)
class Page:
    """A page that is being made: its words, addresses and names."""

    site: Site
    request: Request

    @cached_property
    def language(self) -> str:
        """The language of the page."""
        return language(self.request)

    @property
    def chosen(self) -> str | None:
        """The language where the address itself chose it."""
        return chosen(self.request)

    @property
    def other_language(self) -> str:
        """The language that the page's language link leads to."""
        return next(name for name in LANGUAGES if name != self.language)

    @cached_property
    def names(self) -> Names:
        """The names of things in the page's language."""
        return Names(self.site.kg.store, self.language)

    def t(self, key: str, /, **values: object) -> str:
        """Return a text of the interface."""
        return text(self.language, key, **values)

    def link(self, route: str, /, **params: object) -> str:
        """Return the address of a route, which keeps a chosen language."""
        return links.link(self.site, self.request, route, **params)

    def here(self, **changed: object) -> str:
        """Return the address of this page with parameters changed."""
        return links.here(self.request, **changed)

    def address(self, term: object) -> str | None:
        """Return where the page of a term is."""
        return links.address(self.site, self.request, term)

    def asset(self, name: str) -> str | None:
        """Return the address of a script or style; None where it was not built."""
        file = manifest().get(name)
        return f"{links.root(self.site)}{PREFIX}{file}" if file else None

    def label(self, term: object) -> str:
        """Return the name of a term."""
        return self.names.of(term)

    def label_language(self, term: object) -> str | None:
        """Return the language of a term's name where it is not the page's."""
        return self.names.language_of(term)

    def kind(self, term: object) -> NamedNode | None:
        """Return the class that a thing was said to be of."""
        return self.names.kind(term)

    def resolution(self, said: str) -> Resolved:
        """Return by which rule words were understood, in the page's language."""
        return resolved(said, self.language, self.label)

    def walk(self, term: NamedNode, unfolded: Sequence[str] = ()) -> Tree:
        """Return the graph around a term, drawn; `unfolded` are the slugs of neighbours that are."""
        nodes = [ID[slug] for slug in unfolded if is_slug(slug)]
        return walk(self.site.kg.store, self.names, term, nodes)

    def folded(self, unfolded: Sequence[str], slug: str) -> list[str]:
        """Return what is unfolded after one more is, or after one that is so no longer is."""
        kept = [each for each in unfolded if each != slug]
        return kept if slug in unfolded else [*kept, slug][-UNFOLDED:]

    def group(self, term: object) -> str:
        """Return which of the large classes a thing belongs to."""
        return self.names.group(term)
