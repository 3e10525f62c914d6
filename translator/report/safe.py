"""Makes what came from a document fit to be printed: no control characters, no bidi tricks, no passwords."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

# None is compiled before a text needs it: most reports need none of them, and re remembers what it has compiled.
_USER = r"""(?:(?<=://)|(?<=:~1~1))([^\s/:@?#"'<>]*)(:[^\s/?#"'<>]*)?@"""
"""What stands before the host of a URL, also in a JSON pointer: a name and a password, or one token."""
_SIP = r"""(?i)(\bsips?:[^\s:@;<>"']{1,200}):[^\s@<>"']{1,200}@"""
_NAMES = r"(?=[pstac])(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|authorization|credentials?)"
"""The first letters spare most of the tries."""
_QUERY = rf"""(?i)((?:[?&;#]|&amp;)(?:[\w.-]*{_NAMES}|auth|key|pass|sig|[\w.-]*signature)=)([^&;#\s"'<>]+)"""
_SECRET = rf"""(?i)({_NAMES}["']?\s*[:=]\s*)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d[\d.]*)"""
_NAMED, _VALUE = rf"""name["']?\s*[:=]\s*["']?[\w.-]*{_NAMES}["']?""", r"""value["']?\s*[:=]\s*"""
_BETWEEN = "[^<>{}]{0,200}?"
_PAIR = rf"""(?i)({_NAMED}{_BETWEEN}{_VALUE}|{_VALUE}(?=["'][^"']*["']{_BETWEEN}{_NAMED}))(?:"[^"]*"|'[^']*')"""
"""The value of a parameter that has such a name, which may stand behind it."""
_BARE = (
    rf"""(?i)({_NAMES}["']?\s*[:=]\s*|{_NAMED}{_BETWEEN}{_VALUE})"""
    r"""("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\[[^\]]*\]?|\{[^}]*\}?|[^\s,;{}<>"']+)"""
)
"""As a document may have it: without quotes, in YAML; a list or an object of them."""
_PARTS = ("passw", "pwd", "secret", "token", "api", "access", "authorization", "credential")
_KEYS = ("auth=", "key=", "pass=", "sig=", "signature=")
"""What `_QUERY`, `_SECRET`, `_PAIR` and `_BARE` find has one of these in it, in whatever case; keys in a query only."""
_COMMAND = r"^(?=\s*::)|(?<=#)(?=#(?:\[|vso\[))"
"""Where a line begins that a CI runner would obey: `::error::`, `##[error]`, `##vso[...]`."""
_MARK = r"##(?=\[|vso\[)"
_LINE_MARK = r"(?m)^(\s*):(?=:)"
_ENDS = rf"(?i){_NAMES}$"
_INVISIBLE = "[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
"""Printable by their category, and yet not seen."""
_HIDDEN = "[\x7f-\x9f\xad\u0600-\u0605\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
_TAGS = "[\U000e0000-\U000e0fff\U0001d173-\U0001d17a]"


SHORT: Final = 500
"""Characters of a text that is remembered with its mask: reports say the same again and again."""


def mask(text: str) -> str:
    """Passwords become `***`: in URLs, and as values of a key that names them."""
    return _mask_short(text) if len(text) <= SHORT else _mask(text)


def _mask(text: str) -> str:
    if "@" in text:
        text = re.sub(_USER, lambda found: f"{found[1]}:***@" if found[2] else "***@", text)
        text = re.sub(_SIP, r"\1:***@", text)
    if _may_name_a_secret(text):
        text = re.sub(_SECRET, _quoted, re.sub(_QUERY, r"\1***", text))
        text = re.sub(_PAIR, _quoted, text) if "alue" in text else text
    return text


_mask_short = lru_cache(maxsize=1024)(_mask)


def _may_name_a_secret(text: str) -> bool:
    """Whether the patterns can find anything; they take ten times as long. Letters beyond ASCII may be an s to them."""
    if "=" not in text and ":" not in text:
        return False
    if not text.isascii():
        return True
    lower = text.lower()
    if any([part in lower for part in _PARTS]):
        return True
    return any([mark in text for mark in "?&;#"]) and any([key in lower for key in _KEYS])


def mask_line(text: str) -> str:
    """A line of a document with every password masked, rather one too many."""
    return _mask_line_short(text) if len(text) <= SHORT else _mask_line(text)


def _mask_line(text: str) -> str:
    return re.sub(_BARE, _quoted, mask(text)) if _may_name_a_secret(text) else mask(text)


_mask_line_short = lru_cache(maxsize=256)(_mask_line)


def _quoted(found: re.Match[str]) -> str:
    quote = found[0][-1] if found[0][-1] in "\"'" else ""
    return f"{found[1]}{quote}***{quote}"


def printable(text: str) -> str:
    """One line that a terminal shows as it is: what is invisible, or would move the cursor, is escaped."""
    text = mask(text)
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(_INVISIBLE, lambda found: _escape(found[0]), text)
    return text if text.isprintable() else "".join(c if c.isprintable() else _escape(c) for c in text)


def inert(line: str) -> str:
    """A printable line that no CI runner takes for a command of its own: a backslash is put before its mark."""
    return re.sub(_COMMAND, r"\\", line) if "::" in line or "##" in line else line


def encodable(text: str) -> str:
    """The text with lone surrogates, as a file name may have them, escaped: no encoding has them."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _escape(character: str) -> str:
    code = ord(character)
    named = {9: "\\t", 10: "\\n", 13: "\\r"}.get(code)
    if named:
        return named
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def escaped_json(text: str) -> str:
    """JSON with what a terminal would not show, or would obey, escaped; it means the same."""
    if not text.isascii() or "\x7f" in text:
        text = re.sub(_HIDDEN, lambda found: f"\\u{ord(found[0]):04x}", text)
        text = re.sub(_TAGS, lambda found: "".join(f"\\u{unit:04x}" for unit in _units(found[0])), text)
    return re.sub(_MARK, r"#\\u0023", text) if "#" in text and "##" in text else text  # one is found far faster


def escaped_markup(text: str) -> str:
    """XML or HTML with what a CI runner would obey escaped; it means the same."""
    return re.sub(_LINE_MARK, r"\1&#58;", re.sub(_MARK, "#&#35;", text))


def _units(character: str) -> tuple[int, int]:
    code = ord(character) - 0x10000
    return 0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF)


def masked(value: Any) -> Any:
    """A JSON value with passwords masked, and fit to be encoded."""
    if isinstance(value, str):
        return _sound_short(value) if len(value) <= SHORT else encodable(mask(value))
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [masked(each) for each in value]
    if isinstance(value, dict):
        name = value.get("name")  # as in {"name": "token", "value": ...}
        return {_key(key): masked_as(name if key == "value" and name else key, each) for key, each in value.items()}
    return value


@lru_cache(maxsize=1024)
def _sound_short(text: str) -> str:
    return encodable(_mask(text))


def masked_as(key: Any, value: Any) -> Any:
    """A JSON value that stands under a key: masked, and not shown at all where the key names a secret."""
    return "***" if _is_secret(key, value) else masked(value)


def _key(key: Any) -> Any:
    return masked(key) if isinstance(key, str) else key


def _is_secret(key: Any, value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and _names_secret(str(key))


@lru_cache(maxsize=1024)
def _names_secret(key: str) -> bool:
    return re.search(_ENDS, key[-SHORT:]) is not None
