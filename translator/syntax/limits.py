"""Every limit on what is read, in one place. `limits.override(max_bytes=...)` changes them for a while."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document.

    Attributes:
        max_bytes: size of the document in bytes. Platforms stop far below (cXML at 64 kB, error 11750).
        max_depth: nesting of elements, objects and lists.
        max_nodes: elements of XML, values of JSON and YAML.
    """

    max_bytes: int = 16 * 1024 * 1024
    max_depth: int = 100
    max_nodes: int = 2_000_000


_current: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039 - frozen


def current() -> Limits:
    return _current.get()


@contextmanager
def override(**changes: int) -> Iterator[Limits]:
    """Use other limits inside a `with` block."""
    token = _current.set(replace(_current.get(), **changes))
    try:
        yield _current.get()
    finally:
        _current.reset(token)
