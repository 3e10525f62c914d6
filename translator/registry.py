"""Names -> dialects. Lazy: listing names loads no table, and plugins are looked up only when a name is not ours."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from translator.errors import UnknownDialect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.dialect import Dialect

BUILT_IN: Final = ("swml", "swaig", "relay", "cxml", "twiml", "jambonz", "plivo", "intent")
"""Names of our own dialects; each is the module of that name in `dialects`."""

ALIASES: Final[Mapping[str, str]] = {
    "signalwire": "swml",
    "signalwire-swml": "swml",
    "laml": "cxml",
    "signalwire-cxml": "cxml",
    "signalwire-xml": "cxml",
    "compatibility-xml": "cxml",
    "twilio": "twiml",
    "signalwire-swaig": "swaig",
    "signalwire-relay": "relay",
    "plivo-xml": "plivo",
    "canonical": "intent",
}


@cache
def _load(name: str) -> Dialect:
    dialect: Dialect = import_module(f"dialects.{name}").DIALECT
    return dialect


def names() -> tuple[str, ...]:
    """Names of all dialects, ours first."""
    return BUILT_IN


def get(name: str) -> Dialect:
    """The dialect of a name or alias, in any case.

    Raises:
        UnknownDialect: with the nearest names.
    """
    if name in BUILT_IN:
        return _load(name)
    wanted = name.strip().lower().replace("_", "-") if isinstance(name, str) else ""
    wanted = ALIASES.get(wanted, wanted)
    if wanted in BUILT_IN:
        return _load(wanted)
    from difflib import get_close_matches

    near = get_close_matches(wanted, [*BUILT_IN, *ALIASES], 3, 0.5)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UnknownDialect(f'There is no dialect "{name}".{meant} Known: {", ".join(BUILT_IN)}.', near)


def dialects() -> Mapping[str, Dialect]:
    """Name -> dialect, all of them."""
    return {name: get(name) for name in names()}
