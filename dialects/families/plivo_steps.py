"""The verbs around a conference in Plivo XML. Sources: `dialects.plivo`; for the verbs, docs.plivo.com, voice XML: audio
output, wait, hangup, redirect, preanswer, input, getdigits, getinput, record, dial, audiostream; messaging XML, newest;
PyPI `plivo` 4.63.0. Which verbs answer a call is known of the open-source ancestor (2015) only, but for Wait and Hangup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialects.families.plivo_codecs import ONE_GENDER, TONGUES, Headers, Recipients, Sender, Tongue, Voice
from translator.codecs import Choice, Patterns, Raw, Text, Url, Whole, method, xml_boolean
from translator.dialect import Attribute, Need, Verb
from translator.step_codecs import (
    Digits,
    Free,
    Keys,
    Language,
    Phone,
    Recording,
    Repeat,
    Single,
    Socket,
    Span,
    Spoken,
    Table,
    TextList,
)
from translator.step_fields import STEPS
from translator.values import OMIT, UNKNOWN, Template
from translator.xml_steps import EARLY

ALL_KEYS = "0123456789*#"
NO_LIMIT = 14400
"""How long a call is recorded where the source has no limit: without a word Plivo stops after a minute."""
YES_NO = xml_boolean()
TEXT = Raw(str, values="text")
SECONDS = Span(text=True, least=1)
SHORT = Span(text=True, least=2, most=10, words={"auto": "auto"})
CALLER_ID = Phone("number, + optional", "+15550100001")
CLIP = Attribute("loop", "repeat", Repeat("0", text=True))
BEFORE_ANSWER = Attribute(
    EARLY, "early_media", Choice({True: True}, vocabulary="early", on_text=False), values="inside PreAnswer"
)
KEPT_LOG = Attribute("log", "log", YES_NO, default=True, severity="error", note="false keeps digits out of logs.")
STATUS = (Attribute("callbackUrl", "status_url", Url()), Attribute("callbackMethod", "status_method", method()))
AFTER = (
    Attribute("action", "after_url", Url()),
    Attribute("method", "after_method", method()),
    Attribute("redirect", "after_takes_over", YES_NO),
)
RESULT = (
    Attribute("action", "result_url", Url()),
    Attribute("method", "result_method", method()),
    Attribute(
        "redirect",
        "result_takes_over",
        YES_NO,
        default=True,
        severity="error",
        note="With redirect false the URL is only told, and the next verb runs.",
    ),
)
TRANSCRIPTION = (
    Attribute("transcriptionType", "transcription_type", TEXT, default="auto", severity="notice"),
    Attribute("transcriptionUrl", "transcribe_url", Url()),
    Attribute("transcriptionMethod", "transcription_method", method(), severity="notice"),
    Attribute("transcriptionReportType", "transcription_report", TEXT, severity="notice", confirmed=False),
)
FILE = (
    Attribute("fileFormat", "file_format", Choice({"mp3": "mp3", "wav": "wav"}, vocabulary="format")),
    Attribute(
        "recordChannelType", "channels", Choice({"stereo": "stereo", "mono": "mono"}, vocabulary="record channels")
    ),
)

SPEAK = (
    BEFORE_ANSWER,
    Attribute("", ("text", "ssml"), Spoken(xml=True)),
    Attribute("voice", ("voice", "voice_engine", "voice_gender"), Voice()),
    Attribute("language", "language", Tongue()),
    CLIP,
)
PLAY = (BEFORE_ANSWER, Attribute("", "urls", Single(Recording())), CLIP)
WAIT = (
    Attribute("length", "seconds", Span(text=True, least=1, endless=86400)),
    Attribute(
        "silence", "until_silence", YES_NO, default=False, note="With silence it goes on as soon as it is quiet."
    ),
    Attribute("minSilence", "min_silence", Whole(1, text=True, unit="ms"), default=2000, severity="notice"),
    Attribute("beep", "until_beep", YES_NO, default=False, note="With beep it goes on at a voicemail's tone."),
)
DTMF = (
    Attribute("", "digits", Digits(f"{ALL_KEYS}wW")),
    Attribute("async", "wait", Choice({"true": False, "false": True}, vocabulary="async")),
)
HANGUP = (
    Attribute("reason", "cause", Choice({"rejected": "rejected", "busy": "busy"}, vocabulary="hangup reason")),
    Attribute("schedule", "after_seconds", Whole(1, text=True, unit="seconds")),
)
REDIRECT = (Attribute("", "url", Url()), Attribute("method", "method", method()))
GET_DIGITS = (
    *RESULT,
    Attribute("timeout", "first_timeout", SECONDS),
    Attribute("digitTimeout", "digit_timeout", SECONDS),
    Attribute("finishOnKey", "finish_keys", Keys("", most=1, odd_none="none")),
    Attribute("numDigits", "max_digits", Whole(1, text=True)),
    Attribute("retries", "attempts", Whole(1, text=True)),
    Attribute("playBeep", "beep", YES_NO),
    Attribute("validDigits", "valid_keys", Keys(OMIT)),
    Attribute("invalidDigitsSound", "invalid_sound", Url()),
    KEPT_LOG,
)
GET_INPUT = (
    *RESULT,
    Attribute(
        "inputType",
        "inputs",
        Choice(
            {"dtmf": ("digits",), "speech": ("speech",), "dtmf speech": ("digits", "speech")},
            vocabulary="inputs",
            odd={"speech dtmf": (("digits", "speech"), "dtmf speech")},
        ),
    ),
    Attribute("executionTimeout", "first_timeout", Span(text=True, least=5, most=60)),
    Attribute("digitEndTimeout", "digit_timeout", SHORT),
    Attribute("speechEndTimeout", "speech_timeout", SHORT),
    Attribute("finishOnKey", "finish_keys", Keys("", most=1, odd_none="none")),
    Attribute("numDigits", "max_digits", Whole(1, text=True)),
    Attribute("language", "language", Language()),
    Attribute("hints", "hints", TextList(",")),
    Attribute("profanityFilter", "profanity_filter", YES_NO),
    Attribute("speechModel", "input_speech_model", TEXT, severity="notice", default="default"),
    Attribute("interimSpeechResultsCallback", "partial_url", Url()),
    Attribute("interimSpeechResultsCallbackMethod", "partial_method", method()),
    KEPT_LOG,
)
DIAL = (
    Attribute("callerId", "caller_id", CALLER_ID),
    Attribute("callerName", "caller_name", Text(unsafe=r"^.{51}", why="takes at most 50 characters", filled=True)),
    Attribute("timeout", "ring_timeout", Whole(1, text=True, unit="seconds")),
    Attribute("timeLimit", "time_limit", Whole(1, 86400, text=True, unit="seconds")),
    Attribute("hangupOnStar", "hangup_on_star", YES_NO),
    *AFTER,
    Attribute("sipHeaders", "sip_headers", Headers()),
    *STATUS,
    Attribute("dialMusic", "dial_music", TEXT, note="A URL of Plivo XML, or `real` for the callee's own ringing."),
    Attribute("confirmSound", "confirm_sound", Url(), severity="error", note="The callee hears it, and may refuse."),
    Attribute("confirmKey", "confirm_key", TEXT, severity="error", note="The callee takes the call with this key."),
    Attribute("confirmTimeout", "confirm_key_timeout", Whole(1, text=True, unit="seconds"), default=120),
    Attribute("digitsMatch", "digit_patterns", Patterns()),
    Attribute("digitsMatchBLeg", "callee_digit_patterns", Patterns()),
)
NOUN = (
    Attribute("sendDigits", "send_digits", Digits(f"{ALL_KEYS}wW")),
    Attribute("sendOnPreanswer", "send_before_answer", YES_NO, default=False),
)
NUMBER = (
    Attribute("", "address", Phone("digits, + optional", "+15550100002", trim=True)),
    *NOUN,
    Attribute("sendDigitsMode", "send_digits_mode", TEXT, confirmed=False),
)
USER = (
    Attribute("", "address", Free("SIP URI of an endpoint", "sip:bob@phone.plivo.com", trim=True)),
    *NOUN,
    Attribute("sipHeaders", "sip_headers", Headers()),
    *(
        Attribute(wire, own, TEXT, severity="notice", note="Known to the Node SDK only.")
        for wire, own in (("callerId", "leg_caller_id"), ("callerName", "leg_caller_name"))
    ),
)
RECORD = (
    *AFTER,
    Attribute("timeout", "silence_timeout", SECONDS),
    Attribute("maxLength", "max_seconds", SECONDS, when_none=NO_LIMIT),
    Attribute("finishOnKey", "finish_keys", Keys("", odd_none="none")),
    Attribute("playBeep", "beep", YES_NO),
    *FILE,
    *STATUS,
    *TRANSCRIPTION,
    Attribute("recordSession", "whole_call", YES_NO, default=False, severity="error"),
    Attribute("startOnDialAnswer", "dialed_call", YES_NO, default=False, severity="error"),
)
IGNORED = "It is not used while the whole call is recorded."
RECORD_CALL = (
    Attribute(
        "action",
        "after_url",
        Url(),
        severity="error",
        note="Unless redirect is false its answer may replace the rest of the document.",
    ),
    Attribute("method", "after_method", method(), default="POST"),
    Attribute("redirect", "after_takes_over", YES_NO, default=False, severity="error"),
    Attribute("maxLength", "max_seconds", SECONDS, when_none=NO_LIMIT, when_unknown=NO_LIMIT),
    *FILE,
    *STATUS,
    *TRANSCRIPTION,
    Attribute("timeout", "timeout", Whole(1, text=True, unit="seconds"), severity="notice", note=IGNORED),
    Attribute("playBeep", "playbeep", YES_NO, severity="notice", note=IGNORED),
    Attribute("finishOnKey", "finishonkey", TEXT, severity="notice", note=IGNORED),
    Attribute("startOnDialAnswer", "dialed_call", YES_NO, default=False, severity="error"),
)
MESSAGE = (
    Attribute("src", "sender", Sender()),
    Attribute("dst", ("to", "more_recipients"), Recipients(), severity="error"),
    Attribute("type", "type", TEXT, default="sms", severity="notice"),
    Attribute("", "text", Free("text", "Hello", trim=True)),
    *STATUS,
)
STREAM = (
    Attribute("", "url", Socket()),
    Attribute("bidirectional", "both_ways", YES_NO),
    Attribute("keepCallAlive", "blocks", YES_NO),
    Attribute(
        "audioTrack",
        "track",
        Choice({"inbound": "inbound", "outbound": "outbound", "both": "both"}, vocabulary="audio track"),
    ),
    Attribute(
        "contentType",
        "codec",
        Choice(
            {
                "audio/x-l16;rate=8000": "l16/8000",
                "audio/x-l16;rate=16000": "l16/16000",
                "audio/x-mulaw;rate=8000": "mulaw/8000",
            },
            vocabulary="content type",
        ),
    ),
    Attribute("extraHeaders", "parameters", Table(",", most=512)),
    Attribute("streamTimeout", "max_seconds", Span(text=True, least=1)),
    Attribute("statusCallbackUrl", "status_url", Url()),
    Attribute("statusCallbackMethod", "status_method", method()),
)


def plain_voice(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """WOMAN and MAN take no SSML, and few languages."""
    if said.get("voice") not in (None, "basic"):
        return {}
    lost: dict[str, Any] = {"ssml": False} if said.get("ssml") is True else {}
    language, gender = said.get("language"), said.get("voice_gender")
    if language not in (None, *TONGUES) and type(language) is not Template:
        lost["language"] = None
    for other, tongues in ONE_GENDER.items():
        if language in tongues and gender in ("female", "male") and gender != other:
            lost["voice_gender"] = other
    return lost


def refused(said: dict[str, Any]) -> None:
    """Hangup as the first verb refuses the call, unless it is for later."""
    if not said.get("after_seconds"):
        said.setdefault("cause", "rejected")


def ended(said: dict[str, Any]) -> None:
    """Behind the answer the reason has no effect."""
    said["cause"] = "normal"


def beep_or_silence(said: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if said.get("until_beep") is True and said.get("until_silence") is True:
        yield "beep", "it has no effect beside silence", "warning"


def all_keys(said: dict[str, Any]) -> None:
    """All twelve keys are no choice of keys."""
    if set(said.get("valid_keys") or "") == set(ALL_KEYS):
        del said["valid_keys"]


def no_action(given: Mapping[str, Any]) -> tuple[str, str] | None:
    """GetInput tells a URL what was heard, and nobody else."""
    return None if given.get("result_url") else ("error", "action is required, and there is no URL for it")


def has_speech(said: Mapping[str, Any]) -> bool:
    """Whether only GetInput can ask for it."""
    return "speech" in (said.get("inputs") or ())


def transcribed(said: dict[str, Any]) -> None:
    """What has a URL for the transcription is transcribed."""
    if "transcribe_url" in said:
        said.setdefault("transcribe", True)


def transcribe(said: dict[str, Any]) -> None:
    """A URL alone would have it transcribed."""
    if said.get("transcribe") is not True:
        said.pop("transcribe_url", None)


def of_message(items: Mapping[str, Any]) -> bool:
    return "true" not in (items.get("recordSession"), items.get("startOnDialAnswer"))


def of_call(items: Mapping[str, Any]) -> bool:
    return items.get("recordSession") == "true" and items.get("startOnDialAnswer") != "true"


def of_type(*types: Any) -> Any:
    return lambda said: said.get("type") in types


def kept_alive(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """keepCallAlive holds the call only while audio goes both ways."""
    if said.get("blocks") is True and said.get("both_ways") is not True:
        return {"blocks": False}
    return {}


def inbound_only(said: dict[str, Any]) -> None:
    """A stream both ways sends what comes in, and nothing else."""
    if said.get("both_ways") is True and said.get("track") in ("outbound", "both"):
        del said["track"]


def holds_nothing(said: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if kept_alive(said):
        yield "keepCallAlive", "it has no effect without bidirectional", "warning"


_AFTER = {"after_method": "POST", "after_takes_over": True, "after_serves": "plivo"}
_STATUS = {"status_method": "POST", "status_payload": "plivo-form"}
_GATHER = {
    "min_digits": 1,
    "finish_keys": "#",
    "barge_in": True,
    "result_method": "POST",
    "result_serves": "plivo",
    "on_nothing": "next",
    "partial_method": "POST",
    "partial_payload": "plivo-form",
    "attempts": 1,
    "beep": False,
}
_GATHER_NOTES = {
    "result_url": "Without action nothing is sent, and the next verb runs.",
    "finish_keys": "One key, or none.",
    "on_nothing": "Without input the next verb runs.",
}
_TARGET = STEPS["target"].unsaid(screen_serves="plivo-wait", **_STATUS, status_events=())
_FILE = {"file_format": "mp3", "channels": "stereo", "transcribe": UNKNOWN, "transcribe_payload": "plivo-form"}
_RECORD_NOTES = {
    "max_seconds": "60 seconds unless maxLength is said, also where the whole call is recorded.",
    "channels": "stereo by the newest docs.",
    "trim_silence": "Recordings are not trimmed.",
}

VERBS = {
    "answer": Verb("", (), STEPS["answer"].unsaid(), kind="answer"),
    "say": Verb(
        "Speak",
        SPEAK,
        STEPS["say"].unsaid(
            ssml=False,
            voice="basic",
            voice_engine="standard",
            voice_gender="female",
            language="en-US",
            repeat=1,
            volume=0,
            early_media=False,
        ),
        {
            "ssml": "Only Polly voices take SSML.",
            "voice": "WOMAN, MAN and Amazon's Polly voices only.",
            "voice_engine": "Only standard Polly voices are documented.",
            "language": f"WOMAN and MAN speak {' '.join(TONGUES)} only.",
            "early_media": "PreAnswer is heard before the answer where the carrier allows it, else after it.",
        },
        ignores=plain_voice,
        kind="say",
    ),
    "play": Verb(
        "Play",
        PLAY,
        STEPS["play"].unsaid(repeat=1, volume=0, early_media=False),
        {"early_media": "PreAnswer is heard before the answer where the carrier allows it, else after it."},
        kind="play",
        one_at_a_time=True,
    ),
    "pause": Verb(
        "Wait",
        WAIT,
        STEPS["pause"].unsaid(seconds=1),
        {"seconds": "Whole seconds only. As the first verb it delays the answer."},
        remark=beep_or_silence,
        kind="pause",
        answers=False,
    ),
    "send_digits": Verb(
        "DTMF",
        DTMF,
        STEPS["send_digits"].unsaid(wait=False),
        {"wait": "Unless async is false the next verb runs as soon as the first key is sent."},
        kind="send_digits",
    ),
    "hangup": Verb(
        "Hangup",
        HANGUP,
        STEPS["hangup"].unsaid(cause="normal"),
        {"cause": "As the first verb it refuses the call: it is rejected unless reason says busy."},
        kind="hangup",
        unanswered=refused,
        answered=ended,
        answers=False,
    ),
    "redirect": Verb(
        "Redirect", REDIRECT, STEPS["redirect"].unsaid(method="POST", serves="plivo"), kind="redirect", answers=False
    ),
    "gather/GetInput": Verb(
        "GetInput",
        GET_INPUT,
        STEPS["gather"].unsaid(
            **_GATHER,
            inputs=UNKNOWN,
            max_digits=UNKNOWN,
            first_timeout=15,
            digit_timeout="auto",
            speech_timeout="auto",
            language="en-US",
            profanity_filter=UNKNOWN,
        ),
        {
            **_GATHER_NOTES,
            "result_url": "action is required.",
            "first_timeout": "5 to 60 seconds, counted when the prompt is over.",
            "digit_timeout": "2 to 10 seconds, or auto.",
            "speech_timeout": "2 to 10 seconds, or auto.",
        },
        kind="gather",
        takes=has_speech,
        proviso=no_action,
    ),
    "gather": Verb(
        "GetDigits",
        GET_DIGITS,
        STEPS["gather"].unsaid(**_GATHER, inputs=("digits",), max_digits=99, first_timeout=5, digit_timeout=2),
        {**_GATHER_NOTES, "inputs": "Digits only; GetInput hears speech."},
        settle=all_keys,
        kind="gather",
    ),
    "dial": Verb(
        "Dial",
        DIAL,
        STEPS["dial"].unsaid(
            order="parallel",
            ring_timeout=UNKNOWN,
            time_limit=14400,
            answer_on_bridge=UNKNOWN,
            hangup_on_star=False,
            record="no",
            **_AFTER,
            **_STATUS,
            status_events=UNKNOWN,
        ),
        {
            "ring_timeout": "Not said in the reference; a guide says 30.",
            "answer_on_bridge": "The ancestor did not answer the caller before the callee.",
            "record": 'A bridged call is recorded by <Record startOnDialAnswer="true" redirect="false"> before the Dial.',
            "after_takes_over": "With redirect false the URL is only told, and the next verb runs.",
            "sip_headers": "Each is sent as X-PH-name.",
        },
        {"record": 'the verb <Record startOnDialAnswer="true"> before it', "ringTone": "dialMusic"},
        kind="dial",
        answers=None,
    ),
    "target/Number": Verb(
        "Number", NUMBER, _TARGET, kind="target", says={"type": "phone"}, takes=of_type("phone", None)
    ),
    "target/User": Verb(
        "User",
        USER,
        _TARGET,
        {"address": "The SIP URI of an endpoint: sip:bob@phone.plivo.com."},
        senses={"address": "it is the SIP URI of an endpoint"},
        kind="target",
        says={"type": "user"},
        takes=of_type("user", "sip"),
    ),
    "record": Verb(
        "Record",
        RECORD,
        STEPS["record"].unsaid(
            silence_timeout=15,
            max_seconds=60,
            finish_keys="#",
            beep=True,
            direction="caller",
            trim_silence=False,
            **_FILE,
            **_AFTER,
            **_STATUS,
            status_events=("completed",),
        ),
        {
            **_RECORD_NOTES,
            "finish_keys": "# by the newest docs, any key by the older.",
            "after_url": "Without action nothing is sent, and the next verb runs.",
        },
        settle=transcribed,
        prepare=transcribe,
        kind="record",
        reads=of_message,
    ),
    "start_recording": Verb(
        "Record",
        RECORD_CALL,
        STEPS["start_recording"].unsaid(
            direction="both",
            trim_silence=False,
            max_seconds=60,
            beep=False,
            **_FILE,
            **_STATUS,
            status_events=("completed",),
        ),
        _RECORD_NOTES,
        settle=transcribed,
        prepare=transcribe,
        kind="start_recording",
        reads=of_call,
        fixed={"recordSession": "true", "redirect": "false"},
    ),
    "message": Verb(
        "Message",
        MESSAGE,
        STEPS["message"].unsaid(**_STATUS),
        {"to": "dst must be said.", "sender": "src must be said."},
        needs=(Need("to", "message_to", "error", whole=True), Need("sender", "message_from", "error", whole=True)),
        kind="message",
        answers=None,
    ),
    "start_stream": Verb(
        "Stream",
        STREAM,
        STEPS["start_stream"].unsaid(
            serves="plivo-stream",
            both_ways=False,
            blocks=False,
            track="inbound",
            codec="l16/8000",
            max_seconds=86400,
            **_STATUS,
        ),
        {
            "url": "The protocol on the socket is the platform's own.",
            "blocks": "keepCallAlive holds the call only where bidirectional is true.",
        },
        effects=kept_alive,
        remark=holds_nothing,
        prepare=inbound_only,
        kind="start_stream",
        says={"both_ways": False, "blocks": False},  # unless attributes say more; the next verb hangs on it
    ),
}

OPTIONS = {
    "message_to": "number that a message goes to, where the source does not say it",
    "message_from": "number that a message comes from, where the source does not say it",
}
