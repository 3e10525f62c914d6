"""Documents that differ in plain values only are translated once, and filled in.

The engine translates a stencil (`translator.stencil`) as it does any document; then the values are put back: in the
document that was written, in the losses, and in their words. A document that is filled in is the very one that the
engine makes of it: that is a law (`translator.testing`), and the first document that is filled in is compared with what
the engine makes of it, to the last word, before any other is.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from translator import syntax
from translator.difference import Difference
from translator.errors import TranslatorError
from translator.loss import Loss
from translator.result import Result
from translator.stencil import MARK, STAND_IN, put, stencil
from translator.syntax import limits
from translator.wording import LONGEST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from translator.engine import Engine
    from translator.stencil import Stencil
    from translator.syntax import Document

_Shown = TypeVar("_Shown")
A_LOSS: Final = 200
"""Characters of a document that weigh as much as a loss."""


class Remembered:
    """The translation of a stencil, ready to be filled in.

    Attributes:
        weight: how much is kept, in losses, about: a document without a loss is as much as ten.
    """

    def __init__(self, result: Result, source: str) -> None:
        self.weight = 10 + len(result.losses) + (len(result.text) + len(source)) // A_LOSS
        self.source_dialect = result.source_dialect
        self.target_dialect = result.target_dialect
        self.syntax = result.syntax
        self.losses = result.losses
        self.shown: dict[tuple[Any, int], Any] = {}
        self.pieces = STAND_IN.split(result.text)
        self.holes = [(place, int(self.pieces[place])) for place in range(1, len(self.pieces), 2)]
        self.facts = [_facts(loss) for loss in self.losses]
        self.varied = [
            (index, _number(asked), _number(given))
            for index, (*_, asked, given) in enumerate(self.facts)
            if _varies(asked) or _varies(given)
        ]

    @cached_property
    def spots(self) -> list[tuple[str, str]]:
        """(path, source) of each loss."""
        return [(loss.path, loss.source) for loss in self.losses]

    @cached_property
    def constant(self) -> list[bool]:
        """Of each loss, whether it is the same in every document but for its line and column."""
        varied = {index for index, _, _ in self.varied}
        return [
            index not in varied and MARK not in f"{loss.source}{loss.message}{loss.remedy}"
            for index, loss in enumerate(self.losses)
        ]

    def filled(self, document: Document, values: list[str], engine: Engine) -> Result:
        """The translation of a document that has this stencil; the engine is for who asks for more than losses."""
        pieces = self.pieces.copy()
        for place, number in self.holes:
            pieces[place] = values[number]
        origin = Filled(self, document, values)
        losses = [
            Loss(kind, severity, field, said, asked, given, origin, index)
            for index, (kind, severity, field, said, asked, given) in enumerate(self.facts)
        ]
        for index, asked, given in self.varied:
            loss = losses[index]
            loss.asked = _put_all(loss.asked, values) if asked is None else values[asked]
            loss.given = _put_all(loss.given, values) if given is None else values[given]
        names = self.source_dialect, self.target_dialect, self.syntax
        read, trace = lambda: engine.read(document), lambda: engine.translate(document).trace
        return Result("".join(pieces), tuple(losses), *names, read, trace)


class Filled:
    """Where the losses of a document come from that was filled in; their `order` is their number."""

    __slots__ = ("document", "remembered", "values")

    def __init__(self, remembered: Remembered, document: Document, values: list[str]) -> None:
        self.remembered = remembered
        self.document = document
        self.values = values

    def path(self, loss: Loss) -> str:
        return self.remembered.spots[loss.order][0]

    def written(self, loss: Loss) -> str:
        return put(self.remembered.spots[loss.order][1], self.values)

    def locate(self, path: str) -> tuple[int, int]:
        return self.document.locate(path)

    def words(self, loss: Loss) -> tuple[str, str]:
        same, (_, source) = self.remembered.losses[loss.order], self.remembered.spots[loss.order]
        if (len(source) > LONGEST_SHOWN) != (len(loss.source) > LONGEST_SHOWN) and isinstance(same.origin, Difference):
            return same.origin.words(loss)
        return put(same.message, self.values), put(same.remedy, self.values)

    def shown(self, loss: Loss, show: Callable[[Loss], _Shown]) -> _Shown | None:
        """What is shown of a loss but for its line and column, remembered; None where it is not the same each time."""
        remembered, number = self.remembered, loss.order
        if not remembered.constant[number]:
            return None
        found = remembered.shown.get((show, number))
        if found is None:
            found = remembered.shown[show, number] = show(loss)
        return found


def _varies(value: Any) -> bool:
    """Whether it is not the same in each document, or must not be one object in all of them."""
    return isinstance(value, dict | list) or MARK in str(value)


def _number(value: Any) -> int | None:
    """The number of a stand-in that is the whole of a value."""
    found = STAND_IN.fullmatch(value) if type(value) is str else None
    return int(found[1]) if found else None


def _put_all(value: Any, values: list[str]) -> Any:
    """A value with what the stand-ins in it stand for."""
    if isinstance(value, str):
        return put(value, values)
    if isinstance(value, tuple | list):
        return type(value)([_put_all(each, values) for each in value])
    if isinstance(value, dict):
        return {key: _put_all(each, values) for key, each in value.items()}
    return value


class Memory:
    """What is remembered, and which stencils were seen once: most are seen no more, or very often.

    Attributes:
        known: key of a stencil -> its translation.
        weight: of them together.
        seen, refused: hashes of keys that were seen, and of those that cannot be filled in, or are too much.
    """

    def __init__(self) -> None:
        self.known: dict[Hashable, Remembered] = {}
        self.weight = 0
        self.seen: set[int] = set()
        self.refused: set[int] = set()

    def is_worth_it(self, number: int, most: int) -> bool:
        """Whether a stencil is seen for the second time, and may be filled in."""
        if number in self.seen:
            return number not in self.refused
        if len(self.seen) >= most:
            self.seen.clear()
            self.refused.clear()
        self.seen.add(number)
        return False

    def keep(self, key: Hashable, known: Remembered | None, most: int) -> None:
        if known is None or known.weight > most:
            self.refused.add(hash(key))
            return
        if self.weight + known.weight > most:
            self.known.clear()
            self.weight = 0
        self.known[key] = known
        self.weight += known.weight


_memory = Memory()


def translated(document: Document, engine: Engine) -> Result:
    """The translation of a document: filled in, where one with the same stencil was seen before."""
    bounds = limits.current()
    most = bounds.max_remembered
    if (
        not most or engine.options or engine.target.plain is None
    ):  # an option may make another value equal to a plain one
        return engine.translate(document)
    found = stencil(document, engine.dialect)
    if found is None:
        return engine.translate(document)
    key = bounds, engine.dialect, engine.target, repr(engine.syntax), found.key
    known = _memory.known.get(key)
    if known is not None:
        result = known.filled(document, found.values, engine)
        return result if 2 * len(result.text) < bounds.max_output else engine.translate(document)
    if not _memory.is_worth_it(hash(key), most):
        return engine.translate(document)
    result, known = remembered(document, found, engine)
    _memory.keep(key, known, most)
    return result


def remembered(document: Document, found: Stencil, engine: Engine) -> tuple[Result, Remembered | None]:
    """The translation of a document, and that of its stencil: None where that, filled in, is not the same."""
    result, source = engine.translate(document), syntax.write(document.root, document.syntax)
    if result.syntax == "yaml" or MARK in source or MARK in result.text:  # YAML quotes some values only
        return result, None
    try:
        known = Remembered(engine.translate(document.like(found.tree())), source)
    except TranslatorError:
        return result, None
    return result, known if _is_same(known.filled(document, found.values, engine), result) else None


def _is_same(one: Result, other: Result) -> bool:
    return one.text == other.text and one.losses == other.losses


def _facts(loss: Loss) -> tuple[str, str, str, bool, Any, Any]:
    return loss.kind, loss.severity, loss.field, loss.said, loss.asked, loss.given
