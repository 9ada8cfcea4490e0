"""From the words of a question to what they mean: its kind, and its terms: things, ideas, numbers, years.

A typo of an ordinary word is mended and said; a name that is only like another is never taken for it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from string import ascii_lowercase
from typing import Final

from g60kg.ask.index import Index
from g60kg.ask.model import Part, Question, Term
from g60kg.ask.terms import Reader
from g60kg.ask.words import CHINESE, fold, form, idea_lexicon, table, tokens

_LONGEST: Final = 400
"""Characters of a question that are read; more is no question."""
OUT: Final = "-"
"""What is given for a part that is left out."""
_ALIKE: Final = 0.5
"""Things that share so much of their classes can stand in each other's place."""
_MOST: Final = 40


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds of question with their expressions, in the order in which they are tried."""
    forms = [(entry["kind"], form) for entry in table("kinds") for form in (*entry["en"], *entry["zh"])]
    return tuple((kind, re.compile(form, re.I)) for kind, form in forms)


def kind_of(text: str, besides: str = "") -> str:
    """Return the kind of a question, one besides another.

    >>> kind_of("How many firms build robots?"), kind_of("芜湖是走廊成员吗"), kind_of("松江宣言")
    ('how_many', 'yes_no', 'thing')
    """
    return next((kind for kind, form in kinds() if kind != besides and form.search(text)), "thing")


def understand(text: str, index: Index) -> Question:
    """Return a question as understood."""
    plain = fold(text[:_LONGEST])
    for said, instead in table("graph")["rewrites"]:
        plain = re.sub(said, instead, plain, flags=re.I)
    chinese, english = len(CHINESE.findall(plain)), len(re.findall(r"[A-Za-z]+", plain))
    mended, notes = _mend(plain, index)
    reader, kind = Reader(mended, index), kind_of(mended)
    terms = reader.read()
    asking = set(table("graph")["asking"].get(kind, ()))  # "located" asks where, and says nothing
    terms = [replace(t, weight=0.3) if asking.issuperset(t.values) else t for t in terms]
    if kind in ("which", "who"):
        terms = _without(terms, mended, index)
    language = "zh" if chinese and chinese * 2 >= english else "en"
    return Question(text, language, kind, tuple(terms), tuple(reader.unknown), tuple(notes), mended)


def _without(terms: list[Term], text: str, index: Index) -> list[Term]:
    """Return terms with what is left out: of two phases the first, of one to which is added those before."""
    phases = [term for term in terms if any(index.is_of(each, ("CorridorPhase",)) for each in term.values)]
    first = min(phases, key=lambda term: text.find(term.text), default=None)
    if first and len(phases) == 2 and form("between").search(text):  # who joined between two
        return [replace(term, kind="except") if term is first else term for term in terms]
    if first and len(phases) == 1 and form("added").search(text):
        begun = index.begun.get(first.values[0], [""])
        if earlier := tuple(each for each, times in index.begun.items() if times < begun):
            return [*terms, Term("except", first.text, earlier, 0.3)]
    return terms


def _mend(plain: str, index: Index) -> tuple[str, list[str]]:
    """Return a question with the typos of its words mended, and what was mended."""
    row, notes, mended = tokens(plain), [], plain
    right = index.misspelt([token.key for token in row])  # one character of a long Chinese name
    for at, token in reversed(list(enumerate(row))):
        written = plain[token.start : token.end]
        usual = table("stop")["typos"].get(written.lower())
        if near := right.get(at) or usual or _nearest(token.key, written, index):
            mended = mended[: token.start] + near + mended[token.end :]
            notes.append(f"{written} → {near}")
    return mended, notes[::-1]


def _nearest(key: str, written: str, index: Index) -> str | None:
    """Return the one word that a typo stands for: it has a letter more, less, or two in each other's place.

    A letter that is another makes another name: Fuzhou is not Suzhou. In an ordinary word it is a typo, too.
    """
    known, low = index.spelt, written.lower()
    is_word = len(low) > 4 and low.isascii() and low.isalpha()
    if not is_word or key in index.known or low in table("stop")["irregular"]:
        return None
    cuts = [(low[:at], low[at:]) for at in range(1, len(low) + 1)]
    near = {a + b[1:] for a, b in cuts} | {a + b[1:2] + b[:1] + b[2:] for a, b in cuts}
    near |= {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    if len(low) >= 6 and written == low:
        other = {a + letter + b[1:] for a, b in cuts for letter in ascii_lowercase} & known.keys()
        plain = idea_lexicon().words  # all but a name
        near |= {word for word in other if known[word] in plain or known[word] not in index.borne}
    found = {word for word in near & known.keys() if word[:-1] != low[:-1] and word + low[-1] != low}
    word = found.pop() if len(found) == 1 else None
    return word.capitalize() if word and written[0].isupper() else word


def changed(question: Question, kind: str, instead: Mapping[str, str], index: Index) -> Question:
    """Return a question with another kind, if one is given, and other values for the parts of these words.

    A value is the id of a thing or a year, or `-` to leave the part out; any other changes nothing.
    """
    terms = []
    for term in question.terms:
        value = instead.get(term.text, "")
        is_year = term.kind == "year" and value.isascii() and value.isdigit()
        if is_year or (term.kind in ("thing", "except") and value in index.labels):
            term = replace(term, values=(value,))
        terms += [term] if value != OUT else []
    known = any(each["kind"] == kind for each in table("kinds"))
    return replace(question, kind=kind if known else question.kind, terms=tuple(terms))


def parts_of(question: Question, now: Question, index: Index) -> Iterator[Part]:
    """Yield the parts of a question, with what each may be; `now` is the question after it was changed."""
    language = question.language
    kinds = [(str(each["kind"]), str(each["shown"][language])) for each in table("kinds")]
    yield Part("kind", "", now.kind, tuple(kinds))
    taken = {term.text: term.values for term in now.terms}
    for term in question.terms:
        if term.note != "inside":
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
    own, near = index.types[term.values[0]], dict[str, float]()
    for thing, kinds in list(index.types.items()):
        share = len(own & kinds) / max(len(own | kinds), 1)
        if share >= _ALIKE and thing not in term.values and index.said_of(thing):
            near[thing] = -share
    alike = sorted((index.label(each, language), each) for each in sorted(near, key=near.__getitem__)[:_MOST])
    return [(thing, index.label(thing, language)) for thing in term.values] + [(t, name) for name, t in alike]
