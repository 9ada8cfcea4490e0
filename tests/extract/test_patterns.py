"""Files of patterns: what they may hold, what is refused with file and line, and how folders add up."""

import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from g60kg.errors import PatternError
from g60kg.extract import Grammar, extract, load_grammar
from g60kg.extract.loading import load_patterns
from tests.extract.packaged import article, grammar

PATTERN = """\
- id: hums
  meaning: Two work together.
  forms: ["{a:Organization} hums with {b:Organization}"]
  claims: ["{a} g60:cooperatesWith {b}"]
  examples: [{text: Tencent hums with Haier., claims: ["id:tencent g60:cooperatesWith id:haier"]}]
  counterexamples: [Tencent sings.]
"""
TEXT = "Tencent hums with Haier."


def _write(folder: Path, text: str | bytes, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _with(old: str, new: str) -> str:
    assert old in PATTERN
    return PATTERN.replace(old, new, 1)


def _without(key: str) -> str:
    lines = [line for line in PATTERN.splitlines() if f"{key}:" != line.strip("- ").split(" ")[0]]
    return "\n".join(lines).replace("  meaning", "- meaning", 1 if key == "id" else 0)


def _load(folder: Path) -> Grammar:
    return load_grammar(grammar().register, folder)


def _refused(folder: Path) -> str:
    with pytest.raises(PatternError) as caught:
        _load(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def _ids(loaded: Grammar, text: str) -> list[str]:
    return [claim.pattern for claim in extract(article(text), loaded)]


def test_a_pattern_of_ones_own_is_read(tmp_path: Path) -> None:
    _write(tmp_path, PATTERN)
    assert _ids(_load(tmp_path), TEXT) == ["hums"]
    assert _ids(grammar(), TEXT) == []


def test_a_later_folder_replaces_a_pattern(tmp_path: Path) -> None:
    own = _with("id: hums", "id: develops")
    _write(tmp_path, own)
    loaded = _load(tmp_path)
    assert _ids(loaded, TEXT) == ["develops"]
    assert _ids(loaded, "Fosun Pharma develops biosimilars.") == []
    assert len(loaded.patterns) == len(grammar().patterns)


def test_a_file_of_comments_alone_holds_no_pattern(tmp_path: Path) -> None:
    for text in ("", "# nothing\n"):
        _write(tmp_path, text)
        assert load_patterns([tmp_path]) == ()


def test_a_pattern_knows_its_place(tmp_path: Path) -> None:
    path = _write(tmp_path, "# one\n\n" + PATTERN)
    (pattern,) = load_patterns([tmp_path])
    assert (pattern.path, pattern.line) == (str(path), 3)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- id: [a\n", 2, "not YAML"),
        ("id: a\n", 1, "a pattern file is a list of entries; begin each entry with '- id: '"),
        ("- abc\n", 1, "an entry is a mapping"),
        (
            "# c\n\n" + PATTERN + "  color: red\n",
            3,
            "pattern 'hums': unknown key 'color'; keys: acts, after, claims,",
        ),
        *(
            (_without(key), 1, f"no {key!r}; add it")
            for key in ("id", "meaning", "forms", "claims", "examples", "counterexamples")
        ),
        (
            _with(', claims: ["id:tencent g60:cooperatesWith id:haier"]', ""),
            1,
            "an example has 'text' and 'claims'",
        ),
        (
            _with(
                '[{text: Tencent hums with Haier., claims: ["id:tencent g60:cooperatesWith id:haier"]}]',
                "[abc]",
            ),
            1,
            "an example has 'text' and 'claims'",
        ),
        (PATTERN + "  context: {c: nowhere Region}\n", 1, "context 'nowhere Region' is not"),
        (
            _with("{a} g60:cooperatesWith {b}", "{a} {b}"),
            1,
            "claim '{a} {b}' is not 'SUBJECT PREDICATE OBJECT",
        ),
        (
            _with("{a} g60:cooperatesWith {b}", "{a} g60:cooperatesWith {z}"),
            1,
            "no form has the slot {z}; slots: a, b",
        ),
        (_with("{a:Organization} hums", "{a:Organization hums"), 1, "unexpected '{'"),
        (_with(" hums with", " [ hums with"), 1, "no closing ']'"),
        (_with(" hums with", " hums ) with"), 1, "unexpected ')'"),
        (_with(" hums with", " <nosuch> with"), 1, "no word <nosuch>; add it to data/grammar/words.yaml"),
        (
            _with("{b:Organization}", "{b:Nokind}"),
            1,
            "no kind 'Nokind'; use a class of the ontology or one of: area",
        ),
        (PATTERN + PATTERN, 7, "two patterns 'hums'; rename one"),
        (PATTERN + "---\n" + PATTERN, 7, "a pattern file is one list; remove the '---'"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = _write(tmp_path, text)
    assert _refused(tmp_path).startswith(f"{path}:{line}: ")
    assert message in _refused(tmp_path)


@pytest.mark.parametrize("data", [b"- id: \xff\n", b"- id: a\0b\n"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = _write(tmp_path, data)
    assert _refused(tmp_path).startswith(f"{path}")


def test_two_files_may_not_hold_one_pattern(tmp_path: Path) -> None:
    _write(tmp_path, PATTERN, "a.yaml")
    path = _write(tmp_path, PATTERN, "b.yaml")
    assert _refused(tmp_path) == f"{path}:1: two patterns 'hums'; rename one"


def _open(name: str, text: str) -> ParameterSet:
    return pytest.param(text, id=name)


@pytest.mark.parametrize(
    "text",
    [
        _open("a context that is a list", PATTERN + "  context: [a]\n"),
        _open("a context of no class", PATTERN + "  context: {c: sentence Nokind}\n"),
        _open("counter-examples that are one text", _with("[Tencent sings.]", "Tencent sings.")),
        _open("words that are one text", PATTERN + "  with: hums\n"),
        _open("a flag that is none", PATTERN + "  dated: maybe\n"),
        _open("an id that is a list", _with("id: hums", "id: [hums]")),
        _open("a key that stands twice", PATTERN + "  meaning: again\n"),
        _open("a key that is a list", PATTERN + "  ? [a, b]\n  : c\n"),
        _open("a tag", _with("Two work together.", "!!python/object/apply:os.getcwd []")),
        _open("a predicate of no prefix", _with("g60:cooperatesWith {b}", "nope:cooperatesWith {b}")),
        _open("a predicate of no ontology", _with("g60:cooperatesWith {b}", "g60:nosuch {b}")),
        _open("an object of no prefix", _with("g60:cooperatesWith {b}", "g60:cooperatesWith nope:x")),
        _open(
            "a qualifier of no ontology", _with("g60:cooperatesWith {b}", "g60:cooperatesWith {b} colour={a}")
        ),
        _open("a pattern to yield to that is none", PATTERN + "  yields_to: [nosuch]\n"),
        _open("a predicate that the register knows none of", PATTERN + "  unless_known: g60:nosuch\n"),
        _open("brackets too deep", _with(" hums", f" {'(' * 3000}x{')' * 3000}")),
    ],
)
def test_other_malformed_files_are_refused(tmp_path: Path, text: str) -> None:
    path = _write(tmp_path, text)
    try:
        _refused_at = _refused(tmp_path)
    except RecursionError as error:
        raise AssertionError("recursion") from error
    assert _refused_at.startswith(f"{path}:")


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert str(tmp_path / "missing") in _refused(tmp_path / "missing")


@pytest.mark.parametrize("start", ["[", "{a: "])
def test_deep_nesting_is_refused(tmp_path: Path, start: str) -> None:
    path = _write(tmp_path, "- id: " + start * 100_000)
    code = (
        "import sys; from pathlib import Path\n"
        "from g60kg.extract.loading import load_patterns\n"
        "from g60kg.errors import PatternError\n"
        "try: load_patterns([Path(sys.argv[1])])\n"
        "except PatternError as error: sys.stdout.write(str(error))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0
    assert run.stdout.startswith(f"{path}:1: ")
