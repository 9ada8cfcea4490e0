"""The voices of acts: what is done by whom, in every way of saying it."""

from pathlib import Path

import pytest

from g60kg.errors import PatternError
from g60kg.extract import extract, load_grammar
from g60kg.extract.voices import forms_of, subjects_of
from tests.extract.packaged import article, grammar

_ACT = """
- id: acts
  meaning: A company builds a park.
  acts: ["{act}"]
  claims: ["{who} g60:builds {what}"]
  examples: [{text: Haier built Haier Zhigu., claims: ['id:haier g60:builds id:haier-zhigu']}]
  counterexamples: [Haier built trust.]
"""


@pytest.mark.parametrize(
    "text",
    [
        "Haier built the Dual Smart Empowerment Center.",
        "Haier came in 2019 and has built the Dual Smart Empowerment Center.",
        "The Dual Smart Empowerment Center was built by Haier.",
        "The Dual Smart Empowerment Center, built in Hefei in 2019 by Haier, is busy.",
        "The Dual Smart Empowerment Center, which was built by Haier, is busy.",
        "The Dual Smart Empowerment Center covers 20 hectares and was built by Haier.",
        "The Dual Smart Empowerment Center, which Haier built, is busy.",
    ],
)
def test_every_voice_says_who_built_it(text: str) -> None:
    built = [c for c in extract(article(text), grammar()) if c.predicate == "g60:builds"]
    assert [c.subject.label for c in built] == ["Haier"]


def test_an_act_has_a_form_for_each_voice() -> None:
    act = "{who:Company+?} ( <build> | <set up> ) {what:Park~}"
    assert forms_of(act, ["DOES WHAT", "WHAT <be> DONE by WHO"]) == (
        "( <build> | <set up> ) {what:Park~}",
        "{what:Park~} <be> ( <build/done> | <set up/done> ) by {who:Company+?}",
    )
    assert forms_of(
        "{a:Company} <found> [a firm called] {b:Company}", ["WHO DOES WHAT", "WHAT <be> DONE by WHO"]
    ) == (
        "{a:Company} <found> [a firm called] {b:Company}",
        "{b:Company} <be> <found/done> by {a:Company}",
    )
    assert subjects_of(act) == {"who": "subject Company?", "what": "subject Park"}


@pytest.mark.parametrize(
    "act", ["{who:Company} builds {what:Park}", "<build> {what:Park}", "{who:Company} <build>"]
)
def test_a_malformed_act_is_named(act: str, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(_ACT.replace("{act}", act), encoding="utf-8")
    with pytest.raises(PatternError, match=r"own\.yaml:2: pattern 'acts': act .* is not"):
        load_grammar(grammar().register, tmp_path)


def test_a_pattern_needs_a_form_or_an_act(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(_ACT.replace('  acts: ["{act}"]\n', ""), encoding="utf-8")
    with pytest.raises(PatternError, match="no 'forms'; add it"):
        load_grammar(grammar().register, tmp_path)
