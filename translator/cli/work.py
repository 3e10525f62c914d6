"""What `translator convert` works on: documents with places of their own, or lines of a stream."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from translator.cli.common import diff_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from translator.batch import Input
    from translator.conversion import Done, Job
    from translator.report import Outcome


class Destination(NamedTuple):
    """Where documents go, and whether they are written there: mode is "write", "check", "diff" or "dry-run"."""

    output: Path | None
    out_dir: Path | None
    in_place: bool
    mode: str

    def check(self) -> None:
        """Refuse what excludes each other, and to compare with nothing."""
        given = [bool(self.output), bool(self.out_dir), self.in_place]
        if sum(given) > 1:
            raise click.UsageError("-o, --out-dir and --in-place exclude each other.")
        if self.mode != "write" and not any(given):
            raise click.UsageError(f"--{self.mode} needs -o FILE, --out-dir or --in-place: where the output stands.")


class Terms(NamedTuple):
    """How documents are translated, as `Conversion` has it."""

    to: str
    from_: str | None
    syntax: str | None
    options: dict[str, str]
    notices: bool


class Documents:
    """Documents, each from and to a place of its own.

    Attributes:
        total: their number.
        prints: why standard output is taken; "" where it is not.
        skipped: (name, why) of what was found and is none of ours; filled by the work.
        stale: whether an output is not what would be written; known after the work.
    """

    def __init__(
        self,
        paths: tuple[Path, ...],
        include: tuple[str, ...],
        exclude: tuple[str, ...],
        where: Destination,
        terms: Terms,
        jobs: int | Literal["auto"],
    ) -> None:
        from translator import batch, files
        from translator.conversion import Conversion, Plan
        from translator.report.safe import printable

        many = where.out_dir or where.in_place
        for path in paths:
            if not many and files.is_directory(path):
                raise click.UsageError(
                    f"{printable(files.shown(path))} is a directory: use --out-dir DIR, or --in-place."
                )
            if where.in_place and str(path) == "-":
                raise click.UsageError("Standard input cannot be replaced --in-place.")
        inputs = batch.find(paths, include, exclude, without=where.out_dir)
        if len(inputs) > 1 and not many:
            raise click.UsageError("Several documents need --out-dir, or --in-place.")
        self._jobs = Plan(inputs, _targets(where, terms), in_place=where.in_place)
        self._processes = jobs
        self._work = Conversion(
            terms.to, terms.from_, terms.options, where.mode, where.out_dir, where.in_place, terms.notices
        )
        self.skipped: list[tuple[str, str]] = []
        self.stale = False
        self.total = len(inputs)
        self.prints = ""
        if where.mode != "write":
            self.prints = f"that is where --{where.mode} writes"
        elif not many and not where.output:
            self.prints = "the document goes there"

    def like(self, path: Path | None) -> Iterator[Path]:
        """The sources and outputs that may be this file, with no links in their paths."""
        from translator import files

        if path is not None:
            yield from self._jobs.like(files.real(path))

    def outcomes(self, say: Callable[[str], None], styled: bool) -> Generator[Outcome, None, None]:
        """Do the work. `say` prints on standard output, and `styled` asks for colour there."""
        with closing(self._work.run(self._jobs, self._processes)) as results:
            for job, done in results:
                if done.outcome is None:
                    self.skipped.append((job.name, done.skipped))
                    continue
                self.stale = self.stale or bool(done.stale)
                self._tell(job, done, say, styled)
                yield done.outcome

    def _tell(self, job: Job, done: Done, say: Callable[[str], None], styled: bool) -> None:
        """Say on standard output what belongs there."""
        from translator.errors import TranslatorError
        from translator.files import shown
        from translator.report.safe import inert, printable

        text = done.text
        if done.diff:
            text = "".join(f"{line}\n" for line in diff_lines(done.diff, styled=styled))
        elif done.stale:
            text = f"{inert(printable(done.stale))}\n"
        elif self._work.mode == "dry-run" and done.outcome and not done.outcome.error:
            text = f"{inert(printable(f'{job.name} -> {shown(job.output)}'))}\n"
        if text is not None and done.outcome:
            try:
                say(text)
            except TranslatorError as error:
                done.outcome.error, done.outcome.losses, done.outcome.output = error, (), None


def _targets(where: Destination, terms: Terms) -> Callable[[Input], tuple[Path | None, str | None]]:
    """The output of an input, and its syntax."""
    from translator import files, registry

    dialect = registry.get(terms.to)
    suffixes = dialect.suffixes
    known = frozenset({*registry.names(), *registry.ALIASES, terms.to})

    def target(each: Input) -> tuple[Path | None, str | None]:
        if not (where.out_dir or where.in_place):
            return where.output, terms.syntax
        name = each.relative.name
        kept = [suffix for suffix in suffixes if name.lower().endswith(suffix)]
        fitting = [suffix for suffix in (*kept, *suffixes) if terms.syntax in (None, syntax_of(suffix))]
        suffix = fitting[0] if fitting else suffixes[0]
        syntax = terms.syntax or (syntax_of(suffix) if syntax_of(suffix) in dialect.syntaxes else None)
        below = where.out_dir / each.relative if where.out_dir else each.path or each.relative
        return below.with_name(files.output_name(name, known, suffix)), syntax

    return target


def syntax_of(suffix: str) -> str:
    """The syntax that a suffix names: `.yml`, `.swml.yaml` -> yaml."""
    return {"yml": "yaml"}.get(name := suffix.lower().rpartition(".")[2], name)


class Lines:
    """A stream of documents, one a line. Attributes as for `Documents`."""

    skipped: tuple[tuple[str, str], ...] = ()
    stale = False
    total = None

    def __init__(self, paths: tuple[Path, ...], where: Destination, terms: Terms, jobs: int | Literal["auto"]) -> None:
        from translator import files
        from translator.jsonlines import LineConversion

        if len(paths) > 1:
            raise click.UsageError("JSON Lines are read from one PATH.")
        if where.out_dir or where.in_place or where.mode != "write":
            raise click.UsageError("JSON Lines go to standard output or -o FILE, and nowhere else.")
        self._source = paths[0] if str(paths[0]) != "-" else None
        self._output = where.output
        if self._source and self._output and files.same(files.real(self._source), files.real(self._output)):
            raise click.UsageError("The output is the input.")
        name = files.shown(self._source)
        self._work = LineConversion(name, terms.to, terms.from_, terms.syntax, terms.options, terms.notices)
        # somebody may wait for a line before the next one is sent
        self._processes: int | Literal["auto"] = 1 if jobs == "auto" and not self._source else jobs
        self.prints = "" if where.output else "the documents go there"

    def like(self, _: Path | None) -> Iterator[Path]:
        """As for `Documents`."""
        from translator import files

        yield from (files.real(each) for each in (self._source, self._output) if each)

    def outcomes(self, say: Callable[[str], None], styled: bool) -> Generator[Outcome, None, None]:
        """As for `Documents`. The output is there when the last line is."""
        from translator import batch, files, jsonlines
        from translator.errors import InvalidOption, TranslatorError
        from translator.report import Outcome

        name = files.shown(self._output) if self._output else "-"
        try:
            with ExitStack() as stack:
                file = stack.enter_context(self._source.open("rb")) if self._source else files.standard_input()
                write = stack.enter_context(files.atomic(self._output)).write if self._output else say
                lines = jsonlines.lines(file)
                results = batch.run(self._work, lines, self._processes, lost=self._work.lost)
                for outcome, text in stack.enter_context(closing(results)):
                    write(text)
                    outcome.output = None if outcome.error else name
                    yield outcome
        except InvalidOption:
            raise
        except TranslatorError as error:
            yield Outcome(self._work.name, self._work.from_, self._work.to, error=error)
        except BrokenPipeError:
            raise
        except OSError as error:
            words = f"{error.strerror or error}: {error.filename or self._work.name}."
            yield Outcome(self._work.name, self._work.from_, self._work.to, error=TranslatorError(words))
