"""Which forms a sentence can match, told before any is looked for.

Goes in: what each form needs, then a sentence. Comes out: the numbers of the forms of which it has all that
they need. Each set that some form needs is one bit of a number, so that a form is told by one comparison.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .joining import runs_of, words_of
from .kinds import MARKS
from .needs import DESCRIBED, SIGNS, Needed, Needs, rarest
from .reading import Sentence
from .syntax import Form

_TOKEN: Final = re.compile(rf"[a-z0-9]+|[{SIGNS}{MARKS}]")


@dataclass(frozen=True, slots=True)
class Called:
    """The forms that a sentence calls for, whether a thing may be described in it and not named, and its
    words.
    """

    forms: list[int]
    describes: bool
    words: frozenset[str]


class Calls:
    """What a sentence's words, signs and marks call for."""

    def __init__(self, forms: Iterable[Form], needs: Needs, described: Iterable[str]) -> None:
        self._words = _Table(0)
        self._tokens = _Table(1)
        self._always: list[int] = []
        self._in_order: list[Needed] = []
        self._asked = [self._add(number, form, needs) for number, form in enumerate(forms)]
        self._describing = frozenset(runs_of(head.lower())[0] for head in described)
        for head in self._describing:
            self._tokens.same(head, DESCRIBED)

    def _add(self, number: int, form: Form, needs: Needs) -> int:
        """Return the bits of what a form needs, and let the rarest of it call for the form."""
        trees = [form.tree, *([form.earlier] if form.earlier else [])]
        words = [needed for tree in trees for needed in needs.words(tree)]
        tokens = [needed for tree in trees for needed in needs.tokens(tree)]
        self._in_order.append([needed for needed in needs.tokens(form.tree) if "'" not in needed])
        if words:
            self._words.let_call(number, words)
        elif tokens:
            self._tokens.let_call(number, tokens)
        else:
            self._always.append(number)
        return self._words.bits(words) | self._tokens.bits(tokens)

    def called(self, sentence: Sentence) -> Called:
        """Return the forms that a sentence can match, in order."""
        skeleton = sentence.skeleton
        words = frozenset(words_of(skeleton))
        runs = words.union(*[word.split("-") for word in words if "-" in word])
        tokens = {mark.code for mark in sentence.at.values()}.union(runs)
        tokens.update([sign for sign in SIGNS if sign in skeleton])
        found = set(self._always)
        has = self._words.read(words, found) | self._tokens.read(tokens, found)
        asked = self._asked
        forms = sorted([number for number in found if asked[number] & has == asked[number]])
        return Called(forms, not self._describing.isdisjoint(runs), words)

    def has_in_order(self, number: int, sentence: Sentence) -> bool:
        """Tell whether a sentence has what a form needs in the order in which the form has it.

        It takes longer than to look for a form that is compiled, and less than to compile it.
        """
        places: dict[str, list[int]] = {}
        for found in _TOKEN.finditer(sentence.skeleton):
            for token in (found.group(), *(DESCRIBED if found.group() in self._describing else "")):
                places.setdefault(token, []).append(found.start())
        at = -1
        for needed in self._in_order[number]:
            behind = (place for token in needed & places.keys() for place in places[token] if place > at)
            at = min(behind, default=-1)
            if at < 0:
                return False
        return True


class _Table:
    """Tokens, each with the bits of the sets that it is in and the forms that it calls for.

    Bits of one table are told from those of the other by their `side`, 0 or 1.
    """

    def __init__(self, side: int) -> None:
        self._side = side
        self._bits: dict[frozenset[str], int] = {}
        self._of_token: dict[str, tuple[int, tuple[int, ...]]] = {}

    def bits(self, needed: Needed) -> int:
        """Return the bits of sets, new ones for new sets."""
        all_bits = 0
        for some in needed:
            if some not in self._bits:
                self._bits[some] = 1 << 2 * len(self._bits) + self._side
                for token in some:
                    self._give(token, self._bits[some], ())
            all_bits |= self._bits[some]
        return all_bits

    def let_call(self, number: int, needed: Needed) -> None:
        """Let the tokens of the smallest set call for a form."""
        for token in rarest(needed):
            self._give(token, 0, (number,))

    def same(self, token: str, other: str) -> None:
        """Let a token stand for another, too."""
        self._give(token, *self._of_token.get(other, (0, ())))

    def _give(self, token: str, bits: int, forms: tuple[int, ...]) -> None:
        has, calls = self._of_token.get(token, (0, ()))
        self._of_token[token] = (has | bits, (*calls, *forms))

    def read(self, tokens: Iterable[str], found: set[int]) -> int:
        """Return the bits of tokens; add to `found` the forms that they call for."""
        has = 0
        of_token = self._of_token
        for token in tokens:
            if token in of_token:
                bits, forms = of_token[token]
                has |= bits
                found.update(forms)
        return has
