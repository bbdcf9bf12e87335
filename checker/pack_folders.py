"""Folders of rule packs: a folder with a pack.yaml, and a folder that holds such folders."""

from __future__ import annotations

import os
from collections.abc import Mapping

from checker.model import Bilingual

PACK_FILE = "pack.yaml"
WORDS = "lexicon"
"""The folder of a pack that holds its words."""


NOBODY: Mapping[str, Bilingual] = {}
"""No plugins of third parties: every folder is plancheck's own, or the person's."""


def packs_in(place: str) -> list[str]:
    """Return the folders of packs that a place names: itself, else those right below it, sorted."""
    if os.path.isfile(os.path.join(place, PACK_FILE)):
        return [place]
    try:
        below = sorted(entry.path for entry in os.scandir(place) if entry.is_dir())
    except OSError:  # whoever reads the rules says so
        return []
    return [folder for folder in below if os.path.isfile(os.path.join(folder, PACK_FILE))]


def whose(path: str, origins: Mapping[str, Bilingual]) -> Bilingual | None:
    """Return the plugin of a third party whose folder a file is in; None for one that is in none of them."""
    place = os.path.abspath(path) + os.sep
    return next((label for folder, label in origins.items() if place.startswith(folder + os.sep)), None)


def pack_name(folder: str) -> str:
    """Return the name of a pack: that of its folder."""
    return os.path.basename(os.path.realpath(folder))


def folders_of_words(places: list[str]) -> list[str]:
    """Return the folders with words of the packs in ``places``."""
    found = (os.path.join(pack, WORDS) for place in places for pack in packs_in(place))
    return [words for words in found if os.path.isdir(words)]


def rule_ids(place: str) -> list[str]:
    """Return the ids that the rules of the packs in a place have by the names of their files; none is read."""
    return [
        f"{pack_name(pack)}/{name.removesuffix('.yaml')}"
        for pack in packs_in(place)
        for name in sorted(os.listdir(pack))
        if name.endswith(".yaml") and name != PACK_FILE and not name.startswith(".")
    ]
