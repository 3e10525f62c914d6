"""One document on its way from its file to its output: in writing, or only in looking what would be written."""

from __future__ import annotations

import os
import stat
from array import array
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import tee
from typing import TYPE_CHECKING, NamedTuple

from translator import batch, files
from translator.detection import by_name
from translator.engine import translate
from translator.errors import InvalidOption, TranslatorError
from translator.loss import Fixed, Loss
from translator.report import Outcome, excerpts

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from pathlib import Path
    from typing import Literal

Claims = dict[str, dict["Path", str]]
"""Outputs that are taken: by what their names have in common, each -> by whom."""
DIED = "The process that worked on it has died, twice."


class Job(NamedTuple):
    """One document: where it is, and where its translation goes.

    Attributes:
        source: its file; None for standard input.
        output: None for standard output.
        source_place, place: of source and output, with no links in their paths: what tells whether two are the same.
        syntax: to write in: "xml", "json" or "yaml"; None: the target's own choice.
        found: it was only found: where it holds no conference, it is skipped.
        is_input: its output is one of the inputs, and nothing may be written there.
        alone: it is not for another process: standard input, or an output that several documents would go to.
    """

    source: Path | None
    output: Path | None
    source_place: Path | None
    place: Path | None
    syntax: str | None
    found: bool
    is_input: bool = False
    alone: bool = False

    @property
    def name(self) -> str:
        return files.shown(self.source)


class Done(NamedTuple):
    """What became of a job.

    Attributes:
        outcome: None where it was skipped.
        skipped: why.
        text: the translation, where it goes to standard output.
        stale: how what stands in the output's place is not what would be written, in words; "" where it is.
        diff: the same as a unified diff.
    """

    outcome: Outcome | None
    skipped: str = ""
    text: str | None = None
    stale: str = ""
    diff: str = ""


class Plan:
    """The jobs for inputs. It keeps no job: there may be very many, and each is soon made again.

    Args:
        target: an input's output and syntax.
        in_place: the output may be the input itself.
    """

    def __init__(
        self,
        inputs: batch.Inputs,
        target: Callable[[batch.Input], tuple[Path | None, str | None]],
        *,
        in_place: bool = False,
    ) -> None:
        self._inputs = inputs
        self._target = target
        self._in_place = in_place
        self._directory = cache(files.real)
        outputs: set[int] = set()
        self._sources = array("q")
        """Hashes of the names of all sources."""
        self._shared: set[int] = set()
        """Hashes of the names of outputs that several documents want."""
        for job in self._jobs():
            if job.source_place:
                self._sources.append(hash(files.folded(job.source_place)))
            if job.place:
                name = hash(files.folded(job.place))
                (self._shared if name in outputs else outputs).add(name)
        self._outputs = array("q", outputs)
        self._taken: defaultdict[str, list[Path]] = defaultdict(list)
        """The sources that have the name of an output."""
        for job in self._jobs() if not outputs.isdisjoint(self._sources) else ():
            if job.source_place:
                shown = files.folded(job.source_place)
                if hash(shown) in (self._shared if self._replaces(job) else outputs):
                    self._taken[shown].append(job.source_place)

    def like(self, path: Path) -> Iterator[Path]:
        """The sources and outputs that may be a file, with no links in their paths: nearly always none.

        Args:
            path: with no links in it.
        """
        name = files.folded(path)
        if hash(name) in self._sources or hash(name) in self._outputs:
            for job in self._jobs():
                yield from (each for each in (job.source_place, job.place) if each and files.folded(each) == name)

    def __len__(self) -> int:
        return len(self._inputs)

    def __iter__(self) -> Iterator[Job]:
        for job in self._jobs():
            if job.place is None:
                yield job._replace(alone=job.source is None)
                continue
            name = files.folded(job.place)
            taken = any(files.same(job.place, source) for source in self._taken.get(name, ()))
            is_input = taken and not self._replaces(job)
            yield job._replace(is_input=is_input, alone=job.source is None or hash(name) in self._shared)

    def _jobs(self) -> Iterator[Job]:
        return map(self._job, self._inputs)

    def _job(self, each: batch.Input) -> Job:
        output, syntax = self._target(each)
        return Job(each.path, output, self._place(each.path), self._place(output), syntax, each.found)

    def _place(self, path: Path | None) -> Path | None:
        """A path with no links in it."""
        if path is None:
            return None
        linked = os.path.islink(path)  # noqa: PTH114 - Path.is_symlink raises where a name is too long
        return files.real(path) if linked else self._directory(path.parent) / path.name

    def _replaces(self, job: Job) -> bool:
        return self._in_place and _replaced(job)


def tell(outcome: Outcome, source: str | bytes, losses: tuple[Loss, ...], *, notices: bool) -> None:
    """Fill in what a report says of a document.

    Args:
        notices: False: they are only counted, and come without place and words, which are dear to make and to pickle.
    """
    told = losses if notices else [loss for loss in losses if loss.severity != "notice"]
    if not notices:
        losses = tuple(
            [_notice(each.kind, each.field, each.said) if each.severity == "notice" else each for each in losses]
        )
    outcome.losses = losses
    outcome.lines = excerpts(source, told, outcome.error)


@lru_cache(maxsize=1024)
def _notice(kind: str, field: str, said: bool) -> Loss:
    return Loss(kind, "notice", field, said, None, None, _NOWHERE)


_NOWHERE = Fixed(("", ""), ("", ""), lambda _: (1, 1))


@dataclass(repr=False, slots=True)
class Conversion:
    """How documents are translated, and what is done with the translations. Can be pickled.

    Attributes:
        to, from_, options: as for `translate`.
        mode: "write"; "check" or "diff": compare with what stands in the output's place; "dry-run": do nothing.
        out_dir: the directory that outputs really stand below; None: they may stand anywhere.
        in_place: each output takes the place of its source.
        notices: whether somebody wants more of notices than their number.
    """

    to: str
    from_: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    mode: str = "write"
    out_dir: Path | None = None
    in_place: bool = False
    notices: bool = True

    def run(self, jobs: Plan, processes: int | Literal["auto"] = "auto") -> Generator[tuple[Job, Done], None, None]:
        """What became of each job, in order. The first that can be translated gets an output that several want."""
        claimed: Claims = {}
        given, kept = tee(jobs)  # few are waiting at any time
        with closing(batch.run(self, given, processes, count=len(jobs), lost=self.lost)) as results:
            for job, result in zip(kept, results, strict=True):
                done = self.convert(job, claimed) if job.alone else result
                if self.in_place and self.mode == "write" and done.outcome and done.outcome.output:
                    _remove(job, done.outcome)
                yield job, done

    def __call__(self, job: Job) -> Done:
        return Done(None) if job.alone else self.convert(job, {})

    def convert(self, job: Job, claimed: Claims) -> Done:
        """Convert one document. In place, its source still stands afterwards.

        Args:
            claimed: outputs that are taken.

        Raises:
            InvalidOption: one of `options` is wrong.
        """
        outcome = Outcome(job.name, self.from_, self.to)
        done = Done(outcome)
        source = b""
        losses: tuple[Loss, ...] = ()
        try:
            source = files.read(job.source)
            named = self.from_ or (by_name(job.source.name) if job.source else None)
            result = translate(source, self.to, named, syntax=job.syntax, options=self.options)
            outcome.from_, losses = result.source_dialect, result.losses
            outcome.assumed = result.detection.why if result.detection else ""
            done = self._put(result.text, job, outcome, claimed)
        except InvalidOption:
            raise
        except TranslatorError as error:
            why = batch.why_skipped(error, source) if job.found else ""
            if why:
                return Done(None, why)
            outcome.error = error
        except OSError as error:
            outcome.error = TranslatorError(f"{error.strerror or error}: {error.filename or job.name}.")
        tell(outcome, source, () if outcome.error else losses, notices=self.notices)
        return done

    def _put(self, text: str, job: Job, outcome: Outcome, claimed: Claims) -> Done:
        """Put a translation where it belongs, or compare it with what stands there."""
        if job.output is None or job.place is None:
            outcome.output = "-"
            return Done(outcome, text=text)
        name = files.shown(job.output)
        if job.is_input:
            raise TranslatorError(f"The output {name} is one of the inputs; nothing was written.")
        taken = claimed.setdefault(files.folded(job.place), {})
        for place, by in taken.items():
            if files.same(place, job.place):
                raise TranslatorError(f"The output {name} is already that of {by}; rename one of the two.")
        if self.in_place and job.source and not stat.S_ISREG(job.source.lstat().st_mode):
            raise TranslatorError("Only a file is replaced in its place, no link; nothing was written.")
        moves = self.in_place and job.source_place and not files.same(job.place, job.source_place)
        if moves and self.mode in ("write", "dry-run") and job.output.exists():
            raise TranslatorError(f"The output {name} stands there already, and is not ours; nothing was written.")
        taken[job.place] = job.name
        below = job.output.parent if self.in_place else self.out_dir
        if below is not None:
            files.check_below(job.output, below)
        if self.mode == "write":
            files.write_atomically(job.output, text, like=job.source if self.in_place else None)
            outcome.output = name
        elif self.mode != "dry-run":
            return self._compare(text, job, outcome, name)
        return Done(outcome)

    def _compare(self, text: str, job: Job, outcome: Outcome, name: str) -> Done:
        try:
            standing: bytes | None = job.output.read_bytes() if job.output else None
        except FileNotFoundError:
            standing = None
        if standing == text.encode():
            stays = self.in_place and not _replaced(job)
            return Done(outcome, stale=f"{name}: its source {job.name} still stands" if stays else "")
        if self.mode == "check":
            return Done(outcome, stale=f"{name}: {'missing' if standing is None else 'differs'}")
        before = (standing or b"").decode("utf-8", "replace")
        diff = files.diff(before, text, "/dev/null" if standing is None else name, name)
        return Done(outcome, stale=f"{name}: differs", diff=diff)

    def lost(self, job: Job) -> Done:
        return Done(Outcome(job.name, self.from_, self.to, error=TranslatorError(DIED)))


def _replaced(job: Job) -> bool:
    """Whether the output stands where the source stood, also where its name differs in case alone."""
    return job.source_place is not None and job.place is not None and files.same(job.source_place, job.place)


def _remove(job: Job, outcome: Outcome) -> None:
    """Remove a source whose translation stands beside it."""
    if job.source is None or _replaced(job):
        return
    try:
        job.source.unlink()
    except OSError as error:
        words = f"Its translation stands in {outcome.output}, and it cannot be removed: {error.strerror}."
        outcome.error, outcome.losses = TranslatorError(words), ()
