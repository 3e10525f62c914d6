"""JSON, strictly: no duplicate keys, NaN, lone surrogates or endless depth, and every fault with a place."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from translator.errors import UnreadableDocument, UnsafeDocument
from translator.syntax import Document, Lines, Place, decode, limits, line_column, near, pointer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from json import JSONDecoder

_BLANK = re.compile(r"[ \t\n\r]*")
_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_SCALAR = re.compile(r"[^,\]}\s]+")


class _RefusedError(ValueError):
    """Something that Python's JSON takes and JSON does not have."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _RefusedError("duplicate")
    return result


def _constant(name: str) -> NoReturn:
    raise _RefusedError(name)


def _integer(digits: str) -> int:
    if len(digits) > 100:
        raise _RefusedError("integer")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if value in (math.inf, -math.inf):
        raise _RefusedError("float")
    return value


@cache
def _decoder() -> JSONDecoder:
    from json import JSONDecoder

    return JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_integer, parse_float=_float)


def parse(source: str | bytes) -> Document:
    from json import JSONDecodeError

    text = decode(source)
    bounds = limits.current()
    opened = text.count("[") + text.count("{")
    if opened + text.count(",") >= bounds.max_nodes:
        _check_bounds(text, bounds)
    try:
        root = _decoder().decode(text)
    except (JSONDecodeError, _RefusedError, RecursionError) as error:
        _check_bounds(text, bounds)
        if isinstance(error, JSONDecodeError):
            raise _explain(text, error.msg, error.pos) from None
        raise _refused(text, str(error)) from None
    if opened > bounds.max_depth and _is_deeper(root, bounds.max_depth):
        _check_bounds(text, bounds)
    if "\\u" in text:
        _check_escapes(text)
    return Document("json", root, text, lambda: places(text))


def write(root: Any) -> str:
    from pydantic_core import to_json

    return to_json(root, indent=2, inf_nan_mode="strings").decode() + "\n"


def places(text: str) -> dict[str, Place]:
    """Place of every key and every list item of a sound document, by JSON pointer."""
    found: dict[str, Place] = {}
    lines = Lines(text)
    for path, offset in _walk(text):
        found.setdefault(path, lines.place(offset))
    return found


def _walk(text: str) -> Iterator[tuple[str, int]]:
    """Every (pointer, offset) in document order: a value by its key, else by its first character."""
    from json.decoder import scanstring  # type: ignore[attr-defined]

    position = _skip(text, 0)
    yield "", position
    stack: list[tuple[str, int]] = []  # (pointer of the open container, next index; -1 in an object)
    path = ""
    while True:
        character = text[position]
        if character in "{[":
            stack.append((path, -1 if character == "{" else 0))
            position = _skip(text, position + 1)
        elif character == '"':
            position = _skip(text, scanstring(text, position + 1, True)[1])
        else:
            match = _SCALAR.match(text, position)
            position = _skip(text, match.end() if match else len(text))
        while stack and position < len(text) and text[position] in "}]":
            stack.pop()
            position = _skip(text, position + 1)
        if not stack or position >= len(text):
            return
        if text[position] == ",":
            position = _skip(text, position + 1)
        parent, index = stack[-1]
        if index < 0:
            key, end = scanstring(text, position + 1, True)
            path = pointer(parent, key)
            yield path, position
            position = _skip(text, _skip(text, end) + 1)
        else:
            path = pointer(parent, index)
            yield path, position
            stack[-1] = (parent, index + 1)


def _skip(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _is_deeper(root: Any, most: int) -> bool:
    """Whether objects and lists are nested deeper."""
    level = [root] if type(root) in (dict, list) else []
    while level and most:
        most -= 1
        values = [value.values() if type(value) is dict else value for value in level]
        level = [each for several in values for each in several if type(each) in (dict, list)]
    return level != []


def _check_bounds(text: str, bounds: limits.Limits) -> None:
    """Depth, and number of values: one more than there are commas and brackets, in what is no text."""
    depth, nodes = 0, 1
    for token in re.finditer(rf"{_STRING}|[\[{{\]}},]", text, re.DOTALL):
        character = text[token.start()]
        if character in "[{,":
            nodes += 1
            depth += character != ","
            if depth > bounds.max_depth:
                line, column = line_column(text, token.start())
                raise UnsafeDocument(f"Nested deeper than {bounds.max_depth} levels.", line=line, column=column)
            if nodes > bounds.max_nodes:
                line, column = line_column(text, token.start())
                raise UnsafeDocument(f"More than {bounds.max_nodes:,} values.", line=line, column=column)
        elif character in "]}":
            depth -= 1


def _check_escapes(text: str) -> None:
    from json.decoder import scanstring  # type: ignore[attr-defined]

    for token in re.finditer(_STRING, text, re.DOTALL):
        if "\\u" not in token.group():
            continue
        value = scanstring(text, token.start() + 1, True)[0]
        try:
            value.encode()
        except UnicodeEncodeError:
            line, column = line_column(text, token.start())
            raise UnreadableDocument(
                "A string holds a lone surrogate.", line=line, column=column, cause="half of a character was cut off"
            ) from None


def _refused(text: str, why: str) -> UnreadableDocument | UnsafeDocument:
    if why == "duplicate":
        path, offset = _first_duplicate(text)
        key = path.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        line, column = line_column(text, offset)
        return UnreadableDocument(f'The key "{key}" stands twice in one object.', line=line, column=column)
    if why == "integer":
        line, column = line_column(text, _outside(text, r"-?\d{101,}"))
        return UnreadableDocument("An integer of more than 100 digits.", line=line, column=column)
    if why == "float":
        for match in re.finditer(rf"{_STRING}|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)", text, re.DOTALL):
            if match[1] and math.isinf(float(match[1])):
                line, column = line_column(text, match.start())
                return UnreadableDocument(f"The number {match[0][:40]} is out of range.", line=line, column=column)
    if why in ("NaN", "Infinity", "-Infinity"):
        line, column = line_column(text, _outside(text, re.escape(why)))
        return UnreadableDocument(f"{why} is not a JSON value.", line=line, column=column)
    return UnsafeDocument("Nested too deep.")


def _outside(text: str, pattern: str) -> int:
    """Where something stands that is in no text; 0 where it does not."""
    found = (match.start() for match in re.finditer(f"{_STRING}|({pattern})", text, re.DOTALL) if match[1])
    return next(found, 0)


def _first_duplicate(text: str) -> tuple[str, int]:
    seen: set[str] = set()
    for path, offset in _walk(text):
        if path in seen:
            return path, offset
        seen.add(path)
    return "", 0


def _explain(text: str, message: str, position: int) -> UnreadableDocument:
    line, column = line_column(text, position)
    before, rest = text[:position].rstrip(), text[position:].lstrip()
    cause = ""
    found = near(text, position)
    if message.startswith("Unterminated string"):
        cause = "a closing quote is missing, or the document is cut off"
    elif not rest or (rest.isalpha() and len(rest) < 5 and before[-1:] in "[{,:"):
        cause = "the document is cut off: a closing bracket is missing"
    elif found:
        cause = found
    elif (rest[0] in "}]" and before.endswith(",")) or message.startswith("Illegal trailing comma"):
        cause = "a trailing comma before the closing bracket"
    elif rest.startswith("'"):
        cause = "single quotes; JSON knows double quotes only"
    elif rest.startswith(("//", "/*", "#")):
        cause = "a comment; JSON has none"
    elif rest.startswith("<"):
        cause = "this is XML or HTML, not JSON"
    elif message.startswith("Expecting ',' delimiter") and rest[0] in "}]":
        cause = "a closing bracket of the other kind, or one that is missing"
    elif message.startswith("Expecting ',' delimiter") and rest[0].isalnum() and before[-1:].isdigit():
        cause = "a number that JSON does not have: a leading zero, a base"
    elif message.startswith("Expecting ',' delimiter"):
        cause = "a missing comma, or a quote inside a text that is not escaped"
    elif message.startswith("Expecting ':' delimiter"):
        cause = "a missing colon behind a key"
    elif message.startswith("Extra data"):
        cause = "two documents in one file, or a bracket closed too early"
    elif message.startswith("Invalid control character"):
        cause = "a line break or tab inside a text; write \\n or \\t"
    elif message.startswith("Invalid \\"):
        cause = "a backslash inside a text; write \\\\"
    elif message.startswith("Expecting property name"):
        cause = "a key without double quotes"
    elif message.startswith("Expecting value") and rest[0] in "+.":
        cause = "a number that JSON does not have: a plus, a bare point"
    elif message.startswith("Expecting value") and (rest[0].isalpha() or rest[0] == "_"):
        cause = "a text without double quotes; JSON's own words are true, false and null"
    return UnreadableDocument(f"Not JSON: {message[0].lower()}{message[1:]}.", line=line, column=column, cause=cause)
