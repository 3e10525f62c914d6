"""The words of a loss: one or two plain sentences in both dialects' own names, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from translator.fields import FIELDS
from translator.loss import code_name
from translator.values import UNKNOWN, Template, is_url

if TYPE_CHECKING:
    from translator.dialect import Attribute, Dialect, Need
    from translator.loss import Loss
    from translator.plan import Plan
    from translator.sites import Limb, Site

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

    def explain(self, loss: Loss) -> tuple[str, str]:
        """(message, remedy) of the loss of a field."""
        name = loss.field
        facts = FIELDS.get(name)
        row = self.plan.source_rows.get(name)
        message = getattr(self, f"_{loss.kind}")(loss, self.plan.target_rows.get(name))
        if row is not None and row.inert:
            message = f"{self.source} {row.title} has no effect on a conference: {row.inert}."
            return message, "Nothing to do."
        if facts is None and row is not None and row.note:
            message += f" {row.note}"
        told = loss.kind in ("dropped", "changed", "default") or (loss.kind == "endpoint" and name == "status_url")
        notes = self._notes(name) if told else []
        remedy = facts.remedy if facts and facts.remedy else _REMEDIES.get(loss.kind, "Check the call.")
        if loss.kind == "endpoint":
            remedy = _REMEDIES["endpoint"]
        elif loss.kind == "unresolved":
            remedy = self._open_remedy(loss)
        elif loss.kind == "changed" and self._unused(loss):
            remedy = "Change what keeps it from being used."
        elif loss.kind == "default" and loss.given != "unknown":
            remedy = f"If it matters, say it in the source, or in {self.target} by hand."
        return " ".join([message, *notes]), remedy

    def _notes(self, name: str) -> list[str]:
        both = (self.plan.source, self.plan.target)
        return [f"{d.title}: {d.notes[name]}" for d in both if d is not None and not d.canonical and name in d.notes]

    def _dropped(self, loss: Loss, row: Attribute | None) -> str:
        asks = self._asks(loss)
        if row is None or FIELDS.get(loss.field) is None:
            there = (
                ""
                if loss.given is None
                else f" There, {self._label(loss.field)} is {self._meaning(loss.field, loss.given)}."
            )
            if self.plan.same:
                return f"{self.target} has no {loss.field}; it was left out."
            return f"{asks} has no counterpart in {self.target}.{there}"
        given = self._meaning(loss.field, loss.given)
        return f"{asks}: {self.target} {row.title} cannot say that, so it is {given} there."

    def _changed(self, loss: Loss, row: Attribute | None) -> str:
        if row is None:
            instead = self.plan.instead.get(loss.field)
            rows = {self.plan.target_rows[name].title: 0 for name, _ in instead or () if name in self.plan.target_rows}
            return f"{self._asks(loss)}: in {self.target} it became {' and '.join(rows)}, which comes nearest."
        asked, given = self._meaning(loss.field, loss.asked), self._meaning(loss.field, loss.given)
        if self._unused(loss):
            return f"{self._asks(loss)}: {self.target} {row.title} is written, and is not used as things stand."
        return f"{self._asks(loss)} means {asked}; {self.target} {row.title} comes nearest, with {given}."

    def _unused(self, loss: Loss) -> bool:
        """Whether what is lost is written all the same, and the target pays no heed to it."""
        ignores = self.plan.target.conference.ignores
        return ignores is not None and loss.asked != loss.given == ignores({loss.field: loss.asked}).get(loss.field)

    def _clamped(self, loss: Loss, row: Attribute | None) -> str:
        title = row.title if row else loss.field
        allowed = row.values or row.codec.values if row else ""
        return f"{self._asks(loss)}: {self.target} {title} takes a {allowed}; {loss.given} was written."

    def _endpoint(self, loss: Loss, row: Attribute | None) -> str:
        facts = FIELDS[loss.field]
        asked, given = (FORMATS.get(str(v), str(v)) for v in (loss.asked, loss.given))
        if facts.format.endswith("_serves"):
            return f"The URL is kept, but it now must answer {given} instead of {asked}."
        return f"The URL is kept, but it now receives {given} instead of {asked}."

    def _default(self, loss: Loss, row: Attribute | None) -> str:
        label, asked, given = self._label(loss.field), loss.asked, loss.given
        if asked == given == "unknown":
            return f"Nothing is said about {label}, and neither vendor documents what happens then."
        here, there = self._meaning(loss.field, asked), self._meaning(loss.field, given)
        return f"Nothing is said about {label}: in {self.source} it is {here}, in {self.target} {there}."

    def _unresolved(self, loss: Loss, row: Attribute | None) -> str:
        value = loss.asked
        if type(value) is Template:
            if loss.given != value:
                return (
                    f"{self._asks(loss)} is a template, and {self.target} has no place for one there; it was left out."
                )
            return f"{self._asks(loss)} is a template where a value belongs; it was passed on as written."
        caveat = self.plan.caveats.get(loss.field)
        why = caveat(value) if caveat else ""
        source, target = self.plan.source, self.plan.target
        facts = FIELDS.get(loss.field)
        if facts is not None and facts.local:
            return (
                f"{self._asks(loss)} is an id that only {self.source}'s platform knows; {target.title} cannot know it."
            )
        if self.plan.loses_base(loss.field, str(value)):
            return f"{self._asks(loss)} is relative to the application's own URL, which {target.title} does not know."
        if why:
            return f"{self._asks(loss)}: {self.target} {row.title if row else loss.field} {why}."
        if source is not None and _is_live(source, value):
            return f"{self._asks(loss)} is filled in by {self.source} at call time; to {target.title} it is plain text."
        if loss.field in self.plan.senses and source is not None and not _is_live(target, value):
            here, there = source.conference.senses[loss.field], target.conference.senses[loss.field]
            words = f"in {self.source} {here}; in {target.title} {there}"
            return f"{self._asks(loss)} is passed on, but means something else: {words}."
        return f"{self._asks(loss)} is plain text in {self.source}; {self.target} fills it in at call time."

    def _open_remedy(self, loss: Loss) -> str:
        if type(loss.asked) is Template or "{" in str(loss.asked):
            return "Fill the template before the document reaches the platform."
        if is_url(loss.asked) and ("url" in loss.field or FIELDS[loss.field].format):
            return "Give the base of relative URLs with the option base_url, or write the URL out."
        return "Choose a value that the target takes without doubt."

    def _asks(self, loss: Loss) -> str:
        row = self.plan.source_rows.get(loss.field)
        source = loss.source if len(loss.source) <= 100 else ""
        return f"{self.source} {source or (row.title if row else loss.field)}"

    def _label(self, name: str) -> str:
        return name.replace("_", " ")

    def _meaning(self, name: str, value: Any) -> str:
        """What a canonical value means, in a few words."""
        facts = FIELDS.get(name)
        if value is UNKNOWN or value == "unknown":
            return "not documented"
        if value is None:
            return "none"
        if value is True or value is False:
            return "on" if value else "off"
        if isinstance(value, list | tuple):
            return " ".join(map(str, value)) or "none"
        if name == "end_on_exit":
            return _ENDINGS.get(value, str(value))
        if isinstance(value, str) and value != (value.strip() or None):
            return f'"{value}"'
        return f"{value} {facts.unit}" if facts and facts.unit else str(value)

    # -- steps ------------------------------------------------------------------------------------------------

    def step(self, site: Site, source: Dialect | None) -> StepWords:
        if site.verb == "#comment":
            text = " ".join(str(site.value).split())
            return StepWords(
                "structure", "notice", "comment", text, ("The comment is not carried over.", "Copy it by hand.")
            )
        if site.verb.startswith("#"):
            what = _ODDITIES.get(site.verb, "Something")
            return StepWords(
                "structure",
                "warning",
                site.verb[1:],
                None,
                (f"{what} is not carried over.", "Take it away, or find what was meant."),
            )
        known = source.neighbours.get(site.verb) if source else None
        does = f" ({known.does})" if known else " (not known here)"
        severity = "error" if self.plan.target.single else known.severity if known else "warning"
        words = (
            f"{self.source} {site.verb}{does} is not carried over to {self.target}.",
            f"Write what {self.target} has for it, in this place.",
        )
        return StepWords("step", severity, code_name(site.verb), site.verb, words)

    def kin(self, site: Site) -> StepWords:
        """A foreign verb that the target takes as it is, with what may differ."""
        differs = self.plan.source.kin[self.plan.target.name] if self.plan.source else ""
        words = f"{self.source} {site.verb} was passed on as it is: {self.target} has it too, but {differs}."
        return StepWords("unresolved", "notice", code_name(site.verb), None, (words, "Listen to the call once."))

    def surplus(self, site: Site) -> tuple[str, str]:
        """A conference more than the target's document can hold."""
        words = f"{self.target} holds one conference; this one, {site.said.get('name', '')!r}, is not carried over."
        return words, "Make another document of it."

    def placeholder(self, row: Attribute, need: Need) -> tuple[str, str]:
        """A value that exists only at run time."""
        words = (
            f"{self.target} needs {row.title}, which exists only at run time; {need.placeholder} stands in its place."
        )
        return words, f"Give it with the option {need.option}, or fill it in when the document is sent."

    def branch(self, site: Site, limb: Limb) -> tuple[str, str]:
        only = f"{self.source} runs these steps only in {limb.label}"
        return (
            f"{only}; {self.target} has no branches, so they run always, in order.",
            f"Decide in the application, and answer one {self.target} document for each case.",
        )


_ENDINGS = {
    "no": "no end",
    "any": "an end when any such leaves",
    "last": "an end when the last such leaves",
}

_ODDITIES = {
    "#text": "Text outside the verbs",
    "#instruction": "A template tag outside the verbs",
    "#value": "A value that is no verb",
    "#attribute": "An attribute of the root",
    "#key": "A key that is not documented",
    "#section": "A section that is no list of steps",
}

_REMEDIES = {
    "dropped": "Find another way in the target, or accept the loss.",
    "changed": "Check that the nearest value will do.",
    "clamped": "Check that the limit will do.",
    "endpoint": "Make the handler behind the URL speak the new format.",
    "default": "If it matters, say it by hand.",
    "unresolved": "Fill it in.",
}


def _is_live(dialect: Dialect, value: Any) -> bool:
    """Whether the platform fills a value in at call time."""
    return dialect.live is not None and dialect.live.search(str(value)) is not None
