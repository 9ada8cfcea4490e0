"""A parsed sentence as predicates with arguments, the same for every wording.

`roles` gives the arguments of a verb or of a noun of action by role: `subj` and `obj` are logical (the
subject of a passive is an `obj`, its "by" a `subj`), `surf` is the subject as it stands, `theme` what
something happens to, and each preposition is a role by its own word; `obj.in` is a preposition that hangs on
the object. Relative clauses, participles, joined verbs and infinitives have the subject that they share.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from g60kg.extract.parser.feed import Fed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Roles = dict[str, list["Token"]]
RELATIVE: Final = frozenset({"which", "that", "who", "whom"})
_SUBJECTS: Final = ("nsubj", "nsubjpass")
_CLAUSES: Final = frozenset({"relcl", "advcl", "ccomp", "xcomp", "ROOT"})
_USING: Final = frozenset({"promise", "use", "take", "spend", "seize"})
"""Verbs whose object does not do what the infinitive behind it says: "uses the day to sign …"."""
_ONE: Final = frozenset({"is", "was", "has"})
_HAVING: Final = frozenset({"have", "has", "had", "having", "'ve", "'d"})


def is_one(noun: "Token") -> bool:
    """Tell whether a common noun is in the singular; some end in "s": "the works"."""
    return noun.tag_ == "NN" or noun.lower_ in ("works", "headquarters", "steelworks")


class Sentence:
    """One parsed sentence: the parse, the fed words beside its tokens, and its predicates' roles."""

    def __init__(self, doc: "Doc", words: Sequence[Fed], span: tuple[int, int], tables: Mapping[str, Any]):
        self.doc, self.words, self.span = doc, words, span
        self.tables = tables
        self._roles: dict[int, Roles] = {}
        for token in doc:
            self._mend_plural(token)
            token.lemma_ = tables["lemmas"].get(token.lower_, token.lemma_)
            deps = {child.dep_ for child in token.children} if token.pos_ == "ADJ" else set()
            if deps >= {"nsubj", "dobj"}:  # "X closed 2022 with …"
                token.tag_, token.pos_ = "VBD", "VERB"
        for token in doc:
            self._mend_apposition(token)

    def _mend_plural(self, token: "Token") -> None:
        """Let a verb where a subject or object stands be the plural that it looks like: "passenger trips"."""
        if token.tag_ == "VBZ" and token.dep_ in (*_SUBJECTS, "dobj", "pobj"):
            token.tag_, token.pos_ = "NNS", "NOUN"
            token.lemma_ = token.lemma_ or token.lower_
            for child in token.children:
                child.dep_ = "compound" if child.dep_ in _SUBJECTS and child.i < token.i else child.dep_

    def _mend_apposition(self, noun: "Token") -> None:
        """Let a phrase behind a name and a comma be said of it, where the parser has it for a second subject
        or object: "At X, a town in Y, a plant is …"; and a name of what is owned: "A unit of X, Y, is …".
        """
        owned, left = noun.head.head.head, noun.left_edge.i
        aside = noun.dep_ == "appos" and noun.head.head.lower_ == "of" and self.doc[left - 1].lower_ == ","
        aside = aside and owned.lemma_ in self.tables["owned"] and bool(self.words[noun.i].marks)
        if aside and any(each.lower_ in ("a", "an") for each in owned.children):
            noun.head = owned
        self._mend_list(noun)
        if noun.tag_ not in ("NN", "NNS") or left < 2 or self.doc[left - 1].lower_ != ",":
            return
        name = self.doc[left - 2]
        if noun.dep_ == "appos" and noun.tag_ == "NN" and name.dep_ == "conj" and name.head.i == noun.head.i:
            noun.head = name  # "X and Y, a town in Z"
        led = self.doc[left].lower_ in ("a", "an", "the", "its", "another", "capital")
        if not led or not self.words[name.i].entities or self.words[noun.i].marks or name.is_ancestor(noun):
            return
        verb, dep = noun.head, noun.dep_
        twice = dep in (*_SUBJECTS, "dobj") and sum(c.dep_ == dep for c in verb.children) > 1
        if twice or (dep == "conj" and not any(child.dep_ == "cc" for child in verb.children)):
            noun.head, noun.dep_ = name, "appos"
        elif dep in _SUBJECTS and name.dep_ == "pobj":
            deps = ("appos",) if any(child.dep_ == "cc" for child in noun.children) else ("appos", "conj")
            behind = (each for each in self.doc[noun.i : verb.i] if each.dep_ in deps)
            subject = next((each for each in behind if each.head.i in (name.i, noun.i)), None)
            if subject is not None and self.doc[subject.left_edge.i - 1].lower_ == ",":
                subject.head, subject.dep_ = verb, dep
                noun.head, noun.dep_ = name, "appos"

    def _mend_list(self, name: "Token") -> None:
        """Let names be joined where the parser has one said of the other: "X, the maker Y and Z", or the
        first before the owner of the second: "X and Austria's Y".
        """
        if not self.words[name.i].marks:
            return
        kind, joined = name.head, any(child.dep_ == "cc" for child in name.children)
        if joined and name.dep_ == "appos" and kind.i == name.i - 1 and kind.dep_ == "appos":
            name.head, name.dep_ = kind.head, "conj"
            kind.head, kind.dep_ = name, "compound"
        elif joined and name.dep_ == "nmod" and self.words[kind.i].marks and kind.i > name.i:
            owners = [each for each in name.children if each.dep_ == "conj" and each.i < kind.i]
            if any(child.dep_ == "case" for owner in owners for child in owner.children):
                name.head, name.dep_ = kind.head, kind.dep_
                kind.head, kind.dep_ = name, "conj"
                owners[-1].head, owners[-1].dep_ = kind, "poss"

    @cached_property
    def _children(self) -> list[list["Token"]]:
        return [list(token.children) for token in self.doc]

    def word(self, token: "Token") -> Fed:
        """Return the fed word of a token."""
        return self.words[token.i]

    def children(self, token: "Token", *deps: str) -> list["Token"]:
        """Return the children of a token, or those of some dependencies."""
        children = self._children[token.i]
        return [child for child in children if child.dep_ in deps] if deps else children

    def beside(self, noun: "Token") -> list["Token"]:
        """Return the appositions of a noun that may name it: not "the factory, its first outside X"."""
        found = self.children(noun, "appos")
        return [each for each in found if not any(one.lower_ == "its" for one in self.children(each, "poss"))]

    def objects(self, token: "Token", *prepositions: str) -> list["Token"]:
        """Return what hangs on a token by some prepositions, or by any."""
        return [
            each
            for child in self.children(token, "prep", "agent")
            if not prepositions or child.lower_ in prepositions
            for each in self.children(child, "pobj", "pcomp")
        ]

    def lemma(self, token: "Token") -> str:
        """Return the lemma of a token in lower case, a particle joined to it: `set_up`."""
        own = self.words[token.i].lemma
        if own:
            return own
        base = token.lemma_.lower()
        particles = self.children(token, "prt")
        return f"{base}_{particles[0].lower_}" if particles else base

    def is_figure(self, token: "Token") -> bool:
        """Tell whether a token stands for a figure."""
        return self.words[token.i].figure is not None

    def is_verb(self, token: "Token") -> bool:
        """Tell whether a token is a full verb, or a form of "be" with a complement."""
        return token.pos_ in ("VERB", "AUX") and (
            token.dep_ not in ("aux", "auxpass") or token.dep_ in _CLAUSES
        )

    def clause_of(self, token: "Token") -> "Token":
        """Return the verb of the clause that a token stands in, or the head of a sentence without one."""
        while token.head.i != token.i and not self.is_verb(token):
            token = token.head
        return token

    def is_passive(self, verb: "Token") -> bool:
        """Tell whether a verb's subject is what it is done to."""
        if self.children(verb, "auxpass", "nsubjpass", "agent"):
            return True
        if verb.tag_ == "VBD" and verb.dep_ == "acl":
            return True
        if verb.tag_ != "VBN" or any(c.lower_ in _HAVING for c in self.children(verb, "aux")):
            return False
        if verb.dep_ in ("acl", "advcl", "relcl", "amod"):
            return True
        joined = verb.dep_ == "conj" and self.is_verb(verb.head) and not self.children(verb, "nsubj", "dobj")
        return joined and self.is_passive(verb.head)

    def subject(self, verb: "Token") -> "Token | None":
        """Return what stands as the subject of a verb: its own, or the one that it shares."""
        own = self.children(verb, *_SUBJECTS)
        if own:
            if len(own) > 1 and own[1].i == own[0].i + 1 and self.words[own[1].i].marks:
                return own[1]  # "the supplier X runs …", taken for two subjects
            if len(own) > 1 and any(each.lower_ in (";", ":") for each in self.doc[own[0].i : own[-1].i]):
                return own[-1]  # "projects: 46; money used: …", taken for one clause
            relative = own[0].lower_ in RELATIVE and own[0].tag_ in ("WDT", "WP")
            return self.relative_head(verb) if relative else own[0]
        if verb.dep_ not in ("acl", "relcl", "amod", "conj", "xcomp", "pcomp") and verb.tag_ in (
            "VBZ",
            "VBD",
            "VBP",
        ):
            for child in self.children(verb, "compound", "nmod", "dep", "npadvmod", "csubj", "ccomp"):
                if child.i < verb.i and self.words[child.i].marks and child.pos_ in ("NOUN", "PROPN"):
                    return child
        if verb.dep_ in ("acl", "relcl"):
            return self._measured(verb.head)
        shared = verb.dep_ == "acomp" and bool(self.children(verb, "agent"))  # "is 64% owned by X"
        if verb.dep_ == "conj" or shared:
            return self.subject(verb.head)
        if verb.dep_ in ("xcomp", "advcl", "pcomp", "ccomp", "dep", "parataxis"):
            return self._controlled(verb)
        return None

    def _controlled(self, verb: "Token") -> "Token | None":
        """Return the subject that the clause above lends a verb without one."""
        head = verb.head
        while head.pos_ == "ADP" and head.head.i != head.i:
            head = head.head
        objects = self.children(head, "dobj")
        if verb.dep_ == "xcomp" and objects and verb.tag_ != "VBG" and head.lemma_ not in _USING:
            return objects[0]
        if head.i == verb.i:
            return None
        if self.is_verb(head):
            return self.subject(head)
        if head.pos_ == "ADJ" and head.dep_ in ("acomp", "oprd"):
            return self.subject(head.head)
        return None

    def relative_head(self, verb: "Token") -> "Token | None":
        """Return the noun that a relative clause speaks of; behind a measure, the thing measured."""
        while verb.dep_ == "conj":
            verb = verb.head
        if verb.dep_ != "relcl":
            return None
        head = verb.head
        if head.dep_ == "pobj" and head.head.lower_ in ("of", "from") and self.words[head.head.head.i].marks:
            return head.head.head  # "X of Norway, which …"
        placed = head.dep_ == "pobj" and head.head.lower_ in ("in", "at") and head.head.head.pos_ == "NOUN"
        if placed and self.lemma(verb) in self.tables["things_do"]:
            return head.head.head  # "its plant in X, which employs …"
        above, one = head.head.head, verb.tag_ == "VBZ" or any(c.lower_ in _ONE for c in verb.children)
        if one and head.tag_ == "NNS" and head.dep_ == "pobj" and above.tag_ == "NN":
            return above if not self.words[head.i].marks else head  # "a maker of lamps, which was founded"
        return self._measured(head)

    def _measured(self, head: "Token") -> "Token":
        """Return what a measure is of, where a token is one: "a park of 300 mu, which …"."""
        while (self.is_figure(head) or head.pos_ == "ADP") and head.head.i != head.i:
            if self.is_verb(head.head) or head.dep_ == "appos":
                break
            head = head.head
        return head

    def nominal(self, token: "Token") -> str | None:
        """Return the verb that a noun of action stands for: "the construction of X by Y"."""
        is_noun = token.pos_ in ("NOUN", "PROPN") or (
            token.tag_ == "VBG" and token.dep_ in ("dobj", "pobj", "nsubj")
        )
        verb = self.tables["nominal"].get(token.lower_.removesuffix("s")) if is_noun else None
        return str(verb) if verb else None

    def roles(self, token: "Token") -> Roles:
        """Return the arguments of a verb or of a noun of action, by role."""
        if token.i not in self._roles:
            roles: Roles = {}
            self._roles[token.i] = roles
            add = _adder(roles)
            if self.is_verb(token) or not self.nominal(token):
                self._verb_roles(token, roles, add)
            else:
                self._noun_roles(token, roles, add)
        return self._roles[token.i]

    def _noun_roles(self, noun: "Token", roles: Roles, add: "Adder") -> None:
        has_of = any(child.lower_ == "of" for child in self.children(noun, "prep"))
        for child in self.children(noun, "prep", "agent"):
            for each in self.children(child, "pobj"):
                add({"of": "obj", "by": "subj"}.get(child.lower_, child.lower_), each)
        for owner in self.children(noun, "poss"):
            add("subj" if has_of else "obj", owner)
        for each in roles.get("obj", [])[:]:
            add("theme", each)
            add("surf", each)

    def _verb_roles(self, verb: "Token", roles: Roles, add: "Adder") -> None:
        passive, subject = self.is_passive(verb), self.subject(verb)
        if subject is not None:
            add("obj" if passive else "subj", subject)
            add("surf", subject)
        for child in self.children(verb):
            self._argument(verb, child, add)
        self._relative_roles(verb, roles, add)
        joined = verb.dep_ in ("conj", "advcl", "xcomp") and not self.children(verb, *_SUBJECTS)
        if joined and not roles.get("in") and not roles.get("at"):
            for child in self.children(verb.head, "prep"):
                if child.i < verb.head.i and child.lower_ in ("in", "at") and self.is_verb(verb.head):
                    self._preposition(child, verb, add)  # "In X, it bought land to build a plant"
        if passive:
            self._shared_roles(verb, subject, roles, add)
        if subject is not None and (passive or not self.children(verb, "dobj")):
            add("theme", subject)
        if not passive:
            for each in roles.get("obj", [])[:]:
                for child in self.children(each, "prep"):
                    self._preposition(child, verb, lambda role, token: add(f"obj.{role}", token))

    def _shared_roles(self, verb: "Token", subject: "Token | None", roles: Roles, add: "Adder") -> None:
        """Give a passive what stands behind the verb joined to it: "paid for and built by X"."""
        for child in self.children(verb, "prep"):
            if subject is not None and not self.children(child):
                add(child.lower_, subject)
        joined = [] if roles.get("subj") else self.children(verb, "conj")
        for agent in (each for other in joined for each in self.children(other, "agent")):
            for each in self.children(agent, "pobj"):
                add("subj", each)

    def _argument(self, verb: "Token", child: "Token", add: "Adder") -> None:
        dep = child.dep_
        if dep == "dobj":
            head = self.relative_head(verb) if child.lower_ in RELATIVE else None
            add("obj", head if head is not None else child)
        elif dep == "agent":
            for each in self.children(child, "pobj", "pcomp"):
                add("subj", each)
                add("by", each)
            for also in self.children(child, "conj"):
                for each in self.children(also, "pobj") if also.lower_ == "by" else ():
                    add("subj", each)  # "owned by X and by Y"
        elif dep in ("attr", "oprd", "acomp"):
            add(dep, child)
        elif dep == "advmod" and child.lower_ in ("there", "here"):
            add("in", child)
        elif dep in ("prep", "dative") or (
            dep in ("prt", "advmod") and child.pos_ in ("ADP", "SCONJ", "ADV")
        ):
            self._preposition(child, verb, add)
        if dep in ("npadvmod", "advmod"):
            add(dep, child)

    def _relative_roles(self, verb: "Token", roles: Roles, add: "Adder") -> None:
        """Give the noun of a relative clause its role: "the park that X runs", "where X runs a plant"."""
        first = verb
        while first.dep_ == "conj" and not self.children(verb, *_SUBJECTS, "dobj"):
            first = first.head  # "the zone, which X laid out and now runs"
        if first.dep_ != "relcl":
            return
        behind = any(each.lower_ in RELATIVE for each in self.objects(verb))  # "on which work began"
        if any(child.lower_ == "where" for child in self.children(verb)):
            add("in", first.head)
        elif not roles.get("obj") and not behind:
            own = self.children(first, "nsubj")
            whose = own and any(child.lower_ == "whose" for child in self.children(own[0], "poss"))
            if own and own[0].lower_ not in RELATIVE and not whose:
                add("obj", first.head)

    def _preposition(self, preposition: "Token", verb: "Token", add: "Adder") -> None:
        name = preposition.lower_
        for each in self.children(preposition, "pobj", "pcomp"):
            head = self.relative_head(verb) if each.lower_ in RELATIVE else None
            add(name, head if head is not None else each)
        for below in self.children(preposition, "prep"):

            def both(role: str, token: "Token") -> None:
                add(role, token)
                if name in self.tables["through"]:
                    add(f"{name}_{role}", token)

            self._preposition(below, verb, both)
        for other in self.children(preposition, "conj"):
            if other.pos_ == "ADP":
                self._preposition(other, verb, add)


Adder = Callable[[str, "Token"], None]


def _adder(roles: Roles) -> Adder:
    def add(role: str, token: "Token") -> None:
        found = roles.setdefault(role, [])
        if all(token.i != other.i for other in found):
            found.append(token)

    return add
