"""What can be decided once for a pair of dialects: which rows to write, what to fill in, where the platforms differ."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from translator.dialect import remember
from translator.values import OMIT, UNKNOWN, Template
from translator.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.dialect import Attribute, Dialect, Verb
    from translator.difference import Verdict

Said = dict[str, Any]
Gap = tuple[str, Any, Any, str, int]
"""Field, asked, given, severity, rank of its code."""


class Row:
    """A row of the target, ready to be written for one source, and read back.

    What a value becomes is found once: values repeat from document to document, URLs too.
    """

    __slots__ = (
        "depends",
        "dies",
        "element",
        "fallback",
        "fill",
        "kind",
        "known",
        "moot",
        "names",
        "opaque",
        "row",
        "same",
        "single",
        "unsaid_value",
        "wire",
        "xml",
    )

    def __init__(self, row: Attribute, plan: Plan) -> None:
        self.row = row
        self.kind = plan.kind
        self.element = row.element
        self.wire = row.wire
        self.names = row.names
        self.single = row.single
        self.opaque = plan.same_words(row)
        self.same = plan.same
        self.dies = plan.dies
        self.xml = plan.target.syntaxes == ("xml",)
        self.fill = {name: value for name in row.names if (value := plan.fill(row, name)) is not OMIT}
        self.fallback = [(name, None if plan.verbatim else plan.fallback(name)) for name in row.names]
        self.moot = any(name in plan.kind.unless for name in row.names)
        self.depends = any(name in plan.kind.dependent for name in self.fill)
        terse = plan.there.terse and not plan.verbatim
        self.unsaid_value = tuple(plan.given.get(name) for name in row.names) if terse else None
        self.known: dict[tuple[type, Any], tuple[Any, Said]] = {}  # 1, 1.0 and True are equal, and are not the same

    def unsaid(self, said: Said, implied: Mapping[str, Any]) -> Any:
        """What to write of a single field that the author did not say, or OMIT."""
        if self.fill and (not self.depends or self.kind.relevant(self.names[0], said, implied)):
            return self.fill[self.names[0]]
        return OMIT

    def several(self, said: Said, implied: Mapping[str, Any]) -> Any:
        """What to write of a row of several fields, or OMIT where none of them is to be written."""
        for name in self.names:
            if name in said:
                break
        else:
            if not any([self.kind.relevant(name, said, implied) for name in self.fill]):
                return OMIT
        value = tuple([said.get(name, fallback) for name, fallback in self.fallback])
        if self.moot:
            relevant = self.kind.relevant
            value = tuple(
                [
                    each if name in said or relevant(name, said, implied) else None
                    for name, each in zip(self.names, value, strict=True)
                ]
            )
        for each in value:
            if type(each) is Template:
                spoken = {said[name] for name in self.names if name in said}
                return each if len(spoken) == 1 else OMIT
        return value

    def say(self, value: Any) -> tuple[Any, Said]:
        """The wire value (OMIT where there is none), and the fields that it is read back as."""
        found = self._say(value)
        with suppress(TypeError):  # a raw value: a list, an object
            remember(self.known, (type(value), value), found, value)
        return found

    def _say(self, value: Any) -> tuple[Any, Said]:
        if self.unsaid_value is not None and self.unsaid_value == ((value,) if self.single else value):
            return OMIT, {}
        if type(value) is Template:
            wire = self.row.codec.hold(value) if self.opaque and not self.dies(value) else OMIT
            if wire is OMIT and self.same and not self.wire.startswith("<"):  # those are shapes, which hold no text
                wire = value
            if wire is OMIT and self.single and self.row.when_none is not None:  # rather than what is done unsaid
                wire = self.row.codec.write(self.row.when_none)
        else:
            wire = self.row.codec.write(value)
        if self.xml and isinstance(wire, str):
            from translator.syntax.xml import clean

            wire = clean(wire)
            if self.wire == "" and "text" not in self.names:  # as the readers have it
                wire = wire.strip()
        if wire is OMIT:
            return OMIT, {}
        meant = self.row.meaning(wire)
        if not meant and not self.same:  # the target cannot read it: it was not said
            return OMIT, {}
        if len(meant) == 1 and (name := self.names[0]) in meant:
            first = value if self.single else value[0]
            if meant[name] != first and self.row.codec.is_same(first, meant[name]):
                return wire, {name: first}
        return wire, meant


class Plan:
    """How one verb's intent is said by a verb of the same kind in another dialect.

    Attributes:
        here, there: the verbs; `here` is None where no dialect stands behind the source.
        kind: the kind of step that both are.
        same: both are one dialect: everything is kept as written.
        verbatim: what is said is written, even where it only says the usual.
        keeps: the target holds everything as it is: it is the same dialect, or the canonical one.
        silent: nothing unsaid is compared: no platform stands behind one side.
        asked, given: what the source and the target do when nothing is said.
        gaps: (field, asked, given, severity, rank of its code) where those differ, or nobody knows.
        dependent_gaps: the same, for fields that depend on others: (one of them, those that have effect when it has).
        senses: fields whose equal values mean other things.
        grave_senses: fields of those -> the value whose other meaning is as grave as losing it.
        doubted: fields whose value may be refused by the target, or whose URL may meet another format.
        formats: URL field -> (the field of its format, the source's, the target's).
        caveats: field -> why the target may refuse a value that is passed on as it is.
        instead: fields that the target lacks -> what says nearly the same.
        shared: foreign verbs that both write in the same way.
    """

    def __init__(self, source: Dialect | None, target: Dialect, here: Verb | None, there: Verb) -> None:
        self.source = source
        self.target = target
        self.here = here
        self.there = there
        self.kind = there.facts
        self.facts = self.kind.fields
        self.same = source is not None and source.name == target.name
        self.keeps = self.same or target.canonical
        self.verbatim = self.same and there.kind != "conference"
        self.silent = self.keeps or here is None or source is None or source.canonical
        self.asked: Mapping[str, Any] = here.implied if here is not None and not self._canonical else self.kind.nothing
        self.given: Mapping[str, Any] = there.implied if not target.canonical else self.asked
        self.shared: frozenset[str] = frozenset()
        if source is not None and target.name in source.kin:
            here_and_there = frozenset(source.neighbours) & frozenset(target.neighbours)
            self.shared = frozenset(name for name in here_and_there if not source.neighbours[name].holds)
        self.source_rows = here.by_field if here is not None else {}
        self.target_rows = there.by_field
        self.elements = tuple(there.by_wire)
        rows = [Row(row, self) for row in there.attributes if self.keeps or row.confirmed]
        self.table = [(row, row.single, row.known) for row in rows]
        self.formats: dict[str, tuple[str, Any, Any]] = {}
        self.outcome = bool(there.effects or there.ignores)
        self.caveats = {}
        self.instead = {}
        if not self.keeps:
            self.formats = {
                name: (facts.format, self.asked.get(facts.format), self.given.get(facts.format))
                for name, facts in self.facts.items()
                if facts.format
            }
            self.caveats = {
                name: partial(row.codec.caveat, index=index)
                for row in there.attributes
                if row.codec.has_caveats
                for index, name in enumerate(row.names)
            }
            self.instead = {
                name: facts.instead
                for name, facts in self.facts.items()
                if facts.instead and name not in self.target_rows
            }
        if here is not None and not self.same:  # an own field is not missed where it only says the default
            own = {name: row.default for name, row in here.own.items() if row.default is not None}
            self.given = {**self.given, **own}
        self.verdicts: dict[tuple[str, type, type | None], Verdict] = {}
        """(field, type of asked, type of given or None where it is not written) -> what `Difference` finds."""
        self.doubts: dict[tuple[str, str], tuple[tuple[str, str, int], ...]] = {}
        """(field, value passed on as it is) -> (kind, severity, rank) of the losses that it may be: remembered."""
        self.senses: frozenset[str] = frozenset()
        self.grave_senses: dict[str, Any] = {**(here.grave_senses if here is not None else {}), **there.grave_senses}
        self.doubted = frozenset(self.formats) | frozenset(self.caveats)
        if source is not None and not self.keeps:
            ours, theirs = here.senses if here is not None else {}, there.senses
            self.senses = frozenset(name for name in ours if name in theirs and ours[name] != theirs[name])
            self.doubted |= self.senses
            if (source.platform or source.name) != (target.platform or target.name):
                self.doubted |= {name for name, facts in self.facts.items() if facts.local}
        gaps = [] if self.silent else [gap for name in self.facts if (gap := self._gap(name))]
        self.gaps = [gap for gap in gaps if gap[0] not in self.kind.dependent]
        self.dependent_gaps = self._by_what_they_shape([gap for gap in gaps if gap[0] in self.kind.dependent])
        self.wording = Wording(self)
        self.others: dict[tuple[Verb | None, Verb], Plan] = {}

    def _by_what_they_shape(self, gaps: list[Gap]) -> list[tuple[str, list[Gap]]]:
        """The gaps of fields that depend on others: those that have an effect together, behind the first of them."""
        found: dict[Any, list[Gap]] = {}
        for gap in gaps:
            name = gap[0]
            found.setdefault((self.kind.conditions.get(name), self.kind.unless.get(name)), []).append(gap)
        return [(each[0][0], each) for each in found.values()]

    @property
    def _canonical(self) -> bool:
        return self.source is not None and self.source.canonical

    def other(self, here: Verb | None, there: Verb) -> Plan:
        """The plan for another pair of verbs of these dialects."""
        found = self.others.get((here, there))
        if found is None:
            found = self.others[here, there] = Plan(self.source, self.target, here, there)
        return found

    def same_words(self, row: Attribute) -> bool:
        """Whether a template may pass: the source's words for these fields are the target's."""
        if self.source is None or self.source.canonical or self.keeps:
            return True
        theirs = {self.source_rows[name].codec.vocabulary for name in row.names if name in self.source_rows}
        return theirs <= {row.codec.vocabulary}

    def loses_base(self, name: str, value: str) -> bool:
        """Whether a URL is relative to the source's application, which the target's platform does not know."""
        if not value.startswith("/") or name not in self.source_rows or name not in self.target_rows:
            return False
        return self.source_rows[name].codec.base == "slash" != self.target_rows[name].codec.base

    def dies(self, template: str) -> bool:
        """Whether the source's platform fills a template in at call time, and the target's does not."""
        if self.keeps or self.source is None or self.source.live is None or not self.source.live.search(template):
            return False
        return self.target.live is None or not self.target.live.search(template)

    def fill(self, row: Attribute, name: str) -> Any:
        """What to write where the author said nothing: the source's implied value, where the target's differs."""
        if self.silent or not row.volunteers or name not in self.facts:
            return OMIT
        facts = self.facts[name]
        if facts.capacity or facts.format_of:
            return OMIT
        asked, given = self.asked.get(name), self.given.get(name)
        if asked is UNKNOWN:
            return row.when_unknown if row.when_unknown is not None else OMIT
        if not asked and row.when_none is not None:
            return row.when_none
        return OMIT if asked is None or asked == given else asked

    def fallback(self, name: str) -> Any:
        """For a row of several fields: the value of one that is not said beside one that is."""
        value = self.asked.get(name)
        return self.given.get(name) if value is UNKNOWN else value

    def _gap(self, name: str) -> Gap | None:
        facts = self.facts[name]
        if facts.format_of:
            return None
        asked, given = self.asked.get(name), self.given.get(name)
        if asked is UNKNOWN and given is UNKNOWN:
            if self.source is not None and self.source.kin.get(self.target.name) == "":
                return None  # one platform behind both: what nobody knows of it is the same
            rows = (self.source_rows.get(name), self.target_rows.get(name))
            if not any(row and row.confirmed for row in rows):
                return None
        elif asked == given and not (name in self.senses and asked and asked != "silence"):
            return None
        shown = ["unknown" if value is UNKNOWN else value for value in (asked, given)]
        return name, shown[0], shown[1], facts.unsaid, self.kind.ranks[name, "default"]


@lru_cache(maxsize=1024)
def plan(source: Dialect | None, target: Dialect) -> Plan:
    """The plan for the conference."""
    return Plan(source, target, source.conference if source is not None else None, target.conference)
