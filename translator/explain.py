"""What the tables know, put into tables of words: for `translator matrix`, `dialects`, `explain`, and the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from translator import registry
from translator.engine import translate
from translator.fields import CONFERENCE
from translator.loss import code_name
from translator.specimens import specimens, verbs
from translator.step_fields import STEPS
from translator.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.dialect import Attribute, Dialect
    from translator.fields import Kind
    from translator.plan import Gap, Plan


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
        implied[_unsaid_words(verb.says.get(name, verb.implied.get(name)), row)] = None
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


def _unsaid_words(value: Any, row: Attribute | None) -> str:
    """What happens when nothing is said, in canonical words; with the attribute's own where they say the opposite."""
    if row is None or not isinstance(value, bool) or not row.single:
        return shown(value)
    wire = str(row.codec.write(value)).lower()
    return f"{shown(value)}: {row.wire} {wire}" if wire == str(not value).lower() else shown(value)


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


def overview() -> list[tuple[str, list[tuple[str, ...]]]]:
    """(title, rows) of the matrix of every kind of step; the conference first, and without a title."""
    return [("" if kind is CONFERENCE else f"{kind.name}: {kind.meaning}", matrix(kind)) for kind in STEPS.values()]


def one_way(source: str, target: str) -> list[tuple[str, list[tuple[str, ...]]]]:
    """(title, rows) of what one direction loses: of attributes, of verbs, and where nothing is said; no empty table."""
    here, there = registry.get(source).title, registry.get(target).title
    tables: list[tuple[str, list[tuple[str, ...]]]] = [
        (f"What {here} says, in {there}", [("attribute", "value", "becomes", "severity"), *direction(source, target)]),
        ("Verbs without a counterpart", [("verb", "severity"), *missing(source, target)]),
        ("When nothing is said", [("field", here, there), *unsaid(source, target)]),
    ]
    return [(title, rows) for title, rows in tables if len(rows) > 1]


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
    rows = [_gap(gap, whole) for gap in whole.gaps]
    for kind in STEPS:
        pairs = from_.forms.get(kind, ())[:1], to.forms.get(kind, ())[:1]
        if kind == "conference" or not all(pairs):
            continue
        pair = whole.other(pairs[0][0], pairs[1][0])
        rows += [(f"{kind}.{name}", here, there) for name, here, there in (_gap(gap, pair) for gap in pair.gaps)]
    return rows


def _gap(gap: Gap, plan: Plan) -> tuple[str, str, str]:
    name, asked, given, *_ = gap
    if asked == given and name in plan.senses and plan.here is not None:
        return name, plan.here.senses[name], plan.there.senses[name]
    return name, shown(asked), shown(given)
