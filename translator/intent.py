"""The canonical intent of a conference verb: every field once, with its meaning, unit, relevance and weight.

`None` means *not said*. What a platform does when a field is not said stands in the dialect's table (`implied`).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    PrivateAttr,
    StrictBool,
    StrictInt,
    StrictStr,
    field_validator,
)

from translator.fields import FIELDS, FieldFacts
from translator.values import TEMPLATE_PATTERN, Template

Opaque = Annotated[StrictStr, Field(pattern=TEMPLATE_PATTERN), AfterValidator(Template)]
"""A template expression where a type is needed: kept as written."""

Flag = StrictBool | Opaque
Number = Annotated[StrictInt, Field(ge=0)] | Opaque
Text = StrictStr
Method = Literal["GET", "POST"] | Opaque
Sound = Annotated[StrictStr, Field(description="none, beep (the first tone), beep:2, or a URL")]
Wait = Annotated[StrictStr, Field(description="music (the platform's own), silence, or a URL")]

STATUS_EVENTS: Final = (
    "start",
    "end",
    "join",
    "leave",
    "mute",
    "hold",
    "modify",
    "speaker",
    "speaker-start",
    "speaker-stop",
    "announcement",
    "digits",
    "floor",
    "recording",
)
RECORDING_EVENTS: Final = ("in-progress", "completed", "absent")


def _ordered(words: tuple[str, ...] | str, order: tuple[str, ...]) -> tuple[str, ...] | str:
    return words if isinstance(words, str) else tuple(sorted(set(words), key=order.index))


def _status_order(words: tuple[str, ...] | str) -> tuple[str, ...] | str:
    return _ordered(words, STATUS_EVENTS)


def _recording_order(words: tuple[str, ...] | str) -> tuple[str, ...] | str:
    return _ordered(words, RECORDING_EVENTS)


StatusEvents = Annotated[
    tuple[
        Literal[
            "start",
            "end",
            "join",
            "leave",
            "mute",
            "hold",
            "modify",
            "speaker",
            "speaker-start",
            "speaker-stop",
            "announcement",
            "digits",
            "floor",
            "recording",
        ],
        ...,
    ]
    | Opaque,
    AfterValidator(_status_order),
]
RecordingEvents = Annotated[
    tuple[Literal["in-progress", "completed", "absent"], ...] | Opaque, AfterValidator(_recording_order)
]
DigitPatterns = tuple[StrictStr, ...] | Opaque


def may_say(facts: FieldFacts) -> Any:
    """A field that may be said: its facts become the model's metadata, and so stand in the JSON Schema."""
    shown = {key: value for key, value in asdict(facts).items() if value and key not in ("name", "meaning")}
    return Field(default=None, description=facts.meaning, json_schema_extra=shown)


def _said(name: str) -> Any:
    return may_say(FIELDS[name])


class Located(BaseModel):
    """Remembers what it was read from, for places: equal or not without it, and not taken to another process."""

    _origin: Any = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # they hold mappings

    def __getstate__(self) -> dict[Any, Any]:
        return {**super().__getstate__(), "__pydantic_private__": {"_origin": None}}


class CanonicalStep(Located):
    """What every canonical step has: what its author said in fields, and what no field holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    own: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="Attributes that have no canonical field, by name: what one dialect alone has.",
    )
    raw: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="What is no legal attribute or value of the origin dialect, as written; only for that dialect.",
    )

    @field_validator("own")
    @classmethod
    def _no_canonical(cls, own: dict[str, JsonValue]) -> dict[str, JsonValue]:
        taken = [name for name in own if name in cls.model_fields]
        if taken:
            raise ValueError(f"{', '.join(taken)} is a field of its own")
        return own


class Conference(CanonicalStep):
    """What the author of a conference verb said; `None` where nothing was said."""

    kind: Literal["conference"] = "conference"
    name: Text | None = _said("name")
    muted: Flag | None = _said("muted")
    start_on_enter: Flag | None = _said("start_on_enter")
    end_on_exit: Literal["no", "any", "last"] | Opaque | None = _said("end_on_exit")
    enter_sound: Sound | None = _said("enter_sound")
    exit_sound: Sound | None = _said("exit_sound")
    entry_prompt: Text | None = _said("entry_prompt")
    entry_prompt_method: Method | None = _said("entry_prompt_method")
    entry_prompt_serves: Text | None = _said("entry_prompt_serves")
    wait: Wait | None = _said("wait")
    wait_method: Method | None = _said("wait_method")
    wait_serves: Text | None = _said("wait_serves")
    max_participants: Number | None = _said("max_participants")
    record: Flag | None = _said("record")
    record_trim: Flag | None = _said("record_trim")
    record_format: Literal["mp3", "wav"] | Opaque | None = _said("record_format")
    record_path: Text | None = _said("record_path")
    recording_url: Text | None = _said("recording_url")
    recording_method: Method | None = _said("recording_method")
    recording_events: RecordingEvents | None = _said("recording_events")
    recording_payload: Text | None = _said("recording_payload")
    status_url: Text | None = _said("status_url")
    status_method: Method | None = _said("status_method")
    status_events: StatusEvents | None = _said("status_events")
    status_payload: Text | None = _said("status_payload")
    end_url: Text | None = _said("end_url")
    after_url: Text | None = _said("after_url")
    after_method: Method | None = _said("after_method")
    after_takes_over: Flag | None = _said("after_takes_over")
    after_serves: Text | None = _said("after_serves")
    coach: Text | None = _said("coach")
    label: Text | None = _said("label")
    speak_only_to: Text | None = _said("speak_only_to")
    hangup_on_star: Flag | None = _said("hangup_on_star")
    digit_patterns: DigitPatterns | None = _said("digit_patterns")
    relay_digits: Flag | None = _said("relay_digits")
    leg_time_limit: Number | None = _said("leg_time_limit")
    room_time_limit: Number | None = _said("room_time_limit")
    moderator_grace: Number | None = _said("moderator_grace")
    stay_alone: Flag | None = _said("stay_alone")
    region: Text | None = _said("region")
    jitter_buffer: Literal["small", "medium", "large", "off"] | Opaque | None = _said("jitter_buffer")
    stream: dict[str, JsonValue] | Opaque | None = _said("stream")
    transcription: Literal["auto", "hybrid", "manual"] | Opaque | None = _said("transcription")
    transcription_url: Text | None = _said("transcription_url")
    transcription_method: Method | None = _said("transcription_method")
