"""The forms of verbs, and those of every verb that the packaged words list."""

import pytest

from g60kg.extract.verbs import verb_forms
from tests.extract.packaged import grammar


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("cover", {"cover", "covers", "covered", "covering"}),
        ("produce", {"produce", "produces", "produced", "producing"}),
        ("supply", {"supply", "supplies", "supplied", "supplying"}),
        ("employ", {"employ", "employs", "employed", "employing"}),
        ("reach", {"reach", "reaches", "reached", "reaching"}),
        ("plan", {"plan", "plans", "planned", "planning"}),
        ("drop", {"drop", "drops", "dropped", "dropping"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("benefit", {"benefit", "benefits", "benefited", "benefiting"}),
        ("develop", {"develop", "develops", "developed", "developing"}),
        ("open", {"open", "opens", "opened", "opening"}),
        ("total", {"total", "totals", "totaled", "totalled", "totaling", "totalling"}),
        ("inhabit", {"inhabit", "inhabits", "inhabited", "inhabiting"}),
        ("unveil", {"unveil", "unveils", "unveiled", "unveiling"}),
        ("join", {"join", "joins", "joined", "joining"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("tie", {"tie", "ties", "tied", "tying"}),
        ("account for", {"account for", "accounts for", "accounted for", "accounting for"}),
    ],
)
def test_regular(verb: str, forms: set[str]) -> None:
    assert set(verb_forms(verb)) == forms


@pytest.mark.parametrize(
    ("verb", "irregular", "forms"),
    [
        ("build", ("built",), {"build", "builds", "built", "building"}),
        ("begin", ("began", "begun"), {"begin", "begins", "began", "begun", "beginning"}),
        ("set up", ("set",), {"set up", "sets up", "setting up"}),
        (
            "take part in",
            ("took", "taken"),
            {"take part in", "takes part in", "took part in", "taken part in", "taking part in"},
        ),
        ("have", ("has", "had", "have"), {"have", "has", "had", "having"}),
        ("lie", ("lay", "lain"), {"lie", "lies", "lay", "lain", "lying"}),
    ],
)
def test_irregular(verb: str, irregular: tuple[str, ...], forms: set[str]) -> None:
    assert set(verb_forms(verb, *irregular)) == forms


def test_packaged_verbs_have_plausible_forms() -> None:
    """Each has its base, a form in -ing and one in -s, and none doubles a letter after an unstressed end."""
    for base, irregular in grammar().tables["words"]["verbs"].items():
        forms = [form.split()[0] for form in verb_forms(base, *irregular)]
        assert base.split()[0] in forms
        assert any(form.endswith("ing") for form in forms)
        assert any(form.endswith("s") for form in forms)
        assert not any(
            form.endswith(("itted", "enned", "erred", "eeed", "ieing", "haves"))
            for form in forms
            if form != "admitted"
        )
