import json
from pathlib import Path
from typing import Any

import pytest

from g60kg.errors import GoldError
from g60kg.evaluate import read_golds
from g60kg.evaluate.gold import counted_under, fact_json

from .conftest import GOLD, WriteGold

STATISTIC: Any = GOLD["statistics"][0]


def test_a_gold_file_is_read(write_gold: WriteGold) -> None:
    [gold] = read_golds(write_gold(exhaustive=True, traps={"never_entities": ["Matsue"]}))
    assert (gold.name, gold.date, gold.url, gold.exhaustive) == ("news", "2024-02-19", None, True)
    assert [(part, counted_under(fact)) for part, fact in gold.facts] == [
        ("relations", "partOf|locatedIn"),
        ("statistics", "area"),
    ]
    assert [fact_json(fact) for _, fact in gold.facts] == [*GOLD["relations"], *GOLD["statistics"]]
    assert gold.never_entities[0].search("Matsue City")


def test_files_come_in_the_order_of_their_names(write_gold: WriteGold) -> None:
    write_gold(name="b")
    assert [gold.name for gold in read_golds(write_gold(name="a"))] == ["a", "b"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"article": "absent.txt"}, "no article 'absent.txt' beside it; name its text's file in 'article'"),
        ({"article": None}, "no article '' beside it"),
        ({"article": 7}, "'article' is a text"),
        ({"exhaustive": "yes"}, "'exhaustive' is true or false"),
        ({"relation": []}, "a gold file has no key 'relation'; known: relations"),
        ({"relations": {}}, "'relations' is a list"),
        ({"relations": [["a", "partOf", "b"]]}, "'relations' is a list"),
        (
            {"relations": [["a", ["partOf"]]]},
            r"a fact of 'relations' is \[subject, predicates, object\]; see",
        ),
        ({"relations": [["a", [], "b"]]}, "'relations' is empty"),
        ({"relations": [["a(", ["partOf"], "b"]]}, r"'a\(' is no regular expression"),
        ({"statistics": [{"measure": "area"}]}, "a statistic has no 'value'; add"),
        ({"statistics": [{**STATISTIC, "value": "much"}]}, "'value' is a number; write it in digits"),
        ({"statistics": [7]}, "a statistic is a mapping"),
        ({"years": [["a", 2016]]}, "'years' is a text"),
        ({"years": [["a", "2016"], ["a"]]}, r"a fact of 'years' is \[subject, year\]"),
        ({"traps": []}, "'traps' is a mapping"),
        ({"traps": {"entities": []}}, "'traps' has no key 'entities'; known: never_entities"),
        ({"traps": {"never_relations": [["a"]]}}, "a fact of 'never_relations' is"),
    ],
)
def test_what_is_malformed_is_named(write_gold: WriteGold, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(GoldError, match=rf"news\.gold\.json(:1)?: {message}"):
        read_golds(write_gold(**changes))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{\n{", r"news\.gold\.json:3: not YAML"),
        (b"[]", r"news\.gold\.json:1: a gold file is a mapping"),
        (b"\xff\xfe\xfa", r"news\.gold\.json:1: not UTF-8"),
    ],
)
def test_what_is_no_json_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "news.gold.json").write_bytes(content)
    with pytest.raises(GoldError, match=message):
        read_golds(tmp_path)


def test_a_folder_without_gold_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"holds no \*\.gold\.json file; name a folder of gold files"):
        read_golds(tmp_path)
    with pytest.raises(GoldError, match="absent: no such folder"):
        read_golds(tmp_path / "absent")


def test_no_json_value_at_a_facts_place_is_a_crash(write_gold: WriteGold) -> None:
    strange: list[Any] = [None, True, 7, "x", [], {}, [[]], [None, None, None], ["a", ["b"], None]]
    for value in strange:
        for part in ("relations", "statistics", "years"):
            folder = write_gold(**{part: [value]})
            with pytest.raises(GoldError, match=r"json:1: .*; (see|write|add|put)"):
                read_golds(folder)
            assert json.loads((folder / "news.gold.json").read_text())[part] == [value]
