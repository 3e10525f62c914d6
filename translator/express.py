"""One step said in the target: its attributes written, and each of them read back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from translator.difference import SITE, level
from translator.fields import CONFERENCE
from translator.loss import Fixed, Loss
from translator.sites import Site, split_key
from translator.values import CALLED, CALLER, CURRENT, OMIT, is_template, is_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.dialect import Verb
    from translator.fields import FieldFacts
    from translator.plan import Plan
    from translator.syntax import Document


FIRST: Final = -1
"""The order of a loss that is the whole document's."""


class Ledger:
    """The losses that only the walk through a document can see; the others are differences.

    Attributes:
        in_order: the numbers of steps and attributes tell the order of places, so that no place need be looked up.
        coded: the numbers tell the order of codes, too: all losses are of conferences, and no two have one number.
    """

    __slots__ = ("coded", "document", "found", "in_order", "orders")

    def __init__(self, document: Document, *, in_order: bool, coded: bool) -> None:
        self.document = document
        self.found: list[Loss] = []
        self.in_order = in_order
        self.coded = coded
        self.orders: set[int] = set()

    def add(self, kind: str, severity: str, field: str, place: Site | str, asked: Any, words: tuple[str, str]) -> None:
        """Add a loss that stands on a step's own element, or at a path; at "", it is the whole document's."""
        if isinstance(place, Site):
            path = place_of(place)
            self.in_order &= place.number > 0
            order = (place.number << SITE) + level(place, place.said, self.document) + _rank(field, kind)
            self.coded &= place.is_conference
        else:
            path, order = place, FIRST
            self.in_order &= path == "" and self.document.declared
        self.coded &= order not in self.orders
        self.orders.add(order)
        origin = Fixed((path, ""), words, self.document.locate)
        self.found.append(Loss(kind, severity, field, True, asked, None, origin, order))


@lru_cache(maxsize=1024)
def _rank(field: str, kind: str) -> int:
    return CONFERENCE.rank(field, kind)


def place_of(site: Site) -> str:
    """The path of a step's own element."""
    return site.nodes[""][0] if "" in site.nodes else site.path


class Expression:
    """Says steps with the verbs of the target, with what the caller's options add."""

    __slots__ = ("base_url", "document_url", "ledger", "options")

    def __init__(self, options: Mapping[str, str], ledger: Ledger) -> None:
        self.options = options
        self.base_url = options.get("base_url", "")
        self.document_url = options.get("document_url", "")
        self.ledger = ledger

    def express(self, site: Site, plan: Plan) -> tuple[Site, dict[str, Any], dict[str, Any]]:
        """One step in the target, what was asked for, and what is read back."""
        verb = plan.there
        asked = said = self._asked(site.said, plan)
        if verb.prepare is not None and not plan.same:
            said = dict(asked)
            verb.prepare(said)
        given: dict[str, Any] = {}
        items: dict[str, dict[str, Any]] = {element: {} for element in plan.elements}
        implied = plan.asked
        for row, name, known in plan.table:
            if name is None:
                value = row.several(said, implied)
            elif name in said:
                value = said[name]
            elif row.fill:
                value = row.unsaid(said, implied)
            else:
                continue
            if value is OMIT:
                continue
            try:
                found = known.get((type(value), value))
            except TypeError:  # a raw value: a list, an object
                found = None
            wire, meant = found or row.say(value)
            if wire is not OMIT:
                items[row.element][row.wire] = wire
                given.update(meant)
        nodes = {element: ("", wires) for element, wires in items.items()}
        result = Site(verb.name, site.path, kind=site.kind, form=verb)
        result.nodes = nodes  # type: ignore[assignment]
        if plan.keeps:
            result.raw = site.raw
            result.children = site.children
            result.said = asked
        if plan.same:
            self._keep_raw(site, nodes, given, verb)
        elif plan.keeps:
            given = dict(asked)
        for name, value in verb.says.items():
            given.setdefault(name, value)
        for wire, value in verb.fixed.items():
            if wire in verb.by_wire[""]:
                given = {**verb.by_wire[""][wire].meaning(value), **given}
        if verb.settle is not None:
            verb.settle(given)
        if plan.outcome and not plan.keeps:
            given = verb.outcome(given)
        if not plan.same:
            asked = self._needs(site, asked, nodes, given, plan)
        return result, asked, given

    def _needs(
        self,
        site: Site,
        asked: dict[str, Any],
        nodes: dict[str, tuple[str, dict[str, Any]]],
        given: dict[str, Any],
        plan: Plan,
    ) -> dict[str, Any]:
        """Write what the target cannot do without: from the caller's options, else a marked placeholder."""
        verb = plan.there
        for need in verb.needs:
            if need.name in asked and not (need.whole and asked[need.name] in (CALLER, CALLED)):
                continue
            row = verb.by_field[need.name]
            value = self.options.get(need.option, need.placeholder)
            nodes[row.element][1][row.wire] = given[need.name] = value
            if need.name in verb.implied:
                asked = {**asked, need.name: value}
            if need.option not in self.options:
                words = plan.wording.placeholder(row, need)
                field = verb.facts.prefix + need.name
                self.ledger.add("unresolved", need.severity, field, site, None, words)
        return asked

    def _keep_raw(
        self, site: Site, nodes: dict[str, tuple[str, dict[str, Any]]], given: dict[str, Any], verb: Verb
    ) -> None:
        """Write what is no legal attribute or value of this dialect as it was written."""
        rows = verb.by_wire
        for key, value in site.raw.items():
            element, wire = split_key(key, nodes)
            nodes[element][1][wire] = value
            row = rows.get(element, {}).get(wire)
            if row is not None:
                given.update(row.meaning(value))

    def _asked(self, said: dict[str, Any], plan: Plan) -> dict[str, Any]:
        """What is asked of the target: what was said, with relative URLs resolved and stand-ins for what it lacks."""
        asked = said
        if plan.here is not None and plan.here.effects is not None and not plan.keeps:
            asked = {**said, **plan.here.effects(said)}
        if self.document_url and not plan.keeps:
            for name, facts in plan.facts.items():
                if facts.is_url and (asked[name] if name in asked else plan.asked.get(name)) == CURRENT:
                    asked = {**asked, name: self.document_url}
        if self.base_url:
            asked = {name: self._absolute(plan.facts.get(name), value) for name, value in asked.items()}
        for name, pairs in plan.instead.items():
            if asked.get(name) is not None and not any(other in asked for other, _ in pairs):
                asked = {**asked, **{other: asked[name] if value == "=" else value for other, value in pairs}}
        return asked

    def _absolute(self, facts: FieldFacts | None, value: Any) -> Any:
        if isinstance(value, tuple) and facts is not None and facts.is_url:
            return tuple(self._absolute(facts, each) for each in value)
        if facts is None or not isinstance(value, str) or not facts.is_url:
            return value
        if not is_url(value) or is_template(value) or "://" in value:
            return value
        try:
            return urljoin(self.base_url, value)
        except ValueError:  # no URL at all
            return value
