"""What the tables know, put into words and tables: for `translator explain`, `matrix`, `dialects`, and the docs."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from translator import registry
from translator.engine import translate
from translator.errors import InvalidOption
from translator.fields import FIELDS
from translator.loss import KINDS, code_name
from translator.specimens import specimens
from translator.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from translator.dialect import Attribute, Dialect


class Support(NamedTuple):
    """How one dialect has one field."""

    dialect: str
    title: str
    attribute: str
    values: str
    implied: str
    note: str


def shown(value: Any) -> str:
    """A canonical value in a table: `unknown` where nobody knows, `none` where there is nothing."""
    if value is UNKNOWN:
        return "unknown"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "nothing"
    return str(value)


def attribute_title(row: Attribute) -> str:
    if not row.wire:
        return "(text)"
    return f"{row.element}@{row.wire}" if row.element else row.wire


def row_values(row: Attribute) -> str:
    return row.values or row.codec.values


def platforms() -> Mapping[str, Dialect]:
    """The dialects behind which a platform stands: all but the canonical one."""
    return {name: dialect for name, dialect in registry.dialects().items() if not dialect.canonical}


def support(name: str) -> list[Support]:
    """How every dialect has a canonical field."""
    found = []
    for dialect in platforms().values():
        row = dialect.conference.by_field.get(name)
        found.append(
            Support(
                dialect.name,
                dialect.title,
                (attribute_title(row) + ("" if row.confirmed else " (SDK types only)")) if row else "-",
                row_values(row) if row else "",
                shown(dialect.implied.get(name)),
                dialect.notes.get(name, ""),
            )
        )
    return found


def codes() -> list[str]:
    """Every code that the tables can give, in order."""
    found = set()
    for facts in FIELDS.values():
        name = code_name(facts.name)
        if facts.format_of:
            found |= {f"{name}/dropped", f"{name}/changed"}
            continue
        found |= {f"{name}/{kind}" for kind in ("dropped", "changed", "default", "invalid", "unresolved", "unknown")}
        if facts.format:
            found.add(f"{name}/endpoint")
        if facts.unit:
            found.add(f"{name}/clamped")
    for dialect in platforms().values():
        for name in dialect.conference.own:
            found |= {f"{code_name(name)}/{kind}" for kind in ("dropped", "invalid", "unresolved")}
        found |= {f"{code_name(wire)}/unknown" for wire in dialect.conference.hints}
        found |= {f"{code_name(verb)}/step" for verb in dialect.neighbours}
        if any(dialect.kin.values()):
            found |= {f"{code_name(verb)}/unresolved" for verb in dialect.neighbours}
        found |= {f"{code_name(need.name)}/unresolved" for need in dialect.conference.needs}
    return sorted(found | set(SHAPES))


SHAPES = {
    "comment/structure": "A comment: kept in its own dialect, where the syntax has comments.",
    "conference/structure": "A second conference in one wrapping verb: each needs its own.",
    "document/structure": "The document is not of the shape that its dialect documents; it was read nevertheless.",
    "version/structure": "SWML: the version is missing, or is another one than 1.0.0.",
    "method/structure": "SWML: a step that is a bare text, or holds several methods, or no fitting value.",
    "section/structure": "SWML: steps of a section other than main, which run only when something jumps there.",
    "cond/structure": "SWML: steps that run only on a condition.",
    "switch/structure": "SWML: steps that run only for one value of a variable.",
    "connect/structure": "SWML: steps that run only for one result of connect.",
    "execute/structure": "SWML: steps that run only for one result of execute, or when it returns.",
    "result/structure": "SWML: steps that run only for one result of join_conference.",
    "text/structure": "Text where the dialect has none: between verbs, or behind a child of a conference.",
    "instruction/structure": "A template tag between verbs.",
    "attribute/structure": "An attribute of the root element, which has none.",
    "value/structure": "A value in a list of verbs that is no verb.",
    "key/structure": "SWML: a key at the top of the document that is not documented.",
    "verb/invalid": "jambonz: a synonym of the verb that the server's validator refuses.",
}
"""Codes about the shape of a document, with what they mean."""


def explain(code: str) -> str:
    """All there is to know of a code, in plain text.

    Raises:
        InvalidOption: no table has it.
    """
    head, _, kind = code.strip().partition("/")
    if kind and kind not in KINDS:
        near = get_close_matches(kind, KINDS, 1, 0.4)
        meant = f" Did you mean {head}/{near[0]}?" if near else ""
        raise InvalidOption(f'"{kind}" is no kind of loss.{meant} Kinds: {", ".join(KINDS)}.')
    blocks = [b for b in (_field_block(head, kind), _own_block(head), _verb_block(head), _hint_block(head)) if b]
    blocks += [
        words
        for shape, words in SHAPES.items()
        if head == shape.partition("/")[0] and kind in ("", shape.partition("/")[2])
    ]
    if not blocks:
        names = {each.partition("/")[0] for each in codes()}
        near = get_close_matches(head, names, 3, 0.5)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise InvalidOption(f'No table knows "{head}".{meant}')
    top = [code]
    if kind:
        top.append(f"  {kind}: {KINDS[kind]}")
    return "\n\n".join(["\n".join(top), *blocks]) + "\n"


def _field_block(head: str, kind: str) -> str:
    facts = next((facts for facts in FIELDS.values() if code_name(facts.name) == head), None)
    if facts is None:
        return ""
    lines = [f"{facts.name}: {facts.meaning}"]
    if facts.unit:
        lines.append(f"  In {facts.unit}.")
    if facts.depends:
        lines.append(f"  It has an effect only while there is a {facts.depends}.")
    if facts.capacity:
        lines.append("  A capacity: not said means the platform's own limit, and is never written out.")
    weights = {"dropped": facts.dropped, "changed": facts.changed, "default": facts.unsaid, "endpoint": "warning"}
    weights["clamped"] = facts.changed
    if kind in weights:
        lines.append(f"  Severity of {head}/{kind}: {weights[kind]}.")
    if facts.remedy:
        lines.append(f"  What to do: {facts.remedy}")
    lines += [
        "",
        *columns(
            [("", "attribute", "values", "when not said")]
            + [(each.title, each.attribute, each.values, each.implied) for each in support(facts.name)]
        ),
    ]
    notes = [f"  {each.title}: {each.note}" for each in support(facts.name) if each.note]
    return "\n".join(lines + (["", *notes] if notes else []))


def _own_block(head: str) -> str:
    lines = []
    for dialect in platforms().values():
        for name, row in dialect.conference.own.items():
            if code_name(name) == head:
                lines.append(f"{dialect.title} {attribute_title(row)} ({row_values(row)}): no other dialect has it.")
                lines += [
                    f"  {text}" for text in (row.note, row.inert and f"No effect on a conference: {row.inert}.") if text
                ]
                lines.append(f"  Severity of {head}/dropped: {row.severity}.")
    return "\n".join(lines)


def _verb_block(head: str) -> str:
    lines = []
    for dialect in platforms().values():
        for verb, neighbour in dialect.neighbours.items():
            if code_name(verb) == head:
                lines.append(f"{dialect.title} {verb} {neighbour.does}. Severity of {head}/step: {neighbour.severity}.")
    return "\n".join(lines)


def _hint_block(head: str) -> str:
    lines = []
    for dialect in platforms().values():
        for wire, hint in dialect.conference.hints.items():
            if code_name(wire) == head:
                lines.append(f"{wire} is no attribute of a {dialect.title} conference. Probably meant: {hint}.")
    return "\n".join(lines)


def columns(rows: Sequence[tuple[str, ...]], indent: str = "  ") -> list[str]:
    """Rows as aligned columns."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    return [
        (indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def matrix() -> list[tuple[str, ...]]:
    """Every field in every dialect: the wire name, with what happens when it is not said."""
    dialects = platforms()
    rows: list[tuple[str, ...]] = [("field", *(dialect.title for dialect in dialects.values()))]
    for name, facts in FIELDS.items():
        if facts.format_of:
            continue
        rows.append((name, *(_cell(each) for each in support(name))))
    return rows


def _cell(each: Support) -> str:
    return each.attribute if each.implied in ("none", "-") else f"{each.attribute} [{each.implied}]"


def direction(source: str, target: str) -> list[tuple[str, str, str, str]]:
    """What one direction loses: (attribute, value, code, severity) for everything that the source can say.

    Found by translating a document for each, not by looking at the tables: what is not listed arrives.
    """
    from_, to = registry.get(source), registry.get(target)
    found: list[tuple[str, str, str, str]] = []
    for row, value, document, without in specimens(from_):
        usual = {(loss.code, loss.said) for loss in translate(without, to.name, from_.name).losses}
        losses = translate(document, to.name, from_.name).losses
        new = [loss for loss in losses if loss.said and (loss.code, loss.said) not in usual]
        title = attribute_title(row)
        found += [(title, str(value), loss.code, loss.severity) for loss in new] or [(title, str(value), "arrives", "")]
    return found


def unsaid(source: str, target: str) -> list[tuple[str, str, str]]:
    """What differs where nothing is said: (field, in the source, in the target)."""
    from_, to = registry.get(source), registry.get(target)
    from translator.plan import plan

    return [(name, shown(asked), shown(given)) for name, asked, given, _, _ in plan(from_, to).gaps]
