"""Pairs of functions: wire value <-> canonical value.

`read` turns what stands on the wire into a canonical value, or raises `Illegal`: the value is not one that the
dialect documents. An `Illegal` may still carry the value that was plainly meant. `write` gives the nearest wire
value, or `OMIT`. No codec reports a loss: whatever `write` bends, reading back shows.

A codec of several fields reads to, and writes from, a tuple.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from translator.values import OMIT, SOUND_WORDS, Template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Illegal(ValueError):
    """A wire value that the dialect does not document.

    Args:
        reason: why, as the end of a sentence about the value.
        value: the canonical value that was plainly meant; `OMIT` where nothing may be concluded.
        exact: the value carries all that was written, so that it need not be kept as written beside it.
        hint: what to write instead.
        severity: of the remark; "" for a notice where a value is carried, and the field's own where none is.
    """

    def __init__(
        self, reason: str, value: Any = OMIT, *, exact: bool = False, hint: str = "", severity: str = ""
    ) -> None:
        super().__init__(reason)
        self.severity = severity
        self.reason = reason
        self.value = value
        self.exact = exact
        self.hint = hint


class Codec:
    """One wire type.

    Attributes:
        vocabulary: name of the set of wire words; a template passes only between equal vocabularies.
        values: the documented wire values, in words, for the tables of the documentation.
        base: of URLs: what a relative one is relative to; see `Url`.
        doubt: severity of passing on a value that the platform may refuse.
        samples: legal wire values, one for each thing that it can say: for the matrix and the tests.
    """

    vocabulary: str = ""
    values: str = ""
    base: str = ""
    doubt: str = "warning"
    samples: tuple[Any, ...] = ()

    @property
    def has_caveats(self) -> bool:
        """Whether `caveat` can say anything at all."""
        return False

    def read(self, wire: Any) -> Any:
        raise Illegal("cannot be read")

    def write(self, value: Any) -> Any:
        return OMIT

    def hold(self, template: str) -> Any:
        """The wire value for a template, where the wire type can hold one."""
        return OMIT

    def is_same(self, value: Any, found: Any) -> bool:
        """Whether what is read back of a value is that very value, though it is spelt in another way."""
        return False

    def caveat(self, value: Any, index: int = 0) -> str:
        """Why the platform may refuse a value that is passed on as it is; "" where it is fine.

        `index` is the number of the field, for a codec of several.
        """
        return ""


class Choice(Codec):
    """A closed list of wire words.

    Args:
        words: wire word -> canonical value (a tuple for several fields). The inverse is derived.
        nearest: canonical value -> wire word, for values that no word means exactly.
        odd: wire word that is not documented -> (canonical value or OMIT, hint).
        exact: odd words that carry all that was written.
        vocabulary: see `Codec`.
        on_text: the wire is text, which can hold a template.
    """

    def __init__(
        self,
        words: Mapping[Any, Any],
        *,
        vocabulary: str,
        nearest: Mapping[Any, Any] | None = None,
        odd: Mapping[Any, tuple[Any, str]] | None = None,
        exact: bool = False,
        on_text: bool = True,
    ) -> None:
        self.words = {self._key(wire): value for wire, value in words.items()}
        self.true = self.words.get((bool, True), OMIT)
        self.false = self.words.get((bool, False), OMIT)
        self.inverse = {value: wire for wire, value in reversed(list(words.items()))}
        self.nearest = dict(nearest or {})
        self.odd = {self._key(wire): found for wire, found in (odd or {}).items()}
        self.exact = exact
        self.vocabulary = vocabulary
        self.on_text = on_text
        self.values = " | ".join(w if isinstance(w, str) else str(w).lower() for w in words)
        self.samples = tuple(words)

    @staticmethod
    def _key(wire: Any) -> Any:
        # True == 1 in Python, but not on any wire.
        return wire if type(wire) is str else (type(wire), wire)

    def read(self, wire: Any) -> Any:
        if wire is True:
            found = self.true
        elif wire is False:
            found = self.false
        else:
            found = OMIT
        if found is not OMIT:
            return found
        try:
            return self.words[self._key(wire)]
        except (KeyError, TypeError):
            pass
        try:
            value, hint = self.odd[self._key(wire)]
        except (KeyError, TypeError):
            hint = ""
            if isinstance(wire, str):
                hint = next((w for w in self.words if isinstance(w, str) and w.lower() == wire.strip().lower()), "")
            raise Illegal(f"is not one of: {self.values}", hint=hint) from None
        raise Illegal(f"is not one of: {self.values}", value, exact=self.exact and value is not OMIT, hint=hint)

    def write(self, value: Any) -> Any:
        try:
            return self.inverse[value]
        except (KeyError, TypeError):
            pass
        try:
            return self.nearest[value]
        except (KeyError, TypeError):
            return OMIT

    def hold(self, template: str) -> Any:
        return template if self.on_text else OMIT


def xml_boolean(**options: Any) -> Choice:
    """`true` and `false`, lower case, as text."""
    return Choice({"true": True, "false": False}, vocabulary="boolean", **options)


def json_boolean(**options: Any) -> Choice:
    """A real JSON boolean."""
    return Choice({True: True, False: False}, vocabulary="boolean", on_text=False, **options)


class Beep(Choice):
    """Four words for a tone on entering and leaving; any other sound comes nearest to a beep."""

    BOTH, NEITHER = ("beep", "beep"), ("none", "none")

    def __init__(self, **options: Any) -> None:
        words = {"true": self.BOTH, "false": self.NEITHER, "onEnter": ("beep", "none"), "onExit": ("none", "beep")}
        super().__init__(words, vocabulary="beep", **options)

    def write(self, value: Any) -> Any:
        if isinstance(value, tuple):
            value = tuple("none" if each == "none" else "beep" for each in value)
        return super().write(value)


class Whole(Codec):
    """A whole number, between bounds; what lies outside is clamped on the way out and illegal on the way in.

    Args:
        least, most: bounds, both allowed.
        text: digits in a text (XML) rather than a number (JSON).
        unit: of the number, for the documentation.
    """

    vocabulary = "number"

    def __init__(self, least: int | None = None, most: int | None = None, *, text: bool, unit: str = "") -> None:
        self.least = least
        self.most = most
        self.text = text
        bounds = f" {least if least is not None else ''}..{most if most is not None else ''}"
        self.values = "whole number" + (bounds if bounds != " .." else "") + (f", {unit}" if unit else "")
        middle = 7 if (least or 0) <= 7 <= (7 if most is None else most) else (least or 0) + 1
        numbers = {number for number in (least, middle, most) if number is not None}
        self.samples = tuple(str(number) if text else number for number in sorted(numbers))

    def read(self, wire: Any) -> Any:
        if self.text:
            if not isinstance(wire, str) or not wire.isascii() or not wire.isdigit() or len(wire) > 18:
                raise Illegal("is not a whole number", hint=wire.strip() if _digits(wire) else "")
            number = int(wire)
        elif type(wire) is int:
            number = wire
        elif isinstance(wire, float) and wire.is_integer():
            number = int(wire)
        else:
            raise Illegal("is not a whole number", hint=wire if _digits(wire) else "")
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            meant = number if number > 0 else OMIT  # a limit was wanted: another platform may have it
            raise Illegal(f"is outside the documented range ({self.values})", meant, severity="warning")
        return number

    def write(self, value: Any) -> Any:
        if type(value) is not int:
            return OMIT
        if self.least is not None:
            value = max(value, self.least)
        if self.most is not None:
            value = min(value, self.most)
        return str(value) if self.text else value

    def hold(self, template: str) -> Any:
        return template if self.text else OMIT


def _digits(wire: Any) -> bool:
    return isinstance(wire, str) and wire.strip().isdigit()


class Variable(Codec):
    """A typed value, or instead of it a text that is as a whole a platform variable (`${x}`, `%{x}`)."""

    _WHOLE = r"[$%]\{.*\}"

    def __init__(self, typed: Codec) -> None:
        self.typed = typed
        self.vocabulary = typed.vocabulary
        self.values = f"{typed.values} | ${{variable}}"
        self.samples = (*typed.samples, "${vars.x}")

    def read(self, wire: Any) -> Any:
        if isinstance(wire, str) and re.fullmatch(self._WHOLE, wire):
            return Template(wire)
        return self.typed.read(wire)

    def write(self, value: Any) -> Any:
        return self.typed.write(value)

    def hold(self, template: str) -> Any:
        return template if re.fullmatch(self._WHOLE, template) else OMIT


class Text(Codec):
    """Text as it is.

    Args:
        unsafe: pattern of what the platform is known, or feared, to choke on.
        why: what then happens, in words for the report.
        filled: an empty text says nothing.
        doubt: how bad that is, where that is not the usual.
    """

    vocabulary = "text"
    values = "text"
    samples: tuple[Any, ...] = ("some-text",)

    def __init__(self, unsafe: str = "", why: str = "", *, filled: bool = False, doubt: str = "") -> None:
        self.filled = filled
        self.doubt = doubt or self.doubt
        self.unsafe = re.compile(unsafe) if unsafe else None
        self.why = why

    @property
    def has_caveats(self) -> bool:
        return self.unsafe is not None

    def read(self, wire: Any) -> Any:
        if isinstance(wire, str):
            if self.filled and not wire.strip():
                raise Illegal("is empty, taken as not said", severity="notice")
            return wire
        if isinstance(wire, int | float) and not isinstance(wire, bool):
            meant = getattr(wire, "text", None) or str(wire)
            raise Illegal("is a number where a text belongs", meant, exact=True, hint=f'"{meant}"')
        raise Illegal("is not a text")

    def write(self, value: Any) -> Any:
        return value if isinstance(value, str) else OMIT

    def hold(self, template: str) -> Any:
        return template

    def caveat(self, value: Any, index: int = 0) -> str:
        return self.why if self.unsafe and isinstance(value, str) and self.unsafe.search(value) else ""


class Name(Text):
    """A room name: may not be empty; `trim` where the wire is XML text."""

    values = "text, not empty"

    def __init__(self, *, trim: bool = False, unsafe: str = "", why: str = "") -> None:
        super().__init__(unsafe, why)
        self.trim = trim

    def read(self, wire: Any) -> Any:
        name = super().read(wire)
        if self.trim:
            name = name.strip()
        if not name.strip():
            raise Illegal("is empty; a conference needs a name", name, exact=True, severity="error")
        if name != name.strip():
            words = "has blanks at its ends, which other platforms cut off"
            raise Illegal(words, name, exact=True, hint=f'"{name.strip()}"', severity="error")
        return name


_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S")
_OPEN_START = re.compile(r"\s*(?:[$#%]?\{|\$\w|<[%?]|[\"'])")


class Url(Text):
    """A URL.

    Args:
        base: what the platform needs: "absolute", "slash" (absolute, or beginning with `/`), or "" (anything).
        empty: what an empty text means: a canonical word, or None where it says nothing.
        words: canonical words other than URLs that the attribute can say -> wire text.
        schemes: what the platform opens.
    """

    vocabulary = "url"
    has_caveats = True

    def __init__(
        self,
        base: str = "absolute",
        *,
        empty: Any = None,
        words: Mapping[str, str] | None = None,
        schemes: tuple[str, ...] = ("http", "https"),
    ) -> None:
        super().__init__()
        self.base = base
        self.schemes = schemes
        self.empty = empty
        self.words = dict(words or {})
        self.read_words = {wire: word for word, wire in self.words.items()}
        kind = {"absolute": "absolute URL", "slash": "absolute URL or /path", "": "URL"}[base]
        self.values = " | ".join([kind, *(f'"{wire}"' for wire in self.words.values())])
        self.samples = ("https://app.example.com/path", *self.words.values())

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str):
            raise Illegal("is not a text")
        if wire in self.read_words:
            return self.read_words[wire]
        if not wire or wire.isspace():
            if self.empty is not None:
                words = "is empty; what the platform does then is not documented"
                raise Illegal(words, self.empty, severity="warning")
            raise Illegal("is empty, taken as not said", severity="notice")
        if wire in SOUND_WORDS:
            raise Illegal("is a relative URL that reads like a word", hint=f'"./{wire}"')
        return wire

    def write(self, value: Any) -> Any:
        if not isinstance(value, str):
            return OMIT
        if value in self.words:
            return self.words[value]
        return OMIT if value in SOUND_WORDS else value

    def caveat(self, value: Any, index: int = 0) -> str:
        if not isinstance(value, str) or value in SOUND_WORDS or value == "" or _OPEN_START.match(value):
            return ""
        if _ABSOLUTE.match(value):
            opens = value.partition("://")[0].lower() in self.schemes
            return "" if opens else f"opens {' and '.join(self.schemes)} URLs only"
        if self.base == "":
            return ""
        if self.base == "slash":
            return "" if value.startswith("/") else "needs an absolute URL or one that begins with /"
        return "needs an absolute URL"


class Sound(Codec):
    """A sound heard by the room: `none`, `beep`, `beep:2`, or a URL (Plivo's spelling)."""

    vocabulary = "sound"
    values = '"" | beep:1 | beep:2 | absolute URL'
    samples = ("", "beep:1", "beep:2", "https://app.example.com/sound")
    read_words = MappingProxyType({"": "none", "beep:1": "beep", "beep:2": "beep:2"})
    _inverse = {"none": "", "beep": "beep:1", "beep:2": "beep:2"}  # noqa: RUF012
    _odd = {  # noqa: RUF012 - hints from real documents
        "beep=>1": "beep:1",
        "beep=>2": "beep:2",
        "beep": "beep:1",
        "true": "beep:1",
        "none": '""',
        "false": '""',
    }

    def read(self, wire: Any) -> Any:
        if wire in self.read_words:
            return self.read_words[wire]
        if isinstance(wire, str) and (_ABSOLUTE.match(wire) or _OPEN_START.match(wire)):
            return wire
        raise Illegal(f"is not one of: {self.values}", hint=self._odd.get(wire, ""))

    def write(self, value: Any) -> Any:
        if isinstance(value, Template) or not isinstance(value, str):
            return OMIT
        return self._inverse.get(value, value)


class Words(Codec):
    """A set of event words; canonical value: a tuple in canonical order, compared as a set.

    Args:
        words: wire word -> canonical word or words.
        order: canonical order.
        separator: what parts the words in a text; "" where the wire is a JSON array.
        odd: wire word that is not documented -> (canonical word or OMIT, hint).
        also: other separators, read but illegal.
        nearest: canonical word -> canonical words that come nearest.

    The halves `speaker-start` and `speaker-stop` come nearest to `speaker` wherever there is nothing finer.
    """

    def __init__(
        self,
        words: Mapping[str, str],
        order: Iterable[str],
        *,
        separator: str,
        vocabulary: str,
        odd: Mapping[str, tuple[Any, str]] | None = None,
        also: str = "",
        nearest: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.words = dict(words)
        self.inverse = {canonical: wire for wire, canonical in words.items()}
        self.order = {word: index for index, word in enumerate(order)}
        self.separator = separator
        self.vocabulary = vocabulary
        self.odd = dict(odd or {})
        self.also = also
        self.nearest = {"speaker-start": ("speaker",), "speaker-stop": ("speaker",)} | dict(nearest or {})
        self.values = "any of: " + " ".join(words)
        self.samples = tuple(separator.join(some) if separator else some for some in ([next(iter(words))], list(words)))

    @classmethod
    def plain(cls, words: tuple[str, ...], vocabulary: str, **options: Any) -> Words:
        """Words parted by blanks that are canonical themselves, in canonical order."""
        return cls({word: word for word in words}, words, separator=" ", vocabulary=vocabulary, **options)

    def read(self, wire: Any) -> Any:
        wrong: list[str] = []
        hint = ""
        if self.separator:
            if _texts(wire) and wire:
                listed = hint = self.separator.join(wire)
                wrong.append("is a list where one text belongs")
            elif not isinstance(wire, str):
                raise Illegal("is not a text")
            else:
                listed = wire
            if self.also and any(mark in listed for mark in self.also):
                for mark in self.also:
                    listed = listed.replace(mark, self.separator)
                hint = self.separator.join(dict.fromkeys(word for word in listed.split() if word in self.words))
                wrong.append(f"parts the words with {self.also!r} where blanks are documented")
            items = listed.split() if self.separator == " " else [w.strip() for w in listed.split(self.separator)]
            if not items:
                raise Illegal("is empty; what the platform sends then is not documented")
        elif _texts(wire):
            items = list(wire)
        else:
            raise Illegal("is not a list of texts", hint=f'["{wire}"]' if isinstance(wire, str) else "")
        found: set[str] = set()
        unknown = False
        for item in items:
            word = self.words.get(item)
            if word is None:
                meant, advice = self.odd.get(item, (OMIT, ""))
                wrong.append(f'holds "{item}", which is no event' + (f" ({advice})" if advice else ""))
                unknown = True
                if meant is OMIT:
                    continue
                word = meant
                hint = hint or self.inverse.get(meant, "")
            found.add(word)
        value = self.sort(self.merge(found))
        if wrong:
            refused = bool(self.separator) and not isinstance(wire, str)
            severity = "warning" if refused or (unknown and value) else ""
            raise Illegal("; ".join(wrong), value or OMIT, exact=not unknown, hint=hint, severity=severity)
        return value

    def merge(self, found: set[str]) -> set[str]:
        return found

    def sort(self, words: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(words, key=lambda word: self.order.get(word, len(self.order))))

    def write(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return OMIT
        written: list[str] = []
        for word in value:
            for each in (word,) if word in self.inverse else self.nearest.get(word, ()):
                wire = self.inverse.get(each)
                if wire is not None and wire not in written:
                    written.append(wire)
        if not written and self.separator:
            return OMIT
        return self.separator.join(written) if self.separator else written

    def hold(self, template: str) -> Any:
        return template if self.separator else OMIT


def _texts(wire: Any) -> bool:
    return isinstance(wire, list) and all(isinstance(item, str) for item in wire)


_RAW_SAMPLES: tuple[tuple[type, Any], ...] = (
    (str, "some-text"),
    (bool, True),
    (dict, {"url": "wss://app.example.com/stream"}),
    (list, []),
)


class Raw(Codec):
    """A JSON value, as it is, of the named types; for what only one dialect has."""

    vocabulary = "raw"

    def __init__(self, *types: type, values: str = "any value", sample: Any = None) -> None:
        self.types = types
        self.values = values
        known = tuple(sample for kind, sample in _RAW_SAMPLES if kind in types)
        self.samples = (sample,) if sample is not None else known[:1] or ("some-text",)

    def read(self, wire: Any) -> Any:
        if self.types and (not isinstance(wire, self.types) or (isinstance(wire, bool) and bool not in self.types)):
            raise Illegal(f"is not {self.values}")
        return wire

    def write(self, value: Any) -> Any:
        return value if not self.types or isinstance(value, self.types) else OMIT

    def hold(self, template: str) -> Any:
        return template


METHODS: Mapping[str, str] = {"GET": "GET", "POST": "POST"}


def method() -> Choice:
    """GET or POST, in upper case; any other case is read as meant, and reported."""
    odd = {word.lower(): (word, word) for word in METHODS} | {word.title(): (word, word) for word in METHODS}
    return Choice(METHODS, vocabulary="method", odd=odd, exact=True)


class Around(Codec):
    """A codec around another: of its words, and refused for what that one is."""

    def __init__(self, codec: Codec) -> None:
        self.codec = codec
        self.vocabulary = codec.vocabulary
        self.values = codec.values
        self.base = codec.base
        self.samples = codec.samples

    @property
    def has_caveats(self) -> bool:
        return self.codec.has_caveats

    def caveat(self, value: Any, index: int = 0) -> str:
        return self.codec.caveat(value, index)


class Both(Around):
    """One wire value for two fields: read to both; written from the first that has one."""

    def hold(self, template: str) -> Any:
        return self.codec.hold(template)

    def read(self, wire: Any) -> Any:
        try:
            value = self.codec.read(wire)
        except Illegal as error:
            if error.value is not OMIT:
                error.value = (error.value, error.value)
            raise
        return value, value

    def write(self, value: Any) -> Any:
        first, second = value
        return self.codec.write(second if first is None else first)


class Patterns(Codec):
    """Digit patterns, parted by commas."""

    vocabulary = "patterns"
    values = "patterns of 0-9 * #, parted by commas"
    samples = ("1,22,*#",)

    def read(self, wire: Any) -> Any:
        patterns = tuple(each.strip() for each in wire.split(","))
        if not all(re.fullmatch(r"[0-9*#]+", each) for each in patterns):
            raise Illegal("is not a list of digits, * and # parted by commas")
        return patterns

    def write(self, value: Any) -> Any:
        return ",".join(value) if isinstance(value, tuple) else OMIT

    def hold(self, template: str) -> Any:
        return template
