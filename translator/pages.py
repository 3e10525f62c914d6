"""Whole dialects as pages: for `translator dialects NAME` and the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator.explain import attribute_title, row_values, shown
from translator.tables import columns, markdown_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translator.dialect import Attribute, Dialect, Verb


def dialect_data(dialect: Dialect) -> dict[str, Any]:
    """One dialect's table as plain data."""
    verb = dialect.conference
    return {
        "name": dialect.name,
        "title": dialect.title,
        "syntaxes": list(dialect.syntaxes),
        "suffixes": list(dialect.suffixes),
        "aliases": list(dialect.aliases),
        "sources": list(dialect.sources),
        "verb": verb.wire,
        **_verb_data(verb),
        "steps": {
            name: {"verb": each.wire, "kind": each.kind, **_verb_data(each)}
            for name, each in dialect.verbs.items()
            if each is not verb and not each.implicit
        },
        "neighbours": {verb: f"{n.does} ({n.severity})" for verb, n in dialect.neighbours.items()},
    }


def _verb_data(verb: Verb) -> dict[str, Any]:
    return {
        "attributes": [
            {
                "attribute": attribute_title(row),
                "fields": list(row.names),
                "values": row_values(row),
                "note": _note(row),
            }
            for row in verb.attributes
        ],
        "implied": {name: shown(value) for name, value in verb.implied.items()},
        "notes": dict(verb.notes),
        "hints": dict(verb.hints),
    }


def dialect_page(dialect: Dialect, *, markdown: bool) -> str:
    """One dialect's table for people, as plain text or Markdown."""
    verb = dialect.conference
    lines = [f"# {dialect.title}" if markdown else dialect.title, "", dialect.about.strip(), ""]
    lines += [f"File names: {', '.join(dialect.suffixes)}. Verb: {verb.wire}."]
    if dialect.aliases:
        lines.append(f"Also called: {', '.join(dialect.aliases)}.")
    lines += _sections(_verb_sections(verb, whole=not dialect.canonical), markdown, "##")
    steps = [each for each in dialect.verbs.values() if each is not verb and not each.implicit]
    if steps:
        lines += ["", "## Steps around the conference" if markdown else "Steps around the conference"]
    for each in steps:
        lines += ["", f"### {_title(each)}" if markdown else _title(each), "", _meaning(each)]
        lines += _sections(_verb_sections(each, whole=False), markdown, "####")
        implied = [(n, shown(v), each.notes.get(n, "")) for n, v in each.implied.items() if v is not None]
        implied += [(n, "none", each.notes[n]) for n in each.notes if each.implied.get(n) is None]
        lines += _sections(
            [("When nothing is said", ("field", "the platform does", "note"), implied)], markdown, "####"
        )
    known = [(name, n.does, n.severity) for name, n in dialect.neighbours.items()]
    head = ("verb", "what it does", "severity of losing it")
    lines += _sections([("Verbs without a canonical step", head, known)], markdown, "##")
    return "\n".join(lines) + "\n"


def _title(verb: Verb) -> str:
    return verb.wire or "target of connect"


def _meaning(verb: Verb) -> str:
    says = ", ".join(f"{name} {shown(value)}" for name, value in verb.says.items())
    return f"The canonical step `{verb.kind}`: it {verb.facts.meaning}." + (
        f" By itself it says: {says}." if says else ""
    )


def _verb_sections(verb: Verb, *, whole: bool) -> list[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]]:
    rows = [(attribute_title(r), ", ".join(r.names), row_values(r), _note(r)) for r in verb.attributes]
    sections: list[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]] = [
        ("Attributes", ("attribute", "carries", "values", "note"), rows)
    ]
    if whole:
        implied = [(name, shown(value), verb.notes.get(name, "")) for name, value in verb.implied.items()]
        sections.append(("When nothing is said", ("field", "the platform does", "note"), implied))
    sections.append(("Often written, never legal", ("written", "probably meant"), list(verb.hints.items())))
    return sections


def _sections(
    sections: list[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]], markdown: bool, mark: str
) -> list[str]:
    lines = []
    for title, head, rows in sections:
        if rows:
            lines += ["", f"{mark} {title}" if markdown else title, ""]
            lines += markdown_table([head, *rows]) if markdown else columns([head, *rows])
    return lines


def _note(row: Attribute) -> str:
    parts = [row.note, f"No effect on a conference: {row.inert}." if row.inert else ""]
    parts.append("" if row.confirmed else "Known to the vendor's SDK types only.")
    return " ".join(part for part in parts if part)
