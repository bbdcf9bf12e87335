"""How far a long run is: a bar on the terminal, which is gone when the run is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, NoReturn

from checker.model import Bilingual

if TYPE_CHECKING:
    from tqdm import tqdm

    from checker.engine import OnChecked

_PATIENCE = 1.0
"""For how many seconds nobody wonders whether anything is going on."""
_LOGS = ("CI", "PRE_COMMIT")
"""Set where standard error may look like a terminal and is kept in a log or shown later."""


@contextmanager
def shown_progress(language: str, quiet: bool = False) -> Iterator[OnChecked | None]:
    """Give what is to be told of each draft that is done; None where nobody is looking at a terminal, or wants to."""
    if quiet or not _is_watched():
        yield None
        return
    progress = Progress(language)
    try:
        yield progress.on_checked
    finally:
        progress.close()


def _is_watched() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not any(map(os.environ.get, _LOGS))


class Progress:
    """A bar on standard error that comes when a run takes long, and goes with it."""

    def __init__(self, language: str, patience: float = _PATIENCE) -> None:
        self._language = language
        self._shown_from = perf_counter() + patience
        self._bar: tqdm[NoReturn] | None = None

    def on_checked(self, done: int, number: int) -> None:
        """Show that ``done`` drafts of ``number`` are done."""
        if self._bar is None:
            if done == number or perf_counter() < self._shown_from:
                return
            self._bar = _bar(done, number, self._language)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


def _bar(done: int, number: int, language: str) -> tqdm[NoReturn]:
    """Return a bar, which reckons the time that is left from now on; without colours, NO_COLOR or not."""
    from threading import RLock

    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread of its own,
    tqdm.set_lock(RLock())  # and no lock between processes: only this one draws
    label = Bilingual("检查方案", "checking").in_language(language)
    left = Bilingual("还要", "left").in_language(language)
    bar: tqdm[NoReturn] = tqdm(
        initial=done,
        total=number,
        leave=False,
        file=sys.stderr,
        dynamic_ncols=True,
        bar_format=f"{label} {{percentage:3.0f}}% {{bar}} {{n_fmt}}/{{total_fmt}}  {left} {{remaining}}",
    )
    return bar
