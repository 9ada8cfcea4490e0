import io
from pathlib import Path

import pytest

from g60kg.article import Article
from g60kg.errors import ArticleError
from g60kg.kg.texts import name_of, read_source, sources_of


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news.txt").write_text("Wuhu.")
    return tmp_path / "news.txt"


def test_a_file_with_what_is_known_of_it(news: Path) -> None:
    article = read_source(str(news), {"date": "2024-01-01", "title": None})
    assert (article.id, article.text, article.date) == ("news", "Wuhu.", "2024-01-01")


def test_standard_input_is_kept_and_files_are_not(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Hefei.")))
    file, article = sources_of([str(news), "-"], (), {})
    assert file == str(news)
    assert isinstance(article, Article)
    assert (name_of(article), article.text) == ("standard-input", "Hefei.")
    assert read_source(article, {}) is article


def test_where_no_file_can_be_used_the_first_is_named(news: Path, tmp_path: Path) -> None:
    absent = str(tmp_path / "absent.txt")
    with pytest.raises(ArticleError, match=r"absent\.txt: cannot be read"):
        sources_of([absent, f"{absent}.txt"], (), {})
    assert sources_of([absent, str(news)], (), {}) == [absent, str(news)]
    with pytest.raises(ArticleError, match="name files"):
        sources_of((), (), {})
    with pytest.raises(ArticleError, match="is a folder; name a text file"):
        read_source(str(tmp_path), {})


def test_a_folder_stands_for_its_texts(news: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>Hefei.</p>")
    (tmp_path / "news.yaml").write_text("date: 2024-01-01")
    assert sources_of([str(tmp_path)], (), {}) == [str(news), str(tmp_path / "page.html")]
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArticleError, match="is a folder without texts"):
        sources_of([str(tmp_path / "empty")], (), {})


LISTS = {
    "list.csv": 'file,date,title\nnews.txt,2024-01-01,\n"news.txt",2024-02-01,"Wuhu, again"\n',
    "list.jsonl": '{"file": "news.txt", "date": "2024-01-01"}\n\n'
    '{"file": "news.txt", "date": "2024-02-01", "title": "Wuhu, again"}\n',
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_files_with_what_is_known_of_them(name: str, news: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_text(f"\ufeff{LISTS[name]}" if name.endswith("csv") else LISTS[name])
    first, second = sources_of((), [tmp_path / name], {"url": "https://e.example/"})
    assert [name_of(first), name_of(second)] == [str(news)] * 2
    found = [read_source(each, {"url": "https://e.example/"}) for each in (first, second)]
    assert [each.date for each in found] == ["2024-01-01", "2024-02-01"]
    assert found[1].title == "Wuhu, again"
    assert {each.url for each in found} == {"https://e.example/"}


BROKEN = {
    ("list.csv", "path\nnews.txt\n"): "list.csv:2: 'path' is none of the names",
    ("list.csv", "file,date\n,2024-01-01\n"): "list.csv:2: no 'file' is named",
    ("list.csv", 'file\n"news'): "list.csv:1: no CSV",
    ("list.csv", "file\nnews.txt,more\n"): "list.csv:2: more values than names",
    ("list.jsonl", '{"file": "news.txt"}\n{'): "list.jsonl:2: no JSON",
    ("list.jsonl", "[]\n"): "list.jsonl:1: no 'file' is named",
    ("list.jsonl", '{"file": "news.txt", "date": 2024}\n'): "list.jsonl:1: 'date' is no text",
    ("list.jsonl", "[" * 100_000): "list.jsonl:1: no JSON",
}


@pytest.mark.parametrize(("given", "said"), BROKEN.items())
def test_a_list_that_cannot_be_used_names_the_line(
    given: tuple[str, str], said: str, news: Path, tmp_path: Path
) -> None:
    (tmp_path / given[0]).write_text(given[1])
    with pytest.raises(ArticleError) as raised:
        sources_of([str(news)], [tmp_path / given[0]], {})
    assert said in str(raised.value)
