"""The verbs around a conference that TwiML and cXML have in common. Sources: `dialects.twiml`, `dialects.cxml`; for the
verbs, Twilio docs, TwiML voice: say, play, pause, hangup, reject, redirect, gather, record, dial, number, stream, sms,
2026; SignalWire docs, cXML reference of the same verbs, 2026-08-21.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dialects.families.dial import RECORDING_EVENTS, STORAGE_METHOD, TEXT, words
from translator.codecs import Choice, Raw, Text, Url, Whole, Words, method, xml_boolean
from translator.dialect import Attribute, Verb, extended
from translator.step_codecs import (
    Digits,
    Free,
    Keys,
    Language,
    Party,
    Recording,
    Repeat,
    Single,
    SipUri,
    Socket,
    Span,
    Spoken,
    Table,
    TextList,
    XmlVoice,
    locale_of,
)
from translator.step_fields import STEPS
from translator.values import CALLED, CALLER, CURRENT, UNKNOWN

YES_NO = xml_boolean()
FLAG = Raw(str, values="true | false", sample="true")
LEG_EVENTS = Words.plain(("initiated", "ringing", "answered", "completed"), "leg events", also=",")
EVENTS = Words.plain(RECORDING_EVENTS, "recording events", also=",")
TRIM = Choice({"trim-silence": True, "do-not-trim": False}, vocabulary="trim")
LOOP = Repeat("0", text=True)
SECONDS = Span(text=True, least=1)
NUMBER = Free("E.164 number", "+15550100002", trim=True)

UNREAD_TEXT = "Text over 4096 characters is refused."


BASIC = ("en", "es", "fr", "de", "it")
"""What man and woman speak."""


def basic_voice(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """man and woman speak few languages; alice speaks more."""
    language = said.get("language")
    if said.get("voice") not in (None, "basic") or said.get("voice_gender") == "alice" or type(language) is not str:
        return {}
    return {} if language.partition("-")[0].lower() in BASIC else {"language": None}


def rows_of_say(voice: XmlVoice) -> tuple[Attribute, ...]:
    return (
        Attribute("", ("text", "ssml"), Spoken(xml=True, most=4096)),
        Attribute("voice", ("voice", "voice_engine", "voice_gender"), voice),
        Attribute("language", "language", Language()),
        Attribute("loop", "repeat", LOOP),
    )


PLAY = (Attribute("", "urls", Single(Recording(""))), Attribute("loop", "repeat", LOOP))
DIGITS = (Attribute("digits", "digits", Digits("0123456789*#w")),)
PAUSE = (Attribute("length", "seconds", Span(text=True, least=1, endless=86400)),)
REJECT = (Attribute("reason", "cause", Choice({"rejected": "rejected", "busy": "busy"}, vocabulary="reject reason")),)
REDIRECT = (Attribute("", "url", Url("", words={CURRENT: ""})), Attribute("method", "method", method()))

GATHER = (
    Attribute(
        "input",
        "inputs",
        Choice(
            {"dtmf": ("digits",), "speech": ("speech",), "dtmf speech": ("digits", "speech")},
            vocabulary="inputs",
            odd={"speech dtmf": (("digits", "speech"), "dtmf speech")},
            exact=True,
        ),
    ),
    Attribute("action", "result_url", Url("")),
    Attribute("method", "result_method", method()),
    Attribute(
        "timeout",
        "first_timeout",
        SECONDS,
        note="It is the longest gap between digits too.",
    ),
    Attribute("speechTimeout", "speech_timeout", Span(text=True, least=1, words={"auto": "auto"})),
    Attribute("finishOnKey", "finish_keys", Keys("")),
    Attribute("numDigits", "max_digits", Whole(1, text=True)),
    Attribute("language", "language", Language()),
    Attribute("hints", "hints", TextList(",")),
    Attribute(
        "actionOnEmptyResult",
        "on_nothing",
        Choice({"true": "ask", "false": "next"}, vocabulary="boolean"),
    ),
    Attribute("partialResultCallback", "partial_url", Url("")),
    Attribute("partialResultCallbackMethod", "partial_method", method()),
    Attribute("profanityFilter", "profanity_filter", YES_NO),
    Attribute("enhanced", "enhanced", FLAG, severity="notice", default="false"),
    Attribute("speechModel", "speech_model", TEXT, severity="notice"),
)

MOST_NOUNS = 10
"""How many can be called at once."""

DIAL = (
    Attribute("callerId", "caller_id", Text(filled=True)),
    Attribute("timeout", "ring_timeout", Whole(1, 600, text=True, unit="seconds")),
    Attribute("timeLimit", "time_limit", Whole(1, text=True, unit="seconds")),
    Attribute("answerOnBridge", "answer_on_bridge", YES_NO),
    Attribute("ringTone", "ringback", Free("country code: us, de", "us", pattern=r"[a-z]{2}(-old)?")),
    Attribute("hangupOnStar", "hangup_on_star", YES_NO),
    Attribute("action", "after_url", Url("")),
    Attribute("method", "after_method", method()),
    Attribute(
        "record",
        "record",
        Choice(
            {
                "do-not-record": "no",
                "record-from-answer": "answer",
                "record-from-ringing": "ringing",
                "record-from-answer-dual": "answer-dual",
                "record-from-ringing-dual": "ringing-dual",
            },
            vocabulary="dial record",
            odd={"true": ("answer", "record-from-answer"), "false": ("no", "do-not-record")},
        ),
    ),
    Attribute("recordingStatusCallback", "recording_url", Url("")),
    Attribute("recordingStatusCallbackEvent", "recording_events", EVENTS),
    Attribute("recordingStatusCallbackMethod", "recording_method", method()),
    Attribute(
        "recordingTrack", "recording_track", words("both", "inbound", "outbound", vocabulary="t"), default="both"
    ),
    Attribute("trim", "recording_trim", TRIM),
)

LEG = (
    Attribute("url", "screen_url", Url("")),
    Attribute("method", "screen_method", method()),
    Attribute("sendDigits", "send_digits", Digits("0123456789*#wW")),
    Attribute("statusCallback", "status_url", Url("")),
    Attribute("statusCallbackEvent", "status_events", LEG_EVENTS),
    Attribute("statusCallbackMethod", "status_method", method()),
)
NUMBER_NOUN = (Attribute("", "address", NUMBER), *LEG)
SIP_NOUN = (
    Attribute("", ("address", "sip_headers"), SipUri()),
    Attribute("username", "username", Text(filled=True)),
    Attribute("password", "password", Text(filled=True)),
    *(row for row in LEG if row.wire != "sendDigits"),
)
QUEUE_NOUN = (
    Attribute("", "address", Free("name of a queue", "support", trim=True)),
    Attribute("url", "screen_url", Url("")),
    Attribute("method", "screen_method", method()),
)

RECORD = (
    Attribute("action", "after_url", Url("")),
    Attribute("method", "after_method", method()),
    Attribute("timeout", "silence_timeout", SECONDS),
    Attribute("finishOnKey", "finish_keys", Keys("")),
    Attribute("maxLength", "max_seconds", SECONDS),
    Attribute("playBeep", "beep", YES_NO),
    Attribute("trim", "trim_silence", TRIM),
    Attribute("recordingStatusCallback", "status_url", Url("")),
    Attribute("recordingStatusCallbackEvent", "status_events", EVENTS),
    Attribute("recordingStatusCallbackMethod", "status_method", method()),
    Attribute("transcribe", "transcribe", YES_NO),
    Attribute("transcribeCallback", "transcribe_url", Url("")),
)

STREAM = (
    Attribute("url", "url", Socket(query=False)),
    Attribute("name", "id", Text(filled=True)),
    Attribute(
        "track",
        "track",
        Choice({"inbound_track": "inbound", "outbound_track": "outbound", "both_tracks": "both"}, vocabulary="track"),
    ),
    Attribute("statusCallback", "status_url", Url("")),
    Attribute("statusCallbackMethod", "status_method", method()),
    Attribute("<Parameter>", "parameters", Table(values="Parameter elements with name and value")),
)

INBOUND = Attribute(
    "track",
    "track",
    Choice({"inbound_track": "inbound"}, vocabulary="track"),
    note="A stream both ways sends what comes in, and nothing else.",
)
CONNECT = (
    Attribute("action", "socket_closed_url", TEXT, element="Connect", severity="error"),
    Attribute("method", "socket_closed_method", method(), element="Connect", default="POST"),
)

MESSAGE = (
    Attribute("", "text", Text(unsafe=r"(?s).{1601}", why="takes at most 1600 characters", filled=True)),
    Attribute("to", "to", Party()),
    Attribute("from", "sender", Party()),
    Attribute("action", "after_url", Url("")),
    Attribute("method", "after_method", method()),
    Attribute("statusCallback", "status_url", Url("")),
)


def ends_it(said: dict[str, Any]) -> None:
    """A refusal behind the answer is a plain end (inferred)."""
    said["cause"] = "normal"


def is_digits(items: Mapping[str, Any]) -> bool:
    return "digits" in items


def no_digits(items: Mapping[str, Any]) -> bool:
    return "digits" not in items


def is_refused(said: Mapping[str, Any]) -> bool:
    return said.get("cause") in ("busy", "rejected") and not said.get("after_seconds")


def is_now(said: Mapping[str, Any]) -> bool:
    """Nothing here ends a call later: better not at all than at once."""
    return not said.get("after_seconds")


def is_mixed(said: Mapping[str, Any]) -> bool:
    """Whether audio goes both ways on a stream."""
    return said.get("both_ways") is True


def of_type(*types: str) -> Any:
    return lambda said: said.get("type", "") in types


def verbs(
    markup: str,
    form: str,
    say: XmlVoice,
    gender: str,
    *,
    gather: tuple[Attribute, ...] = GATHER,
    dial: tuple[Attribute, ...] = DIAL,
    record: tuple[Attribute, ...] = RECORD,
    stream: tuple[Attribute, ...] = STREAM,
    digits: tuple[Attribute, ...] = DIGITS,
    number: tuple[Attribute, ...] = (),
    sip: tuple[Attribute, ...] = (),
    queue: tuple[Attribute, ...] = (),
    record_implied: Mapping[str, Any] = MappingProxyType({}),
    speech_timeout: Any = None,
) -> dict[str, Verb]:
    """The verbs of one of the two dialects.

    Args:
        markup: what a URL that takes over must answer.
        form: what a URL that is told receives.
        say: the voices.
        gender: the voice that speaks where nothing is said.
    """
    after = {"after_method": "POST", "after_takes_over": True, "after_serves": markup}
    status = {"status_method": "POST", "status_payload": form}
    spoken = {
        "voice": "basic",
        "voice_engine": "standard",
        "voice_gender": gender,
        "language": "en-US",
        "repeat": 1,
        "volume": 0,
    }
    target = {"screen_method": "POST", "screen_serves": markup, **status}
    dial_target = STEPS["target"].unsaid(**target, status_events=())
    stream_implied = {"serves": f"{markup}-stream", "track": "inbound", "codec": "mulaw/8000"}
    return {
        "answer": Verb("", (), STEPS["answer"].unsaid(), kind="answer"),
        "say": Verb(
            "Say",
            rows_of_say(say),
            STEPS["say"].unsaid(**spoken, ssml=False, early_media=False),
            {"language": "man and woman speak English, Spanish, French, German and Italian only."},
            kind="say",
            effects=locale_of,
            ignores=basic_voice,
        ),
        "send_digits": Verb(
            "Play", digits, STEPS["send_digits"].unsaid(wait=True), kind="send_digits", reads=is_digits
        ),
        "play": Verb(
            "Play",
            PLAY,
            STEPS["play"].unsaid(repeat=1, volume=0, early_media=False),
            {"repeat": "0 means endless; Twilio plays at most 1000 times."},
            kind="play",
            reads=no_digits,
            one_at_a_time=True,
        ),
        "pause": Verb(
            "Pause",
            PAUSE,
            STEPS["pause"].unsaid(seconds=1),
            {"seconds": "Whole seconds only. As the first verb it delays the answer."},
            kind="pause",
            answers=False,
        ),
        "hangup/Reject": Verb(
            "Reject",
            REJECT,
            STEPS["hangup"].unsaid(cause="rejected"),
            kind="hangup",
            says={"cause": "rejected"},
            takes=is_refused,
            answered=ends_it,
            answers=False,
        ),
        "hangup": Verb(
            "Hangup",
            (),
            STEPS["hangup"].unsaid(cause="normal"),
            {"cause": "Hangup as the first verb answers the call, and bills it; Reject does not."},
            kind="hangup",
            says={"cause": "normal"},
            takes=is_now,
        ),
        "redirect": Verb(
            "Redirect",
            REDIRECT,
            STEPS["redirect"].unsaid(method="POST", serves=markup),
            kind="redirect",
            answers=False,
        ),
        "gather": Verb(
            "Gather",
            gather,
            STEPS["gather"].unsaid(
                inputs=("digits",),
                min_digits=1,
                finish_keys="#",
                first_timeout=5,
                digit_timeout=5,
                speech_timeout=speech_timeout,
                language="en-US",
                profanity_filter=True,
                barge_in=True,
                result_url=CURRENT,
                result_method="POST",
                result_serves=markup,
                on_nothing="next",
                partial_method="POST",
                partial_payload=form,
                attempts=1,
                beep=False,
            ),
            {
                "digit_timeout": "timeout is the gap between digits too.",
                "result_url": "Without action the URL of the current document is asked.",
                "on_nothing": "Without input the next verb runs, unless actionOnEmptyResult is true.",
            },
            kind="gather",
            settle=one_timeout,
        ),
        "dial": Verb(
            "Dial",
            dial,
            STEPS["dial"].unsaid(
                order="parallel",
                ring_timeout=30,
                time_limit=14400,
                answer_on_bridge=False,
                hangup_on_star=False,
                record="no",
                recording_method="POST",
                recording_events=("completed",),
                recording_payload=form,
                recording_trim=False,
                recording_track="both",
                **after,
                **status,
                status_events=(),
            ),
            {"after_url": "Its document takes over; without it the next verb runs."},
            kind="dial",
            holds=MOST_NOUNS,
        ),
        "target/Number": Verb(
            "Number",
            extended(NUMBER_NOUN, *number),
            dial_target,
            kind="target",
            says={"type": "phone"},
            takes=of_type("phone", ""),
        ),
        "target/Sip": Verb(
            "Sip", (*SIP_NOUN, *sip), dial_target, kind="target", says={"type": "sip"}, takes=of_type("sip")
        ),
        "target/Queue": Verb(
            "Queue", (*QUEUE_NOUN, *queue), dial_target, kind="target", says={"type": "queue"}, takes=of_type("queue")
        ),
        "record": Verb(
            "Record",
            record,
            STEPS["record"].unsaid(
                beep=True,
                channels="mono",
                direction="caller",
                trim_silence=True,
                after_url=CURRENT,
                **after,
                **status,
                status_events=("completed",),
                transcribe=False,
                transcribe_payload=form,
                file_format=UNKNOWN,
                **record_implied,
            ),
            {"after_url": "Without action the current document is asked again, so verbs behind it are not reached."},
            kind="record",
        ),
        "start_stream/Connect": Verb(
            "Connect/Stream",
            (*extended(stream, INBOUND), *CONNECT),
            STEPS["start_stream"].unsaid(**stream_implied, both_ways=True, blocks=True, **status),
            {"url": "The protocol on the socket is the platform's own."},
            kind="start_stream",
            says={"both_ways": True, "blocks": True},
            takes=is_mixed,
        ),
        "start_stream": Verb(
            "Start/Stream",
            stream,
            STEPS["start_stream"].unsaid(**stream_implied, both_ways=False, blocks=False, **status),
            {"url": "The protocol on the socket is the platform's own."},
            kind="start_stream",
            says={"both_ways": False, "blocks": False},
        ),
        "message": Verb(
            "Sms",
            MESSAGE,
            STEPS["message"].unsaid(to=CALLER, sender=CALLED, **after, **status),
            kind="message",
            answers=False,
        ),
    }


def one_timeout(said: dict[str, Any]) -> None:
    """`timeout` counts before the first digit and between digits."""
    if "first_timeout" in said:
        said["digit_timeout"] = said["first_timeout"]


def one_wait(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `timeout` says is the end of speech too, where speechTimeout does not say it."""
    if "first_timeout" in said and "speech_timeout" not in said and "speech" in (said.get("inputs") or ()):
        return {"speech_timeout": said["first_timeout"]}
    return {}


STORAGE = (
    Attribute("storageUrl", "storage_url", Url()),
    Attribute("storageUrlMethod", "storage_method", STORAGE_METHOD),
)
