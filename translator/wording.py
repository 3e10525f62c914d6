"""The words of a loss: one or two plain sentences in both dialects' own names, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from translator.dialect import Neighbour, remember
from translator.loss import code_name
from translator.step_fields import STEPS
from translator.values import UNKNOWN, Template, is_url

if TYPE_CHECKING:
    from translator.course import Course
    from translator.dialect import Attribute, Dialect, Need, Verb
    from translator.loss import Loss
    from translator.plan import Plan
    from translator.sites import Limb, Site

LONGEST_SHOWN: Final = 100
"""Characters of what stands in the source, as a message shows it; of what is longer it tells the name."""

FORMATS = {
    "swml": "SWML",
    "swml-json": "SignalWire's JSON",
    "cxml": "cXML",
    "cxml-wait": "cXML of Play, Pause and Redirect",
    "cxml-form": "SignalWire's form parameters",
    "jambonz": "a jambonz array of verbs",
    "jambonz-wait": "a jambonz array of play, say and pause",
    "jambonz-json": "jambonz JSON",
    "nothing": "no data at all (jambonz sends none with GET)",
    "plivo": "Plivo XML",
    "plivo-wait": "Plivo XML of Play, Speak and Wait",
    "plivo-form": "Plivo's form parameters",
    "relay": "RELAY's JSON",
    "twiml-stream": "Twilio's media stream protocol",
    "cxml-stream": "the media stream protocol of cXML",
    "swml-stream": "the media stream protocol of SWML",
    "swml-tap": "the audio of a SignalWire tap",
    "plivo-stream": "Plivo's audio stream protocol",
    "jambonz-stream": "jambonz's binary audio after one JSON text",
    "laml": "LaML's form parameters",
    "audio": "an audio file",
    "twiml": "TwiML",
    "twiml-wait": "an audio file or TwiML of Play, Say, Pause and Redirect",
    "twiml-form": "Twilio's form parameters",
}


class StepWords(NamedTuple):
    kind: str
    severity: str
    field: str
    asked: str | None
    words: tuple[str, str]


class Wording:
    """Explains the losses of one pair of dialects."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.source = plan.source.title if plan.source else "the intent"
        self.target = plan.target.title
        self.known: dict[tuple[Any, ...], tuple[str, str]] = {}

    def explain(self, loss: Loss, name: str) -> tuple[str, str]:
        """(message, remedy) of the loss of a field; what nobody said is told in the same words in every document."""
        if loss.said:
            return self._explain(loss, name)
        try:
            key = loss.kind, name, type(loss.asked), loss.asked, type(loss.given), loss.given
            found = self.known.get(key)
        except TypeError:  # a list
            return self._explain(loss, name)
        if found is None:
            found = self._explain(loss, name)
            remember(self.known, key, found, loss.asked)
        return found

    def _explain(self, loss: Loss, name: str) -> tuple[str, str]:
        facts = self.plan.facts.get(name)
        row = self.plan.source_rows.get(name)
        message = getattr(self, f"_{loss.kind}")(loss, name, self.plan.target_rows.get(name))
        if row is not None and row.inert:
            message = f"{self.source} {row.title} has no effect here: {row.inert}."
            return message, "Nothing to do."
        if facts is None and row is not None and row.note:
            message += f" {row.note}"
        told = loss.kind in ("dropped", "changed", "default") or (loss.kind == "endpoint" and name == "status_url")
        notes = self._notes(name) if told else []
        remedy = facts.remedy if facts and facts.remedy else REMEDIES.get(loss.kind, "Check the call.")
        if loss.kind == "endpoint":
            remedy = REMEDIES["endpoint"]
        elif loss.kind == "unresolved":
            remedy = self._open_remedy(loss, name)
        elif loss.kind == "changed" and self._unused(loss, name):
            remedy = f"Change the document so that {self.target} uses it; the note says when it does."
        elif loss.kind == "default" and loss.given != "unknown":
            remedy = f"If it matters, say it in the source, or in {self.target} by hand."
        return " ".join([message, *notes]), remedy

    def _notes(self, name: str) -> list[str]:
        both = ((self.plan.source, self.plan.here), (self.plan.target, self.plan.there))
        return [
            f"{dialect.title}: {verb.notes[name]}"
            for dialect, verb in both
            if dialect is not None and verb is not None and not dialect.canonical and name in verb.notes
        ]

    def _dropped(self, loss: Loss, name: str, row: Attribute | None) -> str:
        asks = self._asks(loss, name)
        if row is None or self.plan.facts.get(name) is None:
            if self.plan.same:
                return f"{self.target} has no {name}; it was left out."
            label, said = self._label(name), self.plan.source_rows.get(name)
            if said is not None and len(said.names) > 1:  # the others may have arrived
                asks, label = f"{asks}: its {label}", "it"
            own = loss.given is None or name not in self.plan.facts  # the target knows nothing of it
            there = "" if own else f" There, {label} is {self._meaning(name, loss.given)}."
            return f"{asks} has no counterpart in {self.target}.{there}"
        given = self._meaning(name, loss.given)
        return f"{asks}: {self.target} {row.title} cannot say that, so it is {given} there."

    def _changed(self, loss: Loss, name: str, row: Attribute | None) -> str:
        instead = self.plan.instead.get(name)
        if row is None and instead:
            rows = {self.plan.target_rows[name].title: None for name, _ in instead if name in self.plan.target_rows}
            return f"{self._asks(loss, name)}: in {self.target} it became {' and '.join(rows)}, which comes nearest."
        asked, given = self._meaning(name, loss.asked), self._meaning(name, loss.given)
        there = row.title if row is not None else self.plan.there.name
        if self._unused(loss, name):
            return f"{self._asks(loss, name)}: {self.target} {there} is written, but not used in this document."
        return f"{self._asks(loss, name)} means {asked}; {self.target} {there} comes nearest, with {given}."

    def _unused(self, loss: Loss, name: str) -> bool:
        """Whether what is lost is written all the same, and the target pays no heed to it."""
        hooks = [hook for hook in (self.plan.there.ignores, self.plan.there.effects) if hook is not None]
        return loss.asked != loss.given and any(
            name in (made := hook({name: loss.asked})) and made[name] == loss.given for hook in hooks
        )

    def _clamped(self, loss: Loss, name: str, row: Attribute | None) -> str:
        title = row.title if row else name
        allowed = row.values or row.codec.values if row else ""
        if not allowed:
            return f"{self._asks(loss, name)}: {self.target} has {loss.given} there."
        return f"{self._asks(loss, name)}: {self.target} {title} takes a {allowed}; {loss.given} was written."

    def _endpoint(self, loss: Loss, name: str, row: Attribute | None) -> str:
        facts = self.plan.facts[name]
        asked, given = (FORMATS.get(str(v), str(v)) for v in (loss.asked, loss.given))
        if self.plan.kind.name == "start_stream" and name == "url":
            return f"The URL is kept, but it is now spoken to in {given} instead of {asked}."
        if facts.format.endswith("serves"):
            return f"The URL is kept, but it now must answer {given} instead of {asked}."
        return f"The URL is kept, but it now receives {given} instead of {asked}."

    def _default(self, loss: Loss, name: str, row: Attribute | None) -> str:
        label, asked, given = self._label(name), loss.asked, loss.given
        if asked == given == "unknown":
            return f"Nothing is said about {label}, and neither vendor documents what happens then."
        if asked == given and name in self.plan.senses:
            return f"Nothing is said about {label}: {self._senses(name)}."
        here, there = self._meaning(name, asked), self._meaning(name, given)
        return f"Nothing is said about {label}: in {self.source} it is {here}, in {self.target} {there}."

    def _senses(self, name: str) -> str:
        """What a value means in the one dialect and in the other."""
        here = self.plan.here.senses.get(name, "") if self.plan.here else ""
        return f"in {self.source} {here}; in {self.plan.target.title} {self.plan.there.senses[name]}"

    def _unresolved(self, loss: Loss, name: str, row: Attribute | None) -> str:
        value, asks = loss.asked, self._asks(loss, name)
        if type(value) is Template:
            if loss.given != value:
                open_ = loss.given is None or loss.given == "unknown"
                what = "it was left out" if open_ else f"it is {self._meaning(name, loss.given)} there"
                return f"{asks} is a template, and {self.target} has no place for one there; {what}."
            return f"{asks} is a template where a value belongs; it was passed on as written."
        caveat = self.plan.caveats.get(name)
        why = caveat(value) if caveat else ""
        source, target = self.plan.source, self.plan.target
        facts = self.plan.facts.get(name)
        if facts is not None and facts.local:
            return f"{asks} is an id that only {self.source}'s platform knows; {target.title} cannot know it."
        if self.plan.loses_base(name, str(value)):
            return f"{asks} is relative to the application's own URL, which {target.title} does not know."
        if why:
            return f"{asks}: {self.target} {row.title if row else name} {why}."
        if source is not None and _is_live(source, value):
            return f"{asks} is filled in by {self.source} at call time; to {target.title} it is plain text."
        if name in self.plan.senses and source is not None and not _is_live(target, value):
            return f"{asks} is passed on, but means something else: {self._senses(name)}."
        return f"{asks} is plain text in {self.source}; {self.target} fills it in at call time."

    def _open_remedy(self, loss: Loss, name: str) -> str:
        if type(loss.asked) is Template or "{" in str(loss.asked):
            return "Fill the template before the document reaches the platform."
        caveat = self.plan.caveats.get(name)
        based = (caveat is not None and caveat(loss.asked)) or self.plan.loses_base(name, str(loss.asked))
        if based and is_url(loss.asked) and name in self.plan.facts and self.plan.facts[name].is_url:
            return "Give the base of relative URLs with the option base_url, or write the URL out."
        return "Choose a value that the target takes without doubt." if based else "Check whether that will do."

    def _asks(self, loss: Loss, name: str) -> str:
        row = self.plan.source_rows.get(name)
        source = loss.source if len(loss.source) <= LONGEST_SHOWN else ""
        return f"{self.source} {source or (row.title if row else name)}"

    def _label(self, name: str) -> str:
        return (self.plan.kind.prefix + name).replace("_", " ")

    def _meaning(self, name: str, value: Any) -> str:
        """What a canonical value means, in a few words."""
        facts = self.plan.facts.get(name)
        if value is UNKNOWN or value == "unknown":
            return "not documented"
        if value is None:
            return "none"
        if value is True or value is False:
            return "on" if value else "off"
        if value == "basic":
            return "the platform's own voice"
        if isinstance(value, list | tuple):
            return " ".join(map(str, value)) or "none"
        if name in _WORDS and isinstance(value, str):
            return _WORDS[name].get(value, value)
        if isinstance(value, str) and value != (value.strip() or None):
            return f'"{value}"'
        return f"{value} {facts.unit}" if facts and facts.unit and isinstance(value, int | float) else str(value)

    # -- steps ------------------------------------------------------------------------------------------------

    def step(self, site: Site, source: Dialect | None) -> StepWords:
        if site.verb == "#comment":
            text = " ".join(str(site.value).split())
            return StepWords(
                "structure", "notice", "comment", text, ("The comment is not carried over.", "Copy it by hand.")
            )
        if site.verb.startswith("#"):
            if site.verb == "#text" and re.search(_CONTROL, str(site.value)):
                words = (
                    f"A template section ({' '.join(str(site.value).split())}) stands between verbs; what it chooses "
                    "runs always here.",
                    "Fill the template first, and translate what comes out.",
                )
                return StepWords("structure", "error", "text", None, words)
            what = _ODDITIES.get(site.verb, "Something")
            return StepWords(
                "structure",
                "warning",
                site.verb[1:],
                None,
                (f"{what} is not carried over.", "Take it away, or find what was meant."),
            )
        if site.kind:
            facts = STEPS[site.kind]
            known: Neighbour | None = Neighbour(facts.meaning, facts.severity)
        else:
            known = source.known_verbs.get(site.verb) if source else None
        does = f" ({known.does})" if known else " (not known here)"
        severity = known.severity if known else "warning"
        if self.plan.target.single and severity != "notice":
            severity = "error"
        words = (
            f"{self.source} {site.verb}{does} is not carried over to {self.target}.",
            f"Write what {self.target} has for it, in this place.",
        )
        return StepWords("step", severity, code_name(site.verb or site.kind), site.verb, words)

    def one_voice(self, site: Site, verb: Verb) -> tuple[str, str]:
        called = f"{self.source} {self._called(site)}"
        words = f"The prompts of {called} differ in voice or loudness; {self.target} {verb.name} has one for all"
        return f"{words}, that of the first.", "Put what sounds otherwise before it, or accept the one of the first."

    def last_of_list(self, site: Site, verb: Verb) -> tuple[str, str]:
        """A list that is repeated for ever, where one recording alone can be."""
        words = f"{self.source} {self._called(site)} repeats the list for ever; {self.target} {verb.name} repeats one"
        return f"{words} recording: the list is played once, then its last recording for ever.", REMEDIES["changed"]

    def inside(self, site: Site, verb: str, known: Neighbour) -> tuple[str, str]:
        """A verb that stands inside one that is not carried over."""
        words = f"{self.source} {verb} ({known.does}) stands inside {site.verb}, and is not carried over with it."
        return words, f"Write what {self.target} has for it."

    def kin(self, site: Site) -> StepWords:
        """A foreign verb that the target takes as it is, with what may differ."""
        source = self.plan.source
        known = source.known_verbs[site.verb] if source is not None and site.verb in source.known_verbs else None
        differs = source.kin[self.plan.target.name] if source is not None else ""
        severity, remedy = "notice", "Listen to the call once."
        if known is not None and known.differs:
            differs, severity, remedy = known.differs, known.severity, f"Set it up for {self.target} anew."
        words = f"{self.source} {site.verb} was passed on as it is: {self.target} has it too, but {differs}."
        return StepWords("unresolved", severity, code_name(site.verb), None, (words, remedy))

    def surplus(self, site: Site) -> tuple[str, str]:
        """A conference more than the target's document can hold."""
        words = f"{self.target} holds one conference; this one, {site.said.get('name', '')!r}, is not carried over."
        return words, "Make another document of it."

    def wanting(self, site: Site, verb: Verb, options: list[str]) -> tuple[str, str]:
        """A step that cannot be written without values that only the caller knows."""
        words = f"{self.target} {verb.name} needs values that {self.source} {self._called(site)} leaves to the platform"
        return f"{words}; it was left out.", f"Give them with the options {' and '.join(options)}."

    def empty(self, site: Site, verb: Verb) -> tuple[str, str]:
        """A step of which nothing is left that the target could do."""
        words = f"Nothing is left of {self.source} {self._called(site)} that {self.target} {verb.name} could do"
        return f"{words}; it was left out.", f"Write what {self.target} has for it, in this place."

    def afterwards(self) -> tuple[str, str]:
        here = self.plan.source.afterwards if self.plan.source else ""
        words = f"When all steps have run, in {self.source} {here}, in {self.target} {self.plan.target.afterwards}."
        return words, "End the document with a step that says what comes next."

    def placeholder(self, row: Attribute, need: Need) -> tuple[str, str]:
        """A value that exists only at run time."""
        words = (
            f"{self.target} needs {row.title}, which exists only at run time; {need.placeholder} stands in its place."
        )
        return words, f"Give it with the option {need.option}, or fill it in when the document is sent."

    def branch(self, site: Site, limb: Limb, *, leads: bool) -> tuple[str, str]:
        only = f"{self.source} runs these steps only in {limb.label}"
        then = "so they run always, in order" if leads else "so they are left out"
        return (
            f"{only}; {self.target} has no branches, {then}.",
            f"Decide in the application, and answer one {self.target} document for each case.",
        )

    def unfolded(self, site: Site) -> tuple[str, str]:
        words = f"Laid in the place of every {site.verb}, the sections are too many steps; this one is left out."
        return words, f"Answer one {self.target} document for each section, or set the limit max_inlined."

    def unreached(self, site: Site, by: str, *, there: bool) -> tuple[str, str]:
        words = f"{self.source} never reaches {self._called(site)}: it stands behind {by}."
        if there:
            return (
                f"{words} {self.target} does reach it.",
                f"Take it away, or say in {self.target} what ended the flow.",
            )
        return words, "Take it away, or move it before that verb."

    def continued(self, site: Site, behind: Site) -> tuple[str, str]:
        words = f"{self.source} {self._called(site)} stands right behind {behind.verb}"
        return f"{words}; in {self.target} that is how the URL is said that it asks when it is over.", "Nothing to do."

    def left_out(self, site: Site, by: str) -> tuple[str, str]:
        words = f"{self.source} never reaches {self._called(site)}: it stands behind {by}. "
        return words + f"{self.target} might reach it, so it was left out.", "Check whether anybody missed it before."

    def cut_off(self, site: Site, here: Course, there: Course) -> tuple[str, str]:
        """A step that is reached in the source, and not, or not always, in the target."""
        when = f"{self.source} reaches {self._called(site)}"
        if here.over:
            when += f" where the URL of {here.by.partition(',')[0]} answers with nothing"
        only = "only where its URL answers with nothing" if there.over == "maybe" else "never"
        words = f"{when}; {self.target} reaches it {only}, as it stands behind {there.by}."
        return words, f"Let the URL of {there.by.partition(',')[0]} answer with these steps."

    def not_answered(self, site: Site, verb: Verb, *, before: bool) -> tuple[str, str]:
        """The call is answered in the source, and still rings in the target."""
        since = "before this verb" if before else "with this verb"
        then = "it is refused" if verb.kind == "hangup" else "it rings on"
        what = f"{self.target} {verb.name} does not answer it, so {then}"
        return (
            f"{self.source} answers the call {since}; {what}.",
            "Put a verb that answers, such as a short text, first.",
        )

    def _called(self, site: Site) -> str:
        name = site.said.get("name") if site.is_conference else ""
        return f"the conference {name}" if name else (site.form.name if site.form else site.verb)


_CONTROL = r"\{%|<%|\{\{[#/^]"
"""Tags of template engines that choose what follows."""

_WORDS = {
    "end_on_exit": {
        "no": "no end",
        "any": "an end when any member with it leaves",
        "last": "an end when the last member with it leaves",
    },
    "on_nothing": {"next": "that the next step runs", "ask": "that the URL is asked all the same"},
    "after_url": {"current": "the URL of the document itself"},
    "result_url": {"current": "the URL of the document itself"},
    "url": {"current": "the URL of the document itself"},
}

_ODDITIES = {
    "#text": "Text outside the verbs",
    "#instruction": "A template tag outside the verbs",
    "#value": "A value that is no verb",
    "#attribute": "An attribute of the root",
    "#key": "A key that is not documented",
    "#section": "A section that is no list of steps",
}

REMEDIES = {
    "dropped": "Find another way in the target, or accept the loss.",
    "changed": "Check that the nearest value will do.",
    "clamped": "Check that the limit will do.",
    "endpoint": "Make the handler behind the URL speak the new format.",
    "default": "If it matters, say it by hand.",
    "unresolved": "Fill the template, or choose a value that the target takes without doubt.",
    "unknown": "Write what was meant, or take it away.",
    "invalid": "Write a value that the source dialect has.",
    "step": "Write what the target has for it, in its place.",
    "structure": "Write by hand what the target has for it, or take it away.",
}
"""What to do about a kind of loss, where its field says nothing better."""


def _is_live(dialect: Dialect, value: Any) -> bool:
    """Whether the platform fills a value in at call time."""
    return dialect.live is not None and dialect.live.search(str(value)) is not None
