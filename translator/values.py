"""The few values that are neither text, number nor boolean. Imports nothing, so that tables stay cheap to load."""

from __future__ import annotations

import re
from typing import Final, final


@final
class Unknown:
    """`UNKNOWN`: nobody outside the platform knows. Never equal to a known value, and never guessed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@final
class Omit:
    """`OMIT`: a codec has no wire value for what was asked, so nothing is written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "OMIT"

    def __bool__(self) -> bool:
        return False


OMIT: Final = Omit()

TEMPLATE_PATTERN: Final = (
    r"[$#%]\{[\s\S]*\}"  # ${x} %{x} #{x}
    r"|\{\{[\s\S]*\}\}|\{[^{}]*\}"  # {{x}} {x} {}
    r"|<%[\s\S]*%>|<\?"  # <%= x %> <?= x ?>
    r"|\$[A-Za-z_]\w*"  # $x
    r"|%[sd]"
    r"""|["'] ?[+.] """  # '" + x + "', "' . $x . '"
)
_TEMPLATE = re.compile(TEMPLATE_PATTERN)


@final
class Template(str):
    """A template expression where a boolean, number or word belongs: opaque, passed on as written."""

    __slots__ = ()


def is_template(text: object) -> bool:
    """Whether a text holds something that a template engine, or the platform, will fill in."""
    return isinstance(text, str) and _TEMPLATE.search(text, 0, 2000) is not None


def is_active(value: object) -> bool:
    """Whether a value switches on what depends on it: a URL, a true, a list; not `no`, `none`, `silence`."""
    return value not in PASSIVE


PASSIVE: Final = frozenset({None, False, (), UNKNOWN, "", "no", "none", "music", "silence", "basic"})


CURRENT: Final = "current"
"""In URL fields of steps: the URL that the document itself was asked from."""

CALLER: Final = "call.from"
CALLED: Final = "call.to"
"""In fields of messages: the two sides of the call."""

SOUND_WORDS: Final = frozenset({"music", "silence", "none", "beep", "beep:2", CURRENT})
"""What a URL field, a sound or a wait says in words, and not by a URL."""


def is_url(value: object) -> bool:
    """Whether the value of a sound, wait or URL field is a URL rather than one of the canonical words."""
    return isinstance(value, str) and value != "" and value not in SOUND_WORDS
