"""The host of the plugins: what they add, asked for once a run, and what is wrong with them.

Plancheck's own plugins are trusted and asked only when something is needed: a run that checks an
unchanged draft loads no check type. Those of third parties are asked for everything at the start, so
that one with a fault takes no part at all: half of a plugin would find half of what it should.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pluggy

from checker import cache, hookspecs
from checker.model import Bilingual
from checker.pack_folders import folders_of_words

if TYPE_CHECKING:
    from checker.checks import CheckType
    from checker.commands.group import LaterCommand
    from checker.contributions import Given
    from checker.model import Plan, Violation
    from checker.reader import Reader
    from checker.reporters import Reporter

BUNDLED = ("packs", "checks", "readers", "word", "pdf", "web", "office", "reporters", "commands")
"""The plugins of ``checker.plugins``, in order of registration."""


class Plugin:
    """One plugin: where it comes from, what it gives, what is wrong with it."""

    def __init__(self, name: str, origin: str, distribution: str = "", version: str = "") -> None:
        self.name = name
        self.origin = origin
        """The module or file that it is, as it was named."""
        self.distribution = distribution
        self.version = version
        self.api_version: int | str = 1
        """As the plugin says it; one that does not was made when there was but one."""
        self.loaded: Any = None
        """What its entry point or name stands for: a module, or an object in one."""
        self.object: Any = None
        """What is registered: the same, or what stands for a package without hooks."""
        self.path = ""
        """The file of its module, where there is one."""
        self.code = ""
        """The folder of the package that the module belongs to, or the file of a module that stands alone."""
        self.fault: Bilingual | None = None
        """Why it takes no part; None while nothing is wrong."""
        self.given: Given | None = None

    @property
    def label(self) -> Bilingual:
        """The plugin as messages name it: with its distribution and version."""
        whose = f"{self.distribution} {self.version}".strip() or self.origin
        return Bilingual(f"插件 {self.name}（{whose}）", f"plugin {self.name} ({whose})")

    @property
    def stamp(self) -> str:
        """Name, size and time of change of the files of its code."""
        if os.path.isdir(self.code):
            return cache.stamp([self.code], everything=True)
        try:
            status = os.stat(self.code)
        except OSError:  # it has no file, or stands in an archive
            return self.code
        return f"{self.code}:{status.st_size}:{status.st_mtime_ns}"


class Host:
    """The plugins of a run and all that they give."""

    def __init__(
        self, modules: Sequence[str] = (), third_parties: bool = True, bundled: Sequence[str] = BUNDLED
    ) -> None:
        self.modules, self.allows_third_parties = tuple(modules), third_parties
        self._manager = pluggy.PluginManager("plancheck")
        self._manager.add_hookspecs(hookspecs)
        self.bundled: list[Plugin] = []
        for name in bundled:
            plugin = Plugin(name, f"checker.plugins.{name}")
            plugin.object = import_module(plugin.origin)
            self._manager.register(plugin.object, name)
            self.bundled.append(plugin)
        self._taken_in: list[Plugin] | None = None

    # ----------------------------------------------------------------- what all of them give

    @cached_property
    def rule_places(self) -> list[str]:
        """The names of the folders of rule packs."""
        own = self._own("plancheck_rule_packs")
        return [str(folder) for folder in own] + [pack for given in self._given for pack in given.packs]

    @cached_property
    def word_places(self) -> list[str]:
        """The names of the folders of words that plugins and their packs add, in order of registration."""
        own = [str(folder) for folder in self._own("plancheck_lexicon")]
        return own + [words for given in self._given for words in (*given.words, *folders_of_words(list(given.packs)))]

    @cached_property
    def checks(self) -> dict[str, CheckType]:
        """Check types by name."""
        return {check.name: check for check in self._all_checks()}

    @cached_property
    def readers(self) -> list[Reader]:
        """Readers, the ones asked first in front."""
        return self._all_readers()

    @cached_property
    def reporters(self) -> dict[str, Reporter]:
        """Reporters by the name that ``--format`` takes."""
        return {reporter.name: reporter for reporter in self._all_reporters()}

    @property
    def suffixes(self) -> list[str]:
        """The suffixes of the files that are drafts wherever they lie in a folder."""
        return [suffix for reader in self.readers if reader.in_folders for suffix in reader.suffixes]

    @property
    def grammars(self) -> dict[str, str]:
        """The sources of the grammars that plugins have extended or replaced, by name."""
        return {name: source for given in self._given for name, source in given.grammars.items()}

    @cached_property
    def own_commands(self) -> dict[str, LaterCommand]:
        """The bundled commands by name."""
        from checker.commands.group import Commands

        group = Commands("plancheck")
        for plugin in self.bundled:
            self.ask(plugin, "plancheck_commands", cli=group)
        return group.later

    @property
    def commands(self) -> dict[str, tuple[Any, Plugin]]:
        """The commands of third parties by name, each with its plugin."""
        return {
            name: (command, plugin)
            for plugin in self.sound
            if plugin.given is not None
            for name, command in plugin.given.commands.items()
        }

    def apart(self) -> AbstractContextManager[object]:
        """Keep what plugins print while they work out of standard output: that is the report's."""
        return redirect_stdout(sys.stderr) if self.third_parties else nullcontext()

    def judged(
        self, plan: Plan, violations: Sequence[Violation], language: str
    ) -> tuple[list[Violation], list[Bilingual]]:
        """Return the violations of a draft as plugins leave them, and what went wrong with plugins."""
        from checker.soundness import RAISED, Unsound, of_plugin, raised, sound_violations

        held, problems = list(violations), []
        for plugin in self.judges:
            try:
                told = {"plan": plan, "violations": tuple(held), "language": language}
                for given in self.ask(plugin, "plancheck_violations", **told):
                    held = sound_violations(given, plan)
            except Unsound as unsound:
                problems.append(of_plugin(plugin.label, unsound.message))
            except RAISED as error:
                problems.append(of_plugin(plugin.label, raised(error)))
        return held, problems

    # ------------------------------------------------------------------------ third parties

    @property
    def third_parties(self) -> list[Plugin]:
        """The plugins of third parties: taken in when they are first asked for, and meanwhile those that are in."""
        if self._taken_in is None:
            self._taken_in = []
            if self.allows_third_parties:
                self._take_in(self._taken_in)
            self._manager.check_pending()  # what is registered by now is in order, or something was overlooked
        return self._taken_in

    @property
    def sound(self) -> list[Plugin]:
        """The plugins of third parties with which nothing is wrong."""
        return [plugin for plugin in self.third_parties if plugin.fault is None]

    @property
    def judges(self) -> list[Plugin]:
        """The plugins that have a say on violations."""
        return [plugin for plugin in self.sound if plugin.given is not None and plugin.given.judges]

    @property
    def faults(self) -> tuple[Bilingual, ...]:
        """What is wrong with plugins, a sentence for each."""
        return tuple(
            Bilingual(
                f"{plugin.label.zh}未使用：{plugin.fault.zh}", f"{plugin.label.en} is not used: {plugin.fault.en}"
            )
            for plugin in self.third_parties
            if plugin.fault is not None
        )

    @cached_property
    def origins(self) -> dict[str, Bilingual]:
        """By the folders of rule packs and words of third parties, whose they are."""
        return {
            folder: plugin.label
            for plugin in self.sound
            if plugin.given is not None
            for folder in (*plugin.given.packs, *plugin.given.words)
        }

    @cached_property
    def places_of_faulty(self) -> dict[str, Bilingual]:
        """By the folders of rule packs that are left out with their plugins, whose they are."""
        found: dict[str, Bilingual] = {}
        for plugin in self.third_parties:
            if plugin.fault is not None and plugin.given is not None:
                found |= dict.fromkeys(plugin.given.packs, plugin.label)
        return found

    @cached_property
    def stamps(self) -> list[str]:
        """What results depend on: version and files of each plugin of a third party."""
        return [f"{plugin.label.en}\n{plugin.origin}\n{plugin.stamp}" for plugin in self.third_parties]

    @property
    def _given(self) -> list[Given]:
        return [plugin.given for plugin in self.sound if plugin.given is not None]

    def _all_checks(self) -> list[CheckType]:
        return [*self._own("plancheck_checks"), *(one for given in self._given for one in given.checks)]

    def _all_readers(self) -> list[Reader]:
        return [*self._own("plancheck_readers"), *(one for given in self._given for one in given.readers)]

    def _all_reporters(self) -> list[Reporter]:
        return [*self._own("plancheck_reporters"), *(one for given in self._given for one in given.reporters)]

    def _own(self, hook: str) -> list[Any]:
        """Return all that the bundled plugins give through a hook."""
        return [one for plugin in self.bundled for given in self.ask(plugin, hook) for one in given]

    def ask(self, plugin: Plugin, hook: str, **arguments: object) -> list[Any]:
        """Return what one plugin answers to a hook, an item for each of its functions."""
        if plugin.object is None or not self._manager.is_registered(plugin.object):
            return []
        others = [other for other in self._manager.get_plugins() if other is not plugin.object]
        answered: list[Any] = self._manager.subset_hook_caller(hook, others)(**arguments)
        return answered

    def _take_in(self, taken_in: list[Plugin]) -> None:
        """Take in the plugins of third parties, one after another: each may build on those before."""
        from checker.discovery import installed

        found = [Plugin(one.name, one.value, one.distribution, one.version) for one in installed()]
        found += [Plugin(os.path.splitext(os.path.basename(name))[0] or name, name) for name in self.modules]
        if not found:
            return
        from checker.third_parties import TakingIn  # loads what a run without plugins may never need

        for plugin in found:
            TakingIn(self, self._manager, plugin).run()
            # What is installed and named as well is one plugin.
            if plugin.loaded is None or all(plugin.loaded is not other.loaded for other in taken_in):
                taken_in.append(plugin)

    def claimed(self) -> dict[str, dict[str, Bilingual]]:
        """Return which names are taken so far, by what they name, and by whom."""
        own = Bilingual("plancheck 自带", "plancheck's own")
        # Not ``self.checks`` and so on, which are kept: while plugins are taken in, there will be more.
        checks, readers, reporters = self._all_checks(), self._all_readers(), self._all_reporters()
        return {
            "check": {check.name: check.origin or own for check in checks},
            "suffix": {suffix: reader.origin or own for reader in readers for suffix in reader.suffixes},
            "reporter": {reporter.name: reporter.origin or own for reporter in reporters},
            "command": {name: plugin.label for name, (_, plugin) in self.commands.items()}
            | dict.fromkeys(self.own_commands, own),
        }


def host(modules: tuple[str, ...] = (), third_parties: bool | None = None) -> Host:
    """Return the host with the installed plugins and those in ``modules``, each loaded once in a process.

    ``third_parties`` is whether those of third parties are loaded at all; None leaves that to the
    environment: not with PLANCHECK_DISABLE_PLUGINS=1.
    """
    return _host(modules, are_allowed() if third_parties is None else third_parties)


@lru_cache(maxsize=8)
def _host(modules: tuple[str, ...], third_parties: bool) -> Host:
    return Host(modules, third_parties)


def are_allowed() -> bool:
    """Say whether the environment lets plugins of third parties be loaded."""
    return os.environ.get("PLANCHECK_DISABLE_PLUGINS", "") in ("", "0")
