"""From the words of a question to what they mean: its kind, and its terms: things, ideas, numbers, years.

A typo of an ordinary word is mended and said; a name that is only like another is never taken for it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from itertools import takewhile
from string import ascii_lowercase
from typing import Final
from unicodedata import numeric

from g60kg.ask.index import Index
from g60kg.ask.model import Part, Question, Term
from g60kg.ask.words import (
    CHINESE,
    Found,
    Lexicon,
    fold,
    form,
    idea_lexicon,
    ideas,
    ordinary,
    skipped,
    table,
    tokens,
    translated,
)

_AND: Final = re.compile(r"[\s,、]*(?:or|and|nor|或|和|及|与)?[\s,、]*(?:in )?", re.I)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBER: Final = re.compile(r"\d{1,18}(?:\.\d{1,9})?%?")
_DIGITS: Final = frozenset("零一二三四五六七八九两十百千")
_LONGEST: Final = 400
"""Characters of a question that are read; more is no question."""
OUT: Final = "-"
"""What is given for a part that is left out."""
_ALIKE: Final = 0.5
"""Things that share so much of their classes can stand in each other's place."""
_MOST: Final = 40
_CHOSEN: Final = ("thing", "except", "year", "idea", "number", "month", "word")


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
    reader, kind = _Reader(mended, index), kind_of(mended)
    terms = reader.read()
    asking = set(table("graph")["asking"].get(kind, ()))  # "located" asks where, and says nothing
    terms = [t._replace(weight=0.3) if asking.issuperset(t.values) else t for t in terms]
    if kind in ("which", "who"):
        terms = _without(terms, mended, index)
    language = "zh" if chinese and chinese * 2 >= english else "en"
    return Question(text, language, kind, tuple(terms), tuple(reader.unknown), tuple(notes), mended)


def _without(terms: list[Term], text: str, index: Index) -> list[Term]:
    """Return terms with what is left out: of two phases the first, of one to which is added those before."""
    phases = [term for term in terms if any(index.is_of(each, ("CorridorPhase",)) for each in term.values)]
    first = min(phases, key=lambda term: text.find(term.text), default=None)
    if first and len(phases) == 2 and form("between").search(text):  # who joined between two
        return [term._replace(kind="except") if term is first else term for term in terms]
    if first and len(phases) == 1 and form("added").search(text):
        begun = index.begun.get(first.values[0], [""])
        if earlier := tuple(each for each, times in index.begun.items() if times < begun):
            return [*terms, Term("except", first.text, earlier, 0.3)]
    return terms


def _mend(plain: str, index: Index) -> tuple[str, list[str]]:
    """Return a question with the typos of its words mended, and what was mended."""
    row, notes = tokens(plain), []
    right = index.misspelt([token.key for token in row])  # one character of a long Chinese name
    parts, done = [], 0
    for at, token in enumerate(row):
        written = plain[token.start : token.end]
        usual = table("stop")["typos"].get(written.lower())
        if near := right.get(at) or usual or _nearest(token.key, written, index):
            parts += [plain[done : token.start], near]
            done = token.end
            notes.append(f"{written} → {near}")
    return "".join([*parts, plain[done:]]), notes


def _nearest(key: str, written: str, index: Index) -> str | None:
    """Return the one word that a typo stands for: it has a letter more, less, or two in each other's place.

    A letter that is another makes another name: Fuzhou is not Suzhou. In an ordinary word it is a typo, too.
    """
    known, low = index.spelt, written.lower()
    if key in index.known or low in table("stop")["irregular"] or not (low.isascii() and low.isalpha()):
        return None
    cuts = [(low[:at], low[at:]) for at in range(1, len(low) + 1)]
    if len(low) < 5:  # "teh"
        turned = {a[:-1] + b[:1] + a[-1:] + b[1:] for a, b in cuts}.intersection(table("stop")["en"])
        return turned.pop() if len(turned) == 1 and len(low) > 2 and written == low else None
    near = {a + b[1:] for a, b in cuts} | {a + b[1:2] + b[:1] + b[2:] for a, b in cuts}
    near |= {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    if len(low) >= 6 and written == low:
        other = {a + letter + b[1:] for a, b in cuts for letter in ascii_lowercase}
        plain = idea_lexicon().words  # all but a name
        near |= {
            word for word in other & known.keys() if known[word] in plain or known[word] not in index.borne
        }
    found = {word for word in near & known.keys() if word[:-1] != low[:-1] and word + low[-1] != low}
    word = found.pop() if len(found) == 1 else None
    return word.capitalize() if word and written[0].isupper() else word


class _Reader:
    """Reads the terms of one question.

    `took` says what each token was taken as, `out` where the last thing ends that is to be left out.
    """

    def __init__(self, text: str, index: Index) -> None:
        self.text, self.index, self.tokens = text, index, tokens(text)
        self.keys = [token.key for token in self.tokens]
        self.forms = [token.form for token in self.tokens]
        self.took, self.unknown = [""] * len(self.keys), list[str]()
        self.partly, self.out = set[int](), 0

    def read(self) -> list[Term]:
        """Return the terms, things first."""
        for found in self._free(skipped("phrases")):
            self._take(*found[:2], "skipped")
        things = [each for found in self.index.names.find(self.forms) for each in self._thing(found)]
        times = self._times()
        known = [self._idea(found) for found in self._free(idea_lexicon())]
        for found in self._free(translated()):
            values = tuple(sorted(found.means))
            known.append(
                Term("word", self._take(*found[:2], "word"), values, 0.6 + 0.6 * self._rarity(values))
            )
        for found in self._free(skipped()):
            self._take(*found[:2], "skipped")
        numbers, partial = self._numbers(), self._partial(things)
        terms = []
        for found, term in things:  # one whose words are part of another's name says less
            inside = self.partly.issuperset(range(found.start, found.end))
            terms.append(term._replace(weight=0.6, note="inside") if inside else term)
        return [*partial, *terms, *known, *times, *numbers, *self._words()]

    def _written(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def _take(self, start: int, end: int, what: str) -> str:
        self.took[start:end] = [what] * (end - start)
        return self._written(start, end)

    def _free(self, lexicon: Lexicon) -> list[Found]:
        """Return the phrases of a lexicon in the runs of tokens that are not taken yet."""
        found, start = [], 0
        for at in range(len(self.keys) + 1):
            if at == len(self.keys) or self.took[at]:
                inside = lexicon.find(self.keys[start:at])
                found += [Found(each.start + start, each.end + start, each.means) for each in inside]
                start = at + 1
        return found

    def _thing(self, found: Found) -> list[tuple[Found, Term]]:
        """Return the thing that a name means; of one that nothing is said of, the things named inside it."""
        found = self._uncut(found)
        row, forms = self.keys[found.start : found.end], self.forms[found.start : found.end]
        ideas_here = [ideas()[name] for each in idea_lexicon().find(row) for name in each.means]
        is_relation = len(row) == 1 and any(idea.predicates for idea in ideas_here)  # "headquarters"
        if any(self.took[found.start : found.end]) or ordinary().issuperset(row) or is_relation:
            return []
        said = sorted(filter(self.index.said_of, found.means))
        inner = [] if said else self.index.names.find(forms, nested=True)
        inner = [each for each in inner if each.end - each.start < len(row)]
        inner = [each for each in inner if any(map(self.index.said_of, each.means))]
        if inner:
            at = found.start
            return [t for s, e, means in inner for t in self._thing(Found(s + at, e + at, means))]
        other = sorted(thing for idea in ideas_here for thing in idea.entities if self.index.said_of(thing))
        values = tuple(said or other or sorted(found.means))
        industry = any(self.index.is_of(value, ("IndustryCategory",)) for value in values)
        text = self._take(*found[:2], "telling" if industry else "thing")
        start = self.tokens[found.start].start
        is_out = self.text[:start].rstrip().lower().endswith(tuple(table("stop")["except"]))
        is_out |= bool(self.out) and bool(_AND.fullmatch(self.text[self.out : start]))  # "not in A or B"
        self.out = start + len(text) if is_out else 0
        kind = "except" if is_out else "thing"
        note = "garbled" if text.lower() in self.index.garbled else ""
        return [(found, Term(kind, text, values, self._weight(values), note))]

    def _uncut(self, found: Found) -> Found:
        """Return a name without a last character that begins a word: "上海市长" is no 上海市 with 长."""
        start, end, _ = found
        word = next(idea_lexicon().find(self.keys[end - 1 : end + 3]), found)
        if word.start or word.end < 2 or not CHINESE.match(self.keys[end - 1]):
            return found
        shorter = self.index.names.find(self.forms[start : end - 1])
        return next((Found(start, end - 1, s.means) for s in shorter if s.end == end - 1 - start), found)

    def _weight(self, things: tuple[str, ...]) -> float:
        return 2.0 + 1.5 * self._rarity(f"thing:{thing}" for thing in things)

    def _rarity(self, keys: Iterable[str]) -> float:
        return min(map(self.index.rarity, keys))

    def _idea(self, found: Found) -> Term:
        names = tuple(sorted(found.means))
        meant = [ideas()[name] for name in names]
        row = self.keys[found.start : found.end]  # "come from" says little, "come up with" does
        weak = all(i.weak for i in meant) or (len(row) < 3 and ordinary().issuperset(row))
        telling = any(i.entities or not (i.classes or i.predicates or i.measures or i.weak) for i in meant)
        weight = 0.5 if weak else 1.0 + self._rarity(f"idea:{name}" for name in names)
        return Term("idea", self._take(*found[:2], "telling" if telling else "idea"), names, weight)

    def _times(self) -> list[Term]:
        found, months = [], table("stop")["months"]
        for at in (at for at, taken in enumerate(self.took) if not taken):
            key, word = self.keys[at], self._written(at, at + 1)
            named = next((n for n, each in enumerate(months, 1) if word.lower() in (each, each[:3])), 0)
            named *= word[0].isupper() or word.lower() not in ("may", "march")
            if _YEAR.fullmatch(word):
                after = at + 1 + (self.keys[at + 1 : at + 2] == ["年"])
                self._take(at, after, "time")
                found.append(Term("year", word, (key,), 2.0))
            elif named or (key == "月" and at and re.fullmatch(r"\d\d?", self.keys[at - 1])):
                text = self._take(at if named else at - 1, at + 1, "time")
                found.append(Term("month", text, (f"{named or int(self.keys[at - 1]):02}",), 1.5))
        return found

    def _numbers(self) -> list[Term]:
        found, end = list[Term](), 0
        for at, key in enumerate(self.keys):
            if self.took[at] or at < end:
                continue
            end, word = at + 1, self._written(at, at + 1).lower()
            is_written, is_chinese = _NUMBER.fullmatch(key), key in _DIGITS - {"千"}
            while is_chinese and end < len(self.keys) and not self.took[end] and self.keys[end] in _DIGITS:
                end += 1
            if is_written or is_chinese:
                scale = self._scale(end)
                own = float(key.rstrip("%")) if is_written else _chinese_number("".join(self.keys[at:end]))
                end += scale != 1
                value = f"{own * scale:f}".rstrip("0").rstrip(".")
            else:
                value = str(table("stop")["numbers"].get(word, ""))
            if value:
                text = self._take(at, end, "number")
                weight = 2.5 if is_written else 1.5 if float(value) >= 10 else 0.6
                found.append(Term("number", text, (value,), weight))
        return found

    def _scale(self, at: int) -> int:
        """Return what the word behind a number multiplies it by."""
        is_free = at < len(self.keys) and not self.took[at]
        return int(table("stop")["scales"].get(self._written(at, at + 1).lower() if is_free else "", 1))

    def _partial(self, things: list[tuple[Found, Term]]) -> list[Term]:
        """Return the things that parts of their names point to: "the Wuhu centre", "人工智能基地".

        One name alone points to nothing else, nor does a word for a kind of things.
        """
        whole = {value for _, term in things for value in term.values}
        spans = [set(self.keys[found.start : found.end]) for found, _ in things]
        named = {at for found, _ in things for at in range(found.start, found.end)}
        rated = []
        for thing, names in self.index.parts.items():
            share, places = (0.0, []) if thing in whole else max(map(self._share, names), default=(0.0, []))
            is_chinese = all(CHINESE.match(self.keys[at]) for at in places)
            is_long = len(places) > (6 if is_chinese else 3)  # it points to a thing with another's name in it
            inside = any(span.issuperset(self.keys[at] for at in places) for span in spans)
            inside |= named.issuperset(places) and not is_long
            points = {self.took[at] for at in places} & {"", "telling", *(("thing",) if is_long else ())}
            if share and points and not inside and self.index.said_of(thing):
                rated.append((share, thing, places))
        if not rated:
            return []
        best, _, places = max(rated)
        values = tuple(sorted(thing for share, thing, _ in rated if share >= best * 0.85))
        self.partly = set(places)
        text = self._written(places[0], places[-1] + 1)
        return [Term("thing", text, values, self._weight(values), "part")]

    def _share(self, name: tuple[str, ...]) -> tuple[float, list[int]]:
        """Return how much of a name is in the question, rare words first, and where; its last must be."""
        if len(set(name)) < 2:
            return 0.0, []
        if CHINESE.match(name[-1]):
            matcher = SequenceMatcher(None, self.keys, name, autojunk=False)
            blocks = [block for block in matcher.get_matching_blocks() if block.size >= 2]
            if not any(b.size >= 3 for b in blocks) or blocks[-1].b + blocks[-1].size < len(name):
                return 0.0, []
            places = [at for block in blocks for at in range(block.a, block.a + block.size)]
        else:
            places = [at for at, key in enumerate(self.keys) if key in name and key not in ordinary()]
        used = {self.keys[at] for at in places}
        if name[-1] not in used or len(used) < 2 or places[-1] - places[0] > len(name) + 4:
            return 0.0, []
        weights = {key: (1.0 + self.index.borne[key]) ** -0.5 for key in name}
        weight = sum(weights[key] for key in used)
        share = weight / sum(weights.values())
        least = 0.4 if CHINESE.match(name[-1]) else 0.48
        return (weight * (1 + share) if share >= least else 0.0), places

    def _words(self) -> list[Term]:
        """Return the other words; a Chinese run or a capitalised word by which nothing is known is a name."""
        found, at, silent = list[Term](), 0, table("stop")["zh"]
        while at < len(self.keys):
            start, key = at, self.keys[at]
            at += 1
            if self.took[start] or key in ordinary() or key in silent or key.isdigit():
                continue
            if not CHINESE.match(key):
                found.append(self._word(start, key))
            elif start not in self.partly:
                rest = zip(self.keys[at:], self.took[at:], strict=True)
                run = takewhile(lambda e: not e[1] and CHINESE.match(e[0]) and e[0] not in silent, rest)
                at += len(list(run))
                text = self._written(start, at)
                self.unknown += [text] if at - start > 1 else []
                found.append(Term("word", text, (text,), 1.2 if at - start > 1 else 0.3))
        return found

    def _word(self, at: int, key: str) -> Term:
        written, before = self._written(at, at + 1), self.text[: self.tokens[at].start]
        is_name = written[0].isupper() and at > 0 and not before.rstrip().endswith((".", "?", "!"))
        called = tuple(self.index.first_words.get(key, ())) if is_name else ()
        if len(called) == 1:  # "Intel" of "Intel Products"
            return Term("thing", written, called, self._weight(called), "part")
        if key in self.index.known:
            return Term("word", written, (key,), 0.6 + 0.6 * self.index.rarity(key))
        if is_name and written.isalpha():
            after = self.unknown and before.endswith(f"{self.unknown[-1]} ")
            self.unknown.append(f"{self.unknown.pop()} {written}" if after else written)
        return Term("word", written, (key,), 0.9)


def _chinese_number(text: str) -> int:
    """Return a number below ten thousand that is written in Chinese characters.

    >>> [_chinese_number(text) for text in ("五十", "十八", "两百", "六千")]
    [50, 18, 200, 6000]
    """
    total, digit = 0, None
    for value in map(int, map(numeric, text.replace("两", "二"))):
        total += value * (1 if digit is None else digit) if value >= 10 else 0
        digit = value if value < 10 else None
    return total + (digit or 0)


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
    own, near = index.types[term.values[0]], dict[str, float]()
    for thing, kinds in list(index.types.items()):
        share = len(own & kinds) / len(own | kinds) if own & kinds else 0.0
        if share >= _ALIKE and thing not in term.values and index.said_of(thing):
            near[thing] = -share
    alike = sorted((index.label(each, language), each) for each in sorted(near, key=near.__getitem__)[:_MOST])
    meant = [(thing, index.label(thing, language)) for thing in term.values]
    return meant + [(thing, name) for name, thing in alike]
