"""From the words of a question to what they mean: its kind, and its terms: things, ideas, numbers, years.

A typo of an ordinary word is mended and said; a name that is only like another is never taken for it.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from g60kg.ask.index import Index
from g60kg.ask.model import Question, Term
from g60kg.ask.words import (
    CHINESE,
    Found,
    Lexicon,
    fold,
    idea_lexicon,
    ideas,
    ordinary,
    skipped,
    table,
    tokens,
)

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LIST: Final = re.compile(r"^\W*list (?=\w)", re.I)
"""What asks for a list; before "companies" it is not their being listed."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBER: Final = re.compile(r"\d{1,18}(?:\.\d{1,9})?%?")
_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_LONGEST: Final = 400
"""Characters of a question that are read; more is no question."""


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds of question with their expressions, in the order in which they are tried."""
    forms = [(entry["kind"], form) for entry in table("kinds") for form in (*entry["en"], *entry["zh"])]
    return tuple((kind, re.compile(form, re.I)) for kind, form in forms)


def kind_of(text: str) -> str:
    """Return the kind of a question.

    >>> kind_of("How many firms build robots?"), kind_of("芜湖是走廊成员吗"), kind_of("松江宣言")
    ('how_many', 'yes_no', 'thing')
    """
    return next((kind for kind, form in kinds() if form.search(text)), "thing")


def understand(text: str, index: Index) -> Question:
    """Return a question as understood."""
    plain = _LIST.sub("which ", fold(text[:_LONGEST]))
    chinese, english = len(CHINESE.findall(plain)), len(re.findall(r"[A-Za-z]+", plain))
    mended, notes = _mend(plain, index)
    reader, kind = _Reader(mended, index), kind_of(mended)
    terms = reader.read()
    if kind == "where":  # then "in" and "located" ask, and say nothing
        terms = [term._replace(weight=0.3) if term.values == ("located",) else term for term in terms]
    language = "zh" if chinese and chinese * 2 >= english else "en"
    return Question(text, language, kind, tuple(terms), tuple(reader.unknown), tuple(notes), mended)


def _mend(plain: str, index: Index) -> tuple[str, list[str]]:
    """Return a question with the typos of its words mended, and what was mended."""
    notes, parts, done = [], [], 0
    row = tokens(plain)
    for start, right in index.misspelt([token.key for token in row]):  # one character of a long Chinese name
        wrong = plain[row[start].start : row[start].end]
        notes.append(f"{wrong} → {right}")
        plain = f"{plain[: row[start].start]}{right}{plain[row[start].end :]}"
    for token in tokens(plain):
        written = plain[token.start : token.end]
        near = _nearest(token.key, written, index) if written.isascii() and written.isalpha() else None
        if near:
            parts += [plain[done : token.start], near]
            done = token.end
            notes.append(f"{written} → {near}")
    return "".join([*parts, plain[done:]]), notes


def _nearest(key: str, written: str, index: Index) -> str | None:
    """Return the one word that a typo stands for: it has a letter more, less, or two in each other's place.

    A letter that is another makes another name: Fuzhou is not Suzhou. In an ordinary word it is a typo, too.
    """
    if key in index.spelt or len(written) < 5 or key in ordinary():
        return None
    low, near = written.lower(), set()
    for other, spelt in ((key, form) for key, forms in index.spelt.items() for form in forms):
        word = spelt.lower()
        inflected = (low[:-1] == word and low[-1] in "dnrsy") or low[:-1] == word[:-1]
        if not inflected and abs(len(word) - len(low)) <= 1 and word[:1] == low[:1] and word.isalpha():
            moved, changed = _slips(low, word)
            if moved or (changed and len(low) >= 6 and other not in index.proper and written.islower()):
                near.add(spelt.lower() if spelt.lower() in idea_lexicon().words else spelt)
    return max(near) if len({word.lower() for word in near}) == 1 else None


def _slips(one: str, other: str) -> tuple[bool, bool]:
    """Tell whether words differ by a letter too many, too few or out of place; and by one that is another."""
    if len(one) == len(other):
        at = [place for place in range(len(one)) if one[place] != other[place]]
        swapped = (
            len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] + one[at[1]] == other[at[1]] + other[at[0]]
        )
        return swapped, len(at) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long))), False


@dataclass
class _Reader:
    """Reads the terms of one question; `took` says what each token was taken as."""

    text: str
    index: Index
    unknown: list[str] = field(default_factory=list)
    partly: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.tokens = tokens(self.text)
        self.keys = [token.key for token in self.tokens]
        self.took = [""] * len(self.keys)

    def read(self) -> list[Term]:
        """Return the terms, things first."""
        times = self._times()
        things = [each for found in self.index.names.find(self.keys) for each in self._thing(found)]
        known = [self._idea(found) for found in self._free(idea_lexicon())]
        for found in self._free(skipped()):
            self._take(found, "skipped")
        numbers = self._numbers()
        partial = self._partial(things)
        terms = [self._joined(*each) for each in things]
        return [*partial, *terms, *known, *times, *numbers, *self._words()]

    def _written(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def _take(self, found: Found, what: str) -> str:
        self.took[found.start : found.end] = [what] * (found.end - found.start)
        return self._written(found.start, found.end)

    def _is_free(self, found: Found) -> bool:
        return not any(self.took[found.start : found.end])

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
        """Return the thing that a name means; of one that nothing is said of, the things named inside it.

        "Headquartered" is no name, though "headquarters" is one of an industry.
        """
        found = self._uncut(found)
        row = self.keys[found.start : found.end]
        written = self._written(found.start, found.end)
        is_verb = (
            len(row) == 1 and written.endswith("ed") and any(idea_lexicon().find(row))
        )  # "headquartered"
        if not self._is_free(found) or ordinary().issuperset(row) or is_verb:
            return []
        said = sorted(thing for thing in found.means if self.index.said_of(thing))
        if not said:
            inner = [
                Found(each.start + found.start, each.end + found.start, each.means)
                for each in self.index.names.find(row, nested=True)
                if each.end - each.start < len(row) and any(map(self.index.said_of, each.means))
            ]
            if inner:
                return [each for one in inner for each in self._thing(one)]
        same = [ideas()[name] for each in idea_lexicon().find(row) for name in each.means]
        other = sorted(thing for idea in same for thing in idea.entities if self.index.said_of(thing))
        values = tuple(said or other or sorted(found.means))
        industry = any(self.index.is_of(value, ("IndustryCategory",)) for value in values)
        text = self._take(found, "telling" if industry else "thing")
        before = self.text[: self.tokens[found.start].start].rstrip().lower()
        kind = "except" if before.endswith(tuple(table("stop")["except"])) else "thing"
        note = "garbled" if text.lower() in self.index.garbled else ""
        return [(found, Term(kind, text, values, self._weight(values), note))]

    def _uncut(self, found: Found) -> Found:
        """Return a name without a last character that begins a word: "上海市长" is no 上海市 with 长."""
        start, end, means = found
        words = (
            list(idea_lexicon().find(self.keys[end - 1 : end + 3]))
            if CHINESE.match(self.keys[end - 1])
            else []
        )
        if not words or words[0].start or words[0].end < 2:
            return found
        shorter = self.index.names.find(self.keys[start : end - 1])
        return next(
            (
                Found(start, end - 1, each.means)
                for each in shorter
                if each.means & means and each.end == end - 1 - start
            ),
            found,
        )

    def _weight(self, things: tuple[str, ...]) -> float:
        return 2.0 + 1.5 * min(self.index.rarity(f"thing:{thing}") for thing in things)

    def _idea(self, found: Found) -> Term:
        names = tuple(sorted(found.means))
        meant = [ideas()[name] for name in names]
        weak = all(i.weak for i in meant) or ordinary().issuperset(self.keys[found.start : found.end])
        telling = any(i.entities or not (i.classes or i.predicates or i.measures or i.weak) for i in meant)
        weight = 0.5 if weak else 1.0 + min(self.index.rarity(f"idea:{name}") for name in names)
        return Term("idea", self._take(found, "telling" if telling else "idea"), names, weight)

    def _times(self) -> list[Term]:
        found = []
        for at, key in enumerate(self.keys):
            word = self._written(at, at + 1)
            named = word.lower() in MONTHS and (word[0].isupper() or word.lower() not in ("may", "march"))
            if _YEAR.fullmatch(word):
                after = at + 1 + (self.keys[at + 1 : at + 2] == ["年"])
                self._take(Found(at, after, frozenset()), "time")
                found.append(Term("year", word, (key,), 2.0))
            elif named or (key == "月" and at and self.keys[at - 1].isdigit() and len(self.keys[at - 1]) < 3):
                number = MONTHS.index(word.lower()) + 1 if named else int(self.keys[at - 1])
                text = self._take(Found(at if named else at - 1, at + 1, frozenset()), "time")
                found.append(Term("month", text, (f"{number:02}",), 1.5))
        return found

    def _numbers(self) -> list[Term]:
        found, at = [], 0
        while at < len(self.keys):
            key, end = self.keys[at], at + 1
            value, least = "", 10.0
            if self.took[at]:
                pass
            elif _NUMBER.fullmatch(key):
                after = (
                    self._written(end, end + 1).lower() if end < len(self.keys) and not self.took[end] else ""
                )
                scale = table("stop")["scales"].get(after, 1)
                end += scale != 1
                value, least = f"{float(key.rstrip('%')) * scale:f}".rstrip("0").rstrip("."), 0.0
            elif (word := self._written(at, end).lower()) in table("stop")["numbers"]:
                value = str(table("stop")["numbers"][word])
            elif key in _DIGITS or key == "十":
                while (
                    end < len(self.keys) and not self.took[end] and self.keys[end] in (*_DIGITS, "十", "百")
                ):
                    end += 1
                value = str(_chinese_number("".join(self.keys[at:end])))
            if value:
                text = self._take(Found(at, end, frozenset()), "number")
                weight = 2.5 if not least else 1.5 if float(value) >= least else 0.6
                found.append(Term("number", text, (value,), weight))
            at = end
        return found

    def _partial(self, things: list[tuple[Found, Term]]) -> list[Term]:
        """Return the things that parts of their names point to: "the Wuhu centre", "人工智能基地"."""
        whole = {value for _, term in things for value in term.values}
        spans = [set(self.keys[found.start : found.end]) for found, _ in things]
        rated = []
        for thing, names in self.index.parts.items():
            share, places = (0.0, []) if thing in whole else max(map(self._share, names), default=(0.0, []))
            inside = any(span.issuperset(self.keys[at] for at in places) for span in spans)
            if share and not inside and self.index.said_of(thing) and self._points(places):
                rated.append((share, thing, places))
        if not rated:
            return []
        top = max(rated)
        values = tuple(sorted(thing for share, thing, _ in rated if share >= top[0] * 0.85))
        self.partly = set(top[2])
        return [Term("thing", self._written(top[2][0], top[2][-1] + 1), values, self._weight(values), "part")]

    def _points(self, places: list[int]) -> bool:
        """Tell whether words point to one thing: one is no name and no word for a kind of things.

        Most of a long Chinese name points to it, too, with another name in it.
        """
        took = [self.took[at] for at in places]
        long = len(took) > 6 and all(CHINESE.match(self.keys[at]) for at in places)
        return "" in took or "telling" in took or (long and "thing" in took)

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

    def _joined(self, found: Found, term: Term) -> Term:
        """Return a thing; one whose words are part of another's name says less."""
        inside = self.partly.issuperset(range(found.start, found.end))
        return term._replace(weight=0.6, note="inside") if inside else term

    def _words(self) -> list[Term]:
        """Return the other words; a Chinese run or a capitalised word by which nothing is known is a name."""
        found: list[Term] = []
        at = 0
        while at < len(self.keys):
            start, key = at, self.keys[at]
            at += 1
            if self.took[start] or key in ordinary() or key in table("stop")["zh"] or key.isdigit():
                continue
            if CHINESE.match(key):
                if start in self.partly:
                    continue
                while at < len(self.keys) and not self.took[at] and CHINESE.match(self.keys[at]):
                    if self.keys[at] in table("stop")["zh"]:
                        break
                    at += 1
                text = self._written(start, at)
                self.unknown += [text] if at - start > 1 else []
                found.append(Term("word", text, (text,), 1.2 if at - start > 1 else 0.3))
            else:
                found.append(self._word(start, key))
        return found

    def _word(self, at: int, key: str) -> Term:
        written = self._written(at, at + 1)
        first = not at or self.text[: self.tokens[at].start].rstrip()[-1:] in ".?!"
        if key in self.index.spelt:
            return Term("word", written, (key,), 0.6 + 0.6 * self.index.rarity(key))
        if written[0].isupper() and written.isalpha() and not first:
            self.unknown.append(written)
        return Term("word", written, (key,), 0.9)


def _chinese_number(text: str) -> int:
    """Return a number below a thousand that is written in Chinese characters.

    >>> [_chinese_number(text) for text in ("五十", "十八", "两百", "六十九")]
    [50, 18, 200, 69]
    """
    total, digit = 0, None
    for letter in text:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        else:
            total += (1 if digit is None else digit) * (10 if letter == "十" else 100)
            digit = None
    return total + (digit or 0)
