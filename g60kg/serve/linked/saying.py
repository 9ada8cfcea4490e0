"""Sentences in the words of a language, with links.

Goes in: a `Sentence` and a page. Comes out: markup. The words are those of the keys `say.…` of the texts.
"""

from typing import Final

from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode

from g60kg.serve.linked.sentences import Part, Sentence
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.text import texts
from g60kg.terms import G60

_VARIABLES: Final = {name: Markup("<var>{}</var>").format(name) for name in "xyz"}


def say(page: Page, part: Part) -> Markup:
    """Return a sentence, or a part of one, in the language of a page."""
    if isinstance(part, Sentence):
        words = Markup(texts(page.language)[f"say.{part.key}"])
        parts = {name: say(page, each) for name, each in part.parts}
        return words.format(**(_VARIABLES | parts))
    if isinstance(part, tuple):
        comma = Markup(escape(texts(page.language)["say.comma"]))
        return comma.join(say(page, each) for each in part)
    return term(page, part) if isinstance(part, NamedNode) else _plain(part)


def term(page: Page, iri: NamedNode) -> Markup:
    """Return a term by its name, linked to where it is told of: our own are on the same page."""
    own = iri.value.startswith(G60.base)
    address = f"#{iri.value.removeprefix(G60.base)}" if own else page.address(iri)
    name = escape(page.label(iri))
    return Markup('<a class="term" href="{}">{}</a>').format(address, name) if address else name


def _plain(part: Literal | str) -> Markup:
    """Return a literal's text, or a variable."""
    if isinstance(part, str):
        return Markup("<var>{}</var>").format(part)
    return escape(part.value)
