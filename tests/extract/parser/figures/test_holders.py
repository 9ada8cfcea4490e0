"""Whose a figure is, and on what basis that was found."""

import pytest

from tests.extract.parser.figures.stated import bases, stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The train passes Jiuting, a town with over 300,000 residents.", ["Jiuting Town"]),
        ("Wuhu has 214 makers of cork products, among them Samsung and Tencent.", ["Wuhu"]),
        ("Porto has 214 makers of cork products, among them Samsung and Tencent.", []),
        ("Tencent opened 15 branches in Wuhu.", ["Tencent"]),
        ("There are 15 branches of foreign banks in Wuhu.", ["Wuhu"]),
        ("The bureau said that exports in Wuhu reached 3 billion yuan.", ["Wuhu"]),
        ("Among the 300 companies in the zone are Samsung and Tencent.", []),
        ("Hefei is growing. On May 11 the factory signed 30 companies.", ["Hefei"]),
        ("The province of Anhui is growing. The nine towns have 300 companies.", []),
        ("Wuhu and Hefei together have 300 companies.", []),
        (
            "The Xinzhan Industrial Park is old. The industrial park has 300 firms.",
            ["Xinzhan Industrial Park"],
        ),
        ("Wuhu is a port. Wuhu Customs published figures. Some 300 companies import.", ["Wuhu"]),
        ("Phones from the Wuhu Economic Development Zone go to over 160 countries.", None),
    ],
)
def test_holder(text: str, expected: list[str] | None) -> None:
    found = [
        line.rsplit(" population ")[0].split(" count ")[0].split(" companyCount ")[0] for line in stated(text)
    ]
    found = [line.split(" amount ")[0] for line in found]
    assert found == (["Wuhu Economic Development Zone"] if expected is None else expected)


def test_figures_in_order_of_their_holders() -> None:
    assert stated("Wuhu and Hefei have 20 and 14 technology parks, respectively.") == [
        "Wuhu count 20 countedKind=technology parks",
        "Hefei count 14 countedKind=technology parks",
    ]


def test_new_subject_has_its_own_figures() -> None:
    assert stated("Wuhu has 63 service centers with 30,000 employees; Hefei has 280.") == [
        "Wuhu count 63 countedKind=service centers",
        "Wuhu count 30000 countedKind=employees",
        "Hefei count 280 countedKind=service centers",
    ]


def test_what_comes_with_what_was_counted_is_of_the_same() -> None:
    text = "Wuhu signed 30 projects with a total investment of 3 billion euros in Hefei."
    assert stated(text)[1] == "Wuhu investment 3000000000 EUR countedKind=total investment"


def test_what_is_not_counted_in_the_last_figures_is_not_guessed() -> None:
    text = "Wuhu has 400 chip makers. Its firms had an output of 4 billion euros. It has 1,490 of them."
    assert stated(text)[-1] == "Wuhu count 1490"


def test_these_are_those_of_the_sentence_before() -> None:
    text = "Wuhu has 5,000 foreign-funded companies. Of these, more than 300 make drugs."
    assert stated(text)[1] == "Wuhu companyCount more than 300 countedKind=foreign-funded companies"


def test_projects_of_a_field_are_projects_of_the_same_place() -> None:
    text = "Nantong signed 42 projects. A further 20 projects broke ground."
    assert [line.split(" country")[0] for line in stated(text)] == [
        "Nantong projectCount 42",
        "Nantong projectCount 20",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wuxi, a city of 7.5 million west of Shanghai, is growing.", ["Wuxi population 7500000"]),
        ("In Nantong, a city of 7.7 million people, work began.", ["Nantong population 7700000"]),
        (
            "Sales in China, Bosch's largest market, reached 5 billion euros.",
            ["Bosch revenue 5000000000 EUR countedKind=Sales"],
        ),
        ("Six cities in China have set up an alliance.", []),
        (
            "Wuhu, which covers 5,820 square kilometers in the south of Anhui, is old.",
            ["Wuhu area 5820 KiloM2"],
        ),
        (
            "Yangxi, a village of 312 households in Wuhu, grows tea.",
            ["Yangxi count 312 countedKind=households"],
        ),
        (
            "In Haining, the town in Zhejiang where Jinko has a base, prices fell by 46 percent.",
            ["Haining City growth -46 % countedKind=prices"],
        ),
        (
            "Nantong, a city in Jiangsu, closed 2022 with a GDP of 1.1 trillion yuan, a bureau said.",
            ["Nantong gdp 1100000000000 CNY countedKind=GDP year=2022"],
        ),
        (
            "Spending in Wuhu equals 6.2 percent of GDP, compared with 4.4 percent for Shanghai as a whole.",
            ["Wuhu share 6.2 % countedKind=GDP", "Shanghai share 4.4 % countedKind=GDP"],
        ),
        (
            "Samsung has a base in Penang, where it bought Globetronik for about $75 million.",
            ["Samsung amount about 75000000 USD"],
        ),
        (
            "The largest, a chemical complex of Tencent in Wuhu, cost 20 billion yuan.",
            ["chemical complex investment 20000000000 CNY"],
        ),
        (
            "In Changxing County, Tencent invested 5 billion yuan.",
            ["Tencent investment 5000000000 CNY"],
        ),
        (
            "The Tencent plant in Wuhu has a capacity of 3 million tonnes.",
            ["Tencent plant amount 3000000 TONNE countedKind=capacity"],
        ),
    ],
)
def test_whose_a_figure_is(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


def test_towns_that_open_an_office_somewhere_are_not_counted_there() -> None:
    assert not bases("Nine municipalities opened a joint office in Hefei.")
    assert stated("Nine companies opened plants in Hefei.") == ["Hefei companyCount 9"]


def test_a_budget_is_not_of_who_pays_a_third() -> None:
    text = "A programme costing 850,000 dollars, two-thirds of which Wuhu pays, has begun."
    assert not [line for line in stated(text) if line.startswith("Wuhu")]


def test_gdp_is_of_the_place_that_the_text_is_about() -> None:
    text = "Wuhu is growing. Wuhu is new. Tencent makes chips in Hefei. GDP reached 1 trillion yuan."
    assert stated(text)[-1].startswith("Wuhu gdp")


def test_we_are_the_region_whose_report_it_is() -> None:
    text = "Wuhu is growing. Tencent has become a leading firm. We signed 17 cooperation agreements."
    assert stated(text)[-1].startswith("Wuhu count 17")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wuhu has 300 companies.", ["explicit"]),
        ("Wuhu has 300 companies with 4,000 workers.", ["explicit", "in-part"]),
        ("Wuhu is growing. It has 300 companies.", ["subject-pronoun"]),
        ("Wuhu is growing with Hefei. It has 300 companies.", ["subject-pronoun"]),
        ("Wuhu is growing. The city has 300 companies.", ["definite"]),
        ("Wuhu is growing. Exports reached 3 billion yuan.", ["topic-figure"]),
        ("Tencent opened a plant in Wuhu. Revenue rose by 9 percent.", ["topic-figure"]),
        ("Tencent grew. Alibaba came in. In 2023 revenue rose by 9 percent.", ["salient"]),
        ("The Wuhu Robot Expo opened in Hefei. The fair drew 386 exhibitors.", ["topic-figure"]),
        ("Wuhu lies on the Yangtze. More than 300 companies are based there.", ["place-pronoun"]),
        ("In Wuhu, exports reached 3 billion yuan.", ["in-place"]),
        ("The fund, worth 5 billion yuan, has backed 73 firms in Wuhu.", ["beside", "beside"]),
        ("Wuhu is growing. The Anhui city has 300 companies.", ["definite"]),
        ("Wuhu has two laboratories.", []),
    ],
)
def test_basis(text: str, expected: list[str]) -> None:
    assert bases(text) == expected


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        (
            "Wuhu is new. Tencent is a firm.\n\nThe taxes of the city are low. Exports are 3 billion yuan.",
            "Wuhu",
        ),
        (
            "Tencent, a maker, is in Wuhu. Tencent grew.\n\nThe city's buses run. There are 900 stops.",
            "Wuhu",
        ),
        ("Carmaker Norcross said on Monday that it would grow. Sales rose 3 percent.", "Norcross"),
    ],
)
def test_what_the_text_speaks_of(text: str, holder: str) -> None:
    assert stated(text)[-1].startswith(f"{holder} ")


def test_the_number_of_a_section_states_nothing() -> None:
    assert stated("Wuhu has 42 parks.\n\n3. Trade. Exports reached 3 billion yuan.") == [
        "Wuhu count 42 countedKind=parks",
        "Wuhu amount 3000000000 CNY countedKind=Exports",
    ]


def test_owner_right_before_a_figure_holds_it() -> None:
    assert stated("Wuhu's GDP of 450 billion yuan was second only to Hefei's 1.2 trillion yuan.") == [
        "Wuhu gdp 450000000000 CNY countedKind=GDP",
        "Hefei gdp 1200000000000 CNY countedKind=GDP",
    ]


def test_people_whom_a_company_employs_need_no_noun() -> None:
    assert stated("Samsung employs 1,200.") == ["Samsung count 1200 countedKind=employs"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wuhu refused an investment of 3 billion euros.", 0),
        ("Samsung lost 3 billion euros on revenue of 9 billion euros.", 1),
        ("With 3 million visitors, Wuhu ranked first.", 1),
        ("Wuhu is small. Yet 74 firms are in Wuhu.", 1),
        ("74 firms are not yet in Wuhu.", 0),
    ],
)
def test_figures_that_a_verb_refuses(text: str, expected: int) -> None:
    assert len(stated(text)) == expected


def test_new_paragraph_turns_back_to_what_the_text_is_about() -> None:
    text = "Wuhu is a port. Wuhu has a museum. Wuhu grew. Tencent grew. Tencent sells games."
    assert stated(text + "\n\nSales reached 3 billion euros.")[-1].startswith("Wuhu revenue")
    assert stated(text + " Sales reached 3 billion euros.")[-1].startswith("Tencent revenue")


def test_people_of_a_company_are_no_population() -> None:
    assert stated("Tencent, which has 4,000 people in Wuhu, is large.")[0].startswith("Tencent count 4000")
