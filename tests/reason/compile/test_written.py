import pytest
from hypothesis import HealthCheck, given, settings

from g60kg.reason.compile.build import (
    compile_anew,
    compile_rules,
    read_rules,
    shipped_path,
    shipped_rules,
    write_rules,
)
from g60kg.resources import resource
from g60kg.triples import canonical, parse_ontology
from tests.reason.worlds import ontologies, triples

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@FEW
@given(ontologies)
def test_what_is_written_is_read(ontology: list[str]) -> None:
    asserted = canonical(triples("\n".join(ontology)))
    rules = compile_anew(asserted)
    assert read_rules(write_rules(rules), asserted) == rules


def test_the_shipped_rules_are_those_of_the_packaged_ontology() -> None:
    mend = "run `python -m g60kg.reason.compile`"
    assert shipped_path().read_bytes() == shipped_rules(), mend


def test_the_shipped_rules_are_used_for_that_ontology_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def anew(asserted: object, *, strict: bool) -> None:
        raise NotImplementedError

    monkeypatch.setattr("g60kg.reason.compile.build.compile_anew", anew)
    packaged = parse_ontology(resource("ontology", "g60.ttl"))
    shipped = read_rules(shipped_path().read_bytes(), canonical(packaged))
    assert compile_rules(packaged) == shipped
    with pytest.raises(NotImplementedError):
        compile_rules(packaged[1:])


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"terms": ["<a"]}'])
def test_another_text_is_no_rules(text: bytes) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        read_rules(text, [])
