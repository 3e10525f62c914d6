"""Every canonical field of a conference, once: meaning, unit, relevance, and how bad it is to lose it.

A table without a library behind it: the types stand in `translator.intent`, the platforms' behaviour in `dialects`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from translator.loss import KINDS, code_name
from translator.values import PASSIVE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(eq=False, repr=False, slots=True)
class FieldFacts:
    """What the engine, the report and the documentation need to know of a field.

    Attributes:
        name: the field.
        meaning: its description.
        unit: of its number, or "".
        depends: the field that it depends on; it has no effect while that one is not active. `inputs:speech`: while
            it does not hold that word.
        capacity: a limit of the platform: not said means the platform's own, and is never written out.
        format: for an endpoint, the field that names what its URL must answer or receives.
        format_of: the reverse: this field only describes the URL in that field, and is never on most wires.
        dropped: severity when it was said and is lost.
        changed: severity when it was said and became something near.
        unsaid: severity when the platforms differ and nothing was said.
        remedy: what to do about a loss.
        instead: fields that say nearly the same where a target lacks this one; "=" stands for its value.
        local: its value is known to one platform only, and means nothing to another.
        grave: the field that makes another format of its URL an error.
        unless: the field that makes this one moot: it has no effect while that one is said.
        plain: nothing is read out of its text: one word does as well as another; see `translator.stencil`.
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
    unless: str = ""
    grave: str = ""
    plain: bool = False

    @property
    def is_url(self) -> bool:
        """Whether it holds URLs."""
        return bool(self.format) or self.name.endswith(("_url", "urls"))


def facts(name: str, meaning: str, *, changed: str = "", **facts: Any) -> FieldFacts:
    return FieldFacts(name, meaning, changed=changed or facts.get("dropped", "warning"), **facts)


ALSO_TAKES: Final[Mapping[str, tuple[str, ...]]] = {"twiml-wait": ("audio",)}
"""Format of an endpoint -> others that may be answered there just as well."""

_TABLE = (
    facts(
        "name",
        "The room. Participants with equal names meet, within one account, project or space.",
        dropped="error",
        remedy="Give the room a name that the target takes as it is.",
        plain=True,
    ),
    facts(
        "muted",
        "This participant enters muted: hears, and is not heard.",
        dropped="error",
        remedy="Mute the participant after the join, through the target's REST interface.",
    ),
    facts(
        "start_on_enter",
        "The conference starts when this participant arrives; false waits for somebody with true.",
        dropped="error",
        remedy="Decide in the application who opens the room.",
    ),
    facts(
        "end_on_exit",
        "Whether the conference ends for all when this participant leaves (any), "
        "or when the last such participant has left (last).",
        dropped="error",
        changed="warning",
        remedy="With one moderator both are equal; with several, end the room through the REST interface.",
    ),
    facts(
        "enter_sound",
        "What the room hears when this participant enters.",
        remedy="Play the sound from the application.",
    ),
    facts(
        "exit_sound",
        "What the room hears when this participant leaves.",
        remedy="Play the sound from the application.",
    ),
    facts(
        "entry_prompt",
        "URL asked before the join; its answer is heard by this caller alone.",
        format="entry_prompt_serves",
        remedy="Put the prompt as a play or say verb before the conference.",
    ),
    facts(
        "entry_prompt_method",
        "HTTP method for the entry prompt.",
        depends="entry_prompt",
    ),
    facts(
        "entry_prompt_serves",
        "Format that the entry prompt's URL must answer.",
        depends="entry_prompt",
        format_of="entry_prompt",
    ),
    facts(
        "wait",
        "What this participant hears until the conference starts.",
        format="wait_serves",
        remedy="Choose the wait audio in the target by hand.",
    ),
    facts(
        "wait_method",
        "HTTP method for the wait URL.",
        depends="wait",
        remedy="Let the URL answer the method that the target uses.",
    ),
    facts(
        "wait_serves",
        "Format that the wait URL must answer.",
        depends="wait",
        format_of="wait",
    ),
    facts(
        "max_participants",
        "How many may be in the room at once.",
        capacity=True,
        unit="participants",
        remedy="Check the size that the room needs against the target's limit.",
    ),
    facts(
        "record",
        "The whole conference is recorded.",
        dropped="error",
        remedy="Start the recording through the target's REST interface.",
    ),
    facts(
        "record_trim",
        "Silence is cut from the recording.",
        depends="record",
        remedy="Trim the file after it was made.",
    ),
    facts(
        "record_format",
        "File format of the recording.",
        depends="record",
        remedy="Convert the file after it was made.",
    ),
    facts(
        "record_path",
        "File on the media server that the recording is written to.",
        depends="record",
        remedy="Fetch the recording from the target's storage.",
    ),
    facts(
        "recording_url",
        "URL that is told about the recording.",
        depends="record",
        format="recording_payload",
        dropped="error",
        remedy="Poll the target's REST interface for the recording.",
    ),
    facts(
        "recording_method",
        "HTTP method for the recording's URL.",
        depends="recording_url",
    ),
    facts(
        "recording_events",
        "Which steps of the recording are told.",
        depends="recording_url",
        remedy="Filter the events in the handler.",
    ),
    facts(
        "recording_payload",
        "Format of what the recording's URL receives.",
        depends="recording_url",
        format_of="recording_url",
    ),
    facts(
        "status_url",
        "URL that is told about conference events.",
        format="status_payload",
        remedy="Follow the conference through the target's own events.",
    ),
    facts(
        "status_method",
        "HTTP method for the status URL.",
        depends="status_url",
    ),
    facts(
        "status_events",
        "Which conference events are told.",
        depends="status_url",
        remedy="Make the handler live with the events that the target sends.",
    ),
    facts(
        "status_payload",
        "Format of what the status URL receives.",
        depends="status_url",
        format_of="status_url",
    ),
    facts(
        "end_url",
        "URL that is told once, when the conference has ended (deprecated where it exists).",
        format="status_payload",
        instead=(("status_url", "="), ("status_events", ("end",)), ("status_method", "POST")),
        remedy="Use a status URL with the event end, and a recording URL for the recording.",
    ),
    facts(
        "after_url",
        "URL asked for what comes next when this participant is out.",
        format="after_serves",
        dropped="error",
        remedy="Put what follows as verbs after the conference.",
    ),
    facts(
        "after_method",
        "HTTP method for the after URL.",
        depends="after_url",
    ),
    facts(
        "after_takes_over",
        "The answer of the after URL replaces the rest of the document.",
        depends="after_url",
        dropped="error",
        remedy="Answer an empty document where the flow must go on.",
    ),
    facts(
        "after_serves",
        "Format that the after URL must answer.",
        depends="after_url",
        format_of="after_url",
    ),
    facts(
        "coach",
        "Id of the call that this participant coaches. Ids belong to one platform.",
        dropped="error",
        local=True,
        remedy="Set up coaching through the target's own means.",
        plain=True,
    ),
    facts(
        "label",
        "A name for this participant.",
        dropped="notice",
        remedy="Keep the label in the application.",
        plain=True,
    ),
    facts(
        "speak_only_to",
        "This participant is heard only by those with this label.",
        dropped="error",
        remedy="Set up coaching through the target's own means; until then everybody hears this participant.",
        plain=True,
    ),
    facts(
        "hangup_on_star",
        "This participant leaves with the star key.",
        remedy="Tell callers to hang up instead.",
    ),
    facts(
        "digit_patterns",
        "Keys that are told to the status URL when this participant presses them.",
        remedy="Collect digits in another way.",
    ),
    facts(
        "relay_digits",
        "Other keys are passed on to the room.",
        remedy="Listen for odd tones.",
    ),
    facts(
        "leg_time_limit",
        "Longest stay of this participant.",
        unit="seconds",
        dropped="error",
        remedy="End the call through the REST interface after that time.",
    ),
    facts(
        "room_time_limit",
        "Longest life of the whole conference.",
        unit="seconds",
        dropped="error",
        remedy="End the room through the REST interface after that time.",
    ),
    facts(
        "moderator_grace",
        "How long the room lives after the last moderator left.",
        unit="seconds",
        depends="end_on_exit",
        remedy="End the room through the REST interface.",
    ),
    facts(
        "stay_alone",
        "One participant may be alone; false ends the room.",
        dropped="error",
        remedy="Watch the leave events and end the room when one is left.",
    ),
    facts(
        "region",
        "Where the conference is hosted.",
        remedy="Choose the region in the target's own terms.",
    ),
    facts(
        "jitter_buffer",
        "Size of the jitter buffer of this participant.",
        remedy="Nothing to do, unless the audio suffers.",
    ),
    facts(
        "stream",
        "A websocket feed of the conference audio, as written.",
        dropped="error",
        remedy="Start the stream through the target's own verb or REST interface.",
    ),
    facts(
        "transcription",
        "The recording is transcribed.",
        depends="record",
        remedy="Transcribe the recording afterwards.",
    ),
    facts(
        "transcription_url",
        "URL that receives the transcription.",
        depends="record",
        remedy="Fetch the transcription yourself.",
    ),
    facts(
        "transcription_method",
        "HTTP method for the transcription's URL.",
        depends="transcription_url",
    ),
)

FIELDS: Final[dict[str, FieldFacts]] = {each.name: each for each in _TABLE}
"""Name -> facts, in the order of the model."""


_KINDS = sorted(KINDS)


class Kind:
    """One kind of canonical step: its fields, and what follows from them.

    Attributes:
        name: as in `kind` of the model: `conference`, `say`.
        meaning: what the step does, in a few words.
        severity: of losing the whole step.
        fields: name -> facts, in the order of the model.
        part: the field that holds nested steps, or "".
        nested: kinds of the steps in it.
        core: fields without which the step says nothing.
        prefix: what a loss puts before the name of a field: nothing for a conference.
        ranks: (field, kind of loss) -> where its code stands in the alphabet; even numbers are left for others.
    """

    def __init__(
        self,
        name: str,
        meaning: str,
        severity: str,
        fields: Mapping[str, FieldFacts],
        part: str = "",
        nested: tuple[str, ...] = (),
        core: tuple[str, ...] = ("name",),
    ) -> None:
        self.name = name
        self.meaning = meaning
        self.severity = severity
        self.fields = fields
        self.part = part
        self.nested = nested
        self.core = core
        self.prefix = "" if name == "conference" else f"{name}_"
        self.nothing: Mapping[str, Any] = dict.fromkeys(fields)
        self.depends = {
            facts.name: (facts.depends.partition(":")[0], facts.depends.partition(":")[2])
            for facts in fields.values()
            if facts.depends
        }
        self.unless = {facts.name: facts.unless for facts in fields.values() if facts.unless}
        self.dependent = frozenset(self.depends) | frozenset(self.unless)
        self.conditions = {name: tuple(self._chain(name)) for name in self.depends}
        self.formats = frozenset(facts.name for facts in fields.values() if facts.format_of)
        in_code_order = sorted(fields, key=lambda each: code_name(self.prefix + each) + "/")
        self.ranks = {each: 2 * number + 1 for number, each in enumerate(product(in_code_order, _KINDS))}

    def rank(self, field: str, kind: str) -> int:
        """The rank of any code, also of one that is about no field of this kind of step."""
        code = self.code(field, kind)
        return self.ranks.get((field, kind)) or 2 * sum(self.code(*known) < code for known in self.ranks)

    def code(self, field: str, kind: str) -> str:
        """The code of a loss of a field: `exit-sound/dropped`, `say-voice/changed`."""
        return f"{code_name(self.prefix + field)}/{kind}"

    def relevant(self, name: str, said: Mapping[str, Any], implied: Mapping[str, Any]) -> bool:
        """Whether a field has any effect, given what is said and implied of the fields that it depends on."""
        moot = self.unless.get(name)
        if moot and (said[moot] if moot in said else implied.get(moot)) not in PASSIVE:
            return False
        for depends, word in self.conditions.get(name, ()):
            value = said[depends] if depends in said else implied.get(depends)
            if word and value is UNKNOWN:
                return True
            if value in PASSIVE or (word and type(value) is tuple and word not in value):
                return False
        return True

    def _chain(self, name: str) -> Iterator[tuple[str, str]]:
        """The fields that one depends on, and those that these depend on."""
        found = self.depends.get(name)
        while found:
            yield found
            found = self.depends.get(found[0])

    def unsaid(self, **values: Any) -> dict[str, Any]:
        """Implied values: what is not named is nothing."""
        wrong = set(values) - set(self.fields)
        if wrong:
            raise KeyError(f"no field of {self.name}: {', '.join(sorted(wrong))}")
        return {**self.nothing, **values}


CONFERENCE: Final = Kind("conference", "joins a conference", "error", FIELDS)
