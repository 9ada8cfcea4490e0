"""The parts of a question as it was understood, and the same question with other parts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from g60kg.ask.index import Index
from g60kg.ask.model import Part, Question, Term
from g60kg.ask.words import table

OUT: Final = "-"
"""What is given for a part that is left out."""
_ALIKE: Final = 0.5
"""Things that share so much of their classes can stand in each other's place."""
_MOST: Final = 40
_CHOSEN: Final = ("thing", "except", "year", "idea", "number", "month", "word")


def changed(question: Question, kind: str, instead: Mapping[str, str], index: Index) -> Question:
    """Return a question with another kind, if one is given, and other values for the parts of these words.

    A value is the id of a thing or a year, or `-` to leave the part out; any other changes nothing.
    """
    known = {str(each["kind"]) for each in table("kinds")}
    terms = []
    for term in question.terms:
        value = instead.get(term.text, "")
        is_year = term.kind == "year" and value.isascii() and value.isdigit()
        if is_year or (term.kind in ("thing", "except") and value in index.labels):
            term = term._replace(values=(value,))
        terms += [term] if value != OUT else []
    return replace(question, kind=kind if kind in known else question.kind, terms=tuple(terms))


def parts_of(question: Question, now: Question, index: Index) -> Iterator[Part]:
    """Yield the parts of a question, with what each may be; `now` is the question after it was changed."""
    language = question.language
    kinds = [(str(each["kind"]), str(each["shown"][language])) for each in table("kinds")]
    yield Part("kind", "", now.kind, tuple(kinds))
    taken = {term.text: term.values for term in now.terms}
    for term in question.terms:
        if term.note != "inside" and term.kind in _CHOSEN:
            values = taken.get(term.text, (OUT,))
            options = _options(term, index, language)
            yield Part(term.kind, term.text, values[0] if len(values) == 1 else "", tuple(options))


def _options(term: Term, index: Index, language: str) -> list[tuple[str, str]]:
    """Return what may stand for a term: what it may mean first, then what is like that."""
    if term.kind == "year":
        found = {time[:4] for fact in index.facts for time in fact.times if time[:4].isdigit()}
        return [(year, year) for year in sorted({*found, *term.values})]
    if term.kind not in ("thing", "except"):
        return []
    own = index.types[term.values[0]]
    rated = {
        thing: len(own & kinds) / len(own | kinds)
        for thing, kinds in list(index.types.items())
        if own & kinds and thing not in term.values and index.said_of(thing)
    }
    near = sorted((thing for thing, share in rated.items() if share >= _ALIKE), key=lambda each: -rated[each])
    alike = sorted((index.label(thing, language), thing) for thing in near[:_MOST])
    return [(thing, index.label(thing, language)) for thing in term.values] + [
        (thing, name) for name, thing in alike
    ]
