"""Which dialect is this? By the file's suffix, then by evidence: shape, sibling verbs, attribute names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from translator import registry, syntax
from translator.errors import AmbiguousDialect

if TYPE_CHECKING:
    from translator.syntax import Document

_NAME_IT = "Name it with --from (from_ in Python), or in the file name, as in room.twiml.xml."


@dataclass(frozen=True, slots=True)
class Detection:
    """What a document seems to be.

    Attributes:
        dialect: name of the likeliest dialect, or None where nothing fits or two fit alike.
        confidence: 0 to 1.
        candidates: every dialect that fits, likeliest first.
        scores: the confidence of each candidate.
        why: the evidence, in words; it says what was assumed.
    """

    dialect: str | None
    confidence: float
    candidates: tuple[str, ...]
    why: str
    scores: tuple[float, ...] = ()


def detect(source: str | bytes, filename: str | None = None) -> Detection:
    """Detect the dialect of a document.

    Args:
        source: the document.
        filename: its name or path; `room.cxml.xml` settles it.

    Raises:
        UnreadableDocument, UnsafeDocument: the document cannot be read at all.
    """
    syntax.check_type(source)
    named = by_name(filename) if filename else None
    if named:
        return Detection(named, 1.0, (named,), f"the file name ends in .{named}.*")
    return _evidence(syntax.parse(source, syntax.sniff(source)))


def by_name(filename: str) -> str | None:
    """The dialect that a file name settles: the second suffix of `room.cxml.xml`."""
    parts = PurePath(filename).name.lower().split(".")
    if len(parts) < 3:
        return None
    return registry.resolve(parts[-2])


def settle(source: str | bytes) -> tuple[Document, Detection]:
    """The parsed document and its dialect; raises AmbiguousDialect where the evidence does not settle it."""
    document = syntax.parse(source, syntax.sniff(source))
    found = _evidence(document)
    if found.dialect is None:
        names = found.candidates
        if not names:
            raise AmbiguousDialect(f"No known dialect: {found.why}. {_NAME_IT}")
        raise AmbiguousDialect(f"Several dialects fit ({found.why}). {_NAME_IT}", names)
    return document, found


def _evidence(document: Document) -> Detection:
    found: list[tuple[float, str, str]] = []
    for name in registry.names():
        dialect = registry.get(name)
        if document.syntax not in dialect.syntaxes and not (document.syntax == "json" and "yaml" in dialect.syntaxes):
            continue
        score, why = dialect.envelope.recognise(document, dialect)
        if score > 0:
            found.append((round(score, 2), name, why))
    found.sort(key=lambda each: -each[0])
    candidates = tuple(name for _, name, _ in found)
    scores = tuple(min(score, 0.99) for score, _, _ in found)
    if not found:
        kind = {"xml": "XML", "json": "JSON", "yaml": "YAML"}[document.syntax]
        return Detection(None, 0.0, (), f"{kind} of no shape that a dialect has")
    score, name, why = found[0]
    if score < 0.35 or (len(found) > 1 and score - found[1][0] < 0.05):
        return Detection(None, scores[0], candidates, "; ".join(f"{n}: {w}" for _, n, w in found), scores)
    return Detection(name, scores[0], candidates, why, scores)
