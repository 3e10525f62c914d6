"""SignalWire SWAIG: the reply of an AI gateway function, as `FunctionResult.join_conference` writes it.

Sources: PyPI `signalwire-sdk` 3.7.5, `FunctionResult`, 2026-10-25, executed; PyPI `signalwire-agents` 1.1.0, 2026-03,
executed; `$defs/Action` of the SWML JSON Schema, docs schema of 2026-08-21. The conference is that of SWML: one table.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dialects.families import swml as table
from dialects.families import swml_lift
from dialects.families.swml_steps import METHOD, jumps, landings, read_document, read_step, write_document
from dialects.families.swml_verbs import FOLLOWED, VERBS, goes_on
from translator.codecs import Variable, Whole
from translator.dialect import Attribute, Dialect, Neighbour, Plain, Verb, extended
from translator.errors import NoConference
from translator.registry import OURS
from translator.sites import Limb, Site, deep
from translator.syntax import pointer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.sites import Reading, Writing
    from translator.syntax import Document

ATTRIBUTES = extended(
    table.ATTRIBUTES,
    Attribute(
        "max_participants",
        "max_participants",
        Variable(Whole(2, text=False)),
        note="SDK 3.5.1 and later: at least 2, no upper limit.",
    ),
    Attribute("region", "region", table.FREE_REGION),
)

IMPLIED = {**table.IMPLIED, "recording_events": ("completed",)}

NOTES = {
    **table.NOTES,
    "recording_events": "completed is implied and never on the wire.",
    "after_url": "The AI session goes on after the conference, unless transfer is true.",
}

NEIGHBOURS = {
    **table.NEIGHBOURS,
    "SWML": Neighbour("runs a SWML document", "error", only_branches=True),
    "response": Neighbour("is spoken by the AI agent"),
    "post_process": Neighbour("lets the agent speak before the actions run", "notice"),
    "transfer action": Neighbour("leaves the AI session for good", "error"),
    "hangup action": Neighbour("ends the call", "error"),
    "say": Neighbour("is spoken by the AI agent"),
    "stop": Neighbour("ends the AI session", "error"),
    "hold": Neighbour("puts the caller on hold", "error"),
    "set_meta_data": Neighbour("sets data of the function", "warning"),
    "unset_meta_data": Neighbour("clears data of the function", "warning"),
    "set_global_data": Neighbour("sets data of the session", "warning"),
    "unset_global_data": Neighbour("clears data of the session", "warning"),
    "toggle_functions": Neighbour("switches functions of the agent", "warning"),
    "context_switch": Neighbour("changes what the agent talks about", "warning"),
    "change_context": Neighbour("changes the agent's context", "warning"),
    "change_step": Neighbour("changes the agent's step", "warning"),
    "user_input": Neighbour("says something in the caller's name", "warning"),
    "playback_bg": Neighbour("plays audio in the background", "warning"),
    "stop_playback_bg": Neighbour("stops audio in the background", "warning"),
}

KEYS = ("response", "post_process")
LEAVING = ("transfer action", "hangup action")


def leaves(site: Site) -> bool:
    """Whether the AI session does not go on, once all steps have run."""
    return (
        site.verb in LEAVING and isinstance(site.value, dict) and any(v in (True, "true") for v in site.value.values())
    )


def folds(site: Site) -> bool:
    """A voice for later steps; an agent that says nothing; an AI session that is left, as no other dialect has one."""
    silent = site.verb == "response" and site.value == {"response": ""}
    return silent or (site.verb == "transfer action" and leaves(site)) or swml_lift.folds(site)


def no_refusal(said: dict[str, Any]) -> None:
    """Nobody refuses a call that is answered."""
    if said.get("cause") == "rejected":
        said["cause"] = "normal"


def plain_end(_: Mapping[str, Any]) -> dict[str, Any]:
    """A call that is answered ends, whatever the reason says."""
    return {"cause": "normal"}


METHODS = {*table.NEIGHBOURS, *(verb.wire for verb in VERBS.values())}


class SwaigEnvelope:
    """`{"response", "action": [{"SWML": document}, ...], "post_process"}`; a bare action is read, too."""

    def read(self, document: Document, reading: Reading) -> None:
        root = document.root
        if isinstance(root, dict):
            self._read_reply(root, reading)
        if not any(site.is_conference for site in deep(reading.sites)):
            raise NoConference("No SWAIG conference here.", line=1, column=1)

    def _read_reply(self, root: dict[str, Any], reading: Reading) -> None:
        if METHOD in root:
            reading.structure("", "A bare action stands where a reply belongs.", "notice", 'Write {"action": [...]}.')
            reading.sites += self._read_action(root, "", reading)
            return
        for key, value in root.items():
            path = pointer("", key)
            if key == "action":
                single = not isinstance(value, list)
                for index, action in enumerate([value] if single else value):
                    here = path if single else f"{path}/{index}"
                    reading.sites += self._read_action(action, here, reading)
            else:
                reading.sites.append(Site(key if key in KEYS else "#key", path, {key: value}))

    def _read_action(self, action: Any, path: str, reading: Reading) -> list[Site]:
        if not isinstance(action, dict) or not action:
            return [Site("#value", path, action)]
        sites: list[Site] = []
        rest = dict(action)
        document = rest.get("SWML")
        if isinstance(document, dict) and isinstance(document.get("sections"), dict):
            del rest["SWML"]
            here = f"{path}/SWML"
            site = Site("SWML", here, None)
            site.branches.append(Limb("", "SWML", read_document(document, here, reading, []), here, conditional=False))
            sites.append(site)
        elif METHOD in rest:
            sites += read_step({METHOD: rest.pop(METHOD)}, path, reading)
        # An action of the name of a SWML method is another thing: {"hangup": true}, {"transfer": "true"}.
        sites += [
            Site(f"{key} action" if key in METHODS or key in KEYS else key, pointer(path, key), {key: value})
            for key, value in rest.items()
        ]
        for site in sites[1:]:  # stands in the same action as the one before
            site.raw["beside"] = True
        return sites

    def write(self, writing: Writing) -> Any:
        reply: dict[str, Any] = {}
        actions: list[Any] = []
        steps: list[Site] = []

        def flush() -> None:
            if steps:
                actions.append({"SWML": write_document(steps, short=True)})
                steps.clear()

        for site in writing.sites:
            if site.verb in KEYS or site.verb == "#key":
                reply.update(site.value)
            elif site.kind or site.verb in table.NEIGHBOURS:
                steps.append(site)
            else:
                flush()
                if site.verb == "SWML" and site.value is None:
                    sites = site.branches[0].sites if site.branches else []
                    actions.append({"SWML": write_document(sites, short=True)})
                elif site.raw.get("beside") and actions and isinstance(actions[-1], dict):
                    actions[-1].update(site.value)
                else:
                    actions.append(site.value)
        flush()
        ordered = {key: reply.pop(key) for key in ("response",) if key in reply}
        return {**ordered, "action": actions, **reply}

    def recognise(self, document: Document, dialect: Dialect) -> tuple[float, str]:
        root = document.root
        if not isinstance(root, dict):
            return 0.0, ""
        if METHOD in root and len(root) <= 2:
            return 0.65, f"a bare action {METHOD}"
        actions = root.get("action")
        actions = actions if isinstance(actions, list) else [actions]
        named = [
            key
            for action in actions
            if isinstance(action, dict)
            for key in action
            if key in dialect.known_verbs or key == METHOD
        ]
        if named:
            return 0.97, f"a reply with actions {' '.join(dict.fromkeys(named))}"
        return (0.5, "a reply with a response") if "response" in root else (0.0, "")


DIALECT = Dialect(
    **OURS["swaig"]._asdict(),
    plain=Plain(),
    envelope=SwaigEnvelope(),
    verbs={
        "conference": Verb(
            METHOD, ATTRIBUTES, IMPLIED, NOTES, table.HINTS, terse=True, prepare=goes_on, senses=table.SENSES
        ),
        **VERBS,
        "hangup": replace(
            VERBS["hangup"],
            notes={"cause": "An AI session runs on the call: it is answered, and nobody can refuse it."},
            unanswered=None,
            prepare=no_refusal,
            ignores=plain_end,
        ),
    },
    answered=True,
    afterwards="the AI session goes on",
    leaves=leaves,
    neighbours=NEIGHBOURS,
    platform="SignalWire",
    kin={"swml": ""},
    live=re.compile(r"[$%]\{"),
    jumps=jumps,
    landings=landings,
    folds=folds,
    continued=FOLLOWED,
    sources=(
        "PyPI signalwire-sdk 3.7.5, FunctionResult, 2026-10-25",
        "SWML JSON Schema, $defs/Action, 2026-08-21",
    ),
    about=__doc__ or "",
)
