"""What the templates of facts say beside names: amounts, units, short names of terms.

Goes in: a language. Comes out: functions by name, to be handed to `render`.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.kg.figures import unit_text
from g60kg.serve.pages.numbers import amount
from g60kg.serve.pages.text import text, texts
from g60kg.serve.views.figures import Figure
from g60kg.terms import GRAPH, curie

COMPARATORS: Final = ("about", "nearly", "more than", "less than", "at least", "up to")
MODALITIES: Final = ("planned", "denied", "reported", "partial")
CODED: Final = ("kind", "relation", "role", "change", "basis")
"""The columns of stored queries that hold such words as `code` knows."""


def saying(language: str) -> dict[str, Any]:
    """Return what `facts.html` needs, in a language."""
    t = texts(language).get
    functions: dict[str, Callable[..., str]] = {
        "amount": lambda value: amount(value, language),
        "unit": lambda term: unit(term, language),
        "curie": short,
        "code": lambda term: code(term, language),
        "gloss": lambda rule: gloss(rule, language),
        "own_words": lambda term: own_words(term, language),
        "subject_name": lambda name: t(f"question.group.{name}") or in_words(name),
        "column_name": lambda name: t(f"column.{name}") or t(f"column.{_named(name)}") or in_words(name),
    }
    return {**functions, "comparators": COMPARATORS, "modalities": MODALITIES, "coded": CODED}


def unit(term: object, language: str) -> str:
    """Return the short name of a unit; empty for a count.

    >>> unit(NamedNode("http://qudt.org/vocab/currency/CNY"), "zh")
    '元'
    """
    if not isinstance(term, NamedNode):
        return ""
    t = texts(language).get
    known = t(f"unit.{curie(term).rpartition(':')[2]}")
    return unit_text(term) if known is None else known


def figure_words(figure: Figure, language: str) -> str:
    """Return a figure in words: how it is to be read, its number, its unit."""
    comparator = figure.comparator if figure.comparator in COMPARATORS else ""
    words = text(language, f"comparator.{comparator}") if comparator else ""
    shown = (words, amount(figure.value, language), unit(figure.unit, language))
    return " ".join(word for word in shown if word)


def graph_words(graph: NamedNode, language: str) -> str:
    """Return what a named graph holds; empty for one that is not the project's.

    >>> graph_words(NamedNode("https://w3id.org/g60kg/graph/inferred"), "zh")
    '推理图'
    """
    layer, _, article = graph.value.removeprefix(GRAPH.base).partition("/")
    known = texts(language).get(f"graph.{layer}") if graph.value.startswith(GRAPH.base) else None
    return known.format(article=article) if known else ""


def code(term: object, language: str) -> str:
    """Return a word that stored queries answer with, such as `invests in`; empty for anything else.

    >>> code(Literal("invests in"), "zh")
    '投资'
    """
    return texts(language).get(f"code.{term.value}", "") if isinstance(term, Literal) else ""


def gloss(rule: str, language: str) -> str:
    """Return what a rule says in words; empty for one that nobody has put into words.

    >>> gloss("prp-symp", "en")
    'what is symmetric goes both ways'
    """
    t = texts(language).get
    words = (t(f"rule.{part}") for part in rule.split(" + "))
    return "; ".join(word for word in words if word)


def own_words(term: object, language: str) -> str:
    """Return what a term of RDF or OWL is called; empty for one that has no words of its own.

    >>> own_words(NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), "en")
    'is a'
    """
    t = texts(language).get
    return t(f"term.{curie(term)}") or "" if isinstance(term, NamedNode) else ""


def _named(column: str) -> str:
    """Return the column that a column of names is about."""
    return column.removesuffix("Zh").removesuffix("Name")


def in_words(name: str) -> str:
    """Return a name of a program in words.

    >>> in_words("regionCount")
    'region count'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", name).lower()


def short(term: object) -> str:
    """Return what names a term in an address: a CURIE, or the text of a literal."""
    if isinstance(term, NamedNode):
        return curie(term)
    return term.value if isinstance(term, Literal | BlankNode) else str(term)
