"""Words in English that know their Chinese.

Goes in: a text in both languages, or in English alone. Comes out: a `str`, the English one, which gives the
other where it is asked for.
"""

from typing import Self


class Text(str):
    """A text in English, with the same in Chinese in `zh`, which is empty where nobody wrote it.

    >>> title = Text("Companies by industry", "各产业的企业")
    >>> title, title.zh, title.said_in("zh"), Text("Parks").said_in("zh")
    ('Companies by industry', '各产业的企业', '各产业的企业', 'Parks')
    """

    __slots__ = ("zh",)

    zh: str

    def __new__(cls, en: str, zh: str = "") -> Self:
        """Return the text of two languages."""
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    @property
    def en(self) -> str:
        """The English text, as a plain `str`."""
        return str(self)

    def said_in(self, language: str) -> str:
        """Return the text in a language, `en` or `zh`; in English where it is not in that one."""
        return (self.zh if language == "zh" else "") or self.en

    def language_in(self, language: str) -> str:
        """Return the language of what `said_in` returns."""
        return "zh" if language == "zh" and self.zh else "en"
