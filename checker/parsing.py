"""A text parsed by the grammars of a run, which plugins may have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model import Bilingual, Plan, Text
from checker.problems import Unreadable

if TYPE_CHECKING:
    from checker.host import Host


def parsed(text: Text, plugins: Host) -> Plan:
    """Return the plan in a draft; raises Unreadable for one of which grammars of plugins make nothing."""
    from checker.parser import parse_text  # an unchanged draft needs no parser

    try:
        return parse_text(text)
    except Exception as error:
        if not plugins.grammars:
            raise
        raise Unreadable(unparsed(error, plugins)) from error


def unparsed(error: Exception, plugins: Host) -> Bilingual:
    """Return what is said of a draft that no grammar of plancheck's own would have refused."""
    from checker.soundness import said_by

    named = "、".join(plugin.label.zh for plugin in plugins.sound if plugin.given and plugin.given.grammars)
    en = ", ".join(plugin.label.en for plugin in plugins.sound if plugin.given and plugin.given.grammars)
    said = said_by(error)
    return Bilingual(f"{named}改动的语法读不了它：{said}", f"it cannot be read by the grammars of {en}: {said}")
