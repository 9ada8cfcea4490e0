"""How values show themselves in a notebook: their text, as it stands in a terminal."""

from html import escape

_STYLE = "white-space: pre-wrap; line-height: 1.35"


class Shown:
    """A value that a notebook shows as the text that `str` gives of it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return the text as HTML, everything escaped, its lines and columns kept."""
        return f'<pre style="{_STYLE}">{escape(str(self))}</pre>'
