"""Forms of documents: what is wrong is named with file, line and mend."""

from typing import Any

import pytest

from g60kg.errors import GoldError
from g60kg.forms import flag, line, listed, one_of, read_fields, whole
from g60kg.nodes import Node, Source, read_node


def part(node: Node) -> int:
    number: int = read_fields(node, "a part", {"number": whole}, {})["number"]
    if number % 2:
        raise node.error(f"{number} is odd", "add one")
    return number


def read(text: str) -> dict[str, Any]:
    node = read_node(Source("a.yaml", GoldError), text)
    assert node is not None
    others = {"kind": one_of("great", "small"), "new": flag, "parts": listed(part)}
    return read_fields(node, "a whole", {"name": line}, others)


def test_what_is_said_is_read() -> None:
    said = read("name: A\nnew: yes\nparts: [{number: 2}]\n")
    assert said == {"name": "A", "new": True, "parts": (2,)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: small\n", "1: a whole has no 'name'; add 'name: …'"),
        ("name: A\n\nparts: [{}]\n", "3: a part has no 'number'; add 'number: …'"),
        ("name: A\nparts:\n- number: 2\n- number: 3\n", "4: 3 is odd; add one"),
        (
            "name: A\nparts:\n- number: 2\n- number: two\n",
            "4: 'number' is a whole number; write it in digits",
        ),
        ("name: A\nparts: {}\n", "2: 'parts' is a list; write '[…]' or '- …' lines"),
        ("name: A\nparts: [a]\n", "2: a part is a mapping; write 'key: value' lines"),
        ("name: A\nnew: 1\n", "2: 'new' is true or false; write one of the two"),
        ("name: A\nkind: tall\n", "2: no kind 'tall'; write one of great, small"),
        ("name: A\nnaem: A\n", "2: a whole has no key 'naem'; known: name, new"),
        ("name: 12:30\n", "1: 'name' is a text; write a text, in quotes where YAML reads it otherwise"),
        ("name: A\nparts: [{number: 0x1F}]\n", "2: YAML reads '0x1F' as a number; put it in quotes"),
        ("name: !own A\n", "1: the tag '!own'; write a plain text"),
        ("1: a\n", "1: a key is a text; put it in quotes"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_mend(text: str, said: str) -> None:
    with pytest.raises(GoldError) as caught:
        read(text)
    assert str(caught.value) == f"a.yaml:{said}"
