"""Phrases that forms share, and what is refused of them."""

from pathlib import Path

import pytest

from g60kg.errors import PatternError
from g60kg.extract import extract, load_grammar
from g60kg.extract.phrases import expand
from tests.extract.packaged import article, grammar

PATTERN = """\
- id: hums
  meaning: Two work together.
  forms: ["{a:Organization} @humming {b:Organization}"]
  claims: ["{a} g60:cooperatesWith {b}"]
  examples: [{text: Tencent hums with Haier., claims: ["id:tencent g60:cooperatesWith id:haier"]}]
  counterexamples: [Tencent sings.]
"""


def _write(folder: Path, phrases: str) -> Path:
    (folder / "own.yaml").write_text(PATTERN, encoding="utf-8")
    (folder / "grammar").mkdir()
    (folder / "grammar" / "phrases.yaml").write_text(phrases, encoding="utf-8")
    return folder


def test_a_phrase_stands_for_its_words() -> None:
    assert expand("@a c", {"a": "@b or d", "b": "{x:City}"}) == "( ( {x:City} ) or d ) c"


def test_a_users_phrase_is_read(tmp_path: Path) -> None:
    own = load_grammar(grammar().register, _write(tmp_path, 'phrases: {humming: "hums ( with | beside )"}\n'))
    for text in ("Tencent hums with Haier.", "Tencent hums beside Haier."):
        assert [claim.pattern for claim in extract(article(text), own)] == ["hums"]


def test_a_phrase_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"own\.yaml:1: .*no phrase @humming"):
        load_grammar(grammar().register, _write(tmp_path, "phrases: {purring: purrs}\n"))


def test_a_phrase_within_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="holds itself"):
        expand("@a", {"a": "x @a"})
