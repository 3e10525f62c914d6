"""The canonical steps around a conference: every field once, with its meaning, unit and weight.

A table without a library behind it, like `translator.fields`: the types stand in `translator.steps`.
"""

from __future__ import annotations

from typing import Any, Final

from translator.fields import CONFERENCE, FieldFacts, Kind, facts

AGAIN = "Say it as many times by hand, or loop in the application."
ENDPOINT = "Make the handler behind the URL speak the new format."


def _kind(
    name: str,
    meaning: str,
    severity: str,
    *fields: FieldFacts,
    core: tuple[str, ...] = (),
    part: str = "",
    nested: tuple[str, ...] = (),
) -> Kind:
    return Kind(name, meaning, severity, {each.name: each for each in fields}, part, nested, core)


def _url(name: str, meaning: str, serves: str, **more: Any) -> FieldFacts:
    return facts(name, meaning, format=serves, **more)


def _method(url: str, what: str) -> FieldFacts:
    return facts(url.replace("_url", "_method"), f"HTTP method for {what}.", depends=url)


def _format(url: str, name: str, meaning: str) -> FieldFacts:
    return facts(name, meaning, depends=url, format_of=url)


def _after(what: str) -> tuple[FieldFacts, ...]:
    return (
        _url(
            "after_url",
            f"URL asked for what comes next {what}; `current`: the URL of this very document.",
            "after_serves",
            dropped="error",
            unsaid="error",
            remedy="Put what follows as verbs behind this one.",
        ),
        _method("after_url", "the after URL"),
        facts(
            "after_takes_over",
            "The answer of the after URL replaces the rest of the document.",
            depends="after_url",
            dropped="error",
            remedy="Answer an empty document where the flow must go on.",
        ),
        _format("after_url", "after_serves", "Format that the after URL must answer."),
    )


def _status(what: str, *, events: bool = True) -> tuple[FieldFacts, ...]:
    listed = facts("status_events", "Which events are told.", depends="status_url", remedy="Filter in the handler.")
    return (
        _url("status_url", f"URL that is told about {what}.", "status_payload", remedy="Poll the REST interface."),
        _method("status_url", "the status URL"),
        *((listed,) if events else ()),
        _format("status_url", "status_payload", "Format of what the status URL receives."),
    )


VOICE = (
    facts(
        "voice",
        "The voice by vendor and name: amazon.Joanna, google.en-US-Neural2-A, elevenlabs.x.",
        remedy="Choose a voice of the target by hand; only the same voice of the same vendor is carried over.",
    ),
    facts(
        "voice_engine",
        "The engine of an Amazon voice: standard, neural, generative, long-form.",
        depends="voice",
        remedy="Choose a voice of the target by hand.",
    ),
    facts(
        "voice_gender",
        "The platform's own voice of this gender: female, male; alice is Twilio's old one.",
        unless="voice",
        remedy="Choose a voice of the target by hand.",
    ),
    facts(
        "language",
        "Language of the text, BCP-47; a named voice has its own.",
        unless="voice",
        remedy="Choose the language in the target by hand.",
    ),
)
REPEAT = facts("repeat", "How often, or `forever`.", remedy=AGAIN)
VOLUME = facts("volume", "Change of loudness.", unit="dB", remedy="Make the recording louder or softer.")
EARLY = facts(
    "early_media",
    "It is heard before the call is answered.",
    dropped="error",
    changed="error",
    remedy="The call is answered, and billed, from here on: decide whether that may be.",
)

_TABLE = (
    _kind(
        "say",
        "speaks text",
        "warning",
        facts("text", "What is spoken.", dropped="error", changed="warning", remedy="Write the text by hand."),
        facts("ssml", "The text is SSML.", remedy="Take the markup out of the text, or test what is heard."),
        *VOICE,
        REPEAT,
        VOLUME,
        EARLY,
        core=("text",),
    ),
    _kind(
        "play",
        "plays audio",
        "warning",
        facts(
            "urls",
            "What is played, in order: URLs; `silence:2` (seconds), `ring:us`, `tone:...`.",
            dropped="error",
            changed="warning",
            remedy="Play a recording of it.",
        ),
        REPEAT,
        VOLUME,
        EARLY,
        core=("urls",),
    ),
    _kind(
        "pause",
        "pauses",
        "warning",
        facts("seconds", "How long, or `forever`.", unit="seconds", remedy="Check that the nearest length will do."),
        core=("seconds",),
    ),
    _kind(
        "send_digits",
        "sends digits",
        "error",
        facts(
            "digits",
            "Keys 0-9 * # A-D; w is half a second.",
            dropped="error",
            changed="error",
            remedy="Send them through the REST interface.",
        ),
        facts("wait", "The next step begins when all are sent.", remedy="Put a pause behind it."),
        core=("digits",),
    ),
    _kind(
        "answer",
        "answers the call",
        "warning",
        facts(
            "time_limit",
            "Longest life of the call.",
            unit="seconds",
            dropped="error",
            remedy="End the call through the REST interface after that time.",
        ),
        facts(
            "codecs", "Codecs that may be used.", dropped="notice", remedy="Nothing to do, unless the audio suffers."
        ),
    ),
    _kind(
        "hangup",
        "ends the call",
        "error",
        facts(
            "cause",
            "normal; or busy, rejected: the call is refused, if it was not answered.",
            dropped="error",
            unsaid="error",
            remedy="Refuse the call before the document is asked for.",
        ),
        facts(
            "after_seconds",
            "How much later the call ends, while the next steps run.",
            unit="seconds",
            dropped="error",
            remedy="End the call through the REST interface after that time.",
        ),
        core=("cause",),
    ),
    _kind(
        "redirect",
        "goes on with another document",
        "error",
        _url(
            "url",
            "URL that the next document comes from; `current`: the URL of this very document.",
            "serves",
            dropped="error",
            changed="error",
            remedy="Write what follows by hand.",
        ),
        facts("method", "HTTP method for the URL.", depends="url"),
        _format("url", "serves", "Format that the URL must answer."),
        core=("url",),
    ),
    _kind(
        "gather",
        "collects digits or speech",
        "error",
        facts("inputs", "digits, speech or both.", dropped="error", changed="error", remedy="Ask in another way."),
        facts(
            "max_digits",
            depends="inputs:digits",
            meaning="It ends after so many digits.",
            unit="digits",
            remedy="Check the length in the handler.",
        ),
        facts(
            "min_digits",
            depends="inputs:digits",
            meaning="Fewer digits are none.",
            unit="digits",
            remedy="Check the length in the handler.",
        ),
        facts(
            "finish_keys",
            depends="inputs:digits",
            meaning="Keys that end the input; none: nothing does.",
            remedy="Tell callers which key to press.",
        ),
        facts("first_timeout", "How long the first input is waited for.", unit="seconds"),
        facts("digit_timeout", depends="inputs:digits", meaning="Longest gap between digits.", unit="seconds"),
        facts("speech_timeout", depends="inputs:speech", meaning="Silence that ends speech.", unit="seconds"),
        facts(
            "language",
            depends="inputs:speech",
            meaning="Language that is recognised, BCP-47.",
            remedy="Choose the language in the target by hand.",
        ),
        facts(
            "hints",
            depends="inputs:speech",
            meaning="Words that are likely to be said.",
            dropped="notice",
            remedy="Check what is recognised.",
        ),
        facts(
            "profanity_filter",
            depends="inputs:speech",
            meaning="Rude words are masked.",
            dropped="notice",
            remedy="Mask them in the handler.",
        ),
        facts("barge_in", "Input stops the prompt.", remedy="Keep prompts short."),
        _url(
            "result_url",
            "URL that receives the input, and answers what comes next; `current`: the URL of this very document.",
            "result_serves",
            dropped="error",
            changed="error",
            unsaid="error",
            remedy="Give the URL that shall receive the input.",
        ),
        facts("result_method", "HTTP method for the result URL.", depends="result_url"),
        _format("result_url", "result_serves", "Format that the result URL must answer."),
        facts(
            "on_nothing",
            "Without input: `next`, the next step runs; `ask`, the result URL is asked all the same.",
            dropped="error",
            changed="error",
            unsaid="warning",
            depends="result_url",
            remedy="Let the handler behind the result URL answer for no input.",
        ),
        _url("partial_url", "URL that receives speech while it is spoken.", "partial_payload", depends="inputs:speech"),
        facts("partial_method", "HTTP method for the partial results.", depends="partial_url"),
        _format("partial_url", "partial_payload", "Format of what the partial URL receives."),
        facts("attempts", "How often the prompt is heard.", remedy="Repeat the step."),
        facts(
            "valid_keys", "Keys that are accepted.", depends="inputs:digits", remedy="Check the keys in the handler."
        ),
        facts("beep", "A tone is heard before the input.", remedy="Play a tone at the end of the prompt."),
        part="prompt",
        nested=("say", "play", "pause"),
    ),
    _kind(
        "dial",
        "calls somebody",
        "error",
        facts("caller_id", "The number that is shown.", dropped="error", remedy="Set it in the trunk or account."),
        facts("caller_name", "The name that is shown.", dropped="notice", remedy="Set it in the trunk or account."),
        facts("order", "Several targets ring at once (`parallel`) or one after the other (`serial`).", dropped="error"),
        facts("ring_timeout", "How long it rings.", unit="seconds"),
        facts(
            "time_limit",
            "Longest life of the bridged call.",
            unit="seconds",
            dropped="error",
            unsaid="warning",
            remedy="End the call through the REST interface after that time.",
        ),
        facts("answer_on_bridge", "The caller's leg is answered only when the callee answers."),
        facts("ringback", "What the caller hears while it rings.", remedy="Listen to what is heard instead."),
        facts("hangup_on_star", "The caller leaves the bridged call with the star key."),
        *_after("when the bridged call is over"),
        facts(
            "record",
            "The bridged call is recorded: answer, ringing, answer-dual, ringing-dual, no.",
            dropped="error",
            changed="error",
            remedy="Record the call in another way.",
        ),
        _url(
            "recording_url",
            "URL that is told about the recording.",
            "recording_payload",
            depends="record",
            dropped="error",
            remedy="Poll the REST interface for the recording.",
        ),
        facts("recording_method", "HTTP method for the recording's URL.", depends="recording_url"),
        facts("recording_events", "Which steps of the recording are told.", depends="recording_url"),
        _format("recording_url", "recording_payload", "Format of what the recording's URL receives."),
        facts("recording_trim", "Silence is cut from the recording.", depends="record"),
        facts("recording_track", "Who is recorded: both, inbound, outbound.", depends="record", dropped="error"),
        facts("sip_headers", "SIP headers of the new leg, name -> value.", remedy="Set the headers in the trunk."),
        *_status("the call"),
        part="targets",
        nested=("target",),
    ),
    _kind(
        "target",
        "is called by a dial",
        "error",
        facts("type", "phone, sip, user, queue, resource.", dropped="error", changed="error"),
        facts("address", "Number, SIP address, user or queue.", dropped="error", changed="error"),
        facts("username", "SIP user.", dropped="error"),
        facts("password", "SIP password.", dropped="error"),
        facts("send_digits", "Keys sent when it answers.", dropped="error", remedy="Send them in another way."),
        _url(
            "screen_url",
            "URL asked when it answers; its answer is heard by the callee alone.",
            "screen_serves",
            dropped="error",
            remedy="Screen the call in another way.",
        ),
        facts("screen_method", "HTTP method for the screen URL.", depends="screen_url"),
        _format("screen_url", "screen_serves", "Format that the screen URL must answer."),
        facts("sip_headers", "SIP headers of this leg, name -> value.", remedy="Set the headers in the trunk."),
        *_status("this leg"),
        core=("type", "address"),
    ),
    _kind(
        "record",
        "records a message",
        "error",
        facts("silence_timeout", "Silence that ends it.", unit="seconds"),
        facts("start_timeout", "How long a first sound is waited for.", unit="seconds"),
        facts(
            "max_seconds",
            "Longest recording.",
            unit="seconds",
            unsaid="warning",
            remedy="Check that the limit will do.",
        ),
        facts("finish_keys", "Keys that end it.", remedy="Tell callers which key to press."),
        facts("beep", "A tone is heard before it begins.", unsaid="warning", remedy="Play a tone before it."),
        facts("file_format", "Format of the file.", remedy="Convert the file after it was made."),
        facts("channels", "mono, stereo.", dropped="notice", remedy="Convert the file after it was made."),
        facts("direction", "Who is heard on it: caller, remote, both.", dropped="error", changed="error"),
        facts("trim_silence", "Silence is cut from it.", remedy="Trim the file after it was made."),
        *_after("when it is over"),
        *_status("the recording"),
        facts("transcribe", "It is transcribed.", remedy="Transcribe it afterwards."),
        _url("transcribe_url", "URL that receives the transcription.", "transcribe_payload"),
        _format("transcribe_url", "transcribe_payload", "Format of what the transcription's URL receives."),
        facts("storage_url", "Where the file is put.", dropped="error", remedy="Fetch the file from the platform."),
        facts("storage_method", "HTTP method for the storage URL.", depends="storage_url"),
    ),
    _kind(
        "start_recording",
        "records the call from here on",
        "error",
        facts("id", "The name that the recording is stopped by.", dropped="notice"),
        facts("direction", "Who is heard on it: caller, remote, both.", dropped="error", changed="error"),
        facts("channels", "mono, stereo.", remedy="Convert the file after it was made."),
        facts("file_format", "Format of the file.", remedy="Convert the file after it was made."),
        facts("trim_silence", "Silence is cut from it.", remedy="Trim the file after it was made."),
        facts(
            "max_seconds",
            "Longest recording.",
            unit="seconds",
            dropped="error",
            unsaid="error",
            remedy="Check that the limit will do.",
        ),
        facts(
            "beep", "A tone is heard when it begins.", dropped="error", remedy="Tell callers that they are recorded."
        ),
        *_status("the recording"),
        facts("transcribe", "It is transcribed.", remedy="Transcribe it afterwards."),
        _url("transcribe_url", "URL that receives the transcription.", "transcribe_payload"),
        _format("transcribe_url", "transcribe_payload", "Format of what the transcription's URL receives."),
    ),
    _kind(
        "message",
        "sends a text message",
        "error",
        facts("text", "What is sent.", dropped="error"),
        facts(
            "to",
            "Who receives it; `call.from`: the other side of this call.",
            dropped="error",
            changed="error",
            unsaid="error",
            remedy="Write the number.",
        ),
        facts(
            "sender",
            "Who sends it; `call.to`: this side of the call.",
            dropped="error",
            changed="error",
            unsaid="error",
            remedy="Write the number.",
        ),
        facts("media", "URLs of pictures and files.", remedy="Send them through the REST interface."),
        *_after("when it is sent"),
        *_status("the delivery", events=False),
        core=("text", "to", "sender"),
    ),
    _kind(
        "start_stream",
        "streams the call's audio to a websocket",
        "error",
        _url(
            "url",
            "The websocket.",
            "serves",
            dropped="error",
            changed="error",
            grave="both_ways",
            remedy="Make the server behind the socket speak the new protocol.",
        ),
        _format("url", "serves", "Protocol on the socket."),
        facts("both_ways", "The server's audio is heard by the caller.", dropped="error", changed="error"),
        facts(
            "blocks",
            "The next step runs only when the socket is closed.",
            dropped="error",
            changed="error",
            remedy="Order the steps by hand.",
        ),
        facts("track", "Whose audio is sent: inbound, outbound, both.", dropped="error", changed="error"),
        facts("id", "The name that the stream is stopped by.", dropped="notice"),
        facts("parameters", "What the server is told at the start, name -> value.", dropped="error"),
        facts("codec", "Codec of the audio.", dropped="error", remedy="Make the server take the other codec."),
        facts("max_seconds", "Longest stream.", unit="seconds"),
        facts("token", "Bearer token for the socket.", dropped="error", remedy="Let the server take another proof."),
        *_status("the stream", events=False),
        core=("url",),
    ),
)

STEPS: Final[dict[str, Kind]] = {"conference": CONFERENCE, **{each.name: each for each in _TABLE}}
"""Every kind of canonical step: the conference, and what may stand around it."""


def find_field(name: str) -> tuple[Kind, FieldFacts] | None:
    """The kind and the facts of the field that a loss names: `exit_sound`, `say_voice`."""
    if name in CONFERENCE.fields:
        return CONFERENCE, CONFERENCE.fields[name]
    for kind in _TABLE:
        field = kind.fields.get(name.removeprefix(kind.prefix)) if name.startswith(kind.prefix) else None
        if field is not None:
            return kind, field
    return None
