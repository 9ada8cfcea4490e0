"""Which model is asked, at which address, with which key.

Goes in: what the user named. Comes out: a `Target` that can be asked; what cannot is a `ModelError`.
"""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from g60kg.errors import ModelError


@dataclass(frozen=True, slots=True)
class Target:
    """A model at an address, perhaps with a key, which is shown nowhere.

    Raises `ModelError` for an address or a key that cannot be used.

    >>> Target("http://127.0.0.1:8080/v1/", "small").address
    'http://127.0.0.1:8080/v1/chat/completions'
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        _checked(self.url)
        if self.key is not None and not (self.key.isascii() and self.key.isprintable() and self.key.strip()):
            raise ModelError("the key holds what no header may", mend="look at G60KG_MODEL_KEY")

    @property
    def address(self) -> str:
        """Where chats are posted to."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/").removesuffix("/chat/completions")
        return parts._replace(path=f"{path}/chat/completions").geturl()

    @property
    def shown(self) -> str:
        """The address as messages show it, without what may be a key."""
        return urlsplit(self.url)._replace(query="", fragment="").geturl()

    def plain(self, text: str) -> str:
        """Return what an endpoint said on one short line, without the key and without control characters."""
        text = text[:2_000].replace(self.key, "…") if self.key else text[:2_000]
        printable = "".join(sign if sign.isprintable() else " " for sign in text)
        return " ".join(printable.split())[:200]


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        raise ModelError(f"{url[:200]!r} is no address of an endpoint", mend="write it as https://…/v1")
    if parts.username or parts.password:
        raise ModelError("the address of the endpoint holds a password", mend="set G60KG_MODEL_KEY instead")
    return parts
