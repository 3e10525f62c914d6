"""SignalWire Compatibility XML (cXML, also called LaML), `<Response><Dial><Conference>`.

Sources: SignalWire docs, pages of the conference noun and of `<Dial>`, cXML specification, error codes, webhook
specification, 2026-08-21; npm `@signalwire/compatibility-api` 3.2.0 (types, generated from TwiML and partly wider
than the docs); builders of PyPI `signalwire` 2.1.1 and `twilio` 9.13.0. The server is closed.
"""

from __future__ import annotations

import re

from translator.codecs import Beep, Choice, Name, Raw, Text, Url, Whole, Words, method, xml_boolean
from translator.dialect import Attribute, Dialect, Neighbour, Verb
from translator.envelope import XmlEnvelope
from translator.values import OMIT, UNKNOWN

EVENTS = ("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement")
RECORDING_EVENTS = ("in-progress", "completed", "absent")
DIAL_RECORD = (
    "do-not-record",
    "record-from-answer",
    "record-from-ringing",
    "record-from-answer-dual",
    "record-from-ringing-dual",
)


def words(*each: str, vocabulary: str) -> Choice:
    """A closed list of words that have no canonical field: they stand for themselves."""
    return Choice({word: word for word in each}, vocabulary=vocabulary)


TRIM = Choice({"trim-silence": True, "do-not-trim": False}, vocabulary="trim")
TEXT = Raw(str, values="text")
METHOD = words("GET", "POST", vocabulary="method")
TRACK = words("both", "inbound", "outbound", vocabulary="track")
DIAL_TRIM = words("trim-silence", "do-not-trim", vocabulary="dial trim")


def on_dial(wire: str, own: str, codec: object = TEXT, **more: str) -> Attribute:
    """An attribute of `<Dial>` that has no canonical field: about this leg, not about the room."""
    return Attribute(wire, own, codec, element="Dial", **more)  # type: ignore[arg-type]


LEG = "It belongs to the recording of this leg, which is another one than the conference's."

ATTRIBUTES = (
    # <Dial>: what shapes the conference
    Attribute("action", "after_url", Url(), element="Dial"),
    Attribute("method", "after_method", method(), element="Dial"),
    Attribute("hangupOnStar", "hangup_on_star", xml_boolean(), element="Dial"),
    Attribute("timeLimit", "leg_time_limit", Whole(1, text=True, unit="seconds"), element="Dial"),
    # <Dial>: the recording of the leg
    on_dial(
        "record",
        "dial_record",
        words(*DIAL_RECORD, vocabulary="dial record"),
        severity="error",
        default="do-not-record",
        note="It records this leg, not the room: another recording than the conference's.",
    ),
    on_dial("recordingStatusCallback", "dial_recording_url", severity="error", note=LEG),
    on_dial("recordingStatusCallbackEvent", "dial_recording_events", note=LEG),
    on_dial("recordingStatusCallbackMethod", "dial_recording_method", METHOD, default="POST", note=LEG),
    on_dial("recordingTrack", "dial_recording_track", TRACK, default="both", note=LEG),
    on_dial("recordingStorageUrl", "dial_recording_storage_url", severity="error", note=LEG),
    on_dial("recordingStorageUrlMethod", "dial_recording_storage_method", default="POST", note=LEG),
    on_dial("trim", "dial_trim", DIAL_TRIM, default="do-not-trim", note=LEG),
    # <Dial>: without effect on a conference
    on_dial("timeout", "dial_timeout", severity="notice", inert="it limits the ringing, and a room does not ring"),
    on_dial("answerOnBridge", "answer_on_bridge", severity="notice", inert="it delays the answer of a bridged call"),
    on_dial("callerId", "caller_id", severity="notice", inert="it is shown to a called number"),
    on_dial("callerName", "caller_name", severity="notice", inert="it is shown to a called number"),
    on_dial("ringTone", "ring_tone", severity="notice", inert="it is heard while a called number rings"),
    # <Conference>
    Attribute(
        "",
        "name",
        Name(trim=True, unsafe=r"^.{65}", why="takes friendly names of 1 to 64 characters (REST, error 20002)"),
    ),
    Attribute("muted", "muted", xml_boolean()),
    Attribute("beep", ("enter_sound", "exit_sound"), Beep()),
    Attribute("startConferenceOnEnter", "start_on_enter", xml_boolean()),
    Attribute(
        "endConferenceOnExit",
        "end_on_exit",
        Choice({"true": "any", "false": "no"}, vocabulary="boolean", nearest={"last": "true"}),
    ),
    Attribute("coach", "coach", Text(), note="A call SID; a dead one sends the call to the action URL, error 13240."),
    Attribute("eventCallbackUrl", "end_url", Url(""), note="Legacy: POST when the conference ends."),
    Attribute("maxParticipants", "max_participants", Whole(1, text=True)),
    Attribute(
        "record",
        "record",
        Choice(
            {"do-not-record": False, "record-from-start": True},
            vocabulary="record",
            odd={
                "true": (OMIT, "record-from-start"),
                "false": (OMIT, "do-not-record"),
                "record-from-answer": (OMIT, "record-from-start, or put it on Dial"),
                "record-from-answer-dual": (OMIT, "record-from-start, or put it on Dial"),
                "record-from-ringing": (OMIT, "record-from-start, or put it on Dial"),
                "record-from-ringing-dual": (OMIT, "record-from-start, or put it on Dial"),
            },
        ),
    ),
    Attribute("trim", "record_trim", TRIM),
    Attribute("recordingStatusCallback", "recording_url", Url()),
    Attribute(
        "recordingStatusCallbackEvent",
        "recording_events",
        Words.plain(
            RECORDING_EVENTS,
            "recording events",
            odd={"failed": ("absent", "contested: the conference page says failed, all other pages absent")},
            also=",",
        ),
    ),
    Attribute("recordingStatusCallbackMethod", "recording_method", method()),
    Attribute("statusCallback", "status_url", Url("")),
    Attribute("statusCallbackEvent", "status_events", Words.plain(EVENTS, "events", also=",")),
    Attribute("statusCallbackMethod", "status_method", method()),
    Attribute("waitUrl", "wait", Url("", empty="silence")),
    Attribute("waitMethod", "wait_method", method()),
    Attribute("region", "region", Text(), confirmed=False, values="us1 ie1 sg1 br1 au1 jp1 de1"),
    Attribute(
        "jitterBufferSize",
        "jitter_buffer",
        words("large", "medium", "small", "off", vocabulary="jitter"),
        confirmed=False,
    ),
    Attribute("participantLabel", "label", Text(), confirmed=False),
)

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
    "wait_serves": "cxml-wait",
    "max_participants": UNKNOWN,
    "record": False,
    "record_trim": True,
    "record_format": UNKNOWN,
    "record_path": None,
    "recording_url": None,
    "recording_method": "POST",
    "recording_events": UNKNOWN,  # contested: completed failed (conference page), completed (webhook specification)
    "recording_payload": "cxml-form",
    "status_url": None,
    "status_method": "POST",
    "status_events": UNKNOWN,
    "status_payload": "cxml-form",
    "end_url": None,
    "after_url": None,
    "after_method": "POST",
    "after_takes_over": True,
    "after_serves": "cxml",
    "coach": None,
    "label": None,
    "speak_only_to": None,
    "hangup_on_star": False,
    "digit_patterns": None,
    "relay_digits": UNKNOWN,
    "leg_time_limit": 14400,
    "room_time_limit": None,
    "moderator_grace": None,
    "stay_alone": True,
    "region": UNKNOWN,
    "jitter_buffer": UNKNOWN,
    "stream": None,
    "transcription": None,
    "transcription_url": None,
    "transcription_method": None,
}

NOTES = {
    "name": "Rooms belong to the project, and are shared with its SWML conferences.",
    "start_on_enter": "The room starts only when two are there, one of them with true; until then even a lone starter waits.",
    "wait": "It is heard until two are in the room. What an empty waitUrl does is not documented; in TwiML it is silence.",
    "max_participants": "The cap is not documented (TwiML: 250).",
    "record": "It begins when the second participant joins; wait audio is not recorded.",
    "record_trim": "Silence is cut unless trim says do-not-trim.",
    "record_format": "Chosen by the suffix of the URL that the file is fetched with.",
    "status_url": "Taken from the first participant only; a callback is tried up to 3 times, with 2 s to connect and 5 s to read.",
    "status_events": "Taken from the first participant only; what comes without a list is not documented.",
    "recording_events": "The default is contested: completed failed, or completed.",
    "recording_url": "Documented as absolute.",
    "coach": "Who hears whom is contested between SignalWire's own pages.",
    "leg_time_limit": "timeLimit of Dial ends this leg, not the room; 14400 seconds when not said.",
    "room_time_limit": "The room has no time limit of its own.",
    "stay_alone": "There is no rule for being alone.",
    "region": "Known to the SDK's types only.",
    "jitter_buffer": "Known to the SDK's types only.",
    "label": "Known to the SDK's types only.",
    "after_url": "Its cXML replaces the flow; without it the next verb runs, or the call ends. It is not tried again.",
    "end_url": "Legacy, and undocumented beyond that it is asked when the conference ends.",
}

HINTS = {
    "participantLimit": "maxParticipants",
    "name": "the text of the element",
    "startOnEnter": "startConferenceOnEnter",
    "endOnExit": "endConferenceOnExit",
    "holdMusic": "waitUrl (holdMusic is Cloudonix)",
    "streamUrl": "the Stream verb",
    "waitSound": "waitUrl",
    "callbackUrl": "statusCallback",
    "maxMembers": "maxParticipants",
    "enterSound": "beep",
    "exitSound": "beep",
}

NEIGHBOURS = {
    "Connect": Neighbour("connects the call to a stream or agent", "error"),
    "Dial": Neighbour("calls somebody", "error"),
    "Enqueue": Neighbour("puts the caller into a queue", "error"),
    "Gather": Neighbour("collects digits or speech", "error"),
    "Hangup": Neighbour("ends the call", "error"),
    "Leave": Neighbour("leaves a queue", "error"),
    "Number": Neighbour("a number to call"),
    "Pause": Neighbour("pauses"),
    "Play": Neighbour("plays audio"),
    "Record": Neighbour("records a message", "error"),
    "Redirect": Neighbour("goes on with another document", "error"),
    "Refer": Neighbour("transfers the call by SIP", "error"),
    "Reject": Neighbour("rejects the call", "error"),
    "Say": Neighbour("speaks text"),
    "Sms": Neighbour("sends a text message"),
    "Start": Neighbour("starts a stream or transcription in the background", "error"),
    "Stop": Neighbour("stops a stream or transcription"),
    "Stream": Neighbour("streams the call's audio", "error"),
}

DIALECT = Dialect(
    name="cxml",
    title="cXML",
    syntaxes=("xml",),
    suffixes=(".cxml.xml",),
    envelope=XmlEnvelope("Conference", wrapper="Dial", shared="TwiML and its relatives have the same shape"),
    verbs={"conference": Verb("Conference", ATTRIBUTES, IMPLIED, NOTES, HINTS)},
    aliases=("laml", "signalwire-cxml", "signalwire-xml", "compatibility-xml"),
    neighbours=NEIGHBOURS,
    live=re.compile(r"\{\{"),
    sources=(
        "SignalWire docs, cXML reference: Conference noun, Dial, webhook specification, error codes, 2026-08-21",
        "npm @signalwire/compatibility-api 3.2.0, lib/twiml/VoiceResponse.d.ts",
    ),
    about=__doc__ or "",
)
