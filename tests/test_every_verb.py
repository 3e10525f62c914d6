"""No verb of a source is absent from both the output and the report: counted in the raw XML and JSON, not by the reader.

What a verb does is one of a few families here, written down once more and by hand: that is the point of it.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import GOLDEN, PLATFORMS, corpus, reads_as
from lxml import etree

from translator import TranslatorError, translate
from translator.result import Result

XML = {
    "Say": "speak",
    "Speak": "speak",
    "Play": "play",
    "Pause": "pause",
    "Wait": "pause",
    "Hangup": "hangup",
    "Reject": "hangup",
    "Redirect": "redirect",
    "Gather": "gather",
    "GetDigits": "gather",
    "GetInput": "gather",
    "Record": "record",
    "Recording": "record",
    "Number": "target",
    "User": "target",
    "Sip": "target",
    "Client": "target",
    "Verto": "target",
    "Queue": "target",
    "Stream": "stream",
    "Sms": "message",
    "Message": "message",
    "DTMF": "digits",
    "Conference": "conference",
    "Enqueue": "enqueue",
    "MultiPartyCall": "party",
}
JAMBONZ = {
    "say": "speak",
    "play": "play",
    "pause": "pause",
    "hangup": "hangup",
    "sip:decline": "hangup",
    "redirect": "redirect",
    "gather": "gather",
    "dtmf": "digits",
    "listen": "stream",
    "stream": "stream",
    "message": "message",
    "conference": "conference",
    "room": "conference",
    "answer": "answer",
}
SWML = {
    "sleep": "pause",
    "hangup": "hangup",
    "transfer": "redirect",
    "prompt": "gather",
    "record": "record",
    "record_call": "record",
    "stream": "stream",
    "tap": "stream",
    "send_sms": "message",
    "send_digits": "digits",
    "join_conference": "conference",
    "answer": "answer",
    "ai": "ai",
}
NAMES = {
    **{name.lower(): family for name, family in XML.items()},
    "get-digits": "gather",
    "get-input": "gather",
    "multi-party-call": "party",
    "sip-decline": "hangup",
    **{name.replace("_", "-"): family for name, family in {**JAMBONZ, **SWML}.items()},
    **dict.fromkeys(("target", "phone", "user", "sip", "teams", "number", "client", "verto", "queue"), "target"),
}


def families(text: str, dialect: str) -> Counter[str]:
    """How often each family of verbs stands in a document."""
    if dialect in ("cxml", "twiml", "plivo"):
        return _of_xml(etree.fromstring(text.encode()))
    data = yaml.safe_load(text) if not text.lstrip().startswith(("{", "[")) else json.loads(text)
    found: Counter[str] = Counter()
    _of_json(data, found, jambonz=dialect == "jambonz")
    return found


def _of_xml(root: Any) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in root.iter(etree.Element):
        family = XML.get(node.tag, "")
        inside = [each.tag for each in node.iterancestors()]
        if not family or {"Say", "Speak"} & set(inside) or (node.tag == "Stream" and "Conference" in inside):
            continue
        if node.tag == "Play" and "digits" in node.attrib:
            family = "digits"
        found[family] += 1
        if node.tag in ("Gather", "GetDigits", "GetInput", "Record", "Sms") and node.get("action"):
            found["redirect"] += 1
        if node.tag == "Conference" and root.find(".//Dial/Conference") is None and node.get("action"):
            found["redirect"] += node.get("redirect") != "false"
    for dial in root.iter("Dial"):
        if dial.get("action"):
            found["redirect"] += 1
        if (dial.text or "").strip() and not len(dial):
            found["target"] += 1
    return found


def _of_json(value: Any, found: Counter[str], *, jambonz: bool, step: bool = True) -> None:
    if isinstance(value, list):
        for each in value:
            if isinstance(each, str) and each in SWML:
                found[SWML[each]] += 1
            _of_json(each, found, jambonz=jambonz)
    if not isinstance(value, dict):
        return
    if jambonz:
        found[JAMBONZ.get(str(value.get("verb")), "")] += 1
        listed = value.get("url") if value.get("verb") == "play" else None
        found["play"] -= isinstance(listed, list)
        for each in listed if isinstance(listed, list) else ():
            found["pause" if each.startswith("silence_stream:") else "play"] += 1
        for key in ("say", "play"):
            found[{"say": "speak", "play": "play"}[key]] += value.get("verb") == "gather" and key in value
        found["target"] += len(value.get("target", ())) if isinstance(value.get("target"), list) else 0
        config = value if value.get("verb") == "config" else {}
        found["record"] += "record" in config
        found["stream"] += "listen" in config
        found["redirect"] += "actionHook" in value and value.get("verb") in ("conference", "gather", "dial")
    for key, each in value.items():
        if not jambonz and step:
            connects = key == "connect" and isinstance(each, dict)
            streams = connects and str(each.get("to", "")).startswith("stream:")
            goes = key == "transfer" and not (isinstance(each, dict) and "/" in str(each.get("dest")))
            found[SWML.get(key, "")] += not goes  # to a section, which is laid in its place
            found["stream"] += bool(streams)
            found["target"] += len(_targets(each)) if connects and not streams else 0
            if key in ("play", "prompt"):
                _played(each, found)
        _of_json(each, found, jambonz=jambonz, step=False)


def _targets(connect: dict[str, Any]) -> list[Any]:
    several = connect.get("parallel") or connect.get("serial")
    return several if isinstance(several, list) else [each for each in [connect.get("to")] if each]


def _played(value: Any, found: Counter[str]) -> None:
    listed = (value.get("urls") or value.get("url") or value.get("play")) if isinstance(value, dict) else value
    listed = [listed] if isinstance(listed, str) else listed or []
    before = None
    for entry in listed:
        if entry != before:  # the same again is a repeat
            found["speak" if entry.startswith("say:") else "pause" if entry.startswith("silence:") else "play"] += 1
        before = entry


def told(result: Result) -> Counter[str]:
    """How often the report says of each family that something of it is left out."""
    found: Counter[str] = Counter()
    for loss in result.losses:
        name = loss.code.partition("/")[0]
        if loss.kind in ("step", "structure"):
            found[NAMES.get(name, "")] += 1
            found["redirect"] += name in ("dial", "connect") or NAMES.get(name) in ("gather", "record")
            if name == "play":
                found["speak"] += 1
                found["pause"] += 1
        if name.endswith(("after-url", "result-url")) and loss.kind in ("dropped", "changed"):
            found["redirect"] += 1
        if loss.code.startswith("play-urls/"):
            found["play"] += 1
    return found


DOCUMENTS = [
    *[(path, reads_as(path)) for path in corpus(*PLATFORMS)],
    *[(path, path.name.split(".")[1]) for path in sorted(GOLDEN.glob("*/source.*"))],
]


@pytest.mark.parametrize(
    ("path", "dialect"),
    [each for each in DOCUMENTS if each[1] not in ("relay", "intent")],
    ids=lambda each: f"{each.parent.name}/{each.name}" if isinstance(each, Path) else each,
)
def test_no_verb_is_absent_from_both_output_and_report(path: Path, dialect: str) -> None:
    for target in PLATFORMS:
        if target in (dialect, "relay"):
            continue
        try:
            result = translate(path.read_bytes(), target, dialect)
        except TranslatorError:
            continue
        there = families(path.read_text(encoding="utf-8"), dialect)
        here = families(result.text, target) + told(result)
        answered_by_itself = target in ("cxml", "twiml", "plivo")
        if target in ("swml", "swaig"):
            here["redirect"] += here["gather"]  # cond and transfer of a gather stand once for several inputs
        missing = {
            family: count
            for family, count in there.items()
            if family and count > here[family] and not (family == "answer" and answered_by_itself)
        }
        assert not missing, (target, missing, dict(there), dict(here))


def test_a_verb_that_vanishes_is_noticed() -> None:
    """The count itself: a document with one verb less has one less of its family."""
    whole = "<Response><Say>a</Say><Gather action='/x'><Say>b</Say></Gather><Dial><Conference>r</Conference></Dial></Response>"
    assert families(whole, "twiml") == Counter(speak=2, gather=1, redirect=1, conference=1)
    assert families('[{"verb":"say","text":"a"},{"verb":"dial","target":[{},{}]}]', "jambonz")["target"] == 2
    swml = '{"sections":{"main":[{"play":{"urls":["say:a","say:a","silence:1","https://x/"]}},"hangup"]}}'
    found = families(swml, "swml")
    del found[""]
    assert +found == Counter(speak=1, pause=1, play=1, hangup=1)
