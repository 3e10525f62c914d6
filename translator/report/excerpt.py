"""The place of a loss on its source line: what is meant there, and the line with marks under it."""

from __future__ import annotations

import re
import unicodedata

from translator.report.safe import mask_line, printable

_WORD = re.compile(r"""<[\w:.-]+|"(?:[^"\\]|\\.)*"|[\w.-]+|\S""")
"""What is meant where the loss does not say it, or not as it stands there: a tag, a key, a word."""
_CUT = "..."
Cells = str | list[tuple[str, int]]


def extent(line: str, column: int, source: str) -> int:
    """How many characters from a column (from 1) on are meant: 0 where the line has none there."""
    if source and line.startswith(source, column - 1):
        return len(source)
    word = _WORD.match(line, column - 1)
    return len(word[0]) if word else 0


def marked(line: str, column: int, source: str, width: int) -> tuple[str, str] | None:
    """A source line, safe to print, and the marks under the place that a loss means.

    Args:
        column: of the place, from 1, in characters.
        source: what is meant there, as written; "" where that is not known.
        width: columns of a terminal; a longer line is cut around the place.

    Returns:
        None where the place is not on the line, or cannot be shown without a password in it.
    """
    start = column - 1
    if not 0 <= start <= len(line) or not line.strip():
        return None
    pieces = _masked(line, start, start + extent(line, column, source)) or _masked(line, start, start)
    if pieces is None:
        return None
    before, place, after = pieces
    enough = 2 * width  # so that what is cut here is cut again below, with dots
    texts = before[-enough:], place[:enough], after.rstrip()[:enough]
    plain = line.isascii() and line.isprintable()  # a column for each character
    left, middle, right = texts if plain else map(_cells, texts)
    columns = len if plain else _columns
    if columns(left) + columns(middle) + columns(right) > width:
        middle = _fit(middle, width * 2 // 3)
        room = width - max(1, columns(middle))
        left = _fit(left[::-1], max(room // 2, room - columns(right)))[::-1]
        right = _fit(right, room - columns(left))
    text = f"{left}{middle}{right}" if plain else "".join([_shown(left), _shown(middle), _shown(right)])
    return text, " " * columns(left) + "^" * max(1, columns(middle))


def _masked(line: str, start: int, end: int) -> tuple[str, str, str] | None:
    """A line in three, without passwords; None where a password would be cut in two, and so not be known as one."""
    before, place, after = line[:start], line[start:end], line[end:]
    whole = mask_line(line)
    if whole == line:
        return before, place, after
    if whole.endswith(line[start:]):  # all passwords stand before it
        return whole[: len(whole) - len(line) + start], place, after
    if whole.startswith(line[:end]):  # behind it
        return before, place, whole[end:]
    before, place, after = map(mask_line, (before, place, after))
    return (before, place, after) if before + place + after == whole else None


def _cells(text: str) -> Cells:
    """What a terminal shows for each character, and how many columns that takes: of plain text itself, one each."""
    if text.isascii() and text.isprintable():
        return text
    found = []
    for character in text:
        if character == "\t":
            found.append(("    ", 4))
            continue
        cell = printable(character)
        wide = unicodedata.east_asian_width(character) in "WF"
        narrow = unicodedata.category(character) in ("Mn", "Me")
        found.append((cell, len(cell) if len(cell) > 1 else 2 if wide else 0 if narrow else 1))
    return found


def _columns(cells: Cells) -> int:
    return len(cells) if isinstance(cells, str) else sum([width for _, width in cells])


def _shown(cells: Cells) -> str:
    return cells if isinstance(cells, str) else "".join([cell for cell, _ in cells])


def _fit(cells: Cells, most: int) -> Cells:
    """As many cells as there is room for, with dots where some are left out."""
    if _columns(cells) <= most:
        return cells
    if isinstance(cells, str):
        return cells[: max(0, most - len(_CUT))] + _CUT
    found, used = [], len(_CUT)
    for cell in cells:
        used += cell[1]
        if used > most:
            break
        found.append(cell)
    return [*found, (_CUT, len(_CUT))]
