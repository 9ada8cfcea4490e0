"""How a check says that a proposal fails it."""


class Refused(Exception):  # noqa: N818 - the outcome of a check, no error of the user's
    """A proposal fails a check: the check's name, and the words that show why."""

    def __init__(self, check: str, reason: str) -> None:
        self.check = check
        self.reason = " ".join(reason.split())
        super().__init__(f"{check}: {self.reason}")
