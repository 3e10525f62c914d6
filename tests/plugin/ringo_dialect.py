"""Ringo XML, a made-up language: `<Song><Room name="..." .../></Song>`.

Sources: the page "Rooms" of the Ringo manual, 1.0, 2026-11-20.
"""

from __future__ import annotations

from translator.codecs import Choice, Name, Url, Whole, xml_boolean
from translator.dialect import Attribute, Dialect, Neighbour, Verb
from translator.envelope import XmlEnvelope
from translator.fields import FIELDS
from translator.step_codecs import Repeat, Span, Spoken
from translator.step_fields import STEPS
from translator.values import UNKNOWN

ATTRIBUTES = (
    Attribute("", "name", Name(trim=True)),
    Attribute("silent", "muted", xml_boolean()),
    Attribute(
        "drum", "enter_sound", Choice({"roll": "beep", "rest": "none"}, vocabulary="drum", nearest={"beep:2": "roll"})
    ),
    Attribute("most", "max_participants", Whole(2, 8, text=True)),
    Attribute("tell", "status_url", Url()),
    Attribute("tempo", "tempo", Whole(40, 200, text=True), note="Beats a minute; nobody else has it."),
)

IMPLIED = {
    **dict.fromkeys(FIELDS, UNKNOWN),  # the manual says nothing of these
    "name": None,
    "muted": False,
    "enter_sound": "none",
    "exit_sound": "none",
    "max_participants": 8,
    "status_url": None,
    "status_payload": "ringo",
}

SAY = Verb(
    "Sing",
    (Attribute("", ("text", "ssml"), Spoken(xml=True)), Attribute("verses", "repeat", Repeat("ever", text=True))),
    STEPS["say"].unsaid(ssml=False, voice="basic", voice_gender="male", language="en-US", repeat=1, early_media=False),
    notes={"voice": "Ringo sings everything himself."},
    kind="say",
)
PAUSE = Verb(
    "Rest", (Attribute("bars", "seconds", Span(text=True, least=1)),), STEPS["pause"].unsaid(seconds=4), kind="pause"
)

DIALECT = Dialect(
    name="ringo",
    title="Ringo",
    syntaxes=("xml",),
    suffixes=(".ringo.xml",),
    envelope=XmlEnvelope("Room", root="Song"),
    verbs={
        "conference": Verb(
            "Room",
            ATTRIBUTES,
            IMPLIED,
            notes={"max_participants": "A room holds eight drummers."},
            hints={"muted": "silent"},
        ),
        "say": SAY,
        "pause": PAUSE,
    },
    aliases=("starr",),
    neighbours={"Solo": Neighbour("plays the drums", "warning")},
    sources=("Ringo manual, page Rooms, 1.0, 2026-11-20",),
    about=__doc__ or "",
)
