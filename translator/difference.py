"""The difference between the intent asked for and the intent read back: the only place where fields are lost."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from translator.dialect import remember
from translator.fields import ALSO_TAKES, CONFERENCE
from translator.loss import Loss
from translator.sites import attribute_path, position, source_text
from translator.values import UNKNOWN, Template, is_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.plan import Plan
    from translator.sites import Note, Site
    from translator.syntax import Document

# The order of a loss is one number: the site, the rank of the attribute, the turn among remarks, the code.
SITE, RANK, TURN = 60, 24, 12
STEP = 2 << RANK  # even ranks are those of fields, odd ones those of remarks between them


def in_order(losses: list[Loss], document: Document, *, known: bool, coded: bool) -> tuple[Loss, ...]:
    """Losses by place, then code: by their numbers where those are known to follow the places.

    Args:
        coded: the numbers hold the codes, too.
    """
    if known and coded:
        losses.sort(key=attrgetter("order"))
    elif known:
        losses.sort(key=lambda loss: (loss.order >> TURN, loss.code))
    elif losses:
        losses.sort(key=lambda loss: (document.rank(path := loss.path), loss.code, path))
    return tuple(losses)


def remarked(note: Note) -> Loss:
    """The loss that a remark of the reader becomes."""
    number, rank, turn = note.order or (0, 0, 0)
    order = (
        (number << SITE) + (rank << RANK) + (min(turn, 4095) << TURN) + CONFERENCE.ranks.get((note.field, note.kind), 0)
    )
    return Loss(note.kind, note.severity, note.field, True, note.value, None, note, order)


def level(site: Site, said: Mapping[str, Any], document: Document) -> int:
    """The order of a step's own element among what stands on it.

    That of a conference in XML is that of its text, the name: attributes of outer elements stand before it.
    """
    if document.syntax == "xml" and site.is_conference:
        for number, name in enumerate(said, 1):
            if name == "name":
                return number * STEP
    return 0


def _shown(value: Any) -> Any:
    return "unknown" if value is UNKNOWN else value


Verdict = tuple[str, str, int, bool]
"""Kind, severity, rank of the code, and whether the field stands alone."""


class Difference:
    """One step: what was asked for against what is read back. The origin of its losses."""

    __slots__ = ("document", "found", "plan", "site", "start")

    def __init__(self, plan: Plan, document: Document, site: Site) -> None:
        self.plan = plan
        self.document = document
        self.site = site
        self.start = site.number << SITE
        self.found: list[Loss] = []

    def find(self, asked: dict[str, Any], given: dict[str, Any]) -> list[Loss]:
        plan, said, found = self.plan, self.site.said, self.found
        facts, ranks, relevant, prefix = plan.facts, plan.kind.ranks, plan.kind.relevant, plan.kind.prefix
        implied, others, dependent = plan.asked, plan.given, plan.kind.dependent
        doubted, keeps, senses, verdicts = plan.doubted, plan.keeps, plan.senses, plan.verdicts
        # What is said stands in the order of places: outer elements first, then the text, then the attributes.
        # What nobody said is told at the verb itself.
        place = self.start
        here = place + level(self.site, asked, self.document)
        for name, value in asked.items():
            place += STEP
            order = place if name in said else here
            written = name in given
            got = given[name] if written else others.get(name)
            if got != value:
                verdict = verdicts.get((name, type(value), type(got) if written else None))
                kind, severity, rank, plain = verdict or self._verdict(name, value, got, written)
                if got is UNKNOWN:
                    got = "unknown"
                if plain and name in said:
                    found.append(Loss(kind, severity, prefix + name, True, value, got, self, order + rank))
                else:
                    self._lost(name, value, got, asked, order + rank, kind, severity)
            elif keeps:
                continue
            elif not written and name not in senses:
                if name in dependent and relevant(name, asked, implied) > relevant(name, given, others):
                    kind, severity, rank, _ = self._verdict(name, value, got, False)  # what it shapes is lost
                    severity = severity if value is True else "notice"  # all else is what the target does anyway
                    self._lost(name, value, _shown(got), asked, order + rank, kind, severity)
            elif type(value) is str:
                if name in doubted or "{" in value:
                    self._doubt(name, value, asked, given, order)
            elif type(value) is tuple and facts.get(name) is not None and facts[name].is_url:
                for each in value:
                    self._doubt(name, each, asked, given, order)
            elif type(value) is Template:
                rank = ranks.get((name, "unresolved"), 0)
                found.append(Loss("unresolved", "warning", prefix + name, True, value, value, self, order + rank))
            elif name in senses and not (value is False and implied.get(name) is False):
                severity = facts[name].dropped if plan.grave_senses.get(name) is value else "notice"
                rank = ranks[name, "unresolved"]
                found.append(
                    Loss("unresolved", severity, prefix + name, name in said, value, value, self, order + rank)
                )
        if not plan.silent:
            self._unsaid(asked, given, here)
        self.found = []  # the losses know this object: it must not know them
        return found

    def _unsaid(self, asked: dict[str, Any], given: dict[str, Any], here: int) -> None:
        """Where nothing is said, and the platforms differ in what they do."""
        plan, found = self.plan, self.found
        facts, relevant, prefix = plan.facts, plan.kind.relevant, plan.kind.prefix
        implied, others = plan.asked, plan.given
        for name, value, got, severity, rank in plan.gaps:
            if name not in asked and name not in given:
                found.append(Loss("default", severity, prefix + name, False, value, got, self, here + rank))
        for shaped, gaps in plan.dependent_gaps:
            matters = None
            for name, value, got, severity, rank in gaps:
                if name not in asked and name not in given:
                    if matters is None:
                        matters = relevant(shaped, asked, implied) and relevant(shaped, given, others)
                    if matters:
                        found.append(Loss("default", severity, prefix + name, False, value, got, self, here + rank))
        for name, got in given.items():
            if name not in asked and name in facts and not facts[name].format_of:
                value = implied.get(name)
                told = value is UNKNOWN or (value != got and not (value is None and got == ()))
                if told and relevant(name, given, others):
                    rank, row = plan.kind.ranks[name, "default"], plan.target_rows.get(name)
                    nearest = value is None and row is not None and row.when_none is not None
                    severity = "notice" if nearest else facts[name].unsaid
                    found.append(Loss("default", severity, prefix + name, False, _shown(value), got, self, here + rank))

    def order(self, loss: Loss) -> int:
        """The order of a loss of a step around the conference: the place of its attribute among those written."""
        _, wire, items = self._spot(loss)
        return self.start + position(wire, items) * STEP

    def _lost(
        self, name: str, value: Any, got: Any, asked: dict[str, Any], order: int, kind: str, severity: str
    ) -> None:
        """A field that depends on others, or that others stand in for."""
        said = name in self.site.said
        if not said and name in self.plan.kind.formats:
            return  # an effect on what a URL receives: its endpoint loss tells
        plan = self.plan
        if name in plan.kind.dependent and not plan.kind.relevant(name, asked, plan.asked):
            severity = "notice"
        if name in plan.instead and kind == "dropped" and not any(o in self.site.said for o, _ in plan.instead[name]):
            kind = "changed"
        self.found.append(Loss(kind, severity, plan.kind.prefix + name, said, value, got, self, order))

    def _verdict(self, name: str, value: Any, got: Any, written: bool) -> Verdict:
        """What became of a field: it depends on the types of what was asked and given only, and is remembered."""
        plan, facts = self.plan, self.plan.facts.get(name)
        if facts is None:
            severity = plan.here.severity(name) if plan.here else "warning"
        else:
            severity = facts.changed if written else facts.dropped
        if type(value) is Template:
            kind = "unresolved"
        elif not written:
            kind = "dropped"
        else:
            kind = "clamped" if type(value) is int and type(got) is int else "changed"
        plain = name not in plan.kind.dependent and name not in plan.instead
        found = kind, severity, plan.kind.ranks.get((name, kind), 0), plain
        remember(plan.verdicts, (name, type(value), type(got) if written else None), found, name)
        return found

    def _doubt(self, name: str, value: str, asked: dict[str, Any], given: dict[str, Any], order: int) -> None:
        """A value that was passed on as it is, and may not be over there what it was here."""
        plan = self.plan
        doubts = plan.doubts.get((name, value))
        if doubts is None:
            doubts = self._doubts(name, value)
            remember(plan.doubts, (name, value), doubts, value)
        for kind, severity, rank in doubts:
            if kind == "endpoint":
                form, serves, takes = plan.formats[name]
                serves, takes = asked.get(form, serves), given.get(form, takes)
                known = takes is None or serves is None or serves == takes or serves in ALSO_TAKES.get(takes, ())
                if not known:
                    grave = plan.facts[name].grave
                    severity = "error" if grave and asked.get(grave, plan.asked.get(grave)) is True else severity
                    self.found.append(
                        Loss(kind, severity, plan.kind.prefix + name, True, serves, takes, self, order + rank)
                    )
            else:
                self.found.append(Loss(kind, severity, plan.kind.prefix + name, True, value, value, self, order + rank))

    def _doubts(self, name: str, value: str) -> tuple[tuple[str, str, int], ...]:
        """Kind, severity and rank of the losses that a value may be, though it is passed on."""
        plan = self.plan
        found = []
        if name in plan.formats and is_url(value):
            found.append(("endpoint", "warning", plan.kind.ranks[name, "endpoint"]))
        facts = self.plan.facts.get(name)
        rank = self.plan.kind.ranks.get((name, "unresolved"), 0)
        live, live_there = plan.source.live if plan.source else None, plan.target.live
        here = live is not None and live.search(value) is not None
        there = live_there is not None and live_there.search(value) is not None
        if facts is not None and facts.local and name in plan.doubted:
            found.append(("unresolved", facts.dropped, rank))
        elif here != there and plan.source is not None:
            becomes = "notice" if plan.kind is CONFERENCE or facts is None else facts.changed
            found.append(("unresolved", (facts.dropped if facts else "warning") if here else becomes, rank))
        elif (name in plan.caveats and plan.caveats[name](value)) or plan.loses_base(name, value):
            row = plan.target_rows.get(name)
            found.append(("unresolved", row.codec.doubt if row is not None else "warning", rank))
        elif name in plan.senses and (not facts or not facts.format or is_url(value)):
            grave = facts is not None and plan.kind.name == "target"  # somebody else would be called
            found.append(("unresolved", facts.dropped if grave and facts else "notice", rank))
        return tuple(found)

    # -- the origin of a loss -----------------------------------------------------------------------------------

    def path(self, loss: Loss) -> str:
        path, wire, _ = self._spot(loss)
        return attribute_path(path, wire, self.document.syntax) if wire is not None else path

    def written(self, loss: Loss) -> str:
        _, wire, items = self._spot(loss)
        return source_text(wire, items[wire], self.document.syntax) if wire is not None else ""

    def _spot(self, loss: Loss) -> tuple[str, str | None, Mapping[str, Any]]:
        """The element that a loss stands on, with its attributes, and which of them: None for the element itself."""
        nodes = self.site.nodes
        if loss.said:
            field = self.field(loss)
            row = self.plan.source_rows.get(field)
            if row is not None and row.element in nodes and row.wire in nodes[row.element][1]:
                path, items = nodes[row.element]
                return path, row.wire, items
            for path, items in nodes.values():
                if field in items:
                    return path, field, items
        return (nodes[""][0] if "" in nodes else self.site.path), None, {}

    def field(self, loss: Loss) -> str:
        """The field of the step that a loss is about."""
        return loss.field.removeprefix(self.plan.kind.prefix)

    def locate(self, path: str) -> tuple[int, int]:
        return self.document.locate(path)

    def words(self, loss: Loss) -> tuple[str, str]:
        return self.plan.wording.explain(loss, self.field(loss))
