"""SignalWire Compatibility XML (cXML, also called LaML), `<Response><Dial><Conference>`.

Sources: SignalWire docs, pages of the conference noun and of `<Dial>`, cXML specification, error codes, webhook
specification, 2026-08-21; npm `@signalwire/compatibility-api` 3.2.0 (types, generated from TwiML and partly wider
than the docs); builders of PyPI `signalwire` 2.1.1 and `twilio` 9.13.0. The server is closed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialects.families import dial
from dialects.families import dial_steps as steps
from translator.codecs import Choice, Name, Text, Whole, Words
from translator.dialect import Attribute, Dialect, Plain, Verb, extended
from translator.envelope import XmlEnvelope
from translator.registry import OURS
from translator.step_codecs import Digits, Free, Span, XmlVoice
from translator.step_fields import STEPS
from translator.values import UNKNOWN

ATTRIBUTES = extended(
    (*dial.DIAL, *dial.CONFERENCE),
    Attribute(
        "",
        "name",
        Name(trim=True, unsafe=r"^.{65}", why="takes friendly names of 1 to 64 characters (REST, error 20002)"),
    ),
    Attribute(
        "recordingStatusCallbackEvent",
        "recording_events",
        Words.plain(
            dial.RECORDING_EVENTS,
            "recording events",
            odd={"failed": ("absent", "contested: the conference page says failed, all other pages absent")},
            also=",",
        ),
    ),
    # known to the SDK's types only
    Attribute("region", "region", Text(), confirmed=False, values="us1 ie1 sg1 br1 au1 jp1 de1"),
    Attribute("jitterBufferSize", "jitter_buffer", dial.JITTER, confirmed=False),
    Attribute("participantLabel", "label", Text(), confirmed=False),
    # <Dial> of cXML alone
    dial.on_dial("recordingStorageUrl", "dial_recording_storage_url", severity="error", note=dial.LEG),
    dial.on_dial(
        "recordingStorageUrlMethod", "dial_recording_storage_method", dial.STORAGE_METHOD, default="POST", note=dial.LEG
    ),
    dial.inert("callerName", "caller_name", "it is shown to a called number", "Front desk"),
)

IMPLIED = {
    **dial.IMPLIED,
    "wait_serves": "cxml-wait",
    "after_serves": "cxml",
    "status_payload": "cxml-form",
    "recording_payload": "cxml-form",
}

NOTES = {
    **dial.NOTES,
    "name": "Rooms belong to the project, and are shared with its SWML conferences.",
    "start_on_enter": "The room starts only when two are there, one of them with true; until then even a lone starter waits.",
    "wait": "It is heard until two are in the room. What an empty waitUrl does is not documented; in TwiML it is silence.",
    "max_participants": "The cap is not documented (TwiML: 250).",
    "status_url": "Taken from the first participant only; a callback is tried up to 3 times, with 2 s to connect and 5 s to read.",
    "status_events": "Taken from the first participant only; what comes without a list is not documented.",
    "recording_events": "The default is contested: completed failed (conference page), or completed (webhook specification).",
    "recording_url": "Documented as absolute.",
    "coach": "Who hears whom is contested between SignalWire's own pages.",
    "region": "Known to the SDK's types only.",
    "jitter_buffer": "Known to the SDK's types only.",
    "label": "Known to the SDK's types only.",
    "after_url": "Its cXML replaces the flow; without it the next verb runs, or the call ends. It is not tried again.",
    "end_url": "Legacy, and undocumented beyond that it is asked when the conference ends.",
}

SEQUENTIAL = Choice({"true": "serial", "false": "parallel"}, vocabulary="boolean")
SPEECH_MODEL = dial.words("default", "phone_call", "video", "numbers_and_commands", vocabulary="cxml speech model")

DIGITS = Digits("0123456789ABCD*#wW")

VERBS = {
    **steps.verbs(
        "cxml",
        "cxml-form",
        XmlVoice({"woman": "female", "man": "male", "alice": "alice"}, google="gcloud", engines=("neural",)),
        "female",
        digits=(Attribute("digits", "digits", DIGITS),),
        number=(Attribute("sendDigits", "send_digits", DIGITS),),
        gather=extended(
            steps.GATHER,
            Attribute("speechModel", "speech_model", SPEECH_MODEL, severity="notice"),
            Attribute("bargeIn", "barge_in", steps.YES_NO, confirmed=False),
        ),
        dial=extended(
            steps.DIAL,
            Attribute("timeout", "ring_timeout", Whole(5, 600, text=True, unit="seconds")),
            Attribute(
                "callerName", "caller_name", Text(unsafe=r"^.{71}", why="takes at most 70 characters", filled=True)
            ),
            Attribute("recordingStorageUrl", "recording_storage_url", dial.TEXT, severity="error"),
            Attribute("recordingStorageUrlMethod", "recording_storage_method", dial.STORAGE_METHOD, default="POST"),
            Attribute("sequential", "order", SEQUENTIAL, confirmed=False),
        ),
        record=(
            *(row for row in steps.RECORD if row.wire != "maxLength"),
            Attribute("maxLength", "max_seconds", Span(text=True, least=1, zero=3600)),
            *steps.STORAGE,
        ),
        record_implied={
            "silence_timeout": UNKNOWN,
            "max_seconds": 3600,
            "finish_keys": UNKNOWN,
            "storage_method": "POST",
        },
        stream=(
            *steps.STREAM,
            Attribute(
                "codec",
                "codec",
                Choice(
                    {"PCMU@8000h": "mulaw/8000", "L16@16000h": "l16/16000", "L16@24000h": "l16/24000"},
                    vocabulary="cxml codec",
                ),
            ),
            Attribute("authBearerToken", "token", Text(filled=True)),
            Attribute("realtime", "realtime", steps.YES_NO, default=False),
        ),
        sip=(
            Attribute("codecs", "codecs", dial.TEXT, severity="notice"),
            Attribute("sessionTimeout", "session_timeout", dial.TEXT, severity="notice", note="Seconds."),
        ),
        speech_timeout=UNKNOWN,
    ),
    "target/Verto": Verb(
        "Verto",
        (
            Attribute("", "address", Free("name of a Verto user", "alice", trim=True)),
            *extended(steps.LEG, Attribute("sendDigits", "send_digits", DIGITS)),
        ),
        STEPS["target"].unsaid(
            screen_method="POST",
            screen_serves="cxml",
            status_method="POST",
            status_payload="cxml-form",
            status_events=(),
        ),
        kind="target",
        says={"type": "user"},
        senses={"address": "a Verto user of the project"},
        takes=steps.of_type("user"),
    ),
}

VERBS["dial"] = replace(VERBS["dial"], alike=True)

TWILIO_ONLY = ("Application", "Sim", "Video", "WhatsApp")

DIALECT = Dialect(
    **OURS["cxml"]._asdict(),
    plain=Plain(),
    envelope=XmlEnvelope("Conference", wrapper="Dial"),
    verbs={
        "conference": Verb("Conference", ATTRIBUTES, IMPLIED, NOTES, dial.HINTS, senses=dial.SENSES),
        **VERBS,
    },
    afterwards="the call is ended",
    neighbours={name: each for name, each in dial.NEIGHBOURS.items() if name not in TWILIO_ONLY},
    platform="SignalWire",
    kin={"twiml": "Twilio's voices and defaults may differ"},
    live=re.compile(r"\{\{"),
    sources=(
        "SignalWire docs, cXML reference: Conference noun, Dial, webhook specification, error codes, 2026-08-21",
        "npm @signalwire/compatibility-api 3.2.0, lib/twiml/VoiceResponse.d.ts",
    ),
    about=__doc__ or "",
)
