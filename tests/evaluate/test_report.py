import json

from g60kg.evaluate import Evaluation, read_golds, score

from .conftest import WriteGold, claim, entity


def evaluation(write_gold: WriteGold) -> Evaluation:
    write_gold(name="a", exhaustive=True, traps={"never_entities": ["Hefei"]})
    golds = read_golds(write_gold(name="b", statistics=[]))
    said = (claim("Wuhu", "partOf", entity("Anhui")), claim("Hefei", "partOf", entity("Anhui")))
    return Evaluation(tuple(score(gold, said) for gold in golds))


def test_the_tables(write_gold: WriteGold) -> None:
    assert str(evaluation(write_gold)) == "\n".join(
        [
            "text  relations  statistics  years  recall  precision  claims  traps",
            "a           1/1         0/1    0/0   0.500      0.500       2      1",
            "b           1/1         0/0    0/0   1.000          -       2      0",
            "all         2/2         0/1    0/0   0.667      0.500       4      1",
            "",
            "predicate         found  recall  precision",
            "area                0/1   0.000          -",
            "partOf              0/0       -      0.500",
            "partOf|locatedIn    2/2   1.000          -",
        ]
    )


def test_verbose_lists_what_was_missed_and_what_answers_to_nothing(write_gold: WriteGold) -> None:
    lines = evaluation(write_gold).to_text(verbose=True).splitlines()
    assert any(line.startswith('  missed statistic: {"measure": "area", "value": 6026.0') for line in lines)
    assert "  trap: Hefei g60:partOf Anhui  «words»  (test)" in lines
    assert lines.count("  unmatched: Hefei g60:partOf Anhui  «words»  (test)") == 2


def test_json_holds_all_of_it(write_gold: WriteGold) -> None:
    found = evaluation(write_gold)
    value = json.loads(json.dumps(found.to_json()))
    assert value["recall"] == {"found": 2, "total": 3, "share": 2 / 3}
    assert value["precision"]["share"] == 0.5
    assert value["predicates"]["partOf"]["recall"]["share"] is None
    assert [text["text"] for text in value["texts"]] == ["a", "b"]
    assert value["texts"][0]["missed"][0]["part"] == "statistics"
    assert [claim["subject"]["label"] for claim in value["texts"][1]["unmatched"]] == ["Hefei"]
