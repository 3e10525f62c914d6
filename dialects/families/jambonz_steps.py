"""The verbs around a conference in jambonz. Sources: `dialects.jambonz`; for the verbs, `jambonz-feature-server` 0.9.8,
2026-07-20, `lib/tasks` (read, partly executed), npm `@jambonz/verb-specifications` 0.1.13, npm `@jambonz/schema` 0.4.15.

The server refuses the whole document for one property that a verb does not have, or one that it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialects.families.jambonz_codecs import (
    Credentials,
    Gap,
    Hook,
    HookObject,
    Inputs,
    Length,
    Media,
    Mix,
    OneKey,
    OneWay,
    PlainHook,
    Rate,
    ReadOnly,
    Recognizer,
    Ringback,
    Status,
    Synthesizer,
    TwoWay,
    Wait,
)
from translator.array_steps import TARGETS, needing
from translator.codecs import Choice, Raw, Text, Url, Whole, json_boolean
from translator.dialect import Attribute, Need, Verb
from translator.step_codecs import Digits, Free, Party, Repeat, Span, Spoken, Table
from translator.step_fields import STEPS
from translator.values import UNKNOWN

FLAG = json_boolean()
YES_NO = Raw(bool, values="true | false")
TEXT = Raw(str, values="text")
OBJECT = Raw(dict, values="an object")
USER_PASSWORD = Raw(dict, values="username, password", sample={"username": "bob", "password": "secret"})
TRANSCRIBE = Raw(dict, values="an object", sample={"transcriptionHook": "/transcription"})
NUMBER = Raw(int, float, values="a number", sample=7)
METHOD = Choice({"GET": "GET", "POST": "POST"}, vocabulary="method")
HOOK = Raw(str, dict, values="a hook")
SECONDS = Span(text=False, whole=False)
LOOP = Repeat(
    "forever",
    text=False,
    odd={
        0: (1, "means once, whatever the vendor's pages say; only forever is endless"),
        -1: ("forever", "is endless on the server (0.9.8) alone; the word for it is forever"),
    },
)
ID = Attribute("id", "verb_id", TEXT, severity="notice", note="It comes back as verb_id in hooks.")
EARLY = Attribute("earlyMedia", "early_media", FLAG)
HEADERS = Attribute("headers", "headers", OBJECT, note="SIP headers.")

SAY = (
    Attribute("text", ("text", "ssml"), Spoken(xml=False)),
    Attribute(
        "synthesizer",
        ("voice", "voice_engine", "voice_gender", "language", "speech_options"),
        Synthesizer(),
        note="The account needs credentials of the vendor; without them the verb is skipped.",
    ),
    Attribute("loop", "repeat", LOOP),
    EARLY,
    Attribute("instructions", "instructions", TEXT),
    Attribute("stream", "speech_stream", YES_NO, default=False),
    Attribute("closeStreamOnEmpty", "close_stream_on_empty", YES_NO, severity="notice"),
    Attribute("disableTtsCache", "disable_cache", YES_NO, severity="notice"),
    ID,
)

PLAY = (
    Attribute("url", "urls", Media()),
    Attribute("loop", "repeat", LOOP),
    EARLY,
    Attribute("timeoutSecs", "stop_after", Raw(int, float, str, values="number, seconds", sample=7)),
    Attribute("seekOffset", "start_at", Raw(int, float, str, values="number", sample=8000)),
    Attribute("actionHook", "done_hook", HOOK, severity="error", note="The array that it answers takes over."),
    ID,
)

DTMF = (
    Attribute("dtmf", "digits", Digits("0123456789*#ABCDw")),
    Attribute("duration", "tone_length", NUMBER, severity="notice", default=500),
    ID,
)

DECLINE = (Attribute("status", ("cause", "sip_status"), Status()), Attribute("reason", "sip_reason", TEXT), HEADERS, ID)

REDIRECT = (
    Attribute("actionHook", "url", PlainHook(), note="A text only: with an object the server ends the application."),
    Attribute("statusHook", "status_hook", HOOK, severity="error"),
    ID,
)

COUNT = Whole(1, text=False)
GATHER = (
    Attribute("input", "inputs", Inputs()),
    Attribute("actionHook", ("result_url", "result_method"), Hook()),
    Attribute("timeout", "first_timeout", Wait()),
    Attribute("finishOnKey", "finish_keys", OneKey()),
    Attribute("numDigits", "max_digits", COUNT),
    Attribute("maxDigits", "max_digits", ReadOnly(COUNT)),
    Attribute("minDigits", "min_digits", COUNT, note="Without it interDigitTimeout never fires."),
    Attribute("interDigitTimeout", "digit_timeout", Gap(), when_none=Gap.AUTO, when_unknown=Gap.AUTO),
    Attribute(
        "recognizer",
        ("language", "hints", "profanity_filter", "recognizer_options"),
        Recognizer(),
        note="The account needs credentials of the vendor.",
    ),
    Attribute("dtmfBargein", "barge_in", FLAG, note="For digits; bargein is for speech."),
    Attribute("bargein", "speech_barge_in", YES_NO, severity="notice", default=True),
    Attribute("partialResultHook", ("partial_url", "partial_method"), Hook()),
    Attribute(
        "speechTimeout",
        "unused_speech_timeout",
        NUMBER,
        severity="notice",
        note="The server (0.9.8) reads it and never uses it.",
    ),
    Attribute("minBargeinWordCount", "barge_in_words", NUMBER, default=1),
    Attribute("listenDuringPrompt", "listen_during_prompt", YES_NO, default=True),
    Attribute("fillerNoise", "filler_noise", Raw(dict, values="an object", sample={"enable": True})),
    Attribute("actionHookDelayAction", "delay_action", Raw(dict, values="an object", sample={"enabled": True})),
    ID,
)

DIAL = (
    Attribute("callerId", "caller_id", Text(filled=True)),
    Attribute("callerName", "caller_name", Text(filled=True)),
    Attribute("timeout", "ring_timeout", COUNT),
    Attribute("timeLimit", "time_limit", COUNT),
    Attribute("answerOnBridge", "answer_on_bridge", FLAG),
    Attribute("dialMusic", "ringback", Ringback()),
    Attribute("actionHook", ("after_url", "after_method"), Hook()),
    Attribute("confirmHook", ("screen_url", "screen_method"), Hook(), note="It is asked for each target."),
    Attribute("headers", "sip_headers", Table(values="object of SIP headers")),
    Attribute("dtmfCapture", "digit_capture", Raw(dict, list, values="patterns of keys"), severity="error"),
    Attribute("dtmfHook", "digit_hook", HOOK, severity="error"),
    Attribute("onHoldHook", "hold_hook", HOOK),
    Attribute("referHook", "refer_hook", HOOK, severity="error"),
    Attribute("listen", "dial_listen", OBJECT, severity="error"),
    Attribute("stream", "dial_stream", OBJECT, severity="error"),
    Attribute("transcribe", "dial_transcribe", TRANSCRIBE, severity="error"),
    Attribute(
        "amd", "machine_detection", Raw(dict, values="an object", sample={"actionHook": "/amd"}), severity="error"
    ),
    Attribute("dub", "dub", Raw(list, values="a list")),
    Attribute("tag", "tag", OBJECT, severity="notice"),
    Attribute("proxy", "proxy", TEXT, severity="error"),
    Attribute("anchorMedia", "anchor_media", YES_NO, severity="notice"),
    Attribute("exitMediaPath", "exit_media_path", YES_NO, severity="notice"),
    Attribute("boostAudioSignal", "boost", Raw(int, float, str, values="decibel", sample="-3 dB")),
    Attribute("forwardPAI", "forward_identity", YES_NO, severity="notice"),
    Attribute(
        "srtpEncryption",
        "srtp_encryption",
        Choice({"sdes": "sdes", "dtls": "dtls"}, vocabulary="srtp"),
        severity="error",
    ),
    ID,
)

OUT = (
    Attribute("confirmHook", ("screen_url", "screen_method"), HookObject()),
    Attribute("method", "confirm_method", METHOD, severity="notice"),
    Attribute("headers", "sip_headers", Table(values="object of SIP headers")),
    Attribute("from", "from", Raw(dict, values="user, host", sample={"user": "bob"}), severity="error"),
    Attribute("trunk", "trunk", TEXT, severity="error"),
    Attribute("proxy", "proxy", TEXT, severity="error"),
    Attribute("overrideTo", "override_to", TEXT, severity="error"),
    Attribute("vmail", "voicemail", YES_NO, severity="notice"),
    Attribute("tenant", "tenant", TEXT, severity="error"),
)
AUTH = Attribute("auth", ("username", "password"), Credentials())
SHOWN = Attribute("name", "shown_name", TEXT, severity="notice")

STREAM = (
    Attribute("url", "url", Url("slash", schemes=("ws", "wss")), values="ws or wss URL, or /path"),
    Attribute("bidirectionalAudio", ("both_ways", "two_way_options"), TwoWay()),
    Attribute("disableBidirectionalAudio", "both_ways", OneWay()),
    Attribute("mixType", ("track", "mixed"), Mix()),
    Attribute("sampleRate", "codec", Rate(), note="Always linear, 16 bits."),
    Attribute("metadata", "parameters", Table()),
    Attribute("maxLength", "max_seconds", SECONDS),
    Attribute("wsAuth", "socket_auth", USER_PASSWORD, severity="error"),
    Attribute("passDtmf", "pass_digits", YES_NO),
    Attribute("playBeep", "stream_beep", YES_NO, default=False),
    Attribute("timeout", "unused_timeout", NUMBER, severity="notice", note="The server (0.9.8) never uses it."),
)
LISTEN = (
    *STREAM,
    Attribute("actionHook", "done_hook", HOOK, severity="error", note="It is asked when the socket is closed."),
    Attribute("finishOnKey", "finish_key", TEXT, severity="error"),
    Attribute("transcribe", "stream_transcribe", TRANSCRIBE, severity="error"),
    Attribute("auth", "auth", USER_PASSWORD, severity="error"),
    EARLY,
    Attribute("channel", "channel", NUMBER),
    Attribute("id", "id", Text(filled=True)),
)

RECORDING = (
    Attribute("action", "action", Choice({"startCallRecording": "start"}, vocabulary="action"), default="start"),
    Attribute(
        "type",
        "recording_type",
        Raw(str, values="cloud | siprec", sample="cloud"),
        default="cloud",
        note="siprec, if nothing is said; cloud needs storage that is set up in the account.",
    ),
    Attribute("recordingID", "id", Text(filled=True)),
    Attribute("siprecServerURL", "recording_server", Raw(str, list, values="URL or list of URLs"), severity="error"),
    HEADERS,
)

MESSAGE = (
    Attribute("text", "text", Free("text", "Hello")),
    Attribute("to", "to", Party()),
    Attribute("from", "sender", Party()),
    Attribute("actionHook", ("status_url", "status_method"), Hook(), note="What it answers is ignored."),
    Attribute(
        "media",
        "unsent_media",
        Raw(str, list, values="URL or list of URLs"),
        severity="notice",
        note="The server (0.9.8) takes it, and does not send it.",
    ),
    Attribute("carrier", "carrier", TEXT, severity="notice"),
    Attribute("account_sid", "account_sid", TEXT, severity="notice"),
    Attribute("message_sid", "message_sid", TEXT, severity="notice"),
    ID,
)


def no_vendor(said: dict[str, Any]) -> None:
    """A voice is written only where one was asked for: the account may have no credentials of its vendor."""
    said.setdefault("voice", None)


def no_engine(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Only Amazon's voices have engines; the others are what elsewhere goes without a name."""
    voice = said.get("voice")
    return {"voice_engine": "standard"} if isinstance(voice, str) and not voice.startswith("amazon.") else {}


def ask(said: dict[str, Any]) -> None:
    """What must always be said of an input, and what is said of speech alone."""
    said.setdefault("min_digits", 1)
    if "speech" not in (said.get("inputs") or ()):
        said.update(language=None, hints=None, profanity_filter=None)
    elif said.get("barge_in") is not False:
        said["speech_barge_in"] = True


def heard(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Speech does not stop the prompt, unless bargein says so."""
    return {"barge_in": said.get("speech_barge_in") is True} if said.get("inputs") == ("speech",) else {}


def doubts(said: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if "digit_timeout" in said and "min_digits" not in said:
        words = "it never fires without minDigits, and digits that are typed before the timeout are thrown away"
        yield "interDigitTimeout", words, "warning"


def screen(verb: dict[str, Any]) -> None:
    """What is asked for every target alike is said once, where the server is known to look for it."""
    asked = [target.get("confirmHook") for target in verb[TARGETS]]
    if "confirmHook" not in verb and asked and asked[0] is not None and all(each == asked[0] for each in asked):
        verb["confirmHook"] = asked[0]["url"] if list(asked[0]) == ["url"] else asked[0]
        for target in verb[TARGETS]:
            del target["confirmHook"]


def begin(said: dict[str, Any]) -> None:
    """A recording in the account's storage: the other type needs a SIPREC server."""
    said["action"] = "start"
    said.setdefault("recording_type", "cloud")


def storage(given: Mapping[str, Any]) -> tuple[str, str]:
    return "error", "nothing is recorded unless storage is set up in the account"


def siprec(said: dict[str, Any]) -> None:
    """Without a type the recording goes to a SIPREC server."""
    said.setdefault("recording_type", "siprec")


def credentials(given: Mapping[str, Any]) -> tuple[str, str] | None:
    """A named voice needs its vendor."""
    voice = given.get("voice")
    if not isinstance(voice, str) or voice == "basic":
        return None
    return "notice", f"nothing is heard unless the account has credentials of {voice.partition('.')[0]}"


def both_ways(said: dict[str, Any]) -> None:
    """The server's audio is heard unless it is switched off: that decides what the stream is elsewhere."""
    said.setdefault("both_ways", True)


def enable(said: dict[str, Any]) -> None:
    said["enable"] = True


def _target(kind: str, *rows: Attribute, teams: bool = False, sense: str = "") -> Verb:
    canonical = "resource" if teams else kind
    named = (("type", "teams") if teams else "type", TEAMS if teams else Choice({kind: kind}, vocabulary="target"))
    return Verb(
        f"target/{kind}",
        (Attribute("type", *named), *rows, *OUT),
        STEPS["target"].unsaid(screen_method="POST", screen_serves="jambonz-wait", status_events=()),
        {
            "address": "A user goes by the name in the account's SIP realm: alice@sip.example.com.",
            "send_digits": "No digits are sent to the called side.",
            "status_url": "The application's own status hook is told of every leg.",
        },
        kind="target",
        senses={"address": sense} if sense else {},
        takes=lambda said: (
            said.get("type") == canonical and bool(said.get("address")) and teams is bool(said.get("teams"))
        ),
        answers=None,
    )


TEAMS = Choice({"teams": ("resource", True)}, vocabulary="teams")
PHONE = Free("E.164 number", "+15550100002", trim=True)
USER = Text(
    unsafe=r"^[^@]*$",
    why="needs the realm of the account: alice@sip.example.com",
    filled=True,
    doubt="error",  # nobody would be called
)

SPOKEN = {"voice": UNKNOWN, "voice_engine": "neural", "voice_gender": UNKNOWN, "language": UNKNOWN}
STREAMED = {"serves": "jambonz-stream", "both_ways": True, "track": "inbound", "codec": "l16/8000"}
STREAM_NOTES = {
    "url": "The server sends one JSON text, then raw linear frames; the protocol is its own.",
    "status_url": "Nobody is told of the stream.",
    "track": "stereo is both sides in two channels, mixed in one.",
}
ENDS_NOT = "An answer that is no array lets the next verb run."

OPTIONS = {
    "message_to": "number that a text message goes to, where the source leaves it to the platform",
    "message_from": "number that a text message comes from, where the source leaves it to the platform",
}

VERBS = {
    "answer": Verb("answer", (ID,), STEPS["answer"].unsaid(), kind="answer"),
    "say": Verb(
        "say",
        SAY,
        STEPS["say"].unsaid(**SPOKEN, ssml=False, repeat=1, volume=0, early_media=False),
        {
            "voice": "The application's own, unless said; the account needs credentials of the vendor.",
            "voice_gender": "A gender needs a vendor; the application's own voice speaks.",
            "language": "The application's own, unless said.",
            "repeat": "Only forever is endless; 0 means once.",
        },
        {
            "voice": "synthesizer with vendor and voice",
            "language": "synthesizer with vendor and language",
            "vendor": "synthesizer with vendor",
        },
        kind="say",
        prepare=no_vendor,
        effects=no_engine,
        proviso=credentials,
        takes=lambda said: bool(said.get("text")),
        lower=needing("text"),
    ),
    "play": Verb(
        "play",
        PLAY,
        STEPS["play"].unsaid(repeat=1, volume=0, early_media=False),
        {"repeat": "Only forever is endless; 0 means once."},
        kind="play",
        stopped_by="stop_after",
        takes=lambda said: bool(said.get("urls")),
        lower=needing("url"),
    ),
    "pause": Verb(
        "pause",
        (Attribute("length", "seconds", Length()), ID),
        STEPS["pause"].unsaid(),
        {"seconds": "Fractions are fine. It answers nothing."},
        kind="pause",
        answers=False,
        lower=needing(also=lambda verb: verb.setdefault("length", 1)),
    ),
    "send_digits": Verb(
        "dtmf",
        DTMF,
        STEPS["send_digits"].unsaid(wait=True),
        {"digits": "0-9 * # A-D; w is half a second."},
        kind="send_digits",
        takes=lambda said: bool(said.get("digits")),
        lower=needing("dtmf"),
    ),
    "hangup/decline": Verb(
        "sip:decline",
        DECLINE,
        STEPS["hangup"].unsaid(cause="rejected"),
        {"cause": "486 is busy, 603 a refusal; it is skipped once the call is answered."},
        kind="hangup",
        says={"cause": "rejected"},
        takes=lambda said: not said.get("after_seconds"),
        answers=False,
        only_ringing=True,
        lower=needing(also=lambda verb: verb.setdefault("status", 603)),
    ),
    "hangup": Verb(
        "hangup",
        (HEADERS, ID),
        STEPS["hangup"].unsaid(cause="normal"),
        {"cause": "It is skipped while the call rings; at the end of the array such a call is refused with 603."},
        kind="hangup",
        says={"cause": "normal"},
        takes=lambda said: not said.get("after_seconds"),
        answers=False,
        only_answered=True,
    ),
    "redirect": Verb(
        "redirect",
        REDIRECT,
        STEPS["redirect"].unsaid(method="POST", serves="jambonz"),
        {"url": ENDS_NOT, "method": "Always POST."},
        kind="redirect",
        takes=lambda said: bool(said.get("url")),
        answers=None,
        lower=needing("actionHook"),
    ),
    "gather": Verb(
        "gather",
        GATHER,
        STEPS["gather"].unsaid(
            inputs=("digits",),
            finish_keys="none",
            first_timeout=15,
            speech_timeout=UNKNOWN,
            language=UNKNOWN,
            profanity_filter=UNKNOWN,
            barge_in=True,
            result_method="POST",
            result_serves="jambonz",
            on_nothing="ask",
            partial_method="POST",
            partial_payload="jambonz-json",
            attempts=1,
            beep=False,
        ),
        {
            "first_timeout": "One span from the end of the prompt; typing does not begin it anew. 0 is none.",
            "finish_keys": "One key; none, unless said.",
            "min_digits": "Without it digits that are typed before the timeout are thrown away.",
            "result_url": ENDS_NOT,
            "on_nothing": "The hook is asked without input too, with the reason timeout; " + ENDS_NOT.lower(),
            "speech_timeout": "speechTimeout is read by the server (0.9.8), and never used.",
            "barge_in": "Digits stop the prompt unless dtmfBargein is false; speech only where bargein is true.",
            "prompt": "One say or one play is heard.",
        },
        {"action": "actionHook", "hints": "recognizer with vendor and hints", "language": "recognizer with vendor"},
        kind="gather",
        prepare=ask,
        effects=heard,
        remark=doubts,
        holds=1,
        nests=("say", "play"),
    ),
    "dial": Verb(
        "dial",
        DIAL,
        STEPS["dial"].unsaid(
            order="parallel",
            ring_timeout=60,
            answer_on_bridge=False,
            hangup_on_star=False,
            after_method="POST",
            after_takes_over=True,
            after_serves="jambonz",
            record="no",
            status_events=(),
        ),
        {
            "after_url": "Asked when the bridged call is over; " + ENDS_NOT.lower(),
            "time_limit": "There is none, unless said.",
            "ringback": "A recording, or a tone.",
            "record": "Record the call with a config verb before it.",
            "status_url": "The application's own status hook is told of every leg.",
            "order": "All targets ring at once; the first ten count.",
        },
        {"action": "actionHook", "number": "target with type and number"},
        holds=10,
        kind="dial",
        lower=needing(TARGETS, also=screen),
    ),
    "target/phone": _target("phone", Attribute("number", "address", PHONE), AUTH, SHOWN),
    "target/sip": _target(
        "sip", Attribute("sipUri", "address", Free("SIP address", "sip:bob@example.com")), AUTH, SHOWN
    ),
    "target/user": _target("user", Attribute("name", "address", USER), AUTH, sense="a user of the account's SIP realm"),
    "target/teams": _target("teams", Attribute("number", "address", PHONE), SHOWN, teams=True),
    "start_recording": Verb(
        "config/record",
        RECORDING,
        STEPS["start_recording"].unsaid(
            direction=UNKNOWN,
            channels=UNKNOWN,
            file_format=UNKNOWN,
            trim_silence=UNKNOWN,
            beep=UNKNOWN,
            status_events=(),
            transcribe=False,
        ),
        {"status_url": "Nobody is told of the recording."},
        proviso=storage,
        settle=siprec,
        kind="start_recording",
        reads=lambda items: items.get("action") == "startCallRecording",
        prepare=begin,
        lower=needing("action"),
    ),
    "message": Verb(
        "message",
        MESSAGE,
        STEPS["message"].unsaid(status_method="POST", status_payload="jambonz-json"),
        {"to": "It must be said.", "sender": "It must be said.", "media": "The server (0.9.8) sends none."},
        kind="message",
        needs=(Need("to", "message_to", "error", whole=True), Need("sender", "message_from", "error", whole=True)),
        answers=False,
        lower=needing("to", "from"),
    ),
    "start_stream": Verb(
        "listen",
        LISTEN,
        STEPS["start_stream"].unsaid(**STREAMED, blocks=True),
        STREAM_NOTES,
        settle=both_ways,
        kind="start_stream",
        says={"blocks": True},
        takes=lambda said: said.get("blocks") is True and bool(said.get("url")),
        lower=needing("url"),
    ),
    "start_stream/config": Verb(
        "config/listen",
        (
            Attribute("enable", "enable", Choice({True: True}, vocabulary="boolean", on_text=False), default=True),
            *STREAM,
        ),
        STEPS["start_stream"].unsaid(**STREAMED, blocks=False),
        STREAM_NOTES,
        settle=both_ways,
        kind="start_stream",
        says={"blocks": False},
        reads=lambda items: items.get("enable") is True and "url" in items,
        prepare=enable,
        takes=lambda said: said.get("blocks") is not True and bool(said.get("url")),
        lower=needing("enable", "url"),
    ),
    "start_stream/stream": Verb(
        "stream",
        LISTEN,
        STEPS["start_stream"].unsaid(**STREAMED, blocks=True),
        STREAM_NOTES,
        settle=both_ways,
        kind="start_stream",
        says={"blocks": True},
        takes=lambda _: False,
        lower=needing("url"),
    ),
}
