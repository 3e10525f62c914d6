"""What a careful engineer writes who needs one pair of dialects tonight.

Every attribute is looked at: a wrong value, an unknown attribute, a second noun or a DOCTYPE stops the conversion, as
it must where a phone system depends on it. Same parser, one pass; what has no counterpart is left out without a word.
It is a measure for `run.py`.
"""

from __future__ import annotations

import json
from typing import Any

from lxml import etree
from pydantic_core import to_json

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)

BOOLEAN = {"true": True, "false": False}
BEEP = {"true": (True, True), "false": (False, False), "onEnter": (True, False), "onExit": (False, True)}
RECORD = {"do-not-record": False, "record-from-start": True}
EVENTS = {
    "start": ("start",),
    "end": ("end",),
    "join": ("join",),
    "leave": ("leave",),
    "speaker": ("start-talking", "stop-talking"),
    "mute": (),
    "hold": (),
    "modify": (),
    "announcement": (),
}
RECORDING_EVENTS = {"in-progress", "completed", "absent"}
METHODS = {"GET", "POST"}
WITHOUT_COUNTERPART = {"coach", "trim", "region", "jitterBufferSize", "eventCallbackUrl"}


def parse(source: bytes) -> Any:
    """The bare parse, safely: no converter can do without it."""
    return etree.fromstring(source, PARSER)


class Refused(ValueError):
    """The document is not what it should be."""


def conferences(source: bytes) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(name, conference, dial) of every conference, with every value checked and typed."""
    root = parse(source)
    if root.getroottree().docinfo.doctype:
        raise Refused("a DOCTYPE")
    if root.tag != "Response":
        raise Refused(f"the root is {root.tag}")
    found = []
    for verb in root:
        if verb.tag != "Dial":
            continue
        nouns = list(verb)
        if len(nouns) != 1 or nouns[0].tag != "Conference":
            raise Refused("a Dial without exactly one Conference")
        noun = nouns[0]
        name = (noun.text or "").strip()
        if not name or len(noun):
            raise Refused("no name, or children")
        dial: dict[str, Any] = {}
        for wire, value in verb.items():
            if wire == "action":
                dial[wire] = value
            elif wire == "method":
                if value not in METHODS:
                    raise Refused(f"{wire}={value}")
                dial[wire] = value
            elif wire == "hangupOnStar":
                dial[wire] = BOOLEAN[value]
            elif wire == "timeLimit":
                dial[wire] = int(value)
            else:
                raise Refused(f"unknown attribute {wire}")
        conference: dict[str, Any] = {}
        for wire, value in noun.items():
            if wire in ("muted", "startConferenceOnEnter", "endConferenceOnExit"):
                conference[wire] = BOOLEAN[value]
            elif wire == "beep":
                conference[wire] = BEEP[value]
            elif wire == "maxParticipants":
                conference[wire] = int(value)
            elif wire == "record":
                conference[wire] = RECORD[value]
            elif wire in ("waitUrl", "statusCallback", "recordingStatusCallback", "participantLabel"):
                conference[wire] = value
            elif wire in ("waitMethod", "statusCallbackMethod", "recordingStatusCallbackMethod"):
                if value not in METHODS:
                    raise Refused(f"{wire}={value}")
                conference[wire] = value
            elif wire == "statusCallbackEvent":
                conference[wire] = [word for event in value.split() for word in EVENTS[event]]
            elif wire == "recordingStatusCallbackEvent":
                if not RECORDING_EVENTS.issuperset(value.split()):
                    raise Refused(f"{wire}={value}")
            elif wire not in WITHOUT_COUNTERPART:
                raise Refused(f"unknown attribute {wire}")
        found.append((name, conference, dial))
    return found


def _hook(url: str, method: str) -> Any:
    return url if method == "POST" else {"url": url, "method": method}


def cxml_to_jambonz(source: bytes) -> str:
    """cXML to a jambonz array, written with the standard library, as people do."""
    return json.dumps(_jambonz(source), indent=2) + "\n"


def cxml_to_jambonz_fast(source: bytes) -> str:
    """The same, with the fastest writer there is: the one that `translate()` uses."""
    return to_json(_jambonz(source), indent=2).decode() + "\n"


def _jambonz(source: bytes) -> list[dict[str, Any]]:
    verbs = []
    for name, said, dial in conferences(source):
        result: dict[str, Any] = {"verb": "conference", "name": name, "beep": said.get("beep", (True, True))[0]}
        for wire, key in (
            ("muted", "joinMuted"),
            ("startConferenceOnEnter", "startConferenceOnEnter"),
            ("endConferenceOnExit", "endConferenceOnExit"),
        ):
            if wire in said:
                result[key] = said[wire]
        if "maxParticipants" in said:
            result["maxParticipants"] = max(said["maxParticipants"], 2)
        if "participantLabel" in said:
            result["memberTag"] = said["participantLabel"]
        if said.get("waitUrl"):
            result["waitHook"] = _hook(said["waitUrl"], said.get("waitMethod", "POST"))
        if dial.get("action"):
            result["actionHook"] = _hook(dial["action"], dial.get("method", "POST"))
        if said.get("statusCallback"):
            result["statusHook"] = _hook(said["statusCallback"], said.get("statusCallbackMethod", "POST"))
            result["statusEvents"] = said.get("statusCallbackEvent", ["start", "end", "join", "leave"])
        verbs.append(result)
    return verbs


TEXT = {True: "true", False: "false"}


def cxml_to_plivo(source: bytes) -> str:
    """cXML to Plivo XML."""
    response = etree.Element("Response")
    for name, said, dial in conferences(source):
        enter, leave = said.get("beep", (True, True))
        attributes = {"enterSound": "beep:1" if enter else "", "exitSound": "beep:1" if leave else ""}
        for wire in ("muted", "startConferenceOnEnter", "endConferenceOnExit", "record"):
            if wire in said:
                attributes[wire] = TEXT[said[wire]]
        if "maxParticipants" in said:
            attributes["maxMembers"] = str(min(said["maxParticipants"], 20))
        if said.get("waitUrl"):
            attributes["waitSound"] = said["waitUrl"]
        if "hangupOnStar" in dial:
            attributes["hangupOnStar"] = TEXT[dial["hangupOnStar"]]
        if dial.get("action"):
            attributes["action"] = dial["action"]
            attributes["method"] = dial.get("method", "POST")
        if said.get("statusCallback"):
            attributes["callbackUrl"] = said["statusCallback"]
            attributes["callbackMethod"] = said.get("statusCallbackMethod", "POST")
        elif said.get("recordingStatusCallback") and said.get("record"):
            attributes["callbackUrl"] = said["recordingStatusCallback"]
            attributes["callbackMethod"] = said.get("recordingStatusCallbackMethod", "POST")
        etree.SubElement(response, "Conference", attributes).text = name
    etree.indent(response)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(response, encoding="unicode") + "\n"
