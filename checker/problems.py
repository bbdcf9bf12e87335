"""What can go wrong outside of a plan: files, rules, usage. All of it ends in status 2."""

from __future__ import annotations

from checker.model import Bilingual


class Problem(Exception):
    """Something that a person has to mend before plancheck can do its work."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


class Unreadable(Problem):
    """A file that cannot be read as a draft."""


class BadRule(Problem):
    """A rule, pack or option that cannot be used."""


NOT_REVERSIBLE = Bilingual(
    "写成修订以后读出来的与应有的不一样，没有改动；请在 Word 里改",
    "with tracked changes it would not be read as what it was and is to be: left alone, mend it in Word",
)
"""What is said of a draft whose tracked changes do not read back."""
