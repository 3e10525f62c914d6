"""How ready many documents are for other dialects: counted, not kept. Nothing of the command line, nothing of words.

`Auditor` looks at one document, in any process; `Audit` adds up what it found. Memory grows with the number of
different codes, attributes and verbs alone, and that is bounded.
"""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

from translator import files, jsonlines, registry
from translator.batch import why_skipped
from translator.conversion import DIED
from translator.detection import by_name
from translator.dialect import raw_key
from translator.engine import COMMON_OPTIONS, translate
from translator.errors import InvalidOption, TranslatorError
from translator.loss import SEVERITIES
from translator.report import Outcome
from translator.report.safe import mask, masked
from translator.sites import deep

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from translator.batch import Input
    from translator.dialect import Attribute, Dialect
    from translator.jsonlines import Line
    from translator.loss import Loss
    from translator.policy import Policy
    from translator.result import Result

LEVELS: Final = ("already", "lossless", "notice", "warning", "error", "failed")
"""What a document can be for one target: it is in that dialect; nothing is lost; the gravest loss that counts is of
this severity, where one that is accepted or in the baseline counts as a notice; it cannot be translated."""
MOST: Final = 2_000
"""Different names that are counted one by one, of each sort; what comes later is counted together."""
TOLD: Final = 100
"""Failed documents that are named; the rest are counted."""
OTHERS: Final = "(others)"

Support = Literal["yes", "partly", "no", "unknown", "inert"]
"""Whether a target has something; "unknown": its own dialect has not, either; "inert": it does nothing there."""
T = TypeVar("T")


class Item(NamedTuple):
    """One document to look at.

    Attributes:
        name: how the report calls it.
        path: its file, read when its turn comes; None: it is `content`.
        content: a line of JSON Lines, or the document, or why there is none.
        found: it was only looked for: where it holds no conference, it is skipped.
    """

    name: str
    path: Path | None = None
    content: Line | bytes | TranslatorError = b""
    found: bool = False


def items(inputs: Iterable[Input], *, jsonl: bool = False) -> Iterator[Item]:
    """The documents of inputs, one by one; files that end in .jsonl, or all with `jsonl`, hold one on each line."""
    for each in inputs:
        name = files.shown(each.path)
        try:
            if jsonl or (each.path is not None and each.path.suffix.lower() in files.LINE_SUFFIXES):
                with each.path.open("rb") if each.path is not None else nullcontext(files.standard_input()) as file:
                    yield from (Item(name, content=line) for line in jsonlines.lines(file))
            elif each.path is None:
                yield Item(name, content=files.read(None))
            else:
                yield Item(name, each.path, found=each.found)
        except OSError as error:
            yield Item(name, content=_unread(error))
        except TranslatorError as error:  # there is no standard input
            yield Item(name, content=error)


def _unread(error: OSError) -> TranslatorError:
    return TranslatorError(f"{error.strerror or error}.")


class Found(NamedTuple):
    """One code in one document, at its first place."""

    code: str
    severity: str
    losses: int
    waived: int
    line: int
    column: int
    written: str
    remedy: str


@dataclass(slots=True)
class Verdict:
    """What one target makes of one document; `error` as `TranslatorError.as_dict` has it."""

    level: str
    fails: bool = False
    codes: tuple[Found, ...] = ()
    error: dict[str, Any] | None = None


@dataclass(slots=True)
class Finding:
    """What was found in one document.

    Attributes:
        skipped: why it is none, or "".
        uses: (what, name) -> how often; `what` is "attribute" or "verb".
    """

    source: str
    dialect: str | None = None
    skipped: str = ""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    uses: Counter[tuple[str, str]] = field(default_factory=Counter)


# -- one document --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Auditor:
    """Translates one document into every target, and tells what came of it.

    Args:
        targets: names of dialects.
        policy: what counts.
        options: of the translation; each target gets those that it knows.

    Raises:
        InvalidOption: no target knows an option.
    """

    targets: tuple[str, ...]
    policy: Policy
    from_: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = set().union(*map(_known_options, self.targets))
        for name in self.options:
            if name not in known:
                raise InvalidOption(f'No target knows an option "{name}"; known: {", ".join(sorted(known))}.')

    def __call__(self, item: Item) -> Finding:
        finding = Finding(item.name)
        try:
            finding.source, source, named = _opened(item, self.from_)
        except TranslatorError as error:
            finding.verdicts = dict.fromkeys(self.targets, _failed(error))
            return finding
        finding.dialect = registry.resolve(named) if named else None
        for to in self.targets:
            known = _known_options(to)
            options = {name: value for name, value in self.options.items() if name in known}
            try:
                result = translate(source, to, named, options=options)
            except InvalidOption:
                raise
            except TranslatorError as error:
                finding.skipped = _skipped(item, error, source) if not finding.verdicts else ""
                if finding.skipped:
                    return finding
                finding.verdicts[to] = _failed(error)
                continue
            if not finding.uses:
                finding.dialect = named = result.source_dialect
                finding.uses = uses(result)
            finding.verdicts[to] = self._verdict(finding.source, to, result)
        return finding

    def lost(self, item: Item) -> Finding:
        """What is given for a document on which a process has died."""
        return Finding(item.name, verdicts=dict.fromkeys(self.targets, _failed(TranslatorError(DIED))))

    def _verdict(self, name: str, to: str, result: Result) -> Verdict:
        if result.source_dialect == to:
            return Verdict("already")
        outcome = Outcome(name, result.source_dialect, to, losses=result.losses)
        self.policy.judge(outcome)
        counted = [loss.severity for index, loss in enumerate(result.losses) if index not in outcome.waived]
        gravest = max(counted, key=SEVERITIES.index, default="notice")
        return Verdict(
            level=gravest if result.losses else "lossless",
            fails=self.policy.fails(outcome),
            codes=tuple(_codes(result.losses, outcome.waived)),
        )


def _known_options(to: str) -> set[str]:
    return {*COMMON_OPTIONS, *registry.get(to).options}


def _opened(item: Item, from_: str | None) -> tuple[str, str | bytes, str | None]:
    """The name of a document, the document, and its dialect where that is known."""
    if isinstance(item.content, TranslatorError):
        raise item.content
    if isinstance(item.content, jsonlines.Line):
        name, document, named = jsonlines.opened(item.content, item.name)
        return name, document, named or from_
    if item.path is None:
        return item.name, item.content, from_
    try:
        return item.name, files.read(item.path), from_ or by_name(item.path.name)
    except OSError as error:
        raise _unread(error) from None


def _failed(error: TranslatorError) -> Verdict:
    return Verdict("failed", fails=True, error=masked(error.as_dict()))


def _skipped(item: Item, error: TranslatorError, source: str | bytes) -> str:
    """Why a document is none of ours, or ""."""
    if not item.found:
        return ""
    return why_skipped(error, source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source)


def _codes(losses: Iterable[Loss], waived: Container[int]) -> Iterator[Found]:
    """The codes of one document, each at its first place."""
    groups: dict[tuple[str, str], list[tuple[int, Loss]]] = {}
    for index, loss in enumerate(losses):
        groups.setdefault((loss.code, loss.severity), []).append((index, loss))
    for (code, severity), group in groups.items():
        first = group[0][1]
        known = sum(index in waived for index, _ in group)
        written = mask(first.source)
        yield Found(code, severity, len(group), known, first.line, first.column, written, mask(first.remedy))


def uses(result: Result) -> Counter[tuple[str, str]]:
    """The attributes of the conferences of a document, and the verbs around them, as they are written in it."""
    found: Counter[tuple[str, str]] = Counter()
    waiting = list(deep(result.reading.sites))
    while waiting:
        site = waiting.pop()
        waiting += deep(site.parts)
        if site.is_conference:
            keys = (raw_key(element, wire) for element, (_, items) in site.nodes.items() for wire in items if wire)
            found.update(("attribute", key) for key in keys)
        elif site.kind != "target" and not site.verb.startswith("#"):
            found["verb", site.verb] += 1
    return found


# -- all of them ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Code:
    """One code at one severity, for one target, over all documents; `first` is where it was found first."""

    first: Found
    source: str
    documents: int = 0
    losses: int = 0
    waived: int = 0


@dataclass(slots=True)
class Step:
    """Something to do, for one target: it takes care of all the codes that have this remedy.

    Attributes:
        severity: of the gravest of its losses.
        documents: that it is for.
        alone: of these, the documents in which nothing else above a notice is left once it is done.
        codes: code -> number of documents.
    """

    remedy: str
    severity: str
    documents: int = 0
    alone: int = 0
    codes: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Target:
    """All documents for one target."""

    name: str
    levels: Counter[str] = field(default_factory=Counter)
    losses: Counter[str] = field(default_factory=Counter)
    codes: dict[tuple[str, str], Code] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return registry.get(self.name).title

    @property
    def lossy(self) -> int:
        return sum(self.levels[severity] for severity in SEVERITIES)

    @property
    def moving(self) -> int:
        """Documents that are not in this dialect already."""
        return self.levels.total() - self.levels["already"]

    @property
    def ready(self) -> int:
        """Documents that can go as they are: nothing above a notice is lost."""
        return self.levels["lossless"] + self.levels["notice"]

    @property
    def readiness(self) -> float:
        """The share of the documents to move that can go as they are, 0 to 1."""
        return self.ready / self.moving if self.moving else 0.0

    def ranked(self) -> list[Code]:
        """The codes, gravest first, then those of most documents."""
        return sorted(
            self.codes.values(), key=lambda each: (_weight(each.first.severity), -each.documents, each.first.code)
        )

    def todo(self) -> list[Step]:
        """What to do, in the order in which to do it: what errors need first, then what most documents need."""
        return sorted(
            self.steps.values(), key=lambda each: (_weight(each.severity), -each.documents, -each.alone, each.remedy)
        )

    def add(self, source: str, verdict: Verdict) -> None:
        self.levels[verdict.level] += 1
        open_: dict[str, list[Found]] = {}
        for found in verdict.codes:
            key = _bounded(self.codes, (_short(found.code), found.severity), (OTHERS, found.severity))
            code = self.codes.setdefault(key, Code(found._replace(code=key[0], written=_short(found.written)), source))
            code.documents += 1
            code.losses += found.losses
            code.waived += found.waived
            self.losses[found.severity] += found.losses
            if found.severity != "notice" and found.waived < found.losses:
                open_.setdefault(_bounded(self.steps, _short(found.remedy), OTHERS), []).append(found)
        for remedy, group in open_.items():
            gravest = max((found.severity for found in group), key=SEVERITIES.index)
            step = self.steps.setdefault(remedy, Step(remedy, gravest))
            step.severity = max(step.severity, gravest, key=SEVERITIES.index)
            step.documents += 1
            step.alone += len(open_) == 1
            step.codes.update({_bounded(step.codes, _short(found.code), OTHERS): 1 for found in group})


class Use(NamedTuple):
    """An attribute of a conference, or a verb around one, in the words of its dialect."""

    dialect: str
    what: str
    name: str
    documents: int
    uses: int


class Failure(NamedTuple):
    """A document that cannot be translated, into which targets, and why, as `TranslatorError.as_dict` has it."""

    source: str
    targets: list[str]
    error: dict[str, Any]


class Audit:
    """What was found in all documents.

    Attributes:
        documents: all but those that were skipped.
        skipped: why -> how many.
        dialects: source dialect -> how many documents; "" where it could not be told.
        targets: by name, in the order asked for.
        failures: the first of the documents that failed.
        failed: how many failed for at least one target.
        fails: whether anything makes the exit status 1.
    """

    def __init__(self, targets: Iterable[str]) -> None:
        self.documents = 0
        self.skipped: Counter[str] = Counter()
        self.dialects: Counter[str] = Counter()
        self.targets = {name: Target(name) for name in targets}
        self.failures: list[Failure] = []
        self.failed = 0
        self.fails = False
        self._uses: Counter[tuple[str, str, str]] = Counter()
        self._used_in: Counter[tuple[str, str, str]] = Counter()

    def add(self, finding: Finding) -> None:
        if finding.skipped:
            self.skipped[_bounded(self.skipped, _short(finding.skipped), OTHERS)] += 1
            return
        self.documents += 1
        self.dialects[finding.dialect or ""] += 1
        for to, verdict in finding.verdicts.items():
            self.targets[to].add(finding.source, verdict)
            self.fails |= verdict.fails
        self._add_failures(finding)
        for (what, name), number in finding.uses.items():
            of = (finding.dialect or "", what)
            key = _bounded(self._uses, (*of, _short(name)), (*of, OTHERS))
            self._uses[key] += number
            self._used_in[key] += 1

    def _add_failures(self, finding: Finding) -> None:
        groups: dict[str, Failure] = {}
        for to, verdict in finding.verdicts.items():
            if verdict.error is not None:
                known = groups.setdefault(repr(verdict.error), Failure(finding.source, [], verdict.error))
                known.targets.append(to)
        self.failed += bool(groups)
        self.failures += [*groups.values()][: TOLD - len(self.failures)]

    def by_readiness(self) -> list[Target]:
        """The targets, the easiest first."""
        return sorted(self.targets.values(), key=lambda target: -target.readiness)

    def uses(self) -> list[Use]:
        """What the documents use: attributes first, then verbs; by number of documents."""
        found = [Use(*key, self._used_in[key], number) for key, number in self._uses.items()]
        return sorted(found, key=lambda use: (use.what, -use.documents, -use.uses, use.dialect, use.name))


def support(use: Use, to: str) -> tuple[Support, str]:
    """Whether a target has what is used, and how it is called there."""
    source, target = registry.get(use.dialect), registry.get(to)
    if use.what == "verb":
        return _verb_support(use.name, source, target)
    element, _, wire = use.name.rpartition("@")
    row = source.conference.by_wire.get(element, {}).get(wire)
    return _attribute_support(row, target) if row is not None else ("unknown", "")


def _attribute_support(row: Attribute, target: Dialect) -> tuple[Support, str]:
    if row.inert:
        return "inert", ""
    there = target.conference.by_field
    fields = target.conference.facts.fields
    names = [name for name in row.names if name not in fields or not fields[name].format_of]
    held = [there[name] for name in names if name in there and there[name].confirmed and not there[name].inert]
    if not held:
        return "no", ""
    return "yes" if len(held) == len(names) else "partly", _words(each.title for each in held)


def _verb_support(name: str, source: Dialect, target: Dialect) -> tuple[Support, str]:
    kinds = {verb.kind: None for verb in source.verbs.values() if name in (verb.name, verb.kind)}
    if not kinds and name not in source.neighbours:
        return "unknown", ""
    forms = [verb for kind in kinds for verb in target.forms.get(kind, ())]
    if forms:
        return "yes", _words(verb.name for verb in forms if verb.wire)
    passed = source.name == target.name or target.name in source.kin
    return ("yes", name) if passed and name in source.neighbours and name in target.neighbours else ("no", "")


def _words(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _weight(severity: str) -> int:
    return -SEVERITIES.index(severity)


def _bounded(table: Collection[Any], key: T, others: T) -> T:
    """A key to count under: another one where there are too many."""
    return key if key in table or len(table) < MOST else others


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."
