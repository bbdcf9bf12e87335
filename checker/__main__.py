"""The command ``plancheck``, also as ``python -m checker``: the start and the end of its process."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> None:
    """Run the command as a process of its own.

    What is loaded at the start stays until the end. The garbage collector would walk over all of
    it again and again, for half as long as Python needs to start: so it is told not to look at it,
    and to wait for more garbage before it looks at the rest.
    """
    gc.disable()
    from checker.cli import main as run

    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
    try:
        run()
    except SystemExit as stopped:
        with suppress(OSError, ValueError):  # output that cannot be written any more: Python says so
            if isinstance(stopped.code, int):
                _leave(stopped.code)
        raise


def _leave(status: int) -> NoReturn:
    """End the process: its memory goes with it, without taking it to pieces first."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
