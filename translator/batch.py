"""Many documents: which ones, and the work on them in one process or in several. Nothing of the command line."""

from __future__ import annotations

import os
from collections.abc import Sized
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeVar

from translator import files

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from translator.errors import TranslatorError

T = TypeVar("T")
R = TypeVar("R")

PAYS: Final = 400
"""From this number of documents on, several processes are faster than one: to start them costs as much as 100."""

# -- which documents -----------------------------------------------------------------------------------------------


class Input(NamedTuple):
    """One document to work on.

    Attributes:
        path: its file; None for standard input.
        relative: where it stands below the directory that was named, or its name.
        found: it was looked for in a directory, or with a glob: where it holds no conference, it is none of ours.
    """

    path: Path | None
    relative: Path
    found: bool


class Inputs:
    """The documents to work on, in order, each once. There may be very many: each is kept as its name alone."""

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}
        """Path, NUL, what of it is relative: from which character on, else behind another NUL in full -> found."""

    def add(self, each: Input) -> None:
        path, relative = "" if each.path is None else str(each.path), str(each.relative)
        rest = str(len(path) - len(relative)) if path.endswith(relative) else f"\0{relative}"
        key = f"{path}\0{rest}"
        self._known[key] = each.found and self._known.get(key, True)

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[Input]:
        for key, found in self._known.items():
            path, _, rest = key.partition("\0")
            relative = path[int(rest) :] if rest[0] != "\0" else rest[1:]
            yield Input(Path(path) if path else None, Path(relative), found)


def find(
    paths: Iterable[Path], include: Sequence[str] = (), exclude: Sequence[str] = (), *, without: Path | None = None
) -> Inputs:
    """The documents that paths name, in order, each once.

    Args:
        paths: files, directories, globs that no shell has expanded; `-` is standard input.
        include, exclude: globs for what is found in directories and by globs: see `files.walk`.
        without: a directory of outputs: what stands there is no input, unless it is the named directory itself.
    """
    outputs = files.real(without) if without else None
    inputs = Inputs()
    for path in paths:
        if str(path) == "-":
            inputs.add(Input(None, Path("stdin"), found=False))
            continue
        directory, glob = (path, "") if os.path.lexists(path) else files.split_glob(path)
        tree = files.is_directory(directory)
        found = False
        for each in files.walk(directory, include, exclude, glob=glob, without=outputs) if tree else ():
            inputs.add(Input(each, each.relative_to(directory), found=True))
            found = True
        if not found and (glob or not tree):
            inputs.add(Input(path, Path(path.name), found=False))
    return inputs


def why_skipped(error: TranslatorError, source: bytes) -> str:
    """Why a document that was only found is none of ours, in words; "" where it is one, and fails."""
    from translator.errors import AmbiguousDialect, NoConference

    if not isinstance(error, NoConference | AmbiguousDialect):
        return ""
    if not (isinstance(error, AmbiguousDialect) and error.candidates) and not error.cause:
        return error.message[0].lower() + error.message[1:].rstrip(".")
    if isinstance(error, AmbiguousDialect) and not _has_conference(source, error.candidates):
        return "no conference here"
    return ""


def _has_conference(source: bytes, candidates: tuple[str, ...]) -> bool:
    """Whether any of the dialects that a document may be in has a conference in it."""
    from translator.engine import read
    from translator.errors import NoConference, TranslatorError

    for name in candidates:
        try:
            read(source, name)
        except NoConference:
            continue
        except TranslatorError:
            pass
        return True
    return False


# -- the work on them ----------------------------------------------------------------------------------------------


def run(
    work: Callable[[T], R],
    items: Iterable[T],
    jobs: int | Literal["auto"] = "auto",
    *,
    count: int | None = None,
    lost: Callable[[T], R] | None = None,
) -> Generator[R, None, None]:
    """The result of `work` for each item, in the order of the items, whatever the number of processes.

    Items are taken as they are needed, and few results are waiting at any time: a stream without end can be worked on.
    Close the iterator (`contextlib.closing`) to be sure that no process outlives its use.

    Args:
        work: for several processes it and all that it takes and gives can be pickled. It may be called twice for an
            item, where a process has died in between.
        jobs: number of processes, from 1; "auto": as many as there are cores, where there are items enough to
            pay; the first ones of a stream are worked on in this process.
        count: of the items, where that is known.
        lost: the result for an item on which a process has died twice. Without it, `BrokenProcessPool` is raised.
    """
    if count is None and isinstance(items, Sized):
        count = len(items)
    if jobs == "auto" and count is not None:
        jobs = _cores() if count >= PAYS else 1
    items = iter(items)
    if jobs == "auto":
        yield from map(work, islice(items, PAYS))  # at once: nobody knows when more of a stream will come
        jobs = _cores()
    if jobs == 1:
        yield from map(work, items)
    else:
        from translator import processes

        yield from processes.run(work, items, jobs, lost)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
