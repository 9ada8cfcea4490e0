"""From the words of a question to its terms: things, ideas, numbers, times, and the words that are left."""

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final
from unicodedata import numeric

from g60kg.ask import words
from g60kg.ask.index import Index
from g60kg.ask.model import Term
from g60kg.ask.words import CHINESE, Found, Lexicon, ideas, ordinary, table, tokens

_AND: Final = re.compile(r"[\s,、]*(?:or|and|nor|或|和|及|与)?[\s,、]*(?:in )?", re.I)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBER: Final = re.compile(r"\d{1,18}(?:\.\d{1,9})?%?")
_DIGITS: Final = frozenset("零一二三四五六七八九两十百千")
Things = list[tuple[Found, Term]]


class Reader:
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
        self._skip("phrases")
        things = [each for found in self.index.names.find(self.forms) for each in self._thing(found)]
        times = self._times()
        known = [self._idea(found) for found in self._free(words.idea_lexicon())]
        for found in self._free(words.translated()):
            values = tuple(sorted(found.means))
            known.append(Term("word", self._take(*found[:2], "word"), values, self._word_weight(values)))
        self._skip("zh_words")
        numbers, partial = self._numbers(), self._partial(things)
        inside = [self.partly.issuperset(range(*found[:2])) for found, _ in things]  # it says less
        terms = [
            replace(term, weight=0.6, note="inside") if is_inside else term
            for (_, term), is_inside in zip(things, inside, strict=True)
        ]
        return [*partial, *terms, *known, *times, *numbers, *self._words()]

    def _skip(self, name: str) -> None:
        for found in self._free(words.skipped(name)):
            self._take(*found[:2], "skipped")

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

    def _thing(self, found: Found) -> Things:
        """Return the thing that a name means; of one that nothing is said of, the things named inside it."""
        found = self._uncut(found)
        at, end, means = found
        row, said_of = self.keys[at:end], self.index.said_of
        ideas_here = [ideas()[name] for each in words.idea_lexicon().find(row) for name in each.means]
        is_relation = len(row) == 1 and any(idea.predicates for idea in ideas_here)  # "headquarters"
        if any(self.took[at:end]) or ordinary().issuperset(row) or is_relation:
            return []
        said = sorted(filter(said_of, means))
        nested = [] if said else self.index.names.find(self.forms[at:end], nested=True)
        inner = [
            each for each in nested if each.end - each.start < len(row) and any(map(said_of, each.means))
        ]
        if inner:
            return [t for s, e, held in inner for t in self._thing(Found(s + at, e + at, held))]
        other = sorted(thing for idea in ideas_here for thing in idea.entities if said_of(thing))
        values = tuple(said or other or sorted(means))
        industry = any(self.index.is_of(value, ("IndustryCategory",)) for value in values)
        text = self._take(at, end, "telling" if industry else "thing")
        start = self.tokens[at].start
        is_out = self.text[:start].rstrip().lower().endswith(tuple(table("stop")["except"]))
        is_out |= bool(self.out) and bool(_AND.fullmatch(self.text[self.out : start]))  # "not in A or B"
        self.out = start + len(text) if is_out else 0
        return [(found, Term("except" if is_out else "thing", text, values, self._weight(values)))]

    def _uncut(self, found: Found) -> Found:
        """Return a name without a last character that begins a word: "上海市长" is no 上海市 with 长."""
        start, end, _ = found
        word = next(words.idea_lexicon().find(self.keys[end - 1 : end + 3]), found)
        if word.start or word.end < 2 or not CHINESE.match(self.keys[end - 1]):
            return found
        shorter = self.index.names.find(self.forms[start : end - 1])
        return next((Found(start, end - 1, s.means) for s in shorter if s.end == end - 1 - start), found)

    def _weight(self, things: tuple[str, ...]) -> float:
        return 2.0 + 1.5 * self._rarity(f"thing:{thing}" for thing in things)

    def _word_weight(self, keys: Iterable[str]) -> float:
        return 0.6 + 0.6 * self._rarity(keys)

    def _rarity(self, keys: Iterable[str]) -> float:
        return min(map(self.index.rarity, keys))

    def _idea(self, found: Found) -> Term:
        start, end, means = found
        names = tuple(sorted(means))
        meant = [ideas()[name] for name in names]
        row = self.keys[start:end]  # "come from" says little, "come up with" does
        weak = all(i.weak for i in meant) or (len(row) < 3 and ordinary().issuperset(row))
        telling = any(i.entities or not (i.classes or i.predicates or i.measures or i.weak) for i in meant)
        weight = 0.5 if weak else 1.0 + self._rarity(f"idea:{name}" for name in names)
        return Term("idea", self._take(start, end, "telling" if telling else "idea"), names, weight)

    def _times(self) -> list[Term]:
        found, months = [], table("stop")["months"]
        for at in (at for at, taken in enumerate(self.took) if not taken):
            key, word = self.keys[at], self._written(at, at + 1)
            named = next((n for n, each in enumerate(months, 1) if word.lower() in (each, each[:3])), 0)
            named *= word[0].isupper() or word.lower() not in ("may", "march")
            if _YEAR.fullmatch(word):
                self._take(at, at + 1 + (self.keys[at + 1 : at + 2] == ["年"]), "time")
                found.append(Term("year", word, (key,), 2.0))
            elif named or (key == "月" and at and re.fullmatch(r"\d\d?", self.keys[at - 1])):
                text = self._take(at if named else at - 1, at + 1, "time")
                found.append(Term("month", text, (f"{named or int(self.keys[at - 1]):02}",), 1.5))
        return found

    def _numbers(self) -> list[Term]:
        found = list[Term]()
        for at, key in enumerate(self.keys):
            is_written, is_chinese = _NUMBER.fullmatch(key), key in _DIGITS - {"千"}
            end = at + 1
            while is_chinese and self._left(end) in _DIGITS:
                end += 1
            if is_written or is_chinese:
                own = float(key.rstrip("%")) if is_written else _chinese_number("".join(self.keys[at:end]))
                scale = table("stop")["scales"].get(self._left(end), 1)
                end += scale != 1
                value = f"{own * scale:f}".rstrip("0").rstrip(".")
            else:
                value = str(table("stop")["numbers"].get(self._left(at), ""))
            if value and not self.took[at]:
                text = self._take(at, end, "number")
                weight = 2.5 if is_written else 1.5 if float(value) >= 10 else 0.6
                found.append(Term("number", text, (value,), weight))
        return found

    def _left(self, at: int) -> str:
        """Return a word that is not taken yet, in small letters; nothing where there is none."""
        return self._written(at, at + 1).lower() if at < len(self.keys) and not self.took[at] else ""

    def _partial(self, things: Things) -> list[Term]:
        """Return the things that parts of their names point to: "the Wuhu centre", "人工智能基地".

        One name alone points to nothing else, nor does a word for a kind of things.
        """
        whole = {value for _, term in things for value in term.values}
        spans = [set(self.keys[found.start : found.end]) for found, _ in things]
        named = {at for found, _ in things for at in range(found.start, found.end)}
        rated = []
        for thing, names in self.index.parts.items():
            share, places = (0.0, []) if thing in whole else max(map(self._share, names), default=(0.0, []))
            used = {self.keys[at] for at in places}
            if not share or named.issuperset(places) or any(span >= used for span in spans):
                continue
            # a long run points to a thing with another's name in it
            is_long = len(places) > (6 if all(map(CHINESE.match, used)) else 3)
            points = {self.took[at] for at in places} & {"", "telling", *(("thing",) if is_long else ())}
            if points and self.index.said_of(thing):
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
        if is_chinese := CHINESE.match(name[-1]):
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
        return (weight * (1 + share) if share >= (0.4 if is_chinese else 0.48) else 0.0), places

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
                text, is_name = self._written(start, at), at - start > 1
                self.unknown += [text] if is_name else []
                found.append(Term("word", text, (text,), 1.2 if is_name else 0.3))
        return found

    def _word(self, at: int, key: str) -> Term:
        written, before = self._written(at, at + 1), self.text[: self.tokens[at].start]
        is_name = written[0].isupper() and at > 0 and not before.rstrip().endswith((".", "?", "!"))
        called = tuple(self.index.first_words.get(key, ())) if is_name else ()
        if len(called) == 1:  # "Intel" of "Intel Products"
            return Term("thing", written, called, self._weight(called), "part")
        if key in self.index.known:
            return Term("word", written, (key,), self._word_weight((key,)))
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
