"""SignalWire RELAY: the JSON-RPC frame `calling.join_conference`.

Sources: PyPI `signalwire-sdk` 3.7.5, `relay/call.py` and the generated wire types, 2026-10-25, executed; SignalWire
docs, RELAY reference, 2026. The server's defaults are published nowhere: they are UNKNOWN here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dialects.families import swml as table
from translator.codecs import Choice, Illegal, Raw, Text, Url, Whole, json_boolean
from translator.dialect import Attribute, Dialect, Need, Plain, Verb, extended
from translator.errors import NoConference
from translator.registry import OURS
from translator.sites import Site
from translator.values import OMIT, UNKNOWN

if TYPE_CHECKING:
    from translator.sites import Reading, Writing
    from translator.syntax import Document

METHOD = "calling.join_conference"
FRAME = ("jsonrpc", "method", "params")

TEXT = Raw(str, values="text")
RUN_TIME = "it exists only at run time and is no part of what the author meant"


class Payload(Choice):
    """The payload flavours of SWML; the docs here list none, so any other word stands for itself."""

    OTHERS = re.compile(r"[a-z]+-(?:form|json|xml)|nothing")
    """What other platforms send, in canonical words: no words of RELAY's."""

    def read(self, wire: Any) -> Any:
        try:
            return super().read(wire)
        except Illegal:
            if not isinstance(wire, str) or not wire or self.OTHERS.fullmatch(wire):
                raise
            return wire

    def write(self, value: Any) -> Any:
        found = super().write(value)
        free = isinstance(value, str) and not self.OTHERS.fullmatch(value)
        return value if found is OMIT and free else found


PAYLOADS = Payload(table.FLAVOURS, vocabulary="relay payload")
PAYLOAD_NOTE = "The docs here call it the content type of the callback, and list no values."

ATTRIBUTES = extended(
    table.ATTRIBUTES,
    Attribute("status_callback_event_type", "status_payload", PAYLOADS, volunteers=False, note=PAYLOAD_NOTE),
    Attribute(
        "recording_status_callback_event_type", "recording_payload", PAYLOADS, volunteers=False, note=PAYLOAD_NOTE
    ),
    Attribute("muted", "muted", json_boolean()),
    Attribute("start_on_enter", "start_on_enter", json_boolean()),
    Attribute(
        "end_on_exit",
        "end_on_exit",
        Choice({True: "any", False: "no"}, vocabulary="boolean", nearest={"last": True}, on_text=False),
    ),
    Attribute("max_participants", "max_participants", Whole(2, text=False)),
    Attribute("wait_url", "wait", Url(empty="silence"), note="The docs here call it the URL of audio."),
    Attribute("region", "region", table.FREE_REGION),
    Attribute("coach", "coach", Text(filled=True), note="The docs here: a participant who can hear but not be heard."),
    Attribute("id", "rpc_id", TEXT, element="frame", severity="notice", inert="it pairs the request with its answer"),
    Attribute("node_id", "node_id", TEXT, severity="notice", inert=RUN_TIME),
    Attribute("call_id", "call_id", TEXT, severity="notice", inert=RUN_TIME),
    Attribute("acl", "acl", TEXT, severity="notice", inert="it is internal to the platform"),
    Attribute(
        "swml", "swml_flag", Raw(bool, values="internal"), severity="notice", inert="it is internal to the platform"
    ),
    without=("result", "transfer@dest"),
)

KNOWN = {  # what follows from the shape of the protocol: the verb has no word for these at all
    name: table.IMPLIED[name]
    for name in (
        "name", "entry_prompt", "entry_prompt_method", "entry_prompt_serves", "record_path", "end_url", "label", "speak_only_to", "hangup_on_star",
        "digit_patterns", "leg_time_limit", "room_time_limit", "moderator_grace", "stay_alone", "transcription",
        "transcription_url", "transcription_method",
    )
}  # fmt: skip

IMPLIED = {
    **dict.fromkeys(table.IMPLIED, UNKNOWN),
    **KNOWN,
    **dict.fromkeys(("after_url", "after_method", "after_takes_over", "after_serves")),
    "wait_serves": "audio",
    "status_payload": "swml-json",
    "recording_payload": "swml-json",
}

NOTES = {
    "name": "Rooms belong to the project, and are shared with its SWML and cXML conferences.",
    "wait": "The docs here call wait_url the URL of audio; what is heard without it is published nowhere.",
    "coach": "The docs here: a participant who can hear but not be heard; SWML's pages say otherwise (contested).",
    "after_url": "What comes after the conference is decided by client code.",
    "max_participants": "The server's default is published nowhere.",
    "muted": "The server's default is published nowhere.",
    "enter_sound": "The server's default is published nowhere.",
    "exit_sound": "The server's default is published nowhere.",
}

HINTS = {
    **table.HINTS,
    "stream_obj": "stream (stream_obj is the SDK's argument)",
    "result": "nothing: what comes after is decided by client code",
}


class RelayEnvelope:
    """`{"jsonrpc": "2.0", "id", "method": "calling.join_conference", "params": {...}}`: one join of one live call."""

    def read(self, document: Document, reading: Reading) -> None:
        root = document.root
        params = root.get("params") if isinstance(root, dict) else None
        if not isinstance(params, dict) or root.get("method") != METHOD:
            other = root.get("method") if isinstance(root, dict) else None
            cause = f"the method is {other!r}, not {METHOD!r}" if other else ""
            raise NoConference("No RELAY conference here.", line=1, column=1, cause=cause)
        if root.get("jsonrpc") != "2.0":
            words = f'The frame does not say "jsonrpc": "2.0", but {root.get("jsonrpc")!r}.'
            reading.structure("", words, "notice", 'Write "jsonrpc": "2.0".')
        site = Site("conference", "/params", kind="conference")
        frame = {key: value for key, value in root.items() if key not in FRAME}
        reading.attributes(site, "frame", "", frame)
        reading.attributes(site, "", "/params", {key: value for key, value in params.items() if value is not None})
        reading.settle(site)
        site.raw.update({key: None for key, value in params.items() if value is None})  # null says nothing
        reading.in_order = False  # keys of the frame may stand before or behind params
        reading.sites.append(site)

    def write(self, writing: Writing) -> Any:
        frames = [
            {
                "jsonrpc": "2.0",
                **{key: value for key, value in site.nodes["frame"][1].items() if key == "id"},
                "method": METHOD,
                **{key: value for key, value in site.nodes["frame"][1].items() if key != "id"},
                "params": _first(site.nodes[""][1], ("node_id", "call_id")),
            }
            for site in writing.sites
            if site.is_conference
        ]
        return frames[0] if frames else {}

    def recognise(self, document: Document, dialect: Dialect) -> tuple[float, str]:
        root = document.root
        if not isinstance(root, dict) or "method" not in root:
            return 0.0, ""
        if root["method"] == METHOD:
            return 0.98, f"a frame of the method {METHOD}"
        return (0.6, f"a frame of the method {root['method']}") if "jsonrpc" in root else (0.0, "")


def _first(attributes: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The attributes, with the ids of the call in front."""
    return {**{name: attributes[name] for name in names if name in attributes}, **attributes}


DIALECT = Dialect(
    **OURS["relay"]._asdict(),
    plain=Plain(beside=("method", "params")),
    envelope=RelayEnvelope(),
    verbs={
        "conference": Verb(
            METHOD,
            ATTRIBUTES,
            IMPLIED,
            NOTES,
            HINTS,
            senses={"start_on_enter": table.SENSES["start_on_enter"]},
            needs=(
                Need("node_id", "node_id", "error"),
                Need("call_id", "call_id", "error"),
                Need("rpc_id", "id", "notice"),
            ),
        )
    },
    platform="SignalWire",
    single=True,
    options={
        "node_id": "id of the node that holds the call",
        "call_id": "id of the call that joins",
        "id": "id of the JSON-RPC request",
    },
    sources=(
        "PyPI signalwire-sdk 3.7.5, relay/call.py and generated wire types, 2026-10-25",
        "SignalWire docs, RELAY reference, 2026",
    ),
    about=__doc__ or "",
)
