"""Rules of one shape, which are one join over one table."""

from g60kg.kg import stages
from g60kg.reason.bulk.rounds import lift, terms_of


def test_hundreds_of_rules_are_a_score_of_shapes() -> None:
    rules = stages.rules().rules
    shapes = lift(rules)
    assert len(shapes) < 30 < 300 < len(rules)
    numbered = {number: rule for shape in shapes for number, rule in shape.rules}
    assert [numbered[number] for number in range(len(rules))] == list(rules)
    assert all(
        len(terms_of(rule)) == len(terms_of(shape.rules[0][1])) for shape in shapes for _, rule in shape.rules
    )
