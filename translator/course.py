"""The course of a call through a list of steps: who answers it, and which steps are ever reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator.sites import WRITTEN, Site
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
    if "forever" in (said.get("repeat"), said.get("seconds")):
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
    found: list[Site] = []
    for site in sites:
        verb = site.form
        if verb is not None and site.kind:
            if not course.answered and verb.unanswered is not None:
                verb.unanswered(site.said)
            if verb.kind == "hangup" and verb.answers and not course.answered and "answer" in course.dialect.verbs:
                # it answers, and then ends the call: two steps elsewhere
                answer = course.dialect.verbs["answer"]
                found.append(Site("answer", site.path, WRITTEN, kind="answer", form=answer))
                found[-1].number = site.number
        if site.is_conference:
            course.answered = True
        elif verb is not None:
            course.run(verb, site.said)
        for limb in site.branches:
            inner = course.copy() if limb.conditional else course
            inner.answered = inner.answered or site.verb == "section"  # nobody knows when it is reached
            limb.sites = _settled(limb.sites, inner)
        found.append(site)
    return found
