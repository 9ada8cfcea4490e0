"""The grammar: register, tables and patterns, ready to read articles.

Goes in: a register and folders of patterns. Comes out: a `Grammar`, which compiles a form when a
sentence first asks for it. Reading many articles needs one grammar.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from ..errors import PatternError
from ..model import Article
from ..register import Register
from ..resources import resource
from ..terms import curie
from .anaphora import Anaphora, possessive_marks, pronoun_marks, there_marks
from .calling import Called, Calls
from .candidates import Heads
from .classes import class_parents
from .compile import Compiled, Compiler
from .described import Things
from .figures import FigureGrammar
from .kinds import PLAIN_KINDS, Kinds
from .loading import Wording, load_patterns
from .matching import TEXTS
from .names import Names
from .naming import Naming
from .needs import Needs
from .ordinals import ordinal_marks
from .passed import PassedOver
from .patterns import Pattern, kinds_asked, macros
from .pieces import ASIDE_NAME
from .reading import Reading, Sentence, make_sentences, merge
from .retold import Retold
from .sentences import sentence_spans
from .subject import Clauses
from .syntax import Form
from .tables import load_tables
from .times import time_marks
from .verbs import participle, verb_forms
from .view import make_view
from .voices import DONE
from .words import any_of


@dataclass(frozen=True)
class Grammar:
    """All that reading an article needs."""

    register: Register
    patterns: tuple[Pattern, ...]
    kinds: Kinds
    tables: Mapping[str, Any]
    names: Names
    heads: Heads
    figures: FigureGrammar
    anaphora: Anaphora

    def read(self, article: Article) -> Reading:
        """Return an article's sentences with all that is marked in them."""
        view = make_view(article.text)
        known = self.names.known(view.text, article.note)
        unknown = self.heads.marks(view.text, known)
        times = time_marks(view.text, article.date)
        ordinals = ordinal_marks(view.text)
        entities = self.naming.settle(view.text, merge(known, unknown))
        firm = merge(entities, times, ordinals, self.figures.marks(view.text))
        spans = sentence_spans(view.text)
        standing = merge(
            self.anaphora.marks(view.text, spans, entities),
            self.anaphora.tails(view.text, spans, entities),
            self.retold.marks(view.text, spans, entities),
        )
        pronouns = merge(pronoun_marks(view.text), possessive_marks(view.text), there_marks(view.text))
        marks = merge(firm, standing, pronouns, self.passed_over.marks(view.text))
        return Reading(article, view, marks, make_sentences(view.text, spans, marks))

    def compiled(self, form: Form, describes: bool = True) -> Compiled:
        """Return a form's expression, compiled when first asked for; one for where nothing is described is
        quicker.
        """
        key = form.text, describes
        if key not in self._compiled:
            self._compiled[key] = self.compiler.compile(form, describes)
        return self._compiled[key]

    @cached_property
    def _compiled(self) -> dict[tuple[str, bool], Compiled]:
        return {}

    @cached_property
    def compiler(self) -> Compiler:
        """The compiler of forms."""
        words = self.tables["words"]
        forms = {
            name: tuple(str(word).lower() for word in alternatives)
            for name, alternatives in words["words"].items()
        }
        verbs = {base: verb_forms(base, *irregular) for base, irregular in words["verbs"].items()}
        done = {base + DONE: (participle(base, *irregular),) for base, irregular in words["verbs"].items()}
        known = verbs | {"be": forms["be"]}
        groups = {
            name: tuple(form for word in group for form in known.get(word, (word,)))
            for name, group in words["groups"].items()
        }
        done |= {
            name + DONE: tuple(form for word in group for form in done.get(word + DONE, _participles(word)))
            for name, group in words["groups"].items()
        }
        heads = self.tables["heads"]["described"]
        return Compiler(verbs | done | forms | groups, [*verbs, *groups, "become", "be"], heads, self.kinds)

    def called(self, sentence: Sentence) -> Called:
        """Return the forms that a sentence's words and marks allow, in order."""
        return self._calls.called(sentence)

    def called_forms(self, sentence: Sentence, called: Called) -> Iterator[tuple[Pattern, Compiled]]:
        """Yield the forms to look for in a sentence, compiled; none that cannot match is compiled for it."""
        forms, compiled, describes = self.forms, self._compiled, called.describes
        for number in called.forms:
            pattern, form = forms[number]
            found = compiled.get((form.text, describes))
            if found is None and self._calls.has_in_order(number, sentence):
                found = self.compiled(form, describes)
            if found is not None:
                yield pattern, found

    @cached_property
    def _calls(self) -> Calls:
        needs = Needs(self.compiler.words, self.kinds)
        return Calls((form for _, form in self.forms), needs, self.compiler.heads)

    @cached_property
    def things(self) -> Things:
        """What finds a thing that a text describes and does not name."""
        return Things(self.compiler)

    @cached_property
    def clauses(self) -> Clauses:
        """What finds the subject of a clause."""
        words = self.compiler.words
        verbs = [form for name in self.tables["words"]["verbs"] for form in words[name]]
        return Clauses(self.tables["clauses"], verbs, self.kinds)

    @cached_property
    def naming(self) -> Naming:
        """What types a bare name."""
        return Naming(self.tables["heads"], self.kinds)

    @cached_property
    def retold(self) -> Retold:
        """What takes up the organization of the sentence before."""
        return Retold(tuple(self.tables["clauses"]["retold"]), self.kinds)

    @cached_property
    def passed_over(self) -> PassedOver:
        """The words that a form passes over."""
        return PassedOver(tuple(self.tables["words"]["fillers"]), tuple(self.tables["words"]["auxiliaries"]))

    @cached_property
    def yields_to(self) -> dict[str, frozenset[str]]:
        """The patterns that read more exactly what a pattern reads too."""
        return {pattern.id: pattern.yields_to for pattern in self.patterns}

    @cached_property
    def forms(self) -> tuple[tuple[Pattern, Form], ...]:
        """All forms, each with its pattern, in order."""
        return tuple((pattern, form) for pattern in self.patterns for form in pattern.forms)

    @cached_property
    def codes(self) -> dict[str, str]:
        """The code characters of each kind that a slot asks for."""
        asked = {slot.kind for pattern in self.patterns for slot in kinds_asked(pattern)}
        return {kind: self.kinds.codes(kind) for kind in asked if kind not in TEXTS}

    @cached_property
    def modalities(self) -> re.Pattern[str]:
        """The words that make a statement planned, denied or reported, in groups of these names."""
        return self._of_modality("modalities")

    @cached_property
    def governing(self) -> re.Pattern[str]:
        """The words that do so for all that follows them in a sentence."""
        return self._of_modality("governing")

    @cached_property
    def trailing(self) -> re.Pattern[str]:
        """The words that do so for all that stands before them in a sentence."""
        return self._of_modality("trailing")

    @cached_property
    def past(self) -> re.Pattern[str]:
        """Verbs in the past, as far as their form shows it."""
        forms = self.tables["words"]["verbs"].items()
        irregular = {past[0] for verb, past in forms if past and past[0] != verb}
        return re.compile(rf"\b(?:was|were|had|[a-z]+ed|{any_of(sorted(irregular))})\b")

    def is_plain(self, sentence: Sentence, reading: Reading) -> bool:
        """Tell whether a sentence has none of the words that make a statement planned, denied or reported."""
        known = reading.plain
        if sentence.index not in known:
            text = sentence.plain(0, len(sentence.skeleton))
            known[sentence.index] = not self._modal.find_matches_as_indexes(text)
        return known[sentence.index]

    @cached_property
    def _modal(self) -> AhoCorasick:
        tables = (self.tables["words"][name] for name in ("modalities", "governing", "trailing"))
        return AhoCorasick([word for table in tables for words in table.values() for word in words])

    def _of_modality(self, table: str) -> re.Pattern[str]:
        groups = (f"(?P<{name}>{any_of(words)})" for name, words in self.tables["words"][table].items())
        return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?! (?:only|just|merely|until)\b)")

    @cached_property
    def known(self) -> dict[tuple[str, str], frozenset[str]]:
        """The objects that the register gives for an entity and a predicate."""
        found: dict[tuple[str, str], set[str]] = {}
        for entry in self.register.entries.values():
            for fact in entry.facts:
                key = (entry.iri.value, curie(fact.predicate))
                found.setdefault(key, set()).add(fact.object.value)
        return {key: frozenset(objects) for key, objects in found.items()}


def _participles(word: str) -> tuple[str, ...]:
    """Return a word of a group that is no verb of the list, where it is a participle: "co-founded"."""
    return (word,) if word.endswith("ed") else ()


def load_grammar(register: Register, *folders: Path) -> Grammar:
    """Return the grammar of a register and the patterns of folders (the packaged ones first).

    A folder's `grammar/` adds to the packaged tables of words.
    Raises `PatternError` that names file and line.
    """
    tables = load_tables(folders)
    kinds = Kinds(class_parents(resource("ontology", "g60.ttl")))
    for head in (*tables["heads"]["heads"], *tables["heads"]["appositions"]):
        kinds.code((head,))
    wording = Wording(tables["phrases"]["phrases"], tuple(tables["voices"]["voices"]))
    patterns = load_patterns([resource("data", "patterns"), *folders], wording)
    names = Names(register.names(), kinds)
    for pattern in patterns:
        _check(pattern, tables["words"], kinds)
        for slot in kinds_asked(pattern):
            if slot.unknown:
                kinds.code((slot.kind.split("|")[0],))
    return Grammar(
        register,
        patterns,
        kinds,
        tables,
        names,
        Heads(tables["heads"], kinds),
        FigureGrammar(tables["figures"]),
        Anaphora(
            tuple(tables["anaphora"]),
            kinds,
            frozenset(tables["heads"]["called_again"]),
            tuple(tables["heads"]["called_bare"]),
            tuple(tables["heads"]["persons"]["before"]),
        ),
    )


def _check(pattern: Pattern, words: Mapping[str, Any], kinds: Kinds) -> None:
    """Refuse a pattern that asks for a word, a kind or a term that there is not."""
    known = {*words["words"], *words["verbs"], *words["groups"], ASIDE_NAME}
    for form in pattern.forms:
        for name in macros(form.tree):
            if name.removesuffix(DONE) not in known:
                _fail(pattern, f"no word <{name}>", "add it to data/grammar/words.yaml")
    for slot in kinds_asked(pattern):
        for kind in slot.kind.split("|"):
            if kind not in TEXTS and not kinds.known(kind):
                _fail(
                    pattern,
                    f"no kind {kind!r}",
                    f"use a class of the ontology or one of: {', '.join(sorted(PLAIN_KINDS))}",
                )


def _fail(pattern: Pattern, message: str, mend: str) -> None:
    raise PatternError(f"pattern {pattern.id!r}: {message}", path=pattern.path, line=pattern.line, mend=mend)
