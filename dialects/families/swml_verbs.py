"""The SWML methods around a conference: one table for SWML documents and the SWML inside SWAIG replies.

Sources: SignalWire docs, SWML reference of play, sleep, hangup, transfer, answer, prompt, connect, record, record_call,
send_digits, send_sms, stream and tap, with its JSON Schema, 2026-08-21 ("newest schema"); JSON Schema of PyPI
`signalwire-sdk` 3.7.5 ("SDK schema").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dialects.families.swml_codecs import (
    Address,
    Dest,
    Headers,
    Inputs,
    LegEvents,
    Loudness,
    Media,
    Ringback,
    Several,
    Socket,
    Voice,
    is_web,
)
from translator.codecs import Choice, Raw, Text, Url, Whole, json_boolean
from translator.dialect import Attribute, Verb
from translator.sites import Site
from translator.step_codecs import (
    Digits,
    Free,
    Keys,
    Language,
    Party,
    Repeat,
    Single,
    Span,
    Spoken,
    Table,
    TextList,
    locale_of,
)
from translator.step_codecs import (
    Socket as WebSocket,
)
from translator.step_fields import STEPS
from translator.values import CALLED, CALLER, OMIT, UNKNOWN

THEN = "transfer"
"""The element that stands for what follows a step and belongs to it: a transfer to a URL."""
MATCHED = re.compile(
    r"""\s*(?:%\{|\$\{)?\s*(?:vars\.)?prompt_result\s*===?\s*['"](match_digits|match_speech)['"]\s*\}?\s*"""
)
FOLLOWED = ("conference", "dial", "record")
"""Kinds of steps that a transfer right behind them belongs to."""
FLAG = json_boolean()
OBJECT = Raw(dict, values="an object")
TEXT = Raw(str, values="text")
NUMBER = Raw(int, float, values="a number", sample=44.0)
ENCRYPTION = Choice({word: word for word in ("mandatory", "optional", "forbidden")}, vocabulary="encryption")


PARTY = Party({CALLER: "${call.from}", CALLED: "${call.to}"})


SPEECH_FIELDS = {"language", "hints", "speech_timeout_total", "speech_engine"}
SPEECH_SAID = ("language", "hints", "speech_timeout")
DIGITS_SAID = ("max_digits", "finish_keys", "digit_timeout")
SPEECH_KEYS = ("speech_language", "speech_hints", "speech_end_timeout")
DIGIT_KEYS = ("max_digits", "terminators", "digit_timeout")
INPUTS = "<inputs>"
TIMES = "<times>"

SPEECH = (
    Attribute("say_language", "language", Language()),
    Attribute("say_voice", ("voice", "voice_engine"), Voice()),
    Attribute(
        "say_gender",
        "voice_gender",
        Choice({"female": "female", "male": "male"}, vocabulary="gender", nearest={"alice": "female"}),
    ),
)
SOUND = (
    Attribute("volume", "volume", Loudness()),
    Attribute("auto_answer", "early_media", Choice({False: True, True: False}, vocabulary="boolean", on_text=False)),
    Attribute("status_url", "play_status_url", TEXT, note="It is told when the sound begins and ends."),
)
TIMES_ROW = Attribute(TIMES, "repeat", Repeat(OMIT, text=False, most=20), note="The entry stands so often in urls.")
AFTER = Attribute("dest", "after_url", Dest(), element=THEN, note="A transfer right behind it.")

SAY_IMPLIED = {
    "ssml": False,
    "voice": "amazon.Salli",
    "voice_engine": "standard",
    "voice_gender": "female",
    "language": "en-US",
    "repeat": 1,
    "volume": 0,
    "early_media": False,
}
AFTER_IMPLIED = {"after_method": "POST", "after_takes_over": True, "after_serves": "swml"}
STATUS_IMPLIED = {"status_method": "POST", "status_payload": "swml-json"}


def goes_on(said: dict[str, Any]) -> None:
    """A URL that is only told, while the flow goes on, is not what a transfer does."""
    if said.get("after_takes_over") is False:
        said.pop("after_url", None)


def listens(said: dict[str, Any]) -> None:
    """Speech is switched on by a key about speech, digits by one about digits: others must not say it."""
    if isinstance(said.get("inputs"), str):  # a template: no key says it
        said["inputs"] = ("digits",)
    inputs = said.get("inputs", ("digits",))
    for word, names in (("speech", SPEECH_SAID), ("digits", DIGITS_SAID)):
        for name in names if word not in inputs else ():
            said.pop(name, None)
    timed = isinstance(said.get("speech_timeout"), int | float)
    if "speech" in said.get("inputs", ()) and not timed and not SPEECH_FIELDS & said.keys():
        said["language"] = "en-US"


def is_now(said: Mapping[str, Any]) -> bool:
    """Nothing here ends a call later: better not at all than at once."""
    return not said.get("after_seconds")


def refuse(said: dict[str, Any]) -> None:
    """Hangup before the call is answered refuses it."""
    said.setdefault("cause", "rejected")


def usual_voice(said: Mapping[str, Any]) -> dict[str, Any]:
    """A gender alone asks for another voice than the usual one; Google's voices have a language of their own."""
    return {"voice": "basic"} if "voice_gender" in said and "voice" not in said else locale_of(said)


def no_limit(said: dict[str, Any]) -> None:
    """14400 seconds are every call's limit, and nobody's wish."""
    if said.get("time_limit") == 14400:
        del said["time_limit"]


def one_direction(given: Mapping[str, Any]) -> tuple[str, str] | None:
    if CALLER in (given.get("to"), given.get("sender")) or CALLED in (given.get("to"), given.get("sender")):
        return "warning", "${call.from} and ${call.to} are the caller and this side of an inbound call only"
    return None


def is_called(said: Mapping[str, Any]) -> bool:
    """Without an address the whole method is refused; a user's name on another platform is none."""
    return bool(said.get("address")) and said.get("type") != "user"


def both_ways(said: Mapping[str, Any]) -> bool:
    return said.get("both_ways") is True


# -- writing ---------------------------------------------------------------------------------------------------


def items(site: Site) -> dict[str, Any]:
    return dict(site.nodes[""][1])


def then(site: Site) -> list[Any]:
    """The transfer that stands for the URL asked afterwards."""
    found = site.nodes.get(THEN, ("", {}))[1]
    return [{"transfer": dict(found)}] if found else []


def lower(site: Site) -> list[Any]:
    """One method, and what belongs behind it."""
    name = site.form.wire if site.form is not None else site.verb
    return [{name: items(site)}, *then(site)]


def entries(site: Site) -> tuple[list[Any], dict[str, Any]]:
    """What `play` plays for a step, and the other keys."""
    if site.kind == "pause":
        duration = items(site).get("duration", 0)
        return [f"silence:{duration / 1000:g}" if isinstance(duration, int) else "silence:1"], {}
    shared = items(site)
    times = shared.pop(TIMES, 1)
    urls = shared.pop("urls", None) or ([shared.pop("url")] if "url" in shared else [])
    shared.pop("url", None)
    return ([urls] if isinstance(urls, str) else list(urls)) * times, shared


def lower_play(site: Site) -> list[Any]:
    urls, shared = entries(site)
    if not urls:
        return []
    return [{"play": {"url": urls[0], **shared} if len(urls) == 1 else {"urls": urls, **shared}}]


def lower_sleep(site: Site) -> list[Any]:
    found = items(site)
    return [{"sleep": found if site.raw else found.get("duration", {})}]


def lower_prompt(site: Site) -> list[Any]:
    value = items(site)
    inputs = value.pop(INPUTS, "digits")
    if inputs == "digits":
        value = {key: each for key, each in value.items() if key not in SPEECH_KEYS}
    else:
        if not any(key.startswith("speech_") for key in value):
            value["speech_language"] = "en-US"
        if inputs == "speech":
            value = {key: each for key, each in value.items() if key not in DIGIT_KEYS}
        elif not any(key in value for key in DIGIT_KEYS):
            value["max_digits"] = 1  # what it is when nothing is said: a key must say that digits count
    played: list[Any] = []
    shared: dict[str, Any] = {}
    for part in site.parts:
        urls, more = entries(part)
        played += urls
        shared.update({key: each for key, each in more.items() if key in SHARED and key not in shared})
    prompt = {"play": played[0] if len(played) == 1 else played or "silence:0", **shared, **value}
    found = site.nodes.get(THEN, ("", {}))[1]
    if not found:
        return [{"prompt": prompt}]
    whens = [f"prompt_result === 'match_{kind}'" for kind in inputs.split()]
    branch = [{"transfer": dict(found)}]
    return [{"prompt": prompt}, {"cond": [{"when": when, "then": branch} for when in whens]}]


SHARED = ("say_voice", "say_language", "say_gender", "volume")
MOST_DIGITS = 20


PLAIN_TARGET = {"to", "username", "password"}
"""What of a single target stands in connect itself; the rest of its keys would be about the whole connect."""


def lower_connect(site: Site) -> list[Any]:
    value = items(site)
    serial = value.pop("order", "parallel") == "serial"
    targets = [items(part) for part in site.parts]
    if len(targets) == 1 and targets[0].keys() <= PLAIN_TARGET:
        value = {**targets[0], **value}
    elif targets:
        value["serial" if serial else "parallel"] = targets
    return [{"connect": value}, *then(site)]


# -- the table ---------------------------------------------------------------------------------------------------

TARGET = (
    Attribute("to", ("type", "address"), Address()),
    Attribute("username", "username", Text(filled=True)),
    Attribute("password", "password", Text(filled=True)),
    Attribute("headers", "sip_headers", Headers()),
    Attribute("call_state_url", "status_url", Url()),
    Attribute("call_state_events", "status_events", LegEvents()),
    Attribute("from", "leg_caller_id", TEXT, severity="error"),
    Attribute("timeout", "leg_ring_timeout", NUMBER),
    Attribute("codecs", "leg_codecs", TEXT, severity="notice"),
    Attribute("encryption", "leg_encryption", ENCRYPTION, default="optional", severity="error"),
    Attribute("session_timeout", "leg_session_timeout", NUMBER, severity="notice"),
    Attribute("webrtc_media", "leg_webrtc_media", Raw(bool, values="true | false"), severity="notice"),
)
TARGET_IMPLIED = STEPS["target"].unsaid(
    **STATUS_IMPLIED, status_events=("completed",), screen_method="POST", screen_serves="swml"
)

SOUND_CODEC = Choice(
    {
        "PCMU": "mulaw/8000",
        "PCMA": "alaw/8000",
        "L16@8000h": "l16/8000",
        "L16@16000h": "l16/16000",
        "L16@24000h": "l16/24000",
    },
    vocabulary="swml codec",
    odd={"PCMU@8000h": ("mulaw/8000", "PCMU")}
    | {f"L16@{rate}h@{time}i": (f"l16/{rate}", f"L16@{rate}h") for rate in (16000, 24000) for time in (20, 40)},
)
STREAM = (
    Attribute("name", "id", Text(filled=True)),
    Attribute("codec", "codec", SOUND_CODEC),
    Attribute("custom_parameters", "parameters", Table()),
    Attribute("status_url", "status_url", Url()),
    Attribute("status_url_method", "status_method", Choice({"GET": "GET", "POST": "POST"}, vocabulary="method")),
    Attribute("authorization_bearer_token", "token", Text(filled=True)),
)
REALTIME = Attribute("realtime", "realtime", Raw(bool, values="true | false"), default=False)
STREAM_IMPLIED = {"serves": "swml-stream", "track": "inbound", "codec": "mulaw/8000", **STATUS_IMPLIED}

RECORDING = (
    Attribute(
        "format", "file_format", Choice({word: word for word in ("wav", "mp3", "mp4")}, vocabulary="file format")
    ),
    Attribute("stereo", "channels", Choice({True: "stereo", False: "mono"}, vocabulary="boolean", on_text=False)),
    Attribute("beep", "beep", FLAG),
    Attribute("max_length", "max_seconds", Span(text=False, whole=False)),
    Attribute("status_url", "status_url", Url()),
    Attribute("input_sensitivity", "input_sensitivity", NUMBER, severity="notice", default=44.0),
)
DIRECTION = Choice({"speak": "caller", "listen": "remote", "both": "both"}, vocabulary="direction")
ONE_SIDE = Choice({"speak": "caller", "listen": "remote"}, vocabulary="one side")

VERBS: dict[str, Verb] = {
    "answer": Verb(
        "answer",
        (
            Attribute("max_duration", "time_limit", Whole(1, text=False, unit="seconds")),
            Attribute("codecs", "codecs", TextList(",", sample="PCMU")),
            Attribute("username", "sip_user", TEXT, severity="error"),
            Attribute("password", "sip_password", TEXT, severity="error"),
        ),
        STEPS["answer"].unsaid(time_limit=14400),
        {"time_limit": "14400 seconds when not said."},
        settle=no_limit,
        kind="answer",
        lower=lower,
    ),
    "say": Verb(
        "play",
        (
            Attribute("url", ("text", "ssml"), Spoken(xml=False, prefix="say:", breaks=False, most=3000)),
            *SPEECH,
            TIMES_ROW,
            *SOUND,
        ),
        STEPS["say"].unsaid(**SAY_IMPLIED),
        {
            "text": "A line break in the text is refused by both schemas.",
            "voice": "A voice that does not resolve falls back to a default one without a word.",
            "repeat": "There is no loop: the entry stands as often in urls, at most 20 times here.",
        },
        kind="say",
        effects=usual_voice,
        lower=lower_play,
    ),
    "play": Verb(
        "play",
        (Attribute("url", "urls", Single(Media())), Attribute("urls", "urls", Several(Media())), TIMES_ROW, *SOUND),
        STEPS["play"].unsaid(repeat=1, volume=0, early_media=False),
        {"repeat": "There is no loop: the entry stands as often in urls, at most 20 times here."},
        kind="play",
        lower=lower_play,
    ),
    "pause": Verb(
        "sleep",
        (
            Attribute(
                "duration",
                "seconds",
                Span(text=False, scale=1000, words={-1: "forever"}, unit="milliseconds"),
            ),
        ),
        STEPS["pause"].unsaid(),
        {"seconds": "Milliseconds here; -1 is for ever. It does not answer the call."},
        kind="pause",
        answers=False,
        lower=lower_sleep,
    ),
    "send_digits": Verb(
        "send_digits",
        (Attribute("digits", "digits", Digits("0123456789ABCD*#wW")),),
        STEPS["send_digits"].unsaid(wait=True),
        kind="send_digits",
        lower=lower,
    ),
    "hangup": Verb(
        "hangup",
        (
            Attribute(
                "reason",
                "cause",
                Choice({"hangup": "normal", "busy": "busy", "decline": "rejected"}, vocabulary="reason"),
            ),
        ),
        STEPS["hangup"].unsaid(cause="normal"),
        {"cause": "Before the call is answered, hangup refuses it."},
        kind="hangup",
        takes=is_now,
        unanswered=refuse,
        answers=False,
        terse=True,
        lower=lower,
    ),
    "redirect": Verb(
        "transfer",
        (
            Attribute("dest", "url", Dest()),
            Attribute("params", "transfer_params", OBJECT, severity="error"),
            Attribute("meta", "transfer_meta", OBJECT, severity="warning"),
        ),
        STEPS["redirect"].unsaid(method="POST", serves="swml"),
        {"method": "The URL is always asked by POST."},
        kind="redirect",
        takes=lambda said: is_web(said.get("url")),
        answers=None,
        lower=lower,
    ),
    "gather": Verb(
        "prompt",
        (
            Attribute(
                "max_digits",
                "max_digits",
                Whole(1, text=False, unit="digits"),
                when_none=MOST_DIGITS,
                when_unknown=MOST_DIGITS,
            ),
            Attribute("terminators", "finish_keys", Keys("")),
            Attribute("digit_timeout", "digit_timeout", Span(text=False, whole=False)),
            Attribute("initial_timeout", "first_timeout", Span(text=False, whole=False)),
            Attribute("speech_end_timeout", "speech_timeout", Span(text=False, whole=False)),
            Attribute("speech_language", "language", Language()),
            Attribute("speech_hints", "hints", TextList()),
            Attribute("dest", "result_url", Dest(), element=THEN, note="A cond behind it, with a transfer."),
            Attribute("speech_timeout", "speech_timeout_total", NUMBER),
            Attribute("speech_engine", "speech_engine", TEXT, severity="notice"),
            Attribute("status_url", "prompt_status_url", TEXT),
            Attribute(INPUTS, "inputs", Inputs()),
        ),
        STEPS["gather"].unsaid(
            inputs=("digits",),
            max_digits=1,
            min_digits=1,
            finish_keys="none",
            first_timeout=5,
            digit_timeout=5,
            speech_timeout=UNKNOWN,
            language="en-US",
            barge_in=UNKNOWN,
            result_method="POST",
            result_serves="swml",
            on_nothing="next",
            attempts=1,
            beep=False,
        ),
        {
            "result_url": "There is no such URL: a cond behind the prompt transfers to it, with the input in vars.",
            "max_digits": "1 when not said.",
            "barge_in": "Not documented; it is taken to be on.",
        },
        kind="gather",
        prepare=listens,
        shares=SHARED,
        lower=lower_prompt,
    ),
    "dial": Verb(
        "connect",
        (
            Attribute("from", "caller_id", Text(filled=True)),
            Attribute("from_name", "caller_name", Text(filled=True)),
            Attribute(
                "order",
                "order",
                Choice({"serial": "serial"}, vocabulary="order", on_text=False),
                note="As the key serial, where there are several targets; parallel is the other.",
            ),
            Attribute("timeout", "ring_timeout", Whole(1, text=False, unit="seconds")),
            Attribute("max_duration", "time_limit", Whole(1, text=False, unit="seconds")),
            Attribute("answer_on_bridge", "answer_on_bridge", FLAG),
            Attribute("dest", "after_url", Dest(), element=THEN, note="A transfer right behind it."),
            Attribute("headers", "sip_headers", Headers()),
            Attribute("call_state_url", "status_url", Url()),
            Attribute("call_state_events", "status_events", LegEvents()),
            Attribute("ringback", "ringback", Ringback()),
            Attribute("confirm", "confirm", Raw(str, list, values="URL or list of steps"), severity="error"),
            Attribute("confirm_timeout", "confirm_timeout", NUMBER),
            Attribute("codecs", "codecs", TEXT, severity="notice"),
            Attribute("encryption", "encryption", ENCRYPTION, default="optional", severity="error"),
            Attribute("session_timeout", "session_timeout", NUMBER, severity="notice"),
            Attribute("webrtc_media", "webrtc_media", Raw(bool, values="true | false"), severity="notice"),
        ),
        STEPS["dial"].unsaid(
            order="parallel",
            ring_timeout=60,
            time_limit=14400,
            answer_on_bridge=False,
            hangup_on_star=False,
            record="no",
            **AFTER_IMPLIED,
            **STATUS_IMPLIED,
            status_events=("completed",),
        ),
        {"after_url": "There is no such URL: a transfer behind connect goes on there."},
        kind="dial",
        answers=None,
        prepare=goes_on,
        lower=lower_connect,
    ),
    "target": Verb("", TARGET, TARGET_IMPLIED, kind="target", takes=is_called),
    "record": Verb(
        "record",
        (
            Attribute("end_silence_timeout", "silence_timeout", Span(text=False, whole=False)),
            Attribute("initial_timeout", "start_timeout", Span(text=False, whole=False)),
            Attribute("terminators", "finish_keys", Keys("")),
            Attribute("direction", "direction", ONE_SIDE),
            *RECORDING,
            AFTER,
        ),
        STEPS["record"].unsaid(
            silence_timeout=5,
            start_timeout=4,
            finish_keys="#",
            beep=False,
            file_format="wav",
            channels="mono",
            direction="caller",
            trim_silence=UNKNOWN,
            **AFTER_IMPLIED,
            **STATUS_IMPLIED,
            status_events=UNKNOWN,
            transcribe=False,
        ),
        {"after_url": "There is no such URL: the next step runs; a transfer behind it goes on there."},
        kind="record",
        prepare=goes_on,
        lower=lower,
    ),
    "start_recording": Verb(
        "record_call",
        (
            Attribute("control_id", "id", Text(filled=True)),
            Attribute("direction", "direction", DIRECTION),
            *RECORDING,
            Attribute("terminators", "recording_terminators", TEXT, default=""),
            Attribute("initial_timeout", "recording_initial_timeout", NUMBER, default=0),
            Attribute("end_silence_timeout", "recording_end_silence_timeout", NUMBER, default=0),
        ),
        STEPS["start_recording"].unsaid(
            direction="both",
            channels="mono",
            file_format="wav",
            beep=False,
            trim_silence=UNKNOWN,
            **STATUS_IMPLIED,
            status_events=UNKNOWN,
            transcribe=False,
        ),
        {"direction": "Both sides, when nothing is said."},
        kind="start_recording",
        answers=None,
        lower=lower,
    ),
    "message": Verb(
        "send_sms",
        (
            Attribute("to_number", "to", PARTY),
            Attribute("from_number", "sender", PARTY),
            Attribute("body", "text", Free("text", "Hello")),
            Attribute("media", "media", TextList(sample="https://app.example.com/a.png")),
            Attribute("status_callback", "status_url", Url(), note="Known to the newest schema only."),
            Attribute("region", "message_region", TEXT, severity="notice"),
            Attribute("tags", "message_tags", Raw(list, values="list of texts"), severity="notice"),
        ),
        STEPS["message"].unsaid(**AFTER_IMPLIED, **STATUS_IMPLIED),
        {"after_url": "Nothing is asked afterwards: the next step runs."},
        proviso=one_direction,
        kind="message",
        answers=None,
        lower=lower,
    ),
    "start_stream/connect": Verb(
        "connect",
        (Attribute("to", "url", Socket()), *STREAM, REALTIME),
        STEPS["start_stream"].unsaid(**STREAM_IMPLIED, both_ways=True, blocks=True),
        {"url": "The protocol on the socket is the platform's own; that it is cXML's is only inferred."},
        kind="start_stream",
        says={"both_ways": True, "blocks": True},
        takes=both_ways,
        answers=None,
        lower=lower,
    ),
    "start_stream/tap": Verb(
        "tap",
        (
            Attribute("uri", "url", Free("ws, wss or rtp URL", "wss://app.example.com/stream")),
            Attribute(
                "direction",
                "track",
                Choice({"speak": "inbound", "listen": "outbound", "both": "both"}, vocabulary="direction"),
            ),
            Attribute("control_id", "id", Text(filled=True)),
            Attribute("codec", "codec", Choice({"PCMU": "mulaw/8000", "PCMA": "alaw/8000"}, vocabulary="tap codec")),
            Attribute("rtp_ptime", "rtp_ptime", NUMBER, severity="notice", default=20),
            Attribute("status_url", "status_url", Url()),
        ),
        STEPS["start_stream"].unsaid(
            serves="swml-tap", track="inbound", codec="mulaw/8000", both_ways=False, blocks=False, **STATUS_IMPLIED
        ),
        {"url": "tap sends audio in another way than stream."},
        kind="start_stream",
        says={"both_ways": False, "blocks": False},
        takes=lambda said: False,
        answers=None,
        lower=lower,
    ),
    "start_stream": Verb(
        "stream",
        (
            Attribute("url", "url", WebSocket()),
            Attribute(
                "track",
                "track",
                Choice(
                    {"inbound_track": "inbound", "outbound_track": "outbound", "both_tracks": "both"},
                    vocabulary="track",
                ),
            ),
            Attribute("control_id", "control_id", TEXT, severity="notice"),
            *STREAM,
        ),
        STEPS["start_stream"].unsaid(**STREAM_IMPLIED, both_ways=False, blocks=False),
        {"url": "Known to the newest schema only; the SDK schema has tap."},
        kind="start_stream",
        says={"both_ways": False, "blocks": False},
        answers=None,
        lower=lower,
    ),
}
