"""From the words of a question to what they mean.

Goes in: a question and an `Index`. Comes out: a `Question`: its kind, and its terms: things, ideas, numbers, years. A
typo of an ordinary word is mended and said; a name that is only like another is never taken for it.
"""

import re
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from g60kg.ask.index import Index
from g60kg.ask.model import Question, Term
from g60kg.ask.words import CHINESE, Found, Lexicon, Token, fold, idea_lexicon, ideas, keys, table, tokens

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?%?")
_MONTHS: Final = "january february march april may june july august september october november december".split()
_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_LONGEST: Final = 400
"""Characters of a question that are read; more is no question."""


@cache
def kinds() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    """Return the kinds of question with their expressions, in the order in which they are tried."""
    return tuple(
        (entry["kind"], tuple(re.compile(text, re.I) for language in ("en", "zh") for text in entry[language]))
        for entry in table("kinds")
    )


def kind_of(text: str) -> str:
    """Return the kind of a question.

    >>> kind_of("How many firms build robots?"), kind_of("芜湖是走廊成员吗"), kind_of("松江宣言")
    ('how_many', 'yes_no', 'thing')
    """
    return next((kind for kind, forms in kinds() if any(form.search(text) for form in forms)), "thing")


def understand(text: str, index: Index) -> Question:
    """Return a question as understood."""
    plain = fold(text[:_LONGEST])
    language = "zh" if len(CHINESE.findall(plain)) * 2 >= len(re.findall(r"[A-Za-z]+", plain)) and CHINESE.search(plain) else "en"
    mended, notes = _mend(plain, index)
    reader = _Reader(mended, index)
    kind = kind_of(mended)
    terms = [replace(term, weight=0.3) if kind == "where" and term.values == ("located",) else term for term in reader.read()]
    return Question(text, language, kind, tuple(terms), tuple(reader.unknown), tuple(notes), mended)


@cache
def _ordinary() -> frozenset[str]:
    """Return words that say nothing by themselves."""
    return frozenset(key for word in table("stop")["en"] for key in keys(word))


@cache
def _skipped() -> Lexicon:
    lexicon = Lexicon()
    for word in table("stop")["zh_words"]:
        lexicon.add(word, word)
    return lexicon


def _mend(plain: str, index: Index) -> tuple[str, list[str]]:
    """Return a question with the typos of its words mended, and what was mended."""
    words = index.spelt
    notes, parts, done = [], [], 0
    for token in tokens(plain):
        written = plain[token.start : token.end]
        better = _nearest(token.key, written, words, index) if written.isascii() and written.isalpha() else None
        if better:
            parts += [plain[done : token.start], better]
            done = token.end
            notes.append(f"{written} → {better}")
    return "".join([*parts, plain[done:]]), notes


def _nearest(key: str, written: str, words: dict[str, str], index: Index) -> str | None:
    """Return the word that a typo stands for, or None: one letter more, less, or two changed places.

    A letter that is another makes another name: Fuzhou is not Suzhou. In a long ordinary word it is a typo.
    """
    if key in words or len(written) < 5 or key in _ordinary():
        return None
    low = written.lower()
    near = []
    for each, spelt in words.items():
        other = spelt.lower()
        if abs(len(other) - len(low)) > 1 or not spelt.isalpha() or other[:1] != low[:1] or each == key:
            continue
        moved, changed = _slips(low, other)
        is_name = each in index.proper
        if moved or (changed and not is_name and len(low) >= 6 and not written[0].isupper()):
            near.append(spelt)
    names = {word.lower() for word in near}
    return near[0] if len(names) == 1 else None


def _slips(one: str, other: str) -> tuple[bool, bool]:
    """Tell whether two words differ by a letter too many, too few or out of place; and whether by one changed letter."""
    if len(one) == len(other):
        places = [at for at in range(len(one)) if one[at] != other[at]]
        swapped = len(places) == 2 and places[1] == places[0] + 1 and one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
        return swapped, len(places) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long))), False


class _Reader:
    """Reads the terms of one question."""

    def __init__(self, text: str, index: Index) -> None:
        self.text = text
        self.index = index
        self.tokens = tokens(text)
        self.keys = [token.key for token in self.tokens]
        self.taken = [False] * len(self.keys)
        self.took = [""] * len(self.keys)
        self._partly: set[int] = set()
        self._industry = [False] * len(self.keys)
        self.unknown: list[str] = []

    def read(self) -> list[Term]:
        """Return the terms, things first."""
        times = list(self._times())
        things = self._things()
        ideas_found = list(self._ideas())
        numbers = list(self._numbers())
        partial = self._partial(things)
        things, left_out = self._excepted(things)
        self._skip()
        words = list(self._words())
        return [*self._joined(things, partial), *left_out, *ideas_found, *times, *numbers, *words]

    def _take(self, start: int, end: int, what: str = "other") -> str:
        for at in range(start, end):
            self.taken[at] = True
            self.took[at] = what
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def _things(self) -> list[tuple[int, int, Term]]:
        found = []
        for each in self.index.names.find(self.keys):
            if any(self.taken[each.start : each.end]):
                continue
            if all(key in _ordinary() for key in self.keys[each.start : each.end]) or self._is_word(each):
                continue
            known = tuple(sorted(value for value in each.means if self.index.said_of(value)))
            if not known and self._inside(each, found):
                continue
            text = self._take(each.start, each.end, "thing")
            values = known or tuple(sorted(each.means))
            for at in range(each.start, each.end):
                self._industry[at] = any("IndustryCategory" in self.index.types[value] for value in values)
            weight = 2.0 + 1.5 * min(self.index.rarity(f"thing:{value}") for value in values)
            note = "garbled" if text.lower() in self.index.garbled else ""
            found.append((each.start, each.end, Term("thing", text, values, weight, note)))
        return found

    def _is_word(self, each: Found) -> bool:
        """Tell whether a name is a word that asks for something, too: the headquarters of X are no industry."""
        same = [found for found in idea_lexicon().find(self.keys[each.start : each.end]) if found.end == each.end - each.start]
        return any(ideas()[name].predicates and not ideas()[name].entities for found in same if not found.start for name in found.means)

    def _inside(self, whole: Found, found: list[tuple[int, int, Term]]) -> bool:
        """Read the names inside one of which nothing is said, where there are any of which something is."""
        inner = [
            Found(each.start + whole.start, each.end + whole.start, each.means)
            for each in self.index.names.find(self.keys[whole.start : whole.end], nested=True)
            if each.end - each.start < whole.end - whole.start and any(self.index.said_of(value) for value in each.means)
        ]
        for each in inner:
            if not any(self.taken[each.start : each.end]):
                values = tuple(sorted(value for value in each.means if self.index.said_of(value)))
                weight = 2.0 + 1.5 * min(self.index.rarity(f"thing:{value}") for value in values)
                found.append((each.start, each.end, Term("thing", self._take(each.start, each.end, "thing"), values, weight)))
        return bool(inner)

    def _excepted(self, things: list[tuple[int, int, Term]]) -> tuple[list[tuple[int, int, Term]], list[Term]]:
        """Return the things that are asked about, and those that are left out: "besides X", "除了X"."""
        out = [each for each in things if self.text[: self.tokens[each[0]].start].rstrip().lower().endswith(tuple(table("stop")["except"]))]
        return [each for each in things if each not in out], [replace(term, kind="except") for _, _, term in out]

    def _ideas(self) -> list[Term]:
        found = []
        for each in self._free(idea_lexicon()):
            stopped = all(key in _ordinary() for key in self.keys[each.start : each.end])
            meant = [ideas()[name] for name in each.means]
            telling = any(idea.entities or not (idea.classes or idea.predicates or idea.measures or idea.weak) for idea in meant)
            text = self._take(each.start, each.end, "telling" if telling else "idea")
            names = tuple(sorted(each.means))
            weak = all(ideas()[name].weak for name in names) or stopped
            weight = 0.5 if weak else 1.0 + min(self.index.rarity(f"idea:{name}") for name in names)
            found.append(Term("idea", text, names, weight))
        return found

    def _free(self, lexicon: Lexicon) -> list[Found]:
        """Return the phrases of a lexicon in the runs of tokens that are not taken yet."""
        found, start = [], 0
        for at in range(len(self.keys) + 1):
            if at == len(self.keys) or self.taken[at]:
                inside = lexicon.find(self.keys[start:at])
                found += [Found(each.start + start, each.end + start, each.means) for each in inside]
                start = at + 1
        return found

    def _times(self) -> list[Term]:
        found = []
        for at, key in enumerate(self.keys):
            if _YEAR.fullmatch(key):
                text = self._take(at, at + 1)
                found.append(Term("year", text, (key,), 2.0))
                if at + 1 < len(self.keys) and self.keys[at + 1] == "年":
                    self.taken[at + 1] = True
            elif self.text[self.tokens[at].start : self.tokens[at].end].lower() in _MONTHS and self._is_month(at):
                month = _MONTHS.index(self.text[self.tokens[at].start : self.tokens[at].end].lower()) + 1
                found.append(Term("month", self._take(at, at + 1), (f"{month:02}",), 1.5))
            elif key == "月" and at and self.keys[at - 1].isdigit() and 1 <= int(self.keys[at - 1]) <= 12:
                found.append(Term("month", self._take(at - 1, at + 1), (f"{int(self.keys[at - 1]):02}",), 1.5))
        return found

    def _is_month(self, at: int) -> bool:
        """Tell whether a word is a month: "may" and "march" are only where they are written so."""
        token = self.tokens[at]
        return self.text[token.start].isupper() or self.text[token.start : token.end].lower() not in ("may", "march")

    def _numbers(self) -> list[Term]:
        found = []
        words = table("stop")["numbers"]
        at = 0
        while at < len(self.keys):
            key = self.keys[at]
            written = self.text[self.tokens[at].start : self.tokens[at].end].lower()
            if not self.taken[at] and _NUMBER.fullmatch(key):
                scale = self._scale(at + 1)
                value = f"{float(key.rstrip('%')) * scale:f}".rstrip("0").rstrip(".")
                text = self._take(at, at + 1 + (scale != 1))
                found.append(Term("number", text, (value,), 2.5))
            elif not self.taken[at] and written in words:
                found.append(Term("number", self._take(at, at + 1), (str(words[written]),), 0.6 if words[written] < 10 else 1.5))
            elif not self.taken[at] and key in _DIGITS or key == "十":
                end = at
                while end < len(self.keys) and (self.keys[end] in _DIGITS or self.keys[end] in ("十", "百")) and not self.taken[end]:
                    end += 1
                if end > at:
                    value = _chinese_number("".join(self.keys[at:end]))
                    text = self._take(at, end)
                    found.append(Term("number", text, (str(value),), 0.6 if value < 10 else 1.5))
                    at = end - 1
            at += 1
        return found

    def _scale(self, at: int) -> int:
        scales = table("stop")["scales"]
        if at < len(self.keys) and not self.taken[at]:
            written = self.text[self.tokens[at].start : self.tokens[at].end].lower()
            return int(scales.get(written, 1))
        return 1

    def _partial(self, things: list[tuple[int, int, Term]]) -> list[Term]:
        """Return things that parts of their names point to: "the Wuhu centre", "人工智能基地"."""
        whole = {value for _, _, term in things for value in term.values}
        spans = [set(self.keys[start:end]) for start, end, _ in things]
        shares: list[tuple[float, str, tuple[int, ...]]] = []
        for thing, names in self.index.parts.items():
            if thing in whole:
                continue
            share, places = max((self._share(name) for name in names), default=(0.0, ()))
            if share and self.index.said_of(thing) and self._points(places) and not any({self.keys[at] for at in places} <= span for span in spans):
                shares.append((share, thing, places))
        if not shares:
            return []
        top = max(share for share, _, _ in shares)
        chosen = [each for each in shares if each[0] >= top * 0.85]
        places = chosen[0][2]
        text = self.text[self.tokens[places[0]].start : self.tokens[places[-1]].end]
        weight = 2.0 + 1.5 * min(self.index.rarity(f"thing:{thing}") for _, thing, _ in chosen)
        self._partly = set(places)
        return [Term("thing", text, tuple(sorted(thing for _, thing, _ in chosen)), weight, "part")]

    def _share(self, name: tuple[str, ...]) -> tuple[float, tuple[int, ...]]:
        """Return how much of a name stands in the question, rare words first, and where; its last must, and half of it."""
        if len(set(name)) < 2:
            return 0.0, ()
        if CHINESE.match(name[-1]):
            blocks = SequenceMatcher(None, self.keys, name, autojunk=False).get_matching_blocks()
            kept = [block for block in blocks if block.size >= 2]
            if not any(block.size >= 3 for block in kept) or not any(block.b + block.size == len(name) for block in kept):
                return 0.0, ()
            places = [at for block in kept for at in range(block.a, block.a + block.size)]
        else:
            places = [at for at, key in enumerate(self.keys) if key in name and key not in _ordinary()]
        used = {self.keys[at] for at in places}
        if name[-1] not in used or len(used) < 2 or places[-1] - places[0] > len(name) + 4:
            return 0.0, ()
        weights = {key: 1.0 / (1.0 + self.index.borne[key]) ** 0.5 for key in name}
        share = sum(weights[key] for key in used) / sum(weights.values())
        return (sum(weights[key] for key in used) * (1 + share) if share >= 0.4 else 0.0), tuple(places)

    def _points(self, places: tuple[int, ...]) -> bool:
        """Tell whether words point to one thing: one is no name and no word for a kind of things, or names an industry."""
        return any(self.took[at] in ("", "telling") or (self.took[at] == "thing" and self._industry[at]) for at in places)

    def _joined(self, things: list[tuple[int, int, Term]], partial: list[Term]) -> list[Term]:
        """Return the things of a question: where a part of a name holds the words of another, the other says less."""
        found = []
        for start, end, term in things:
            inside = partial and set(range(start, end)) <= self._partly
            found.append(Term(term.kind, term.text, term.values, 0.6, "inside") if inside else term)
        return [*partial, *found]

    def _words(self) -> list[Term]:
        """Return the other words; a run of Chinese characters, or a capitalised word, that nothing is known by is a name."""
        found: list[Term] = []
        run: list[Token] = []
        for at, token in enumerate([*self.tokens, Token("", len(self.text), len(self.text))]):
            free = at < len(self.keys) and not self.taken[at]
            chinese = free and CHINESE.match(token.key) and token.key not in table("stop")["zh"]
            if chinese:
                run.append(token)
                continue
            if run:
                found += self._run(run)
                run = []
            if free and not CHINESE.match(token.key) and token.key not in _ordinary() and not token.key.isdigit():
                found.append(self._word(at, token))
        return found

    def _skip(self) -> None:
        """Take the Chinese words that say nothing by themselves."""
        for each in self._free(_skipped()):
            self._take(each.start, each.end)

    def _run(self, run: list[Token]) -> list[Term]:
        """Return what a run of characters is that no word holds."""
        text = self.text[run[0].start : run[-1].end]
        if len(run) > 1:
            self.unknown.append(text)
        return [Term("word", text, (text,), 1.2 if len(run) > 1 else 0.3)]

    def _word(self, at: int, token: Token) -> Term:
        written = self.text[token.start : token.end]
        first = at == 0 or self.text[: token.start].rstrip()[-1:] in ".?!"
        if written[0].isupper() and not first and written.isalpha() and token.key not in self.index.spelt:
            self.unknown.append(written)
        return Term("word", written, (token.key,), 0.6 + 0.6 * self.index.rarity(token.key) if token.key in self.index.spelt else 0.9)


def _chinese_number(text: str) -> int:
    """Return a number below a thousand that is written in Chinese characters.

    >>> _chinese_number("五十"), _chinese_number("十八"), _chinese_number("两百"), _chinese_number("六十九")
    (50, 18, 200, 69)
    """
    total, digit = 0, None
    for letter in text:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        else:
            total += (1 if digit is None else digit) * (10 if letter == "十" else 100)
            digit = None
    return total + (digit or 0)
