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
    if name == "set":
        said = value if isinstance(value, dict) else {}
        return {**voice, **{key: each for key, each in said.items() if key in VOICES}}
    gone = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return {key: each for key, each in voice.items() if key not in gone}


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
        self._leaving: dict[str, Voice] = {}
        self._enter("main", {}, 0)

    def _enter(self, name: str, voice: Voice, depth: int) -> Voice:
        """The voice behind a section."""
        if depth > limits.current().max_depth:
            return voice
        if name in self.entering:
            if self.entering[name] != voice:
                self.doubtful[name] = None
            return self._leaving[name]
        self.entering[name] = self._leaving[name] = voice
        self._leaving[name] = self._run(self.sections.get(name, []), pointer(self.path, name), voice, depth)
        return self._leaving[name]

    def _run(self, steps: list[Any], path: str, voice: Voice, depth: int) -> Voice:
        for index, step in enumerate(steps):
            here = f"{path}/{index}"
            for name, value in step.items() if isinstance(step, dict) else ():
                dest = value.get("dest") if isinstance(value, dict) else value
                if name in ("set", "unset"):
                    voice = changed(voice, name, value)
                elif name in ("execute", "transfer") and isinstance(dest, str) and dest in self.sections:
                    behind = self._enter(dest, voice, depth + 1)
                    if name == "execute":
                        self.behind[here] = voice = behind
                else:
                    for place, _, inner in self.lists(name, value, pointer(here, name)):
                        self._run(inner, place, voice, depth + 1)  # what a branch sets is set in it
        return voice
