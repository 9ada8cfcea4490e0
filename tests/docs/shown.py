"""What a page shows of the command line: its commands, and what each prints."""

import re
from collections.abc import Iterator


def blocks(page: str, kind: str) -> list[str]:
    """Return the fenced blocks of a kind, such as `console`."""
    return re.findall(rf"```{kind}\n(.*?)```", page, re.S)


def sessions(page: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a page with what it prints, in order."""
    for block in blocks(page, "console"):
        for session in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, printed = session.partition("\n")
            yield command, printed


def fits(printed: str, shown: str) -> bool:
    """Tell whether an output is what a page shows, where `…` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in shown.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.S) is not None
