"""The wire types of SWML around a conference: what its methods' properties can hold, both ways.

Sources: as in `swml_verbs`.
"""

from __future__ import annotations

import re
from typing import Any

from translator.codecs import Around, Codec, Illegal, Url
from translator.step_codecs import Socket as WebSocket
from translator.values import OMIT, is_template

DOCUMENT = re.compile(r"""\s*(?:\{\s*"|\[)""")
"""A whole document as JSON text."""
SECTION = re.compile(r"[\w-]+")
VENDORS = {"polly": "amazon", "gcloud": "google"}
ENGINES = ("standard", "neural", "generative", "long-form")

OTHER = re.compile(r"silence:|ring:")
"""What play takes beside URLs."""


def is_web(dest: Any) -> bool:
    """Whether a destination is a URL, rather than a section or a document."""
    return isinstance(dest, str) and SECTION.fullmatch(dest) is None and DOCUMENT.match(dest) is None


class Dest(Url):
    """The URL that a transfer goes to; what looks like the name of a section would be taken for one."""

    doubt = "error"

    def read(self, wire: Any) -> Any:
        if not is_web(wire):
            raise Illegal("is a section or a document, and no URL")
        return super().read(wire)

    def write(self, value: Any) -> Any:
        return super().write(value) if is_web(value) else OMIT


class Media(Url):
    """What `play` takes beside text: a URL, `silence:2`, `ring:us`."""

    def __init__(self) -> None:
        super().__init__("absolute")
        self.values = "http(s) URL | silence:<seconds> | ring:[<seconds>:]<country>"
        self.samples = ("https://app.example.com/a.mp3", "silence:2", "ring:us")

    def read(self, wire: Any) -> Any:
        found = super().read(wire)
        if str(found).startswith("say:"):
            raise Illegal("is text, and not a recording")
        if self.write(found) is OMIT:
            raise Illegal("is no sound that the platform knows, which refuses the whole method", hint=self.values)
        return found

    def write(self, value: Any) -> Any:
        """A sound with any other name would have the whole method refused."""
        if isinstance(value, str) and (value.startswith("tone:") or (self.caveat(value) and not OTHER.match(value))):
            return OMIT
        return super().write(value)

    def caveat(self, value: Any, index: int = 0) -> str:
        if isinstance(value, str) and value.startswith(("silence:", "ring:")):
            return ""
        scheme, mark, _ = str(value).partition("://")
        if mark and scheme.isalpha() and scheme not in ("http", "https"):
            return "takes http and https URLs only, in lower case"
        return super().caveat(value)


class Several(Around):
    """A list of two and more; one alone stands in `url`."""

    def __init__(self, codec: Codec) -> None:
        super().__init__(codec)
        self.vocabulary = "media"
        self.values = f"list of: {codec.values}"
        self.samples = (list(codec.samples[:2]),)

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, list):
            raise Illegal("is not a list")
        return tuple(self.codec.read(each) for each in wire)

    def write(self, value: Any) -> Any:
        if not isinstance(value, tuple) or len(value) < 2:
            return OMIT
        return [each for each in map(self.codec.write, value) if each is not OMIT] or OMIT


class Voice(Codec):
    """`engine.voice[:model[:language]]`, in any case; two fields: voice and its engine. The language is another key's."""

    vocabulary = "swml voice"
    values = "engine.voice[:model[:language]]"
    samples = ("amazon.Joanna", "amazon.Joanna:neural", "gcloud.en-US-Neural2-A", "elevenlabs.rachel")

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str) or "." not in wire:
            raise Illegal(f"is not: {self.values}", severity="warning")
        name, model, *_ = [*wire.split(":"), ""]
        vendor, _, voice = name.partition(".")
        vendor = VENDORS.get(vendor.lower(), vendor.lower())
        if vendor == "amazon" and voice.islower():
            voice = voice.title()
        return f"{vendor}.{voice}", model.lower() or OMIT

    def write(self, value: Any) -> Any:
        voice, engine = value
        if not isinstance(voice, str) or "." not in voice:
            return OMIT
        vendor, _, name = voice.partition(".")
        vendor = {"google": "gcloud"}.get(vendor, vendor)
        model = f":{engine}" if isinstance(engine, str) and (vendor != "amazon" or engine != "standard") else ""
        return f"{vendor}.{name}{model if vendor == 'amazon' else ''}"

    def hold(self, template: str) -> Any:
        return template


class Loudness(Codec):
    """Change of loudness, -40 to 40 dB."""

    vocabulary = "dB"
    values = "number -40..40, dB"
    samples = (7,)

    def read(self, wire: Any) -> Any:
        if isinstance(wire, bool) or not isinstance(wire, int | float):
            raise Illegal("is not a number")
        if not -40 <= wire <= 40:
            raise Illegal("is outside the documented range (-40..40)", max(-40, min(40, wire)))
        return int(wire) if wire == int(wire) else wire

    def write(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return OMIT
        return max(-40, min(40, value))


class Socket(Codec):
    """`stream:` and the URL of a websocket."""

    vocabulary = "socket"
    values = "stream:<wss URL>"
    samples = ("stream:wss://app.example.com/stream",)
    PREFIX = "stream:"
    has_caveats = True

    def caveat(self, value: Any, index: int = 0) -> str:
        return WebSocket().caveat(value)

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str) or not wire.startswith(self.PREFIX):
            raise Illegal(f"is not {self.values}")
        return wire.removeprefix(self.PREFIX)

    def write(self, value: Any) -> Any:
        return self.PREFIX + value if isinstance(value, str) else OMIT

    def hold(self, template: str) -> Any:
        return self.PREFIX + template


class Address(Codec):
    """Who is called; two fields: what the address is, and the address."""

    vocabulary = "swml address"
    values = "E.164 number | sip:address | queue:name | /resource/address"
    samples = ("+15550100002", "sip:bob@example.com", "queue:support", "/public/support")

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str) or not wire.strip():
            raise Illegal("is not a text")
        if wire.startswith(("sip:", "sips:")):
            return "sip", wire
        if wire.startswith("queue:"):
            return "queue", wire.removeprefix("queue:")
        return ("resource" if wire.startswith("/") else "phone"), wire

    def write(self, value: Any) -> Any:
        kind, address = value
        if not isinstance(address, str) or kind == "user":
            return OMIT
        if kind == "queue":
            return f"queue:{address}"
        return f"sip:{address}" if kind == "sip" and not address.startswith(("sip:", "sips:")) else address

    def hold(self, template: str) -> Any:
        return template


class Ringback(Codec):
    """What the caller hears meanwhile: one URL or the ringing of a country; lists are SWML's own."""

    vocabulary = "ringback"
    values = "list of play URLs"
    samples = (["ring:us"], ["https://app.example.com/ring.mp3"])

    def read(self, wire: Any) -> Any:
        listed = [wire] if isinstance(wire, str) else wire
        if not isinstance(listed, list) or not listed or not all(isinstance(each, str) for each in listed):
            raise Illegal(f"is no {self.values}")
        first = listed[0].removeprefix("ring:")
        if self.write(first) is OMIT:
            raise Illegal(f"is no {self.values}: neither an address nor ring: and a country")
        if len(listed) > 1:
            raise Illegal("is a list of several sounds, of which others have one", first, severity="warning")
        return first

    def write(self, value: Any) -> Any:
        if not isinstance(value, str):
            return OMIT
        if len(value) == 2:
            return [f"ring:{value}"]
        return [value] if "://" in value or is_template(value) else OMIT


class Headers(Codec):
    """SIP headers as a list of name and value."""

    vocabulary = "headers"
    values = "list of {name, value}"
    samples = ([{"name": "X-A", "value": "1"}],)

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, list) or not all(
            isinstance(each, dict) and isinstance(each.get("name"), str) and isinstance(each.get("value"), str)
            for each in wire
        ):
            raise Illegal("is no list of objects with name and value")
        return {each["name"]: each["value"] for each in wire}

    def write(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return OMIT
        return [{"name": name, "value": each} for name, each in value.items()]


class LegEvents(Codec):
    """`call_state_events`: canonical words are those of TwiML's legs."""

    vocabulary = "swml leg events"
    values = "any of: created ringing answered ended"
    samples = (["ended"], ["created", "answered"])
    WORDS = {"created": "initiated", "ringing": "ringing", "answered": "answered", "ended": "completed"}  # noqa: RUF012

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, list) or not all(isinstance(each, str) and each in self.WORDS for each in wire):
            raise Illegal(f"is not {self.values}")
        return tuple(canonical for word, canonical in self.WORDS.items() if word in wire)

    def write(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return OMIT
        return [word for word, canonical in self.WORDS.items() if canonical in value] or OMIT


class Inputs(Codec):
    """Whether speech is listened to: any `speech_*` key switches it on, and digits off unless a digit key stands too."""

    vocabulary = "inputs"
    values = "by the keys that are given: max_digits, terminators; speech_*"
    samples = ("speech", "digits speech")
    WORDS = {"digits": ("digits",), "speech": ("speech",), "digits speech": ("digits", "speech")}  # noqa: RUF012

    def read(self, wire: Any) -> Any:
        return self.WORDS.get(wire if isinstance(wire, str) else "", ("digits",))

    def write(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, tuple) and value != ("digits",) else OMIT
