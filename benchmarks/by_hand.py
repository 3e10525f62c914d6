"""What somebody writes who needs one pair of dialects tonight: checks what it copies, reports nothing.

It is the measure for `ratio.py`: same parser, same writer, one pass, no report.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from pydantic_core import to_json

PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
BOOLEAN = {"true": True, "false": False}
EVENTS = {
    "start": ["start"],
    "end": ["end"],
    "join": ["join"],
    "leave": ["leave"],
    "speaker": ["start-talking", "stop-talking"],
}


def _hook(url: str, method: str | None) -> Any:
    if method is not None and method not in ("GET", "POST"):
        raise ValueError(f"method {method}")
    return url if method in (None, "POST") else {"url": url, "method": method}


def cxml_to_jambonz(source: bytes) -> str:
    """cXML to a jambonz array."""
    root = etree.fromstring(source, PARSER)
    if root.tag != "Response":
        raise ValueError("not a Response")
    verbs: list[Any] = []
    for verb in root:
        if verb.tag != "Dial":
            continue
        for noun in verb:
            if noun.tag != "Conference":
                continue
            name = (noun.text or "").strip()
            if not name:
                raise ValueError("no name")
            result: dict[str, Any] = {"verb": "conference", "name": name}
            beep = noun.get("beep", "true")
            if beep not in ("true", "false", "onEnter", "onExit"):
                raise ValueError(f"beep {beep}")
            result["beep"] = beep in ("true", "onEnter")
            for wire, key in (
                ("muted", "joinMuted"),
                ("startConferenceOnEnter", "startConferenceOnEnter"),
                ("endConferenceOnExit", "endConferenceOnExit"),
            ):
                value = noun.get(wire)
                if value is not None:
                    result[key] = BOOLEAN[value]
            most = noun.get("maxParticipants")
            if most is not None:
                result["maxParticipants"] = max(int(most), 2)
            label = noun.get("participantLabel")
            if label is not None:
                result["memberTag"] = label
            wait = noun.get("waitUrl")
            if wait:
                result["waitHook"] = _hook(wait, noun.get("waitMethod"))
            action = verb.get("action")
            if action:
                result["actionHook"] = _hook(action, verb.get("method"))
            status = noun.get("statusCallback")
            if status:
                result["statusHook"] = _hook(status, noun.get("statusCallbackMethod"))
                events: list[str] = []
                for word in noun.get("statusCallbackEvent", "start end join leave").split():
                    events.extend(EVENTS.get(word, ()))
                result["statusEvents"] = events
            verbs.append(result)
    return to_json(verbs, indent=2).decode() + "\n"


def cxml_to_plivo(source: bytes) -> str:
    """cXML to Plivo XML."""
    root = etree.fromstring(source, PARSER)
    if root.tag != "Response":
        raise ValueError("not a Response")
    response = etree.Element("Response")
    for verb in root:
        if verb.tag != "Dial":
            continue
        for noun in verb:
            if noun.tag != "Conference":
                continue
            name = (noun.text or "").strip()
            if not name:
                raise ValueError("no name")
            attributes: dict[str, str] = {}
            beep = noun.get("beep", "true")
            if beep not in ("true", "false", "onEnter", "onExit"):
                raise ValueError(f"beep {beep}")
            attributes["enterSound"] = "beep:1" if beep in ("true", "onEnter") else ""
            attributes["exitSound"] = "beep:1" if beep in ("true", "onExit") else ""
            for wire in ("muted", "startConferenceOnEnter", "endConferenceOnExit"):
                value = noun.get(wire)
                if value is not None:
                    if value not in BOOLEAN:
                        raise ValueError(f"{wire} {value}")
                    attributes[wire] = value
            most = noun.get("maxParticipants")
            if most is not None:
                attributes["maxMembers"] = str(min(int(most), 20))
            record = noun.get("record")
            if record is not None:
                attributes["record"] = {"record-from-start": "true", "do-not-record": "false"}[record]
            wait = noun.get("waitUrl")
            if wait:
                attributes["waitSound"] = wait
            for element, wire, key in (
                (verb, "action", "action"),
                (verb, "method", "method"),
                (verb, "hangupOnStar", "hangupOnStar"),
                (noun, "statusCallback", "callbackUrl"),
                (noun, "statusCallbackMethod", "callbackMethod"),
            ):
                value = element.get(wire)
                if value is not None:
                    if key.endswith("ethod") and value not in ("GET", "POST"):
                        raise ValueError(f"{wire} {value}")
                    attributes[key] = value
            conference = etree.SubElement(response, "Conference", attributes)
            conference.text = name
    etree.indent(response)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(response, encoding="unicode") + "\n"
