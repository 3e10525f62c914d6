"""SignalWire Markup Language (SWML), method `join_conference`.

Sources: SignalWire docs, reference of `join_conference`, with its JSON Schema (github.com/signalwire/docs, folder
specs/swml/calling), 2026-08-21, called the docs schema; JSON Schema of PyPI `signalwire-sdk` 3.7.5, 2026-10-25,
called the SDK schema, older in content. The server is closed: its unsaid defaults are documented, not proven.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from translator.codecs import Beep, Choice, Illegal, Name, Raw, Text, Url, Variable, Whole, Words, json_boolean, method
from translator.dialect import Attribute, Dialect, Neighbour, Verb
from translator.errors import NoConference, UnreadableDocument
from translator.sites import Limb, Site
from translator.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translator.sites import Reading, Writing
    from translator.syntax import Document

EVENTS = ("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement")
RECORDING_EVENTS = ("in-progress", "completed", "absent")


class Region(Choice):
    """The four regions of the docs schema; the SDK schema takes any text (contested)."""

    def read(self, wire: Any) -> Any:
        try:
            return super().read(wire)
        except Illegal:
            if not isinstance(wire, str) or not wire:
                raise
            raise Illegal("is no region of the docs schema, though the SDK schema takes it", wire) from None


class WaitUrl(Url):
    """A URL that serves SWML; `say:` and its like belong to the method play."""

    def read(self, wire: Any) -> Any:
        url = super().read(wire)
        if re.match(r"(?:say|ring|silence):", url):
            raise Illegal("is what the method play takes, not a URL", hint="a URL that serves SWML")
        return url


class Branches(Raw):
    """`result`: a switch (`variable`, `case`, `default`) or a list of conditions."""

    def __init__(self) -> None:
        super().__init__(dict, list, values="a switch (variable, case, default) or a list of conditions")
        self.samples = ({"variable": "return_value", "case": {"completed": [{"hangup": {}}]}}, [])

    def read(self, wire: Any) -> Any:
        value = super().read(wire)
        if isinstance(value, dict) and not isinstance(value.get("case"), dict):
            raise Illegal("has no case")
        return value


PAYLOADS = Choice({"cxml": "cxml-form", "laml": "laml", "relay": "relay"}, vocabulary="payload")
FLAG = Variable(json_boolean())

ATTRIBUTES = (
    Attribute("name", "name", Name()),
    Attribute("muted", "muted", FLAG),
    Attribute(
        "beep",
        ("enter_sound", "exit_sound"),
        Beep(odd={True: (Beep.BOTH, '"true"'), False: (Beep.NEITHER, '"false"')}, exact=True),
        note="A string; a JSON or YAML boolean is no legal value.",
    ),
    Attribute("start_on_enter", "start_on_enter", FLAG),
    Attribute(
        "end_on_exit",
        "end_on_exit",
        Variable(Choice({True: "any", False: "no"}, vocabulary="boolean", nearest={"last": True}, on_text=False)),
    ),
    Attribute(
        "wait_url",
        "wait",
        WaitUrl("", empty="silence"),
        note="Asked by POST; contested: the schema's own text still calls it a media URL.",
    ),
    Attribute("max_participants", "max_participants", Variable(Whole(2, 100000, text=False))),
    Attribute(
        "record",
        "record",
        Choice(
            {"do-not-record": False, "record-from-start": True},
            vocabulary="record",
            odd={"true": (True, "record-from-start"), "false": (False, "do-not-record")},
            exact=True,
        ),
    ),
    Attribute(
        "region",
        "region",
        Region(
            {word: word for word in ("global", "us", "eu", "ch")},
            vocabulary="region",
            nearest={"us1": "us", "us2": "us", "us-east": "us", "us-west": "us", "ie1": "eu", "de1": "eu"},
        ),
    ),
    Attribute("trim", "record_trim", Choice({"trim-silence": True, "do-not-trim": False}, vocabulary="trim")),
    Attribute("coach", "coach", Text(), note="Who hears whom is contested between SignalWire's own pages."),
    Attribute("status_callback", "status_url", Url()),
    Attribute(
        "status_callback_event",
        "status_events",
        Words.plain(EVENTS, "events"),
        values=" ".join(EVENTS) + ", parted by blanks",
    ),
    Attribute(
        "status_callback_event_type",
        "status_payload",
        PAYLOADS,
        volunteers=False,
        note="Docs schema only (2026-06-03); the SDK schema refuses it, so it is written only when it was said.",
    ),
    Attribute("status_callback_method", "status_method", method()),
    Attribute("recording_status_callback", "recording_url", Url()),
    Attribute(
        "recording_status_callback_event",
        "recording_events",
        Words.plain(RECORDING_EVENTS, "recording events"),
        values=" ".join(RECORDING_EVENTS) + ", parted by blanks",
    ),
    Attribute(
        "recording_status_callback_event_type",
        "recording_payload",
        PAYLOADS,
        volunteers=False,
        note="Docs schema only; written only when it was said.",
    ),
    Attribute("recording_status_callback_method", "recording_method", method()),
    Attribute("stream", "stream", Raw(dict, values="an object with url (wss://) and more"), note="Docs schema only."),
    Attribute(
        "result",
        "result",
        Branches(),
        severity="error",
        note="Steps to run when the result of the conference is known.",
    ),
)

IMPLIED = {
    "name": None,
    "muted": False,
    "start_on_enter": True,
    "end_on_exit": "no",
    "enter_sound": "beep",
    "exit_sound": "beep",
    "entry_prompt": None,
    "entry_prompt_method": None,
    "entry_prompt_serves": None,
    "wait": "music",
    "wait_method": "POST",
    "wait_serves": "swml",
    "max_participants": UNKNOWN,  # contested: 100000 or 250
    "record": False,
    "record_trim": True,
    "record_format": UNKNOWN,
    "record_path": None,
    "recording_url": None,
    "recording_method": "POST",
    "recording_events": UNKNOWN,
    "recording_payload": "swml-json",
    "status_url": None,
    "status_method": "POST",
    "status_events": UNKNOWN,
    "status_payload": "swml-json",
    "end_url": None,
    "after_url": None,
    "after_method": None,
    "after_takes_over": None,
    "after_serves": None,
    "coach": None,
    "label": None,
    "speak_only_to": None,
    "hangup_on_star": False,
    "digit_patterns": None,
    "relay_digits": UNKNOWN,
    "leg_time_limit": None,
    "room_time_limit": None,
    "moderator_grace": None,
    "stay_alone": True,
    "region": None,
    "jitter_buffer": UNKNOWN,
    "stream": None,
    "transcription": None,
    "transcription_url": None,
    "transcription_method": None,
}

NOTES = {
    "name": "Rooms belong to the project, and are shared with its cXML conferences.",
    "max_participants": "The unsaid cap is contested: 100000 by the newest docs, 250 by the older page and an open issue.",
    "wait": "The platform's own music plays unless wait_url is given; no documented spelling means silence.",
    "wait_method": "wait_url is always asked by POST.",
    "status_events": "Which events come without a filter is not documented.",
    "recording_events": "The schema has no default; the SDK treats completed as the silent one.",
    "coach": "Who hears whom is contested between SignalWire's own pages.",
    "after_url": "There is no such URL: the steps after the conference run when this leg has left.",
    "leg_time_limit": "There is no time limit.",
    "room_time_limit": "There is no time limit.",
    "hangup_on_star": "Nobody leaves with a key.",
    "stay_alone": "There is no rule for being alone.",
    "record_format": "The format cannot be chosen.",
    "record_trim": "Silence is cut unless trim says do-not-trim.",
    "region": "global, us, eu or ch by the docs schema; any text by the SDK schema (contested).",
    "status_url": "Whose callback is used, when several participants give one, is not documented.",
}

HINTS = {
    "status_url": "status_callback",
    "status_events": "status_callback_event",
    "join_options": "its keys, in join_conference itself",
    "hold_audio": "wait_url",
    "startConferenceOnEnter": "start_on_enter",
    "endConferenceOnExit": "end_on_exit",
    "maxParticipants": "max_participants",
    "waitUrl": "wait_url",
    "statusCallback": "status_callback",
}

NEIGHBOURS = {
    "answer": Neighbour("answers the call", "notice"),
    "ai": Neighbour("starts an AI agent", "error"),
    "ai_sidecar": Neighbour("starts an AI helper", "error"),
    "amazon_bedrock": Neighbour("starts an AI agent", "error"),
    "cond": Neighbour("runs steps on a condition", "error"),
    "connect": Neighbour("calls somebody", "error"),
    "denoise": Neighbour("filters noise", "warning"),
    "detect_machine": Neighbour("detects an answering machine", "warning"),
    "enter_queue": Neighbour("puts the caller into a queue", "error"),
    "execute": Neighbour("runs another section or document", "error"),
    "goto": Neighbour("jumps to a label", "error"),
    "hangup": Neighbour("ends the call", "error"),
    "join_room": Neighbour("joins a video room", "error"),
    "label": Neighbour("marks a place for goto", "notice"),
    "live_transcribe": Neighbour("transcribes the call", "warning"),
    "live_translate": Neighbour("translates the call", "warning"),
    "pay": Neighbour("takes a payment", "error"),
    "play": Neighbour("speaks or plays audio", "warning"),
    "prompt": Neighbour("asks for digits or speech", "error"),
    "receive_fax": Neighbour("receives a fax", "error"),
    "record": Neighbour("records a message", "error"),
    "record_call": Neighbour("records the call", "error"),
    "request": Neighbour("asks a web service", "error"),
    "return": Neighbour("returns from a section", "error"),
    "send_digits": Neighbour("sends digits", "warning"),
    "send_fax": Neighbour("sends a fax", "error"),
    "send_sms": Neighbour("sends a text message", "warning"),
    "set": Neighbour("sets variables", "warning"),
    "sip_refer": Neighbour("transfers the call by SIP", "error"),
    "sleep": Neighbour("pauses", "warning"),
    "stop_denoise": Neighbour("stops the noise filter", "warning"),
    "stop_record_call": Neighbour("stops the recording of the call", "error"),
    "stop_stream": Neighbour("stops a stream", "warning"),
    "stop_tap": Neighbour("stops a tap", "warning"),
    "stream": Neighbour("streams the call's audio", "error"),
    "switch": Neighbour("runs steps by a variable", "error"),
    "tap": Neighbour("streams the call's audio", "error"),
    "transcribe": Neighbour("transcribes the call", "warning"),
    "transcribe_stop": Neighbour("stops the transcription", "warning"),
    "transfer": Neighbour("goes on with another document", "error"),
    "unset": Neighbour("clears variables", "warning"),
    "user_event": Neighbour("sends an event", "warning"),
}


class SwmlEnvelope:
    """`{"version", "sections": {"main": [step, ...], ...}}`; conferences wherever steps may stand."""

    METHOD = "join_conference"
    VERSION = "1.0.0"

    def read(self, document: Document, reading: Reading) -> None:
        root = document.root
        comments = [
            (place, Site("#comment", f"/#comment[{number}]", text))
            for number, (place, text) in enumerate(document.comments, 1)
        ]
        if isinstance(root, dict) and isinstance(root.get("sections"), dict):
            self._read_top(root, reading)
            for name, steps in root["sections"].items():
                path = _pointer("/sections", name)
                if not isinstance(steps, list):
                    reading.sites.append(Site("#section", path, {name: steps}))
                    continue
                sites = self._read_section(steps, path, reading, comments)
                if name == "main":
                    reading.sites = [*sites, *reading.sites]
                else:
                    section = Site("section", path, name)
                    section.branches.append(Limb("", f"section {name!r}", sites, path))
                    reading.sites.append(section)
        elif isinstance(root, list):
            reading.structure("", "A bare list of steps stands where a document belongs.", "notice", _WRAP)
            reading.sites = self._read_section(root, "", reading, comments)
        elif isinstance(root, dict) and len(root) == 1 and next(iter(root)) in {self.METHOD, *NEIGHBOURS}:
            reading.structure("", "A single step stands where a document belongs.", "notice", _WRAP)
            reading.sites = self._read_step(root, "", reading)
        behind = [comment for _, comment in comments]
        last = reading.sites[-1] if reading.sites else None
        if last is not None and last.verb == "section":
            last.branches[0].sites += behind
        else:
            reading.sites += behind
        if not any(site.is_conference for site in _deep(reading.sites)):
            raise self._nothing(document)

    def _read_top(self, root: dict[str, Any], reading: Reading) -> None:
        if "version" not in root:
            reading.structure(
                "", "The document has no version.", "notice", f'Write "version": "{self.VERSION}".', "version"
            )
        elif root["version"] != self.VERSION:
            reading.structure(
                "/version",
                f"The version is {root['version']!r}; there is only {self.VERSION!r}.",
                "notice",
                f'Write "version": "{self.VERSION}".',
                "version",
            )
        for key, value in root.items():
            if key not in ("version", "sections"):
                reading.sites.append(Site("#key", _pointer("", key), {key: value}))

    def _read_section(
        self, steps: list[Any], path: str, reading: Reading, comments: list[tuple[str, Site]]
    ) -> list[Site]:
        sites: list[Site] = []
        for index, step in enumerate(steps):
            here = f"{path}/{index}"
            while comments and _belongs(comments[0][0], here, first=index == 0):
                sites.append(comments.pop(0)[1])
            sites += self._read_step(step, here, reading)
        return sites

    def _read_steps(self, steps: list[Any], path: str, reading: Reading) -> list[Site]:
        return [site for index, step in enumerate(steps) for site in self._read_step(step, f"{path}/{index}", reading)]

    def _read_step(self, step: Any, path: str, reading: Reading) -> list[Site]:
        if isinstance(step, str):
            reading.structure(
                path, f"The method {step!r} stands as a bare text.", "notice", f'Write {{"{step}": {{}}}}.', "method"
            )
            step = {step: {}}
        if not isinstance(step, dict) or not step:
            return [Site("#value", path, step)]
        if len(step) > 1:
            reading.structure(
                path,
                "One step holds several methods; they were read one after the other.",
                "warning",
                "Write a step for each.",
                "method",
            )
        return [site for name, value in step.items() for site in self._read_method(name, value, path, reading)]

    def _read_method(self, name: str, value: Any, path: str, reading: Reading) -> list[Site]:
        here = _pointer(path, name)
        if name != self.METHOD:
            site = Site(name, here, {name: value})
            site.value, site.branches = self._take_branches(name, site.value, path, reading)
            return [site]
        site = Site("conference", here, is_conference=True)
        if isinstance(value, str):
            value = {"name": value}
        if not isinstance(value, dict):
            reading.structure(here, f"{name} holds neither an object nor a name.", "error", "Give it a name.", "method")
            value = {}
        taken, branches = self._take_branches(name, value, here, reading)
        reading.attributes(site, "", here, taken)
        site.nodes[""] = (here, value)
        reading.settle(site)
        if not branches:
            return [site]
        result = Site("result", f"{here}/result")
        result.branches = branches
        return [site, result]

    def _take_branches(self, name: str, value: Any, path: str, reading: Reading) -> tuple[Any, list[Limb]]:
        """The value with its lists of steps taken out, and those lists as branches."""
        inner = value if name == self.METHOD else value[name]
        prefix = "" if name == self.METHOD else _pointer("", name)
        found = list(_step_lists(name, inner, prefix))
        if not found:
            return value, []
        value = deepcopy(value)
        limbs = []
        for place, label, steps in found:
            limbs.append(Limb(place, label, self._read_steps(steps, path + place, reading), path + place))
            _put(value, place, [])
        return value, limbs

    def _nothing(self, document: Document) -> NoConference:
        root = document.root
        for path, name in _methods(root, ""):
            if name in ("conference", "joinConference", "join_room"):
                line, column = document.locate(path)
                what = (
                    "joins a video room, not a conference" if name == "join_room" else f"is no method; {self.METHOD} is"
                )
                return NoConference("No SWML conference here.", line=line, column=column, cause=f'"{name}" {what}')
        if isinstance(root, dict) and "sections" not in root:
            return NoConference("No SWML document: it has no sections.", line=1, column=1)
        return NoConference("No SWML conference here.", line=1, column=1)

    def write(self, writing: Writing) -> Any:
        sections: dict[str, Any] = {"main": self._write_steps(writing.sites, writing)}
        top: dict[str, Any] = {}
        for site in writing.sites:
            if site.verb == "section":
                sections[site.value] = self._write_steps(site.branches[0].sites, writing)
            elif site.verb == "#key":
                top.update(site.value)
            elif site.verb == "#section":
                sections.update(site.value)
        return {"version": self.VERSION, **top, "sections": sections}

    def _write_steps(self, sites: list[Site], writing: Writing) -> list[Any]:
        steps: list[Any] = []
        for site in sites:
            if site.is_conference:
                steps.append({self.METHOD: dict(site.nodes[""][1])})
            elif site.verb == "result":
                if steps and self.METHOD in steps[-1]:
                    value = deepcopy(steps[-1][self.METHOD])
                    self._put_branches(value, site, writing)
                    steps[-1] = {self.METHOD: value}
            elif site.verb == "#comment":
                from translator.syntax.yaml import Comment

                steps.append(Comment(" ".join(str(site.value).split())))
            elif site.verb in ("section", "#section", "#key"):
                continue
            else:
                value = deepcopy(site.value) if site.branches else site.value
                self._put_branches(value, site, writing)
                steps.append(value)
        return steps

    def _put_branches(self, value: Any, site: Site, writing: Writing) -> None:
        for limb in site.branches:
            _put(value, limb.place, self._write_steps(limb.sites, writing))

    def recognise(self, document: Document, dialect: Dialect) -> tuple[float, str]:
        root = document.root
        if isinstance(root, dict) and isinstance(root.get("sections"), dict):
            return 0.97, "an object with sections"
        known = {self.METHOD, *NEIGHBOURS}
        if isinstance(root, dict) and len(root) == 1 and self.METHOD in root:
            return 0.6, f"a single {self.METHOD}"
        if isinstance(root, list) and root:
            names = [name for _, name in _methods(root, "")]
            ours = [name for name in names if name in known]
            if ours and not any(isinstance(step, dict) and ("verb" in step or "action" in step) for step in root):
                return 0.85 * len(ours) / len(names) * (
                    1 if self.METHOD in ours else 0.6
                ), f"a list of {' '.join(ours)}"
        return 0.0, ""


_WRAP = 'Write {"version": "1.0.0", "sections": {"main": [...]}}.'


def _deep(sites: list[Site]) -> Iterator[Site]:
    for site in sites:
        yield site
        for limb in site.branches:
            yield from _deep(limb.sites)


def _pointer(path: str, key: str) -> str:
    return f"{path}/{key.replace('~', '~0').replace('/', '~1')}"


def _belongs(pointer: str, step: str, *, first: bool) -> bool:
    """Whether a comment before `pointer` belongs to a step: it stands in it, or above the first one of all."""
    above = pointer != "" and not re.match(r"(?:/sections/[^/]+)?/\d", pointer)
    return f"{pointer}/".startswith(f"{step}/") or (first and above)


def _step_lists(name: str, value: Any, path: str) -> Iterator[tuple[str, str, list[Any]]]:
    """(place, words, steps) of every list of steps inside a method's value."""
    if name == "cond":
        yield from _conditions(value, path, "cond")
    elif name == "switch":
        yield from _cases(value, path, "switch")
    elif isinstance(value, dict):
        if name == "execute" and isinstance(value.get("on_return"), list):
            yield f"{path}/on_return", "on_return of execute", value["on_return"]
        if name in ("connect", "execute", "join_conference"):
            result = value.get("result")
            yield from _conditions(result, f"{path}/result", f"result of {name}")
            yield from _cases(result, f"{path}/result", f"result of {name}")


def _conditions(items: Any, path: str, what: str) -> Iterator[tuple[str, str, list[Any]]]:
    if not isinstance(items, list):
        return
    for index, item in enumerate(items):
        if not isinstance(item, dict):
            continue
        when = str(item.get("when", ""))
        for key, words in (
            ("then", f"{what}, when {when}"),
            ("else", f"{what}, else" + (f" of {when}" if when else "")),
        ):
            if isinstance(item.get(key), list):
                yield f"{path}/{index}/{key}", words, item[key]


def _cases(value: Any, path: str, what: str) -> Iterator[tuple[str, str, list[Any]]]:
    if not isinstance(value, dict):
        return
    variable = value.get("variable", "")
    of = f"{what} {variable}".strip()
    cases = value.get("case")
    if isinstance(cases, dict):
        for case, steps in cases.items():
            if isinstance(steps, list):
                yield _pointer(f"{path}/case", case), f"{of}, case {case}", steps
    if isinstance(value.get("default"), list):
        yield f"{path}/default", f"{of}, default", value["default"]


def _put(value: Any, place: str, steps: list[Any]) -> None:
    """Put a list of steps where a JSON pointer says."""
    *parents, last = [key.replace("~1", "/").replace("~0", "~") for key in place.split("/")[1:]] or [""]
    try:
        for key in parents:
            value = value[int(key)] if isinstance(value, list) else value[key]
        value[int(last) if isinstance(value, list) else last] = steps
    except (KeyError, IndexError, ValueError, TypeError):
        raise UnreadableDocument(f"A branch names the place {place!r}, which its step does not have.") from None


def _methods(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """(path, name) of what may be methods: every key of an object in a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _methods(inner, _pointer(path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield f"{path}/{index}", item
            elif isinstance(item, dict):
                for key in item:
                    yield _pointer(f"{path}/{index}", key), key
            yield from _methods(item, f"{path}/{index}")


CONFERENCE = Verb("join_conference", ATTRIBUTES, IMPLIED, NOTES, HINTS)

DIALECT = Dialect(
    name="swml",
    title="SWML",
    syntaxes=("json", "yaml"),
    suffixes=(".swml.json", ".swml.yaml", ".swml.yml"),
    envelope=SwmlEnvelope(),
    verbs={"conference": CONFERENCE},
    aliases=("signalwire", "signalwire-swml"),
    neighbours=NEIGHBOURS,
    live=re.compile(r"[$%]\{"),
    sources=(
        "SignalWire docs, SWML reference of join_conference and its JSON Schema, 2026-08-21",
        "PyPI signalwire-sdk 3.7.5, schema.json, 2026-10-25",
    ),
    about=__doc__ or "",
)
