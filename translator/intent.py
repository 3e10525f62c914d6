"""The canonical intent of a conference verb: every field once, with its meaning, unit, relevance and weight.

`None` means *not said*. What a platform does when a field is not said stands in the dialect's table (`implied`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

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
)

from translator.values import TEMPLATE_PATTERN, Template

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

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


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """What the engine, the report and the documentation need to know of a field.

    Attributes:
        name: the field.
        meaning: its description.
        unit: of its number, or "".
        depends: the field that it depends on; it has no effect while that one is not active.
        capacity: a limit of the platform: not said means the platform's own, and is never written out.
        format: for an endpoint, the field that names what its URL must answer or receives.
        format_of: the reverse: this field only describes the URL in that field, and is never on most wires.
        dropped: severity when it was said and is lost.
        changed: severity when it was said and became something near.
        unsaid: severity when the platforms differ and nothing was said.
        remedy: what to do about a loss.
        instead: fields that say nearly the same where a target lacks this one; "=" stands for its value.
    """

    name: str
    meaning: str
    unit: str = ""
    depends: str = ""
    capacity: bool = False
    format: str = ""
    format_of: str = ""
    dropped: str = "warning"
    changed: str = "warning"
    unsaid: str = "notice"
    remedy: str = ""
    instead: tuple[tuple[str, Any], ...] = ()


def _field(meaning: str, *, changed: str = "", **facts: Any) -> Any:
    facts["changed"] = changed or facts.get("dropped", "warning")
    return Field(default=None, description=meaning, json_schema_extra=facts)


def _no_canonical(own: dict[str, JsonValue]) -> dict[str, JsonValue]:
    taken = [name for name in own if name in Conference.model_fields]
    if taken:
        raise ValueError(f"{', '.join(taken)} is a field of its own")
    return own


class Conference(BaseModel):
    """What the author of a conference verb said; `None` where nothing was said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["conference"] = "conference"
    name: Text | None = _field(
        "The room. Participants with equal names meet, within one account, project or space.",
        dropped="error",
        remedy="Give the room a name that the target takes as it is.",
    )
    muted: Flag | None = _field(
        "This participant enters muted: hears, and is not heard.",
        dropped="error",
        remedy="Mute the participant after the join, through the target's REST interface.",
    )
    start_on_enter: Flag | None = _field(
        "The conference starts when this participant arrives; false waits for somebody with true.",
        dropped="error",
        remedy="Decide in the application who opens the room.",
    )
    end_on_exit: Literal["no", "any", "last"] | Opaque | None = _field(
        "Whether the conference ends for all when this participant leaves (any), "
        "or when the last such participant has left (last).",
        dropped="error",
        changed="warning",
        remedy="With one moderator both are equal; with several, end the room through the REST interface.",
    )
    enter_sound: Sound | None = _field(
        "What the room hears when this participant enters.", remedy="Play the sound from the application."
    )
    exit_sound: Sound | None = _field(
        "What the room hears when this participant leaves.", remedy="Play the sound from the application."
    )
    entry_prompt: Text | None = _field(
        "URL asked before the join; its answer is heard by this caller alone.",
        format="entry_prompt_serves",
        remedy="Put the prompt as a play or say verb before the conference.",
    )
    entry_prompt_method: Method | None = _field("HTTP method for the entry prompt.", depends="entry_prompt")
    entry_prompt_serves: Text | None = _field(
        "Format that the entry prompt's URL must answer.", depends="entry_prompt", format_of="entry_prompt"
    )
    wait: Wait | None = _field(
        "What this participant hears until the conference starts.",
        format="wait_serves",
        remedy="Choose the wait audio in the target by hand.",
    )
    wait_method: Method | None = _field(
        "HTTP method for the wait URL.", depends="wait", remedy="Let the URL answer the method that the target uses."
    )
    wait_serves: Text | None = _field("Format that the wait URL must answer.", depends="wait", format_of="wait")
    max_participants: Number | None = _field(
        "How many may be in the room at once.",
        capacity=True,
        unit="participants",
        remedy="Check the size that the room needs against the target's limit.",
    )
    record: Flag | None = _field(
        "The whole conference is recorded.",
        dropped="error",
        remedy="Start the recording through the target's REST interface.",
    )
    record_trim: Flag | None = _field(
        "Silence is cut from the recording.", depends="record", remedy="Trim the file after it was made."
    )
    record_format: Literal["mp3", "wav"] | Opaque | None = _field(
        "File format of the recording.", depends="record", remedy="Convert the file after it was made."
    )
    record_path: Text | None = _field(
        "File on the media server that the recording is written to.",
        depends="record",
        remedy="Fetch the recording from the target's storage.",
    )
    recording_url: Text | None = _field(
        "URL that is told about the recording.",
        depends="record",
        format="recording_payload",
        dropped="error",
        remedy="Poll the target's REST interface for the recording.",
    )
    recording_method: Method | None = _field("HTTP method for the recording's URL.", depends="recording_url")
    recording_events: RecordingEvents | None = _field(
        "Which steps of the recording are told.", depends="recording_url", remedy="Filter the events in the handler."
    )
    recording_payload: Text | None = _field(
        "Format of what the recording's URL receives.", depends="recording_url", format_of="recording_url"
    )
    status_url: Text | None = _field(
        "URL that is told about conference events.",
        format="status_payload",
        remedy="Follow the conference through the target's own events.",
    )
    status_method: Method | None = _field("HTTP method for the status URL.", depends="status_url")
    status_events: StatusEvents | None = _field(
        "Which conference events are told.",
        depends="status_url",
        unsaid="warning",
        remedy="Make the handler live with the events that the target sends.",
    )
    status_payload: Text | None = _field(
        "Format of what the status URL receives.", depends="status_url", format_of="status_url"
    )
    end_url: Text | None = _field(
        "URL that is told once, when the conference has ended (deprecated where it exists).",
        instead=(("status_url", "="), ("status_events", ("end",))),
        remedy="Use a status URL with the event end.",
    )
    after_url: Text | None = _field(
        "URL asked for what comes next when this participant is out.",
        format="after_serves",
        dropped="error",
        remedy="Put what follows as verbs after the conference.",
    )
    after_method: Method | None = _field("HTTP method for the after URL.", depends="after_url")
    after_takes_over: Flag | None = _field(
        "The answer of the after URL replaces the rest of the document.",
        depends="after_url",
        dropped="error",
        remedy="Answer an empty document where the flow must go on.",
    )
    after_serves: Text | None = _field(
        "Format that the after URL must answer.", depends="after_url", format_of="after_url"
    )
    coach: Text | None = _field(
        "Id of the call that this participant coaches. Ids belong to one platform.",
        dropped="error",
        remedy="Set up coaching through the target's own means.",
    )
    label: Text | None = _field(
        "A name for this participant.", dropped="notice", remedy="Keep the label in the application."
    )
    speak_only_to: Text | None = _field(
        "This participant is heard only by those with this label.",
        dropped="error",
        remedy="Set up coaching through the target's own means; until then everybody hears this participant.",
    )
    hangup_on_star: Flag | None = _field(
        "This participant leaves with the star key.", remedy="Tell callers to hang up instead."
    )
    digit_patterns: DigitPatterns | None = _field(
        "Keys that are told to the status URL when this participant presses them.",
        remedy="Collect digits in another way.",
    )
    relay_digits: Flag | None = _field("Other keys are passed on to the room.", remedy="Listen for odd tones.")
    leg_time_limit: Number | None = _field(
        "Longest stay of this participant.",
        unit="seconds",
        dropped="error",
        remedy="End the call through the REST interface after that time.",
    )
    room_time_limit: Number | None = _field(
        "Longest life of the whole conference.",
        unit="seconds",
        dropped="error",
        remedy="End the room through the REST interface after that time.",
    )
    moderator_grace: Number | None = _field(
        "How long the room lives after the last moderator left.",
        unit="seconds",
        depends="end_on_exit",
        remedy="End the room through the REST interface.",
    )
    stay_alone: Flag | None = _field(
        "One participant may be alone; false ends the room.",
        dropped="error",
        remedy="Watch the leave events and end the room when one is left.",
    )
    region: Text | None = _field(
        "Where the conference is hosted.", remedy="Choose the region in the target's own terms."
    )
    jitter_buffer: Literal["small", "medium", "large", "off"] | Opaque | None = _field(
        "Size of the jitter buffer of this participant.", remedy="Nothing to do, unless the audio suffers."
    )
    stream: dict[str, JsonValue] | None = _field(
        "A websocket feed of the conference audio, as written.",
        dropped="error",
        remedy="Start the stream through the target's own verb or REST interface.",
    )
    transcription: Literal["auto", "hybrid", "manual"] | Opaque | None = _field(
        "The recording is transcribed.", depends="record", remedy="Transcribe the recording afterwards."
    )
    transcription_url: Text | None = _field(
        "URL that receives the transcription.", depends="record", remedy="Fetch the transcription yourself."
    )
    transcription_method: Method | None = _field(
        "HTTP method for the transcription's URL.", depends="transcription_url"
    )
    own: Annotated[dict[str, JsonValue], AfterValidator(_no_canonical)] = Field(
        default_factory=dict,
        description="Attributes that have no canonical field, by name: what one dialect alone has.",
    )
    raw: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="What is no legal attribute or value of the origin dialect, as written; only for that dialect.",
    )
    _site: Any = PrivateAttr(default=None)


CARRIERS: Final = ("kind", "own", "raw")
"""Fields of the model that carry what is not canonical."""


def _facts(name: str, info: FieldInfo) -> FieldFacts:
    extra = info.json_schema_extra
    facts: dict[str, Any] = extra if isinstance(extra, dict) else {}
    return FieldFacts(name=name, meaning=info.description or "", **facts)


FIELDS: Final[dict[str, FieldFacts]] = {
    name: _facts(name, info) for name, info in Conference.model_fields.items() if name not in CARRIERS
}
"""Every canonical field of a conference, in the order of the model."""
