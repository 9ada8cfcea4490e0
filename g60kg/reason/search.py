"""The search for a smallest proof, backwards, over facts that are closed.

Goes in: rules run backwards and facts. Comes out: for a fact, the last step of a proof with the fewest
steps. The search goes by size: first proofs of one step, then of two, and so on; what has no proof of a
size is remembered, so that no proof goes in a circle and none is looked for twice. Along a chain of
more than a few links a shortest path of them is the proof.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from pyoxigraph import Literal

from g60kg.errors import LimitError
from g60kg.reason.backward import Backward, Instance
from g60kg.reason.datatypes import types_of
from g60kg.reason.facts import Facts
from g60kg.reason.paths import Paths, Steps
from g60kg.reason.vocabulary import TYPE, Fact

WORK: Final = 200_000
"""How many instances of rules one search may look at."""

_SIZES: Final = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512)
_LARGE: Final = tuple(2**power for power in range(10, 18))
_LONG: Final = 8
"""The size from which on a path of links is taken for the smallest proof."""
_WIDTH: Final = 5_000


class Search:
    """One search; what it learns about a fact serves the next.

    Raises `LimitError` when it has looked at more than `work` instances.
    """

    def __init__(self, backward: Backward, paths: Paths, facts: Facts, *, work: int = WORK) -> None:
        self._backward = backward
        self._paths = paths
        self._facts = facts
        self._left = self._work = work
        self._best: dict[Fact, tuple[int, Instance]] = {}
        self._along: dict[Fact, Steps] = {}
        self._none_within: dict[Fact, int] = {}
        self._instances: dict[Fact, list[Instance]] = {}

    def is_given(self, fact: Fact) -> bool:
        """Whether a fact needs no proof: it is said, or a literal has the type by its value."""
        subject, predicate, value = fact
        if isinstance(subject, Literal):
            return predicate == TYPE and value in types_of(subject)
        return self._facts.held(fact)

    def last_step(self, fact: Fact) -> Instance | None:
        """Return the last step of a smallest proof of a fact that is not given; None without proof."""
        for size in (*_SIZES, *_LARGE):
            if self._steps(fact, size) is not None:
                return self._best[fact][1]
            if self._is_hopeless(fact):
                return None
        return None

    def instances(self, fact: Fact) -> Iterator[Instance]:
        """Yield the instances of rules that conclude a fact, the first few thousand."""
        known = self._instances.get(fact)
        if known is not None:
            yield from known
            return
        found: list[Instance] = []
        for one in islice(self._backward.instances(fact, self._facts), _WIDTH):
            self._spend()
            found.append(one)
            yield one
        self._instances[fact] = found

    def _steps(self, fact: Fact, room: int) -> int | None:
        """Return the size of a smallest proof, if it is at most `room`."""
        if self.is_given(fact):
            return 0
        if fact in self._best:
            size = self._best[fact][0]
            return size if size <= room else None
        if room <= self._none_within.get(fact, 0):
            return None
        along = self._path(fact)
        if along and (along[fact][0] > _LONG or self._left < self._work // 2):
            self._take(along)
            return self._steps(fact, room)
        best = self._smallest(fact, min(room, along[fact][0] - 1) if along else room)
        if best is None and along and along[fact][0] <= room:
            self._take(along)
            return along[fact][0]
        if best is None:
            self._none_within[fact] = room
            return None
        self._best[fact] = best
        return best[0]

    def _path(self, fact: Fact) -> Steps:
        if fact not in self._along:
            self._along[fact] = self._paths.prove(fact)
        return self._along[fact]

    def _take(self, along: Steps) -> None:
        """Note the steps of a proof along a chain, but for what has a smaller proof."""
        for fact, step in along.items():
            if not self.is_given(fact) and (fact not in self._best or step[0] < self._best[fact][0]):
                self._best[fact] = step

    def _smallest(self, fact: Fact, room: int) -> tuple[int, Instance] | None:
        best: tuple[int, Instance] | None = None
        for one in self.instances(fact):
            size = self._sum(one, room)
            if size is not None:
                best, room = (size, one), size - 1
                if size == 1:
                    break
        return best

    def _sum(self, one: Instance, room: int) -> int | None:
        total = 1
        for premise in sorted(one.premises, key=self.is_given, reverse=True):
            size = self._steps(premise, room - total)
            if size is None:
                return None
            total += size
        return total if total <= room else None

    def _is_hopeless(self, fact: Fact) -> bool:
        return not self._instances.get(fact, [None])

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise LimitError(
                f"no proof among the first {self._work:,} steps looked at", mend="raise the limit"
            )
