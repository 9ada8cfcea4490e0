"""Sentences in which a hasty reader finds facts that they do not state."""

import pytest

from tests.extract.packaged import claims

TRAPS = [
    "Haier visited 300 companies in Wuhu last year.",
    "Songjiang sent a delegation to 40 enterprises in Hefei.",
    "Hangzhou lost 120 companies to Shanghai in 2022.",
    "Officials from Wuhu toured 12 factories in Songjiang.",
    "Jiaxing is not a member of the alliance.",
    "Nantong would like to join the G60 Corridor.",
    "The G60 Corridor does not include Ningbo.",
    "Unlike Hefei, Nanjing is outside the G60 Corridor.",
    "A rival of Haier built the Dual Smart Empowerment Center.",
    "Haier's competitor is headquartered in Hefei.",
    "The mayor of Wuhu lives in Hefei.",
    "Haier closed its factory in Hefei in 2019.",
    "Haier no longer operates a plant in Wuhu.",
    "Haier considered a plant in Wuhu but chose Hefei.",
    "Haier and Tencent talked about an agreement but did not sign it.",
    "Talks between Haier and Wuhu on a cooperation agreement failed.",
    "Experts doubt that Songjiang has 500 chip companies.",
    "The target is 500 companies by 2030.",
    "Songjiang hopes to have 5,000 high-tech companies by 2027.",
    "A worker of Haier has built 30 houses in Hefei.",
    "Haier's products are sold in Hefei.",
    "Haier supplies parts to Tencent.",
    "The road from Hefei to Wuhu is 140 kilometers long, and the G60 Corridor is near.",
    "Wuhu, where 300 guests from 40 companies met, is in Anhui.",
    "More companies than in 2019 came to Songjiang: 300 instead of 200.",
    "Songjiang ranked 20 companies as leaders of their field.",
    "The award went to 12 companies from Jiaxing, while Songjiang has none.",
    "Companies in Songjiang, Haier says, invest 2 billion yuan abroad.",
    "It is said that Haier will build a plant in Wuhu.",
    "The plant that Haier wanted to buy is in Wuhu.",
    "Suppliers of Chery are headquartered in Wuhu.",
    "Wuhu's population is larger than the 2 million of Xuancheng.",
    "Hefei's GDP is 300 billion yuan more than that of Wuhu.",
    "Hefei's GDP was 300 billion yuan short of the target.",
    "Jinhua's exports, not its GDP, reached 500 billion yuan.",
    "If the fund reaches 10 billion yuan, Jinhua will invest 2 billion yuan in it.",
    "Fines of 20 million yuan were imposed on 15 companies in Jiaxing.",
    "The company that Haier bought was founded in 2010 by a professor.",
    "Haier's founder was born in Hefei in 1950.",
    "The 14th Five-Year Plan was discussed at a meeting of the G60 Corridor.",
    "Officials of the G60 Corridor read the Outline of the Yangtze River Delta plan.",
    "Trains from Wuhu, Hefei, Jinhua and Huzhou stop near the G60 Corridor.",
    "Firms from nine cities came: Wuhu, Hefei, Nanjing, Ningbo and others.",
    "The alliance has members in nine cities: Wuhu, Hefei, Nanjing, Ningbo and Wuxi.",
    "The expressway links Shanghai, Hangzhou, Nanchang and Kunming.",
    "Huzhou and Suzhou are often confused with Fuzhou.",
    "The Wuhu plant of Chery is older than the Hefei plant of NIO.",
    "NIO was advised by Hefei to build a plant.",
    "The bridge built by Haier's subsidiary in Wuhu is 300 meters long.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_nothing_is_stated_as_a_fact(text: str) -> None:
    """What is planned, denied or only reported may be read as such."""
    assert [claim.quote for claim in claims(text) if claim.is_fact] == []
