"""What is taken out of a PDF: characters, ruling lines and pictures, by their places on the page.

Lengths are in points; x is counted from the left edge of the page as it is shown, y from its top edge
downwards.
"""

from __future__ import annotations

from msgspec import Struct


class Char(Struct, frozen=True, array_like=True, gc=False):
    """One character as it is set, or the few that a ligature stands for."""

    text: str
    left: float
    right: float
    """Where the next one would stand."""
    baseline: float
    size: float
    """Of its font as shown."""
    font: int
    """Its place in ``Document.fonts``."""

    @property
    def top(self) -> float:
        """Where its body begins: the square of a 汉字 stands by so much above the baseline."""
        return self.baseline - 0.88 * self.size

    @property
    def bottom(self) -> float:
        """Where its body ends."""
        return self.baseline + 0.12 * self.size

    @property
    def is_blank(self) -> bool:
        """True for white space."""
        return self.text.isspace()


class Font(Struct, frozen=True, array_like=True):
    """A font as a stretch of text is set in it."""

    name: str | None
    """As the document names it, without the mark of a subset."""
    bold: bool


class Rule(Struct, frozen=True, array_like=True, gc=False):
    """A straight line, horizontal or vertical."""

    left: float
    top: float
    right: float
    bottom: float


class Page(Struct, frozen=True, array_like=True):
    """One page as it is shown."""

    number: int
    """Counted from 1."""
    width: float
    height: float
    chars: tuple[Char, ...] = ()
    """Those that stand upright, in the order of the file."""
    turned: tuple[tuple[Char, ...], ...] = ()
    """Those that stand turned by a right angle, as if the page were turned for them."""
    slanting: str = ""
    """What is written askew: a watermark."""
    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
    """How much of the page its pictures cover, from 0 to 1."""
    drawn: bool = False
    """True where many curves are drawn on it, as if its characters were drawings."""
    damaged: bool = False
    """True for a page that cannot be read."""


class Document(Struct, frozen=True):
    """What a PDF shows."""

    pages: tuple[Page, ...]
    fonts: tuple[Font, ...]
