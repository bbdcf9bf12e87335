"""The manual: rules with their examples as a page of Markdown, in Chinese and English.

``docs/rules.md`` is this page for the bundled packs; ``plancheck rules --format markdown`` prints
it for any packs. The words of a rule may come from anyone: on the page they are text, whatever
they hold (see ``markdown_text``, ``_code`` and ``_fenced``; https://spec.commonmark.org/0.31.2/, and
https://github.github.com/gfm/ for tables).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from checker import explaining
from checker.model import Bilingual
from checker.reporters.cells import markdown_text
from checker.reporters.words import SEVERITIES, printable
from checker.rule_files import Example, LookFile, PackFile, RuleFile
from checker.rulebook import Look, Pack, Rule, Rulebook

_TITLE = "规则手册"
_CONTENTS = "目录"


def manual(rules: Sequence[Rule], packs: Sequence[Pack], rulebook: Rulebook, command: str) -> str:
    """Return the page of ``rules``, in order of their packs, and of ``packs``, which may have no rules of their own.

    ``command`` is the call that prints the page, for its head.
    """
    shown = {pack.name for pack in packs} | {rule.pack for rule in rules}
    chapters = [
        (pack, [rule for rule in rules if rule.pack == pack.name]) for pack in rulebook.packs if pack.name in shown
    ]
    return "\n\n".join(_Page(chapters, rulebook).parts(command)) + "\n"


class _Page:
    """A page and the anchors of its headings."""

    def __init__(self, chapters: Sequence[tuple[Pack, list[Rule]]], rulebook: Rulebook) -> None:
        self.chapters = chapters
        self.rulebook = rulebook
        headings = [_TITLE, _CONTENTS]
        for pack, rules in chapters:
            headings += [_pack_heading(pack.name), *(rule.id for rule in rules)]
        self.anchors = dict(zip(headings, anchors(headings), strict=True))

    def parts(self, command: str) -> list[str]:
        """Return the blocks of the page, between which there is an empty line."""
        parts = [
            f"# {_TITLE}",
            f"> 本页由 {_code(command)} 从规则文件生成，不要手工修改；改了规则，重新生成。\\\n"
            f"> Generated from the rule files by {_code(command)}. Do not edit it: generate it anew.",
            "坏例子里，行首有 `>` 的行应当报告。`plancheck explain` 加编号，在命令行里显示同样的内容。\\\n"
            "In bad examples the lines that are reported begin with `>`. "
            "`plancheck explain ID` says the same on the command line.",
            f"## {_CONTENTS}",
        ]
        for pack, rules in self.chapters:
            parts += [self._link(_pack_heading(pack.name), pack.name) + f"：{_title(pack.definition)}"]
            parts += [self._contents(rules)] if rules else []
        for pack, rules in self.chapters:
            parts += self._pack(pack)
            parts += [part for rule in rules for part in self._rule(rule)]
        return parts

    def _link(self, heading: str, shown: str) -> str:
        """Return a link to a heading; only its text if it is not on the page."""
        anchor = self.anchors.get(heading)
        return markdown_text(shown) if anchor is None else f"[{markdown_text(shown)}](#{anchor})"

    def _links(self, rules: Iterable[str]) -> str:
        return "、".join(self._link(rule, rule) for rule in rules)

    def _contents(self, rules: Sequence[Rule]) -> str:
        rows = [("编号 id", "级别 severity", "要求", "title"), ("---",) * 4]
        rows += [
            (
                self._link(rule.id, rule.id),
                _both(SEVERITIES[rule.definition.severity]),
                markdown_text(rule.definition.title),
                markdown_text(rule.definition.title_en or ""),
            )
            for rule in rules
        ]
        # Not padded: with a longer title only its own line of the page is another.
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _pack(self, pack: Pack) -> list[str]:
        given = pack.definition
        facts = [
            _fact(Bilingual("版本", "version"), markdown_text(given.version)),
            _fact(explaining.APPLIES, _when(given)),
            _fact(explaining.EXTENDS, "、".join(self._link(_pack_heading(name), name) for name in given.extends)),
            _fact(explaining.CHANGES, self._links(given.rules)),
        ]
        return _kept(
            f"## {markdown_text(_pack_heading(pack.name))}",
            _lines(_strong(given.title), markdown_text(given.title_en or "")),
            _paragraphs(given.description or ""),
            "\n".join(filter(None, facts)),
        )

    def _rule(self, rule: Rule) -> list[str]:
        given = rule.definition
        facts = [
            _fact(Bilingual("级别", "severity"), _both(SEVERITIES[given.severity])),
            _fact(explaining.APPLIES, _conditions(given.applies_when)),
            *_look(explaining.LOOKS_AT, rule.looks[0], given, rule.looks[0].message),
            *(
                line
                for look, also in zip(rule.looks[1:], given.also, strict=True)
                for line in _look(explaining.LOOKS_AT_TOO, look, also, look.message if also.message else None)
            ),
            _fact(explaining.BASIS, markdown_text(given.basis or "")),
            _fact(explaining.SILENT_WHERE, self._links(given.unless)),
            _fact(explaining.ENABLED, "" if given.enabled else _both(explaining.ONLY_BY_ID)),
            *(self._change(rule, changed) for changed in self.rulebook.changed.get(rule.id, ())),
        ]
        return _kept(
            f"### {markdown_text(rule.id)}",
            _lines(_strong(given.title), markdown_text(given.title_en or "")),
            _paragraphs(given.help or ""),
            _paragraphs(given.help_en or ""),
            "\n".join(filter(None, facts)),
            *_examples(Bilingual("好例子", "good example"), given.examples.good),
            *_examples(Bilingual("坏例子", "bad example"), given.examples.bad),
        )

    def _change(self, rule: Rule, changed: Rule) -> str:
        """Return what a pack makes of a rule."""
        pack = changed.changed_by or ""
        link = self._link(_pack_heading(pack), pack)
        made = explaining.changes(rule.definition, changed.definition)
        return f"- 规则包 {link} 改为 pack {link} makes it：" + "".join(
            f"\n  - {_code(key)}：{_code(value)}" for key, value in made
        )


def _pack_heading(name: str) -> str:
    return f"规则包 {name}"


def _title(pack: PackFile) -> str:
    return " / ".join(_kept(markdown_text(pack.title), markdown_text(pack.title_en or "")))


def _when(pack: PackFile) -> str:
    return "；".join(_kept(_conditions(pack.applies_when), explaining.years(pack))) or _both(explaining.ALWAYS)


def _conditions(given: Mapping[str, object]) -> str:
    found = []
    for path, wanted in explaining.conditions(given):
        relations = (f"{_both(relation)} {'、'.join(map(_code, values))}" for relation, values in wanted)
        found.append(f"{_code(path)} {'，'.join(relations)}")
    return "；".join(found)


def _look(what: Bilingual, look: Look, given: RuleFile | LookFile, message: Bilingual | None) -> list[str]:
    """Return the entries that say of one look of a rule where it looks, what has to hold, and what is reported."""
    said = _lines(markdown_text(message.zh), markdown_text(given.message_en or ""), indent="  ") if message else ""
    return [
        _fact(what, "，".join(_kept(_code(look.node), _conditions(look.where)))),
        _fact(explaining.HOLDS_WHEN, f"{_code(look.check.name)} {_described(look.check.description)}"),
        _options(look, given),
        _fact(explaining.MESSAGE, said),
    ]


def _options(look: Look, given: RuleFile | LookFile) -> str:
    lines = []
    for option in explaining.options(look.check, given.options):
        value = _code(option.value or "")
        default = f"（{_both(explaining.DEFAULT)}）" if option.by_default else ""
        shown = f"{_code(option.name)}：{value}{default}"
        lines.append("\n  - " + _lines(shown, _described(option.description), indent="    "))
    return _fact(explaining.OPTIONS, "".join(lines))


def _examples(what: Bilingual, examples: Sequence[Example]) -> list[str]:
    parts = []
    for number, example in enumerate(examples, start=1):
        why = f"：{markdown_text(example.why)}" if example.why else ""
        why += "".join(f"（{_both(what)} {_code(given)}）" for what, given in explaining.trial(example))
        parts += [f"**{what.zh} {number}** {what.en} {number}{why}", _fenced(explaining.numbered_lines(example))]
    return parts


def _fact(what: Bilingual, said: str) -> str:
    """Return an entry of a list; nothing if there is nothing to say."""
    return f"- {_both(what)}：{said}" if said else ""


def _both(words: Bilingual) -> str:
    return words.zh if words.zh == words.en else f"{words.zh} {words.en}"


def _described(words: Bilingual) -> str:
    """Return a sentence in both languages."""
    return " / ".join(dict.fromkeys(_kept(markdown_text(words.zh), markdown_text(words.en))))


def _kept(*parts: str) -> list[str]:
    """Return the parts that hold anything."""
    return [part for part in parts if part]


def _lines(*lines: str, indent: str = "") -> str:
    """Return lines that stay lines, whatever they begin with."""
    return f"\\\n{indent}".join(_BLOCK.sub(r"\1\\\2", line) for line in _kept(*lines))


# ------------------------------------------------------------------- words of anyone as text

_BLOCK = re.compile(r"^(\d*)([#+\-=:.)])")
"""What makes a line a heading, an entry of a list, a rule, or what is above it a heading or a table."""


def _strong(words: str) -> str:
    return f"**{text}**" if (text := markdown_text(words)) else ""


def _paragraphs(words: str) -> str:
    """Return words of anyone as paragraphs, their lines kept."""
    paragraphs = re.split(r"\n\s*\n", words)
    return "\n\n".join(_kept(*(_lines(*map(markdown_text, paragraph.split("\n"))) for paragraph in paragraphs)))


def _code(words: str) -> str:
    """Return words of anyone, on one line, as code: between more backticks than they hold in a row."""
    text = printable(words.replace("\n", " ")) or "''"
    ticks = "`" * (_longest_run(text) + 1)
    # One space on each side is taken off again; it keeps backticks of the words from those around them.
    padded = f" {text} " if text[0] in "` " or text[-1] in "` " else text
    return f"{ticks}{padded}{ticks}"


def _fenced(lines: Sequence[str]) -> str:
    """Return lines of anyone as a block of text, in a fence that none of them can close."""
    # A full-width space has its width here, and says what an example is about.
    text = "\n".join("\u3000".join(map(printable, line.split("\u3000"))) for line in lines)
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}text\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def anchors(headings: Iterable[str]) -> list[str]:
    """Return the anchors that GitHub gives to headings, in their order; each is there once."""
    taken: dict[str, None] = {}
    for heading in headings:
        plain = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        anchor, number = plain, 0
        while anchor in taken:
            number += 1
            anchor = f"{plain}-{number}"
        taken[anchor] = None
    return list(taken)
