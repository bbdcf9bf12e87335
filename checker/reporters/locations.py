"""Where a violation is, as code hosts and editors want to be told: paths below a root, addresses, last lines."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from checker.model import Violation


def path_below(path: str, root_variable: str) -> str:
    """Return a path from the root of a repository, with ``/``; one that is elsewhere as it is, without ``./``.

    The root is the folder that the environment variable names, as continuous integration sets it
    (``GITHUB_WORKSPACE``, ``CI_PROJECT_DIR``), else the current one.
    """
    here = Path.cwd()
    root = Path(os.environ.get(root_variable) or here).resolve()
    try:
        below = os.path.relpath(here / path, root)
    except ValueError:  # on another drive
        below = os.pardir
    if below == os.pardir or below.startswith(os.pardir + os.sep):
        below = os.path.normpath(path)
    return below.replace(os.sep, "/")


def address(path: str) -> str:
    """Return the URI of a path of ``path_below``: relative and percent-encoded, or ``file:`` for one that is elsewhere.

    >>> address("drafts/实施方案 1.txt")
    'drafts/%E5%AE%9E%E6%96%BD%E6%96%B9%E6%A1%88%201.txt'
    """
    if is_below(path):
        return quote(path, safe="/", errors="replace")
    place = os.path.normpath(Path.cwd() / path).replace(os.sep, "/")
    return "file://" + quote(place if place.startswith("/") else f"/{place}", safe="/:", errors="replace")


def is_below(path: str) -> bool:
    """Say whether a path of ``path_below`` is one below the root."""
    return not Path(path).is_absolute() and path != ".." and not path.startswith("../")


def last_line(violation: Violation) -> int:
    """Return the last line of which a violation has a character: its end may be the beginning of the next one."""
    if violation.end_column == 1 and violation.end_line > violation.line:
        return violation.end_line - 1
    return violation.end_line
