"""Frames as files: what is read, and how a fault is named."""

from pathlib import Path

import pytest

from g60kg.errors import PatternError
from g60kg.extract.parser.frame_checks import check_frames
from g60kg.extract.parser.frame_files import load_frames, load_phrases
from g60kg.extract.parser.reader import frame_mechanism
from tests.extract.parser.reading import reader

ACTS = {"build": ["build", "construct"]}
FRAME = """\
# A corridor's anchors.
- id: anchors
  meaning: A park anchors a corridor.
  verbs: [anchor]
  roles:
    thing: {from: [doer], kinds: [Park, Facility]}
    corridor: {from: [object], kinds: [Corridor]}
  claims: [thing locatedIn corridor]
  example:
    text: Westland Seed Park anchors the G60 corridor.
    claims: [id:westland-seed-park g60:locatedIn id:g60-corridor]
  counter_example: "Westland Seed Park anchors hopes for the G60 corridor."
"""


def folder(tmp_path: Path, text: str, name: str = "own.yaml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_frame_of_a_user_is_read_and_holds(tmp_path: Path) -> None:
    (frame,) = load_frames([folder(tmp_path, FRAME)], ACTS)
    assert (frame.id, frame.verbs, frame.line) == ("anchors", ("anchor",), 2)
    check_frames([frame], reader())


def test_a_false_example_is_refused_with_file_and_line(tmp_path: Path) -> None:
    frames = load_frames([folder(tmp_path, FRAME.replace("g60:locatedIn", "g60:partOf"))], ACTS)
    with pytest.raises(PatternError) as caught:
        check_frames(frames, reader())
    assert (caught.value.path, caught.value.line) == (str(tmp_path / "own.yaml"), 10)
    assert "id:westland-seed-park g60:locatedIn id:g60-corridor" in str(caught.value)


def test_a_counter_example_that_is_read_is_refused(tmp_path: Path) -> None:
    text = FRAME.replace("anchors hopes for", "anchors")
    with pytest.raises(PatternError) as caught:
        check_frames(load_frames([folder(tmp_path, text)], ACTS), reader())
    assert caught.value.line == 12


FAULTS = {
    "a frame has no key 'verb'": FRAME.replace("verbs:", "verb:"),
    "'verbs' is a list": FRAME.replace("[anchor]", "anchor"),
    "a frame has no 'meaning'": FRAME.replace("  meaning: A park anchors a corridor.\n", ""),
    "no word calls it": FRAME.replace("  verbs: [anchor]\n", ""),
    "no class of words '=anchor'": FRAME.replace("[anchor]", "[=anchor]"),
    "no class 'Parks'": FRAME.replace("Park, Facility", "Parks"),
    "no predicate 'isIn'": FRAME.replace("thing locatedIn", "thing isIn"),
    "no role 'park'": FRAME.replace("[thing locatedIn", "[park locatedIn"),
    "the role 'thing' has no 'kinds'": FRAME.replace(
        "{from: [doer], kinds: [Park, Facility]}", "{from: [doer]}"
    ),
    "the claim 'thing locatedIn' is unreadable": FRAME.replace(
        "[thing locatedIn corridor]", "[thing locatedIn]"
    ),
    "a frame is a mapping": "- anchors\n",
    "a frame file is a list of entries": "anchors: yes\n",
    "not YAML": "- id: [\n",
    "an example has no key 'txt'": FRAME.replace("    text:", "    txt:"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_line_and_mend(fault: str, tmp_path: Path) -> None:
    with pytest.raises(PatternError) as caught:
        load_frames([folder(tmp_path, FAULTS[fault])], ACTS)
    assert fault in str(caught.value)
    assert caught.value.path == str(tmp_path / "own.yaml")
    assert caught.value.line is not None


def test_two_frames_of_one_id_in_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="two frames 'anchors'"):
        load_frames([folder(tmp_path, FRAME + FRAME)], ACTS)


def test_a_later_folder_replaces_a_frame(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    folder(first, FRAME)
    folder(second, FRAME.replace("[anchor]", "[moor]"))
    (frame,) = load_frames([first, second], ACTS)
    assert frame.verbs == ("moor",)


def test_a_folder_adds_to_a_class_of_words(tmp_path: Path) -> None:
    folder(tmp_path, FRAME)
    (tmp_path / "grammar").mkdir()
    folder(tmp_path / "grammar", "build: [conjure]\n", "acts.yaml")
    frames = frame_mechanism(tmp_path).frames
    assert {"builds", "place-of-object"} <= {frame.id for frame in frames.verbs["conjure"]}
    assert "anchors" in {frame.id for frame in frames.all}


PHRASE = """\
- id: nickname
  meaning: A park has a nickname.
  phrase: '{park:Park} , nicknamed "{name}"'
  claims: [park distinction name]
  example:
    text: 'Westland Seed Park, nicknamed "The Field", is new.'
    claims: ['id:westland-seed-park g60:distinction "The Field"']
  counter_example: 'A man nicknamed "The Field" likes Westland Seed Park.'
"""


def test_a_phrase_of_a_user_is_read_and_holds(tmp_path: Path) -> None:
    phrases = load_phrases([folder(tmp_path, PHRASE, "phrases.yaml")])
    check_frames(phrases, reader())


def test_a_fault_of_a_phrase_is_named(tmp_path: Path) -> None:
    text = PHRASE.replace("[park distinction", "[parks distinction")
    with pytest.raises(PatternError, match="no role 'parks'"):
        load_phrases([folder(tmp_path, text, "phrases.yaml")])
