"""Every limit on what is read, in one place. `limits.override(max_bytes=...)` changes them for a while."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Limits(NamedTuple):
    """Bounds on one document.

    Attributes:
        max_bytes: size of the document in bytes. Platforms stop far below (cXML at 64 kB, error 11750).
        max_depth: nesting of elements, objects and lists; of sections that go on in one another.
        max_nodes: tags, comments and instructions of XML, values of JSON and YAML.
        max_attributes: attributes of one XML element.
        max_namespaces: namespaces that an XML document declares.
        max_inlined: steps that are written once more: of sections that several steps go to, of lists that are
            repeated. Beyond it, they are a loss.
        max_output: characters of the target document: a few long values can be said again in very many steps.
        max_remembered: losses of the translations that are remembered, to be filled in for documents that differ in
            plain values only (`translator.filled`); 0: nothing is remembered.
    """

    max_bytes: int = 16 * 1024 * 1024
    max_depth: int = 100
    max_nodes: int = 500_000
    max_attributes: int = 1_000
    max_namespaces: int = 100
    max_inlined: int = 10_000
    max_output: int = 64 * 1024 * 1024
    max_remembered: int = 50_000


_current: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039 - frozen


def current() -> Limits:
    return _current.get()


@contextmanager
def override(**changes: int) -> Iterator[Limits]:
    """Use other limits inside a `with` block."""
    token = _current.set(Limits(**{**_current.get()._asdict(), **changes}))
    try:
        yield _current.get()
    finally:
        _current.reset(token)
