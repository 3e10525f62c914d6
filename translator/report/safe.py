"""Makes what came from a document fit to be printed: no control characters, no bidi tricks, no passwords."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_CREDENTIALS = re.compile(r"(?<=://)([^\s/:@?#\"']*):([^\s/@?#\"']+)@")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


_SECRET = re.compile(r"""((?:password|secret|token)["']?\s*[:=]\s*["'])((?:[^"'\\]|\\.)*)""", re.IGNORECASE)


def mask(text: str) -> str:
    """Passwords become `***`, in URLs and as values of a key that names them."""
    return _SECRET.sub(r"\1***", _CREDENTIALS.sub(r"\1:***@", text))


def printable(text: str) -> str:
    """One line that a terminal shows as it is: what is invisible, or would move the cursor, is escaped."""
    masked = mask(text)
    if masked.isprintable():
        return masked
    return "".join(_escape(c) if unicodedata.category(c) in _HIDDEN else c for c in masked)


def _escape(character: str) -> str:
    code = ord(character)
    named = {9: "\\t", 10: "\\n", 13: "\\r"}.get(code)
    if named:
        return named
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def _is_secret(key: Any, value: Any) -> bool:
    return isinstance(value, str) and str(key).lower().endswith(("password", "secret", "token"))


def masked(value: Any) -> Any:
    """A JSON value with passwords in URLs masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list | tuple):
        return [masked(each) for each in value]
    if isinstance(value, dict):
        return {key: "***" if _is_secret(key, each) else masked(each) for key, each in value.items()}
    return value
