"""A user's own folders, made for tests: a park and a pattern that the packaged knowledge lacks."""

from pathlib import Path

REGISTER = """\
- id: foo-park
  type: Park
  en: Foo Park
  facts:
    - locatedIn: wuhu
  source: made for a test
"""
PATTERN = """\
- id: praises
  meaning: A region praises another.
  forms:
    - "{one:Region} praises {other:Region}"
  claims:
    - "{one} g60:cooperatesWith {other}"
  examples:
    - text: Wuhu praises Hefei.
      claims: ['id:wuhu g60:cooperatesWith id:hefei']
  counterexamples:
    - Wuhu praises its people.
"""
TEXT = "Wuhu praises Hefei. Foo Park covers an area of 12 square kilometers."


def write_own(folder: Path, register: str = REGISTER, patterns: str = PATTERN) -> tuple[Path, Path]:
    """Write the two folders; return them."""
    places = folder / "own-register", folder / "own-patterns"
    for place, text in zip(places, (register, patterns), strict=True):
        place.mkdir(exist_ok=True)
        (place / "mine.yaml").write_text(text, encoding="utf-8")
    return places
