"""Every canonical field of a conference, once: meaning, unit, relevance, and how bad it is to lose it.

A table without a library behind it: the types stand in `translator.intent`, the platforms' behaviour in `dialects`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final


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
        local: its value is known to one platform only, and means nothing to another.
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
    local: bool = False


def _facts(name: str, meaning: str, *, changed: str = "", **facts: Any) -> FieldFacts:
    return FieldFacts(name, meaning, changed=changed or facts.get("dropped", "warning"), **facts)


_TABLE = (
    _facts(
        "name",
        "The room. Participants with equal names meet, within one account, project or space.",
        dropped="error",
        remedy="Give the room a name that the target takes as it is.",
    ),
    _facts(
        "muted",
        "This participant enters muted: hears, and is not heard.",
        dropped="error",
        remedy="Mute the participant after the join, through the target's REST interface.",
    ),
    _facts(
        "start_on_enter",
        "The conference starts when this participant arrives; false waits for somebody with true.",
        dropped="error",
        remedy="Decide in the application who opens the room.",
    ),
    _facts(
        "end_on_exit",
        "Whether the conference ends for all when this participant leaves (any), "
        "or when the last such participant has left (last).",
        dropped="error",
        changed="warning",
        remedy="With one moderator both are equal; with several, end the room through the REST interface.",
    ),
    _facts(
        "enter_sound",
        "What the room hears when this participant enters.",
        remedy="Play the sound from the application.",
    ),
    _facts(
        "exit_sound",
        "What the room hears when this participant leaves.",
        remedy="Play the sound from the application.",
    ),
    _facts(
        "entry_prompt",
        "URL asked before the join; its answer is heard by this caller alone.",
        format="entry_prompt_serves",
        remedy="Put the prompt as a play or say verb before the conference.",
    ),
    _facts(
        "entry_prompt_method",
        "HTTP method for the entry prompt.",
        depends="entry_prompt",
    ),
    _facts(
        "entry_prompt_serves",
        "Format that the entry prompt's URL must answer.",
        depends="entry_prompt",
        format_of="entry_prompt",
    ),
    _facts(
        "wait",
        "What this participant hears until the conference starts.",
        format="wait_serves",
        remedy="Choose the wait audio in the target by hand.",
    ),
    _facts(
        "wait_method",
        "HTTP method for the wait URL.",
        depends="wait",
        remedy="Let the URL answer the method that the target uses.",
    ),
    _facts(
        "wait_serves",
        "Format that the wait URL must answer.",
        depends="wait",
        format_of="wait",
    ),
    _facts(
        "max_participants",
        "How many may be in the room at once.",
        capacity=True,
        unit="participants",
        remedy="Check the size that the room needs against the target's limit.",
    ),
    _facts(
        "record",
        "The whole conference is recorded.",
        dropped="error",
        remedy="Start the recording through the target's REST interface.",
    ),
    _facts(
        "record_trim",
        "Silence is cut from the recording.",
        depends="record",
        remedy="Trim the file after it was made.",
    ),
    _facts(
        "record_format",
        "File format of the recording.",
        depends="record",
        remedy="Convert the file after it was made.",
    ),
    _facts(
        "record_path",
        "File on the media server that the recording is written to.",
        depends="record",
        remedy="Fetch the recording from the target's storage.",
    ),
    _facts(
        "recording_url",
        "URL that is told about the recording.",
        depends="record",
        format="recording_payload",
        dropped="error",
        remedy="Poll the target's REST interface for the recording.",
    ),
    _facts(
        "recording_method",
        "HTTP method for the recording's URL.",
        depends="recording_url",
    ),
    _facts(
        "recording_events",
        "Which steps of the recording are told.",
        depends="recording_url",
        remedy="Filter the events in the handler.",
    ),
    _facts(
        "recording_payload",
        "Format of what the recording's URL receives.",
        depends="recording_url",
        format_of="recording_url",
    ),
    _facts(
        "status_url",
        "URL that is told about conference events.",
        format="status_payload",
        remedy="Follow the conference through the target's own events.",
    ),
    _facts(
        "status_method",
        "HTTP method for the status URL.",
        depends="status_url",
    ),
    _facts(
        "status_events",
        "Which conference events are told.",
        depends="status_url",
        remedy="Make the handler live with the events that the target sends.",
    ),
    _facts(
        "status_payload",
        "Format of what the status URL receives.",
        depends="status_url",
        format_of="status_url",
    ),
    _facts(
        "end_url",
        "URL that is told once, when the conference has ended (deprecated where it exists).",
        format="status_payload",
        instead=(("status_url", "="), ("status_events", ("end",)), ("status_method", "POST")),
        remedy="Use a status URL with the event end, and a recording URL for the recording.",
    ),
    _facts(
        "after_url",
        "URL asked for what comes next when this participant is out.",
        format="after_serves",
        dropped="error",
        remedy="Put what follows as verbs after the conference.",
    ),
    _facts(
        "after_method",
        "HTTP method for the after URL.",
        depends="after_url",
    ),
    _facts(
        "after_takes_over",
        "The answer of the after URL replaces the rest of the document.",
        depends="after_url",
        dropped="error",
        remedy="Answer an empty document where the flow must go on.",
    ),
    _facts(
        "after_serves",
        "Format that the after URL must answer.",
        depends="after_url",
        format_of="after_url",
    ),
    _facts(
        "coach",
        "Id of the call that this participant coaches. Ids belong to one platform.",
        dropped="error",
        local=True,
        remedy="Set up coaching through the target's own means.",
    ),
    _facts(
        "label",
        "A name for this participant.",
        dropped="notice",
        remedy="Keep the label in the application.",
    ),
    _facts(
        "speak_only_to",
        "This participant is heard only by those with this label.",
        dropped="error",
        remedy="Set up coaching through the target's own means; until then everybody hears this participant.",
    ),
    _facts(
        "hangup_on_star",
        "This participant leaves with the star key.",
        remedy="Tell callers to hang up instead.",
    ),
    _facts(
        "digit_patterns",
        "Keys that are told to the status URL when this participant presses them.",
        remedy="Collect digits in another way.",
    ),
    _facts(
        "relay_digits",
        "Other keys are passed on to the room.",
        remedy="Listen for odd tones.",
    ),
    _facts(
        "leg_time_limit",
        "Longest stay of this participant.",
        unit="seconds",
        dropped="error",
        remedy="End the call through the REST interface after that time.",
    ),
    _facts(
        "room_time_limit",
        "Longest life of the whole conference.",
        unit="seconds",
        dropped="error",
        remedy="End the room through the REST interface after that time.",
    ),
    _facts(
        "moderator_grace",
        "How long the room lives after the last moderator left.",
        unit="seconds",
        depends="end_on_exit",
        remedy="End the room through the REST interface.",
    ),
    _facts(
        "stay_alone",
        "One participant may be alone; false ends the room.",
        dropped="error",
        remedy="Watch the leave events and end the room when one is left.",
    ),
    _facts(
        "region",
        "Where the conference is hosted.",
        remedy="Choose the region in the target's own terms.",
    ),
    _facts(
        "jitter_buffer",
        "Size of the jitter buffer of this participant.",
        remedy="Nothing to do, unless the audio suffers.",
    ),
    _facts(
        "stream",
        "A websocket feed of the conference audio, as written.",
        dropped="error",
        remedy="Start the stream through the target's own verb or REST interface.",
    ),
    _facts(
        "transcription",
        "The recording is transcribed.",
        depends="record",
        remedy="Transcribe the recording afterwards.",
    ),
    _facts(
        "transcription_url",
        "URL that receives the transcription.",
        depends="record",
        remedy="Fetch the transcription yourself.",
    ),
    _facts(
        "transcription_method",
        "HTTP method for the transcription's URL.",
        depends="transcription_url",
    ),
)

FIELDS: Final[dict[str, FieldFacts]] = {facts.name: facts for facts in _TABLE}
"""Name -> facts, in the order of the model."""
