"""Wire types of the steps around the conference: spoken text, voices, repeats, lengths of time, keys."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from translator.codecs import Around, Codec, Illegal, Text, Url
from translator.values import CALLED, CALLER, OMIT, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Markup(str):
    """The content of an XML element that has elements in it: SSML inside a verb that speaks.

    It is never the plain text of the same characters: what is remembered of one is not true of the other.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return type(other) is Markup and str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((Markup, str(self)))


_TAG = r"<[^>]*>"


def _is_xml(text: str) -> bool:
    """Whether a text with elements in it is well-formed."""
    from xml.parsers import expat

    parser = expat.ParserCreate()
    try:
        parser.Parse(f"<speak>{text}</speak>".encode(), True)
    except (expat.ExpatError, UnicodeError):
        return False
    return True


_SPEAK = r"(?s)\s*<speak\b[^>]*>(.*)</speak>\s*"


class Spoken(Codec):
    """Text that is spoken, plain or SSML; two fields: text and whether it is SSML.

    Args:
        xml: SSML stands as elements in the verb, without `<speak>`; else the text is one `<speak>...</speak>`.
        prefix: what stands before the text (SWML: `say:`).
        breaks: the text may hold line breaks.
        most: how many characters are spoken.
    """

    vocabulary = "text"

    def __init__(self, *, xml: bool, prefix: str = "", breaks: bool = True, most: int = 0) -> None:
        self.xml = xml
        self.prefix = prefix
        self.breaks = breaks
        self.most = most
        self.values = f"{prefix}text" + (f", at most {most} characters" if most else "")
        self.samples = (f"{prefix}Welcome.",)

    @property
    def has_caveats(self) -> bool:
        return self.most > 0

    def caveat(self, value: Any, index: int = 0) -> str:
        long = self.most and isinstance(value, str) and len(value) > self.most
        return f"takes at most {self.most} characters" if long else ""

    def read(self, wire: Any) -> Any:
        if isinstance(wire, int | float) and not isinstance(wire, bool):
            raise Illegal("is a number where a text belongs", (str(wire), OMIT), exact=True)
        if not isinstance(wire, str) or not wire.lower().startswith(self.prefix):
            raise Illegal("is not a text")
        if isinstance(wire, Markup):
            return str(wire).strip(), True
        text = wire[len(self.prefix) :].strip()
        match = None if self.xml else re.fullmatch(_SPEAK, text)
        if match:
            return match[1].strip(), True
        if not text:
            raise Illegal("is empty; nothing is spoken", ("", OMIT), exact=True, severity="warning")
        return text, OMIT

    def write(self, value: Any) -> Any:
        text, ssml = value
        if not isinstance(text, str):
            return OMIT
        if not self.breaks:
            text = " ".join(text.split("\n")) if "\n" in text else text
        if ssml is True and self.xml:
            return Markup(text) if _is_xml(text) else re.sub(_TAG, "", text)
        return self.prefix + (f"<speak>{text}</speak>" if ssml is True else text)

    def hold(self, template: str) -> Any:
        return self.prefix + template


ENGINES = ("standard", "neural", "generative", "long-form")


def locale_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """Google's voices are named after the language that they speak."""
    voice = said.get("voice")
    found = re.match(_LOCALE, voice) if isinstance(voice, str) and "language" not in said else None
    return {"language": found[1]} if found else {}


_LOCALE = r"google\.([a-z]{2,3}-[A-Z]{2})-"


class XmlVoice(Codec):
    """A voice in one XML attribute; three fields: voice, engine, gender.

    Args:
        basic: wire word of the platform's own voices -> gender.
        google: how Google's voices begin, "" where there are none.
        engines: engines of Amazon's voices that have a suffix.
    """

    def __init__(self, basic: Mapping[str, str], *, google: str, engines: tuple[str, ...]) -> None:
        self.basic = dict(basic)
        self.inverse = {gender: word for word, gender in reversed(list(basic.items()))}
        self.google = google
        self.engines = engines
        self.vocabulary = f"voice {google} {' '.join(basic)}"
        shapes = ["Polly.<Name>", *(f"Polly.<Name>-{engine.title()}" for engine in engines)]
        self.values = " | ".join([*basic, *shapes, *([f"{google}.<voice>"] if google else [])])
        self.samples = (
            *basic,
            "Polly.Joanna",
            *(f"Polly.Joanna-{engine.title()}" for engine in engines),
            *([f"{google}.en-US-Neural2-A"] if google else []),
        )

    def read(self, wire: Any) -> Any:
        if wire in self.basic:
            return OMIT, OMIT, self.basic[wire]
        if isinstance(wire, str):
            vendor, _, name = wire.partition(".")
            if vendor == "Polly" and name:
                bare, _, suffix = name.rpartition("-")
                if bare and suffix.lower() in ENGINES:
                    value = f"amazon.{bare}", suffix.lower(), OMIT
                    if suffix.lower() in self.engines:
                        return value
                    raise Illegal("has an engine that is not documented here", value, severity="warning")
                return f"amazon.{name}", OMIT, OMIT
            if self.google and vendor == self.google and name:
                return f"google.{name}", OMIT, OMIT
            near = next((word for word in self.basic if word.lower() == wire.strip().lower()), "")
            if near:
                raise Illegal("is not a voice as it is spelt", (OMIT, OMIT, self.basic[near]), hint=near)
        raise Illegal(f"is not one of: {self.values}", severity="warning")

    def write(self, value: Any) -> Any:
        voice, engine, gender = value
        vendor, _, name = str(voice or "").partition(".")
        if vendor == "amazon" and name:
            return f"Polly.{name}" + (f"-{engine.title()}" if engine in self.engines else "")
        if vendor == "google" and name and self.google:
            return f"{self.google}.{name}"
        if gender == "alice" and gender not in self.inverse:
            gender = "female"
        return self.inverse.get(gender, OMIT)

    def hold(self, template: str) -> Any:
        return template


class Repeat(Codec):
    """How often: a number from 1, and a word for endless.

    Args:
        forever: the wire word for endless; OMIT where there is none.
        text: digits in a text.
        most: how often at most.
        odd: wire value that does not mean what it seems to -> what it means, why.
    """

    vocabulary = "repeat"

    def __init__(
        self, forever: Any, *, text: bool, most: int = 0, odd: Mapping[Any, tuple[Any, str]] | None = None
    ) -> None:
        self.forever = forever
        self.text = text
        self.most = most
        self.odd = dict(odd or {})
        endless = "" if forever is OMIT else f" | {forever} (endless)"
        self.values = "number of times" + (f", at most {most}" if most else "") + endless
        self.samples = ("3" if text else 3, *([] if forever is OMIT else [forever]))

    def read(self, wire: Any) -> Any:
        if isinstance(wire, float) and wire.is_integer():  # jambonz's own SDK for Python writes 2.0
            wire = int(wire)
        if wire == self.forever and type(wire) is type(self.forever):
            return "forever"
        for odd, (meant, why) in self.odd.items():
            if wire == odd and type(wire) is type(odd):
                raise Illegal(why, meant, severity="warning")
        number = wire
        if isinstance(wire, str) and wire.isascii() and wire.isdigit() and len(wire) < 10:
            number = int(wire)
            if not self.text:
                raise (
                    Illegal("is a text where a number belongs", number, hint=str(number))
                    if number > 0
                    else Illegal("is not a number of times")
                )
        if type(number) is not int or number < 1:
            raise Illegal("is not a number of times")
        return number

    def write(self, value: Any) -> Any:
        if value == "forever":
            return self.forever if self.forever is not OMIT else (self.most or OMIT)
        if type(value) is not int:
            return OMIT
        value = min(value, self.most) if self.most else value
        return str(value) if self.text else value

    def hold(self, template: str) -> Any:
        return template if self.text else OMIT


class Span(Codec):
    """A length of time (or a count); canonical value: seconds, fractions allowed.

    Args:
        text: digits in a text.
        scale: wire units in a second.
        whole: the wire takes whole numbers only; rounded up.
        least, most: bounds on the wire.
        words: other wire values -> canonical value: -1 for `forever`, `auto`.
        endless: what comes nearest to `forever`.
        zero: what 0 means, where it is no length.
        unit: of the wire number.
    """

    vocabulary = "span"

    def __init__(
        self,
        *,
        text: bool,
        scale: int = 1,
        whole: bool = True,
        least: float = 0,
        most: float | None = None,
        words: Mapping[Any, Any] | None = None,
        endless: int | None = None,
        zero: int | None = None,
        unit: str = "seconds",
    ) -> None:
        self.endless = endless
        self.zero = zero
        self.text = text
        self.scale = scale
        self.whole = whole
        self.least = least
        self.most = most
        self.words = dict(words or {})
        self.inverse = {value: wire for wire, value in self.words.items()}
        kind = "whole number" if whole else "number"
        bounds = f" {least:g}..{'' if most is None else f'{most:g}'}" if least or most is not None else ""
        self.values = f"{kind}{bounds}, {unit}" + "".join(f" | {word}" for word in self.words)
        middle = max(least, 7 * scale if most is None else min(7 * scale, most))
        number = int(middle)
        self.samples = (str(number) if text else number, *self.words)

    def read(self, wire: Any) -> Any:
        try:
            if wire in self.words and type(wire) is type(self.inverse[self.words[wire]]):
                return self.words[wire]
        except TypeError:
            pass
        number = self._number(wire)
        if number is None:
            raise Illegal(f"is not a {self.values}")
        if number == 0 and self.zero is not None:
            return self.zero
        meant = number / self.scale
        meant = int(meant) if meant == int(meant) else meant
        if self.text != isinstance(wire, str):
            raise Illegal("is a text where a number belongs", meant, hint=str(wire).strip())
        if self.whole and number != int(number):
            raise Illegal("is not a whole number", meant if number > 0 else OMIT, severity="warning")
        if number < self.least or (self.most is not None and number > self.most):
            raise Illegal(f"is outside the documented range ({self.values})", meant if number > 0 else OMIT)
        return meant

    @staticmethod
    def _number(wire: Any) -> float | None:
        if isinstance(wire, str):
            if not re.fullmatch(r"\d{1,12}(\.\d{1,9})?", wire.strip()):
                return None
            return float(wire)
        if isinstance(wire, bool) or not isinstance(wire, int | float) or not abs(wire) < 1e12:
            return None
        return float(wire) if wire >= 0 else None

    def write(self, value: Any) -> Any:
        if isinstance(value, str):
            if value == "forever" and value not in self.inverse and self.endless is not None:
                value = self.endless
            else:
                return self.inverse.get(value, OMIT)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return OMIT
        number: float = value * self.scale
        if self.whole:
            number = math.ceil(round(number, 6))
        number = max(number, self.least)
        if self.most is not None:
            number = min(number, self.most)
        number = int(number) if number == int(number) else number
        return str(number) if self.text else number

    def hold(self, template: str) -> Any:
        return template if self.text else OMIT


class Keys(Codec):
    """Keys of a telephone: 0-9 * #; canonical `none` where no key does it.

    Args:
        none: the wire text for none; OMIT where it cannot be said.
        most: how many keys the platform takes.
    """

    vocabulary = "keys"

    def __init__(self, none: Any = "", *, most: int = 12, odd_none: str = "") -> None:
        self.none = none
        self.most = most
        self.odd_none = odd_none
        count = "one of" if most == 1 else "any of"
        self.values = f"{count} 0-9 * #" + ("" if none is OMIT else f' | "{none}" (none)')
        self.samples = ("#", "*", *([] if none is OMIT else [none]))

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str):
            raise Illegal("is not a text")
        if wire == self.none or (self.odd_none and wire == self.odd_none):
            return "none"
        if not re.fullmatch(r"[0-9*#]+", wire):
            raise Illegal("is no list of keys 0-9 * #")
        if len(wire) > self.most:
            raise Illegal(f"holds more than {self.most} key, and so never matches", severity="warning")
        return wire

    def write(self, value: Any) -> Any:
        if value == "none":
            return self.none
        if not isinstance(value, str) or not value:
            return OMIT
        if len(value) > self.most:
            return "#" if "#" in value and self.most == 1 else value[: self.most]
        return value

    def hold(self, template: str) -> Any:
        return template


class Language(Codec):
    """A language tag, BCP-47; case says nothing."""

    vocabulary = "language"
    values = "BCP-47"
    samples = ("de-DE",)

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str) or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", wire):
            raise Illegal("is no language tag", severity="warning")
        first, *others = wire.split("-")
        return "-".join([first.lower(), *(_subtag(each) for each in others)])

    def write(self, value: Any) -> Any:
        return value if isinstance(value, str) else OMIT

    def hold(self, template: str) -> Any:
        return template


def _subtag(text: str) -> str:
    return text.upper() if len(text) == 2 else text.title() if len(text) == 4 else text


class Recording(Url):
    """The URL of a recording: no silence, ringing or tone, which lists of sounds may hold.

    Args:
        schemes: the schemes that the platform fetches.
    """

    def __init__(self, base: str = "absolute", *, schemes: tuple[str, ...] = ("http", "https")) -> None:
        super().__init__(base, schemes=schemes)

    def caveat(self, value: Any, index: int = 0) -> str:
        if not isinstance(value, str) or value.startswith(OTHER_SOUNDS):
            return ""
        scheme = value.partition("://")[0] if "://" in value else ""
        if scheme.isalpha() and scheme.lower() not in self.schemes:
            return f"fetches {' and '.join(self.schemes)} URLs only"
        return super().caveat(value)

    def read(self, wire: Any) -> Any:
        if isinstance(wire, str) and wire.startswith(OTHER_SOUNDS):
            raise Illegal("is no URL of a recording")
        return super().read(wire)

    def write(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith(OTHER_SOUNDS):
            return OMIT
        return super().write(value)


OTHER_SOUNDS = ("silence:", "ring:", "tone:")


class Socket(Text):
    """The URL of a websocket.

    Args:
        schemes: those that the platform opens.
        query: whether it may have a query string.
    """

    def __init__(self, *, schemes: tuple[str, ...] = ("wss",), query: bool = True) -> None:
        super().__init__(filled=True)
        self.schemes = schemes
        self.query = query
        self.values = f"{' or '.join(schemes)} URL" + ("" if query else ", without a query")
        self.samples = ("wss://app.example.com/stream",)

    @property
    def has_caveats(self) -> bool:
        return True

    def caveat(self, value: Any, index: int = 0) -> str:
        if not isinstance(value, str):
            return ""
        scheme, mark, _ = value.strip().partition("://")
        if mark and scheme.isalpha() and scheme.lower() not in self.schemes:
            return f"opens {' and '.join(self.schemes)} URLs only"
        return "takes no query string" if not self.query and "?" in value else ""

    def read(self, wire: Any) -> Any:
        found = super().read(wire)
        return found.strip() if isinstance(found, str) else found


class Digits(Codec):
    """Keys that are sent; a long pause (`W`) is two short ones, what the platform cannot send is left out."""

    vocabulary = "digits"

    def __init__(self, allowed: str) -> None:
        self.allowed = allowed
        self.values = f"any of {allowed}"
        self.samples = ("1w2",)

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str) or not wire.strip():
            raise Illegal("holds no keys")
        keys = wire.strip()
        meant = keys.replace("W", "ww")  # a long pause is two short ones everywhere
        if any(key not in self.allowed for key in keys):
            raise Illegal(f"holds other characters than {self.allowed}", meant, severity="warning")
        return meant

    def write(self, value: Any) -> Any:
        if not isinstance(value, str):
            return OMIT
        return "".join(key for key in value.replace("W", "ww") if key in self.allowed) or OMIT

    def hold(self, template: str) -> Any:
        return template


class TextList(Codec):
    """Texts: a list, or one text with the parts divided by a separator."""

    vocabulary = "texts"

    def __init__(self, separator: str = "", *, sample: str = "one", values: str = "") -> None:
        self.separator = separator
        self.values = values or ("texts parted by commas" if separator else "list of texts")
        self.samples = (f"{sample}{separator}two" if separator else [sample],)

    def read(self, wire: Any) -> Any:
        if self.separator and isinstance(wire, str):
            found = tuple(each.strip() for each in wire.split(self.separator) if each.strip())
        elif not self.separator and isinstance(wire, list) and all(isinstance(each, str) for each in wire):
            found = tuple(wire)
        else:
            raise Illegal("is not a list of texts")
        if not found:
            raise Illegal("is empty, taken as not said", severity="notice")
        return found

    def write(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return OMIT
        return self.separator.join(value) if self.separator else list(value)

    def hold(self, template: str) -> Any:
        return template if self.separator else OMIT


class Party(Text):
    """A telephone number; the two sides of the call have words of their own, or are what nothing says.

    Args:
        words: side of the call -> wire text.
    """

    def __init__(self, words: Mapping[str, str] | None = None) -> None:
        super().__init__(filled=True)
        self.words = dict(words or {})
        self.samples = ("+15550100002", *self.words.values())

    def read(self, wire: Any) -> Any:
        for side, text in self.words.items():
            if wire in (text, text.replace("$", "%", 1)):
                return side
        if wire in (CALLER, CALLED):
            raise Illegal("is no number")
        return super().read(wire)

    def write(self, value: Any) -> Any:
        if value in (CALLER, CALLED):
            return self.words.get(value, OMIT)
        return super().write(value)


class Table(Codec):
    """Names with texts: an object; or, in one text, `a=1,b=2`.

    Args:
        flat: what divides the pairs in one text; "" where it is an object.
        most: how many bytes that text has at most.
    """

    vocabulary = "table"

    def __init__(self, flat: str = "", values: str = "", most: int | None = None) -> None:
        self.flat = flat
        self.most = most
        self.values = values or ("name=value, divided by commas" if flat else "object of texts")
        self.values += f"; {most} bytes" if most is not None else ""
        self.samples = ("a=1,b=2" if flat else {"a": "1"},)

    def read(self, wire: Any) -> Any:
        if self.flat and isinstance(wire, str):
            pairs = [each.partition("=") for each in wire.split(self.flat) if each.strip()]
            if not pairs or not all(mark for _, mark, _ in pairs):
                raise Illegal("is not name=value")
            return {name.strip(): value.strip() for name, _, value in pairs}
        if not self.flat and isinstance(wire, dict):
            if not wire:
                raise Illegal("is empty, taken as not said", severity="notice")
            if all(isinstance(value, str) for value in wire.values()):
                return dict(wire)
            simple = all(isinstance(value, str | int | float | bool) for value in wire.values())
            meant = {name: _plain(value) for name, value in wire.items()} if simple else OMIT
            raise Illegal("holds values that are no texts", meant)
        raise Illegal(f"is not: {self.values}")

    def write(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return OMIT
        if not self.flat:
            return dict(value)
        text = self.flat.join(f"{name}={each}" for name, each in value.items())
        return text if self.most is None or len(text.encode()) <= self.most else OMIT

    def hold(self, template: str) -> Any:
        return template if self.flat else OMIT


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class Single(Around):
    """A list of one: what stands on the wire is the one."""

    def read(self, wire: Any) -> Any:
        try:
            return (self.codec.read(wire),)
        except Illegal as error:
            if error.value is not OMIT:
                error.value = (error.value,)
            raise

    def write(self, value: Any) -> Any:
        if not isinstance(value, tuple) or len(value) != 1:
            return OMIT
        return self.codec.write(value[0])

    def hold(self, template: str) -> Any:
        return self.codec.hold(template)


class Free(Codec):
    """A text that stands for itself, of a documented shape.

    Args:
        pattern: what it must match; "" for any.
        values: the shape in words.
        sample: one that is legal.
        fold: how it is compared: `str.lower` where case does not matter.
    """

    def __init__(
        self,
        values: str,
        sample: str,
        *,
        pattern: str = "",
        fold: Callable[[str], str] | None = None,
        vocabulary: str = "text",
        trim: bool = False,
    ) -> None:
        self.values = values
        self.samples = (sample,)
        self.pattern = re.compile(pattern) if pattern else None
        self.fold = fold
        self.vocabulary = vocabulary
        self.trim = trim

    def read(self, wire: Any) -> Any:
        if isinstance(wire, int | float) and not isinstance(wire, bool):
            raise Illegal("is a number where a text belongs", getattr(wire, "text", None) or str(wire), exact=True)
        if not isinstance(wire, str):
            raise Illegal("is not a text")
        text = wire.strip() if self.trim else wire
        if not text.strip():
            raise Illegal("is empty, taken as not said", severity="notice")
        if self.pattern is not None and not self.pattern.fullmatch(text):
            raise Illegal(f"is not: {self.values}", text if isinstance(text, Template) else OMIT)
        return self.fold(text) if self.fold is not None else text

    def write(self, value: Any) -> Any:
        if not isinstance(value, str):
            return OMIT
        return value if self.pattern is None or self.pattern.fullmatch(value) else OMIT

    def hold(self, template: str) -> Any:
        return template


class Phone(Free):
    """A telephone number: digits, and what others write before them, a `+`."""

    def read(self, wire: Any) -> Any:
        return with_plus(super().read(wire))

    def is_same(self, value: Any, found: Any) -> bool:
        return bool(with_plus(str(value)) == found)


def with_plus(number: str) -> str:
    """An international number as E.164 has it; all else as it is."""
    return f"+{number}" if re.fullmatch(r"[1-9]\d{7,14}", number) else number


class SipUri(Codec):
    """A SIP address, with headers behind a `?`; two fields."""

    vocabulary = "sip uri"
    values = "SIP address | SIP address?X-Name=value&..."
    samples = ("sip:bob@example.com", "sip:bob@example.com?X-A=1")

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str) or not wire.strip():
            raise Illegal("is empty, taken as not said", severity="notice")
        address, mark, query = wire.strip().partition("?")
        if not mark or "{" in query or "<" in query:
            return wire.strip(), OMIT
        return address, dict(parse_qsl(query, keep_blank_values=True)) or OMIT

    def write(self, value: Any) -> Any:
        address, headers = value
        if not isinstance(address, str):
            return OMIT
        return f"{address}?{urlencode(headers)}" if isinstance(headers, dict) and headers else address

    def hold(self, template: str) -> Any:
        return template
