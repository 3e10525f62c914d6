"""Documents made from the tables themselves: one for everything that an attribute can say.

They show what a direction loses (`translator matrix FROM TO`), and put every row under the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from translator import syntax
from translator.sites import Site, Writing
from translator.values import is_active

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translator.dialect import Attribute, Dialect, Verb

ROOM = "specimen-room"
LATER = ("record", "dial", "message", "gather")
"""Kinds that stand behind the conference: what follows them may not be reached."""

Items = dict[tuple[str, str], Any]


class Specimen(NamedTuple):
    """A document in which one attribute of one verb says one thing; `without` is the same document without it."""

    attribute: Attribute
    value: Any
    document: str
    without: str
    verb: Verb


def document(dialect: Dialect, attributes: Items, syntax_name: str | None = None, verb: Verb | None = None) -> str:
    """A document with one verb of these attributes: (element, wire name) -> wire value; a conference beside it."""
    room = dialect.conference
    name = room.by_field["name"]
    items = {(name.element, name.wire): ROOM}
    sites = [site_of(room, {**items, **attributes} if verb is None or verb is room else items)]
    if verb is not None and verb is not room:
        site = site_of(verb, attributes)
        if verb.kind == "target":
            outer = dialect.forms["dial"][0]
            around = site_of(outer, {})
            around.parts.append(site)
            site = around
        elif verb.kind == "dial":
            target = dialect.forms["target"][0]
            site.parts += [site_of(target, core_of(target)), site_of(target, core_of(target))]
        late = verb.kind in LATER or verb.kind == "target" or (verb.kind == "hangup" and not _refuses(verb))
        sites.insert(1 if late else 0, site)
    chosen = syntax_name or dialect.syntaxes[0]
    return syntax.write(dialect.envelope.write(Writing(dialect, sites, chosen)), chosen)


def _refuses(verb: Verb) -> bool:
    """Whether an end of the call is another thing before the answer, and only there says what it says."""
    return verb.only_ringing or verb.unanswered is not None or verb.answered is not None


def site_of(verb: Verb, attributes: Items) -> Site:
    """A site of these attributes, as an envelope writes it."""
    nodes: dict[str, dict[str, Any]] = {element: {} for element in verb.by_wire}
    for row in verb.attributes:
        if (row.element, row.wire) in attributes:
            nodes[row.element][row.wire] = attributes[row.element, row.wire]
    site = Site(verb.name, kind=verb.kind, form=verb)
    site.nodes = {element: ("", items) for element, items in nodes.items()}
    return site


def verbs(dialect: Dialect) -> Iterator[Verb]:
    """The verbs of a dialect that stand in a document by themselves."""
    for verb in dialect.verbs.values():
        if verb.wire or verb.kind in ("conference", "target"):
            yield verb


def specimens(dialect: Dialect, verb: Verb | None = None) -> Iterator[Specimen]:
    """Every attribute of a verb, of the conference unless another is named, with every value that it can say."""
    verb = verb or dialect.conference
    core = {} if verb.kind == "conference" else core_of(verb)
    for row in verb.attributes:
        needed = {**core, **_needs(verb, row)}
        needed.pop((row.element, row.wire), None)
        without = document(dialect, needed, verb=verb)
        for value in row.codec.samples:
            attributes = {**needed, (row.element, row.wire): value}
            yield Specimen(row, value, document(dialect, attributes, verb=verb), without, verb)


def core_of(verb: Verb) -> Items:
    """The attributes without which a verb says nothing."""
    rows = [verb.by_field[name] for name in verb.facts.core if name in verb.by_field]
    rows += [row for row in verb.own.values() if len(row.codec.samples) == 1 and _is_constant(row)]
    return {(row.element, row.wire): row.codec.samples[0] for row in rows}


def _is_constant(row: Attribute) -> bool:
    """Whether an attribute stands there always, and says the same."""
    return row.default is not None and row.single is not None and row.codec.read(row.codec.samples[0]) == row.default


def _needs(verb: Verb, row: Attribute) -> Items:
    """The attributes that this one depends on, with a value that switches it on."""
    found: Items = {}
    depends = verb.facts.depends
    names = [name for name in row.names if name in depends]
    wanted = depends.get(names[0]) if names else None
    while wanted:
        name, word = wanted
        other = verb.by_field.get(name)
        if other is not None and other is not row:
            value = next((v for v in other.codec.samples if _switches_on(other, name, word, v)), None)
            if value is not None:
                found.setdefault((other.element, other.wire), value)
        wanted = depends.get(name)
    return found


def _switches_on(row: Attribute, name: str, word: str, wire: Any) -> bool:
    value = row.codec.read(wire)
    value = value if row.single else value[row.names.index(name)]
    return is_active(value) and (not word or word in value)
