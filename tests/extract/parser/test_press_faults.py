"""Press prose that was misread or passed over: each kind of fault with the claims that it must give now."""

from collections.abc import Mapping

import pytest

from g60kg import Article
from g60kg.extract import claim_line, load_extractor
from g60kg.register import load_register

_EXTRACTOR = load_extractor(load_register())


def read(text: str) -> Mapping[str, str]:
    """Return the claims of a text of May 2026, each with its status."""
    article = Article("case", f"News from Wuhu\n\n{text}", date="2026-05-12")
    return {
        claim_line(claim).replace("id:", "").replace("g60:", ""): claim.status
        for claim in _EXTRACTOR.claims(article)
    }


ACCEPTED = {
    "Dafei Robot opened a plant in Hefei. Net profit fell by only 3 percent.": "dafei-robot growth -3",
    "The Yangtze Robot Expo opened in Wuhu. The fair drew 386 exhibitors.": "yangtze-robot-expo count 386",
    "Dafei Robot has built a plant. Construction began in 2024.": "plant-case constructionStart 2024",
    "Dafei Robot will build a plant in Hefei. Completion is expected in 2028.": "completionDate 2028",
    "Wuhu aims to lift the number of high-tech firms to 3,000 by 2027.": "wuhu companyCount 3000",
    "The value added of the primary industry was 1.21 billion yuan.": "value added of the primary industry",
    "Wuhu has 812 industrial enterprises above designated size.": "enterprises above designated size",
    "Dafei Robot has two plants, one in Hefei, the other in Anqing.": "dafei-robot locatedIn anqing",
    "Dafei Robot has plants in Songjiang and Qingpu districts.": "dafei-robot locatedIn qingpu-district",
    "Wuhu has grown. The city government signed a deal with Bosch.": "wuhu cooperatesWith bosch",
    "Wuhu and Hefei have grown. Both cities signed a pact with Bosch.": "hefei cooperatesWith bosch",
    "Haolin Motor makes cars. It is 30 percent owned by Bosch.": "haolin-motor subsidiaryOf bosch",
    "Haolin Motor built a test center. The plant, in Wuhu, is new.": "center-case locatedIn wuhu",
    "Guokang Medical is building a hospital in Wuhu.": "guokang-medical builds hospital-case",
    "Dafei Robot has a training centre with 45 lecturers.": "training-centre-case count 45",
    "The first phase of Dafei Robot's plant covers 120 mu. The plant makes 9,000 cars.": "plant-case count",
    "Dafei Robot is closing its Dalian plant at the end of September.": "date=2026-09",
    "Dafei Robot has closed a Series B round of 230 million yuan.": "countedKind=Series B round",
    "Dafei Robot has chosen Hefei for its first plant.": "dafei-robot locatedIn hefei modality=planned",
    "Bayer is going to spend 300 million yuan on its laboratory in Wuhu.": "modality=planned",
    "Dafei Robot started building its base in Wuhu.": "dafei-robot operates base-case modality=planned",
    "Lengyuan has a factory in Wuhu Science Park. The facility covers 300 mu.": "factory-case area 300",
}
"""What is said, and is accepted."""

NEVER_ACCEPTED = {
    "Wuxi is home to 600 chip makers, whose revenue was 240 billion yuan.": "wuxi revenue",
    "Wuhu has 812 firms, of which 96 had completed the certification.": "companyCount 96",
    "Dafei Robot exported 212,000 vehicles.": "count 212000",
    "In 2023 Wuhu gained 290 high-growth enterprises.": "companyCount 290",
    "Dafei Robot opened a plant in Vietnam. It employs 11,000 people there.": "count 11000",
    "Dafei Robot holds half of the venture, which has a capital of 800 million yuan.": "amount 800000000",
    "China accounts for 80 percent of its business.": "china share",
    "Unemployment in Hefei was 4.1 percent, below the national average of 5.5 percent.": "5.5",
    "The offer of Dafei Robot was about 20 million yuan higher.": "20000000",
    "Wuhu began work on 118 projects worth 1 billion yuan or more.": "investment",
    "Yiwu, 50 kilometres up the road, is growing.": "length",
    "Steam costs mills 228 yuan a tonne, according to the Wuhu Textile Association.": "textile-association",
    "Economic Performance of Tongling grew.": "economic-performance",
    "Dafei Robot runs a pilot plant of class C.": "c operates",
    "Dafei Motor unveiled a new model, the E5. The E5 has a plant in Hefei.": "e5 ",
    "By the end of the year, Wuhu had 512 firms.": "year=2026",
    "The Wuhu plant grew by 5 percent.": "wuhu growth",
    "Dafei Robot will modernise its plant in Hefei.": "builds",
    "Dafei Robot becomes a supplier in its own right.": "own-right",
}
"""What would be false, or is not sure."""


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_said_is_accepted(text: str) -> None:
    assert [line for line, status in read(text).items() if ACCEPTED[text] in line and status == "accepted"]


def test_a_subsidiary_in_an_apposition_is_that_of_the_firm_before() -> None:
    text = "Kestrel Pumps makes pumps. Bolton Valves, its Danish subsidiary, makes valves."
    assert "bolton-valves subsidiaryOf kestrel-pumps" in " ".join(read(text))


@pytest.mark.parametrize("text", NEVER_ACCEPTED)
def test_what_is_not_said_is_not_accepted(text: str) -> None:
    assert not [
        line for line, status in read(text).items() if NEVER_ACCEPTED[text] in line and status == "accepted"
    ]
