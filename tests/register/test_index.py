import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g60kg.errors import RegisterError
from g60kg.register import Entry, Garbled, Register, RegisterFact, fold
from g60kg.register.entry import Place
from g60kg.register.load import check_names
from g60kg.terms import G60, ID

from .conftest import entry


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Songjiang", "SONGJIANG"),
        ("Haier’s", "haier's"),
        ("Wuhu  City", "wuhu city"),
        ("Cafe\u0301", "Café"),
        ("Straße", "STRASSE"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Suzhou", "Huzhou"), ("Wuhu City", "Wuhu"), ("松江", "松江区")])
def test_names_that_are_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(alphabet=string.printable + "松江’é", max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


MATSUE = Garbled("Matsue", "Misread.", "machine translation")
CLASHES = [
    (entry("a", en="Same"), entry("b", en="SAME"), "the name 'SAME' of 'b' is also a name of 'a' (f.yaml:1)"),
    (entry("a", zh="松江"), entry("b", also_zh=("松江",)), "the name '松江' of 'b'"),
    (entry("a", also=("X",)), entry("b", adjective=("x",)), "the name 'x' of 'b'"),
    (entry("a", en="X"), entry("b", garbled=(Garbled("X", "Misread."),)), "say with 'where'"),
    (entry("a", garbled=(Garbled("X", "Misread."),)), entry("b", zh="X"), "the name 'X' of 'a'"),
    (entry("a", garbled=(MATSUE,)), entry("b", garbled=(MATSUE,)), "tell them apart with 'where'"),
    (entry("a", garbled=(MATSUE,)), entry("b", garbled=(Garbled("matsue", "Misread."),)), "tell them apart"),
]


@pytest.mark.parametrize(("one", "other", "message"), CLASHES)
def test_two_entries_with_one_name_are_refused(one: Entry, other: Entry, message: str) -> None:
    with pytest.raises(RegisterError, match=re.escape(message)) as caught:
        check_names([one, other])
    assert str(caught.value).startswith("f.yaml:1: ")


def test_a_right_name_is_not_garbled_too() -> None:
    with pytest.raises(RegisterError, match="the name 'A name' is a right name of 'a'"):
        check_names([entry("a", en="A name", garbled=(Garbled("A name", "Misread."),))])


FINE = [
    (entry("a", en="Kuka"), entry("b", zh="Kuka")),
    (entry("a", garbled=(MATSUE,)), entry("b", en="Matsue")),
    (entry("a", garbled=(MATSUE,)), entry("b", garbled=(Garbled("Matsue", "Misread.", "retold"),))),
]


@pytest.mark.parametrize(("one", "other"), FINE)
def test_names_that_context_tells_apart_are_allowed(one: Entry, other: Entry) -> None:
    check_names([one, other])


def test_a_name_leads_to_all_who_bear_it() -> None:
    one, other = entry("a", en="Kuka"), entry("b", zh="KUKA", place=Place("f.yaml", 9))
    assert Register({each.id: each for each in (one, other)}).find("KUKA") == (one, other)


def placed(id: str, place: str, **given: object) -> Entry:
    fact = RegisterFact(G60.partOf, ID[place], "a list")
    return entry(id, facts=(fact,), **given)


def test_things_of_one_name_that_lie_in_different_places_are_allowed() -> None:
    one, other = placed("suzhou", "jiangsu", en="Suzhou"), placed("suzhou-anhui", "anhui", en="Suzhou")
    check_names([one, other])
    assert Register({each.id: each for each in (one, other)}).find("Suzhou") == (one, other)


@pytest.mark.parametrize("other", [placed("b", "anhui", en="Suzhou"), entry("b", en="Suzhou")])
def test_those_that_lie_in_one_place_or_nowhere_are_not(other: Entry) -> None:
    with pytest.raises(RegisterError, match=r"or say where each lies \(partOf\)"):
        check_names([placed("a", "anhui", en="Suzhou"), other])
