"""A user's own folders, made for tests: a park and a frame that the packaged knowledge lacks."""

from pathlib import Path

REGISTER = """\
- id: foo-park
  type: Park
  en: Foo Park
  facts:
    - locatedIn: wuhu
  source: made for a test
"""
FRAME = """\
- id: praises
  meaning: A region praises another.
  verbs: [praise]
  roles:
    one: {from: [doer], kinds: [Region]}
    other: {from: [object], kinds: [Region]}
  claims: [one cooperatesWith other]
  example: {text: Wuhu praises Hefei., claims: ["id:wuhu g60:cooperatesWith id:hefei"]}
  counter_example: Wuhu praises its people.
"""
TEXT = "Wuhu praises Hefei. Foo Park covers an area of 12 square kilometers."


def write_own(folder: Path, register: str = REGISTER, frames: str = FRAME) -> tuple[Path, Path]:
    """Write the two folders; return them."""
    places = folder / "own-register", folder / "own-frames"
    for place, text in zip(places, (register, frames), strict=True):
        place.mkdir(exist_ok=True)
        (place / "mine.yaml").write_text(text, encoding="utf-8")
    return places
