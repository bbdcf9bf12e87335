"""``.plancheck.yaml``: what it may hold, and what holds for one draft.

A configuration holds for the drafts in its folder and below; of several, the nearest. It may build on
others (``extends``): what it says itself comes behind what they say, and wins.

These types do without ``from __future__ import annotations``, as those of rule files do.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from checker.model import Bilingual, Severity
from checker.rule_files import RuleChange, Text


class PerFileFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for some of the drafts."""

    files: Annotated[
        tuple[Text, ...],
        Meta(description="哪些草案，写法同 .gitignore / which drafts, as in .gitignore", min_length=1),
    ]
    select: Annotated[tuple[Text, ...] | None, Meta(description="只执行这些 / only these")] = None
    ignore: Annotated[tuple[Text, ...], Meta(description="还不执行这些 / leave out these, too")] = ()
    severities: Annotated[dict[str, Severity], Meta(description="规则的级别 / severities of rules")] = {}
    rules: Annotated[dict[str, RuleChange], Meta(description="对规则的改动 / changes to rules")] = {}


class WaiverFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A violation that is accepted."""

    rule: Annotated[Text, Meta(description="规则或规则包 / the rule, or a pack", examples=["plan/lead-unit"])]
    reason: Annotated[Text, Meta(description="为什么可以，必填 / why it is accepted; required")]
    section: Annotated[
        str | None, Meta(description="章节的编号，如 二.1；报告里有 / the id of the section", examples=["二.1"])
    ] = None
    measure: Annotated[str | None, Meta(description="措施的标题 / the title of the measure")] = None
    files: Annotated[tuple[Text, ...], Meta(description="哪些草案；不写则都是 / which drafts; all, without it")] = ()
    by: Annotated[str | None, Meta(description="谁同意的 / who accepts it")] = None
    until: Annotated[date | None, Meta(description="到哪一天为止 / the last day on which it holds")] = None


class ConfigurationFile(Struct, frozen=True, forbid_unknown_fields=True):
    """``.plancheck.yaml``."""

    extends: Annotated[
        tuple[Text, ...],
        Meta(
            description="以哪些配置为基础：文件的路径，或带有配置的规则包 / configurations to build on: paths or packs"
        ),
    ] = ()
    plugins: Annotated[
        tuple[Text, ...], Meta(description="还加载哪些插件：模块，或 .py 文件 / more plugins: modules or .py files")
    ] = ()
    packs: Annotated[
        tuple[Text, ...],
        Meta(description="用哪些规则包：名称，或文件夹的路径；不写则全用 / packs in use: names or folders; else all"),
    ] = ()
    select: Annotated[
        tuple[Text, ...] | None, Meta(description="只执行这些规则或规则包 / only these rules or packs")
    ] = None
    ignore: Annotated[tuple[Text, ...], Meta(description="不执行这些规则或规则包 / leave out these")] = ()
    severities: Annotated[dict[str, Severity], Meta(description="规则的级别 / severities of rules")] = {}
    rules: Annotated[
        dict[str, RuleChange], Meta(description="对规则的改动，写法同 pack.yaml / changes to rules, as in pack.yaml")
    ] = {}
    exclude: Annotated[
        tuple[Text, ...], Meta(description="哪些草案不检查，写法同 .gitignore / drafts that are not checked")
    ] = ()
    per_file: Annotated[
        tuple[PerFileFile, ...], Meta(description="对某些草案另作规定 / what holds for some of the drafts")
    ] = ()
    waivers: Annotated[tuple[WaiverFile, ...], Meta(description="豁免的问题 / violations that are accepted")] = ()
    baseline: Annotated[str | None, Meta(description="基线文件的路径 / the file of the baseline")] = None


# ------------------------------------------------------------------------- what holds


class Source(Struct, frozen=True):
    """A configuration file that was read."""

    path: str
    digest: str


class PerFile(Struct, frozen=True):
    """What holds for some of the drafts, below a folder."""

    folder: str
    patterns: tuple[str, ...]
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    changes: dict[str, RuleChange]
    origin: str


class Waiver(Struct, frozen=True):
    """A violation that a person accepts, and where that is written."""

    rule: str
    reason: str
    section: str | None
    measure: str | None
    folder: str
    patterns: tuple[str, ...]
    by: str | None
    until: date | None
    path: str
    line: int


class Settings(Struct, frozen=True):
    """Which rules run on a draft, and how they are changed."""

    select: tuple[str, ...] | None = None
    """None for all."""
    ignore: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    """The packs in use; empty for all."""
    changes: dict[str, RuleChange] = {}


class Configuration(Struct, frozen=True):
    """A configuration with all that it builds on."""

    path: str
    sources: tuple[Source, ...] = ()
    """Every file that was read for it."""
    plugins: tuple[str, ...] = ()
    settings: Settings = Settings()
    folders: tuple[str, ...] = ()
    """Folders of more rule packs."""
    exclude: tuple[tuple[str, str], ...] = ()
    """Patterns, each with the folder from which it counts."""
    per_file: tuple[PerFile, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    baseline: str | None = None
    origins: dict[str, str] = {}
    """For each setting, such as ``ignore gongwen`` or ``rules plan/stages severity``, the file and line it is from."""
    problems: tuple[Bilingual, ...] = ()

    @property
    def folder(self) -> str:
        """The folder in which, and below which, it holds."""
        return os.path.dirname(self.path)

    @property
    def names(self) -> frozenset[str]:
        """The rules and packs that it selects or leaves out, for any draft."""
        said = [(self.settings.select, self.settings.ignore), *((part.select, part.ignore) for part in self.per_file)]
        return frozenset(name for select, ignore in said for name in (*(select or ()), *ignore))

    def settings_of(self, draft: str) -> Settings:
        """Return what holds for a draft."""
        settings = self.settings
        for part in self.per_file:
            if matches(part.folder, part.patterns, draft):
                settings = Settings(
                    settings.select if part.select is None else part.select,
                    (*settings.ignore, *part.ignore),
                    settings.packs,
                    merged(settings.changes, part.changes),
                )
        return settings

    def excludes(self, draft: str) -> bool:
        """Say whether a draft is not to be checked."""
        by_folder: dict[str, list[str]] = {}
        for folder, pattern in self.exclude:
            by_folder.setdefault(folder, []).append(pattern)
        return any(matches(folder, patterns, draft) for folder, patterns in by_folder.items())


def matches(folder: str, patterns: Sequence[str], draft: str) -> bool:
    """Say whether a draft, by its path from ``folder``, is one of those that patterns of .gitignore name."""
    from pathspec import GitIgnoreSpec  # only a configuration with patterns pays for it

    relative = os.path.relpath(os.path.realpath(draft), os.path.realpath(folder))
    outside = relative == os.pardir or relative.startswith(os.pardir + os.sep)
    return not outside and GitIgnoreSpec.from_lines(patterns).match_file(relative.replace(os.sep, "/"))


def merged(first: Mapping[str, RuleChange], then: Mapping[str, RuleChange]) -> dict[str, RuleChange]:
    """Return changes to rules where those of ``then`` come behind those of ``first``."""
    found = dict(first)
    for rule, change in then.items():
        base = found.get(rule, RuleChange())
        found[rule] = RuleChange(
            {**base.options, **change.options},
            change.severity or base.severity,
            base.enabled if change.enabled is None else change.enabled,
            change.message or base.message,
            # A message that is changed in one language only must not say something else in the other.
            change.message_en or (None if change.message else base.message_en),
        )
    return found
