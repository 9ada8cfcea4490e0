import time
from pathlib import Path

import pytest

from g60kg.errors import RegisterError
from g60kg.register import load_register
from g60kg.resources import resource

from .conftest import HEAD, Write

BETA = HEAD.replace("id: a", "id: b").replace("Alpha", "Beta")


def test_a_later_folder_adds_and_replaces(write: Write) -> None:
    first = write("first", one=HEAD, two=BETA)
    more = "  facts: [{partOf: c}]\n- {id: c, type: Province, en: C, source: made}\n"
    second = write("second", one=HEAD.replace("Alpha", "Alef") + more)
    register = load_register(first, second)
    assert [entry.en for entry in register.entries.values()] == ["Alef", "Beta", "C"]
    assert register.find("Alpha") == ()


def test_the_packaged_register_can_be_extended(write: Write) -> None:
    more = write(one=HEAD + "  facts: [{partOf: zhejiang}]\n")
    register = load_register(resource("data", "register"), more)
    assert register.find("alpha")[0].facts[0].object == register.entries["zhejiang"].iri


def test_order_of_files_and_entries_does_not_matter(write: Write) -> None:
    one = load_register(write("one", a=HEAD, b=BETA))
    other = load_register(write("other", z=BETA + HEAD))
    assert one == other
    assert list(one.entries) == list(other.entries)


def test_one_id_twice_in_a_folder_is_refused(write: Write) -> None:
    folder = write(one=HEAD, two=HEAD.replace("Alpha", "Beta"))
    with pytest.raises(RegisterError, match=r"two\.yaml:1: the id 'a' stands at .*one\.yaml:1 too; give"):
        load_register(folder)


def test_one_name_twice_is_refused_over_folders(write: Write) -> None:
    first, second = write("first", one=HEAD), write("second", one=BETA.replace("Beta", "ALPHA"))
    message = r"second.one\.yaml:1: the name 'ALPHA' of 'b'.*first.one\.yaml:1"
    with pytest.raises(RegisterError, match=message):
        load_register(first, second)


def test_an_object_may_not_be_taken_away(write: Write) -> None:
    text = HEAD + "  facts:\n    - cooperatesWith: nobody\n"
    with pytest.raises(RegisterError, match=r"one\.yaml:6: no entry has the id 'nobody'"):
        load_register(write(one=text))


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="nowhere: no such folder; name a folder of register files"):
        load_register(tmp_path / "nowhere")


def test_other_files_are_left_alone(write: Write) -> None:
    folder = write(one=HEAD)
    (folder / "notes.txt").write_text("- id: [")
    assert list(load_register(folder).entries) == ["a"]


ENTRY = """\
- id: c{i}
  type: Company
  en: Company {i}
  zh: 公司{i}
  also: ["Company No {i}{{, Ltd}}"]
  garbled: [{{name: Compny {i}, reason: Misspelt.}}]
  facts: [{{locatedIn: c{half}}}]
  source: made
"""


def seconds_to_load(folder: Path) -> float:
    start = time.process_time()
    load_register(folder)
    return time.process_time() - start


def test_time_grows_with_the_register_and_no_faster(write: Write) -> None:
    texts = {n: "".join(ENTRY.format(i=i, half=i // 2) for i in range(n)) for n in (300, 3000)}
    folders = {n: write(f"r{n}", all=text) for n, text in texts.items()}
    small, large = (min(seconds_to_load(folders[n]) for _ in range(2)) for n in (300, 3000))
    assert large < 25 * small
