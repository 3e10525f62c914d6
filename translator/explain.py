"""What the tables know, put into words and tables: for `translator explain`, `matrix`, `dialects`, and the docs."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from translator import registry
from translator.dialect import Neighbour
from translator.engine import translate
from translator.errors import InvalidOption
from translator.fields import CONFERENCE
from translator.loss import KINDS, code_name
from translator.specimens import specimens, verbs
from translator.step_fields import STEPS
from translator.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from translator.dialect import Attribute, Dialect
    from translator.fields import FieldFacts, Kind


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


def support(name: str, kind: Kind = CONFERENCE) -> list[Support]:
    """How every dialect has a canonical field of a kind of step."""
    return [_support(dialect, name, kind) for dialect in platforms().values()]


def _support(dialect: Dialect, name: str, kind: Kind) -> Support:
    forms = dialect.forms.get(kind.name, ())
    attributes: dict[str, str] = {}
    implied: dict[str, None] = {}
    for verb in forms:
        row = verb.by_field.get(name)
        implied[shown(verb.says.get(name, verb.implied.get(name)))] = None
        if row is not None:
            outer = f"{verb.name} " if len(forms) > 1 and kind is not CONFERENCE else ""
            text = outer + attribute_title(row) + ("" if row.confirmed else " (SDK types only)")
            attributes[text] = row_values(row)
    notes = dict.fromkeys(verb.notes[name] for verb in forms if name in verb.notes)
    return Support(
        dialect.name,
        dialect.title,
        ", ".join(attributes) or "-",
        ", ".join(dict.fromkeys(attributes.values())),
        " or ".join(implied) if forms else "-",
        " ".join(notes),
    )


def codes() -> list[str]:
    """Every code that the tables can give, in order."""
    found = set()
    for kind in STEPS.values():
        for facts in kind.fields.values():
            name = code_name(kind.prefix + facts.name)
            if facts.format_of:
                found |= {f"{name}/dropped", f"{name}/changed"}
                continue
            found |= {f"{name}/{each}" for each in _FIELD_KINDS}
            if facts.format:
                found.add(f"{name}/endpoint")
            if facts.unit or kind is not CONFERENCE:
                found.add(f"{name}/clamped")
    for dialect in platforms().values():
        for verb in dialect.verbs.values():
            prefix = verb.facts.prefix
            for name in verb.own:
                found |= {f"{code_name(prefix + name)}/{kind}" for kind in ("dropped", "invalid", "unresolved")}
            found |= {f"{code_name(prefix + wire)}/unknown" for wire in verb.hints}
            found |= {f"{code_name(prefix + need.name)}/unresolved" for need in verb.needs}
            if verb.proviso is not None:
                found.add(f"{code_name(verb.kind)}/unresolved")
            if verb.kind != "conference" and not verb.implicit:
                name = code_name(verb.name or verb.kind)
                found |= {f"{name}/step", f"{name}/structure"}
        found |= {f"{code_name(verb)}/step" for verb in dialect.neighbours}
        if any(dialect.kin.values()):
            found |= {f"{code_name(verb)}/unresolved" for verb in dialect.neighbours}
    return sorted(found | set(SHAPES))


_FIELD_KINDS = ("dropped", "changed", "default", "invalid", "unresolved", "unknown")


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
    "gather-prompt/changed": "A prompt that the target's verb cannot hold: it stands before it, or sounds otherwise.",
    "document/default": "What happens when all steps have run: the two platforms differ.",
    "answer/structure": "The call is answered later than in the source, or not at all.",
    "redirect/structure": "A redirect right behind a step: the target takes its URL for that step's own.",
    "parameter/structure": "A Parameter element that is not a name with a value, or stands twice.",
    "prompt/structure": "jambonz: a second prompt of a gather, which nobody hears.",
    "verb/structure": "jambonz: a verb that is skipped where it stands.",
    "target/structure": "jambonz: a single target where an array belongs.",
    "conference/step": "A conference inside a verb that cannot hold one.",
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
    named = [(step, facts) for step in STEPS.values() for facts in step.fields.values()]
    return "\n\n".join(
        _field(step, facts, head, kind) for step, facts in named if code_name(step.prefix + facts.name) == head
    )


def _field(step: Kind, facts: FieldFacts, head: str, kind: str) -> str:
    whose = "" if step is CONFERENCE else f" of a step that {step.meaning}"
    lines = [f"{facts.name}{whose}: {facts.meaning}"]
    if facts.unit:
        lines.append(f"  In {facts.unit}.")
    if facts.depends:
        lines.append(f"  It has an effect only while there is a {facts.depends.replace(':', ' of ')}.")
    if facts.unless:
        lines.append(f"  It has no effect beside a {facts.unless}.")
    if facts.capacity:
        lines.append("  A capacity: not said means the platform's own limit, and is never written out.")
    weights = {"dropped": facts.dropped, "changed": facts.changed, "default": facts.unsaid, "endpoint": "warning"}
    weights["clamped"] = facts.changed
    if kind in weights:
        lines.append(f"  Severity of {head}/{kind}: {weights[kind]}.")
    if facts.remedy:
        lines.append(f"  What to do: {facts.remedy}")
    found = support(facts.name, step)
    lines += [
        "",
        *columns(
            [("", "attribute", "values", "when not said")]
            + [(each.title, each.attribute, each.values, each.implied) for each in found]
        ),
    ]
    notes = [f"  {each.title}: {each.note}" for each in found if each.note]
    return "\n".join(lines + (["", *notes] if notes else []))


def _own_block(head: str) -> str:
    lines: dict[str, None] = {}
    for dialect in platforms().values():
        for verb in dialect.verbs.values():
            for name, row in verb.own.items():
                if code_name(verb.facts.prefix + name) == head:
                    on = "" if verb.kind == "conference" else f" of {verb.name or verb.kind}"
                    words = f"{dialect.title} {attribute_title(row)}{on} ({row_values(row)})"
                    inert = row.inert and f"It has no effect here: {row.inert}."
                    for text in (
                        f"{words}: no other dialect has it.",
                        *(f"  {each}" for each in (row.note, inert) if each),
                        f"  Severity of {head}/dropped: {row.severity}.",
                    ):
                        lines[text] = None
    return "\n".join(lines)


def _verb_block(head: str) -> str:
    lines = []
    for dialect in platforms().values():
        known = dict(dialect.neighbours)
        for verb in dialect.verbs.values():
            if verb.kind != "conference" and not verb.implicit:
                known.setdefault(verb.name or verb.kind, Neighbour(verb.facts.meaning, verb.facts.severity))
                known.setdefault(verb.kind, Neighbour(f"{verb.facts.meaning}, as {verb.wire}", verb.facts.severity))
        for name, each in known.items():
            if code_name(name) == head:
                lines.append(f"{dialect.title} {name} {each.does}. Severity of {head}/step: {each.severity}.")
    return "\n".join(lines)


def _hint_block(head: str) -> str:
    lines = []
    for dialect in platforms().values():
        for verb in dialect.verbs.values():
            for wire, hint in verb.hints.items():
                if code_name(verb.facts.prefix + wire) == head:
                    what = "conference" if verb.kind == "conference" else verb.name
                    lines.append(f"{wire} is no attribute of a {dialect.title} {what}. Probably meant: {hint}.")
    return "\n".join(lines)


def columns(rows: Sequence[tuple[str, ...]], indent: str = "  ") -> list[str]:
    """Rows as aligned columns."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    return [
        (indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def matrix(kind: Kind = CONFERENCE) -> list[tuple[str, ...]]:
    """Every field of a kind of step in every dialect: the wire name, with what happens when it is not said."""
    dialects = platforms()
    rows: list[tuple[str, ...]] = [("field", *(dialect.title for dialect in dialects.values()))]
    if kind is not CONFERENCE:
        rows.append((f"({kind.name})", *(_verbs(dialect, kind) for dialect in dialects.values())))
    for name, facts in kind.fields.items():
        if not facts.format_of:
            label = name if kind is CONFERENCE else f"{kind.name}.{name}"
            rows.append((label, *(_cell(each) for each in support(name, kind))))
    return rows


def _verbs(dialect: Dialect, kind: Kind) -> str:
    forms = dialect.forms.get(kind.name, ())
    written = ", ".join(dict.fromkeys(verb.wire for verb in forms if verb.wire))
    return written or ("by itself" if any(verb.implicit for verb in forms) else "noun" if forms else "-")


def _cell(each: Support) -> str:
    return each.attribute if each.implied in ("none", "-") else f"{each.attribute} [{each.implied}]"


def direction(source: str, target: str) -> list[tuple[str, str, str, str]]:
    """What one direction loses: (attribute, value, code, severity) for everything that the source can say.

    Found by translating a document for each, not by looking at the tables: what is not listed arrives.
    """
    from_, to = registry.get(source), registry.get(target)
    found: list[tuple[str, str, str, str]] = []
    usual: dict[str, set[tuple[str, bool]]] = {}
    for verb in verbs(from_):
        for row, value, document, without, _ in specimens(from_, verb):
            if without not in usual:
                usual[without] = {(loss.code, loss.said) for loss in translate(without, to.name, from_.name).losses}
            losses = translate(document, to.name, from_.name).losses
            new = [loss for loss in losses if loss.said and (loss.code, loss.said) not in usual[without]]
            title = attribute_title(row)
            if verb.kind != "conference":
                title = f"{verb.wire or verb.kind} {title}"
            found += [(title, str(value), loss.code, loss.severity) for loss in new] or [
                (title, str(value), "arrives", "")
            ]
    return found


def missing(source: str, target: str) -> list[tuple[str, str]]:
    """Verbs around a conference that one direction loses as a whole: (verb, severity)."""
    from_, to = registry.get(source), registry.get(target)
    found = {
        verb.wire: verb.facts.severity
        for verb in from_.verbs.values()
        if verb.kind not in ("conference", "target") and not verb.implicit and verb.kind not in to.forms
    }
    passed = set(to.neighbours) if target in from_.kin else set()
    return [*found.items(), *((name, each.severity) for name, each in from_.neighbours.items() if name not in passed)]


def unsaid(source: str, target: str) -> list[tuple[str, str, str]]:
    """What differs where nothing is said: (field, in the source, in the target)."""
    from_, to = registry.get(source), registry.get(target)
    from translator.plan import plan

    whole = plan(from_, to)
    rows = [(name, shown(asked), shown(given)) for name, asked, given, _, _ in whole.gaps]
    for kind in STEPS:
        pairs = from_.forms.get(kind, ())[:1], to.forms.get(kind, ())[:1]
        if kind == "conference" or not all(pairs):
            continue
        gaps = whole.other(pairs[0][0], pairs[1][0]).gaps
        rows += [(f"{kind}.{name}", shown(asked), shown(given)) for name, asked, given, _, _ in gaps]
    return rows
