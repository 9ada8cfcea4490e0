import time

from g60kg.register import NearNames, Register, load_register

from .conftest import Write, entry


def named(*names: str) -> NearNames:
    entries = {f"e{number}": entry(f"e{number}", en=name) for number, name in enumerate(names)}
    return NearNames(Register(entries))


def test_the_likest_comes_first() -> None:
    near = named("Songjiang District", "Suzhou", "Songjiang Districts", "Songjiang Town").of(
        "Songjang District"
    )
    assert [(each.id, each.likeness) for each in near] == [("e0", 0.971), ("e2", 0.944)]


def test_one_entry_comes_once_with_its_likest_name() -> None:
    register = Register({"a": entry("a", en="Songjiang District", also=("Songjiang",))})
    assert [(near.name, near.likeness) for near in NearNames(register).of("songjiang")] == [
        ("Songjiang", 1.0)
    ]


def test_garbled_names_are_not_proposed(write: Write) -> None:
    near = NearNames(load_register()).of("Matsue City")
    assert "songjiang" not in {each.id for each in near}


def test_what_is_like_nothing_has_no_near_name() -> None:
    assert named("Suzhou").of("Quantum Ping-pong Museum") == ()
    assert named("Suzhou").of("") == ()
    assert named().of("Suzhou") == ()


def test_names_in_chinese_are_compared_too() -> None:
    register = Register({"a": entry("a", en="Songjiang District", zh="松江区")})
    assert NearNames(register).of("松江新区")[0].id == "a"


def test_a_large_register_costs_little_more() -> None:
    near = named(*(f"Company {number} of Kind {number % 97}" for number in range(20_000)))
    start = time.process_time()
    for number in range(10):
        assert near.of(f"Compny {number} of Kind {number}")
    assert time.process_time() - start < 4


def test_a_word_that_many_names_have_makes_none_alike() -> None:
    groups = ("Lingang Group", "Chint Group", "Haier Group", "Fosun Group", "Baowu Group")
    near = named(*groups)
    assert near.of("Bluefin Group") == ()
    assert [each.id for each in near.of("Lingan Group")] == ["e0"]
