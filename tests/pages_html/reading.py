"""A page as a program takes it apart: its elements, their attributes and their words."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "input", "br", "img", "link", "hr"}


class Element:
    """An element with what stands in it."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.inside: list[Element | str] = []

    @property
    def words(self) -> str:
        """All text in it, white space as one blank."""
        return " ".join(self.raw.split())

    @property
    def raw(self) -> str:
        """All text in it, as it stands."""
        return "".join(one if isinstance(one, str) else one.raw for one in self.inside)

    @property
    def all(self) -> list[Element]:
        """All elements in it, in their order."""
        found = []
        for one in self.inside:
            if isinstance(one, Element):
                found += [one, *one.all]
        return found

    def find(self, tag: str = "", kind: str = "", **attributes: str) -> list[Element]:
        """Return the elements in it with a tag, a class, and attributes."""
        return [
            one
            for one in self.all
            if (not tag or one.tag == tag)
            and (not kind or kind in one.attributes.get("class", "").split())
            and all(
                one.attributes.get(name.rstrip("_").replace("_", "-")) == value for name, value in attributes.items()
            )
        ]


class Page(HTMLParser):
    """A page; elements that are not closed where they should be raise AssertionError."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.root = self._at = Element("", {}, None)
        self.feed(text)
        self.close()
        assert self._at is self.root, f"<{self._at.tag}> is not closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attributes}, self._at)
        self._at.inside.append(element)
        if tag not in VOID:
            self._at = element

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._at.tag == tag, f"</{tag}> where </{self._at.tag}> should be"
        assert self._at.parent is not None
        self._at = self._at.parent

    def handle_data(self, data: str) -> None:
        self._at.inside.append(data)

    def one(self, tag: str = "", kind: str = "", **attributes: str) -> Element:
        """Return the only such element."""
        (found,) = self.root.find(tag, kind, **attributes)
        return found

    def find(self, tag: str = "", kind: str = "", **attributes: str) -> list[Element]:
        """Return all such elements."""
        return self.root.find(tag, kind, **attributes)
