"""The frames and phrases that the page shows are right: they load, and their examples hold."""

import re
from pathlib import Path

from g60kg.extract.parser.frame_checks import check_frames
from g60kg.extract.parser.frame_files import load_frames, load_phrases
from tests.extract.parser.reading import reader

PAGE = Path(__file__).parents[2] / "docs" / "frames.md"


def test_what_the_page_shows_holds(tmp_path: Path) -> None:
    frames, phrases = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    (tmp_path / "corridor.yaml").write_text(frames, encoding="utf-8")
    (tmp_path / "phrases.yaml").write_text(phrases, encoding="utf-8")
    check_frames([*load_frames([tmp_path], {}), *load_phrases([tmp_path])], reader())
