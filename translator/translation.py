"""The walk through a document: what each step becomes, which are laid in another place, and which are left out."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING, Any

from translator import syntax
from translator.course import Course, answers, effective
from translator.difference import Difference, in_order, remarked
from translator.errors import NoConference
from translator.express import Expression, Ledger
from translator.loss import Loss, code_name
from translator.result import Trace
from translator.sites import WRITTEN, Limb, Reading, Site, conceals, deep, nested
from translator.spreading import spread
from translator.syntax import limits
from translator.values import CALLED, CALLER, CURRENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.dialect import Jump, Need, Verb
    from translator.plan import Plan
    from translator.syntax import Document


class Translation:
    """One run: expresses every step, and keeps what was asked for beside what is read back."""

    __slots__ = (
        "behind",
        "course",
        "document",
        "expression",
        "inlined",
        "inside",
        "laid",
        "landings",
        "leading",
        "ledger",
        "options",
        "pairs",
        "plan",
        "reading",
        "sections",
        "steps",
        "syntax",
        "there",
    )

    def __init__(
        self, plan: Plan, reading: Reading, document: Document, options: Mapping[str, str], syntax_name: str
    ) -> None:
        self.plan = plan
        self.reading = reading
        self.document = document
        self.options = options
        self.syntax = syntax_name
        self.pairs: list[tuple[Site, dict[str, Any], dict[str, Any]]] = []
        """(site, asked, given) of every conference, in document order."""
        self.steps: list[tuple[Plan, Site, dict[str, Any], dict[str, Any]]] = []
        """(plan, site, asked, given) of every other canonical step."""
        in_order = reading.in_order and all([remark.order is not None for remark in reading.remarks])
        self.ledger = Ledger(document, in_order=in_order, coded=reading.alone)
        self.expression = Expression(options, self.ledger)
        self.course = Course(plan.source or plan.target)
        self.there = Course(plan.target)
        self.sections: dict[str, Limb] = {}
        """Sections of the source that steps can jump to, where the target has none."""
        self.leading: frozenset[str] = frozenset()
        """Those of them that a conference stands in, or where they go."""
        self.inlined: set[str] = set()
        self.inside: list[str] = []
        self.behind: Site | None = None
        """What was written last, where a step is looked at."""
        self.landings: frozenset[str] | None = None
        self.laid = 0
        """How many steps of sections were laid in the place of others more than once."""

    def document_sites(self) -> list[Site]:
        """The sites to write, of the whole document."""
        if not self.plan.keeps and self.plan.source is not None and self.plan.source.jumps is not None:
            self._enter(self.reading.sites)
        result = self.sites(self.reading.sites)
        if not self.plan.keeps and self._goes_on():
            self.ledger.add("default", "warning", "document", "", None, self.plan.wording.afterwards())
        return result

    def _goes_on(self) -> bool:
        """Whether something happens behind the last step in one dialect, and another thing in the other."""
        source, target = self.plan.source, self.plan.target
        if source is None or not source.afterwards or not target.afterwards or source.afterwards == target.afterwards:
            return False
        for site, asked, _ in self.pairs:
            if self.reading.sites == [site]:  # nothing stood behind it, and its course was not run
                self.course.run(source.conference, asked)
        leaves = source.leaves
        return self.course.over == "" and (leaves is None or not any(map(leaves, deep(self.reading.sites))))

    def sites(self, sites: list[Site]) -> list[Site]:
        """The sites to write. Branches stay where the target holds them; else they are laid flat."""
        keeps = self.plan.keeps
        result: list[Site] = []
        for site in sites:
            kind = site.kind
            if kind == "conference" and self.plan.target.single and self.pairs:
                words = self.plan.wording.surplus(site)
                self.ledger.add("structure", "error", "conference", site, {**site.said, **site.raw}, words)
            elif kind == "conference":
                result.append(self._conference(site))
            elif kind:
                result += self._step(site, result[-1] if result else None)
            elif self._holds(site):
                result.append(self._copy(site))
                if not keeps and self.plan.source is not None and self.plan.source.kin[self.plan.target.name]:
                    kin = self.plan.wording.kin(site)
                    self.ledger.add(kin.kind, kin.severity, kin.field, site, kin.asked, kin.words)
            elif self._rejoins(site):
                self.course.over = ""
                result += self._lay_flat(site)
            elif not (site.verb == "section" and str(site.value) in self.inlined):
                result += self._inline(site) if self._jump(site) is not None else self._lay_flat(site)
        return result

    def _rejoins(self, site: Site) -> bool:
        """Whether the call may go on here that ended before: something jumps to it."""
        source = self.plan.source
        if not self.course.over or source is None or source.landings is None:
            return False
        if self.landings is None:
            self.landings = source.landings(self.reading.sites)
        return site.path in self.landings

    def _lay_flat(self, site: Site) -> list[Site]:
        """A step that the target cannot hold: what runs in its branches on the way to a conference is carried over."""
        self._leave(site)
        result: list[Site] = []
        for limb in site.branches if not self.plan.keeps else ():
            leads = not limb.conditional or self._leads(limb.sites)
            if limb.conditional:
                self._flatten(site, limb, leads)
            if not leads:
                for inner in deep(limb.sites):
                    self._leave(inner)
                continue
            before, outer = self.course.copy(), (self.sections, self.leading, self.inlined)
            if site.verb == "section":  # reached from elsewhere
                self.course.over = ""
            elif not limb.conditional:  # a document in the document, with sections of its own
                self._enter(limb.sites)
            result += self.sites(limb.sites)
            if limb.conditional:
                before.answered = self.course.answered
                self.course = before
            if site.verb != "section":
                self.sections, self.leading, self.inlined = outer
        return result

    def _jump(self, site: Site) -> Jump | None:
        """Where a foreign step goes, if that is a section that can stand in its place."""
        source = self.plan.source
        jump = source.jumps(site) if source is not None and source.jumps is not None and self.sections else None
        return jump if jump is not None and jump.section in self.sections else None

    def _inline(self, site: Site) -> list[Site]:
        """The steps of a section in the place of the step that goes there."""
        jump = self._jump(site)
        if jump is None or jump.section in self.inside:
            self._leave(site)
            return []
        steps = self.sections[jump.section].sites
        bounds = limits.current()
        if jump.section in self.inlined:
            self.laid += 1 + sum(1 for _ in deep(steps))
        if self.laid > bounds.max_inlined or len(self.inside) >= bounds.max_depth:
            words = self.plan.wording.unfolded(site)
            self.ledger.add("structure", "error", site.verb, site, jump.section, words)
            self._leave(site)
            return []
        self.inlined.add(jump.section)
        self.inside.append(jump.section)
        back = next((index for index, each in enumerate(steps) if each.verb == "return"), len(steps))
        before = self.course.over
        result = self.sites(steps[:back])
        if jump.returns and any(each.verb == "return" for each in deep(steps[:back])):
            self.course.over = before  # it may have come back before it ended
        for unreached in deep(steps[back + 1 :]):
            self._leave(unreached)
        self.inside.pop()
        if not jump.returns:
            self.course.over, self.course.by = "always", site.verb
        return result

    def _enter(self, sites: list[Site]) -> None:
        """Go into a document, or a document in the document: its sections, and those that lead to a conference."""
        self.sections, self.inlined = _sections(sites), set()
        comes_from: dict[str, list[str]] = {}
        waiting = []
        for name, limb in self.sections.items():
            for site in deep(limb.sites):
                jump = self._jump(site)
                if site.is_conference:
                    waiting.append(name)
                elif jump is not None:
                    comes_from.setdefault(jump.section, []).append(name)
        leading = set(waiting)
        while waiting:
            before = [name for name in comes_from.pop(waiting.pop(), ()) if name not in leading]
            leading.update(before)
            waiting += before
        self.leading = frozenset(leading)

    def _leads(self, sites: list[Site]) -> bool:
        """Whether a conference stands among these steps, or where they go."""
        for site in deep(sites):
            jump = self._jump(site)
            if site.is_conference or (jump is not None and jump.section in self.leading):
                return True
        return False

    def _holds(self, site: Site) -> bool:
        """Whether the target takes a foreign step as it is."""
        if site.verb == "#comment":
            return self.plan.keeps and (self.syntax != "json" or not self.plan.same)
        return self.plan.keeps or site.verb in self.plan.shared

    def _conference(self, site: Site) -> Site:
        plan = self.plan
        alone = plan.keeps or self.reading.sites == [site]
        if not alone:
            self._reached(site)
        result, asked, given = self.expression.express(site, plan)
        self.pairs.append((site, asked, given))
        if plan.same:
            result.value = site.value
        if not plan.keeps:
            named = str(asked.get("name") or "").strip()
            if not named and not any(note.field == "name" and note.kind == "invalid" for note in self.reading.remarks):
                self.ledger.add("invalid", "error", "name", site, None, _NAMELESS)
        if not alone:
            self._went_on(site, plan.there, asked, given)
        return result

    def _step(self, site: Site, behind: Site | None) -> list[Site]:
        """A canonical step around the conference."""
        plan = self.plan
        self.behind = behind
        if plan.keeps and (site.value is not None or plan.target.canonical):
            return [site]
        if not plan.keeps and not self._reached(site):
            return []
        hook = site.form.answered if site.form is not None and self.course.answered else None
        if hook is not None and not plan.keeps:
            site = copy(site)
            site.said = dict(site.said)
            hook(site.said)
        verb = self._verb(site, site.said)
        if verb is None:
            self._leave(site)
            return self._onward(site)
        wanting = [need.option for need in verb.needs if need.whole and self._wants(need, site)]
        if wanting and not plan.same:
            self._left(site, self.plan.wording.wanting(site, verb, wanting))
            return self._onward(site)
        if not plan.keeps and site.kind == "redirect" and behind is not None:
            self._belongs(site, behind)
        found = self._written(site, verb)
        return [] if verb.implicit else found

    def _wants(self, need: Need, site: Site) -> bool:
        """Whether only the caller could say what a verb needs, and does not."""
        return site.said.get(need.name) in (None, CALLER, CALLED) and need.option not in self.options

    def _onward(self, site: Site) -> list[Site]:
        """Go behind a step that the target does not have: a redirect goes on where its URL would have taken over."""
        form, url, source = site.form, site.said.get("after_url"), self.plan.source
        if form is None:
            return []
        takes_over = isinstance(url, str) and url != CURRENT and effective(form, site.said, "after_takes_over") is True
        redirect = Site("redirect", site.path, kind="redirect")
        redirect.form = next(iter(source.forms.get("redirect", ())), None) if source is not None else None
        redirect.number, redirect.nodes = site.number, site.nodes
        redirect.said = {"url": url}
        if "after_method" in site.said:
            redirect.said["method"] = site.said["after_method"]
        verb = self._verb(redirect, redirect.said) if takes_over and not self.plan.keeps else None
        result: list[Site] = []
        if verb is not None:
            if self.behind is not None:
                self._belongs(redirect, self.behind)
            result = self._written(redirect, verb)
        self.course.run(form, site.said)
        return result

    def _belongs(self, site: Site, behind: Site) -> None:
        """Tell where the target takes a redirect for the after URL of the step before it."""
        form = behind.form
        if behind.kind in self.plan.target.continued and form is not None and "after_url" in form.by_field:
            if not behind.nodes.get(form.by_field["after_url"].element, ("", {}))[1]:
                words = self.plan.wording.continued(site, behind)
                self.ledger.add("structure", "notice", "redirect", site, None, words)

    def _verb(self, site: Site, said: Mapping[str, Any]) -> Verb | None:
        """The verb of the target that says a step."""
        if self.plan.same and site.form is not None:
            return site.form
        refused: Verb | None = None
        for verb in self.plan.target.forms.get(site.kind, ()):
            if (verb.only_ringing and self.there.answered) or (verb.only_answered and not self.there.answered):
                continue
            if verb.takes is not None and not verb.takes(said):
                continue
            if verb.kind != "hangup" or verb.answers or self.there.answered or not self.course.answered:
                return verb
            refused = refused or verb  # the call was answered before it ended: another verb may do that, too
        return refused

    def _written(self, site: Site, verb: Verb) -> list[Site]:
        """The sites that say a step in the target; nested steps that find no place in it stand before it."""
        pieces = spread(site, verb)
        if pieces is not None:
            return self._spread(site, verb, *pieces)
        plan = self.plan.other(site.form, verb)
        result, asked, given = self.expression.express(site, plan)
        hook = verb.answered if self.there.answered else verb.unanswered
        if hook is not None and not plan.keeps:
            hook(given)
        before = self._nest(site, verb, result)
        if not plan.keeps and self._is_empty(plan, asked, given, result):
            self._left(site, plan.wording.empty(site, verb))
            self.behind = before[-1] if before else self.behind
            return [*before, *self._onward(site)]
        self.steps.append((plan, site, asked, given))
        if verb.proviso is not None and not plan.keeps:
            self._provided(site, verb, given)
        if not plan.keeps:
            self._went_on(site, verb, asked, given)
        return [*before, result]

    def _is_empty(self, plan: Plan, asked: dict[str, Any], given: dict[str, Any], result: Site) -> bool:
        """Whether what makes the step a step at all did not arrive."""
        core = [name for name in plan.kind.core if plan.given.get(name) is None and name not in given]
        return bool(core) or (plan.kind.name == "dial" and not result.parts)

    def _provided(self, site: Site, verb: Verb, given: dict[str, Any]) -> None:
        found = verb.proviso(given) if verb.proviso is not None else None
        if found is not None:
            severity, words = found
            target = self.plan.target.title
            self.ledger.add(
                "unresolved",
                severity,
                site.kind,
                site,
                None,
                (
                    f"{target} {verb.name}: {words}.",
                    f"Check that {target} has what {verb.name} needs, before the first call.",
                ),
            )

    def _spread(self, site: Site, verb: Verb, pieces: list[Site], times: int) -> list[Site]:
        """A step that the target says in several."""
        plan = self.plan.other(site.form, verb)
        _, asked, given = self.expression.express(site, plan)
        result: list[Site] = []
        written: list[Site] = []
        urls: list[str] = []
        first: Verb | None = None
        for piece in pieces:
            form = self._verb(piece, piece.said)
            if form is None:
                continue
            one, _, got = self.expression.express(piece, self.plan.other(None, form))
            if form.kind == "pause":
                urls.append(f"silence:{got.get('seconds', 0)}")
            elif "urls" in got:
                urls += got["urls"]
            else:
                continue
            first = first or form
            result.append(one)
            written.append(piece)
        whole = len(asked["urls"])
        if all(each.kind == "pause" for each in result):  # silence has no loudness, and says nothing else
            given = {}
        if urls:
            given["urls"] = tuple(urls[:whole])
        else:
            given.pop("urls", None)
        if not result:
            self._left(site, plan.wording.empty(site, verb))
            return self._onward(site)
        endless = any([each.said.get("repeat") == "forever" for each in written])
        if "repeat" in asked:
            given["repeat"] = "forever" if endless else times
        if endless:
            self.ledger.add("changed", "warning", "play_repeat", site, "forever", plan.wording.last_of_list(site, verb))
        self.steps.append((plan, site, asked, given))
        if not plan.keeps:
            self._went_on(site, first or verb, asked, given)
        return result

    def _nest(self, site: Site, verb: Verb, result: Site) -> list[Site]:
        """Write the nested steps into a site, as far as its verb takes them; the others stand before it."""
        before: list[Site] = []
        for part in site.parts:
            form = self._verb(part, part.said)
            if form is None:
                self._leave(part)
                continue
            taken = form.kind in (verb.nests if verb.nests is not None else verb.facts.nested)
            full = verb.holds is not None and len(result.parts) >= verb.holds
            if verb.alike and result.parts and not self.plan.keeps:
                full = full or result.parts[0].form is not form
            if taken and full and verb.nests:  # only the last one can be answered while it is heard
                before.append(result.parts.pop())
                self._moved(site, verb)
            elif (taken and full) or (not taken and form.kind == "pause"):
                self._leave(part)
                continue
            elif not taken:
                self._moved(site, verb)
            pieces = spread(part, form)
            if pieces is not None and all(piece.kind == "pause" for piece in pieces[0]) and not self.plan.keeps:
                done = {"urls": part.said.get("urls"), "repeat": pieces[1]}
                left = {name: value for name, value in part.said.items() if name not in done or value != done[name]}
                self.steps.append((self.plan.other(part.form, form), part, left, {}))  # silence says nothing else
            for piece in pieces[0] if pieces is not None else [part]:
                one = self._verb(piece, piece.said)
                if one is None:
                    continue
                here = part.form if part.form is not None and part.form.kind == one.kind else None
                plan = self.plan.other(here, one)
                written, asked, given = self.expression.express(piece, plan)
                row = one.by_field.get("early_media")
                around = row is not None and not self.plan.keeps  # the verb around it decides
                if around and row is not None and given.pop("early_media", None) is not None:
                    path, items = written.nodes[row.element]
                    written.nodes[row.element] = path, {k: v for k, v in items.items() if k != row.wire}
                if not self.plan.keeps and self._is_empty(plan, asked, given, written):
                    self._left(part, plan.wording.empty(part, one))
                    continue
                self.steps.append((plan, piece, asked, given))
                (result.parts if taken else before).append(written)
        if any(_disagree(wire, result.parts) for wire in verb.shares):
            words = self.plan.wording.one_voice(site, verb)
            self.ledger.add("changed", "warning", f"{site.kind}_{verb.facts.part}", site, None, words)
        return before

    def _moved(self, site: Site, verb: Verb) -> None:
        words = (
            f"{self.plan.target.title} {verb.name} cannot hold this prompt as it is; it stands before it, "
            "where keys that are pressed are lost.",
            "Shorten the prompt to one text or one recording.",
        )
        self.ledger.add("changed", "warning", f"{site.kind}_{verb.facts.part}", site, None, words)

    def _reached(self, site: Site) -> bool:
        """Tell where a step is reached in one dialect and not in the other; False where it is to be left out."""
        here, there = self.course, self.there
        if here.over == there.over == "":
            return True
        wording = self.plan.wording
        name = "conference" if site.is_conference else code_name(site.form.name if site.form else site.verb)
        if here.over == "always":
            if there.over == "always" or site.is_conference:
                severity = "notice" if not site.is_conference else "warning" if there.over == "always" else "error"
                words = wording.unreached(site, here.by, there=there.over != "always")
                self.ledger.add("structure", severity, name, site, None, words)
                return True
            for each in (site, *site.parts):
                self.ledger.add("step", "warning", code_name(each.verb), each, None, wording.left_out(each, here.by))
            return False
        if there.over == "always":
            severity = "warning" if here.over else "error"
            self.ledger.add("structure", severity, name, site, None, wording.cut_off(site, here, there))
        elif there.over == "maybe" and not here.over:
            self.ledger.add("structure", "warning", name, site, None, wording.cut_off(site, here, there))
        return True

    def _went_on(self, site: Site, verb: Verb, asked: dict[str, Any], given: dict[str, Any]) -> None:
        """Take both calls behind a step, and tell where one is answered and the other is not."""
        here, there = self.course, self.there
        was = here.answered
        form = site.form or (self.plan.here if site.is_conference else None)
        if form is not None:
            here.run(form, asked)
        elif verb.answers:
            here.answered = True
        if verb.implicit:  # what it does, the next verb does by itself
            return
        ended = verb.kind == "hangup" and not (was and asked.get("cause") == given.get("cause"))  # its cause tells
        late = here.answered and not there.answered and answers(verb, given) is False and not ended
        there.run(verb, given)
        if late:
            there.answered = True  # told once
            words = self.plan.wording.not_answered(site, verb, before=was)
            severity = "error" if verb.kind == "hangup" else "warning"  # refused, where it was answered and ended
            self.ledger.add("structure", severity, "answer", site, None, words)

    def _copy(self, site: Site) -> Site:
        result = Site(site.verb, site.path, site.value)
        result.branches = [Limb(b.place, b.label, self._aside(b), b.path, b.conditional) for b in site.branches]
        return result

    def _aside(self, limb: Limb) -> list[Site]:
        """The sites of a branch that the target keeps: what runs there ends nothing for the steps behind it."""
        if not limb.conditional:
            return self.sites(limb.sites)
        before = self.course.copy(), self.there.copy()
        self.course.over = self.there.over = ""
        result = self.sites(limb.sites)
        self.course, self.there = before
        return result

    def _leave(self, site: Site) -> None:
        """A step that the target cannot hold: a loss, unless its branches already say it all."""
        if site.form is not None and site.form.implicit and not site.said:  # what nobody wrote is not missed
            return
        if site.branches:
            self.ledger.in_order = False
        known = self.plan.source.known_verbs.get(site.verb) if self.plan.source else None
        if site.branches and known is not None and known.only_branches:
            return
        if self.plan.source is not None and self.plan.source.folds is not None and self.plan.source.folds(site):
            return
        self._left(site)
        for part in site.parts:
            self._leave(part)
        self._leave_nested(site)
        if (
            self.plan.source is not None
            and not site.kind
            and not site.branches
            and conceals(site.value, self.plan.source.spellings)
        ):
            words = (f"A conference stands inside {site.verb}; it is not carried over.", "Translate it by itself.")
            self.ledger.add("structure", "error", "conference", site, None, words)

    def _leave_nested(self, site: Site) -> None:
        """The known verbs inside a foreign step: each is a loss of its own."""
        known = self.plan.source.known_verbs if self.plan.source is not None else {}
        container = site.verb not in known or known[site.verb].holds
        for verb in nested(site.value, known) if container and not site.kind and not site.branches else ():
            words = self.plan.wording.inside(site, verb, known[verb])
            self.ledger.add("step", known[verb].severity, code_name(verb), site, verb, words)

    def _left(self, site: Site, words: tuple[str, str] | None = None) -> None:
        step = self.plan.wording.step(site, self.plan.source)
        asked = {**site.said, **site.raw} if site.kind else step.asked
        self.ledger.add(step.kind, step.severity, step.field, site, asked, words or step.words)

    def _flatten(self, site: Site, limb: Limb, leads: bool) -> None:
        words = self.plan.wording.branch(site, limb, leads=leads)
        self.ledger.add("structure", "error", site.verb, limb.path or site, limb.label, words)

    def check(self, sites: list[Site], text: str) -> None:
        """Read the document of a flow made by hand: a step that has no place in it is a loss."""
        written = Reading(self.plan.target, syntax.parse(text, self.syntax))
        with suppress(NoConference):
            written.dialect.envelope.read(written.document, written)
        there = list(deep(written.sites))
        wanted = Counter(str(given.get("name") or "").strip() for _, _, given in self.pairs)
        for name in wanted - Counter(str(s.said.get("name") or "").strip() for s in there if s.is_conference):
            words = (f'The conference "{name}" has no place in the document.', _PLACELESS)
            self.ledger.add("structure", "error", "conference", "", None, words)
        wanted = Counter(site.verb for site in deep(sites) if not site.kind)
        known = self.plan.target.known_verbs
        said = sum("result_url" in given for _, _, _, given in self.steps)
        folded = sum(site.kind == "gather" and "result_url" in site.said for site in there) - said
        for verb in (wanted - Counter(site.verb for site in there if not site.kind)).elements():
            if folded > 0 and verb in known and known[verb].only_branches:
                folded -= 1  # behind a gather it is where its result goes
                continue
            words = (f"The step {verb} has no place in the document.", _PLACELESS)
            self.ledger.add("step", "error", code_name(verb.removeprefix("#")), "", None, words)
        if self.plan.same:
            kinds = Counter(site.kind for site in sites if site.kind not in ("", "conference") and _stands(site))
            if self.plan.target.continued:  # behind another step it is that step's after URL
                del kinds["redirect"]
            for kind in kinds - Counter(site.kind for site in there):
                words = (f"A step {kind} cannot be written as it is; it has no place in the document.", _PLACELESS)
                self.ledger.add("step", "error", code_name(kind), "", None, words)
            self._take_back(there)
        if not self.plan.keeps and not self.reading.remarks:
            for site, _, _ in self.pairs:
                for key, value in site.raw.items():
                    if value is None:  # null says nothing
                        continue
                    words = (f"{key} is kept for its own dialect only; it is not carried over.", _PLACELESS)
                    self.ledger.add("unknown", "warning", code_name(key), site, value, words)

    def _take_back(self, there: list[Site]) -> None:
        """What the document does not say, now that it is read as a whole, is not given: one key may silence another."""
        there = [step for site in there for step in (site, *site.parts)]
        for kind in {pair.kind.name for pair, _, _, _ in self.steps}:
            steps = [(pair, given) for pair, _, _, given in self.steps if pair.kind.name == kind]
            said = [site.said for site in there if site.kind == kind] or [{} for _ in steps]
            for (pair, given), found in zip(steps, said, strict=False) if len(steps) == len(said) else ():
                for name in given.keys() - found.keys():
                    if given[name] != pair.given.get(name):
                        del given[name]
                given.update((name, found[name]) for name in given.keys() & found.keys())

    def trace(self) -> Trace:
        """How the result came about."""
        given = [given for _, _, given in self.pairs]
        return Trace(given, [(pair.there, given) for pair, _, _, given in self.steps])

    # -- difference -------------------------------------------------------------------------------------------

    def losses(self) -> tuple[Loss, ...]:
        found = self.ledger.found
        known = self.ledger.in_order and all([site.number for _, site, _, _ in self.steps])
        for site, asked, given in self.pairs:
            found += Difference(self.plan, self.document, site).find(asked, given)
        told: set[str] = set()
        for pair, site, asked, given in self.steps:
            difference = Difference(pair, self.document, site)
            for loss in difference.find(asked, given):
                if known:
                    loss.order = difference.order(loss)
                if loss.kind == "default" and loss.severity == "notice":  # once for all steps of a kind
                    if loss.code in told:
                        continue
                    told.add(loss.code)
                found.append(loss)
        found += [remarked(note) for note in self.reading.remarks if not (note.kept and self.plan.keeps)]
        return in_order(found, self.document, known=known, coded=self.ledger.coded)


def _sections(sites: list[Site]) -> dict[str, Limb]:
    """The sections of a document by name."""
    return {str(site.value): limb for site in sites if site.verb == "section" for limb in site.branches}


def _disagree(wire: str, parts: list[Site]) -> bool:
    """Whether steps that share an attribute were to say different things with it; those that do not have it agree."""
    said = []
    for part in parts:
        row = part.form.by_wire[""].get(wire) if part.form is not None else None
        if row is None or part.form is None:
            continue
        value = part.nodes[""][1].get(wire)
        meant = row.meaning(value) if value is not None else {}
        said.append({name: each for name, each in meant.items() if each != part.form.implied.get(name)})
    return any(each != said[0] for each in said)


def _stands(site: Site) -> bool:
    """Whether a step stands in the document by itself."""
    return site.value is not WRITTEN and not (site.form is not None and site.form.implicit)


_PLACELESS = "Put it where its dialect has a place for it."
_NAMELESS = ("The conference has no name; every platform needs one.", "Give it a name.")
