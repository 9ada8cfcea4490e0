"""What a text describes and does not name is a thing of that text alone."""

from g60kg.article import Article
from g60kg.model import Claim
from tests.extract.packaged import extractor


def _claims(article: str, text: str) -> tuple[Claim, ...]:
    return extractor().claims(Article(article, text))


def test_plants_of_two_articles_are_two() -> None:
    text = "Midea built a plant in Hefei."
    one, other = ({c.subject.iri for c in _claims(article, text)} for article in ("a", "b"))
    assert {iri.rpartition("/")[2] for iri in one} >= {"plant-a"}
    assert {iri.rpartition("/")[2] for iri in other} >= {"plant-b"}


def test_a_name_is_one_thing_in_all_articles() -> None:
    text = "Quuxblorp Robotics Co Ltd is located in Hefei."
    one, other = ({c.subject.iri for c in _claims(article, text)} for article in ("a", "b"))
    assert one == other != set()


def test_a_technology_is_one_in_all_articles() -> None:
    text = "Midea makes thin lidar chips."
    one, other = ([c.object for c in _claims(article, text)] for article in ("a", "b"))
    assert one == other != []
