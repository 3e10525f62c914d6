"""jambonz, verb `conference` (newer synonym `room`).

Sources: `jambonz-feature-server` 0.9.8, 2026-07-20 (conference task and HTTP requestor, read and executed); npm
`@jambonz/verb-specifications` 0.1.13, the validator that the server runs; npm `@jambonz/schema` 0.4.15; PyPI
`jambonz-python-sdk` 0.4.0; docs.jambonz.org, conference verb and coach mode guide, 2025 to 2026, wrong in places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialects.families.jambonz_codecs import Hook
from dialects.families.jambonz_steps import OPTIONS, VERBS
from translator.array_steps import folds
from translator.codecs import Choice, Codec, Illegal, Name, Raw, Text, Whole, Words, json_boolean
from translator.dialect import Attribute, Dialect, Neighbour, Plain, Verb
from translator.envelope import JsonArrayEnvelope
from translator.registry import OURS
from translator.values import OMIT, UNKNOWN, is_url


class Cap(Whole):
    """The server pays no heed to 1 and less: a room for one is never what they make."""

    def read(self, wire: Any) -> Any:
        try:
            return super().read(wire)
        except Illegal as error:
            if error.value is OMIT:
                raise
            raise Illegal("has no effect: only values over 1 do") from None


class RecordPath(Codec):
    """`{"path": "<file on the media server>"}`, and nothing else: there is no recording without a path."""

    vocabulary = "record path"
    values = '{"path": text}'
    samples = ({"path": "/recordings/room.mp3"},)

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, dict) or not isinstance(wire.get("path"), str) or not wire["path"]:
            raise Illegal("has no path", hint='{"path": "<file on the media server>"}')
        if len(wire) > 1:
            raise Illegal("holds more than path, which the server refuses", (True, wire["path"]))
        return True, wire["path"]

    def write(self, value: Any) -> Any:
        on, path = value
        return {"path": path} if on is True and isinstance(path, str) else OMIT


class TalkEvents(Words):
    """Talking has two events here and one elsewhere: both of them are `speaker`."""

    def merge(self, found: set[str]) -> set[str]:
        if {"speaker-start", "speaker-stop"} <= found:
            return found - {"speaker-start", "speaker-stop"} | {"speaker"}
        return found


STATUS_EVENTS = TalkEvents(
    {
        "start": "start",
        "end": "end",
        "join": "join",
        "leave": "leave",
        "start-talking": "speaker-start",
        "stop-talking": "speaker-stop",
    },
    ("start", "end", "join", "leave", "speaker", "speaker-start", "speaker-stop"),
    separator="",
    vocabulary="jambonz events",
    odd={
        "end-talking": ("speaker-stop", "the platform ignores it; stop-talking is meant"),
        "say-start": (OMIT, "newer SDK types have it, server 0.9.8 does not"),
        "say-done": (OMIT, "newer SDK types have it, server 0.9.8 does not"),
        "play-start": (OMIT, "newer SDK types have it, server 0.9.8 does not"),
        "play-done": (OMIT, "newer SDK types have it, server 0.9.8 does not"),
    },
    nearest={"speaker": ("speaker-start", "speaker-stop")},
)

FLAG = json_boolean()
UNSAFE = "is put unescaped into a FreeSWITCH command: a blank, @ or + in it is unsafe"

ATTRIBUTES = (
    Attribute("name", "name", Name(unsafe=r"[\s@+]", why=UNSAFE)),
    Attribute(
        "beep",
        "enter_sound",
        Choice({True: "beep", False: "none"}, vocabulary="boolean", nearest={"beep:2": True}, on_text=False),
        note="Once, on entering; never on leaving.",
    ),
    Attribute("joinMuted", "muted", FLAG),
    Attribute("startConferenceOnEnter", "start_on_enter", FLAG),
    Attribute(
        "endConferenceOnExit",
        "end_on_exit",
        Choice({True: "last", False: "no"}, vocabulary="boolean", nearest={"any": True}, on_text=False),
    ),
    Attribute("endConferenceDuration", "moderator_grace", Whole(0, text=False, unit="seconds")),
    Attribute("maxParticipants", "max_participants", Cap(2, text=False)),
    Attribute("memberTag", "label", Text(filled=True)),
    Attribute("speakOnlyTo", "speak_only_to", Text(filled=True)),
    Attribute("distributeDtmf", "relay_digits", FLAG),
    Attribute("waitHook", ("wait", "wait_method"), Hook()),
    Attribute("enterHook", ("entry_prompt", "entry_prompt_method"), Hook()),
    Attribute("actionHook", ("after_url", "after_method"), Hook()),
    Attribute("statusHook", ("status_url", "status_method"), Hook(), note="Nothing is sent without statusEvents."),
    Attribute(
        "statusEvents",
        "status_events",
        STATUS_EVENTS,
        when_none=(),
        when_unknown=("start", "end", "join", "leave"),
        note="Always written beside statusHook.",
    ),
    Attribute("record", ("record", "record_path"), RecordPath()),
    Attribute(
        "listen",
        "listen",
        Raw(dict, values="an object with url"),
        severity="error",
        note="Accepted by the schema, not run by server 0.9.8.",
    ),
    Attribute(
        "stream",
        "audio_stream",
        Raw(dict, values="an object"),
        severity="error",
        note="Accepted by the schema, refused by the server's validator, not run by server 0.9.8.",
    ),
    Attribute(
        "id", "verb_id", Raw(str, values="text"), severity="notice", note="It comes back as verb_id in the action hook."
    ),
    Attribute(
        "endHook",
        "end_hook",
        Raw(str, dict, values="a hook"),
        severity="notice",
        inert="the server reads it and never uses it",
    ),
)

IMPLIED = {
    "name": None,
    "muted": False,
    "start_on_enter": True,
    "end_on_exit": "no",
    "enter_sound": "none",
    "exit_sound": "none",
    "entry_prompt": None,
    "entry_prompt_method": "POST",
    "entry_prompt_serves": "jambonz-wait",
    "wait": "silence",
    "wait_method": "POST",
    "wait_serves": "jambonz-wait",
    "max_participants": None,
    "record": False,
    "record_trim": False,
    "record_format": UNKNOWN,
    "record_path": None,
    "recording_url": None,
    "recording_method": None,
    "recording_events": None,
    "recording_payload": None,
    "status_url": None,
    "status_method": "POST",
    "status_events": (),
    "status_payload": "jambonz-json",
    "end_url": None,
    "after_url": None,
    "after_method": "POST",
    "after_takes_over": True,
    "after_serves": "jambonz",
    "coach": None,
    "label": None,
    "speak_only_to": None,
    "hangup_on_star": False,
    "digit_patterns": None,
    "relay_digits": False,
    "leg_time_limit": None,
    "room_time_limit": None,
    "moderator_grace": None,
    "stay_alone": True,
    "region": None,
    "jitter_buffer": UNKNOWN,
    "stream": None,
    "transcription": None,
    "transcription_url": None,
    "transcription_method": None,
}

NOTES = {
    "name": "Blanks, @ and + in a name are unsafe (inferred from the server's source).",
    "enter_sound": "beep is a tone for the whole room, once, right after this member has entered.",
    "exit_sound": "There is no exit tone, ever.",
    "start_on_enter": "One participant starts a room; not said starts it too, but only an explicit true makes a moderator.",
    "end_on_exit": "The room ends when the last member with the flag has left, though the event end is sent at once.",
    "wait": "Waiting is silence; waitHook is asked only while startConferenceOnEnter is false and there is no room yet.",
    "status_events": "Nothing is sent without a list; those of the member that starts the room count.",
    "status_url": "Those of the member that starts the room count; GET sends no data at all.",
    "status_method": "GET sends no data at all.",
    "record": "Recording needs a file path on the media server (record.path); with other media servers than FreeSWITCH it may do nothing.",
    "record_trim": "Recordings are not trimmed.",
    "record_format": "By the extension of the path (inferred).",
    "recording_url": "Nobody is told about a recording.",
    "moderator_grace": "endConferenceDuration is a grace time after the last moderator left, not a longest duration.",
    "leg_time_limit": "There is no time limit; endConferenceDuration is not one.",
    "room_time_limit": "There is no time limit; endConferenceDuration is not one.",
    "max_participants": "Only values over 1 take effect; the last one that is set counts.",
    "speak_only_to": "With start, end or mute set to true the member enters muted, and nothing unmutes it.",
    "relay_digits": "It has an effect only beside endConferenceOnExit, startConferenceOnEnter or joinMuted set to true.",
    "coach": "Coaching is done with tags: memberTag on one leg, speakOnlyTo on the other.",
    "after_url": "An answer that is no array goes on with the next verb; it gets call data only.",
    "hangup_on_star": "Nobody leaves with a key.",
    "stay_alone": "There is no rule for being alone.",
}

HINTS = {
    "startOnEnter": "startConferenceOnEnter",
    "endOnExit": "endConferenceOnExit",
    "muted": "joinMuted",
    "waitUrl": "waitHook",
    "statusCallback": "statusHook",
    "recordingStatusCallback": "nothing like it; jambonz tells nobody about a recording",
}


SENSES = {
    "start_on_enter": "one participant starts the room, and only an explicit true makes a moderator",
    "record": "the recording begins when the starter joins",
    "wait": "it is asked only while there is no room yet, and startConferenceOnEnter is false",
    "label": "a tag may be shared by several members",
}


def _moderates(said: Mapping[str, Any]) -> bool:
    """Whether any of the three flags is true that distributeDtmf and speakOnlyTo depend on."""
    return said.get("start_on_enter") is True or said.get("end_on_exit") == "last" or said.get("muted") is True


def _mutes(said: Mapping[str, Any]) -> bool:
    return "speak_only_to" in said and _moderates(said)


def _relays_nothing(said: Mapping[str, Any]) -> bool:
    return said.get("relay_digits") is True and not _moderates(said)


def _never_waits(said: Mapping[str, Any]) -> bool:
    return is_url(said.get("wait")) and said.get("start_on_enter") is not False


def effects(said: Mapping[str, Any]) -> dict[str, Any]:
    """What attributes do to each other (server source)."""
    found: dict[str, Any] = {}
    if _mutes(said):
        found["muted"] = True
    if _relays_nothing(said):
        found["relay_digits"] = False
    if said.get("status_method") == "GET":
        found["status_payload"] = "nothing"
    return found


def ignores(said: Mapping[str, Any]) -> dict[str, Any]:
    """waitHook is asked only where the member does not start the room."""
    return {"wait": "silence"} if _never_waits(said) else {}


def remark(said: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if _mutes(said):
        words = "beside start, end or mute set to true the member enters muted, and nothing unmutes it"
        yield "speakOnlyTo", words, "warning"
    if _relays_nothing(said):
        words = "it has no effect without endConferenceOnExit, startConferenceOnEnter or joinMuted true"
        yield "distributeDtmf", words, "notice"
    if _never_waits(said):
        yield "waitHook", "it is never asked unless startConferenceOnEnter is false", "warning"


NEIGHBOURS = {
    "alert": Neighbour("rings with a given alert", "notice"),
    "cognigy": Neighbour("connects an agent", "error"),
    "config": Neighbour("sets up the session", "error"),
    "deepgram_s2s": Neighbour("connects a voice agent", "error"),
    "dequeue": Neighbour("takes a caller out of a queue", "error"),
    "dialogflow": Neighbour("connects an agent", "error"),
    "dub": Neighbour("mixes another track in"),
    "enqueue": Neighbour("puts the caller into a queue", "error"),
    "leave": Neighbour("leaves a queue", "error"),
    "llm": Neighbour("connects a voice agent", "error"),
    "rasa": Neighbour("connects an agent", "error"),
    "rest:dial": Neighbour("calls somebody", "error"),
    "sip:refer": Neighbour("transfers the call by SIP", "error"),
    "sip:request": Neighbour("sends a SIP request"),
    "tag": Neighbour("sets metadata", "notice"),
    "transcribe": Neighbour("transcribes the call"),
}

DIALECT = Dialect(
    **OURS["jambonz"]._asdict(),
    plain=Plain(named_by="verb"),
    envelope=JsonArrayEnvelope("conference", {"room": "is refused by the server's validator (0.1.13)"}),
    verbs={
        "conference": Verb(
            "conference",
            ATTRIBUTES,
            IMPLIED,
            NOTES,
            HINTS,
            effects=effects,
            ignores=ignores,
            remark=remark,
            senses=SENSES,
        ),
        **VERBS,
    },
    falls_through=True,
    options=OPTIONS,
    folds=folds,
    afterwards="the call is ended",  # a webhook application's; one over a websocket waits for more verbs
    neighbours=NEIGHBOURS,
    sources=(
        "jambonz-feature-server 0.9.8, 2026-07-20, source",
        "npm @jambonz/verb-specifications 0.1.13 and @jambonz/schema 0.4.15",
        "docs.jambonz.org, conference verb, 2025 to 2026",
    ),
    about=__doc__ or "",
)
