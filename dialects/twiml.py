"""Twilio Markup Language (TwiML), `<Response><Dial><Conference>`.

Sources: Twilio docs, page of the conference noun (twilio.com/docs/voice/twiml/conference), read in 2026; PyPI `twilio`
9.13.0; npm `twilio` 6.2.0, typed; `twilio-java` of 2026-04. The values of `DialCallStatus` after a conference were not
verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialects.families import dial
from translator.codecs import Choice, Text, Url, Whole, Words
from translator.dialect import Attribute, Dialect, Verb, extended
from translator.envelope import XmlEnvelope
from translator.registry import aliases_of
from translator.values import OMIT

REGIONS = ("us1", "us2", "ie1", "de1", "sg1", "br1", "au1", "jp1")

ATTRIBUTES = extended(
    (*dial.DIAL, *dial.CONFERENCE),
    Attribute("waitUrl", "wait", Url("", words={"silence": ""}), note="An empty one is silence."),
    Attribute("maxParticipants", "max_participants", Whole(2, 250, text=True)),
    Attribute(
        "region",
        "region",
        Choice(
            {region: region for region in REGIONS},
            vocabulary="twilio region",
            nearest={"us": "us1", "us-east": "us1", "eu": "ie1"},
            odd={"ireland": (OMIT, "ie1")},
        ),
        note="The first participant's wins.",
    ),
    Attribute(
        "participantLabel",
        "label",
        Text(unsafe=r"^.{129}", why="takes at most 128 characters"),
        note="Unique in the room: a duplicate is error 16025, and the call skips to the next verb.",
    ),
    Attribute(
        "statusCallbackEvent",
        "status_events",
        Words.plain(dial.EVENTS, "events", also=","),
        when_unknown=("start", "end", "join", "leave"),
    ),
    Attribute(
        "recordingConfigurationId",
        "recording_configuration",
        dial.TEXT,
        severity="error",
        note="New: Python SDK 9.13, Node SDK 6.2.",
    ),
    dial.inert(
        "referUrl", "refer_url", "it is asked when a called number is referred", "https://app.example.com/refer"
    ),
    dial.inert("referMethod", "refer_method", "it is asked when a called number is referred", "GET"),
    dial.inert("sequential", "sequential", "it orders several called numbers", "true"),
)

IMPLIED = {
    **dial.IMPLIED,
    "wait_serves": "twiml-wait",
    "after_serves": "twiml",
    "status_payload": "twiml-form",
    "recording_payload": "twiml-form",
    "max_participants": 250,
    "status_events": (),
    "recording_events": ("completed",),
    "region": None,
    "jitter_buffer": "large",
}

NOTES = {
    **dial.NOTES,
    "name": "Rooms belong to the account; the docs warn against personal data in names.",
    "start_on_enter": "With false the participant waits muted, with the wait audio.",
    "end_on_exit": "The first such leaver ends it; the others fall through to the next verb or the action URL.",
    "wait": "Twilio's playlist unless waitUrl says otherwise; an empty waitUrl is silence. A document that ends leaves silence.",
    "wait_method": "POST; GET for the default playlist.",
    "max_participants": "At most 250.",
    "status_url": "The first participant's wins.",
    "status_events": "Nothing is sent without a list; the first participant's wins.",
    "recording_events": "completed, unless a list is given.",
    "coach": "A dead call SID is error 13240, and the call goes to the action URL.",
    "region": "Chosen by Twilio unless said; the first participant's wins.",
    "jitter_buffer": "For each participant; large (60 ms) unless said.",
    "end_url": "Deprecated; ignored where recordingStatusCallback is set.",
    "after_url": "Its TwiML replaces the flow; without it the next verb runs, or the call ends.",
}

HINTS = {**dial.HINTS, "callerName": "nothing like it (callerName is cXML)"}


def effects(said: Mapping[str, Any]) -> dict[str, Any]:
    """eventCallbackUrl is ignored where recordingStatusCallback is set."""
    return {"end_url": None} if "end_url" in said and "recording_url" in said else {}


def remark(said: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if "end_url" in said and "recording_url" in said:
        yield "eventCallbackUrl", "it is ignored where recordingStatusCallback is set", "notice"


DIALECT = Dialect(
    name="twiml",
    title="TwiML",
    syntaxes=("xml",),
    suffixes=(".twiml.xml",),
    aliases=aliases_of("twiml"),
    envelope=XmlEnvelope(
        "Conference", wrapper="Dial", prior=0.06, shared="cXML and other relatives have the same shape"
    ),
    verbs={
        "conference": Verb(
            "Conference", ATTRIBUTES, IMPLIED, NOTES, HINTS, effects=effects, remark=remark, senses=dial.SENSES
        )
    },
    neighbours=dial.NEIGHBOURS,
    kin={"cxml": "SignalWire's voices and defaults may differ"},
    sources=(
        "Twilio docs, TwiML voice: Conference, 2026",
        "PyPI twilio 9.13.0, npm twilio 6.2.0",
    ),
    about=__doc__ or "",
)
