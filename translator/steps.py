"""The canonical steps around a conference, as `translator.intent.Conference` is the conference.

`None` means *not said*. Meanings, units and weights stand in `translator.step_fields`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field, StrictFloat, StrictInt, StrictStr

from translator.intent import CanonicalStep, Flag, Method, Opaque, Text, may_say
from translator.step_fields import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

Seconds = Annotated[StrictInt | StrictFloat, Field(ge=0)] | Opaque
Count = Annotated[StrictInt, Field(ge=0)] | Opaque
Repeat = Annotated[StrictInt, Field(ge=1)] | Literal["forever"] | Opaque
Decibel = StrictInt | StrictFloat | Opaque
Texts = tuple[StrictStr, ...] | Opaque
Named = dict[str, StrictStr] | Opaque
Direction = Literal["caller", "remote", "both"] | Opaque


def _fields_of(kind: str) -> Callable[[str], Any]:
    fields = STEPS[kind].fields
    return lambda name: may_say(fields[name])


_say = _fields_of("say")


class NeighbourStep(CanonicalStep):
    """A step around the conference."""

    verb: str | None = Field(
        default=None, description="The verb of the origin dialect that it was read as; its unsaid behaviour applies."
    )


class Say(NeighbourStep):
    """Speaks text."""

    kind: Literal["say"] = "say"
    text: Text | None = _say("text")
    ssml: Flag | None = _say("ssml")
    voice: Text | None = _say("voice")
    voice_engine: Text | None = _say("voice_engine")
    voice_gender: Literal["female", "male", "alice", "neutral"] | Opaque | None = _say("voice_gender")
    language: Text | None = _say("language")
    repeat: Repeat | None = _say("repeat")
    volume: Decibel | None = _say("volume")
    early_media: Flag | None = _say("early_media")


_play = _fields_of("play")


class Play(NeighbourStep):
    """Plays audio, silence, ringing or tones."""

    kind: Literal["play"] = "play"
    urls: Texts | None = _play("urls")
    repeat: Repeat | None = _play("repeat")
    volume: Decibel | None = _play("volume")
    early_media: Flag | None = _play("early_media")


class Pause(NeighbourStep):
    """Waits in silence."""

    kind: Literal["pause"] = "pause"
    seconds: Seconds | Literal["forever"] | None = _fields_of("pause")("seconds")


_send_digits = _fields_of("send_digits")


class SendDigits(NeighbourStep):
    """Sends digits on this call."""

    kind: Literal["send_digits"] = "send_digits"
    digits: Text | None = _send_digits("digits")
    wait: Flag | None = _send_digits("wait")


_answer = _fields_of("answer")


class Answer(NeighbourStep):
    """Answers a call that still rings."""

    kind: Literal["answer"] = "answer"
    time_limit: Count | None = _answer("time_limit")
    codecs: Texts | None = _answer("codecs")


_hangup = _fields_of("hangup")


class Hangup(NeighbourStep):
    """Ends the call, or refuses it."""

    kind: Literal["hangup"] = "hangup"
    cause: Literal["normal", "busy", "rejected"] | Opaque | None = _hangup("cause")
    after_seconds: Count | None = _hangup("after_seconds")


_redirect = _fields_of("redirect")


class Redirect(NeighbourStep):
    """Goes on with the document that a URL answers."""

    kind: Literal["redirect"] = "redirect"
    url: Text | None = _redirect("url")
    method: Method | None = _redirect("method")
    serves: Text | None = _redirect("serves")


_gather = _fields_of("gather")


class Gather(NeighbourStep):
    """Collects digits or speech while a prompt is heard."""

    kind: Literal["gather"] = "gather"
    prompt: tuple[Annotated[Say | Play | Pause, Field(discriminator="kind")], ...] = Field(
        default=(), description="What is heard while the input is waited for."
    )
    inputs: tuple[Literal["digits", "speech"], ...] | Opaque | None = _gather("inputs")
    max_digits: Count | None = _gather("max_digits")
    min_digits: Count | None = _gather("min_digits")
    finish_keys: Text | None = _gather("finish_keys")
    first_timeout: Seconds | None = _gather("first_timeout")
    digit_timeout: Seconds | Literal["auto"] | None = _gather("digit_timeout")
    speech_timeout: Seconds | Literal["auto"] | None = _gather("speech_timeout")
    language: Text | None = _gather("language")
    hints: Texts | None = _gather("hints")
    profanity_filter: Flag | None = _gather("profanity_filter")
    barge_in: Flag | None = _gather("barge_in")
    result_url: Text | None = _gather("result_url")
    result_method: Method | None = _gather("result_method")
    result_serves: Text | None = _gather("result_serves")
    on_nothing: Literal["next", "ask"] | Opaque | None = _gather("on_nothing")
    partial_url: Text | None = _gather("partial_url")
    partial_method: Method | None = _gather("partial_method")
    partial_payload: Text | None = _gather("partial_payload")
    attempts: Count | None = _gather("attempts")
    valid_keys: Text | None = _gather("valid_keys")
    beep: Flag | None = _gather("beep")


_target = _fields_of("target")


class Target(NeighbourStep):
    """Who is called by a dial."""

    kind: Literal["target"] = "target"
    type: Literal["phone", "sip", "user", "queue", "resource"] | Opaque | None = _target("type")
    address: Text | None = _target("address")
    username: Text | None = _target("username")
    password: Text | None = _target("password")
    send_digits: Text | None = _target("send_digits")
    screen_url: Text | None = _target("screen_url")
    screen_method: Method | None = _target("screen_method")
    screen_serves: Text | None = _target("screen_serves")
    sip_headers: Named | None = _target("sip_headers")
    status_url: Text | None = _target("status_url")
    status_method: Method | None = _target("status_method")
    status_events: Texts | None = _target("status_events")
    status_payload: Text | None = _target("status_payload")


_dial = _fields_of("dial")


class Dial(NeighbourStep):
    """Calls somebody, and bridges the two calls."""

    kind: Literal["dial"] = "dial"
    targets: tuple[Target, ...] = Field(default=(), description="Who is called.")
    caller_id: Text | None = _dial("caller_id")
    caller_name: Text | None = _dial("caller_name")
    order: Literal["parallel", "serial"] | Opaque | None = _dial("order")
    ring_timeout: Count | None = _dial("ring_timeout")
    time_limit: Count | None = _dial("time_limit")
    answer_on_bridge: Flag | None = _dial("answer_on_bridge")
    ringback: Text | None = _dial("ringback")
    hangup_on_star: Flag | None = _dial("hangup_on_star")
    after_url: Text | None = _dial("after_url")
    after_method: Method | None = _dial("after_method")
    after_takes_over: Flag | None = _dial("after_takes_over")
    after_serves: Text | None = _dial("after_serves")
    record: Literal["no", "answer", "ringing", "answer-dual", "ringing-dual"] | Opaque | None = _dial("record")
    recording_url: Text | None = _dial("recording_url")
    recording_method: Method | None = _dial("recording_method")
    recording_events: Texts | None = _dial("recording_events")
    recording_payload: Text | None = _dial("recording_payload")
    recording_trim: Flag | None = _dial("recording_trim")
    recording_track: Literal["both", "inbound", "outbound"] | Opaque | None = _dial("recording_track")
    sip_headers: Named | None = _dial("sip_headers")
    status_url: Text | None = _dial("status_url")
    status_method: Method | None = _dial("status_method")
    status_events: Texts | None = _dial("status_events")
    status_payload: Text | None = _dial("status_payload")


_record = _fields_of("record")


class Record(NeighbourStep):
    """Records a message of the caller."""

    kind: Literal["record"] = "record"
    silence_timeout: Seconds | None = _record("silence_timeout")
    start_timeout: Seconds | None = _record("start_timeout")
    max_seconds: Seconds | None = _record("max_seconds")
    finish_keys: Text | None = _record("finish_keys")
    beep: Flag | None = _record("beep")
    file_format: Literal["mp3", "wav", "mp4"] | Opaque | None = _record("file_format")
    channels: Literal["mono", "stereo"] | Opaque | None = _record("channels")
    direction: Direction | None = _record("direction")
    trim_silence: Flag | None = _record("trim_silence")
    after_url: Text | None = _record("after_url")
    after_method: Method | None = _record("after_method")
    after_takes_over: Flag | None = _record("after_takes_over")
    after_serves: Text | None = _record("after_serves")
    status_url: Text | None = _record("status_url")
    status_method: Method | None = _record("status_method")
    status_events: Texts | None = _record("status_events")
    status_payload: Text | None = _record("status_payload")
    transcribe: Flag | None = _record("transcribe")
    transcribe_url: Text | None = _record("transcribe_url")
    transcribe_payload: Text | None = _record("transcribe_payload")
    storage_url: Text | None = _record("storage_url")
    storage_method: Literal["POST", "PUT"] | Opaque | None = _record("storage_method")


_start_recording = _fields_of("start_recording")


class StartRecording(NeighbourStep):
    """Records the call in the background."""

    kind: Literal["start_recording"] = "start_recording"
    id: Text | None = _start_recording("id")
    direction: Direction | None = _start_recording("direction")
    channels: Literal["mono", "stereo"] | Opaque | None = _start_recording("channels")
    file_format: Literal["mp3", "wav", "mp4"] | Opaque | None = _start_recording("file_format")
    trim_silence: Flag | None = _start_recording("trim_silence")
    max_seconds: Seconds | None = _start_recording("max_seconds")
    beep: Flag | None = _start_recording("beep")
    status_url: Text | None = _start_recording("status_url")
    status_method: Method | None = _start_recording("status_method")
    status_events: Texts | None = _start_recording("status_events")
    status_payload: Text | None = _start_recording("status_payload")
    transcribe: Flag | None = _start_recording("transcribe")
    transcribe_url: Text | None = _start_recording("transcribe_url")
    transcribe_payload: Text | None = _start_recording("transcribe_payload")


_message = _fields_of("message")


class Message(NeighbourStep):
    """Sends a text message."""

    kind: Literal["message"] = "message"
    text: Text | None = _message("text")
    to: Text | None = _message("to")
    sender: Text | None = _message("sender")
    media: Texts | None = _message("media")
    after_url: Text | None = _message("after_url")
    after_method: Method | None = _message("after_method")
    after_takes_over: Flag | None = _message("after_takes_over")
    after_serves: Text | None = _message("after_serves")
    status_url: Text | None = _message("status_url")
    status_method: Method | None = _message("status_method")
    status_payload: Text | None = _message("status_payload")


_start_stream = _fields_of("start_stream")


class StartStream(NeighbourStep):
    """Streams the call's audio to a websocket."""

    kind: Literal["start_stream"] = "start_stream"
    url: Text | None = _start_stream("url")
    serves: Text | None = _start_stream("serves")
    both_ways: Flag | None = _start_stream("both_ways")
    blocks: Flag | None = _start_stream("blocks")
    track: Literal["inbound", "outbound", "both"] | Opaque | None = _start_stream("track")
    id: Text | None = _start_stream("id")
    parameters: Named | None = _start_stream("parameters")
    codec: Text | None = _start_stream("codec")
    max_seconds: Seconds | None = _start_stream("max_seconds")
    token: Text | None = _start_stream("token")
    status_url: Text | None = _start_stream("status_url")
    status_method: Method | None = _start_stream("status_method")
    status_payload: Text | None = _start_stream("status_payload")


MODELS: Final[dict[str, type[NeighbourStep]]] = {
    model.model_fields["kind"].default: model
    for model in (
        Say,
        Play,
        Pause,
        SendDigits,
        Answer,
        Hangup,
        Redirect,
        Gather,
        Dial,
        Target,
        Record,
        StartRecording,
        Message,
        StartStream,
    )
}
"""Kind -> model, of all but the conference."""
