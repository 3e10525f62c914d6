"""Files: written whole or not at all; trees walked without following links; names of outputs."""

from __future__ import annotations

import errno
import os
import stat
import sys
import unicodedata
from contextlib import contextmanager, suppress
from fnmatch import fnmatch
from functools import cache, lru_cache
from io import StringIO
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

from translator.errors import TranslatorError
from translator.syntax import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES = (".xml", ".json", ".yaml", ".yml")
LINE_SUFFIXES = (".jsonl", ".ndjson")


def read(path: Path | None) -> bytes:
    """A file, None for standard input; and one byte more than a document may have of what has no end: a device, a pipe.

    Raises:
        OSError: it cannot be read.
        TranslatorError: standard input is closed.
    """
    most = limits.current().max_bytes + 1
    if path is None:
        return standard_input().read(most)
    with path.open("rb") as file:
        return file.read(most)


def standard_input() -> IO[bytes]:
    """Standard input, as bytes."""
    if sys.stdin is None:
        raise TranslatorError("Standard input is closed.")
    return sys.stdin.buffer


def real(path: Path) -> Path:
    """A path with no links in it; a link that leads to itself stays as it is."""
    return Path(os.path.realpath(path))


def folded(path: Path | None) -> str:
    """What the names of one file have in common on a file system that tells neither case nor ways to code an accent."""
    return unicodedata.normalize("NFC", str(path).casefold())


def same(path: Path, other: Path) -> bool:
    """Whether two paths, with no links in them, lead to one file."""
    if path == other:
        return True
    try:
        return folded(path) == folded(other) and path.samefile(other)
    except OSError:
        return False


def shown(path: Path | None) -> str:
    """A path as text, - for standard input; bytes that are no UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace") if path is not None else "-"


def is_directory(path: Path) -> bool:
    """Whether it is a directory, or a link to one; whatever the name: `Path.is_dir` raises where it is too long."""
    return os.path.isdir(path)  # noqa: PTH112


def check_below(path: Path, directory: Path) -> None:
    """Refuse a place for an output that is not really below its directory: a link stands on the way, or a special file.

    Raises:
        FileExistsError: what stands there is not ours to write to.
    """
    for place in (path, *path.parents):
        if place == directory:
            return
        if place.is_symlink():
            raise FileExistsError(errno.EEXIST, "A link stands in the way", str(place))
        if place == path and place.exists() and not place.is_file():
            raise FileExistsError(errno.EEXIST, "What stands there is no file", str(place))
    raise FileExistsError(errno.EEXIST, "The output lies outside its directory", str(path))


def write_atomically(path: Path, text: str, like: Path | None = None) -> None:
    """Write a text: see `atomic`."""
    with atomic(path, like) as file:
        file.write(text)


@contextmanager
def atomic(path: Path, like: Path | None = None) -> Iterator[IO[str]]:
    """A file to write to, beside the target, and renamed at the end: the target is the old one or the new one, whole.

    A link stays a link, and what is no file (a pipe, a device) is written to.

    Args:
        like: a file whose permissions a new file takes.

    Raises:
        OSError: it cannot be written; it names the target.
    """
    try:
        path = real(path)
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as file:
                yield file
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = _mode(path, like)
        beside = path.with_name(f".translator-{os.urandom(8).hex()}.tmp")
        try:  # not tempfile.mkstemp: an interrupt right behind it would leave its file
            file = open(beside, "x", encoding="utf-8", newline="\n", opener=_private)  # noqa: SIM115
            try:
                yield file
                file.close()
            finally:
                with suppress(OSError):  # what went wrong first is what is told
                    file.close()
            beside.chmod(mode)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _mode(path: Path, like: Path | None) -> int:
    for each in (path, like):
        try:
            return each.stat().st_mode & 0o777 if each else 0o666 & ~_umask()
        except FileNotFoundError:
            continue
    return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def walk(
    directory: Path,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    *,
    glob: str = "",
    without: Path | None = None,
) -> Iterator[Path]:
    """Files below a directory that may be documents, in order; no links, pipes, devices or hidden ones.

    A directory that cannot be listed is given itself, at the end: whoever reads it learns why.

    Args:
        include: globs, see `matches`: a file matches one of them. None: its suffix is one of `SUFFIXES`.
        exclude: globs of files, and of directories that are not gone into.
        glob: what a file's path matches as a whole, whatever its suffix.
        without: a directory that is not gone into; no links in its path.
    """
    unreadable: list[OSError] = []
    top, pattern = real(directory), PurePath(glob).parts
    for root, directories, names in os.walk(directory, onerror=unreadable.append):
        here = PurePath(root).relative_to(directory)
        deeper = not pattern or "**" in pattern or len(here.parts) + 1 < len(pattern)
        directories[:] = sorted(
            name
            for name in directories
            if deeper and _is_seen(here / name, exclude) and not (without and top / here / name == without)
        )
        names.sort(reverse=True)
        while names:  # nobody needs a name again
            name = names.pop()
            below, path = here / name, Path(root, name)
            wanted = matches(below, include) if include else pattern or name.lower().endswith(SUFFIXES)
            if wanted and _is_seen(below, exclude) and (not pattern or _match(below.parts, pattern)):
                if _is_regular(path):
                    yield path
    yield from (Path(error.filename) for error in unreadable)


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return True  # whoever reads it learns why it cannot be


def _is_seen(path: PurePath, exclude: Sequence[str]) -> bool:
    return not path.name.startswith(".") and not (exclude and matches(path, exclude))


def matches(path: PurePath, globs: Iterable[str]) -> bool:
    """Whether a path, relative to its directory, matches one of the globs.

    `*` and `?` stand for characters of one name, `**` for any number of directories. A glob without a slash is one of
    names, in whatever directory.
    """
    return any(_match(path.parts, _parts(glob)) for glob in globs)


@cache
def _parts(glob: str) -> tuple[str, ...]:
    parts = PurePath(glob).parts
    return ("**", *parts) if len(parts) == 1 else parts


@lru_cache(maxsize=4096)  # or several ** would be tried in every way that there is
def _match(names: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    if not pattern:
        return not names
    if pattern[0] == "**":
        return any(_match(names[index:], pattern[1:]) for index in range(len(names) + 1))
    return bool(names) and fnmatch(names[0], pattern[0]) and _match(names[1:], pattern[1:])


def split_glob(path: Path) -> tuple[Path, str]:
    """The directory in which a glob is looked for, and the rest; the rest is empty where it is none."""
    for index, part in enumerate(path.parts):
        if any(character in part for character in "*?["):
            return Path(*path.parts[:index]), "/".join(path.parts[index:])
    return path, ""


def diff(found: str, text: str, before: str, after: str) -> str:
    """The unified diff of two texts, named `before` and `after`; "" where they are the same."""
    from difflib import unified_diff

    lines = unified_diff(_lines(found), _lines(text), before, after)
    whole = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(whole).rstrip("\n")


def _lines(text: str) -> list[str]:
    """The lines with their ends: `str.splitlines` takes other characters for ends, too."""
    return [*StringIO(text, newline="\n")]


def output_name(name: str, dialects: frozenset[str], suffix: str) -> str:
    """`room.cxml.xml` and `room.xml` become `room.jambonz.json`."""
    stem = name.rpartition(".")[0] or name
    head, dot, last = stem.rpartition(".")
    if dot and head and last.lower() in dialects:
        stem = head
    return stem + suffix
