"""Wire types of jambonz: hooks, voices, recordings, streams. Sources: `dialects.jambonz`."""

from __future__ import annotations

import re
from typing import Any

from translator.codecs import Codec, Illegal, Url
from translator.step_codecs import Keys, Span
from translator.values import OMIT

CREDENTIALS = ("username", "password", "basicAuth")
DEFAULT = "default"
"""The word for the application's own vendor, voice or language."""


class Hook(Codec):
    """A URL and its method: a string where the method is POST, else `{"url", "method"}`."""

    vocabulary = "hook"
    base = "slash"
    values = 'absolute URL or /path | {"url", "method": GET or POST}'
    samples: tuple[Any, ...] = (
        "https://app.example.com/hook",
        "/hook",
        {"url": "https://app.example.com/hook", "method": "GET"},
    )

    def __init__(self) -> None:
        self.url = Url("slash", schemes=("http", "https", "ws", "wss"))

    def read(self, wire: Any) -> Any:
        if isinstance(wire, str):
            return self.url.read(wire), OMIT
        if not isinstance(wire, dict):
            raise Illegal("is neither a text nor an object with url")
        if not isinstance(wire.get("url"), str):
            raise Illegal("has no url")
        url = self.url.read(wire["url"])
        wrong = []
        method = wire.get("method", OMIT)
        if method is not OMIT:
            if isinstance(method, str) and method.upper() in ("GET", "POST"):
                method = method.upper()
            else:
                wrong.append("has a method that is neither GET nor POST")
                method = OMIT
        ignored = [key for key in wire if key in CREDENTIALS]
        if ignored:
            wrong.append(f"holds {', '.join(ignored)}, which the server ignores: it sends the application's own")
        unknown = [key for key in wire if key not in ("url", "method", *CREDENTIALS)]
        if unknown:
            wrong.append(f"holds {', '.join(unknown)}, which is no property of a hook")
        if wrong:
            raise Illegal("; ".join(wrong), (url, method))
        return url, method

    def write(self, value: Any) -> Any:
        url, method = value
        wire = self.url.write(url)
        if wire is OMIT or method in (None, "POST"):
            return wire
        return {"url": wire, "method": method}

    @property
    def has_caveats(self) -> bool:
        return self.url.has_caveats

    def caveat(self, value: Any, index: int = 0) -> str:
        if index == 1:
            return "sends no data at all with GET" if value == "GET" else ""
        return self.url.caveat(value)


class HookObject(Hook):
    """The hook of a target: as a text, it fits two branches of the vendor's schema, and is refused for that."""

    samples = ({"url": "https://app.example.com/hook"}, {"url": "/hook", "method": "GET"})

    def write(self, value: Any) -> Any:
        wire = super().write(value)
        return {"url": wire} if isinstance(wire, str) else wire


class PlainHook(Url):
    """A URL that must be a text: with an object the server throws, and the application ends."""

    def __init__(self) -> None:
        super().__init__("slash")

    def read(self, wire: Any) -> Any:
        if isinstance(wire, dict) and isinstance(wire.get("url"), str):
            url = super().read(wire["url"])
            raise Illegal("is an object: the server (0.9.8) then ends the application", url, severity="error", hint=url)
        return super().read(wire)


VENDORS = {"amazon": "aws", "azure": "microsoft"}
NAMES = {wire: vendor for vendor, wire in VENDORS.items()}
GENDERS = {"FEMALE": "female", "MALE": "male", "NEUTRAL": "neutral"}
SPEECH = ("label", "fallbackVendor", "fallbackLabel", "fallbackLanguage", "fallbackVoice", "options")
ENGINES = ("standard", "neural", "generative", "long-form")
_LOCALE = r"[a-z]{2,3}-[A-Z]{2}(?=-)"


class Synthesizer(Codec):
    """A voice; five fields: voice, engine, gender, language, and what only jambonz has.

    Without a vendor there is no voice, and no gender: only the language can be said for the application's own.
    """

    vocabulary = "synthesizer"
    values = '{"vendor", "voice", "language", "engine", "gender", ...}'
    samples = (
        {"vendor": "aws", "voice": "Joanna", "language": "en-US", "engine": "standard"},
        {"vendor": "google", "language": "en-US", "gender": "MALE"},
        {"vendor": "default", "language": "de-DE"},
    )

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, dict):
            raise Illegal("is not an object")
        vendor, name, language = (wire.get(key) for key in ("vendor", "voice", "language"))
        rest = {key: value for key, value in wire.items() if key in SPEECH}
        voice: Any = OMIT
        if vendor == DEFAULT or not isinstance(vendor, str):
            vendor = ""
        if vendor and isinstance(name, str) and name not in ("", DEFAULT):
            voice = f"{NAMES.get(vendor, vendor)}.{name}"
        else:
            rest.update({"vendor": vendor} if vendor else {})
            rest.update({"voice": name} if name not in (None, "", DEFAULT) else {})
        engine, gender = wire.get("engine", OMIT), wire.get("gender", OMIT)
        if engine in ENGINES and not str(voice).startswith("amazon."):  # of another vendor it is jambonz's own
            rest["engine"], engine = engine, OMIT
        value = (
            voice,
            engine,
            GENDERS.get(str(gender).upper(), OMIT),
            language if isinstance(language, str) and language not in ("", DEFAULT) else OMIT,
            rest or OMIT,
        )
        wrong = []
        if not isinstance(wire.get("vendor"), str):
            wrong.append("has no vendor, and the server refuses it")
        if gender is not OMIT and gender not in tuple(GENDERS):  # which may be a list, too
            wrong.append("has a gender that is not one of: FEMALE MALE NEUTRAL")
        if engine is not OMIT and engine not in ENGINES:
            wrong.append(f"has an engine that is not one of: {' '.join(ENGINES)}")
            value = (voice, OMIT, *value[2:])
        known = ("vendor", "voice", "language", "engine", "gender", *SPEECH)
        unknown = [key for key in wire if key not in known]
        if unknown:
            wrong.append(f"holds {', '.join(unknown)}, which the server refuses")
        if wrong:
            raise Illegal("; ".join(wrong), value, severity="warning")
        if wire.get("vendor") == "" and all(each is OMIT for each in value):
            raise Illegal("says nothing", value, severity="notice")
        return value

    def write(self, value: Any) -> Any:
        voice, engine, gender, language, rest = value
        vendor, _, name = str(voice or "").partition(".")
        wire: dict[str, Any] = {}
        if name:
            wire = {"vendor": VENDORS.get(vendor, vendor), "voice": name}
        elif isinstance(rest, dict) and "vendor" in rest:
            wire = {"vendor": rest["vendor"]}
        if isinstance(language, str):
            wire["language"] = language
        spoken = re.match(_LOCALE, name) if vendor == "google" else None
        if spoken:  # Google's voices speak the language that they are named after
            wire["language"] = spoken[0]
        if name and vendor == "amazon" and isinstance(engine, str):
            wire["engine"] = engine
        if gender and "vendor" in wire and not name:
            found = next((each for each, word in GENDERS.items() if word == gender), None)
            wire.update({"gender": found} if found else {})
        wire.update(rest if isinstance(rest, dict) else {})
        return {"vendor": DEFAULT, **wire} if wire else OMIT


class Recognizer(Codec):
    """What speech is recognised with; four fields: language, hints, profanity filter, and what only jambonz has."""

    vocabulary = "recognizer"
    values = '{"vendor", "language", "hints", "profanityFilter", ...}'
    samples = ({"vendor": "default", "language": "de-DE", "hints": ["one"], "profanityFilter": True},)

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, dict):
            raise Illegal("is not an object")
        rest = {key: value for key, value in wire.items() if key not in ("language", "profanityFilter")}
        if rest.get("vendor") == DEFAULT:
            del rest["vendor"]
        language, hints, masks = wire.get("language"), wire.get("hints"), wire.get("profanityFilter")
        words: Any = OMIT
        if isinstance(hints, list) and hints:
            phrases = [each.get("phrase") if isinstance(each, dict) else each for each in hints]
            words = tuple(each for each in phrases if isinstance(each, str)) or OMIT
            if words == tuple(hints):
                del rest["hints"]
        value = (
            language if isinstance(language, str) and language not in ("", DEFAULT) else OMIT,
            words,
            masks if isinstance(masks, bool) else OMIT,
            rest or OMIT,
        )
        if not isinstance(wire.get("vendor"), str):
            raise Illegal("has no vendor, and the server refuses it", value, severity="warning")
        return value

    def write(self, value: Any) -> Any:
        language, hints, masks, rest = value
        wire: dict[str, Any] = {}
        if isinstance(language, str):
            wire["language"] = language
        if isinstance(hints, tuple):
            wire["hints"] = list(hints)
        if isinstance(masks, bool):
            wire["profanityFilter"] = masks
        wire.update(rest if isinstance(rest, dict) else {})
        return {"vendor": DEFAULT, **wire} if wire else OMIT


class Inputs(Codec):
    """`digits`, `speech` or both. With the word `dtmf`, which the vendor's own page has, nothing is collected."""

    vocabulary = "inputs"
    values = 'list of: "digits" "speech"'
    samples = (["digits"], ["speech"], ["digits", "speech"])

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, list):
            raise Illegal("is not a list")
        known = tuple(word for word in ("digits", "speech") if word in wire)
        odd = [word for word in wire if word not in ("digits", "speech")]
        if "dtmf" in odd:
            words = "holds dtmf, which is no input: the server collects no digits at all with it"
            raise Illegal(words, known or ("digits",), severity="error", hint='"digits"')
        if odd or not known:
            raise Illegal(f"is not a {self.values}", known or OMIT)
        return known

    def write(self, value: Any) -> Any:
        return list(value) if isinstance(value, tuple) and value else OMIT


class Media(Codec):
    """One URL, or several in order; silences and tones are streams of the media server."""

    vocabulary = "media"
    values = "URL | list of URLs | silence_stream://<ms> | tone_stream://<tones>"
    samples = (
        "https://app.example.com/a.mp3",
        ["https://app.example.com/a.mp3", "silence_stream://2000"],
        "tone_stream://%(2000,4000,440,480)",
    )
    has_caveats = True
    _SILENCE = r"silence_stream://(\d{1,9})"

    def __init__(self) -> None:
        self.url = Url()

    def read(self, wire: Any) -> Any:
        listed = wire if isinstance(wire, list) else [wire]
        if not listed:
            raise Illegal("is empty; nothing is played")
        return tuple(self._one(each) for each in listed)

    def _one(self, wire: Any) -> str:
        url = str(self.url.read(wire))
        silence = re.fullmatch(self._SILENCE, url)
        if silence:
            return f"silence:{int(silence[1]) / 1000:g}"
        return f"tone:{url.partition('://')[2]}" if url.startswith("tone_stream://") else url

    def write(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return OMIT
        found = [wire for each in value if (wire := self._wire(each)) is not OMIT]
        if not found:
            return OMIT
        return found[0] if len(found) == 1 else found

    def _wire(self, url: str) -> Any:
        word, _, rest = url.partition(":")
        if word == "silence":
            try:
                return f"silence_stream://{round(float(rest) * 1000)}"
            except ValueError:
                return OMIT
        if word == "tone":
            return f"tone_stream://{rest}"
        return OMIT if word in ("ring", "say") else self.url.write(url)

    def caveat(self, value: Any, index: int = 0) -> str:
        if isinstance(value, tuple):
            return next((why for each in value if (why := self.caveat(each))), "")
        return "" if str(value).startswith(("silence:", "tone:")) else self.url.caveat(value)


class Length(Span):
    """Seconds of a pause, which cannot be left out: what is no number becomes the nearest, or one second."""

    ENDLESS = 86400

    def __init__(self) -> None:
        super().__init__(text=False, whole=False)

    def write(self, value: Any) -> Any:
        return self.ENDLESS if value == "forever" else super().write(value)

    def hold(self, template: str) -> Any:
        return 1


class Wait(Span):
    """Seconds until the input is given up; 0 is never, which comes nearest to a day."""

    NEVER = 86400

    def __init__(self) -> None:
        super().__init__(text=False, whole=False, words={0: self.NEVER})

    def write(self, value: Any) -> Any:
        return 0 if value == self.NEVER else super().write(value)


class Gap(Span):
    """Seconds between digits: without them the input has no end of its own, so `auto` is what others take for it."""

    AUTO = 5

    def __init__(self) -> None:
        super().__init__(text=False, whole=False)

    def write(self, value: Any) -> Any:
        return self.AUTO if value == "auto" else super().write(value)


class OneKey(Keys):
    """One key, compared as a whole; none is said by saying nothing."""

    def __init__(self) -> None:
        super().__init__("", most=1)
        self.samples = ("#", "*")

    def write(self, value: Any) -> Any:
        return super().write(value) or OMIT


class ReadOnly(Codec):
    """Another spelling of an attribute: read, never written."""

    def __init__(self, codec: Codec) -> None:
        self.codec = codec
        self.vocabulary = codec.vocabulary
        self.values = codec.values
        self.samples = codec.samples

    def read(self, wire: Any) -> Any:
        return self.codec.read(wire)


def whole(wire: Any) -> Any:
    """A number without its empty fraction: the vendor's SDK for Python writes 486.0."""
    return int(wire) if isinstance(wire, float) and wire.is_integer() else wire


class Status(Codec):
    """The SIP status of a refusal; two fields: the cause, and the status where it says more than that."""

    vocabulary = "sip status"
    values = "486 (busy) | 603 (declined) | another SIP status from 400"
    samples = (486, 603, 480)
    _CAUSES = {486: "busy", 603: "rejected"}  # noqa: RUF012

    def read(self, wire: Any) -> Any:
        wire = whole(wire)
        if type(wire) is not int or not 400 <= wire < 700:
            raise Illegal("is no SIP status of a refusal")
        if wire in self._CAUSES:
            return self._CAUSES[wire], OMIT
        return ("busy" if wire == 600 else "rejected"), wire

    def write(self, value: Any) -> Any:
        cause, status = value
        if type(status) is int:
            return status
        return next((wire for wire, word in self._CAUSES.items() if word == cause), 603)  # a call that rings is refused


class Credentials(Codec):
    """`{"username", "password"}`; two fields."""

    vocabulary = "credentials"
    values = '{"username": text, "password": text}'
    samples = ({"username": "bob", "password": "secret"},)

    def read(self, wire: Any) -> Any:
        found = tuple(wire.get(key) for key in ("username", "password")) if isinstance(wire, dict) else (None, None)
        if not all(isinstance(each, str) for each in found):
            raise Illegal(f"is not {self.values}")
        return found

    def write(self, value: Any) -> Any:
        username, password = value
        if not isinstance(username, str) or not isinstance(password, str):
            return OMIT
        return {"username": username, "password": password}


class Ringback(Codec):
    """A recording, or a tone; of the countries, those whose tone the vendor's page spells out."""

    vocabulary = "ringback"
    values = "URL of a recording | tone_stream://<tones>"
    TONES = {  # noqa: RUF012
        "us": "tone_stream://L=20;%(2000,4000,440,480)",
        "uk": "tone_stream://L=20;%(400,200,400,450);%(400,2000,400,450)",
    }
    samples = ("https://app.example.com/ring.mp3", TONES["us"])

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str) or not wire.strip():
            raise Illegal("is not a URL")
        return next((country for country, tone in self.TONES.items() if tone == wire), wire)

    def write(self, value: Any) -> Any:
        if value in self.TONES:
            return self.TONES[value]
        return value if isinstance(value, str) and ("://" in value or value.startswith("/")) else OMIT


class TwoWay(Codec):
    """Whether the server's audio is heard; two fields: that, and what only jambonz has."""

    vocabulary = "two way"
    values = '{"enabled": boolean, ...}'
    samples = ({"enabled": False}, {"enabled": True, "streaming": True})

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, dict):
            raise Illegal("is not an object")
        rest = {key: value for key, value in wire.items() if key != "enabled"}
        enabled = wire.get("enabled", OMIT)
        if enabled is not OMIT and not isinstance(enabled, bool):
            raise Illegal("has an enabled that is no boolean", (OMIT, rest or OMIT))
        return enabled, rest or OMIT

    def write(self, value: Any) -> Any:
        enabled, rest = value
        rest = rest if isinstance(rest, dict) else {}
        return {"enabled": enabled, **rest} if isinstance(enabled, bool) else rest or OMIT


class OneWay(Codec):
    """The older opposite of `TwoWay`: read, never written."""

    vocabulary = "one way"
    values = "true | false"
    samples = (True, False)

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, bool):
            raise Illegal("is no boolean")
        return not wire


class Mix(Codec):
    """Whose audio is sent; two fields: that, and whether both are mixed into one channel."""

    vocabulary = "mix"
    values = "mono | stereo | mixed"
    samples = ("mono", "stereo", "mixed")

    def read(self, wire: Any) -> Any:
        if wire == "mono":
            return "inbound", OMIT
        if wire in ("stereo", "mixed"):
            return "both", True if wire == "mixed" else OMIT
        raise Illegal(f"is not one of: {self.values}")

    def write(self, value: Any) -> Any:
        track, mixed = value
        if track == "both":
            return "mixed" if mixed is True else "stereo"
        return "mono" if track == "inbound" else OMIT


class Rate(Codec):
    """Samples a second; the codec is always linear, 16 bits."""

    vocabulary = "rate"
    values = "whole number, samples a second"
    samples = (16000,)
    _NUMBER = r"(?:\D|^)(\d{4,5})(?:\D|$)"

    def read(self, wire: Any) -> Any:
        wire = whole(wire)
        if type(wire) is not int or not 1000 <= wire < 100_000:
            raise Illegal(f"is no {self.values}")
        return f"l16/{wire}"

    def write(self, value: Any) -> Any:
        rate = re.search(self._NUMBER, value) if isinstance(value, str) else None
        return int(rate[1]) if rate else OMIT
