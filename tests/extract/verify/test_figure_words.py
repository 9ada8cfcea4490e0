"""The words of a figure give the value, unit and comparator claimed."""

import pytest

from g60kg.extract.proposals import Proposal, Stated
from tests.extract.verify.proposing import figure, kept, proposal, refused, thing


def claimed(sentence: str, said: Stated) -> tuple[str, Proposal]:
    text = f"Wuhu is a city. {sentence}"
    return text, proposal(sentence, thing("Wuhu", "City"), "investment", said)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Wuhu put 4.5 billion yuan into roads.", figure("4.5 billion yuan", "4500000000", "CNY")),
        (
            "Wuhu put over 4.5 billion yuan into it.",
            figure("4.5 billion yuan", "4500000000", "CNY", "more than"),
        ),
        (
            "Wuhu put over 4.5 billion yuan into it.",
            figure("over 4.5 billion yuan", "4500000000", "CNY", "more than"),
        ),
        ("Wuhu put DKK17bn into it.", figure("DKK17bn", "17000000000", "DKK")),
        ("Wuhu put over DKK17bn ($2.58bn) into it.", figure("$2.58bn", "2580000000", "USD", "more than")),
        ("Wuhu put 20 million yuan ($3 million) in.", figure("$3 million", "3000000", "USD")),
        ("Wuhu has a third of the plants.", figure("a third", "0.333333", "fraction")),
        ("Wuhu has half of the plants.", figure("half", "50", "percent")),
        ("Wuhu has forty-two firms.", figure("forty-two", "42")),
        ("Wuhu is 20 minutes away.", figure("20 minutes", "20", "minutes")),
        (
            "Trains of Wuhu go at up to 350 kilometers per hour.",
            figure("350 kilometers per hour", "350", "km/h", "up to"),
        ),
        ("Wuhu doubled its sales.", figure("doubled", "2", "times")),
        ("Loans in Wuhu added up to $3 billion.", figure("$3 billion", "3000000000", "USD")),
        ("Wuhu has 97 firms, 9 of them new.", figure("9", "9")),
    ],
)
def test_what_the_words_say_is_kept(sentence: str, said: Stated) -> None:
    text, one = claimed(sentence, said)
    assert kept(text, one).object


@pytest.mark.parametrize(
    ("sentence", "said", "check"),
    [
        ("Wuhu put 4.5 billion yuan into it.", figure("4.5 billion yuan", "450000000", "CNY"), "number"),
        ("Wuhu put 4.5 billion yuan into it.", figure("4.5 billion yuan", "4500000000", "USD"), "unit"),
        ("Wuhu put 4.5 billion yuan into it.", figure("4.5", "4.5", "count"), "number"),
        ("Wuhu has 52 percent of it.", figure("52", "52", "count"), "unit"),
        ("Wuhu has 52 percent of it.", figure("52 percent", "52", "count"), "unit"),
        ("Wuhu has a fifteenth of it.", figure("a fifteenth", "15", "percent"), "unit"),
        ("Wuhu put nearly 4 million yuan in.", figure("4 million yuan", "4000000", "CNY"), "comparator"),
        ("Wuhu put 4 million yuan in.", figure("4 million yuan", "4000000", "CNY", "about"), "comparator"),
        ("Wuhu put 20 million yuan ($3 million) in.", figure("$3 million", "20000000", "CNY"), "unit"),
        ("Wuhu has 169.73 mu (11.31 hectares).", figure("169.73 mu", "113153.9", "m2"), "unit"),
        ("Wuhu has 97 firms.", figure("9", "9"), "computed"),
        ("Wuhu has 3 plants and 4 shops.", figure("7", "7"), "computed"),
        ("Wuhu has 1,200 firms.", figure("200", "200"), "computed"),
        ("Wuhu has new firms.", figure("new", "1"), "number"),
    ],
)
def test_what_the_words_do_not_say_is_refused(sentence: str, said: Stated, check: str) -> None:
    text, one = claimed(sentence, said)
    assert refused(text, one) == check
