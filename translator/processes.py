"""Work in several processes: in order, with few items and results waiting, and going on where a process dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

CHUNK: Final = 32
"""Items that go to a process at a time: enough that handing over costs little, few enough to stop soon."""


def run(work: Callable[[T], R], items: Iterator[T], jobs: int, lost: Callable[[T], R] | None) -> Iterator[R]:
    """What `batch.run` does with several processes."""
    pool = _pool(jobs)
    waiting: deque[tuple[list[T], Future[list[R]]]] = deque()
    chunks = iter(lambda: list(islice(items, CHUNK)), [])
    try:
        while True:
            waiting += ((chunk, _hand_over(pool, work, chunk)) for chunk in islice(chunks, 3 * jobs - len(waiting)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                done: Iterable[R] = future.result()
            except BrokenProcessPool:
                pool.shutdown()
                done = list(_one_by_one(work, chunk, lost))
                pool = _pool(jobs)
                again = [(each, _hand_over(pool, work, each) if old.exception() else old) for each, old in waiting]
                waiting = deque(again)
            yield from done
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(work: Callable[[T], R], chunk: list[T], lost: Callable[[T], R] | None) -> Iterator[R]:
    """A chunk once more, each item in a process of its own: only the one that kills it is lost."""
    for item in chunk:
        with _pool(1) as pool:
            try:
                yield from _hand_over(pool, work, [item]).result()
            except BrokenProcessPool:
                if lost is None:
                    raise
                yield lost(item)


def _hand_over(pool: ProcessPoolExecutor, work: Callable[[T], R], chunk: list[T]) -> Future[list[R]]:
    try:
        return pool.submit(_each, work, chunk)
    except BrokenProcessPool as error:
        future: Future[list[R]] = Future()
        future.set_exception(error)
        return future


def _each(work: Callable[[T], R], chunk: list[T]) -> list[R]:
    return [work(item) for item in chunk]


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_begin)


def _begin() -> None:
    """In a new process: Ctrl-C is the affair of the first one, and when that is gone, so is this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
