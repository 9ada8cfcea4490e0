"""Where sentences end, and where a full stop ends none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g60kg.text.view import make_view, sentence_spans


def sentences(text: str) -> list[str]:
    plain = make_view(text).text
    return [plain[start:end] for start, end in sentence_spans(plain)]


@pytest.mark.parametrize(
    "text",
    [
        "It cost US$13.8 billion and 3.14 yuan.",
        "Haier Co. Ltd. moved in.",
        "Tencent Co., Ltd. came.",
        "No. 3 is here.",
        "Mr. Li met Dr. Wu.",
        "St. Petersburg is far.",
        "It grew e.g. in Wuhu, i.e. far away.",
        "It is approx. 5 km away.",
        "in Jan. 2020 it grew.",
        "U.S. firms came.",
        "It is version 3.0",
        "signed “Plan A”. , “Plan B” and more",
        "they got to cover. , Jinhua, Suzhou and Huzhou.",
        "Improve. development. “",
        'He said "It is good." and left.',
        "It is worth 5 yuan.it is.",
        "no final stop",
    ],
)
def test_one_sentence(text: str) -> None:
    assert sentences(text) == [make_view(text).text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is good! Really? Yes.", ["It is good!", "Really?", "Yes."]),
        ("It grew. It fell.", ["It grew.", "It fell."]),
        ("It grew.It fell.", ["It grew.", "It fell."]),
        ("worth 13.8. It fell.", ["worth 13.8.", "It fell."]),
        ("in 2021. 5 companies came.", ["in 2021.", "5 companies came."]),
        ("said “It is good.” The man left.", ['said "It is good."', "The man left."]),
        ("(It is so.) She left.", ["(It is so.)", "She left."]),
        ("It is so.[1] It was.", ["It is so.[1]", "It was."]),
        ("kilometers. . It started.", ["kilometers. .", "It started."]),
        ("He joined Haier Inc. The firm grew.", ["He joined Haier Inc.", "The firm grew."]),
        ("It left the U.S. In May it came.", ["It left the U.S.", "In May it came."]),
        ("It opened at 9 a.m. The man left.", ["It opened at 9 a.m.", "The man left."]),
        ("松江很好。嘉兴也好。", ["松江很好。", "嘉兴也好。"]),
        ("Cai Bin\n\nHaier came.", ["Cai Bin", "Haier came."]),
        ("One.\r\nTwo.\r\n\r\nThree", ["One.", "Two.", "Three"]),
        ("One.\rTwo.", ["One.", "Two."]),
        ("One\u2029Two", ["One", "Two"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_several_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_wrapped_line_is_one_sentence() -> None:
    text = "The corridor in the Yangtze River Delta spans nine cities and\ncovers three provinces. It grows."
    assert sentences(text) == [text.split(". ")[0].replace("\n", " ") + ".", "It grows."]


def test_a_run_without_an_end_is_cut_between_words() -> None:
    parts = sentences("word " * 1000)
    assert len(parts) == 3
    assert " ".join(parts) == ("word " * 1000).strip()
    assert all(part.startswith("word") and part.endswith("word") for part in parts)


@given(st.text(alphabet="aB1 .,!?\"')([]\n。松", max_size=200))
def test_spans_part_the_text(text: str) -> None:
    """Spans stand in order, none is empty, none crosses a line, and nothing but blanks lies between."""
    spans = sentence_spans(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all("\n" not in text[start:end] for start, end in spans)
    assert all(not text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))
