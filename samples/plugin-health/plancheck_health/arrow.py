"""A form of clause that plancheck does not know: a chain, of which the first unit leads and the others support.

    责任链条：县卫生健康局→县教育局、县民政局

The label comes from ``lexicon/clauses.yaml``, the arrow from here: a terminal with a pattern is cut out
of the text between commas. Patterns are for the folded text, in which --> is --〉. The trees ``lead`` and
``supporter`` say the parts of the names in them.
"""

from __future__ import annotations

_CHAIN = """

%extend labelled: label chain

chain: first (_ARROW next)+ DEADLINE?

first: NAMES -> lead

next: NAMES -> supporter

_ARROW: /→|-+〉/
"""


def extended(grammar: str) -> str:
    """Return the grammar of clauses with chains."""
    return grammar + _CHAIN
