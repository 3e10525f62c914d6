"""The course of a call through a list of steps: who answers it, and which steps are ever reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator.sites import WRITTEN, Site
from translator.syntax import limits
from translator.values import UNKNOWN, is_active

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.dialect import Dialect, Verb
    from translator.sites import Reading


class Course:
    """Where a call stands, in one dialect.

    Attributes:
        answered: whether a step has answered it for certain.
        over: "always": no step is reached any more; "maybe": only where a URL answers with nothing.
        by: the verb that ended it, and how: `Redirect, which goes on elsewhere`.
    """

    __slots__ = ("answered", "by", "dialect", "over")

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.answered = dialect.answered
        self.over = ""
        self.by = ""

    def copy(self) -> Course:
        other = Course(self.dialect)
        other.answered, other.over, other.by = self.answered, self.over, self.by
        return other

    def run(self, verb: Verb, said: Mapping[str, Any]) -> None:
        """Go on behind a step."""
        self.answered = self.answered or bool(answers(verb, said))
        if self.over != "always":
            over = ends(verb, said, falls_through=self.dialect.falls_through)
            if over:
                self.over, self.by = over, f"{verb.name}, {_how(verb, said)}"


def answers(verb: Verb, said: Mapping[str, Any]) -> bool | None:
    """Whether a step answers a call that still rings; None where nobody knows."""
    if effective(verb, said, "early_media") is True or effective(verb, said, "answer_on_bridge") is True:
        return False
    return verb.answers


def ends(verb: Verb, said: Mapping[str, Any], *, falls_through: bool) -> str:
    """Whether the course ends here: "" no; "maybe", unless a URL answers with nothing; "always"."""
    taken_over = "maybe" if falls_through else "always"
    if verb.kind == "redirect":
        return taken_over
    if verb.kind == "hangup":
        return "" if effective(verb, said, "after_seconds") else "always"
    if "forever" in (said.get("repeat"), said.get("seconds")) and not said.get(verb.stopped_by):
        return "always"
    if effective(verb, said, "on_nothing") == "ask" and is_active(effective(verb, said, "result_url")):
        return taken_over
    if is_active(effective(verb, said, "after_url")) and effective(verb, said, "after_takes_over") is True:
        return taken_over
    return ""


def _how(verb: Verb, said: Mapping[str, Any]) -> str:
    if verb.kind == "hangup":
        return "which ends the call"
    endless = "forever" in (said.get("repeat"), said.get("seconds"))
    return "which never ends" if endless else "which goes on elsewhere"


def effective(verb: Verb, said: Mapping[str, Any], name: str) -> Any:
    """What is said of a field, else what the platform does."""
    value = said[name] if said.get(name) is not None else verb.implied.get(name)
    return None if value is UNKNOWN else value


def settle(reading: Reading) -> None:
    """Say what verbs mean where they stand: some are another thing while the call is not answered."""
    if not reading.alone:
        reading.sites = _settled(reading.sites, Course(reading.origin or reading.dialect))


def _settled(sites: list[Site], course: Course) -> list[Site]:
    """The steps of a document, or of one in a document, which has sections of its own."""
    walk = _Walk(course.dialect, sites)
    found = walk.steps(sites, course)
    for name in walk.sections:
        if name not in walk.answered:  # nobody knows when it is reached
            walk.section(name, answered=True)
    return found


class _Walk:
    """Goes through a document in the order in which it is run: through a section where a step goes to it."""

    def __init__(self, dialect: Dialect, sites: list[Site]) -> None:
        self.dialect = dialect
        self.sections = {str(site.value): site for site in sites if site.verb == "section"}
        self.answered: dict[str, bool] = {}
        """Section -> whether the call is answered behind it, once it was reached."""
        self.depth = 0

    def steps(self, sites: list[Site], course: Course) -> list[Site]:
        found: list[Site] = []
        for site in sites:
            verb = site.form
            if verb is not None and site.kind:
                if not course.answered and verb.unanswered is not None:
                    verb.unanswered(site.said)
                if verb.kind == "hangup" and verb.answers and not course.answered and "answer" in self.dialect.verbs:
                    # it answers, and then ends the call: two steps elsewhere
                    answer = self.dialect.verbs["answer"]
                    found.append(Site("answer", site.path, WRITTEN, kind="answer", form=answer))
                    found[-1].number = site.number
            if site.is_conference:
                course.answered = True
            elif verb is not None:
                course.run(verb, site.said)
            if site.verb != "section":
                self._inside(site, course)
            found.append(site)
        return found

    def section(self, name: str, *, answered: bool) -> None:
        course = Course(self.dialect)
        self.answered[name] = course.answered = course.answered or answered  # it may go to itself
        self.depth += 1
        for limb in self.sections[name].branches:
            limb.sites = self.steps(limb.sites, course)
        self.depth -= 1
        self.answered[name] = course.answered

    def _inside(self, site: Site, course: Course) -> None:
        """What a step runs: its branches, the section that it goes to."""
        for limb in site.branches:
            limb.sites = self.steps(limb.sites, course.copy()) if limb.conditional else _settled(limb.sites, course)
        jump = self.dialect.jumps(site) if self.dialect.jumps is not None and self.sections else None
        if jump is None or jump.section not in self.sections or self.depth >= limits.current().max_depth:
            return
        if jump.section not in self.answered:
            self.section(jump.section, answered=course.answered)
        course.answered = course.answered or self.answered[jump.section]
