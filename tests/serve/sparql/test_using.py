import pytest
from pyoxigraph import NamedNode

from g60kg.serve.sparql.protocol import Asked
from g60kg.serve.sparql.update import with_dataset

G, H = NamedNode("http://e/g"), NamedNode("http://e/h")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("INSERT DATA { <a> <b> 'WHERE' }", "INSERT DATA { <a> <b> 'WHERE' }"),
        (
            "INSERT { ?s a 1 } WHERE { ?s a 2 } ; CLEAR ALL",
            "INSERT { ?s a 1 } USING <http://e/g> USING NAMED <http://e/h> WHERE { ?s a 2 } ; CLEAR ALL",
        ),
        (
            "DELETE WHERE { ?s a 2 }",
            "DELETE { ?s a 2 }USING <http://e/g> USING NAMED <http://e/h> WHERE { ?s a 2 }",
        ),
        (
            "DELETE { ?s a 1 } WHERE { SELECT ?s WHERE { ?s a 1 } }",
            "DELETE { ?s a 1 } USING <http://e/g> USING NAMED <http://e/h> "
            "WHERE { SELECT ?s WHERE { ?s a 1 } }",
        ),
    ],
)
def test_the_dataset_is_written_into_each_operation(text: str, wanted: str) -> None:
    assert with_dataset(Asked("update", text, (G,), (H,))) == wanted


def test_without_a_dataset_the_text_stays() -> None:
    assert with_dataset(Asked("update", "WITH <x> DELETE WHERE { }")) == "WITH <x> DELETE WHERE { }"
