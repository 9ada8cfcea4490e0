"""Predicates with arguments, the same for every wording."""

import pytest

from tests.extract.parser.readings import roles


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Tencent built a plant in Wuhu.", "build"),
        ("A plant was built in Wuhu by Tencent.", "build"),
        ("Tencent, which built a plant in Wuhu, is happy.", "build"),
        ("The plant that Tencent built in Wuhu is large.", "build"),
        ("Having built a plant in Wuhu, Tencent is happy.", "build"),
        ("Tencent came to Wuhu and built a plant in Wuhu.", "build"),
    ],
)
def test_one_act_in_many_wordings(text: str, verb: str) -> None:
    found = roles(text, verb)
    assert found["subj"] == ["Tencent"]
    assert found["obj"] == ["plant"]
    assert "Wuhu" in found.get("in", []) + found.get("obj.in", [])


def test_the_noun_of_a_where_clause_is_its_place() -> None:
    assert roles("Wuhu, where Tencent runs a plant, is happy.", "run")["in"] == ["Wuhu"]


def test_a_particle_belongs_to_the_verb() -> None:
    assert roles("Tencent set up a plant.", "set_up")["obj"] == ["plant"]
