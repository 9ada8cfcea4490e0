import io
from pathlib import Path

import pytest

from g60kg.article import Article
from g60kg.errors import ArticleError
from g60kg.kg.texts import checked_sources, name_of, read_articles, read_source


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news.txt").write_text("Wuhu.")
    return tmp_path / "news.txt"


def test_a_file_with_what_is_known_of_it(news: Path) -> None:
    [article] = read_articles([news], date="2024-01-01", title=None)
    assert (article.id, article.text, article.date) == ("news", "Wuhu.", "2024-01-01")


def test_standard_input_is_kept_and_files_are_not(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Hefei.")))
    file, article = checked_sources([str(news), "-"], {})
    assert file == str(news)
    assert isinstance(article, Article)
    assert (name_of(article), article.text) == ("standard-input", "Hefei.")
    assert read_source(article, {}) is article


def test_the_first_unusable_file_is_named(news: Path, tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"absent\.txt: cannot be read"):
        checked_sources([str(news), str(tmp_path / "absent.txt"), str(tmp_path)], {})
    with pytest.raises(ArticleError, match="is a folder; name a text file"):
        read_source(str(tmp_path), {})
