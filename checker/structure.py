"""The tree to sections, measures and clauses: what each part is for, and who answers for it.

Source of the rules here: the conventions of reading (groups and measures, whose units).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from checker import clauses as clause_reading
from checker.clauses import Custom, Parts, RawClause, Reading, parts_of
from checker.expressions import expression
from checker.lexicon import RoleWording, any_of, lexicon, made_of_words
from checker.model import Clause, Measure, Paragraph, Responsibility, Role, Section, Span
from checker.outline import Block, Branch, labels, section_id, title_range
from checker.schedule import has_period_behind, is_stage
from checker.task_tables import TableRow, table_rows

GROUPS: dict[Role, Role] = {"actions": "action", "projects": "project"}
_TASKS: tuple[Role, ...] = ("actions", "action", "projects", "project")
_MAY_BECOME_GROUP: tuple[Role, ...] = ("other", "mechanism")
_ARTICLE_KINDS = ("ARTICLE",)
_FINE_KINDS = ("THIRD", "FOURTH", "FIFTH", "ARTICLE")


class Item(Struct, eq=False):
    """A measure in the making."""

    title: str | None
    label: str | None
    section: Branch
    span: Span
    blocks: list[Block]
    branch: Branch | None = None
    itself: bool = False
    """True where it is an action or project without measures of its own."""
    clauses: list[RawClause] = field(default_factory=list)


class Structure(Struct):
    """Sections, measures and clauses of one plan, and the branches that they came from."""

    sections: list[Section]
    measures: list[Measure]
    clauses: list[Clause]
    section_of: dict[int, Section | None]
    """From ``id`` of a branch to the section that its text stands in."""


def structure(root: Branch, closing: Sequence[Paragraph], custom: Custom) -> Structure:
    """Return what the tree of sections says."""
    return _Builder(root, closing, custom).build()


class _Siblings(Struct, frozen=True):
    """The branches below one heading, together."""

    places: dict[int, int]
    """From ``id`` of a branch to how many stand before it."""
    tasks: int
    """How many of their titles name one action or project."""
    actions: bool
    """True where one of their titles ends in 行动."""


class _Builder:
    def __init__(self, root: Branch, closing: Sequence[Paragraph], custom: Custom) -> None:
        self.root = root
        self.closing = closing
        self.custom = custom
        self.roles: dict[int, Role] = {}
        self.raw: dict[int, list[RawClause]] = {}
        self.items: list[Item] = []
        self.readings: dict[int, Reading] = {}
        self.sections: dict[int, Section] = {}
        self.beside: dict[int, _Siblings] = {}
        self.standing: dict[int, dict[Span, list[RawClause]]] = {}

    def build(self) -> Structure:
        for branch in self.root.walk():
            self.raw[id(branch)] = _clauses_of(branch.blocks, self.custom)
        self._lift_last_lines()
        for branch in self.root.branches:
            self._give_role(branch, None)
        for branch in self.root.walk():
            if self._role(branch) in GROUPS:
                self._find_measures(branch)
            elif self._role(branch) in ("action", "project") and _is_top(branch):
                self._measures_of(branch)
        self._give_clauses_to_items()
        item_branches = {id(item.branch) for item in self.items if item.branch and not item.itself}
        self._make_sections(item_branches)
        section_of = {id(branch): self._section(branch) for branch in self.root.walk()}
        rows = table_rows([*self._all_paragraphs(), *self.closing], self.custom)
        taken = {id(clause) for item in self.items for clause in item.clauses}
        of_sections = {id(branch): self._section_units(branch, taken) for branch in self._item_sections()}
        measures = [self._measure(item, rows, of_sections[id(item.section)]) for item in self.items]
        clauses = self._all_clauses(rows, {id(item): made for item, made in zip(self.items, measures, strict=True)})
        return Structure(list(self.sections.values()), measures, clauses, section_of)

    def _lift_last_lines(self) -> None:
        """A clause on a line of its own after the last sub-item of an item is the item's.

        Unless the sub-items of this plan have lines of their own: then the others lost theirs.
        """
        candidates: list[tuple[Branch, list[RawClause]]] = []
        lines_each = 0
        for branch in self.root.walk():
            if branch.heading is None or branch.heading.kind not in ("THIRD", "FOURTH") or len(branch.branches) < 2:
                continue
            *others, last = branch.branches
            alone = [clause for clause in self.raw[id(last)] if clause.alone]
            if any(clause.alone for child in others for clause in self.raw[id(child)]):
                lines_each += 1
            elif alone and not any(self.raw[id(child)] for child in others):
                candidates.append((branch, alone))
        if len(candidates) <= lines_each:
            return
        for branch, alone in reversed(candidates):
            last = branch.branches[-1]
            self.raw[id(last)] = [clause for clause in self.raw[id(last)] if not clause.alone]
            self.raw[id(branch)] += alone

    # ------------------------------------------------------------------------- roles

    def _role(self, branch: Branch) -> Role:
        return self.roles.get(id(branch), "other")

    def _bears(self, branch: Branch) -> bool:
        """Say whether anything in or below ``branch`` has a responsibility clause."""
        return any(self.raw[id(below)] for below in branch.walk())

    def _give_role(self, branch: Branch, parent: Role | None) -> None:
        assert branch.heading is not None
        title = _title(branch)
        role = role_of_title(title, parent) if parent not in _TASKS else None
        if parent is None:
            role = self._top_role(branch, role or "other", title)
        elif parent in GROUPS:
            role = self._role_in_group(branch, parent, title)
        elif parent in _TASKS or parent == "schedule":
            role = parent
        elif self._is_stage(branch, title):
            role = "schedule"
        elif role is None or role in GROUPS:
            role = self._nested_group(branch, parent, role) or ("safeguards" if parent == "organisation" else parent)
        self.roles[id(branch)] = role
        for child in branch.branches:
            self._give_role(child, role)
        self._make_whole(branch, role)

    def _top_role(self, branch: Branch, role: Role, title: str) -> Role:
        if role in GROUPS and self._is_task(branch, title):
            return GROUPS[role]
        if role not in _MAY_BECOME_GROUP or not self._bears(branch):
            return "schedule" if role == "other" and is_stage(title) else role
        if not branch.branches and len(_paragraph_items(branch, self.raw[id(branch)])) < 2:
            return "action" if role == "other" else role
        return "projects" if expression("(?:工程|专项)$").search(title) else "actions"

    def _is_task(self, branch: Branch, title: str) -> bool:
        """Say whether a heading of the first level is itself an action or project, like others beside it.

        二、青少年科学素质提升行动 is one; 二、提升行动 and 三、实施五项重点工程 are groups.
        """
        fine = all(child.heading and child.heading.kind in _FINE_KINDS for child in branch.branches)
        return fine and _names_task(title) and self._beside(branch).tasks >= 2

    def _is_stage(self, branch: Branch, title: str) -> bool:
        """Say whether a heading outside of the schedule is a stage: by its name, or like one beside it.

        启动阶段（2023年） is one, and so is 总结（2025年） behind it.
        """
        if is_stage(title):
            return True
        if branch.parent is None or not has_period_behind(title):
            return False
        siblings = branch.parent.branches
        at = self._beside(branch).places[id(branch)]
        follows = at > 0 and self._role(siblings[at - 1]) == "schedule"
        return follows or any(is_stage(_title(sibling)) for sibling in siblings[at + 1 : at + 2])

    def _beside(self, branch: Branch) -> _Siblings:
        """Return what stands beside a branch, itself included; looked at once for all of them."""
        parent = branch.parent
        if parent is None:
            return _Siblings({id(branch): 0}, 0, False)
        if id(parent) not in self.beside:
            titles = [_title(sibling) for sibling in parent.branches]
            self.beside[id(parent)] = _Siblings(
                {id(sibling): place for place, sibling in enumerate(parent.branches)},
                sum(map(_names_task, titles)),
                any(title.endswith("行动") for title in titles),
            )
        return self.beside[id(parent)]

    def _role_in_group(self, branch: Branch, parent: Role, title: str) -> Role:
        own = role_of_title(title, None)
        if own in GROUPS and len(title) <= 12 and len([b for b in branch.branches if b.branches]) >= 2:
            return own  # 主要任务 with 提升行动 and 重点工程 below it
        if own in GROUPS and len(branch.branches) >= 2 and _names_group(title):
            return own  # 五大提升行动, with actions below it that have nothing below them
        if self._beside(branch).actions and expression("(?:工程|专项)$").search(title):
            return "project"
        return GROUPS[parent]

    def _nested_group(self, branch: Branch, parent: Role, role: Role | None) -> Role | None:
        """A group of tasks below a heading that is for nothing in particular."""
        if parent == "other" and (role in GROUPS or self._bears(branch)) and branch.branches:
            return role or "actions"
        return None

    def _make_whole(self, branch: Branch, role: Role) -> None:
        """总体目标 with 指导思想 and 目标 below it is general requirements."""
        if not _is_top(branch):
            return
        below = {r for child in branch.branches if (r := role_of_title(_title(child), role)) is not None}
        for family in lexicon().roles.families:
            if role in family.parts and below - {role}:
                self.roles[id(branch)] = family.whole

    # ----------------------------------------------------------------------- measures

    def _find_measures(self, group: Branch) -> None:
        """Find the measures of a group: of its actions, or straight under it."""
        if not group.branches:
            found = _paragraph_items(group, self.raw[id(group)])
            if not found and self.raw[id(group)]:
                found = [_as_item(group)]
            self.items += found
            return
        fine = all(child.heading and child.heading.kind in _FINE_KINDS for child in group.branches)
        articles = all(child.heading and child.heading.kind in _ARTICLE_KINDS for child in group.branches)
        if fine and (articles or not any(child.branches for child in group.branches)):
            for child in group.branches:
                self._item_or_below(child, group)
            return
        for child in group.branches:
            if self._role(child) not in GROUPS:
                self._measures_of(child)

    def _measures_of(self, action: Branch) -> None:
        """Find the measures of an action or project; without any it is one itself."""
        before = len(self.items)
        if action.branches:
            for child in action.branches:
                self._item_or_below(child, action)
        else:
            self.items += _paragraph_items(action, self.raw[id(action)])
        if len(self.items) == before:
            self.items.append(_as_item(action))

    def _item_or_below(self, branch: Branch, section: Branch) -> None:
        """Take a numbered item as a measure, or the items below it if those bear the clauses."""
        below = [child for child in branch.branches if self.raw[id(child)]]
        own = self.raw[id(branch)]
        titled_only = not any(block.folded for block in branch.blocks)
        if not own and ((len(below) >= 2 and len(below) * 2 > len(branch.branches)) or (below and titled_only)):
            for child in branch.branches:
                self._item_or_below(child, branch)
            return
        heading = branch.heading
        assert heading is not None
        start = heading.paragraph.source_span(_label_start(branch), heading.title_end)
        self.items.append(Item(heading.title, heading.label, section, start, _text_blocks(branch), branch))

    # ------------------------------------------------------------------- whose clauses

    def _give_clauses_to_items(self) -> None:
        """Give each item its clauses; a line after the last item may be the section's."""
        for item in self.items:
            if item.branch is not None and not item.itself:
                item.clauses = [clause for below in item.branch.walk() for clause in self.raw[id(below)]]
            elif not item.itself:
                standing = self._clauses_by_paragraph(item.section)
                spans = dict.fromkeys(block.paragraph.span for block in item.blocks)
                item.clauses = [clause for span in spans for clause in standing.get(span, ())]
        by_section: dict[int, list[Item]] = {}
        for item in self.items:
            if not item.itself:
                by_section.setdefault(id(item.section), []).append(item)
        votes: Counter[bool] = Counter()
        for items in by_section.values():
            if len(items) >= 2 and any(c.alone for item in items for c in item.clauses):
                votes[not any(c.alone for item in items[:-1] for c in item.clauses)] += 1
        if votes[True] and votes[True] >= votes[False]:
            for items in by_section.values():
                self._give_last_line_to_section(items)

    def _clauses_by_paragraph(self, section: Branch) -> dict[Span, list[RawClause]]:
        """Return the clauses straight in a section, by the paragraph in which each begins."""
        if id(section) not in self.standing:
            standing = self.standing[id(section)] = {}
            for clause in self.raw[id(section)]:
                standing.setdefault(clause.pieces[0].paragraph.span, []).append(clause)
        return self.standing[id(section)]

    def _give_last_line_to_section(self, items: list[Item]) -> None:
        """Move the clause on a line of its own after the last item to the section."""
        last = items[-1]
        alone = [clause for clause in last.clauses if clause.alone]
        inline = [clause for clause in last.clauses if not clause.alone]
        others_have = any(item.clauses for item in items[:-1])
        if not alone or any(c.alone for item in items[:-1] for c in item.clauses):
            return
        if others_have and not inline and len(items) > 1:
            return
        last.clauses = inline
        self.raw[id(last.section)] += alone
        if last.branch is not None:
            for below in last.branch.walk():
                self.raw[id(below)] = [c for c in self.raw[id(below)] if c not in alone]

    def _read(self, clause: RawClause) -> Reading:
        if id(clause) not in self.readings:
            self.readings[id(clause)] = clause_reading.read(clause, self.custom)
        return self.readings[id(clause)]

    def _section_units(self, branch: Branch | None, taken: set[int]) -> Parts | None:
        """Return the units of the nearest enclosing section that has a clause of its own."""
        while branch is not None and branch.heading is not None:
            own = [clause for clause in self.raw[id(branch)] if id(clause) not in taken]
            if own:
                return _parts([self._read(clause) for clause in own])
            branch = branch.parent
        return None

    def _item_sections(self) -> Iterable[Branch]:
        """Return the branches that items stand in, each once."""
        return {id(item.section): item.section for item in self.items}.values()

    def _measure(self, item: Item, rows: list[TableRow], section: Parts | None) -> Measure:
        own: Parts | None = None
        if item.clauses:
            own = _parts([self._read(clause) for clause in item.clauses])
        elif row := _row_for(item.title, rows):
            own = _parts([row.reading])
        responsibility, (leads, responsible, supporters) = _answering(own, section)
        return Measure(
            title=item.title,
            label=item.label,
            section=self.sections[id(item.section)],
            text="".join(block.text for block in item.blocks),
            span=item.span,
            leads=leads,
            responsible=responsible,
            supporters=supporters,
            responsibility=responsibility,
        )

    # ----------------------------------------------------------------------- sections

    def _make_sections(self, item_branches: set[int]) -> None:
        below: set[int] = set()
        for branch in self.root.walk():
            if branch.parent is not None and (id(branch.parent) in item_branches or id(branch.parent) in below):
                below.add(id(branch))
                self.roles[id(branch)] = "other"  # a part of a measure is for nothing of its own
        seen: Counter[str] = Counter()
        for branch in self.root.walk():
            heading = branch.heading
            if heading is None or id(branch) in item_branches:
                continue
            name = section_id(branch)
            seen[name] += 1
            if seen[name] > 1:
                name = f"{name}#{seen[name]}"
            self.sections[id(branch)] = Section(
                id=name,
                level=heading.level,
                label=heading.label,
                ordinal=heading.ordinal,
                title=heading.title,
                role=self._role(branch),
                span=heading.paragraph.source_span(_label_start(branch), heading.title_end),
                text="".join(block.text for block in branch.blocks),
                parent=self._section(branch.parent),
            )

    def _section(self, branch: Branch | None) -> Section | None:
        """Return the innermost section around the text of a branch."""
        while branch is not None:
            if id(branch) in self.sections:
                return self.sections[id(branch)]
            branch = branch.parent
        return None

    def _all_paragraphs(self) -> Iterator[Paragraph]:
        for branch in self.root.walk():
            for block in branch.blocks:
                yield block.paragraph

    def _all_clauses(self, rows: list[TableRow], measures: dict[int, Measure]) -> list[Clause]:
        measure_of = {id(clause): item for item in self.items for clause in item.clauses}
        found: list[Clause] = []
        for branch in self.root.walk():
            for clause in self.raw[id(branch)]:
                item = measure_of.get(id(clause))
                section = self._section(item.section if item else branch)
                measure = measures[id(item)] if item and not item.itself else None
                found.append(_clause(clause, self._read(clause), section, measure))
        for row in rows:
            item = next((i for i in self.items if _same_task(i.title, row.task)), None)
            place = RawClause([], row.span, "table", True)
            section = self._section(item.section) if item else None
            found.append(_clause(place, row.reading, section, measures[id(item)] if item else None, row.text))
        return sorted(found, key=lambda clause: clause.span)


def _clause(
    raw: RawClause, reading: Reading, section: Section | None, measure: Measure | None, text: str | None = None
) -> Clause:
    leads, responsible, supporters = reading.parts()
    return Clause(
        text=text if text is not None else " ".join(piece.text for piece in raw.pieces),
        span=raw.whole,
        form=raw.form,
        readable=reading.problem is None,
        leads=leads,
        responsible=responsible,
        supporters=supporters,
        deadline=reading.deadline,
        units=tuple(reading.units),
        section=section,
        measure=measure,
        problem=reading.problem,
        problem_span=reading.problem_span,
    )


@made_of_words(512)  # a heading's role is asked for itself and for those around it
def role_of_title(title: str, parent: Role | None) -> Role | None:
    """Return the role that a folded title says, None where it says nothing.

    ``parent`` is the role of the section around it, None for a section of the first level.
    """
    for wording, pattern in _wordings():
        if _fits(wording, parent) and pattern.search(title):
            return wording.role
    return None


@made_of_words()
def _wordings() -> list[tuple[RoleWording, re.Pattern[str]]]:
    return [(wording, expression(wording.title)) for wording in lexicon().roles.roles]


def _fits(wording: RoleWording, parent: Role | None) -> bool:
    if (wording.level == "top" and parent is not None) or (wording.level == "nested" and parent is None):
        return False
    return not wording.within or parent in wording.within


@made_of_words()
def _group_name() -> re.Pattern[str]:
    roles = lexicon().roles
    return expression(f"(?:{'|'.join(roles.generic)})*(?:{any_of(roles.tasks)})$")


def _names_group(title: str) -> bool:
    """Say whether a folded title is made of words for any actions or projects: 五大提升行动."""
    return _group_name().match(title) is not None


@made_of_words()
def _task_name() -> re.Pattern[str]:
    return expression(f"(?!{_group_name().pattern}).*(?:{any_of(lexicon().roles.tasks)})$")


def _names_task(title: str) -> bool:
    """Say whether a folded title names one action or project, not a group of them."""
    return _task_name().match(title) is not None


def _title(branch: Branch) -> str:
    heading = branch.heading
    if heading is None or heading.title is None:
        return ""
    return heading.paragraph.folded[heading.title_end - len(heading.title) : heading.title_end]


def _is_top(branch: Branch) -> bool:
    return branch.parent is not None and branch.parent.heading is None


def _label_start(branch: Branch) -> int:
    """Return where the label stands: before the title, with only white space between them."""
    heading = branch.heading
    assert heading is not None
    length = len(heading.title) if heading.title else 0
    start = heading.title_end - length if length else heading.title_end
    return max(0, start - len(heading.label))


def _text_blocks(branch: Branch) -> list[Block]:
    return [block for below in branch.walk() for block in below.blocks]


def _clauses_of(blocks: Sequence[Block], custom: Custom) -> list[RawClause]:
    """Return the clauses in blocks; lines of labels one under the other are one clause."""
    found: list[RawClause] = []
    last_alone: Block | None = None
    for block in blocks:
        here = [] if block.paragraph.cells else clause_reading.find(block, custom)
        for clause in here:
            if found and last_alone is not None and clause_reading.joined(found[-1], clause):
                continue
            if clause.form == "line" and not clause_reading.names_units(clause):
                continue  # 完成时限：… by itself is no clause
            found.append(clause)
        last_alone = block if here and here[-1].form == "line" else None
    return found


def _as_item(branch: Branch) -> Item:
    """Take an action or project without measures of its own as one measure."""
    heading = branch.heading
    assert heading is not None
    span = heading.paragraph.source_span(_label_start(branch), heading.title_end)
    return Item(heading.title, heading.label, branch, span, _text_blocks(branch), branch, itself=True)


# ------------------------------------------------------------------ measures without numbers


def _paragraph_items(branch: Branch, raw: Sequence[RawClause]) -> list[Item]:
    """Return the measures among the paragraphs of a section: bold, with dashes, or titled."""
    alone = {clause.pieces[0].paragraph.span for clause in raw if clause.alone}
    content = [block for block in branch.blocks if block.paragraph.span not in alone and not block.paragraph.cells]
    starts = [(block, found) for block in content if (found := _bold_title(block))]
    if not starts:
        starts = [(block, found) for block in content if (found := _bullet_title(block))]
    if not starts and len(content) >= 2:
        starts = [
            (block, found) for index, block in enumerate(content) if (found := _plain_title(block, content, index))
        ]
    items: list[Item] = []
    first_blocks = {id(block): found for block, found in starts}
    for block in branch.blocks:
        if id(block) in first_blocks:
            start, end = first_blocks[id(block)]
            paragraph = block.paragraph
            title = paragraph.text[start:end] if end > start else None
            span = paragraph.source_span(block.start if end == start else start, max(end, start + 1))
            items.append(Item(title, None, branch, span, [block]))
        elif items:
            items[-1].blocks.append(block)
    return items


def _bold_title(block: Block) -> tuple[int, int] | None:
    """Return the range of a title in bold at the start of a paragraph."""
    for start, end in block.paragraph.bold:
        if start <= block.start + 1 and end > block.start and end - start <= 60:
            while end > start and block.paragraph.folded[end - 1] in "。：；，-":
                end -= 1
            return (start, end) if end > start else None
    return None


def _bullet_title(block: Block) -> tuple[int, int] | None:
    """Return the range of the title after a dash; an empty one for an item without a title."""
    found = labels().match(block.paragraph.folded, block.start)
    if found is None or found[0] != "BULLET" or found[1] >= block.end:
        return None
    start, end, _ = title_range(block.paragraph, found[1], block.end, 3, False)
    return start, end


def _plain_title(block: Block, content: Sequence[Block], index: int) -> tuple[int, int] | None:
    """Return the range of a first sentence that is a title: no comma, at most 30 characters."""
    folded = block.folded
    stop = folded.find("。")
    if stop < 0:
        last = index + 1 >= len(content)
        short = len(folded) <= 30 and not expression("[，；：、。]").search(folded) and not last
        return (block.start, block.end) if short and folded[-1] not in "）〕" else None
    sentence = folded[:stop]
    if not 2 < stop <= 30 or expression("[，；：]").search(sentence) or not folded[stop + 1 :].strip("。"):
        return None
    return block.start, block.start + stop


# ------------------------------------------------------------------------------ the units


def _parts(readings: Sequence[Reading]) -> Parts:
    """Return leads, responsible and supporting units of one or more clauses, each once."""
    return parts_of(unit for reading in readings for unit in reading.units)


def _answering(own: Parts | None, section: Parts | None) -> tuple[Responsibility, Parts]:
    """Return whose the units of a measure are, and which."""
    if own is None and section is None:
        return "none", ((), (), ())
    if own is None:
        assert section is not None
        return "section", section
    if section is not None and not own[0] and section[0]:
        return "mixed", (section[0], own[1], own[2])
    return "own", own


def _row_for(title: str | None, rows: Sequence[TableRow]) -> TableRow | None:
    return next((row for row in rows if _same_task(title, row.task)), None)


def _same_task(title: str | None, task: str) -> bool:
    if not title:
        return False
    from checker.folding import fold

    one, other = (expression(r"[\W_]|^[0-9一二三四五六七八九十]+").sub("", fold(words)) for words in (title, task))
    return bool(one and other) and (one == other or (min(len(one), len(other)) >= 4 and (one in other or other in one)))
