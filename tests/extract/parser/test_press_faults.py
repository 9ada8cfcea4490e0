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
    "In May Beilun District's imports and exports climbed 9.7 percent.": "=imports and exports",
    "Wuhu University has 152,000 graduates with a doctor's degree.": "=graduates with a doctor's degree",
    "Dafei Robot cut prices by 30 percent and last autumn opened a plant.": "plant-case year=2025",
    "Karnataka, for its part, hosts 45 start-ups.": "karnataka companyCount 45",
    "In Dresden, Infineon employs 3,000 people.": "infineon count 3000",
    "Meishan Bonded Zone, a 7-hectare area on Long Island, is new.": "meishan-bonded-zone area 7",
    "Wuhu has grown. Spending on research surged 15 percent.": "countedKind=Spending on research",
    "Lengyuan has a factory in Wuhu Science Park. The facility covers 300 mu.": "factory-case area 300",
    "Taicang has attracted 560 companies from Germany, a tenth of all.": "=companies from Germany",
    "Hefei hosts 20 laboratories that the three cities run together.": "that the three cities",
    "A quarter of all vehicles that China sells abroad is made in Wuhu.": "=vehicles that China sells abroad",
    "Wuhu is open. The city has 2,300 companies of the branch.": "=companies of the branch",
    "About 200 guests from consulates, foreign media and firms had a look at Wuhu.": "countedKind=guests",
    "At the Wuhu Expo, the Hefei government put its name to 25 projects.": "hefei projectCount 25",
    "The Wuhu Robot Park takes up 5 square kilometers of Jiujiang District.": "wuhu-robot-park area 5",
    "Firms have come, and 13 percent of all chips are tested in Malaysia.": "malaysia share 13",
    "Haolin, whose line, for which it paid 3 billion yuan, is new, fell.": "haolin am",
    "Ground was broken for projects. Among them are a plant of Bosch.": "modality=planned",
    "Bosch is spending 165 million yuan on its plant.": "bosch operates plant-case modality=planned",
    "Silk made Wuxi rich. The city in Jiangsu Province had 3,640 companies.": "wuxi companyCount 3640",
    "Silk made Wuxi rich. The city in Jiangsu had 640 parks.": "wuxi partOf jiangsu",
    "China Tunnel Group is boring the Taicang Tunnel.": "china-tunnel-group builds taicang-tunnel",
    "Feijian Tool Co., Ltd. of Wuhu Development Zone grows.": "locatedIn wuhu-development-zone",
    "Feijian Tool Co., Ltd. is big. Xia Bo introduced, company holds 76 patents.": "count 76",
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
    "Dafei Robot shelved plans for a plant in Hefei.": "plant-case",
    "Dafei Robot denied a report that it would build a plant in Hefei.": "plant-case",
    "Dafei Robot scrapped a 450 million yuan expansion in Hefei in January.": "investment",
    "Dafei Robot would consider a fourth plant.": "builds",
    "Wuhu and Hefei have each committed 2 billion yuan to a growth fund.": "fund-case investment",
    "A test center in Wuhu, with 30,000 square meters of floor space, is new.": "wuhu floorArea",
    "Zhejiang had 3,900 km of railways, 1,850 km of them high-speed.": "length 1850",
    "Wuhu's output rose by 11 percent, outpacing the national rate of 8 percent.": "share",
    "Dafei Robot is 51 percent owned by the Hefei government.": "share 51",
    "Dafei Robot sold its half of a Malaysian venture in March.": "share",
    "Dafei Robot sold its bag factory in Ohio in November for 64 million dollars.": "investment",
    "Dafei Robot runs three lines in Wuhu and agreed to add a fourth.": "share",
    "Wuhu made 9,000 cars in 2021, of which 1 percent were electric.": "share",
    "Wuhu has 20 firms with sales of over 1 billion yuan each.": "companyCount",
    "Dafei Robot employs 230 people, among them 85 with doctorates.": "count 85",
    "Dafei Robot's 46-billion-yuan plant reached full capacity in March.": "CCY_CNY date",
    "Dafei Robot spent 5 billion yuan on its third phase, completed last November.": "milestone",
    "The Huadong Test Center, in operation since 2018, draws scientists.": "milestone",
    "At year-end Wuhu had 4.49 million residents.": "year=2026",
    "Jinshan District opened a 5-km flight corridor in 2023.": "length",
    "Dafei Robot presented a robot of just 19 kilograms.": "amount",
    "The TM-7, developed together with Zhejiang University, is a robot.": "tm-7",
    "Liyang has a park. Sweden's Norrsken Anode runs a workshop there.": "workshop-case locatedIn sweden",
    "Dafei Robot has offices in Ulm and Graz, and carmaker Chery owns it.": "chery headquarteredIn",
    "Investors from Korea have set up more than 2,300 enterprises in Wuhu.": "companyCount more than 2300",
    "Wuhu has grown. The guests were taken to four sites in the city.": "count 4",
    "GDP of Wuhu was 500 billion yuan in 2021, which is 2 billion yuan more than in 2017.": "growth",
    "Between 2016 and 2020 investment in Wuhu climbed 35.2 percent a year.": "growth 35.2",
    "Wuhu Robot Park has 300 firms of the branch; their output came to 9 billion yuan.": "output",
    "Trade of Wuhu was $13 billion in 2024, with more than $8 billion added by July.": "more than 8000000000",
    "133 projects in Germany have been set up by firms from Suzhou.": "germany projectCount 133",
    "Wuhu Seed Center is affiliated to Bosch.": "operatedBy",
    "Haolin, whose second line is new, went on.": "distinction",
    "Bosch, or Haolin, whose second line went into operation on March 28.": "bosch milestone",
    "Bosch is big. Never before has it spent so much on a single building.": "investsIn",
    "Output of Wuhu rose 8.4 percent on the same months of 2023.": "year=2023",
    "Micron has a plant, and there is one of Haolin for which the firm paid 1 billion.": "micron investment",
    "Zakaria Ismail, who speaks for 300 fishermen, was there.": "zakaria-ismail",
    "Phase II, total investment 120 million yuan, was put into use.": "id:ii",
    "Land is running short: 94 percent of Batu Kawan Industrial Park has been sold.": "share 94",
    "Silk made Wuxi rich. The city in Anhui had 640 parks.": "wuxi",
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
