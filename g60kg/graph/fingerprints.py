"""Articles that repeat others: wire copies, and the same text told again by another translator.

A fingerprint is two MinHash signatures of a text as one line of text, made by rensa: of its
runs of three words, which a copy keeps, and of the pairs of a number with a name or another number in one
sentence, which another translation keeps. `pairs` says which fingerprints are alike. That depends on the two
alone, so that it does not matter which others there are, nor in which order they came.
Sources: A. Broder, On the resemblance and containment of documents, 1997; J. Leskovec and others, Mining of
Massive Datasets, section 3.4 (bands).
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

_SIZE: Final = 128
_WORD: Final = re.compile(r"\w+(?:[.,]\d+)*")
_ANCHOR: Final = re.compile(r"\d+(?:[.,]\d+)*|(?<!\w)[A-Z]\w+")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s|[\n。！？]")
_RUN: Final = 3
_AT_ONCE: Final = 10_000
_LEAST: Final = 10
"""Of fewer words or pairs nothing is told."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """How alike two signatures at least are; those are looked at that share so many values in a row."""

    least: float
    rows: int


_MEASURES: Final = (_Measure(0.7, 5), _Measure(0.4, 3))


def fingerprint(text: str) -> str:
    """Return the fingerprint of a text.

    >>> len(fingerprint("Wuhu covers 6,026 square kilometers."))
    684
    """
    from rensa import RMinHash

    lines = [list(dict.fromkeys(_ANCHOR.findall(each))) for each in _SENTENCE.split(text)]
    words = _WORD.findall(text.lower())
    runs = {" ".join(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)}
    linked = {" ".join(sorted(pair)) for line in lines for pair in combinations(line, 2) if _counts(pair)}
    own = [sha256(text.encode()).hexdigest()]  # what is too short is like itself alone
    found = [sorted(each) if len(each) >= _LEAST else own for each in (runs, linked)]
    sketches = RMinHash.from_token_sets(found, num_perm=_SIZE, seed=1)
    values = (value & 0xFFFF for sketch in sketches for value in sketch.digest())
    return b64encode(b"".join(value.to_bytes(2, "little") for value in values)).decode()


def _counts(pair: tuple[str, ...]) -> bool:
    return any(each[0].isdigit() for each in pair)


def pairs(fingerprints: Sequence[str], some: Collection[int]) -> list[tuple[int, int]]:
    """Return the places of fingerprints that repeat each other, one of each two among `some`; sorted.

    Takes time for each fingerprint, and for each pair that is somewhat alike.
    """
    import numpy as np

    if not some:
        return []
    signatures, wanted = _signatures(fingerprints), np.fromiter(sorted(some), dtype=np.intp)
    found: set[tuple[int, int]] = set()
    for number, measure in enumerate(_MEASURES):
        part = signatures[:, number]
        met = sorted({pair for band in _bands(part, measure.rows) for pair in _meeting(band, wanted)})
        for start in range(0, len(met), _AT_ONCE):
            some_pairs = met[start : start + _AT_ONCE]
            one, other = np.array(some_pairs).T
            alike = (part[one] == part[other]).mean(axis=1) >= measure.least
            found.update(pair for pair, is_alike in zip(some_pairs, alike.tolist(), strict=True) if is_alike)
    return sorted(found)


def keys(fingerprints: Sequence[str]) -> list[set[str]]:
    """Return of each fingerprint short texts: two that repeat each other share one.

    So they are found where no one machine holds all: look at those that share a key, with `pairs`.
    """
    found: list[set[str]] = [set() for _ in fingerprints]
    signatures = _signatures(fingerprints)
    for number, measure in enumerate(_MEASURES):
        for place, band in enumerate(_bands(signatures[:, number], measure.rows)):
            for each, value in zip(found, band.tolist(), strict=True):
                each.add(f"{number}.{place}.{value:x}")
    return found


def likeness(one: str, other: str) -> float:
    """Return how alike two fingerprints are, from 0 to 1: how much of one text the other repeats."""
    return float((_signatures([one])[0] == _signatures([other])[0]).mean(axis=1).max())


def _signatures(fingerprints: Iterable[str]) -> "np.ndarray[Any, np.dtype[np.uint16]]":
    """Return an array of fingerprints by their two signatures by their values."""
    import numpy as np

    data = b"".join(map(b64decode, fingerprints))
    return np.frombuffer(data, dtype="<u2").reshape(-1, len(_MEASURES), _SIZE)


def _bands(part: "np.ndarray[Any, Any]", rows: int) -> "Iterator[np.ndarray[Any, Any]]":
    """Yield of each band of so many rows a number for each signature, the same where the rows are."""
    import numpy as np

    for start in range(0, _SIZE - rows + 1, rows):
        band = np.zeros(len(part), dtype=np.uint64)
        for row in range(start, start + rows):
            band = band * np.uint64(0x9E3779B97F4A7C15) + part[:, row]
        yield band


def _meeting(band: "np.ndarray[Any, Any]", wanted: "np.ndarray[Any, Any]") -> Iterator[tuple[int, int]]:
    """Yield the pairs of places with the same number, one of them wanted."""
    import numpy as np

    places = np.flatnonzero(np.isin(band, band[wanted]))
    groups: dict[int, list[int]] = {}
    for place, value in zip(places.tolist(), band[places].tolist(), strict=True):
        groups.setdefault(value, []).append(place)
    some = set(wanted.tolist())
    for group in groups.values():
        yield from ((a, b) for a, b in combinations(group, 2) if a in some or b in some)
