"""Wire types of Plivo XML: voices, languages, headers, recipients. Sources: `dialects.families.plivo_steps`."""

from __future__ import annotations

from typing import Any

from translator.codecs import Illegal, Text
from translator.step_codecs import Language, Party, Table, XmlVoice, with_plus
from translator.values import CALLED, CALLER, OMIT

TONGUES = (
    *("da-DK", "nl-NL", "en-AU", "en-GB", "en-US", "fr-FR", "fr-CA", "de-DE", "it-IT"),
    *("pl-PL", "pt-PT", "pt-BR", "ru-RU", "es-ES", "es-US", "sv-SE"),
)
"""The languages of WOMAN and MAN."""
ONE_GENDER = {"female": ("da-DK", "fr-CA", "ru-RU", "sv-SE"), "male": ("pt-PT",)}
"""Languages that only one of the two speaks; it does, whichever is asked for."""


class Voice(XmlVoice):
    """WOMAN, MAN, or Amazon's standard voices; nobody documents others."""

    def __init__(self) -> None:
        super().__init__({"WOMAN": "female", "MAN": "male"}, google="", engines=())

    def read(self, wire: Any) -> Any:
        voice, _, gender = super().read(wire)
        if voice is OMIT:
            return voice, OMIT, gender
        name, _, engine = voice.rpartition("-")
        if engine.lower() in ("neural", "generative"):
            raise Illegal("is an engine that Plivo does not document", (name, engine.lower(), OMIT), severity="warning")
        return voice, "standard", OMIT


class Tongue(Language):
    """A language as Plivo spells it; `en` alone comes nearest to en-US."""

    NEAREST = {"en": "en-US", "es": "es-ES", "fr": "fr-FR", "de": "de-DE", "it": "it-IT"}  # noqa: RUF012
    SPELT = {each.lower(): each for each in TONGUES}  # noqa: RUF012

    def read(self, wire: Any) -> Any:
        meant = super().read(wire)
        if meant in self.NEAREST:
            listed = self.NEAREST[meant]
            raise Illegal("is not one of the languages that are listed", listed, hint=listed)
        return meant

    def write(self, value: Any) -> Any:
        if isinstance(value, str):
            value = self.NEAREST.get(value.lower(), self.SPELT.get(value.lower(), value))
        return super().write(value)


class Headers(Table):
    """`a=1,b=2`: each becomes a SIP header X-PH-a, X-PH-b; no other can be sent."""

    PREFIX = "X-PH-"

    def __init__(self) -> None:
        super().__init__(",", "name=value, divided by commas; sent as X-PH-name")

    def read(self, wire: Any) -> Any:
        return {self._bare(name, self.PREFIX): value for name, value in super().read(wire).items()}

    def write(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return OMIT
        return super().write({self._bare(name): each for name, each in value.items()})

    def _bare(self, name: str, prefix: str = "") -> str:
        bare = name[len(self.PREFIX) :] if name.upper().startswith(self.PREFIX) else name
        return prefix + bare


class Sender(Party):
    """A number, with or without a `+`, or a name that the receiver is shown."""

    def read(self, wire: Any) -> Any:
        return with_plus(super().read(wire))

    def is_same(self, value: Any, found: Any) -> bool:
        return bool(with_plus(str(value)) == found)


class Recipients(Text):
    """Numbers divided by `<`; two fields: the first, and the others, which only Plivo can send to."""

    def __init__(self) -> None:
        super().__init__(filled=True)
        self.values = "number; several are divided by <"
        self.samples = ("15550100002",)

    def read(self, wire: Any) -> Any:
        text = super().read(wire)
        if text.startswith("<"):  # a placeholder
            return text, OMIT
        if text in (CALLER, CALLED):
            raise Illegal("is no number")
        first, _, others = text.partition("<")
        return with_plus(first.strip()), others.strip() or OMIT

    def write(self, value: Any) -> Any:
        first, others = value
        if not isinstance(first, str) or first in (CALLER, CALLED):
            return OMIT
        return f"{first}<{others}" if others else first

    def is_same(self, value: Any, found: Any) -> bool:
        return bool(with_plus(str(value)) == found)
