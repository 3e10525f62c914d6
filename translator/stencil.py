"""Stencils: documents without their plain values.

The documents of a migration come from few hands: thousands are the same but for their URLs and rooms. Such values go
through a translation as they are, and nothing is read out of them. A stencil has a stand-in for each of them, the same
one for equal values. What is done with it: `translator.filled`.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from translator.values import PASSIVE, SOUND_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from random import Random

    from translator.dialect import Dialect, Plain
    from translator.syntax import Document

    IsPlain = Callable[[str], object]

LONGEST: Final = 100_000
"""Tags, texts and attributes of an XML document that is remembered; about as much JSON."""

_MEANT = "|".join(sorted(each for each in PASSIVE | SOUND_WORDS if isinstance(each, str) and each))
_URL = re.compile(r"(?a:(?:http|ws)s?://[A-Za-z0-9][\w.-]{0,80}(?::\d{1,5})?(?:/[\w./?=~-]{0,120})?)")
_WORD = re.compile(rf"(?a:(?!(?:{_MEANT})\Z)(?=.{{3,40}}\Z)[A-Za-z][\w-]*(?: [\w-]+)*)")
"""What is plain: no template, password, escape or word of ours in it, and not so long that a limit could meet it."""
MARK = "stand-in"
STAND_IN = re.compile(rf"(?a:(?:(?:http|ws)s?://)?{MARK}[- ](\d+)(?:x|q\?))")
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
            found = f"{value[:path]}{MARK}-{number}{'q?' if '?' in value else 'x'}"
        else:
            found = f"{MARK} {number}x" if " " in value else f"{MARK}-{number}x"
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
    if dialect.plain is None:
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
        tree = _Json(dialect.plain, places(dialect), found).tree(root, _NOWHERE, None)
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


class _Json:
    """Puts stand-ins for the plain values of a tree."""

    def __init__(self, plain: Plain, places: Mapping[str, Place], found: StandIns) -> None:
        self.named_by = plain.named_by
        self.naming, self.below = plain.beside
        self.places = places
        self.found = found

    def tree(self, value: Any, here: Place, is_plain: IsPlain | None) -> Any:
        """The tree with stand-ins.

        Args:
            here: what is known of the keys of an object.
            is_plain: whether a text in a list is plain; of an object in one, its `url`.
        """
        kind, found = type(value), self.found
        if kind is dict:
            result = {}
            for key, each in value.items():
                is_plain = here.plain.get(key)
                if type(each) is str:
                    if is_plain is not None and is_plain(each):
                        each = found[each]
                elif is_plain is _IS_URL:
                    each = self.tree(each, _HOOK, is_plain)
                elif key not in here.rows:  # what stands in the others is counted, and measured
                    each = self.tree(each, self._named(value.get(self.naming) if key == self.below else key), None)
                elif type(each) not in _SIMPLE and not _is_told(each):
                    raise _UntoldError
                result[key] = each
            return result
        if kind is list:
            return [self.tree(each, self._item(each, here), is_plain) for each in value]
        if kind is str:
            return found[value] if is_plain is not None and is_plain(value) else value
        if kind in _SIMPLE:
            return value
        raise _UntoldError

    def _item(self, value: Any, here: Place) -> Place:
        """What is known of an item of a list: it may name its verb."""
        name = value.get(self.named_by) if type(value) is dict else None
        return here if name is None else self._named(name)

    def _named(self, name: Any) -> Place:
        return self.places.get(name, _NOWHERE) if type(name) is str else _NOWHERE


def _is_told(value: Any) -> bool:
    """Whether a value tells all that was written."""
    if type(value) is dict:
        return all([_is_told(each) for each in value.values()])
    return all([_is_told(each) for each in value]) if type(value) is list else type(value) in _SIMPLE


def put(text: str, values: list[str]) -> str:
    """A text with what its stand-ins stand for."""
    return STAND_IN.sub(lambda match: values[int(match[1])], text) if MARK in text else text


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
