"""The command ``plancheck``, also as ``python -m checker``: the start and the end of its process."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command as a process of its own.

    What is loaded at the start stays until the end. The garbage collector would walk over all of
    it again and again, at the end once more, for as long as Python needs to start: so it is told
    not to look at it, and to wait for more garbage before it looks at the rest.
    """
    gc.disable()
    from checker.cli import main as run

    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
