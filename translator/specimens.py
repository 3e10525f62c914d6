"""Documents made from the tables themselves: one for everything that an attribute can say.

They show what a direction loses (`translator matrix FROM TO`), and put every row under the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from translator import syntax
from translator.fields import FIELDS
from translator.sites import Site, Writing
from translator.values import is_active

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translator.dialect import Attribute, Dialect

ROOM = "specimen-room"


class Specimen(NamedTuple):
    """A document in which one attribute says one thing; `without` is the same document without it."""

    attribute: Attribute
    value: Any
    document: str
    without: str


def document(dialect: Dialect, attributes: dict[tuple[str, str], Any], syntax_name: str | None = None) -> str:
    """A document with one conference of these attributes: (element, wire name) -> wire value."""
    nodes: dict[str, dict[str, Any]] = {element: {} for element in dialect.conference.by_wire}
    name = dialect.conference.by_field["name"]
    attributes = {(name.element, name.wire): ROOM, **attributes}
    for row in dialect.conference.attributes:
        if (row.element, row.wire) in attributes:
            nodes[row.element][row.wire] = attributes[row.element, row.wire]
    site = Site("conference", is_conference=True)
    site.nodes = {element: ("", items) for element, items in nodes.items()}
    chosen = syntax_name or dialect.syntaxes[0]
    return syntax.write(dialect.envelope.write(Writing(dialect, [site], chosen)), chosen)


def specimens(dialect: Dialect) -> Iterator[Specimen]:
    """Every attribute of a dialect with every value that it can say, beside what it needs to have an effect."""
    for row in dialect.conference.attributes:
        needed = _needs(dialect, row)
        without = document(dialect, needed)
        for value in row.codec.samples:
            attributes = {**needed, (row.element, row.wire): value}
            yield Specimen(row, value, document(dialect, attributes), without)


def _needs(dialect: Dialect, row: Attribute) -> dict[tuple[str, str], Any]:
    """The attributes that this one depends on, with a value that switches it on."""
    found: dict[tuple[str, str], Any] = {}
    names = [name for name in row.names if name in FIELDS]
    depends = FIELDS[names[0]].depends if names else ""
    while depends:
        other = dialect.conference.by_field.get(depends)
        if other is not None and other is not row:
            value = next((v for v in other.codec.samples if _switches_on(other, depends, v)), None)
            if value is not None:
                found.setdefault((other.element, other.wire), value)
        depends = FIELDS[depends].depends
    return found


def _switches_on(row: Attribute, name: str, wire: Any) -> bool:
    value = row.codec.read(wire)
    return is_active(value if row.single else value[row.names.index(name)])
