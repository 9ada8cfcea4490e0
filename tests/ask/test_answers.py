"""What is answered: the short answer first, the sentence that says it, and no where it is no."""

import shutil
from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from tests.ask.conftest import NEWS, Ask


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("How many chip companies does Songjiang have?", "121", "121 related enterprises"),
        ("number of drug companies", "nearly 3,000", "nearly 3,000 biopharmaceutical companies"),
        (
            "What does Tencent spend on its computing centre?",
            "45 billion yuan",
            "a total investment of 45 billion",
        ),
        ("the cluster's value in dollars", "US$13.8 billion", "US$13.8 billion"),
        ("How long was the corridor originally?", "40 km", "from the original 40 kilometers"),
        ("How long is the corridor now?", "180 km", "to 180 kilometers"),
        ("How long was the corridor after Jiaxing and Hangzhou joined?", "180 km", "to 180 kilometers"),
        ("How long was the corridor before Jiaxing joined?", "40 km", "to 180 kilometers"),
        (
            "Did Haier move to Songjiang or Hefei?",
            "Haier smart washing machine factory located in",
            "factory",
        ),
        ("芜湖在安徽还是浙江", "芜湖市 隶属于 安徽省", ""),
        ("Who owns Henlius?", "Fosun Pharma", ""),
        ("Which companies does Fosun Pharma own?", "Henlius", ""),
        ("When was the Songjiang Declaration signed, and by whom?", "2018: Songjiang Declaration", ""),
        ("How many industry parks are in Songjiang?", "13: Lingang", ""),
        ("What share of Songjiang's industry stands along the highway?", "95 percent", "95 percent of"),
        ("How many companies in AI and how many in biomedicine?", "840", "More than 840 companies"),
        ("When did construction of the Wuhu innovation center begin?", "2023-06", "in June in Songjiang"),
        ("What years does the five-year plan span?", "2021-2025", "(2021-2025)"),
        ("Where is Haier's factory?", "Songjiang District", "factory in Songjiang"),
        ("Where is R&D done, Shanghai or Wuhu?", "Shanghai", "research and development in Shanghai"),
        ("Who makes viscoelastic supplements?", "Haohai", "viscoelastic supplements"),
        ("Who said that the corridor provides a platform?", "Liaison Office", "An employee of"),
        ("Which cities joined by version 2.0?", "Jiaxing, Hangzhou", "connecting Jiaxing and Hangzhou"),
        ("Which corridor cities are not in Zhejiang?", "Suzhou", ""),
        ("How many corridor cities lie in Anhui?", "3: ", ""),
        ("Which towns does Songjiang have?", "Dongjing Town", ""),
        ("What did Wuhu build in Shanghai?", "Wuhu (Shanghai) Industrial", "its own facility in Shanghai"),
        ("How long was the corridor before and after the agreement?", "40 km", "to 180 kilometers"),
        ("Which cities joined between version 2.0 and 3.0?", "Suzhou", ""),
        ("Which industry has the most companies?", "Biomedicine: nearly 3,000", "nearly 3,000"),
        ("哪个产业的企业最多", "生物医药：近3,000", "nearly 3,000"),
        ("What is in Songjiang?", "Haier Zhigu", ""),
        ("List everything located in Songjiang", "Haier Zhigu", ""),
        ("Which industry has the fewest companies?", "Integrated circuits: 121", "121 related"),
        ("哪个行业企业数最少", "集成电路：121", "121 related"),
        ("cities added in v3.0", "Wuhu, Suzhou", ""),
        ("Which of the nine cities are not in Anhui or Zhejiang?", "Suzhou, Songjiang District", ""),
        ("How many cities did the corridor have when it began?", "1: Songjiang District", "Since 2016"),
        ("走廊起步那年有哪些城市", "松江区", "Since 2016"),
        ("Where does the 840 come from?", "2023-07-11", "More than 840"),
        ("Which cities joined when?", "version 2.0: Hangzhou, Jiaxing", "connecting Jiaxing"),
        ("which town is the Dongjing AI base in", "Dongjing Town", ""),
        ("which provnce is Wuhu in", "Anhui Province", ""),
        ("Which plans name the corridor?", "14th Five-Year Plan", "it was included in"),
        ("What does CSG do?", "Robotic", "robotic intelligent manufacturing"),
        ("What is Linhang Songjiang Science and Technology City?", "Lingang", "Linhang Songjiang"),
        ("Why is OmniVision a chip company?", "in industry Integrated circuits", "OmniVision and Quectel"),
        ("Why is Matsue taken as Songjiang?", "Japanese city", "Matsue"),
        ("Which sentence mentions CAR-T?", "2023-07-11", "monopoly on CAR-T"),
        ("Which has more firms, AI or biomedicine?", "Biomedicine, company count is more", "nearly 3,000"),
        ("what happened since 2018", "Songjiang Declaration", "Signing the"),
        ("松江有多少家药企", "近3,000", "nearly 3,000"),
        ("蕪湖屬於哪個省", "安徽省", ""),
        ("走廊覆盖哪些省份", "浙江省", "(Zhejiang, Jiangsu, Anhui)"),
        ("华道打破了什么垄断", "", "overseas monopoly on CAR-T"),
        ("谁投资了450亿元", "腾讯", "45 billion yuan"),
        ("脑智基地研究什么技术", "脑科学", "brain science"),
    ],
)
def test_answers(question: str, answer: str, said: str, ask: Ask) -> None:
    found = ask(question)
    assert found.found
    assert answer in found.text
    assert any(said in each.text for each in found.evidence)
    assert all(each.text and (each.article or each.title) for each in found.evidence)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is Wuhu in Anhui?", "Yes"),
        ("Did Suzhou sign the Songjiang Declaration?", "Yes"),
        ("Is Suzhou part of the G60 corridor?", "Yes: G60 Science and Technology Innovation Corridor member"),
        ("Is AI part of 6+X?", "Yes: Artificial intelligence in scheme 6+X"),
        ("苏州属于走廊吗", "是的"),
        ("Are there more than 800 AI companies?", "Yes: more than 840"),
        ("Does the corridor have nine member cities?", "Yes: 9"),
        ("Is the smart washing machine factory in Shanghai?", "Yes"),
        ("合肥是走廊的成员吗", "是的"),
        ("松江的集成电路企业是121家吗", "是的：121"),
        ("Is Wuhu a city?", "Yes: Wuhu: city"),
        ("Is the 121 an exact number of chip companies?", "Yes: 121"),
    ],
)
def test_yes(question: str, answer: str, ask: Ask) -> None:
    found = ask(question)
    assert found.text.startswith(answer)
    assert found.choices[0].verdict == "yes"
    assert found.evidence or found.rows or "9" in answer or "city" in answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is Suzhou in Zhejiang?", "No: Suzhou part of Jiangsu Province"),
        ("Does version 2.0 include Hefei?", "Not known: nothing in the graph says so; what it holds: G60"),
        ("Is the population of the corridor more than 60 million?", "No: about 57.92 million"),
        ("Is Nanjing part of the G60 corridor?", "Not known: nothing in the graph says so"),
        ("Which companies are headquartered in Hefei?", "No answer: nothing in the graph says that of Hefei"),
        ("Does Tesla have a factory in Songjiang?", "No"),
        (
            "Is Fuzhou a member of the corridor?",
            "Not known: the graph holds nothing named Fuzhou; names like it: ",
        ),
        ("Who is Jiang Huihui?", "No answer: “Jiang Huihui” stands alone"),
        ("What is the revenue of Tencent?", "No answer"),
        ("What is the population of Wuhu?", "No answer"),
        ("Who is the mayor of Songjiang?", "No answer"),
        ("When was KUKA founded?", "No answer"),
        ("Who supports the innovation center?", "No answer"),
        ("Is Songjiang a city?", "No: Songjiang District: district"),
        (
            "Is Nanjing a member of the corridor?",
            "Not known: nothing in the graph says so; what it holds: G60",
        ),
        ("Will the corridor get a version 4.0?", "Not known"),
        ("who is the party secretary of Songjiang", "No answer"),
        ("area of wuhu", "No answer"),
        ("Is the 3,000 exact?", "No: nearly 3,000"),
        ("3000家是准确数字吗", "不是：近3,000"),
        ("宁波加入走廊了吗", "不清楚"),
        ("库卡有多少员工", "没有答案"),
    ],
)
def test_no(question: str, answer: str, ask: Ask) -> None:
    found = ask(question)
    assert found.text.startswith(answer)
    assert not found.found


def test_two_readings_are_two_choices(ask: Ask) -> None:
    answer = ask("how big is the corridor")
    assert [choice.text.split(" km")[0].split(": ")[0] for choice in answer.choices[:2]] == [
        "76,200",
        "about 57.92 million",
    ]
    assert str(answer).startswith("Reading 1: 76,200 km²")


def test_no_reading_gives_the_nearest_questions(ask: Ask) -> None:
    answer = ask("blah foo quux")
    assert len(answer.nearest) == 3
    assert all(ask(each).found for each in answer.nearest)


def test_the_text_begins_with_answer_and_sentence(ask: Ask) -> None:
    first, table, understood = str(ask("how many AI companies are there?")).split("\n\n")
    assert (
        first.splitlines()[0] == "more than 840: Songjiang District, Artificial intelligence, company count"
    )
    assert first.splitlines()[1].endswith("2023-07-11-g60-corridor, 2023-07-11)")
    assert table.startswith("what | relation | value | time | article\n")
    assert "kind = how many · thing = AI = Artificial intelligence" in understood
    query = "g60kg query figures --of 'Songjiang District' --measure companyCount"
    assert understood.endswith(f"{query} --industry 'Artificial intelligence'")


def test_the_parts_and_rows_are_values(ask: Ask) -> None:
    answer = ask("Which provinces does the corridor cover?")
    assert {row["value"] for row in answer.rows} == {
        "Zhejiang Province",
        "Jiangsu Province",
        "Anhui Province",
    }
    assert dict(answer.choices[0].parts)["kind"] == "which"
    assert "<b>" in answer._repr_html_()


def test_an_added_article_answers(ask_more: Ask) -> None:
    assert "6,026 km²" in ask_more("What is the area of Wuhu?").text
    assert ask_more("Who is the director of the laboratory?").text == "Li Lei"
    opened = ask_more("When did Haier and Fosun Pharma open a laboratory?")
    assert "2024" in opened.text
    assert opened.evidence[0].date == "2024-06-01"


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("When was the Songjiang Declaration signed, and by whom?", "2018", "Hangzhou"),
        ("Who signed the Songjiang Declaration, and in which year?", "Hangzhou", "2018"),
        ("Which companies run the computing center, and how much did it cost?", "Tencent", "45 billion"),
        ("How big is the corridor and how many people live there?", "76,200", "57.92 million"),
        ("《松江宣言》是谁签署的，哪一年？", "杭州市", "2018"),
    ],
)
def test_of_two_questions_in_one_each_is_answered(question: str, first: str, second: str, ask: Ask) -> None:
    told, _, besides = ask(question).text.replace("；", "; ").partition("; ")
    assert first in told
    assert second in besides


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is the current version of the corridor?", "version 3.0"),
        ("Which version is the latest?", "version 3.0"),
        ("走廊现在是哪个版本？", "3.0版"),
        ("What was the first version of the corridor?", "version 1.0"),
    ],
)
def test_the_first_and_the_latest_phase(question: str, answer: str, ask: Ask) -> None:
    found = ask(question)
    assert answer in found.text.partition(":" if found.language == "en" else "：")[0]
    assert len(found.choices) == 1


@pytest.fixture(scope="module")
def ask_firm(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    kg = KnowledgeGraph.open(shutil.copytree(packaged_store, tmp_path_factory.mktemp("firm") / "store"))
    kg.add(Article("firm", FIRM, date="2024-05-29"))
    return kg.ask


FIRM = (
    "ORLEV Intelligent Equipment Co., Ltd. was founded in 2007 by Chery Automobile with just 12 people. "
    "It now employs around 1,300 people. ORLEV Intelligent Equipment Co., Ltd. is headquartered in Wuhu and "
    "operates a plant in Hefei. Wuhu Tulvan Robotics Co., Ltd. is headquartered in Suzhou."
)


@pytest.mark.parametrize("name", ["ORLEV", "ORLEV Intelligent Equipment"])
def test_a_firm_is_found_without_its_legal_form(name: str, ask_firm: Ask) -> None:
    founder = ask_firm(f"Who founded {name}?")
    assert [choice.text for choice in founder.choices] == ["Chery"]
    assert ask_firm(f"Where is {name} based?").text.startswith("Wuhu")
    assert ask_firm("Where is Wuhu Tulvan Robotics based?").text.startswith("Suzhou")
    now = ask_firm(f"How many people work at {name}?").text
    assert "1,300" in now.split(":")[0]


PARLIAMENT = (
    "The Outline of the 14th Five-Year Plan (2021-25), passed at the session of the National People's "
    "Congress that ended on March 11, calls for faster construction of the corridor. The nine cities account "
    "for a fifteenth of the national GDP, a tenth of the country's high-tech enterprises and more than a "
    "fifth of the companies listed on the STAR Market. Five years ago the shares in GDP and high-tech "
    "enterprises were a sixteenth and a twelfth."
)
SIGNED = (
    "Songjiang signed 20 projects worth 28.11 billion yuan (US$4.29 billion) at the Shanghai Global "
    "Investment Promotion Conference on April 7. The People's Insurance Company (Group) of China signed a "
    "financial sci-tech park."
)
EARLIER = (
    "Fifty industrial projects were signed in Songjiang, with an investment of 23.283 billion yuan "
    "(US$3.6 billion)."
)


@pytest.fixture(scope="module")
def ask_signed(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    kg = KnowledgeGraph.open(shutil.copytree(packaged_store, tmp_path_factory.mktemp("signed") / "store"))
    kg.add(Article("parliament", PARLIAMENT, date="2021-03-23"))
    kg.add(Article("earlier", EARLIER, date="2021-03-17"))
    kg.add(Article("signed", SIGNED, date="2021-05-11"))
    return kg.ask


@pytest.mark.parametrize(
    ("question", "begins", "said"),
    [
        ("What share of national GDP do the nine cities have?", "a fifteenth", "a fifteenth of"),
        ("When did the NPC session end", "March 11", "ended on March 11"),
        (
            "how did the share of high-tech enterprises change in five years",
            "from a twelfth to a tenth",
            "a twelfth",
        ),
        ("高新技术企业占全国比重五年里有什么变化", "从a twelfth到a tenth", "a tenth of"),
        (
            "how much has the share of GDP risen in five years",
            "from a sixteenth to a fifteenth",
            "a sixteenth",
        ),
        ("Was more money signed in March or May 2021?", "28.11 billion yuan against 23.283", "28.11"),
        ("Was more money signed in March or April 2021?", "28.11 billion yuan against 23.283", "28.11"),
        (
            "who signed a project at the Shanghai Global Investment Promotion Conference",
            "Songjiang District, People's Insurance Company (Group) of China",
            "at the Shanghai Global",
        ),
    ],
)
def test_what_stands_beside_the_words_asked_is_the_answer(
    question: str, begins: str, said: str, ask_signed: Ask
) -> None:
    answer = ask_signed(question)
    assert answer.text.startswith(begins)
    assert any(said in each.text for each in answer.evidence)


def test_a_year_may_be_a_limit(changing: KnowledgeGraph) -> None:
    changing.add(
        Article("news", "Songjiang had 1,105 artificial intelligence companies in 2025.", date="2026-02-01")
    )
    assert changing.ask("How many AI companies were there before 2024?").text.startswith("more than 840")
    assert changing.ask("How many AI companies have there been since 2024?").text.startswith("1,105")


def test_the_first_word_of_a_name_that_one_organization_has_is_its_name(changing: KnowledgeGraph) -> None:
    text = (
        "Semitech Microelectronics now employs 4,100 people. Its new line can process 30,000 wafers a month."
    )
    changing.add(Article("news", text, date="2026-02-01"))
    assert changing.ask("How many people work at Semitech?").text.startswith("4,100")
    assert changing.ask("How many wafers a month can the new line process?").text.startswith("30,000")


def test_units_are_shown_by_their_names(changing: KnowledgeGraph) -> None:
    changing.add(
        Article(
            "news",
            "Songjiang Export Processing Zone handled 1.2 million tonnes of goods in 2025.",
            date="2026-02-01",
        )
    )
    for question, shown in (
        ("How many tonnes did Songjiang Export Processing Zone handle?", "1.2 million tonnes"),
        ("松江出口加工区处理了多少吨货物？", "120万吨"),
    ):
        assert shown in str(changing.ask(question))


def test_the_newest_figure_comes_first(changing: KnowledgeGraph) -> None:
    text = "Songjiang had 1,105 artificial intelligence companies at the end of 2025."
    changing.add(Article("news", text, date="2026-02-01"))
    for question in ("how many AI companies are there?", "松江有多少家人工智能企业？"):
        answer = changing.ask(question).text
        assert answer.startswith("1,105")
        assert "840" in answer
        assert answer.endswith("(2023-07-11)")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which companies work in healthcare?", "Of Health care itself nothing is said; of Life health, "),
        ("哪些企业做医疗健康", "没有关于医疗卫生本身的陈述；其所属的生命健康："),
    ],
)
def test_a_wider_industry_answers_and_says_so(question: str, answer: str, ask: Ask) -> None:
    found = ask(question)
    assert found.text.startswith(answer)
    assert {"Fosun Pharma", "复星医药"} & set(found.text.replace("、", ", ").split("：")[-1].split(", "))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "Who won approval to sell the first homegrown biosimilar?",
            "obtained listing approval for the first",
        ),
        ("which company broke the foreign monopoly on CAR-T tech?", "Huadao Biotechnology has broken"),
    ],
)
def test_what_a_sentence_says_nearly_is_told_in_its_words(question: str, words: str, ask: Ask) -> None:
    answer = str(ask(question))
    assert answer.startswith("The article says\n")
    assert words in answer.split("\n\n")[0]


def test_the_same_question_has_the_same_answer(ask: Ask) -> None:
    assert str(ask("走廊有多大")) == str(ask("走廊有多大"))


def test_where_articles_disagree_both_say_so(changing: KnowledgeGraph) -> None:
    assert changing.ask("Do the articles contradict each other?").text.startswith("The articles agree")
    text = "The population of the G60 Science and Technology Innovation Corridor is 61 million."
    changing.add(Article(id="other", text=text, date="2023-07-11"))
    found = changing.ask("Where do the articles disagree?")
    assert found.text.endswith("Corridor, population: 57.92 million ≠ 61 million")
    assert any("is 61 million" in each.text for each in found.evidence)
    assert [row["value"] for row in found.rows] == ["57.92 million ≠ 61 million"]


def test_of_an_article_whose_text_is_gone_the_quotes_answer(changing: KnowledgeGraph) -> None:
    kg = changing
    kg.add(Article("news", NEWS, date="2024-06-01"))  # in memory no text is kept
    answer = kg.ask("What is the area of Wuhu?")
    assert "6,026 km²" in answer.text
    assert "an area of 6,026 square kilometers" in answer.evidence[0].text
    assert answer.evidence[0].date == "2024-06-01"
