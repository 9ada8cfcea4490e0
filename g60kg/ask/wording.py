"""How answers are worded: names, figures, times and sentences, in the language of the question.

Goes in: facts and an `Index`. Comes out: text, evidence, rows; the wording itself is `data/ask/texts.yaml`.
"""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from shlex import quote
from typing import Final

from pyoxigraph import NamedNode

from g60kg.ask.index import Index, local
from g60kg.ask.match import times_of
from g60kg.ask.model import Evidence, Fact, Question
from g60kg.ask.words import ideas, table

_EN_SCALES: Final = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))
_ZH_SCALES: Final = ((10**8, "亿"), (10**4, "万"))
_MOST: Final = 3
"""Sentences of evidence that are shown before the table."""


def say(name: str, language: str, /, **parts: object) -> str:
    """Return a wording.

    >>> say("is_in", "zh", thing="芜湖市", place="安徽省")
    '芜湖市位于安徽省'
    """
    return str(table("texts")[name][language]).format(**parts)


def number_text(value: str, unit: str, language: str) -> str:
    """Return a number with its unit, in the way of a language.

    >>> number_text("45000000000", "CCY_CNY", "en"), number_text("45000000000", "CCY_CNY", "zh")
    ('45 billion yuan', '450亿元')
    >>> number_text("76200", "KiloM2", "en"), number_text("0.0625", "FRACTION", "en")
    ('76,200 km²', '1/16 (6.25%)')
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if unit == "FRACTION":
        part = Fraction(number).limit_denominator(100)
        return f"{part} ({round(float(number) * 100, 2):g}%)"
    scales = _EN_SCALES if language == "en" else _ZH_SCALES
    size, word = next(((size, word) for size, word in scales if abs(number) >= size and _short(number / size)), (1, ""))
    text = f"{number / size:,f}"
    text = (text.rstrip("0").rstrip(".") if "." in text else text) + word
    forms = table("texts")["units"].get(unit)
    return str(forms[language]).format(n=text) if forms else f"{text} {unit}"


def _short(number: Decimal) -> bool:
    return number == round(number, 4)


def figure_text(fact: Fact, language: str) -> str:
    """Return a figure: its comparator, number and unit."""
    number = number_text(fact.limits["value"][0], fact.limits.get("unit", ("NUM",))[0], language)
    comparator = table("texts")["comparators"].get(fact.limits.get("comparator", ("exact",))[0])
    return str(comparator[language]).format(n=number) if comparator else number


def measured(fact: Fact, index: Index, language: str) -> str:
    """Return what a figure is of: the thing, what is counted or measured, industry, time."""
    limits = fact.limits
    counted = limits.get("countedKind", ())
    measure = index.label(fact.predicate, language)
    words = [index.label(fact.subject, language), *(index.label(each, language) for each in limits.get("industry", ()))]
    words.append(counted[0] if counted and fact.predicate in ("companyCount", "count", "projectCount", "growth", "share") else measure)
    words += [say(change, language) for change in limits.get("change", ()) if change in ("before", "after")]
    return ", ".join([*dict.fromkeys(words), *times_of(fact)[:1]])


def value_text(fact: Fact, index: Index, language: str) -> str:
    """Return the object of a fact as a person reads it."""
    if "value" in fact.limits:
        return figure_text(fact, language)
    return index.label(local(fact.object), language) if isinstance(fact.object, NamedNode) else local(fact.object)


def listed(things: Iterable[str], index: Index, language: str) -> str:
    """Return the names of things as a list."""
    return say("comma", language).join(dict.fromkeys(index.label(thing, language) for thing in things))


def sentence_of(number: int, index: Index) -> Evidence:
    """Return a sentence as evidence, with its article."""
    each = index.sentences[number]
    return Evidence(" ".join(each.text.split()), each.article, each.title, each.date)


def evidence_of(facts: Iterable[Fact], index: Index, language: str, most: int = _MOST) -> tuple[Evidence, ...]:
    """Return the sentences that say facts, each once; what no sentence says is the register's, or follows by rules."""
    found: dict[str, Evidence] = {}
    for fact in facts:
        for each in _evidence(fact, index, language):
            found.setdefault(each.text, each)
        if len(found) >= most:
            break
    return tuple(found.values())[:most]


def _evidence(fact: Fact, index: Index, language: str) -> list[Evidence]:
    if fact.where is not None:
        return [sentence_of(fact.where, index)]
    if fact.layer == "register":
        what = f"{index.label(fact.subject, language)} {index.label(fact.predicate, language)} {value_text(fact, index, language)}"
        return [Evidence(f"{what}. {fact.source}", title=say("register", language))]
    same = [each for each in index.facts_of[fact.subject] if (each.predicate, each.object) == (fact.predicate, fact.object) and each.layer != "inferred"]
    return _evidence(same[0], index, language) if same else _proof(fact, index, language)


def _proof(fact: Fact, index: Index, language: str) -> list[Evidence]:
    """Return what the proof of an inferred fact rests on."""
    found = index.why(fact)
    if found is None:
        return []
    evidence = []
    for part in found.parts():
        for each in part.evidence:
            if each.kind == "said":
                number = index.sentence(each.article or "", each.start or 0)
                evidence += [sentence_of(number, index)] if number is not None else []
            elif part.fact and each.kind == "register":
                terms = [index.term(term, language) for term in part.fact]
                evidence.append(Evidence(f"{' '.join(terms)}. {each.source or ''}".strip(), title=say("register", language)))
    return list(dict.fromkeys(evidence))


def parts_of(question: Question, index: Index) -> tuple[tuple[str, str], ...]:
    """Return how a question was understood, part by part."""
    language = question.language
    shown = {entry["kind"]: entry["shown"][language] for entry in table("kinds")}
    parts = {say("kind", language): [shown[question.kind]]}
    for term in question.terms:
        if term.kind == "thing" and term.weight >= 1:
            names = " / ".join(index.label(value, language) for value in term.values)
            value = f"{term.text} = {names}"
        elif term.kind == "idea":
            value = term.text
        else:
            value = term.text if term.kind == "word" else term.values[0]
        if not (term.kind == "thing" and term.weight < 1):
            parts.setdefault(say(term.kind, language), []).append(value)
    if question.notes:
        parts[say("mended", language)] = list(question.notes)
    if question.unknown:
        parts[say("unknown", language)] = list(question.unknown)
    return tuple((name, ", ".join(dict.fromkeys(values))) for name, values in parts.items())


def command(fact: Fact, index: Index, question: Question) -> str:
    """Return the stored query that gives a fact, as a command that can be run again."""
    if "value" in fact.limits:
        year = f" --year {fact.limits['year'][0][:4]}" if fact.limits.get("year") and question.of("year") else ""
        return f"g60kg query figures --entity {quote(index.label(fact.subject, 'en'))} --measure {fact.predicate}{year}"
    entry = table("texts")["queries"].get(fact.predicate)
    if entry is None:
        return f"g60kg query said-of --entity {quote(index.label(fact.subject, 'en'))}"
    name, subject, value = entry
    if name == "member-cities" and "CorridorPhase" not in index.types[fact.subject]:
        subject = ""
    options = [f"--{option} {quote(index.label(thing, 'en'))}" for option, thing in ((subject, fact.subject), (value, local(fact.object))) if option]
    return " ".join(["g60kg query", name, *options[:1]])


def measures_of(question: Question) -> tuple[str, ...]:
    """Return the measures that the ideas of a question ask for."""
    return tuple(dict.fromkeys(m for term in question.of("idea") for name in term.values for m in ideas()[name].measures))
