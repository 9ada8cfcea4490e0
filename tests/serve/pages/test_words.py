"""What Chinese pages say of an English graph: codes, counted kinds, and what the register says of itself."""

from collections.abc import Callable

from pyoxigraph import Literal

from g60kg.register import load_register
from g60kg.serve.pages.links import texts
from g60kg.serve.site import Site
from g60kg.terms import DCTERMS, REGISTER_GRAPH
from tests.serve.pages.conftest import Parsed

Read = Callable[..., Parsed]


def words(page: Parsed) -> str:
    return " ".join(" ".join(page.tree.itertext()).split())


def test_all_that_the_register_says_is_there_in_chinese(site: Site) -> None:
    quads = site.kg.store.match(None, DCTERMS.source, None, REGISTER_GRAPH)
    said = {quad.object.value for quad in quads if isinstance(quad.object, Literal)}
    said |= {each.reason for entry in load_register().entries.values() for each in entry.garbled}
    known = texts("register.zh")
    assert {each for each in said if not each.startswith("http")} <= set(known)


def test_a_chinese_page_gives_reasons_in_chinese(read: Read) -> None:
    told = words(read("entity", {"slug": "songjiang"}, lang="zh"))
    assert "被误读为日本的松江市" in told
    assert "was read as the Japanese city" not in told
    assert "was read as the Japanese city" in words(read("entity", {"slug": "songjiang"}, lang="en"))


def test_how_a_claim_was_found_is_in_words(read: Read) -> None:
    told = words(read("entity", {"slug": "songjiang"}, lang="zh"))
    assert "依据：由人记录在文件中" in told
    assert "recorded" not in told


def test_what_figures_count_is_called_in_the_language_of_the_page(read: Read) -> None:
    answer = {"name": "figures"}
    assert "large industrial enterprises" not in words(
        read("query", answer, lang="zh", view="table", of="松江")
    )


def test_a_question_in_chinese_has_a_chinese_frame_unless_another_was_chosen(read: Read) -> None:
    assert read("ask", q="芜湖在哪个省").all("html")[0].get("lang") == "zh"
    assert read("ask", q="芜湖在哪个省", lang="en").all("html")[0].get("lang") == "en"


def test_names_in_an_answer_lead_to_their_pages(read: Read) -> None:
    assert any("/page/wuhu" in each for each in read("ask", q="Where is Wuhu?").links())


def test_a_claim_about_another_thing_does_not_stand_on_a_page(read: Read) -> None:
    page = read("entity", {"slug": "wuhu"})
    claims = page.all("span", class_="claim-line")
    assert all("Wuhu" in "".join(each.itertext()) for each in claims)
