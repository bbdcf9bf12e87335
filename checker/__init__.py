"""plancheck: the rules-based compliance checker for government plans.

from checker import check, parse

report = check("draft.txt")       # a Report, as ``plancheck check`` prints it
plan = parse("draft.txt")         # a Plan, as ``plancheck parse`` prints it
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from checker.model import Plan, Report

__version__ = "0.1.0"

# grammars/, rules/ and plugins/ lie beside checker/ in the source and inside of it once installed:
# python -m checker in a checkout finds them too.
_HERE = os.path.dirname(__file__)
if not os.path.isdir(os.path.join(_HERE, "grammars")):
    __path__.append(os.path.dirname(_HERE))


def check(
    *paths: str | PathLike[str],
    select: str | Sequence[str] = ("all",),
    ignore: str | Sequence[str] = (),
    language: str = "zh",
    rules: str | PathLike[str] | Sequence[str | PathLike[str]] = (),
    plugins: str | Sequence[str] = (),
) -> Report:
    """Check the drafts that ``paths`` name, files or folders, with the chosen rules.

    ``select`` and ``ignore`` take ids of rules, names of packs, or ``all``; ``rules`` takes folders
    of more rule packs, ``plugins`` the modules of plugins beside the installed ones. A draft that
    cannot be read is in the report with the reason. Raises Problem for an unknown name, for a rule
    file with a mistake and for a plugin that cannot be used.
    """
    from checker.engine import check_paths, sound_review
    from checker.host import host

    more = host((plugins,) if isinstance(plugins, str) else tuple(plugins))
    return check_paths([str(path) for path in paths], sound_review(select, ignore, language, rules, more))


def parse(path: str | PathLike[str], *, plugins: str | Sequence[str] = ()) -> Plan:
    """Return the plan in a draft. Raises Unreadable for a draft that cannot be read.

    It is read by the bundled words and those of plugins, the installed ones and the modules in
    ``plugins``; raises BadRule for a plugin or words with a mistake.
    """
    from checker.host import host
    from checker.lexicon_extension import use
    from checker.parsing import parsed
    from checker.problems import BadRule
    from checker.reader import load, read

    hosted = host((plugins,) if isinstance(plugins, str) else tuple(plugins))
    for problem in (*hosted.faults, *use(hosted.word_places, hosted.origins, hosted.grammars)):
        raise BadRule(problem)
    return parsed(read(load(str(path)), str(path), hosted.readers), hosted)


__all__ = ["__version__", "check", "parse"]
