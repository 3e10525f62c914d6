"""`<Response><Dial><Conference>`: the rows that TwiML and cXML have in common. Sources: `dialects.twiml`, `dialects.cxml`."""

from __future__ import annotations

from typing import Any

from translator.codecs import Beep, Choice, Codec, Name, Raw, Text, Url, Whole, Words, method, xml_boolean
from translator.dialect import Attribute, Neighbour
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
    """A closed list of words that stand for themselves."""
    return Choice({word: word for word in each}, vocabulary=vocabulary)


TEXT = Raw(str, values="text")
LEG_EVENTS = Raw(str, values="words parted by blanks: in-progress completed absent", sample="completed")
METHOD = words("GET", "POST", vocabulary="method")
STORAGE_METHOD = words("POST", "PUT", vocabulary="storage method")
TRACK = words("both", "inbound", "outbound", vocabulary="track")
DIAL_TRIM = words("trim-silence", "do-not-trim", vocabulary="dial trim")

JITTER = words("large", "medium", "small", "off", vocabulary="jitter")

LEG = "It belongs to the recording of this leg, which is another one than the conference's."


def on_dial(wire: str, own: str, codec: Codec = TEXT, **more: Any) -> Attribute:
    """An attribute of `<Dial>` that has no canonical field: about this leg, not about the room."""
    return Attribute(wire, own, codec, element="Dial", **more)


def inert(wire: str, own: str, reason: str, sample: str) -> Attribute:
    """An attribute of `<Dial>` without effect on a conference."""
    return on_dial(wire, own, Raw(str, values="text", sample=sample), severity="notice", inert=reason)


DIAL = (
    Attribute("action", "after_url", Url(), element="Dial"),
    Attribute("method", "after_method", method(), element="Dial"),
    Attribute("hangupOnStar", "hangup_on_star", xml_boolean(), element="Dial"),
    Attribute("timeLimit", "leg_time_limit", Whole(1, text=True, unit="seconds"), element="Dial"),
    on_dial(
        "record",
        "dial_record",
        words(*DIAL_RECORD, vocabulary="dial record"),
        severity="error",
        default="do-not-record",
        note="It records this leg, not the room: another recording than the conference's.",
    ),
    on_dial("recordingStatusCallback", "dial_recording_url", severity="error", note=LEG),
    on_dial("recordingStatusCallbackEvent", "dial_recording_events", LEG_EVENTS, default="completed", note=LEG),
    on_dial("recordingStatusCallbackMethod", "dial_recording_method", METHOD, default="POST", note=LEG),
    on_dial("recordingTrack", "dial_recording_track", TRACK, default="both", note=LEG),
    on_dial("trim", "dial_trim", DIAL_TRIM, default="do-not-trim", note=LEG),
    inert("timeout", "dial_timeout", "it limits the ringing, and a room does not ring", "30"),
    inert("answerOnBridge", "answer_on_bridge", "it delays the answer of a bridged call", "true"),
    inert("callerId", "caller_id", "it is shown to a called number", "+15550100001"),
    inert("ringTone", "ring_tone", "it is heard while a called number rings", "us"),
)

CONFERENCE = (
    Attribute("", "name", Name(trim=True)),
    Attribute("muted", "muted", xml_boolean()),
    Attribute("beep", ("enter_sound", "exit_sound"), Beep()),
    Attribute("startConferenceOnEnter", "start_on_enter", xml_boolean()),
    Attribute(
        "endConferenceOnExit",
        "end_on_exit",
        Choice({"true": "any", "false": "no"}, vocabulary="boolean", nearest={"last": "true"}),
    ),
    Attribute(
        "coach",
        "coach",
        Text(filled=True),
        note="A call SID; a dead one sends the call to the action URL, error 13240.",
    ),
    Attribute("eventCallbackUrl", "end_url", Url(""), note="Deprecated: POST when the conference ends."),
    Attribute("maxParticipants", "max_participants", Whole(2, text=True)),
    Attribute(
        "record",
        "record",
        Choice(
            {"do-not-record": False, "record-from-start": True},
            vocabulary="record",
            odd={"true": (OMIT, "record-from-start"), "false": (OMIT, "do-not-record")}
            | dict.fromkeys(DIAL_RECORD[1:], (OMIT, "record-from-start, or put it on Dial")),
        ),
    ),
    Attribute("trim", "record_trim", Choice({"trim-silence": True, "do-not-trim": False}, vocabulary="trim")),
    Attribute("recordingStatusCallback", "recording_url", Url()),
    Attribute(
        "recordingStatusCallbackEvent",
        "recording_events",
        Words.plain(RECORDING_EVENTS, "recording events", also=","),
    ),
    Attribute("recordingStatusCallbackMethod", "recording_method", method()),
    Attribute("statusCallback", "status_url", Url("")),
    Attribute("statusCallbackEvent", "status_events", Words.plain(EVENTS, "events", also=",")),
    Attribute("statusCallbackMethod", "status_method", method()),
    Attribute("waitUrl", "wait", Url("", empty="silence")),
    Attribute("waitMethod", "wait_method", method()),
    Attribute("region", "region", Text()),
    Attribute("jitterBufferSize", "jitter_buffer", JITTER),
    Attribute("participantLabel", "label", Text()),
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
    "wait_serves": UNKNOWN,
    "max_participants": UNKNOWN,
    "record": False,
    "record_trim": True,
    "record_format": UNKNOWN,
    "record_path": None,
    "recording_url": None,
    "recording_method": "POST",
    "recording_events": UNKNOWN,
    "recording_payload": UNKNOWN,
    "status_url": None,
    "status_method": "POST",
    "status_events": UNKNOWN,
    "status_payload": UNKNOWN,
    "end_url": None,
    "after_url": None,
    "after_method": "POST",
    "after_takes_over": True,
    "after_serves": UNKNOWN,
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
    "record": "It begins when the second participant joins; wait audio is not recorded.",
    "record_trim": "Silence is cut unless trim says do-not-trim.",
    "record_format": "Chosen by the suffix of the URL that the file is fetched with.",
    "leg_time_limit": "timeLimit of Dial ends this leg, not the room; 14400 seconds when not said.",
    "room_time_limit": "The room has no time limit of its own.",
    "stay_alone": "There is no rule for being alone.",
}

SENSES = {
    "start_on_enter": "the room starts when two are there, one of them with true",
    "record": "the recording begins with the second participant",
    "wait": "it is heard until two are in the room",
    "label": "a label is one participant's alone, unique in the room",
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
    "Application": Neighbour("an application to call", "error"),
    "Connect": Neighbour("connects the call to a stream or agent", "error", holds=True),
    "Echo": Neighbour("sends the caller's audio back", "warning"),
    "Enqueue": Neighbour(
        "puts the caller into a queue",
        "error",
        differs="the queue is another one, its URLs must speak the other markup, and a task router is Twilio's alone",
    ),
    "Leave": Neighbour("leaves a queue", "error"),
    "Number": Neighbour("a number to call", "error"),
    "Pay": Neighbour("takes a payment", "error", differs="who takes the payment is set up in each account anew"),
    "Prompt": Neighbour("speaks to a payer", "error"),
    "Refer": Neighbour(
        "transfers the call by SIP", "error", differs="its URLs must speak the other markup, and its trunks are others"
    ),
    "Start": Neighbour("starts a transcription or another service in the background", "error", holds=True),
    "Sim": Neighbour("a SIM card to call", "error"),
    "Stop": Neighbour("stops a stream, recording or transcription", "error"),
    "Stream": Neighbour("streams the call's audio", "error"),
    "Video": Neighbour("sends video", "warning"),
    "WhatsApp": Neighbour("a WhatsApp number to call", "error"),
}
