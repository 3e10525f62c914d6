"""Twilio Markup Language (TwiML), `<Response><Dial><Conference>`.

Sources: Twilio docs, page of the conference noun (twilio.com/docs/voice/twiml/conference), read in 2026; PyPI `twilio`
9.13.0; npm `twilio` 6.2.0, typed; `twilio-java` of 2026-04. The values of `DialCallStatus` after a conference were not
verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dialects.families import dial
from dialects.families import dial_steps as steps
from translator.codecs import Choice, Text, Url, Whole, Words, method, xml_boolean
from translator.dialect import Attribute, Dialect, Plain, Verb, extended
from translator.envelope import XmlEnvelope
from translator.registry import OURS
from translator.step_codecs import Free, Table, XmlVoice
from translator.step_fields import STEPS
from translator.values import OMIT, UNKNOWN

REGIONS = ("us1", "us2", "ie1", "de1", "sg1", "br1", "au1", "jp1")

ATTRIBUTES = extended(
    (*dial.DIAL, *dial.CONFERENCE),
    Attribute("action", "after_url", Url(""), element="Dial"),
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


VOICE = XmlVoice(
    {"man": "male", "woman": "female", "alice": "alice"}, google="Google", engines=("neural", "generative")
)

NEW = "New: Python SDK 9.13, Node SDK 6.2."
CONFIGURED = Attribute("recordingConfigurationId", "recording_configuration", dial.TEXT, severity="error", note=NEW)
MACHINE = (
    Attribute("machineDetection", "leg_machine_detection", dial.TEXT, severity="error"),
    *(
        Attribute(wire, own, Whole(1, text=True), severity="notice")
        for wire, own in (
            ("machineDetectionTimeout", "machine_timeout"),
            ("machineDetectionSpeechThreshold", "machine_speech_threshold"),
            ("machineDetectionSpeechEndThreshold", "machine_speech_end_threshold"),
            ("machineDetectionSilenceTimeout", "machine_silence_timeout"),
        )
    ),
    Attribute("amdStatusCallback", "machine_status_url", dial.TEXT, severity="error"),
    Attribute("amdStatusCallbackMethod", "machine_status_method", dial.METHOD, default="POST", severity="notice"),
)

VERBS = {
    **steps.verbs(
        "twiml",
        "twiml-form",
        VOICE,
        "male",
        gather=(
            *steps.GATHER,
            Attribute("bargeIn", "barge_in", xml_boolean()),
            Attribute("maxSpeechTime", "max_speech_time", Whole(1, text=True, unit="seconds"), severity="notice"),
            Attribute("debug", "debug", steps.FLAG, severity="notice", default="false"),
        ),
        dial=(
            *steps.DIAL,
            Attribute("sequential", "order", Choice({"true": "serial", "false": "parallel"}, vocabulary="boolean")),
            Attribute("referUrl", "refer_url", dial.TEXT, severity="error"),
            Attribute("referMethod", "refer_method", dial.METHOD, default="POST", severity="notice"),
            CONFIGURED,
            Attribute("events", "dial_events", dial.words("call-progress-event", vocabulary="dial events"), note=NEW),
            Attribute("passports", "passports", dial.TEXT, severity="notice", note=NEW),
        ),
        record=(*steps.RECORD, CONFIGURED),
        stream=(
            *steps.STREAM,
            Attribute("audioFormat", "audio_format", dial.TEXT, severity="error", note=NEW),
            Attribute("sampleRate", "sample_rate", dial.TEXT, severity="error", note=NEW),
            Attribute("connectorName", "connector", dial.TEXT, severity="error", note=NEW),
        ),
        number=(Attribute("byoc", "trunk_sid", dial.TEXT, severity="error"), *MACHINE),
        sip=MACHINE,
        queue=(
            Attribute("reservationSid", "reservation_sid", dial.TEXT, note="TaskRouter's."),
            Attribute("postWorkActivitySid", "post_work_activity_sid", dial.TEXT, note="TaskRouter's."),
        ),
        record_implied={"silence_timeout": 5, "max_seconds": 3600, "finish_keys": "1234567890*#"},
        speech_timeout=5,
    ),
    "target/Client": Verb(
        "Client",
        (
            Attribute("", "address", Free("name of a client", "alice", trim=True)),
            *(row for row in steps.LEG if row.wire != "sendDigits"),
            Attribute("<Parameter>", "client_parameters", Table(values="Parameter elements"), severity="error"),
        ),
        STEPS["target"].unsaid(
            screen_method="POST",
            screen_serves="twiml",
            status_method="POST",
            status_payload="twiml-form",
            status_events=(),
        ),
        kind="target",
        says={"type": "user"},
        senses={"address": "a client of the account"},
        takes=steps.of_type("user"),
    ),
    "start_recording": Verb(
        "Start/Recording",
        (
            Attribute(
                "track",
                "direction",
                Choice({"inbound": "caller", "outbound": "remote", "both": "both"}, vocabulary="track"),
            ),
            Attribute("channels", "channels", Choice({"mono": "mono", "dual": "stereo"}, vocabulary="channels")),
            Attribute("trim", "trim_silence", steps.TRIM),
            Attribute("recordingStatusCallback", "status_url", Url("")),
            Attribute("recordingStatusCallbackEvent", "status_events", steps.EVENTS),
            Attribute("recordingStatusCallbackMethod", "status_method", method()),
            CONFIGURED,
        ),
        STEPS["start_recording"].unsaid(
            direction="both",
            channels=UNKNOWN,
            trim_silence=UNKNOWN,
            file_format=UNKNOWN,
            beep=False,
            status_method="POST",
            status_events=UNKNOWN,
            status_payload="twiml-form",
            transcribe=False,
        ),
        {"channels": "Known to the types of 2026 only; nothing is said of its default."},
        kind="start_recording",
    ),
}

VERBS["gather"] = replace(VERBS["gather"], effects=steps.one_wait)

DIALECT = Dialect(
    **OURS["twiml"]._asdict(),
    plain=Plain(),
    envelope=XmlEnvelope(
        "Conference", wrapper="Dial", prior=0.06, shared="cXML and other relatives have the same shape"
    ),
    verbs={
        "conference": Verb(
            "Conference", ATTRIBUTES, IMPLIED, NOTES, HINTS, effects=effects, remark=remark, senses=dial.SENSES
        ),
        **VERBS,
    },
    afterwards="the call is ended",
    neighbours=dial.NEIGHBOURS,
    kin={"cxml": "SignalWire's voices and defaults may differ"},
    sources=(
        "Twilio docs, TwiML voice: Conference, 2026",
        "PyPI twilio 9.13.0, npm twilio 6.2.0",
    ),
    about=__doc__ or "",
)
