"""The usual voice of SWML: `set` gives it to all later steps, in the order in which they run, through all sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from translator.syntax import limits, pointer

VOICES = ("say_voice", "say_language", "say_gender")
"""Script variables that are the usual voice of all later steps."""
Voice = dict[str, Any]
StepLists = Callable[[str, Any, str], Iterator[tuple[str, str, list[Any]]]]


def changed(voice: Voice, name: str, value: Any) -> Voice:
    """The usual voice behind a `set` or an `unset`."""
    return _applied(_change(name, value), voice)


def _change(name: str, value: Any) -> Voice:
    """What a `set` or an `unset` changes of the usual voice."""
    if name == "set":
        return {key: each for key, each in value.items() if key in VOICES} if isinstance(value, dict) else {}
    gone = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return dict.fromkeys([each for each in gone if isinstance(each, str) and each in VOICES])


class Voices:
    """The usual voice where a section begins, and behind each step that goes to one.

    Args:
        path: of the sections.
        lists: the branches in the value of a method, as (path in it, label, steps).

    Attributes:
        entering: section -> the voice that it is entered with for the first time.
        behind: path of a step that runs a section -> the voice behind it.
        doubtful: sections that are entered with several voices.
    """

    def __init__(self, sections: dict[str, Any], path: str, lists: StepLists) -> None:
        self.sections = {name: steps for name, steps in sections.items() if isinstance(steps, list)}
        self.path = path
        self.lists = lists
        self.entering: dict[str, Voice] = {}
        self.behind: dict[str, Voice] = {}
        self.doubtful: dict[str, None] = {}
        self._changes: dict[str, Voice] = {}
        """Section -> what it changes, whatever it is entered with; None: it is unset."""
        self._enter("main", {}, 0)

    def _enter(self, name: str, voice: Voice, depth: int) -> Voice:
        """What a section changes."""
        if depth > limits.current().max_depth:
            return {}
        if name not in self.entering:
            self.entering[name], self._changes[name] = voice, {}
            self._changes[name] = self._run(self.sections.get(name, []), pointer(self.path, name), voice, depth)
        elif self.entering[name] != voice and _may_speak(self.sections[name]):
            self.doubtful[name] = None
        return self._changes[name]

    def _run(self, steps: list[Any], path: str, voice: Voice, depth: int) -> Voice:
        """What a list of steps changes."""
        changes: Voice = {}
        for index, step in enumerate(steps):
            here = f"{path}/{index}"
            if step == "return" or (isinstance(step, dict) and "return" in step):
                break
            for name, value in step.items() if isinstance(step, dict) else ():
                dest = value.get("dest") if isinstance(value, dict) else value
                if name in ("set", "unset"):
                    changes = {**changes, **_change(name, value)}
                elif name in ("execute", "transfer") and isinstance(dest, str) and dest in self.sections:
                    inner = self._enter(dest, _applied(changes, voice), depth + 1)
                    if name == "execute":
                        changes = {**changes, **inner}
                        self.behind[here] = _applied(changes, voice)
                else:
                    for place, _, branch in self.lists(name, value, pointer(here, name)):
                        self._run(branch, place, _applied(changes, voice), depth + 1)  # what a branch sets is set in it
        return changes


def _applied(changes: Voice, voice: Voice) -> Voice:
    return {key: each for key, each in {**voice, **changes}.items() if each is not None}


def _may_speak(steps: list[Any]) -> bool:
    """Whether the usual voice may be heard in a section, or in those that it goes to."""
    told = str(steps)
    return any(word in told for word in ("say:", "execute", "transfer"))
