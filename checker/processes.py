"""Drafts checked in several processes: for many of them, on a machine with several cores."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from checker.engine import Review, check_file
from checker.expressions import keep_new_expressions
from checker.model import Bilingual, FileReport
from checker.problems import Problem
from checker.reviews import Reviews

# Drafts that a process gets at a time: few enough for all to end together, and to stop soon on Ctrl-C.
_AT_A_TIME = 4

_reviews: Review | Reviews
"""In a process of its own: what the drafts there are checked with."""


def check_in_processes(drafts: Sequence[str], reviews: Review | Reviews, jobs: int) -> Iterator[FileReport]:
    """Yield the reports of drafts in order; ``jobs`` is the number of processes, 0 takes one for each core.

    Raises Problem when a process ends without a report: killed, or out of memory.
    """
    number = min(jobs or cores(), -(-len(drafts) // _AT_A_TIME))
    done = 0
    pool = ProcessPoolExecutor(number, initializer=_begin, initargs=(reviews,))
    try:
        for report in pool.map(check_here, drafts, chunksize=_AT_A_TIME):
            done += 1
            yield report
    except BrokenProcessPool as error:
        near = drafts[done]
        raise Problem(
            Bilingual(
                f"检查进程意外终止（可能内存不足），停在第 {done + 1} 份方案附近：{near}；可用 --jobs 1 重试",
                f"a process ended unexpectedly (out of memory?) near draft {done + 1}, {near}; try --jobs 1",
            )
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(reviews: Review | Reviews) -> None:
    """Begin a process: keep what it works with, made anew here."""
    import signal

    global _reviews
    # On Ctrl-C the first process stops the others; they have nothing to say of their own.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if reviews.host.third_parties:
        sys.stdout = sys.stderr  # what they print is no report
    _reviews = reviews


def check_here(draft: str) -> FileReport:
    """Check one draft in a process of its own."""
    report = check_file(draft, _reviews.of(draft))
    keep_new_expressions()
    return report
