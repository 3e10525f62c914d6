"""Plivo XML, `<Response><Conference>`.

Sources: docs.plivo.com, voice XML, conference (newest); plivo.com/docs/xml/conference (older, superseded); PyPI
`plivo` 4.63.0 and npm `plivo` 4.79.0, executed; the open-source ancestor `plivo/plivoframework`, 2015. Today's server
is closed: how it treats start and end flags is documented, not proven.
"""

from __future__ import annotations

from typing import Any

from dialects.families.plivo_steps import OPTIONS, VERBS
from translator.codecs import Both, Choice, Illegal, Name, Patterns, Raw, Sound, Url, Whole, method, xml_boolean
from translator.dialect import Attribute, Dialect, Neighbour, Plain, Verb
from translator.envelope import XmlEnvelope
from translator.registry import OURS
from translator.values import UNKNOWN


class RoomLimit(Whole):
    """Seconds; 0 is allowed, and was no limit in the older docs."""

    def read(self, wire: Any) -> Any:
        if wire == "0":
            raise Illegal("was no limit in the older docs; what it is now is not documented", severity="warning")
        return super().read(wire)


ATTRIBUTES = (
    Attribute("", "name", Name(trim=True)),
    Attribute("muted", "muted", xml_boolean()),
    Attribute("enterSound", "enter_sound", Sound()),
    Attribute("exitSound", "exit_sound", Sound()),
    Attribute("startConferenceOnEnter", "start_on_enter", xml_boolean()),
    Attribute(
        "endConferenceOnExit",
        "end_on_exit",
        Choice({"true": "any", "false": "no"}, vocabulary="boolean", nearest={"last": "true"}),
    ),
    Attribute("stayAlone", "stay_alone", xml_boolean()),
    Attribute("waitSound", "wait", Url(words={"silence": ""})),
    Attribute("maxMembers", "max_participants", Whole(1, 20, text=True)),
    Attribute("record", "record", xml_boolean()),
    Attribute("recordFileFormat", "record_format", Choice({"mp3": "mp3", "wav": "wav"}, vocabulary="format")),
    Attribute(
        "recordWhenAlone",
        "record_when_alone",
        Raw(str, values="undocumented"),
        severity="warning",
        note="Known to SDKs only.",
    ),
    Attribute("timeLimit", "room_time_limit", RoomLimit(1, text=True, unit="seconds")),
    Attribute("hangupOnStar", "hangup_on_star", xml_boolean()),
    Attribute("action", "after_url", Url()),
    Attribute("method", "after_method", method()),
    Attribute("redirect", "after_takes_over", xml_boolean()),
    Attribute(
        "callbackUrl", ("status_url", "recording_url"), Both(Url()), note="One URL for every event of this member."
    ),
    Attribute("callbackMethod", ("status_method", "recording_method"), Both(method())),
    Attribute("digitsMatch", "digit_patterns", Patterns()),
    Attribute(
        "floorEvent",
        "status_events",
        Choice(
            {"true": ("join", "leave", "floor"), "false": ("join", "leave")},
            vocabulary="floor",
        ),
        volunteers=False,
        note="Who holds the floor is told too; that is not the same as speech starting and stopping.",
    ),
    Attribute("relayDTMF", "relay_digits", xml_boolean()),
    Attribute(
        "transcriptionType",
        "transcription",
        Choice({word: word for word in ("auto", "hybrid", "manual")}, vocabulary="transcription"),
    ),
    Attribute("transcriptionUrl", "transcription_url", Url()),
    Attribute("transcriptionMethod", "transcription_method", method()),
    Attribute("sendDigits", "send_digits", Raw(str, values="undocumented"), note="Known to the Python SDK only."),
)

IMPLIED = {
    "name": None,
    "muted": False,
    "start_on_enter": True,
    "end_on_exit": "no",
    "enter_sound": "none",
    "exit_sound": "none",
    "entry_prompt": None,
    "entry_prompt_method": None,
    "entry_prompt_serves": None,
    "wait": UNKNOWN,  # contested: no music (older docs), not said (newest)
    "wait_method": "POST",
    "wait_serves": "plivo-wait",
    "max_participants": 20,
    "record": False,
    "record_trim": False,
    "record_format": "mp3",
    "record_path": None,
    "recording_url": None,
    "recording_method": "POST",
    "recording_events": ("completed",),
    "recording_payload": "plivo-form",
    "status_url": None,
    "status_method": "POST",
    "status_events": ("join", "leave"),
    "status_payload": "plivo-form",
    "end_url": None,
    "after_url": None,
    "after_method": "POST",
    "after_takes_over": True,
    "after_serves": "plivo",
    "coach": None,
    "label": None,
    "speak_only_to": None,
    "hangup_on_star": False,
    "digit_patterns": None,
    "relay_digits": True,
    "leg_time_limit": None,
    "room_time_limit": 86400,  # newest docs; older ones: no limit
    "moderator_grace": None,
    "stay_alone": True,
    "region": None,
    "jitter_buffer": UNKNOWN,
    "stream": None,
    "transcription": None,
    "transcription_url": None,
    "transcription_method": "POST",  # newest docs; older ones: GET
}

NOTES = {
    "name": "Rooms belong to the account.",
    "label": "Members have no labels.",
    "start_on_enter": "With false, the docs release the member when another one joins; the ancestor waits for a moderator.",
    "end_on_exit": "By the docs the first such member's leaving ends it; by the ancestor the last one's.",
    "enter_sound": "No tone unless asked for; a URL is asked by POST and heard by the room.",
    "exit_sound": "No tone unless asked for; a URL is asked by POST and heard by the room.",
    "wait": "What is heard without waitSound is contested: nothing by the older docs, not said by the newest.",
    "wait_method": "waitSound is always asked by POST.",
    "max_participants": "1 to 20, set by the first member; when full, the element and its action are skipped. Older docs: 100.",
    "room_time_limit": "timeLimit ends the whole conference for all. 86400 when not said (newest docs; older: no limit).",
    "leg_time_limit": "timeLimit is the whole conference's, not this leg's.",
    "status_events": "There is no filter: joining and leaving are always told, start and end of the conference never.",
    "status_url": "It gets the events of this member only, the recording's too.",
    "recording_url": "The recording is told to the same callbackUrl, with ConferenceAction=record.",
    "recording_events": "One message, when the recording is there.",
    "record_trim": "Recordings are not trimmed.",
    "record_format": "mp3 unless recordFileFormat says wav.",
    "relay_digits": "Digits are passed on unless relayDTMF says false.",
    "coach": "Only MultiPartyCall can coach.",
    "after_takes_over": "With redirect false the URL is only told, and the flow goes on.",
    "transcription_method": "POST by the newest docs, GET by the older.",
    "region": "The region cannot be chosen.",
}

SENSES = {
    "start_on_enter": "only a member with false waits, until another one joins (by the docs)",
    "record": "the recording begins with the conference",
    "wait": "it is heard while alone, or waiting for the start",
}

HINTS = {
    "beep": "enterSound, exitSound",
    "recordingCallbackUrl": "callbackUrl (ConferenceAction=record)",
    "recordCallbackUrl": "callbackUrl (ConferenceAction=record)",
    "recordingCallbackMethod": "callbackMethod",
    "recordingStatusCallback": "callbackUrl (ConferenceAction=record)",
    "statusCallback": "callbackUrl",
    "statusCallbackMethod": "callbackMethod",
    "maxParticipants": "maxMembers",
    "recordConference": "record",
    "stayOnConferenceEnd": "nothing like it; see stayAlone, endConferenceOnExit",
    "digitsMatchBLeg": "digitsMatch with callbackUrl",
    "waitMethod": "nothing; waitSound is always asked by POST",
    "waitUrl": "waitSound",
    "name": "the text of the element",
    "startOnEnter": "startConferenceOnEnter",
    "endOnExit": "endConferenceOnExit",
    "coachMode": "the verb MultiPartyCall",
    "role": "the verb MultiPartyCall",
}


def settle(said: dict[str, Any]) -> None:
    """callbackUrl hears of a recording only where there is one."""
    if said.get("record") in (None, False):
        said.pop("recording_url", None)
        said.pop("recording_method", None)


def prepare(said: dict[str, Any]) -> None:
    """Where only the recording has a URL, callbackUrl is the recording's, if there is one: else members' events came.

    floorEvent is said only for the floor.
    """
    if said.get("record") is not True:
        said.pop("recording_url", None)
        said.pop("recording_method", None)
    elif "recording_url" in said and "status_url" not in said:
        for name in ("url", "method"):
            if f"recording_{name}" in said:
                said[f"status_{name}"] = said[f"recording_{name}"]
    if "floor" not in said.get("status_events", ()):
        said.pop("status_events", None)


NEIGHBOURS = {
    "MultiPartyCall": Neighbour("joins a multi-party call, another kind of room", "error"),
    "PreAnswer": Neighbour(
        "plays before the answer", holds=True
    ),  # where it holds other verbs than Speak, Play and Wait
    "Record": Neighbour("records a message or the call", "error"),  # startOnDialAnswer: that of the next Dial
    "SendDigits": Neighbour("sends digits"),
}

DIALECT = Dialect(
    **OURS["plivo"]._asdict(),
    plain=Plain(),
    envelope=XmlEnvelope(
        "Conference",
        lookalikes={
            "MultiPartyCall": "<MultiPartyCall> is another verb, with other attributes and another kind of room"
        },
        early="PreAnswer",
    ),
    verbs={
        "conference": Verb(
            "Conference",
            ATTRIBUTES,
            IMPLIED,
            NOTES,
            HINTS,
            settle=settle,
            prepare=prepare,
            senses=SENSES,
            grave_senses={"start_on_enter": False},
        ),
        **VERBS,
    },
    afterwards="the call is ended",
    neighbours=NEIGHBOURS,
    options=OPTIONS,
    sources=(
        "docs.plivo.com, voice XML, conference, newest",
        "plivo.com/docs/xml/conference, older",
        "PyPI plivo 4.63.0, npm plivo 4.79.0",
    ),
    about=__doc__ or "",
)
