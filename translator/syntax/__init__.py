"""Bytes <-> plain trees, with places. Knows nothing of telephony.

A reader gives a `Document`: `root` is an lxml element, or dicts, lists and scalars. Places are looked up
only when a loss asks for them: `Document.locate(path)`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from importlib import import_module
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol

from translator.errors import UnreadableDocument, UnsafeDocument
from translator.syntax import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Place = tuple[int, int]

NOWHERE: Place = (1, 1)


class Places(Protocol):
    """What knows where things stand: a dict by path does."""

    def get(self, path: str, /) -> Place | None: ...


class Document:
    """One parsed document.

    Attributes:
        syntax: "xml", "json" or "yaml".
        root: the tree.
        comments: YAML only: (pointer of the value that follows, text).
        prefixes: XML only: namespace -> prefix, once somebody asked.
        layout: YAML only: which values stand in one place with what stands before them.
        declared: XML only: something stands before its first element or comment.
        spaces: XML only: it may have namespaces, which the names in its tree do not tell as they are written.
    """

    __slots__ = (
        "_find",
        "_places",
        "_ranks",
        "comments",
        "declared",
        "layout",
        "prefixes",
        "root",
        "spaces",
        "syntax",
        "text",
    )

    def __init__(
        self,
        syntax: str,
        root: Any,
        text: str | None = None,
        find: Callable[[], Places] | None = None,
        comments: tuple[tuple[str, str], ...] = (),
        *,
        declared: bool = True,
        spaces: bool = False,
        layout: Callable[[], Hashable] = tuple,
    ) -> None:
        self.syntax = syntax
        self.root = root
        self.text = text
        self.comments = comments
        self._find = find
        self._places: Places | None = None
        self._ranks: dict[str, int] | None = None
        self.declared = declared
        self.spaces = spaces
        self.layout = layout
        self.prefixes: dict[str, str] | None = None

    def locate(self, path: str) -> Place:
        """Line and column, from 1, of the thing at a path; of the nearest thing around it where it has no own place."""
        if self._find is None:
            return NOWHERE
        if self._places is None:
            self._places = self._find()
        while (place := self._places.get(path)) is None:
            if "/" not in path:
                return NOWHERE
            path = path.rpartition("/")[0]
        return place

    def like(self, root: Any) -> Document:
        """A document with another tree of the same shape: everything has its place where it has it in this one."""
        found = self.syntax, root, self.text, self._find, self.comments
        return Document(*found, declared=self.declared, spaces=self.spaces, layout=self.layout)

    def rank(self, path: str) -> Place:
        """What is in the order of `locate`, but found in the tree: looking up a place costs a second parse."""
        if self.syntax == "yaml" or self._find is None:  # its parser has told the places; several things may share one
            return self.locate(path)
        if self._ranks is None:
            self._ranks = module("xml").ranks(self) if self.syntax == "xml" else ranks(self.root)
        while path not in self._ranks:
            if "/" not in path:
                return 0, 0
            path = path.rpartition("/")[0]
        return 0, self._ranks[path]


def ranks(root: Any) -> dict[str, int]:
    """The number of every value of a tree of dicts and lists, by its JSON pointer, in document order."""
    found = {"": 0}

    def walk(value: Any, path: str) -> None:
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            here = pointer(path, key)
            found[here] = len(found)
            if isinstance(each, dict | list):
                walk(each, here)

    if isinstance(root, dict | list):
        walk(root, "")
    return found


def decode(source: str | bytes) -> str:
    """Text of a JSON or YAML document: UTF-8, or UTF-16/32 with a byte order mark, as RFC 8259 and YAML have it."""
    if isinstance(source, str):
        check_surrogates(source)
        return source.removeprefix("\ufeff")
    name = encoding(source)
    try:
        return source.decode(name)
    except UnicodeDecodeError as error:
        before = source[: error.start].decode(name, "replace")
        line, column = line_column(before, len(before))
        raise UnreadableDocument(
            f"The bytes are not {name.removesuffix('-sig').upper()} text.",
            line=line,
            column=column,
            cause="the file was saved in another encoding, or is not text at all",
        ) from None


def encoding(source: bytes) -> str:
    """The codec of a JSON or YAML document, by its byte order mark."""
    if source.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    return "utf-16" if source.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"


def check_type(source: Any) -> None:
    if not isinstance(source, str | bytes):
        raise UnreadableDocument(f"A document is str or bytes, not {type(source).__name__}.")


def check_size(source: str | bytes) -> None:
    most = limits.current().max_bytes
    if len(source) > most:
        raise UnsafeDocument(f"The document is too long; the limit is {most:,} bytes.")
    if not source.strip():
        raise UnreadableDocument("The document is empty.", line=1, column=1, cause="the file was never filled")


def check_surrogates(text: str) -> None:
    """A lone surrogate is no character: no document with it can be written in any encoding."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line, column = line_column(text, error.start)
        raise UnreadableDocument(
            "A lone surrogate stands in the text.", line=line, column=column, cause="half of a character was cut off"
        ) from None


def line_column(text: str, offset: int) -> Place:
    """Line and column, both from 1, of an offset in a text."""
    before = text.rfind("\n", 0, offset)
    return text.count("\n", 0, offset) + 1, offset - before


_TEMPLATE = r"<%|<\?=|\{\{|\{%|\$\{|%\{"
TEMPLATE = "a template tag; fill the template first"
TYPOGRAPHIC = "typographic quotes, as a word processor makes them"


def near(text: str, offset: int) -> str:
    """What stands at the place of a fault, or right before it, and is likely its cause; "" where nothing is known."""
    if re.search(_TEMPLATE, text[max(0, offset - 2) : offset + 3]):
        return TEMPLATE
    return TYPOGRAPHIC if set(text[offset : offset + 1]) & set("“”„‘’") else ""


class Lines:
    """Line and column of many offsets of one text."""

    __slots__ = ("starts",)

    def __init__(self, text: str) -> None:
        self.starts = [0, *accumulate([len(line) + 1 for line in text.split("\n")])]
        self.starts.pop()  # behind the last line

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        return self.starts[min(line, len(self.starts)) - 1] + column - 1


def pointer(parent: str, key: str | int) -> str:
    """The path of a child: a JSON pointer, with `~` and `/` escaped as RFC 6901 has it."""
    if isinstance(key, str) and ("/" in key or "~" in key):
        key = key.replace("~", "~0").replace("/", "~1")
    return f"{parent}/{key}"


@cache
def module(name: str) -> Any:
    """The module of a syntax, loaded when it is first needed: YAML only for YAML."""
    return import_module(f"translator.syntax.{name}")


def parse(source: str | bytes, syntax: str) -> Document:
    """Read a document of the named syntax."""
    check_size(source)
    document: Document = module(syntax).parse(source)
    return document


def write(root: Any, syntax: str) -> str:
    """Write a tree, ending in one newline."""
    return str(module(syntax).write(root))


def sniff(source: str | bytes) -> str:
    """The syntax that the first characters show: `<` is XML, `{` and `[` are JSON, all else YAML."""
    head = source[:4096] if isinstance(source, bytes) else source[:4096].encode("utf-8", "replace")
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    head = head.replace(b"\x00", b"").lstrip()
    if head.startswith((b"//", b"/*")):  # a comment, as in no JSON and no YAML, but often before JSON
        return "json"
    return {b"<": "xml", b"{": "json", b"[": "json"}.get(head[:1], "yaml")
