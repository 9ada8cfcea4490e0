"""Forms of documents: what is wrong is named with file, line and mend."""

from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import AfterValidator, Field, StrictBool, StrictInt, TypeAdapter

from g60kg.errors import GoldError
from g60kg.forms import Form, Line, fault, read_form
from g60kg.nodes import Node, Source, read_node


def _even(number: int) -> int:
    if number % 2:
        raise fault("{key} is odd", "add one")
    return number


class Part(Form):
    noun: ClassVar[str] = "a part"
    number: Annotated[StrictInt, AfterValidator(_even)]


class Whole(Form):
    noun: ClassVar[str] = "a whole"
    name: Annotated[Line, Field(description="give its name")]
    kind: Literal["great", "small"] = "great"
    is_new: StrictBool = Field(alias="new", default=False)
    parts: tuple[Part, ...] = ()


WHOLE = TypeAdapter(Whole)


def node(text: str) -> Node:
    found = read_node(Source("a.yaml", GoldError), text)
    assert found is not None
    return found


def test_a_value_is_frozen_and_whole() -> None:
    whole = read_form(WHOLE, node("name: A\nnew: yes\nparts: [{number: 2}]\n"))
    assert whole == Whole.model_validate({"name": "A", "new": True, "parts": [{"number": 2}]})
    with pytest.raises(ValueError, match="frozen"):
        whole.name = "B"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: small\n", "1: a whole has no 'name'; give its name"),
        ("name: A\n\nparts: [{}]\n", "3: a part has no 'number'; add 'number: …'"),
        ("name: A\nparts:\n- number: 2\n- number: 3\n", "4: 'number' is odd; add one"),
        (
            "name: A\nparts:\n- number: 2\n- number: two\n",
            "4: 'number' is a whole number; write it in digits",
        ),
        ("name: A\nparts: {}\n", "2: 'parts' is a list; write '[…]' or '- …' lines"),
        ("name: A\nparts: [a]\n", "2: a part is a mapping; write 'key: value' lines"),
        ("name: A\nnew: 1\n", "2: 'new' is true or false; write one of the two"),
        ("name: A\nkind: tall\n", "2: no kind 'tall'; write one of 'great' or 'small'"),
        ("name: A\nnaem: A\n", "2: a whole has no key 'naem'; known: name, new"),
        ("name: A\nis_new: no\n", "2: a whole has no key 'is_new'; known: new"),
        ("name: 12:30\n", "1: YAML reads '12:30' as a number; put it in quotes"),
        ("name: 0x1F\n", "1: YAML reads '0x1F' as a number; put it in quotes"),
        ("name: !own A\n", "1: the tag '!own'; write a plain text"),
        ("1: a\n", "1: a key is a text; put it in quotes"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_mend(text: str, said: str) -> None:
    with pytest.raises(GoldError) as caught:
        read_form(WHOLE, node(text))
    assert str(caught.value) == f"a.yaml:{said}"
