"""Packs read from folders of YAML files; what is wrong with a file is noted, and the others go on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from checker.checks import CheckType
from checker.definitions import Definition
from checker.model import Bilingual
from checker.pack_folders import NOBODY, WORDS, pack_name, packs_in, rule_ids, whose
from checker.rule_files import PackFile, RuleChange
from checker.rule_validation import check_message, check_options, check_where, name_problem, read_rule
from checker.rulebook import Pack, Rule, Rulebook, changed_rule, made_rule

_RULE_FILE = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)
_PACK_FILE = re.compile(r"(?!pack\.yaml$)(?i:pack\.ya?ml(?:\.txt)?)")


def load(
    folders: Sequence[str | Path],
    checks: Mapping[str, CheckType],
    origins: Mapping[str, Bilingual] = NOBODY,
    left_out: Mapping[str, Bilingual] = NOBODY,
) -> Rulebook:
    """Return the packs in ``folders``; a file with a mistake is left out and named.

    ``origins`` are the plugins of third parties, by their folders; ``left_out`` those that take no part.
    """
    reading = _Reading(checks, origins)
    for place, label in left_out.items():
        reading.left_out |= dict.fromkeys(map(pack_name, packs_in(place)), label)
        reading.ids_left_out += rule_ids(place)
    for folder in folders:
        reading.read_folder(Path(folder))
    return reading.rulebook()


class _Reading:
    """The packs as they are read: files with what is wrong with each."""

    def __init__(self, checks: Mapping[str, CheckType], origins: Mapping[str, Bilingual]) -> None:
        self.checks = checks
        self.origins = origins
        self.problems: list[Bilingual] = []
        self.files: list[Definition] = []
        self.packs: dict[str, tuple[Definition, PackFile]] = {}
        self.broken_packs: set[str] = set()
        self.left_out: dict[str, Bilingual] = {}
        """By the names of packs that are not read, the plugin with which each is left out."""
        self.ids_left_out: list[str] = []
        self.files_of_rules: dict[str, Definition] = {}
        """By the id of a rule its file, with mistakes or without."""
        self.rules: dict[str, Rule] = {}
        """The rules without mistakes of their own."""

    def read_folder(self, folder: Path) -> None:
        """Read the pack that a folder is, or the packs that it holds."""
        if (folder / "pack.yaml").is_file():
            self._read_pack(folder)
            return
        packs = [Path(pack) for pack in packs_in(str(folder))]
        if not folder.exists():
            zh = "没有这个文件夹；这里要写规则包的文件夹，新建一条规则用 plancheck new-rule"
            en = "no such folder; name the folder of a pack, or write a first rule with plancheck new-rule"
            self._note(folder, zh, en)
        elif not folder.is_dir():
            zh, en = (
                "是文件，不是规则包；这里要写规则包的文件夹",
                "a file, not a pack; the folder of a pack is needed",
            )
            if folder.suffix == ".yaml":
                place = folder.parent
                zh, en = f"{zh}。您是不是想写“{place}”？", f"{en}. Did you mean {str(place)!r}?"
            self._note(folder, zh, en)
        elif not packs:
            zh = "不是规则包，里面也没有规则包；规则包是有 pack.yaml 的文件夹"
            self._note(folder, zh, "no pack, and holds none; a pack is a folder with a pack.yaml")
        for misnamed in sorted([*folder.glob("*"), *folder.glob("*/*")]):
            if _PACK_FILE.fullmatch(misnamed.name) and not (misnamed.parent / "pack.yaml").is_file():
                zh, en = "规则包的文件应为 pack.yaml，", "the file of a pack is pack.yaml; "
                self._note(misnamed, f"{zh}{misnamed.name} 不读", f"{en}{misnamed.name} is not read")
        for pack in packs:
            self._read_pack(pack)

    def _note(self, path: Path, zh: str, en: str) -> None:
        if label := whose(str(path), self.origins):
            zh, en = f"{label.zh}：{zh}", f"{label.en}: {en}"
        self.problems.append(Bilingual(f"{path}: {zh}", f"{path}: {en}"))

    def _read_pack(self, folder: Path) -> None:
        name = folder.resolve().name
        file = self._file(folder / "pack.yaml")
        definition: PackFile | None = file.holds(PackFile)
        if wrong := name_problem(name):
            file.report("", wrong)
        if name in self.packs or name in self.broken_packs:
            first = self.packs[name][0].path.parent if name in self.packs else folder.parent
            zh = f"规则包“{name}”已有了（{first}）；先登记的为准"
            file.report("", Bilingual(zh, f"pack {name!r} is there already ({first}): the first one holds"))
            return
        raw = file.data if isinstance(file.data, dict) and not file.ambiguous else {}
        if isinstance(raw.get("applies_when"), dict):
            check_where(file, ".applies_when", raw["applies_when"], "plan")
        if definition is not None and definition.valid and definition.valid[0] > definition.valid[1]:
            file.report(".valid", Bilingual("起始年份晚于终止年份", "the first year is after the last"))
        if definition is None or file.problems:
            self.broken_packs.add(name)
            zh = f"    规则包“{name}”的规则因此都不执行"
            file.add_note(Bilingual(zh, f"    none of the rules of pack {name!r} runs because of this"))
        else:
            self.packs[name] = (file, definition)
        for path in sorted(folder.iterdir(), key=lambda path: path.stem):
            if not path.name.startswith(".") and path.name != "pack.yaml":
                self._read_part(path, name)

    def _read_part(self, path: Path, pack: str) -> None:
        """Read a rule file, or say why a file beside the rules is not read that seems to be one."""
        if path.is_dir():
            if path.suffix.lower() in (".yaml", ".yml"):
                self._note(path, "是文件夹，不是规则文件", "a folder, not a rule file")
            elif path.name == WORDS:
                return  # words of the pack, which checker.lexicon_extension reads
            elif not (path / "pack.yaml").exists() and any(_RULE_FILE.search(one.name) for one in path.iterdir()):
                zh, en = "规则包里的子文件夹不读；规则文件要直接放在规则包里", "folders in a pack are not read"
                self._note(path, zh, f"{en}; rule files stand in the pack itself")
        elif path.suffix == ".yaml":
            self._read_rule(path, pack)
        elif _RULE_FILE.search(path.name):
            ending = path.name[path.name.lower().rindex(".y") :]
            zh, en = f"规则文件应以 .yaml 结尾，{ending} 不读", f"a rule file ends in .yaml; {ending} is not read"
            self._note(path, zh, en)

    def _file(self, path: Path) -> Definition:
        file = Definition(path, whose(str(path), self.origins))
        self.files.append(file)
        return file

    def _read_rule(self, path: Path, pack: str) -> None:
        file = self._file(path)
        definition = read_rule(file, self.checks)
        rule_id = f"{pack}/{path.stem}"
        self.files_of_rules[rule_id] = file
        if definition is not None and pack in self.packs:
            self.rules[rule_id] = made_rule(rule_id, pack, definition, self.checks, str(path))

    def _file_of(self, rule: Rule) -> Definition:
        return self.files_of_rules[rule.id]

    def rulebook(self) -> Rulebook:
        """Return what was read, after looking at what the files say of one another."""
        self._check_unless()
        builds_on = {name: self._builds_on(name, ()) for name in self.packs}
        changes: dict[str, dict[str, Rule]] = {}
        for name in sorted(self.packs, key=lambda name: len(builds_on[name])):
            changes[name] = self._changed(name, builds_on[name], changes)
        packs = [
            Pack(
                name,
                definition,
                tuple(rule for rule in self.rules.values() if rule.pack == name and not self._file_of(rule).problems),
                str(file.path),
                tuple(changes[name].values()),
                builds_on[name],
            )
            for name, (file, definition) in sorted(self.packs.items())
        ]
        problems = (*self.problems, *(problem for file in self.files for problem in file.problems))
        rules = {rule.id for pack in packs for rule in pack.rules}
        broken = {*self.broken_packs, *self.files_of_rules, *(self.left_out.keys() - self.packs), *self.ids_left_out}
        return Rulebook(tuple(packs), problems, frozenset(broken - rules))

    def _check_unless(self) -> None:
        for rule_id, file in self.files_of_rules.items():
            given = file.data.get("unless") if isinstance(file.data, dict) and not file.ambiguous else None
            for index, other in enumerate(given if isinstance(given, list) else ()):
                at = f".unless[{index}]"
                if other == rule_id:
                    file.report(at, Bilingual("规则不能排除自身", "a rule cannot give way to itself"))
                elif isinstance(other, str) and other not in self.files_of_rules:
                    file.unknown(at, Bilingual("规则", "rule"), other, sorted(self.files_of_rules))

    def _builds_on(self, name: str, through: tuple[str, ...]) -> frozenset[str]:
        """Return the packs that a pack extends, and those that they extend; a circle is reported."""
        file, definition = self.packs[name]
        found: set[str] = set()
        for index, other in enumerate(definition.extends):
            if other not in self.packs:
                if not through and (plugin := self.left_out.get(other)):
                    zh = f"规则包“{other}”属于{plugin.zh}，该插件未使用"
                    said = Bilingual(zh, f"pack {other!r} is of {plugin.en}, which is not used")
                    file.report(f".extends[{index}]", said)
                elif not through and other not in self.broken_packs:
                    known = sorted({*self.packs, *self.broken_packs})
                    file.unknown(f".extends[{index}]", Bilingual("规则包", "pack"), other, known)
            elif other == name or other in through:
                circle = " → ".join((*through, name, other))
                file.report(
                    f".extends[{index}]", Bilingual(f"循环引用：{circle}", f"packs extend one another: {circle}")
                )
            else:
                found |= {other, *self._builds_on(other, (*through, name))}
        return frozenset(found - {name})

    def _changed(self, name: str, builds_on: frozenset[str], changes: Mapping[str, dict[str, Rule]]) -> dict[str, Rule]:
        """Return the rules of other packs as a pack has them: changed by it, or by a pack that it extends."""
        file, definition = self.packs[name]
        changed: dict[str, Rule] = {}
        for other in definition.extends:
            changed |= changes.get(other, {})
        for rule_id, change in definition.rules.items():
            place = f".rules.{rule_id}#key"
            if rule_id in self.files_of_rules and rule_id not in self.rules:
                continue  # it has mistakes of its own, which are told where they are
            if rule_id not in self.rules:
                known = sorted(rule.id for rule in self.rules.values() if rule.pack in builds_on)
                file.unknown(place, Bilingual("规则", "rule"), rule_id, known)
            elif self.rules[rule_id].pack == name:
                zh = f"“{rule_id}”是本规则包自己的规则：直接改它的文件"
                file.report(place, Bilingual(zh, f"{rule_id!r} is a rule of this very pack: change its file"))
            elif self.rules[rule_id].pack not in builds_on:
                pack = self.rules[rule_id].pack
                zh = f"要改动规则“{rule_id}”，先在 extends 里写上“{pack}”"
                file.report(place, Bilingual(zh, f"to change {rule_id!r}, name {pack!r} in 'extends'"))
            else:
                base = changed.get(rule_id, self.rules[rule_id])
                if (rule := self._with(base, change, file)) is not None:
                    changed[rule_id] = rule
        return {rule_id: msgspec.structs.replace(rule, changed_by=name) for rule_id, rule in changed.items()}

    def _with(self, base: Rule, change: RuleChange, file: Definition) -> Rule | None:
        """Return a rule with a change, or None after reporting what is wrong with the change."""
        before, at = file.mistakes, f".rules.{base.id}"
        given = base.definition
        options = check_options(file, f"{at}.options", change.options, given.node, base.looks[0].check, given.options)
        # The rule's message is also that of its further looks which have none of their own.
        spoken = [(given.node, base.looks[0].check, options)]
        spoken += [
            (look.node, look.check, look.options)
            for look, also in zip(base.looks[1:], given.also, strict=True)
            if also.message is None
        ]
        for key in ("message", "message_en"):
            if template := getattr(change, key):
                for node, check, of_look in spoken:
                    check_message(file, f"{at}.{key}", template, node, check, of_look)
        if file.mistakes > before:
            return None
        return changed_rule(base, change, self.checks)
