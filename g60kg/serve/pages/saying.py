"""What pages say beside names, in a language: amounts, units, words of queries, rules in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.describe.figures import plain_number
from g60kg.serve.pages.links import in_words, text, texts
from g60kg.terms import CURRENCY, G60, GRAPH, curie, unit_form

COMPARATORS: Final = ("about", "nearly", "more than", "less than", "at least", "up to")
MODALITIES: Final = ("planned", "denied", "reported", "partial")
CODED: Final = (
    *("kind", "relation", "role", "change", "basis", "status", "what", "by"),
    *("dated", "grounds", "reader", "year", "language"),
)
"""The columns of stored queries that hold such words as `code` knows."""
_SCALES: Final = {
    "en": ((10**12, " trillion"), (10**9, " billion"), (10**6, " million")),
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
}
_LEAST: Final = 10**6
"""Smaller numbers are written in full."""
_PLACES: Final = 2
_BEGIN: Final = "resolved."
_CLASSES: Final = re.compile(r"[A-Z]\w+(\|[A-Z]\w+)*")
Label = Callable[[object], str]


def saying(language: str, label: Label) -> dict[str, Any]:
    """Return what `facts.html` needs, in a language; `label` names things.

    `code` is a word that stored queries answer with, such as `invests in`, in the language; `gloss` what a
    rule says; `own_words` what a term of RDF or OWL is called; each is empty where nobody has put it into
    words. A column of names is called as what they name.
    """
    t = texts(language).get

    def column_name(name: str) -> str:
        about = name.removesuffix("Zh").removesuffix("Name")
        return t(f"column.{name}") or t(f"column.{about}") or in_words(name)

    def gloss(rule: str) -> str:
        return "; ".join(filter(None, (t(f"rule.{part}") for part in rule.split(" + "))))

    return {
        "amount": lambda value: amount(value, language),
        "unit": lambda term: unit(term, language),
        "curie": short,
        "code": lambda term: t(f"code.{term.value}", "") if isinstance(term, Literal) else "",
        "gloss": gloss,
        "register_words": lambda words: register_words(words, language),
        "word": lambda code: t(f"code.{code}", code),
        "own_words": lambda term: t(f"term.{curie(term)}", "") if isinstance(term, NamedNode) else "",
        "resolution": lambda said: resolved(said, language, label),
        "subject_name": lambda name: t(f"question.group.{name}") or in_words(name),
        "column_name": column_name,
        "comparators": COMPARATORS,
        "modalities": MODALITIES,
        "coded": CODED,
    }


def amount(value: str, language: str) -> str:
    """Return a number for a reader: a large round one in the words of the language, all others in full.

    What is no number is returned as it is.

    >>> amount("57920000", "en"), amount("57920000", "zh"), amount("13800000000", "en")
    ('57.92 million', '5,792万', '13.8 billion')
    >>> amount("76200", "en"), amount("95", "zh"), amount("0.50", "en")
    ('76,200', '95', '0.5')
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    for scale, word in _SCALES[language]:
        scaled = number / scale
        if abs(number) >= max(scale, _LEAST) and scaled == round(scaled, _PLACES):
            return plain_number(scaled) + word
    return plain_number(number)


def unit(term: object, language: str) -> str:
    """Return the short name of a unit; empty for a count.

    >>> unit(NamedNode("http://qudt.org/vocab/unit/CCY_CNY"), "zh")
    '元'
    """
    if not isinstance(term, NamedNode):
        return ""
    name = curie(term).removeprefix(CURRENCY).rpartition(":")[2]
    return texts(language).get(f"unit.{name}") or unit_form(name, language).replace("{n}", "").strip()


def figure_words(comparator: str, value: str, of: object, language: str) -> str:
    """Return a figure in words: how it is to be read, its number, and what unit it is of.

    >>> figure_words("more than", "45000000000", NamedNode("http://qudt.org/vocab/unit/HA"), "en")
    'more than 45 billion hectares'
    """
    words = text(language, f"comparator.{comparator}") if comparator in COMPARATORS else ""
    number, measure = amount(value, language), unit(of, language)
    shown = (words, number + measure) if language == "zh" else (words, number, measure)
    return " ".join(word for word in shown if word)


def graph_words(graph: NamedNode, language: str) -> str:
    """Return what a named graph holds; empty for one that is not the project's.

    >>> graph_words(NamedNode("https://w3id.org/g60kg/graph/inferred"), "zh")
    '推理图'
    """
    layer, _, article = graph.value.removeprefix(GRAPH.base).partition("/")
    known = texts(language).get(f"graph.{layer}") if graph.value.startswith(GRAPH.base) else None
    return known.format(article=article) if known else ""


def register_words(words: str, language: str) -> Literal:
    """Return what the register says in English in a language, where somebody wrote that down, else as it is.

    >>> register_words("The park's own name.", "zh").value
    '该园区自己的名称。'
    """
    known = texts(f"register.{language}").get(words) if language != "en" else None
    return Literal(known, language=language) if known else Literal(words, language="en")


def short(term: object) -> str:
    """Return what names a term in an address: a CURIE, or the text of a literal."""
    if isinstance(term, NamedNode):
        return curie(term)
    return term.value if isinstance(term, Literal | BlankNode) else str(term)


@dataclass(frozen=True, slots=True)
class Resolved:
    """By which rule words such as "the region" were understood: the words of the article, if any; the rule.

    `translated`: whether the rule is in words of the language asked for.
    """

    surface: str
    rule: str
    translated: bool


def resolved(said: str, language: str, label: Label) -> Resolved:
    """Return what a claim says of how words were understood: `WORDS: RULE, RULE …`, or the rules alone.

    The own words of the rules are English; the texts `resolved.RULE` say them in each language, `*` standing
    for what differs, such as classes, which `label` names. A rule that no text says stands as it is.

    >>> resolved("it: salient", "zh", str)
    Resolved(surface='it', rule='文中此处所谈的事物', translated=True)
    """
    surface, _, rules = said.rpartition(": ")
    parts = [(_rule_words(rule, language, label), rule) for rule in rules.split(", ")]
    words = text(language, "rules.and").join(found or rule for found, rule in parts)
    return Resolved(surface, words, all(found for found, _ in parts))


def _rule_words(rule: str, language: str, label: Label) -> str | None:
    """Return a rule in a language; None for one that no text says."""
    for expression, known in _rules():
        match = expression.fullmatch(rule)
        if match:
            kinds = match.groupdict().get("kind") or ""
            if _CLASSES.fullmatch(kinds):
                names = (label(G60[name]).removeprefix("g60:") for name in kinds.split("|"))
                kinds = text(language, "kinds.or").join(names)
            return text(language, f"resolved.{known}", kind=kinds)
    return None


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the rules that the texts know, with their expressions, those without `*` first."""
    known = [key.removeprefix(_BEGIN) for key in texts("en") if key.startswith(_BEGIN)]
    return tuple(
        (re.compile(re.escape(rule).replace(r"\*", r"(?P<kind>[\w|? ]+)")), rule)
        for rule in sorted(known, key=lambda rule: ("*" in rule, rule))
    )
