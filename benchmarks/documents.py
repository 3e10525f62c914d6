"""The documents that are measured: small, full, many conferences, and one with verbs around its conference."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from translator import read, registry, specimens, write

GOLDEN = Path(__file__).parent.parent / "golden"
HOST = b"app.example.com"
END = b"</Conference>"


def small(dialect: str) -> bytes:
    """A conference with nothing but a name."""
    return specimens.document(registry.get(dialect), {}).encode()


@cache
def full(dialect: str) -> bytes:
    """One conference with every attribute."""
    return _golden(f"{dialect}-full", dialect)


@cache
def neighbours(dialect: str) -> bytes:
    """A conference among other verbs; the full document of a dialect that has none."""
    for case in (f"{dialect}-steps", f"{dialect}-with-steps"):
        if (GOLDEN / case).is_dir():
            return _golden(case, dialect)
    return full(dialect)


@cache
def many(dialect: str, count: int, syntax: str | None = None) -> bytes:
    """The steps of the full document, so many times over; a document for one conference has them once."""
    flow = read(full(dialect), dialect)
    again = flow.model_copy(update={"steps": flow.steps * count})
    return write(again, dialect, syntax=syntax).text.encode()


def own(document: bytes, count: int) -> list[bytes]:
    """A cXML document so many times, each with URLs and a room of its own, as a real batch has them."""
    return [
        document.replace(HOST, b"app%d.example.com" % number).replace(END, b" %d%s" % (number, END))
        for number in range(count)
    ]


def _golden(case: str, dialect: str) -> bytes:
    (path,) = (GOLDEN / case).glob(f"source.{dialect}.*")
    return path.read_bytes()
