"""Stencils: what was found out about one document is filled in for the next that differs in nothing but plain values.

The documents of a migration come from few hands: thousands are the same but for their URLs and rooms. Such values go
through a translation as they are, and nothing is read out of them. So a document is remembered with a stand-in for
each of them, the same one for equal values. The engine translates that as it does any document; then the values are
put back: in the document that was written, in the losses, and in their words.

A document that is filled in is the very one that the engine makes of it: that is a law (`translator.testing`), and the
first document that a stencil is made for is filled in and compared before it is used.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from translator import syntax
from translator.difference import Difference
from translator.errors import TranslatorError
from translator.loss import Loss
from translator.result import Result
from translator.syntax import limits
from translator.values import PASSIVE, SOUND_WORDS
from translator.wording import LONGEST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from random import Random

    from translator.dialect import Dialect
    from translator.engine import Engine
    from translator.syntax import Document

    IsPlain = Callable[[str], object]

_Shown = TypeVar("_Shown")
LONGEST: Final = 100_000
"""Tags, texts and attributes of an XML document that is remembered; about as much JSON."""
A_LOSS: Final = 200
"""Characters of a document that weigh as much as a loss."""

_MEANT = "|".join(sorted(each for each in PASSIVE | SOUND_WORDS if isinstance(each, str) and each))
_URL = re.compile(r"(?a:(?:http|ws)s?://[A-Za-z0-9][\w.-]{0,80}(?::\d{1,5})?(?:/[\w./?=~-]{0,120})?)")
_WORD = re.compile(rf"(?a:(?!(?:{_MEANT})\Z)(?=.{{3,40}}\Z)[A-Za-z][\w-]*(?: [\w-]+)*)")
_MARK = "stand-in"
_STAND_IN = re.compile(rf"(?a:(?:\w+://)?{_MARK}[- ](\d+)(?:x|q\?))")
_IS_URL, _IS_WORD = _URL.fullmatch, _WORD.fullmatch
_NOTHING: Mapping[str, Any] = {}
_SIMPLE = (str, bool, int, float, type(None))


class Stencil(NamedTuple):
    """A document without its plain values.

    Attributes:
        key: equal for documents that have the same one, and for no others.
        values: the plain values, in the order of their stand-ins.
        tree: makes the document's tree with the stand-ins in it.
    """

    key: Hashable
    values: list[str]
    tree: Callable[[], Any]


class StandIns(dict[str, str]):
    """Plain value -> what stands for it: another URL of its scheme, with a query where that has one; another word."""

    def __missing__(self, value: str) -> str:
        number, path = len(self), value.find("://") + 3
        if path > 2:
            found = f"{value[:path]}{_MARK}-{number}{'q?' if '?' in value else 'x'}"
        else:
            found = f"{_MARK} {number}x" if " " in value else f"{_MARK}-{number}x"
        self[value] = found
        return found


class Place(NamedTuple):
    """What is known of the attributes of one element or verb.

    Attributes:
        plain: attribute -> whether its text is plain.
        rows: all attributes that the table has.
        speaks: its text is no plain value: what stands in it is part of it.
    """

    plain: Mapping[str, IsPlain]
    rows: frozenset[str]
    speaks: bool


_NOWHERE = Place(_NOTHING, frozenset(), speaks=False)
_HOOK = Place({"url": _IS_URL}, frozenset({"url"}), speaks=False)


@lru_cache(maxsize=64)
def places(dialect: Dialect) -> dict[str, Place]:
    """Where the plain values of a dialect stand: URLs, and words of which one does as well as another."""
    plain: dict[str, dict[str, IsPlain]] = {}
    rows: dict[str, set[str]] = {}
    for verb in dialect.verbs.values():
        fields = verb.facts.fields
        for row in verb.attributes:
            holder = row.element or verb.name
            rows.setdefault(holder, set()).add(row.wire)
            is_url = row.codec.vocabulary in ("url", "sound") or any(
                [fields[name].is_url if name in fields else name.endswith(("_url", "_hook")) for name in row.names]
            )
            if is_url or (row.single in fields and fields[row.names[0]].plain):
                plain.setdefault(holder, {})[row.wire] = _IS_URL if is_url else _IS_WORD
    found = {holder: (plain.get(holder, {}), wires) for holder, wires in rows.items()}
    return {
        holder: Place(here, frozenset(wires), speaks="" in wires and "" not in here)
        for holder, (here, wires) in found.items()
    }


def stencil(document: Document, dialect: Dialect) -> Stencil | None:
    """The stencil of a document of a dialect; None where it cannot have one."""
    if not dialect.plain:
        return None
    found, root = StandIns(), document.root
    if document.syntax == "xml":
        if document.spaces or root.getprevious() is not None or root.getnext() is not None:
            return None
        parts = _xml_parts(root, places(dialect), found)
        if len(parts) > LONGEST or not found.keys().isdisjoint(parts):  # equal to what is no plain value
            return None
        return Stencil((document.declared, *parts), list(found), lambda: _xml_tree(root, parts))
    if document.comments:
        return None
    try:
        tree = _json_tree(root, _NOWHERE, None, places(dialect), found)
        key = repr(tree)
    except (_UntoldError, RecursionError):
        return None
    if len(key) > 10 * LONGEST or any([f"'{value}'" in key for value in found]):
        return None
    return Stencil((document.syntax, document.layout(), key), list(found), lambda: tree)


def _xml_parts(root: Any, places: Mapping[str, Place], found: StandIns) -> list[Any]:
    """Everything in the tree, in document order; plain values by their stand-ins."""
    parts: list[Any] = []
    add = parts.append
    inside = 0  # how many of the next nodes stand in what is spoken
    for node in root.iter():
        tag, text = node.tag, node.text
        if type(tag) is not str:
            inside = max(0, inside - 1)
            parts += tag, text, node.tail, getattr(node, "target", "")
            continue
        here = places.get(tag, _NOWHERE)
        count, plain = len(node), here.plain
        if inside:
            inside, plain = inside - 1, _NOTHING
        elif count and here.speaks:
            inside = sum(1 for _ in node.iterdescendants())
        if text and not count and "" in plain and plain[""](text):
            text = found[text]
        parts += tag, count, text, node.tail
        for wire, value in node.items():
            add(wire)
            is_plain = plain.get(wire)
            add(value if is_plain is None or not is_plain(value) else found[value])
    return parts


def _xml_tree(root: Any, parts: list[Any]) -> Any:
    """A copy of the tree with these parts."""
    copy, given = deepcopy(root), iter(parts)
    for node in copy.iter():
        _, _, text, _ = (next(given) for _ in range(4))
        if type(node.tag) is str:
            if text != node.text:
                node.text = text
            for _ in range(len(node.attrib)):
                node.set(next(given), next(given))
    return copy


class _UntoldError(Exception):
    """The document holds what only its own syntax tells: how a number was written."""


def _json_tree(value: Any, here: Place, is_plain: IsPlain | None, places: Mapping[str, Place], found: StandIns) -> Any:
    """The tree with stand-ins for its plain values.

    Args:
        here: what is known of the keys of an object.
        is_plain: whether a text in a list is plain; of an object in one, its `url`.
    """
    kind = type(value)
    if kind is dict:
        result = {}
        for key, each in value.items():
            is_plain = here.plain.get(key)
            if type(each) is str:
                if is_plain is not None and is_plain(each):
                    each = found[each]
            elif is_plain is _IS_URL:
                each = _json_tree(each, _HOOK, is_plain, places, found)
            elif key not in here.rows:  # what stands in the others is counted, and measured
                name = value.get("method") if key == "params" else key
                each = _json_tree(each, places.get(name if type(name) is str else "", _NOWHERE), None, places, found)
            elif type(each) not in _SIMPLE and not _is_told(each):
                raise _UntoldError
            result[key] = each
        return result
    if kind is list:
        return [_json_tree(each, _verb(each, here, places), is_plain, places, found) for each in value]
    if kind is str:
        return found[value] if is_plain is not None and is_plain(value) else value
    if kind in _SIMPLE:
        return value
    raise _UntoldError


def _verb(value: Any, here: Place, places: Mapping[str, Place]) -> Place:
    """What is known of an item of a list: it may name its verb."""
    name = (value.get("verb") or value.get("kind")) if type(value) is dict else None
    return places.get(name, _NOWHERE) if type(name) is str else here


def _is_told(value: Any) -> bool:
    """Whether a value tells all that was written."""
    if type(value) is dict:
        return all([_is_told(each) for each in value.values()])
    return all([_is_told(each) for each in value]) if type(value) is list else type(value) in _SIMPLE


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
        self.pieces = _STAND_IN.split(result.text)
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
            index not in varied and _MARK not in f"{loss.source}{loss.message}{loss.remedy}"
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
    return isinstance(value, dict | list) or _MARK in str(value)


def _number(value: Any) -> int | None:
    """The number of a stand-in that is the whole of a value."""
    found = _STAND_IN.fullmatch(value) if type(value) is str else None
    return int(found[1]) if found else None


def put(text: str, values: list[str]) -> str:
    """A text with what its stand-ins stand for."""
    return _STAND_IN.sub(lambda match: values[int(match[1])], text) if _MARK in text else text


def _put_all(value: Any, values: list[str]) -> Any:
    """A value with what the stand-ins in it stand for."""
    if isinstance(value, str):
        return put(value, values)
    if isinstance(value, tuple | list):
        return type(value)([_put_all(each, values) for each in value])
    if isinstance(value, dict):
        return {key: _put_all(each, values) for key, each in value.items()}
    return value


def another(value: str, number: int, chance: Random) -> str:
    """Another plain value that the same stand-in stands for, for the laws; different for different numbers."""
    scheme, mark, _ = value.partition("://")
    if mark:
        host = chance.choice((f"h{number}.io", f"{number}.0.0.1", f"localhost:{number + 1}", f"{'sub.' * 18}x{number}"))
        path = chance.choice(("/?", "/a?b=c/~d") if "?" in value else ("", "/", "/a.mp3", f"/{120 * 'x'}"))
        return f"{scheme}://{host}{path}"
    first = chance.choice(("abc", "Z9_", "x-y", "no-", "trueish", "https"))
    word = f"{first}{number}{chance.choice(('', '-', 'Zz_9'))}"
    return f"{word} {chance.choice(('1', 'none', 20 * 'x'))}" if " " in value else word


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
    if not most or engine.options or not engine.target.plain:  # an option may make another value equal to a plain one
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
    if result.syntax == "yaml" or _MARK in source or _MARK in result.text:  # YAML quotes some values only
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
