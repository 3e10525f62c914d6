"""YAML, built on the parser's events: strings stay strings, no aliases, no tags, no duplicate keys, bounded depth.

Plain scalars are typed as JSON would type them (`true`, `null`, `12`, `1.5`); all else is text: `no`, `on`, `0123`,
`12:30` and `+1555` mean what they say. What YAML 1.1 would read differently is quoted when written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from math import isinf
from typing import Any

import yaml

from translator.errors import TranslatorError, UnreadableDocument, UnsafeDocument
from translator.syntax import TEMPLATE, Document, Lines, Place, decode, limits, near, ranks

_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)
_Dumper: Any = getattr(yaml, "CDumper", yaml.Dumper)

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,99})")
_FLOAT = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][-+]?\d+)?|[eE][-+]?\d+)")
_COMMENT = re.compile(r"(?:^|(?<=[\s]))#[^\n\r]*", re.MULTILINE)
_SAFE_PLAIN = re.compile(r"[A-Za-z_/][\w./-]*(?:(?: :?|:)[\w./-]+)*")
_CHANGED_BY_1_1 = re.compile(r"(?i)(?:y|n|yes|no|on|off|true|false|null)")


class WrittenFloat(float):
    """A float that knows how it was written, for the places where a text was meant (`name: 1.10`)."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> WrittenFloat:
        value = super().__new__(cls, text)
        value.text = text
        return value


class Comment(str):
    """Stands in a list for a comment before the next item."""

    __slots__ = ()


def parse(source: str | bytes) -> Document:
    text = decode(source)
    builder = _Builder(text)
    try:
        root = builder.build()
    except yaml.MarkedYAMLError as error:
        raise _explain(text, error) from None
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableDocument(f"Not YAML: {str(error).splitlines()[0]}.", line=1, column=1) from None
    return Document("yaml", root, text, lambda: builder.places, builder.comments(), layout=builder.layout)


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = None
        self.marks: list[Any] = []
        """Where each value stands, or the key before it: in the order of `ranks`."""
        self.scalars: list[Any] = []
        self.remarks: list[Place] = []

    @property
    def places(self) -> dict[str, Place]:
        found = {
            path: (mark.line + 1, mark.column + 1) for path, mark in zip(ranks(self.root), self.marks, strict=False)
        }
        for number, place in enumerate(self.remarks, 1):
            found[f"/#comment[{number}]"] = place
        return found

    def layout(self) -> tuple[bool, ...]:
        """Of each value, whether it stands where the one before it does: the order of losses goes by places."""
        places = [mark.index for mark in self.marks]
        return tuple([one == other for one, other in pairwise(places)])

    def build(self) -> Any:
        bounds = limits.current()
        most_nodes, marks, scalars = bounds.max_nodes, self.marks, self.scalars
        documents = nodes = 0
        container: Any = None  # the innermost one that is open
        waiting: str | None = None  # the key that has no value yet
        outer: list[tuple[Any, str | None]] = []
        # not yaml.parse: it asks twice for each event
        for event in iter(_Loader(self.text).get_event, None):
            kind = type(event)
            inner: Any = None  # a container that begins here
            if kind is yaml.ScalarEvent:
                scalars.append(event)
            elif kind is yaml.MappingStartEvent:
                inner = {}
            elif kind is yaml.SequenceStartEvent:
                inner = []
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                container, waiting = outer.pop()
                continue
            elif kind is yaml.AliasEvent:
                raise self._unsafe(event, "An alias (*name); call-control documents hold no references")
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise self._unreadable(event, "A second YAML document.", "--- in the file")
                continue
            else:
                continue
            nodes += 1
            if nodes > most_nodes:
                raise self._unsafe(event, f"More than {most_nodes:,} values")
            if event.tag is not None and event.tag != "!":
                raise self._unsafe(event, f"A tag ({event.tag})")
            if event.anchor is not None:
                raise self._unsafe(event, f"An anchor (&{event.anchor})")
            if waiting is None:
                marks.append(event.start_mark)
                if type(container) is dict:
                    if inner is not None:
                        raise self._unreadable(event, "A key that is not text.", "a template in braces without quotes")
                    waiting = event.value
                    if waiting in container:
                        raise self._unreadable(event, f'The key "{waiting}" stands twice in one mapping.')
                    continue
            value = _scalar(event) if inner is None else inner
            if waiting is not None:
                container[waiting] = value
                waiting = None
            elif container is None:
                self.root = value
            else:
                container.append(value)
            if inner is not None:
                outer.append((container, waiting))
                container = inner
                if len(outer) > bounds.max_depth:
                    raise self._unsafe(event, f"Nested deeper than {bounds.max_depth} levels")
        return self.root

    def comments(self) -> tuple[tuple[str, str], ...]:
        """Every comment with the pointer of the value that follows it ("" where none does)."""
        if "#" not in self.text:
            return ()
        found = []
        lines = Lines(self.text)
        offsets = [mark.index for mark in self.marks]
        paths = list(ranks(self.root))
        ends = [(event.start_mark.index, event.end_mark.index) for event in self.scalars]
        position = 0
        for start, end in [*ends, (len(self.text), len(self.text))]:
            for match in _COMMENT.finditer(self.text, position, start):
                after = bisect_left(offsets, match.start())
                if after == 0 and offsets:
                    after = 1  # not the document itself
                following = paths[after] if after < len(offsets) else ""
                found.append((following, match.group()[1:].strip()))
                self.remarks.append(lines.place(match.start()))
            position = end
        return tuple(found)

    def _unreadable(self, event: Any, message: str, cause: str = "") -> UnreadableDocument:
        mark = event.start_mark
        return UnreadableDocument(message, line=mark.line + 1, column=mark.column + 1, cause=cause)

    def _unsafe(self, event: Any, what: str) -> UnsafeDocument:
        mark = event.start_mark
        return UnsafeDocument(f"{what} is refused.", line=mark.line + 1, column=mark.column + 1)


def _scalar(event: Any) -> Any:
    """What a scalar stands for."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[-1].isdigit():
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) and not isinf(float(text)):
            return WrittenFloat(text)
    return text


def _explain(text: str, error: yaml.MarkedYAMLError) -> TranslatorError:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "not readable"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    cause = ""
    if "\t" in written[: len(written) - len(written.lstrip())] or "'\\t'" in problem or "\t" in problem:
        cause = "a tab in the indentation; YAML takes blanks only"
    elif near(written, column - 1) == TEMPLATE and ": %" not in written:
        cause = TEMPLATE
    elif "cannot start any token" in problem and written[column - 1 : column] in ("@", "`"):
        cause = f"a value that begins with {written[column - 1]} must be quoted"
    elif "alphabetic or numeric" in problem:
        cause = "a value that begins with * or & must be quoted"
    elif "did not find expected ',' or" in problem:
        cause = "a closing bracket is missing, or the document is cut off"
    elif "hexdecimal" in problem or "unknown escape" in problem:
        cause = "a backslash inside double quotes; write \\\\, or use single quotes"
    elif "did not find expected key" in problem or "did not find expected '-'" in problem:
        cause = "wrong indentation, or something behind a closing quote or bracket"
    elif "%" in problem or written.lstrip().startswith("%") or ": %" in written:
        cause = "a value that begins with % must be quoted"
    elif "mapping values are not allowed" in problem:
        cause = "a colon inside a text without quotes, or wrong indentation"
    elif "while scanning a quoted scalar" in str(error.context):
        cause = "a closing quote is missing, or the document is cut off"
    elif "control characters" in problem or "special characters" in problem:
        cause = "a control character, or not a text file"
    return UnreadableDocument(f"Not YAML: {problem}.", line=line, column=column, cause=cause)


def write(root: Any) -> str:
    comments: list[str] = []
    token = _TOKEN + "x" * (1 + _longest(root))  # stands for a comment until the text is made
    events: list[yaml.Event] = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False)]
    _emit(root, events, comments, token)
    events += [yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()]
    text = str(yaml.emit(events, Dumper=_Dumper, allow_unicode=True, width=2**31 - 1))
    if comments:
        text = re.sub(
            rf"- {token}(\d+)$", lambda found: f"# {comments[int(found[1])]}".rstrip(), text, flags=re.MULTILINE
        )
    return text


_TOKEN = "comment-"  # noqa: S105


def _longest(value: Any) -> int:
    """The most `x` behind a token that stands in the tree already; -1 where none does."""
    if isinstance(value, dict):
        return max([max(_longest(key), _longest(item)) for key, item in value.items()], default=-1)
    if isinstance(value, list):
        return max(map(_longest, value), default=-1)
    if not isinstance(value, str) or _TOKEN not in value or isinstance(value, Comment):
        return -1
    return max(len(found) for found in re.findall(f"{_TOKEN}(x*)", value))


def _emit(value: Any, events: list[yaml.Event], comments: list[str], token: str) -> None:
    if isinstance(value, dict):
        events.append(yaml.MappingStartEvent(None, None, True, flow_style=not value))
        for key, item in value.items():
            events.append(_scalar_event(key))
            _emit(item, events, comments, token)
        events.append(yaml.MappingEndEvent())
    elif isinstance(value, list):
        events.append(yaml.SequenceStartEvent(None, None, True, flow_style=not value))
        for item in value:
            if isinstance(item, Comment):
                events.append(yaml.ScalarEvent(None, None, (True, True), f"{token}{len(comments)}"))
                comments.append(item)
            else:
                _emit(item, events, comments, token)
        events.append(yaml.SequenceEndEvent())
    else:
        events.append(_scalar_event(value))


def _scalar_event(value: Any) -> yaml.Event:
    if isinstance(value, str):
        plain = _SAFE_PLAIN.fullmatch(value) and not _CHANGED_BY_1_1.fullmatch(value)
        return yaml.ScalarEvent(None, None, (True, True), str(value), style=None if plain else '"')
    if value is None or isinstance(value, bool):
        text = {None: "null", True: "true", False: "false"}[value]
    elif isinstance(value, WrittenFloat):
        text = value.text
    else:
        text = repr(value)
    return yaml.ScalarEvent(None, None, (True, True), text)
