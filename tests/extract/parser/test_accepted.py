"""What is accepted of press sentences that were misread once, and what is not, each a kind of its own."""

import pytest

from g60kg import Article
from g60kg.extract import claim_line
from tests.extract.packaged import extractor

_DATE = "2026-05-12"

ACCEPTED = {
    # names
    "Lanxin Photonics expands\n\nLanxin Photonics Co., Ltd. is based in Wuhu. Lanxin "
    "Photonics has 640 employees.": ("lanxin-photonics-co-ltd count 640 NUM countedKind=employees"),
    "Luxlink Precision grows in Wuhu\n\nLuxlink Precision Industry has 640 employees. It is in Wuhu.": (
        "luxlink-precision-industry locatedIn wuhu"
    ),
    "Keyun Motors grew. Lanqi Chips grew. In 2022 Keyun and Lanqi set up Yunxuan Power in Wuhu.": (
        "yunxuan-power foundedBy lanqi-chips year=2022"
    ),
    # modality
    "Keyun Motors announced that it has opened a plant in Wuhu.": "plant-a locatedIn wuhu",
    "Keyun Motors will keep its headquarters in Wuhu.": "keyun-motors headquarteredIn wuhu",
    "The Keyun plant in Wuhu can make 5,000 stacks a "
    "year.": "keyun-plant-a count 5000 NUM countedKind=stacks",
    "Keyun Motors is building a test base in Wuhu. When completed in the second half "
    "of 2027, the base can test cars.": ("test-base-a completionDate 2027 modality=planned"),
    "Keyun Motors' new factory in Wuhu will be put into use in June.": (
        "keyun-motors operates new-factory-a modality=planned"
    ),
    # whose it is
    "Keyun Motors has run factories since 1998. The Hungarian factory, its first "
    "outside China, cost 380 million euros.": ("hungarian-factory-a investment 380000000 CCY_EUR"),
    "Keyun Motors is building a plant in Wuhu. It involves an investment of 2 billion yuan.": (
        "plant-a investment 2000000000 CCY_CNY"
    ),
    "Keyun Motors will build a distribution center in Hamburg worth 55 million euros.": (
        "distribution-center-a investment 55000000 CCY_EUR modality=planned"
    ),
    "Keyun Motors set up a joint venture, Yunxuan Power, in Wuhu with a registered "
    "capital of 500 million yuan.": ("yunxuan-power amount 500000000 CCY_CNY countedKind=registered capital"),
    "Keyun Motors moved to Wuhu in 2022. The maker of grippers and reducers, which "
    "had 90 employees then, has grown.": ("keyun-motors count 90 NUM countedKind=employees"),
    "Wuhu's GDP reached 455 billion yuan in 2025; that of Hefei was 215 billion yuan.": (
        "hefei gdp 215000000000 CCY_CNY"
    ),
    "Shangrao makes lenses. In this city of 6.4 million people in Jiangxi, firms "
    "grow.": "shangrao population 6400000 NUM",
    "Keyun Motors opened the second phase of its motor base in the Wuhu Economic Development Zone. "
    "The expansion lifts the base's annual capacity from 400,000 to 750,000 units.": (
        "motor-base-a count 750000 NUM change=after countedKind=annual capacity"
    ),
    "Keyun Motors is large. Revenue rose by 48 "
    "percent.": "keyun-motors growth 48 PERCENT countedKind=Revenue",
    # what it is
    "Keyun Motors posted a net loss of 36 million "
    "yuan.": "keyun-motors amount 36000000 CCY_CNY countedKind=net loss",
    "Keyun Motors cut its net loss by 22 percent.": "keyun-motors growth -22 PERCENT countedKind=net loss",
    "Keyun Motors said its sales recovered by 6.4 percent to 2.9 billion yuan.": (
        "keyun-motors growth 6.4 PERCENT countedKind=sales"
    ),
    "Keyun Motors, valued at 5 billion yuan, is "
    "growing.": "keyun-motors amount 5000000000 CCY_CNY countedKind=valued",
    "Wuhu has set a GDP growth target of around 6 percent.": (
        "wuhu growth about 6 PERCENT countedKind=GDP growth target modality=planned"
    ),
    "Keyun Motors received 120 million dollars in milestone payments.": (
        "keyun-motors amount 120000000 CCY_USD countedKind=milestone payments"
    ),
    "Keyun Motors cut the cost of a simulation from 14,000 yuan to 3,500 yuan.": (
        "keyun-motors amount 3500 CCY_CNY change=after countedKind=cost"
    ),
    "Wuhu has more than 220 companies engaged in drone making.": (
        "wuhu companyCount more than 220 NUM countedKind=companies engaged in drone making"
    ),
    "Wuhu is a port. Its exports to Germany fell 30 "
    "percent.": "wuhu growth -30 PERCENT countedKind=exports to Germany",
    "German automation supplier Festo is in Wuhu.": "festo develops automation",
    "Keyun Motors' sales were 2 billion yuan, against 1.4 billion yuan in 2024.": (
        "keyun-motors revenue 2000000000 CCY_CNY countedKind=sales"
    ),
}

NOT_ACCEPTED = {
    "Anhui's Department of Industry is in Hefei. The company's shares rose 4.2 percent.": "growth",
    "Of the companies surveyed by the Wuhu Auto Association, only 27 percent made money.": "share",
    "Wuhu has 96 robot firms with 12,000 employees.": "count",
    "Wuhu has 430 drug firms. Their revenue exceeded 52 billion yuan.": "revenue",
    "The Keyun Park opened in 2015. Chip makers account for 62 percent of its output.": "share",
    "Keyun Motors employs 1,450 people and plans to hire another 900.": "count 900",
    "Keyun Motors put 1,200 of its 5,600 workers on leave.": "count 1200",
    "A 500-million-yuan motor project of Keyun Motors was shelved.": "investment",
    "Keyun Motors is looking for a site in Wuhu.": "locatedIn",
    "Keyun Motors has raised 600 million yuan, three people familiar with the matter said.": "amount",
}


def _accepted(text: str) -> list[str]:
    claims = extractor().claims(Article(id="a", text=text, date=_DATE))
    plain = (claim for claim in claims if claim.status == "accepted")
    lines = (claim_line(claim) for claim in plain if ("modality", "reported") not in claim.qualifiers)
    return [line.replace("id:", "").replace("g60:", "").replace("unit:", "") for line in lines]


@pytest.mark.parametrize("text", ACCEPTED)
def test_it_is_accepted(text: str) -> None:
    assert ACCEPTED[text] in _accepted(text)


@pytest.mark.parametrize("text", NOT_ACCEPTED)
def test_it_is_not_accepted(text: str) -> None:
    assert not [line for line in _accepted(text) if f" {NOT_ACCEPTED[text]} " in line]
