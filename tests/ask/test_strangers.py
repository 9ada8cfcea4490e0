"""What strangers asked of articles of several years, and of one on a plant; by kind of what went wrong."""

import shutil
from pathlib import Path

import pytest
import yaml

from g60kg import Article, KnowledgeGraph
from tests.ask.conftest import Ask

PLANT = (
    "BYD opened a battery plant in Jinhua on Tuesday, its third in Zhejiang Province. "
    "The factory cost 6.8 billion yuan, covers 42 hectares and employs about 3,200 people. "
    "Suntech Blue Energy Co, a local supplier founded in 2009, invested 300 million yuan in a recycling line "
    'next door. "We expect exports to double by 2027," said plant manager Li Meihua.'
)
PROJECTS = (
    "Fifty industrial projects were signed in Songjiang, with an investment of 23.283 billion yuan "
    "(US$3.6 billion). Seven concern industrial parks or headquarters, six biomedicine, eight smart "
    "manufacturing, six integrated circuits, three urban industry, and two culture. "
    "Songjiang's enterprises above designated size had an output of 407.265 billion yuan in 2020, up 7.9 "
    "percent. "
    'The district has 1,490 of them, 15 national "little giant" companies and 50 technology centers. '
    "Shanghai Zhongke Chenxin Satellite Technology Co is investing 600 million yuan in a digital satellite "
    "factory in the district, said its general manager Cao Jin."
)
VALLEY = (
    'Songjiang counts 69 national-level "little giant" enterprises, second in Shanghai, 653 key enterprises '
    "at city level, also second, and 31 listed enterprises, third in the city. The G60 S&T "
    "Innovation Valley follows the G60 Expressway through nine cities - Shanghai; Jiaxing, "
    "Hangzhou, Jinhua and Huzhou in Zhejiang Province; Suzhou in Jiangsu Province; and Xuancheng, "
    "Wuhu and Hefei in Anhui Province."
)
SHARES = (
    "The nine cities account for a fifteenth of the national GDP and a tenth of the "
    "country's high-tech enterprises. Five years ago the shares in GDP and high-tech enterprises were a "
    "sixteenth and a twelfth."
)
SIGNED = (
    "Songjiang signed 20 projects worth 28.11 billion yuan (US$4.29 billion) at the Shanghai Global "
    "Investment Promotion Conference on April 7."
)
LARGE = (
    "Songjiang has 1,633 large industrial enterprises, more than any other district of Shanghai. "
    "Hexagon Group of Sweden opened its Dual Smart Empowerment Center in Songjiang in July 2022."
)

ASKED: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "strangers.yaml").read_text("utf-8")
)


@pytest.fixture(scope="module")
def ask_all(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    kg = KnowledgeGraph.open(shutil.copytree(packaged_store, tmp_path_factory.mktemp("all") / "store"))
    for name, text, date in (
        ("projects", PROJECTS, "2021-03-17"),
        ("shares", SHARES, "2021-03-23"),
        ("signed", SIGNED, "2021-05-11"),
        ("valley", VALLEY, "2022-11-07"),
        ("large", LARGE, "2024-02-19"),
        ("plant", PLANT, "2025-03-01"),
    ):
        kg.add(Article(name, text, date=date))
    return kg.ask


@pytest.mark.parametrize("kind", ASKED)
def test_what_went_wrong_at_first_sight_is_answered(kind: str, ask_all: Ask) -> None:
    told = {question: ask_all(question).text for question in ASKED[kind]}
    assert {q: text for q, text in told.items() if not text.startswith(ASKED[kind][q])} == {}


def test_what_is_not_answered_shows_the_nearest_sentence(ask_all: Ask) -> None:
    answer = ask_all("特斯拉在G60走廊投了多少钱")
    assert not answer.found
    assert [each.text for each in answer.known] == ["最接近的句子"]
    assert answer.known[0].evidence[0].article
    assert answer.known[0].evidence[0].date


def test_nothing_else_is_offered_for_a_person_nobody_knows(ask_all: Ask) -> None:
    answer = ask_all("who is Zhang Wei")
    assert not answer.found
    assert not answer.known
    assert answer.text == "Not known: the graph knows nobody named Zhang Wei"


@pytest.mark.parametrize(
    "question",
    [
        "how many employees does the battery plant have",
        "How many workers does the battery plant employ?",
        "How many staff does the battery plant have?",
        "How many jobs does the battery plant bring?",
        "How many people work at the plant?",
    ],
)
def test_people_are_counted_by_any_everyday_word(question: str, ask_all: Ask) -> None:
    assert ask_all(question).text == "about 3,200: battery plant, people"


@pytest.mark.parametrize(
    "question", ["How many robots does the battery plant have?", "How many people live in Jinhua?"]
)
def test_no_figure_of_another_unit_answers_how_many(question: str, ask_all: Ask) -> None:
    answer = ask_all(question)
    assert not answer.found
    assert "42" not in answer.text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who is Li Meihua?", "The article says: “said plant manager Li Meihua”"),
        ("who is cao jin", "The article says: “said its general manager Cao Jin”"),
    ],
)
def test_a_person_is_told_in_the_words_of_the_article(question: str, answer: str, ask_all: Ask) -> None:
    found = ask_all(question)
    assert found.text == answer
    assert answer[-8:-1] in found.evidence[0].text
    assert len(found.choices) == 1


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Which city in Anhui builds a center in Songjiang?", {"Wuhu"}),
        ("安徽的哪个城市在松江建了中心？", {"芜湖市"}),
        ("Which of the nine cities are in Zhejiang?", {"Jiaxing", "Hangzhou", "Jinhua", "Huzhou"}),
        ("九城中哪些城市在浙江？", {"嘉兴市", "杭州市", "金华市", "湖州市"}),
        ("Where is Hexagon from?", {"Sweden"}),
        ("海克斯康来自哪里", {"瑞典"}),
    ],
)
def test_only_what_fits_the_class_and_the_place_is_answered(
    question: str, things: set[str], ask_all: Ask
) -> None:
    answer = ask_all(question)
    assert set(answer.text.replace("、", ", ").split(", ")) == things
    assert len(answer.choices) == 1


@pytest.mark.parametrize("question", ["哪些城市属于浙江省？", "Which cities are in Zhejiang?"])
def test_districts_are_no_cities(question: str, ask_all: Ask) -> None:
    answer = ask_all(question)
    assert len(answer.choices) == 1
    assert len(answer.rows) == 10
    assert "区" not in answer.text
    assert "District" not in answer.text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("whats the populaton of teh corridor", "about 57.92 million"),
        ("腾讯在松江投资了多少钱？", "45 billion yuan"),
        ("How much did Tencent invest in Songjiang?", "45 billion yuan"),
        (
            "How many more large industrial enterprises does Songjiang have now than in 2021?",
            "143: from 1,490",
        ),
        ("How many kilometres longer did the corridor become in 2017?", "140 km: from 40 km to 180 km"),
        ("2017年走廊延长了多少公里？", "140公里"),
        ("how many more little giants does Songjiang have in 2022 than in 2021", "54: from 15 to 69"),
        ("little giants in songjiang how many 2022 vs 2021", "69 against 15"),
    ],
)
def test_what_is_held_is_answered(question: str, answer: str, ask_all: Ask) -> None:
    found = ask_all(question)
    assert found.found
    assert found.text.startswith(answer)


def test_of_a_place_elsewhere_nothing_is_answered(ask_all: Ask) -> None:
    assert not ask_all("How much did Tencent invest in Hefei?").found


def test_what_is_known_is_three_lines_that_say_what_they_count(ask_all: Ask) -> None:
    (known,) = ask_all("How many hospitals does Songjiang have?").known
    lines = known.text.splitlines()
    assert 0 < len(lines) <= 3
    assert all(": Songjiang District, " in line for line in lines)


def test_the_members_that_are_held_are_listed_with_shanghai(ask_all: Ask) -> None:
    answer = ask_all("Is Nanjing a member of the corridor?")
    assert not answer.found
    assert {"Shanghai", "Wuhu", "Jinhua"} <= set(answer.text.split("member city ")[1].split(", "))
