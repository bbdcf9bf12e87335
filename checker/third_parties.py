"""Plugins of third parties, taken in one by one: loaded, registered, and asked for all that they give.

Whatever goes wrong on the way is noted as the plugin's fault, and it takes no part.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from importlib import import_module
from inspect import signature
from typing import Any

import click
import pluggy
from msgspec.structs import replace

from checker import contributions, grammar, hookspecs
from checker.contributions import Fault, Given
from checker.discovery import load, load_file
from checker.host import Host, Plugin
from checker.model import Bilingual
from checker.pack_folders import packs_in
from checker.problems import Problem
from checker.reporters.words import printable
from checker.soundness import RAISED, raised, said_by, stated

_SAYS_VERSION = "PLANCHECK_API_VERSION"
"""What a plugin's module calls the version of the hooks for which it was made."""
_KINDS = {
    "check": Bilingual("检查类型", "check type"),
    "suffix": Bilingual("文件后缀", "suffix"),
    "reporter": Bilingual("报告格式", "report format"),
    "command": Bilingual("命令", "command"),
}
_ORDERS = ("tryfirst", "trylast", "hookwrapper", "wrapper")


class FoldersOnly:
    """A plugin without any Python of its own: a package whose folders are packs."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    @hookspecs.hookimpl
    def plancheck_rule_packs(self) -> list[str]:
        """Return the folder of the package."""
        return [self._folder]


class TakingIn:
    """One plugin on its way into a host."""

    def __init__(self, host: Host, manager: pluggy.PluginManager, plugin: Plugin) -> None:
        self._host, self._manager, self._plugin = host, manager, plugin

    def run(self) -> None:
        """Take all steps; the first that goes wrong is the plugin's fault, and the last."""
        try:
            with redirect_stdout(sys.stderr):  # what a plugin prints is no part of a report
                for step in (self._load, self._accept, self._register, self._ask):
                    step()
        except Problem as problem:
            self._plugin.fault = stated(problem)
        except RAISED as error:
            self._plugin.fault = raised(error)

    def _load(self) -> None:
        plugin = self._plugin
        try:
            plugin.loaded = load_file(plugin.origin) if plugin.origin.endswith(".py") else load(plugin.origin)
        except Problem:
            raise
        except RAISED as error:
            said = said_by(error)
            zh, en = f"无法导入（{said}）", f"it cannot be imported ({said})"
            if isinstance(error, ModuleNotFoundError) and error.name:
                zh, en = f"{zh}；{error.name} 要先用 pip 安装", f"{en}: install {error.name} with pip first"
                if error.name == plugin.origin and not plugin.distribution:  # named by a person
                    zh, en = f"{zh}，或写 .py 文件的路径", f"{en}, or name a .py file by its path"
            raise Fault(Bilingual(zh, en)) from error
        module = plugin.object = plugin.loaded
        if ":" in plugin.origin and not plugin.origin.endswith(".py"):  # C:\my\plugin.py is a file
            module = import_module(plugin.origin.partition(":")[0].strip())
        plugin.path = _file_of(module)
        package = _file_of(sys.modules.get(module.__name__.partition(".")[0]))
        plugin.code = os.path.dirname(package) if os.path.basename(package) == "__init__.py" else plugin.path
        plugin.version = plugin.version or printable(str(getattr(module, "__version__", "")))
        for where in (plugin.object, module):
            if hasattr(where, _SAYS_VERSION):
                plugin.api_version = _version(getattr(where, _SAYS_VERSION))
                break

    def _accept(self) -> None:
        """Refuse what was made for hooks that meant something else."""
        version, oldest, newest = self._plugin.api_version, hookspecs.OLDEST_API_VERSION, hookspecs.API_VERSION
        if type(version) is not int or not oldest <= version <= newest:
            accepted = str(newest) if oldest == newest else f"{oldest}—{newest}"
            zh = f"是为接口版本 {version} 写的，这一版 plancheck 接受的是 {accepted}"
            raise Fault(Bilingual(zh, f"it was made for API version {version}, this plancheck accepts {accepted}"))

    def _register(self) -> None:
        plugin = self._plugin
        if isinstance(plugin.object, type):
            zh = f"入口 {plugin.origin} 是类；应是模块或对象"
            raise Fault(Bilingual(zh, f"its entry point {plugin.origin} is a class, not a module or an object"))
        if not any(self._manager.parse_hookimpl_opts(plugin.object, name) for name in dir(plugin.object)):
            plugin.object = self._folders_only()
        try:
            self._manager.register(plugin.object, f"{plugin.distribution}:{plugin.name}:{plugin.origin}")
        except pluggy.PluginValidationError as error:
            if self._manager.is_registered(plugin.object):
                self._manager.unregister(plugin.object)
            raise Fault(_wrong_arguments(" ".join(str(error.args[-1]).split()))) from error
        except ValueError:  # installed, and named as well: it is registered
            return
        for caller in self._manager.get_hookcallers(plugin.object) or ():
            for function in caller.get_hookimpls():
                if function.plugin is plugin.object and (wrong := _hook_problem(caller, function)):
                    self._manager.unregister(plugin.object)
                    raise Fault(wrong)

    def _folders_only(self) -> FoldersOnly:
        """Return a plugin for a package that has no hooks, but packs; raises Fault for one that has neither."""
        if not self._plugin.path and hasattr(self._plugin.loaded, "__path__"):
            zh, en = "包里没有 __init__.py，空的也行", "its package has no __init__.py; an empty one will do"
            raise Fault(Bilingual(zh, en))
        folder, file = os.path.split(self._plugin.path)
        if file != "__init__.py" or not packs_in(folder):
            zh = "没有用 @hookimpl 标出的钩子函数，也不是放规则包的文件夹"
            raise Fault(Bilingual(zh, "it has no functions marked with @hookimpl, and is no folder of packs"))
        return FoldersOnly(folder)

    # -------------------------------------------------------------------- what it gives

    def _ask(self) -> None:
        plugin, answers = self._plugin, self._answers
        # Its packs first: if something else is wrong, its rules are named as not evaluated.
        hook = "plancheck_rule_packs"
        plugin.given = Given(tuple(folder for one in answers(hook) for folder in contributions.folders(one, hook)))
        hook = "plancheck_lexicon"
        given = replace(
            plugin.given,
            words=tuple(folder for one in answers(hook) for folder in contributions.folders(one, hook)),
            checks=tuple(check for one in answers("plancheck_checks") for check in contributions.check_types(one)),
            readers=tuple(reader for one in answers("plancheck_readers") for reader in contributions.readers(one)),
            reporters=tuple(one for some in answers("plancheck_reporters") for one in contributions.reporters(some)),
            commands=self._commands(),
            judges=any(self._functions("plancheck_violations")),
        )
        self._refuse_claimed(given)
        plugin.given = replace(
            given,
            checks=tuple(replace(check, origin=plugin.label) for check in given.checks),
            readers=tuple(replace(reader, origin=plugin.label) for reader in given.readers),
            reporters=tuple(replace(reporter, origin=plugin.label) for reporter in given.reporters),
            grammars=self._grammars(),
        )

    def _answers(self, hook: str) -> list[Any]:
        return self._host.ask(self._plugin, hook)

    def _functions(self, hook: str) -> Iterator[Callable[..., object]]:
        caller: pluggy.HookCaller = getattr(self._manager.hook, hook)
        return (one.function for one in caller.get_hookimpls() if one.plugin is self._plugin.object)

    def _commands(self) -> dict[str, Any]:
        group = click.Group("plugin")  # what only plancheck's own group has would be added to nothing
        self._host.ask(self._plugin, "plancheck_commands", cli=group)
        return contributions.commands(group)

    def _refuse_claimed(self, given: Given) -> None:
        """Raise Fault where the plugin claims a name that one before it has, or itself twice."""
        claims = {
            "check": [check.name for check in given.checks],
            "suffix": [suffix for reader in given.readers for suffix in reader.suffixes],
            "reporter": [reporter.name for reporter in given.reporters],
            "command": list(given.commands),
        }
        if not any(claims.values()):
            return
        taken = self._host.claimed()
        for kind, names in claims.items():
            for name in names:
                if whose := taken[kind].get(name):
                    zh = f"{_KINDS[kind].zh}“{name}”已有了（{whose.zh}）；先登记的为准"
                    en = f"{_KINDS[kind].en} {name!r} is there already ({whose.en}): the first one holds"
                    raise Fault(Bilingual(zh, en))
                taken[kind][name] = self._plugin.label

    def _grammars(self) -> dict[str, str]:
        if not any(self._functions("plancheck_grammar")):
            return {}
        found: dict[str, str] = {}
        for name in contributions.GRAMMARS:
            before = self._host.grammars.get(name) or grammar.bundled(name)
            for answer in self._host.ask(self._plugin, "plancheck_grammar", name=name, grammar=before):
                found[name] = contributions.grammar(answer, name)
        return found


def _version(given: object) -> int | str:
    """Return what a plugin says of its version as it can be shown: a small number, else its words."""
    if type(given) is int and abs(given) < 2**31:
        return given
    return given[:80] if type(given) is str else type(given).__name__


def _file_of(module: object) -> str:
    file = getattr(module, "__file__", None)  # a namespace package has none
    return os.path.realpath(file) if file else ""


def _wrong_arguments(said: str) -> Bilingual:
    """Return what is wrong with a hook by pluggy's words: an argument that the hook has not, or else these words."""
    hook, argument = re.search(r"hook '(\w+)'", said), re.search(r"Argument\(s\) \{'(\w+)'", said)
    if hook is None or argument is None:
        return Bilingual(f"钩子写错了：{said}", f"its hooks are wrong: {said}")
    from checker.definitions import no_such

    known = list(signature(getattr(hookspecs, hook[1])).parameters)
    wrong = no_such(Bilingual("参数", "argument"), argument[1], known)
    return Bilingual(f"钩子 {hook[1]} {wrong.zh}", f"hook {hook[1]} has {wrong.en}")


def _hook_problem(caller: pluggy.HookCaller, function: pluggy.HookImpl) -> Bilingual | None:
    """Return what is wrong with a function that is marked as one for a hook."""
    if not caller.has_spec() and not function.optionalhook:
        from checker.definitions import no_such

        known = sorted(name for name in vars(hookspecs) if name.startswith("plancheck_"))
        return no_such(Bilingual("钩子", "hook"), caller.name, known)
    for option in _ORDERS:
        if getattr(function, option):
            zh = f"{caller.name} 用了 {option}：次序只由登记的先后定"
            return Bilingual(zh, f"{caller.name} has {option}: the order is that of registration alone")
    return None
