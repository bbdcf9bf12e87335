"""What tells a violation from others across versions of a draft, and the index among equals in it.

How a fingerprint is made stands in ``violations``; what is here reads nothing but fingerprints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from checker.model import Violation

LENGTH = 16
"""How many hexadecimal digits the fingerprint of the first among equals has; the second has -2 behind them."""
_NUMBERED = re.compile(rf"([0-9a-f]{{{LENGTH}}})-[0-9]{{1,9}}")


def unnumbered(fingerprint: str) -> str:
    """Return what equal violations have in common: the fingerprint without the index among equals.

    >>> unnumbered("39e1cfa4642622fd-2"), unnumbered("39e1cfa4642622fd")
    ('39e1cfa4642622fd', '39e1cfa4642622fd')
    """
    found = _NUMBERED.fullmatch(fingerprint)
    return found[1] if found else fingerprint


def fingerprinted(violations: Sequence[Violation]) -> list[Violation]:
    """Number the violations that would have the same fingerprint; where some were left out, anew."""
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    out: list[Violation] = []
    for one in violations:
        common = name = unnumbered(one.fingerprint)
        seen[common] += 1
        while name in taken:
            name = f"{common}-{seen[common]}"
            seen[common] += name in taken  # a plugin may give fingerprints of its own
        taken.add(name)
        out.append(one if name == one.fingerprint else replace(one, fingerprint=name))
    return out
