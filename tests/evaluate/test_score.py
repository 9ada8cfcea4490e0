import pytest

from g60kg.evaluate import Evaluation, Score, read_golds, score
from g60kg.evaluate.gold import fact_json
from g60kg.evaluate.score import Tally

from .conftest import WriteGold, claim, entity, figure

CLAIMS = (
    claim("Wuhu", "partOf", entity("Anhui")),
    claim("Wuhu", "locatedIn", entity("Anhui")),
    claim("Wuhu", "area", figure("6027", "unit:KiloM2")),
    claim("Hefei", "partOf", entity("Anhui")),
)


def scored(write_gold: WriteGold, **changes: object) -> Score:
    [gold] = read_golds(write_gold(**changes))
    return score(gold, CLAIMS)


def test_a_fact_counts_once_however_often_it_is_stated(write_gold: WriteGold) -> None:
    found = scored(write_gold, statistics=[])
    assert Evaluation((found,)).recall == Tally(1, 1)
    assert found.unmatched == CLAIMS[2:]


def test_recall_by_part_and_by_predicate(write_gold: WriteGold) -> None:
    relations = [["Wuhu", ["partOf"], "Anhui"], ["Fuyang", ["partOf"], "Anhui"]]
    found = scored(write_gold, relations=relations, statistics=[])
    it = Evaluation((found,))
    assert it.by_part == {"relations": Tally(1, 2), "statistics": Tally(), "years": Tally()}
    assert it.by_predicate == {"partOf": (Tally(1, 2), Tally())}
    assert [fact_json(fact) for _, fact in found.missed] == [["Fuyang", ["partOf"], "Anhui"]]


def test_a_value_within_a_thousandth_counts_and_one_beyond_does_not(write_gold: WriteGold) -> None:
    assert Evaluation((scored(write_gold),)).by_part["statistics"] == Tally(1, 1)
    area = [{"measure": "area", "value": 6040, "unit": "km2", "comparator": "exact", "of": "Wuhu"}]
    assert Evaluation((scored(write_gold, statistics=area),)).by_part["statistics"] == Tally(0, 1)


@pytest.mark.parametrize(("exhaustive", "precision"), [(True, Tally(3, 4)), (False, Tally(0, 0))])
def test_precision_where_the_gold_file_is_exhaustive(
    write_gold: WriteGold, exhaustive: bool, precision: Tally
) -> None:
    found = Evaluation((scored(write_gold, exhaustive=exhaustive),))
    assert found.precision == precision
    if exhaustive:
        by_predicate = {"area": Tally(1, 1), "locatedIn": Tally(1, 1), "partOf": Tally(1, 2)}
        assert {name: each for name, (_, each) in found.by_predicate.items() if each.total} == by_predicate


def test_a_claim_in_two_traps_counts_twice(write_gold: WriteGold) -> None:
    traps = {"never_entities": ["Hefei", "Matsue"], "never_relations": [["Hefei", ["partOf"], "Anhui"]]}
    assert scored(write_gold, traps=traps).stepped == (CLAIMS[3], CLAIMS[3])


def test_no_claims_and_no_facts(write_gold: WriteGold) -> None:
    [gold] = read_golds(write_gold(relations=[], statistics=[]))
    assert Evaluation((score(gold, ()),)).recall.share is None
