"""What the drafts of a run are reviewed with: for each, what its configuration and the command line say."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from checker.engine import Review, Selection
from checker.host import Host
from checker.model import Bilingual, FileReport
from checker.pack_folders import pack_name, packs_in
from checker.problems import Problem
from checker.reader import MAX_SIZE

if TYPE_CHECKING:
    from checker.configuration import Configuration, Settings

NAME = ".plancheck.yaml"


class Asked(Struct, frozen=True):
    """What the command line asks for, of all drafts."""

    select: tuple[str, ...] = ()
    """Empty for what the configuration says, else all."""
    ignore: tuple[str, ...] = ()
    """Beside what the configuration leaves out."""
    exclude: tuple[str, ...] = ()
    """Patterns of drafts that are not checked, from the folder in which the command runs."""
    rules: tuple[str, ...] = ()
    language: str = "zh"
    max_size: int = MAX_SIZE
    cached: bool = False
    timed: bool = False
    configuration: str | None = None
    """The configuration for all drafts; None for the nearest of each."""
    configured: bool = True
    """False to go without any configuration."""
    stdin_filename: str | None = None
    """The path that standard input is treated as; None for none."""
    original: bool = False
    """True to read drafts as they were before their tracked changes."""


class Reviews:
    """The reviews of a run, one for all drafts of which the same is asked."""

    def __init__(self, asked: Asked, plugins: Host) -> None:
        self.asked, self.host = asked, plugins
        self.language, self.max_size = asked.language, asked.max_size
        self._configurations: dict[str, Configuration] = {}
        self._nearest_of: dict[str, str | None] = {}
        self._reviews: dict[tuple[str, bytes], Review] = {}
        self.left_out = 0
        """How many drafts the command line or their configurations leave out."""
        if asked.configuration is not None and not os.path.isfile(asked.configuration):
            name = asked.configuration
            zh = f"{name}: 没有这个配置文件；plancheck init 写出一份"
            raise Problem(Bilingual(zh, f"{name}: no such configuration; plancheck init writes one"))

    def __reduce__(self) -> tuple[object, ...]:
        """Let a process of its own have the same."""
        return _again, (self.asked, self.host.modules, self.host.allows_third_parties)

    @property
    def used(self) -> list[Review]:
        """The reviews that drafts have needed; where there was no draft, the one without a configuration."""
        return list(self._reviews.values()) or [self.of("-")]

    @property
    def baselines(self) -> list[str]:
        """The baselines that the configurations of drafts name."""
        named = (made.baseline for made in self._configurations.values())
        return list(dict.fromkeys(path for path in named if path is not None))

    def name_of(self, draft: str) -> str:
        """Return the path that a draft is treated as: standard input may have that of a file."""
        return self.asked.stdin_filename or draft if draft == "-" else draft

    def of(self, draft: str) -> Review:
        """Return what a draft is reviewed with."""
        draft = self.name_of(draft)
        made = self.configuration_of(draft)
        settings = made.settings_of(draft) if made is not None else None
        key = (made.path if made is not None else "", msgspec.json.encode(settings))
        if key not in self._reviews:
            review = self._review(made, settings)
            # Of a configuration with a mistake nothing is used but what there is to say of it.
            self._reviews[key] = self._review(made, None) if review.mistakes else review
        return self._reviews[key]

    def excludes(self, draft: str) -> bool:
        """Say whether a draft is left out, by the command line or by its configuration; such drafts are counted."""
        left_out = self.is_left_out(draft)
        self.left_out += left_out
        return left_out

    def is_left_out(self, draft: str) -> bool:
        """Say whether a draft is left out."""
        draft = self.name_of(draft)
        if draft == "-":
            return False
        made = self.configuration_of(draft)
        if made is not None and made.exclude and made.excludes(draft):
            return True
        if not self.asked.exclude:
            return False
        from checker.configuration import matches

        return matches(os.getcwd(), self.asked.exclude, draft)

    def configuration_of(self, draft: str) -> Configuration | None:
        """Return the configuration that holds for a draft; None without one."""
        if not self.asked.configured:
            return None
        path = self.asked.configuration or self._nearest(draft)
        if path is None:
            return None
        if path not in self._configurations:
            from checker.configuration_reading import configuration

            self._configurations[path] = configuration(path, self._packs)
        return self._configurations[path]

    def settled(
        self, paths: Sequence[str], named: Sequence[str | FileReport], reports: Sequence[FileReport]
    ) -> tuple[FileReport, ...]:
        """Return the reports after the waivers of configurations, and behind them what is wrong with waivers.

        ``paths`` are what the run was asked to check, ``named`` the draft of each report.
        """
        if not any(made.waivers for made in self._configurations.values()):
            return tuple(reports)
        from datetime import date

        from checker.waivers import PACK, Ledger

        wrong = {review.configuration.path for review in self.used if review.configuration and review.mistakes}
        today = date.today()
        ledgers = {
            made.path: Ledger(made, today)
            for made in self._configurations.values()
            if made.waivers and made.path not in wrong
        }
        settled: list[FileReport] = []
        for draft, report in zip(named, reports, strict=True):
            made = self.configuration_of(self.name_of(draft)) if isinstance(draft, str) else None
            ledger = ledgers.get(made.path) if made is not None else None
            settled.append(ledger.accept(report, self.name_of(draft)) if ledger and isinstance(draft, str) else report)
        if PACK not in self.asked.ignore:
            settled += (told for ledger in ledgers.values() for told in ledger.wrong(paths, reports, self.language))
        return tuple(settled)

    def _nearest(self, draft: str) -> str | None:
        folder = os.path.dirname(draft) if draft != "-" else "-"
        if folder not in self._nearest_of:
            self._nearest_of[folder] = nearest(draft)
        return self._nearest_of[folder]

    @cached_property
    def _packs(self) -> dict[str, str]:
        places = [*self.host.rule_places, *self.asked.rules]
        return {pack_name(pack): pack for place in places for pack in packs_in(place)}

    def _review(self, made: Configuration | None, settings: Settings | None) -> Review:
        asked = self.asked
        select, ignore = asked.select, asked.ignore
        common = (asked.language, asked.max_size, asked.cached)
        if made is None or settings is None:
            selection = Selection(select or ("all",), ignore, asked.timed, insists=bool(select))
            return Review(
                selection,
                *common,
                asked.rules,
                self.host,
                made,
                stdin_filename=asked.stdin_filename,
                original=asked.original,
            )
        selection = Selection(
            select or settings.select or ("all",),
            (*settings.ignore, *ignore),
            asked.timed,
            insists=bool(select),
            packs=settings.packs,
        )
        folders = (*asked.rules, *made.folders)
        named, original = asked.stdin_filename, asked.original
        return Review(selection, *common, folders, self.host, made, settings.changes, named, original)


def nearest(draft: str) -> str | None:
    """Return the configuration that holds for a draft: the one in its folder, or in the nearest above."""
    folder = os.path.dirname(os.path.realpath(draft)) if draft != "-" else os.getcwd()
    while True:
        path = os.path.join(folder, NAME)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def reviews_of(asked: Asked, plugins: Host) -> Reviews:
    """Return the reviews of a run, with the plugins that the configuration of the place where it runs names.

    Those that a configuration further down names are not loaded: whoever checks a folder of drafts
    that came from elsewhere does not want to run what lies in it.
    """
    from checker.host import host

    reviews = Reviews(asked, plugins)
    here = reviews.configuration_of("-")
    if here is None or not here.plugins or not plugins.allows_third_parties:
        return reviews
    return Reviews(asked, host(tuple(dict.fromkeys((*plugins.modules, *here.plugins))), True))


def _again(asked: Asked, modules: Sequence[str], third_parties: bool) -> Reviews:
    from checker.host import host

    return Reviews(asked, host(tuple(modules), third_parties))
