"""The table of `join_conference`, shared by SWML, SWAIG and RELAY. Sources: see `dialects.swml`."""

from __future__ import annotations

import re
from typing import Any

from dialects.families.swml_verbs import AFTER, AFTER_IMPLIED
from translator.codecs import Beep, Choice, Illegal, Name, Raw, Text, Url, Variable, Whole, Words, json_boolean, method
from translator.dialect import Attribute, Neighbour
from translator.values import OMIT, UNKNOWN, Template

EVENTS = ("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement")
RECORDING_EVENTS = ("in-progress", "completed", "absent")


class Region(Choice):
    """The four regions of the docs schema; the SDK schema takes any text (contested)."""

    def read(self, wire: Any) -> Any:
        try:
            return super().read(wire)
        except Illegal:
            if not isinstance(wire, str) or not wire:
                raise
            raise Illegal("is no region of the docs schema, though the SDK schema takes it", wire) from None


class WaitUrl(Url):
    """A URL that serves SWML; `say:` and its like belong to the method play."""

    def read(self, wire: Any) -> Any:
        url = super().read(wire)
        if re.match(r"(?:say|ring|silence):", url):
            raise Illegal("is what the method play takes, not a URL", hint="a URL that serves SWML")
        return url


class FreeRegion(Choice):
    """Any text; a region that is plainly another platform's comes nearest to one of the four."""

    def read(self, wire: Any) -> Any:
        if not isinstance(wire, str) or not wire:
            raise Illegal("is not a text")
        return wire

    def write(self, value: Any) -> Any:
        found = super().write(value)
        free = isinstance(value, str) and not isinstance(value, Template) and value not in ELSEWHERE
        return value if found is OMIT and free else found


class Stream(Raw):
    """A websocket feed: an object with a `wss://` URL and a closed set of keys."""

    KEYS = (
        "url", "name", "codec", "status_url", "status_url_method", "realtime", "authorization_bearer_token",
        "custom_parameters",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__(dict, values="an object with url (wss://) and more")

    def read(self, wire: Any) -> Any:
        stream = super().read(wire)
        url = stream.get("url")
        if not isinstance(url, str) or not url.startswith(("wss://", "$", "%", "{")):
            raise Illegal("has no url that begins with wss://")
        unknown = [key for key in stream if key not in self.KEYS]
        if unknown:
            raise Illegal(f"holds {', '.join(unknown)}, which the schema does not know", stream, severity="warning")
        return stream


class Branches(Raw):
    """`result`: a switch (`variable`, `case`, `default`) or a list of conditions."""

    def __init__(self) -> None:
        super().__init__(dict, list, values="a switch (variable, case, default) or a list of conditions")
        self.samples = ({"variable": "return_value", "case": {"completed": [{"hangup": {}}]}}, [])

    def read(self, wire: Any) -> Any:
        value = super().read(wire)
        if isinstance(value, dict) and not isinstance(value.get("case"), dict):
            raise Illegal("has no case")
        return value


FLAVOURS = {"cxml": "cxml-form", "laml": "laml", "relay": "relay"}
REGIONS = {word: word for word in ("global", "us", "eu", "ch")}
ELSEWHERE = ("sg1", "br1", "au1", "jp1")
"""Regions of TwiML and cXML that none of the four is near to."""
FOREIGN_REGIONS = {"us1": "us", "us2": "us", "ie1": "eu", "de1": "eu"}
PAYLOADS = Choice(FLAVOURS, vocabulary="payload")
FLAG = Variable(json_boolean())

ATTRIBUTES = (
    Attribute("name", "name", Name()),
    Attribute("muted", "muted", FLAG),
    Attribute(
        "beep",
        ("enter_sound", "exit_sound"),
        Beep(odd={True: (Beep.BOTH, '"true"'), False: (Beep.NEITHER, '"false"')}, exact=True),
        note="A string; a JSON or YAML boolean is no legal value.",
    ),
    Attribute("start_on_enter", "start_on_enter", FLAG),
    Attribute(
        "end_on_exit",
        "end_on_exit",
        Variable(Choice({True: "any", False: "no"}, vocabulary="boolean", nearest={"last": True}, on_text=False)),
    ),
    Attribute(
        "wait_url",
        "wait",
        WaitUrl(empty="silence"),
        note="Asked by POST; contested: the schema's own text still calls it a media URL.",
    ),
    Attribute("max_participants", "max_participants", Variable(Whole(2, 100000, text=False))),
    Attribute(
        "record",
        "record",
        Choice(
            {"do-not-record": False, "record-from-start": True},
            vocabulary="record",
            odd={"true": (OMIT, "record-from-start"), "false": (OMIT, "do-not-record")},
            exact=True,
        ),
    ),
    Attribute(
        "region",
        "region",
        Region(REGIONS, vocabulary="region", nearest={**FOREIGN_REGIONS, "us-east": "us", "us-west": "us"}),
    ),
    Attribute("trim", "record_trim", Choice({"trim-silence": True, "do-not-trim": False}, vocabulary="trim")),
    Attribute("coach", "coach", Text(filled=True), note="Who hears whom is contested between SignalWire's own pages."),
    Attribute("status_callback", "status_url", Url()),
    Attribute(
        "status_callback_event",
        "status_events",
        Words.plain(EVENTS, "events", also=","),
        values=" ".join(EVENTS) + ", parted by blanks",
    ),
    Attribute(
        "status_callback_event_type",
        "status_payload",
        PAYLOADS,
        volunteers=False,
        note="Docs schema only (2026-06-03); the SDK schema refuses it, so it is written only when it was said.",
    ),
    Attribute("status_callback_method", "status_method", method()),
    Attribute("recording_status_callback", "recording_url", Url()),
    Attribute(
        "recording_status_callback_event",
        "recording_events",
        Words.plain(RECORDING_EVENTS, "recording events", also=","),
        values=" ".join(RECORDING_EVENTS) + ", parted by blanks",
    ),
    Attribute(
        "recording_status_callback_event_type",
        "recording_payload",
        PAYLOADS,
        volunteers=False,
        note="Docs schema only; written only when it was said.",
    ),
    Attribute("recording_status_callback_method", "recording_method", method()),
    Attribute("stream", "stream", Stream(), note="Docs schema only."),
    AFTER,
    Attribute(
        "result",
        "result",
        Branches(),
        severity="error",
        note="Steps to run when the result of the conference is known.",
    ),
)

FREE_REGION = FreeRegion(REGIONS, vocabulary="region", nearest=FOREIGN_REGIONS)

IMPLIED = {
    "name": None,
    "muted": False,
    "start_on_enter": True,
    "end_on_exit": "no",
    "enter_sound": "beep",
    "exit_sound": "beep",
    "entry_prompt": None,
    "entry_prompt_method": None,
    "entry_prompt_serves": None,
    "wait": "music",
    "wait_method": "POST",
    "wait_serves": "swml",
    "max_participants": UNKNOWN,  # contested: 100000 or 250
    "record": False,
    "record_trim": True,
    "record_format": UNKNOWN,
    "record_path": None,
    "recording_url": None,
    "recording_method": "POST",
    "recording_events": UNKNOWN,
    "recording_payload": "swml-json",
    "status_url": None,
    "status_method": "POST",
    "status_events": UNKNOWN,
    "status_payload": "swml-json",
    "end_url": None,
    "after_url": None,
    **AFTER_IMPLIED,
    "coach": None,
    "label": None,
    "speak_only_to": None,
    "hangup_on_star": False,
    "digit_patterns": None,
    "relay_digits": UNKNOWN,
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
    "name": "Rooms belong to the project, and are shared with its cXML conferences.",
    "max_participants": "The unsaid cap is contested: 100000 by the newest docs, 250 by the older page and an open issue.",
    "wait": "The platform's own music plays unless wait_url is given; no documented spelling means silence.",
    "wait_method": "wait_url is always asked by POST.",
    "status_events": "Which events come without a filter is not documented.",
    "recording_events": "The schema has no default; the SDK treats completed as the silent one.",
    "coach": "Who hears whom is contested between SignalWire's own pages.",
    "after_url": "There is no such URL: a transfer right behind the conference goes on there when this leg has left.",
    "leg_time_limit": "There is no time limit.",
    "room_time_limit": "There is no time limit.",
    "hangup_on_star": "Nobody leaves with a key.",
    "stay_alone": "There is no rule for being alone.",
    "record_format": "The format cannot be chosen.",
    "record_trim": "Silence is cut unless trim says do-not-trim.",
    "region": "global, us, eu or ch by the docs schema; any text by the SDK schema (contested).",
    "status_url": "Whose callback is used, when several participants give one, is not documented.",
}

SENSES = {
    "start_on_enter": "the room starts when somebody with true arrives",
    "wait": "it is heard until somebody with start_on_enter arrives",
}

HINTS = {
    "min_participants": "nothing; it is not in the schema",
    "video": "nothing; it is not in the schema",
    "status_url": "status_callback",
    "status_events": "status_callback_event",
    "join_options": "its keys, in join_conference itself",
    "hold_audio": "wait_url",
    "startConferenceOnEnter": "start_on_enter",
    "endConferenceOnExit": "end_on_exit",
    "maxParticipants": "max_participants",
    "waitUrl": "wait_url",
    "statusCallback": "status_callback",
}

NEIGHBOURS = {
    "conference": Neighbour("is no method: join_conference is", "error", absent=True),
    "result": Neighbour("runs steps by the result of the conference", "error", only_branches=True),
    "section": Neighbour("holds steps that are jumped to", "error", only_branches=True),
    "ai": Neighbour("starts an AI agent", "error"),
    "ai_sidecar": Neighbour("starts an AI helper", "error"),
    "amazon_bedrock": Neighbour("starts an AI agent", "error"),
    "cond": Neighbour("runs steps on a condition", "error", only_branches=True),
    "connect": Neighbour("calls somebody", "error"),
    "denoise": Neighbour("filters noise", "warning"),
    "detect_machine": Neighbour("detects an answering machine", "warning"),
    "enter_queue": Neighbour("puts the caller into a queue", "error"),
    "execute": Neighbour("runs another section or document", "error"),
    "goto": Neighbour("jumps to a label", "error"),
    "join_room": Neighbour("joins a video room", "error"),
    "label": Neighbour("marks a place for goto", "notice"),
    "live_transcribe": Neighbour("transcribes the call", "warning"),
    "live_translate": Neighbour("translates the call", "warning"),
    "pay": Neighbour("takes a payment", "error"),
    "receive_fax": Neighbour("receives a fax", "error"),
    "request": Neighbour("asks a web service", "error"),
    "return": Neighbour("returns from a section", "error"),
    "send_fax": Neighbour("sends a fax", "error"),
    "set": Neighbour("sets variables", "warning"),
    "sip_refer": Neighbour("transfers the call by SIP", "error"),
    "stop_denoise": Neighbour("stops the noise filter", "warning"),
    "stop_record_call": Neighbour("stops the recording of the call", "error"),
    "stop_stream": Neighbour("stops a stream", "error"),
    "stop_tap": Neighbour("stops a tap", "error"),
    "switch": Neighbour("runs steps by a variable", "error", only_branches=True),
    "transcribe": Neighbour("transcribes the call", "warning"),
    "transcribe_stop": Neighbour("stops the transcription", "warning"),
    "transfer": Neighbour("goes on in another section or document", "error"),
    "unset": Neighbour("clears variables", "warning"),
    "user_event": Neighbour("sends an event", "warning"),
}
