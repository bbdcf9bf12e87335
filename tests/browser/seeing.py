"""What a person sees of a page: what is in view, what contrast it has, what runs over."""

from __future__ import annotations

from typing import Any

_IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  const list = element.closest('.list')?.getBoundingClientRect();
  const within = outer => box.top >= outer.top - 1 && box.bottom <= outer.bottom + 1;
  const inList = !list || getComputedStyle(element.closest('.list')).overflowY === 'visible' || within(list);
  return inList && box.width > 0 && box.top >= 0 && box.bottom <= innerHeight;
}"""
_CONTRAST = """() => {
  const parsed = words => {
    const [red, green, blue, alpha = 1] = words.match(/[\\d.]+/g).map(Number);
    return words.startsWith('color(') ? [red * 255, green * 255, blue * 255, alpha] : [red, green, blue, alpha];
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = ([...rgb]) => rgb.slice(0, 3).map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement;
    if (!node.data.trim() || ['SCRIPT', 'STYLE', 'OPTION', 'title'].includes(element.tagName)) continue;
    if (!element.checkVisibility({ contentVisibilityAuto: false, visibilityProperty: true })) continue;
    if (element.closest('.unseen, .skip, svg, .off')) continue;
    const around = [];
    for (let one = element; one; one = one.parentElement) around.unshift(parsed(getComputedStyle(one).backgroundColor));
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const back = around.reduce((below, top) => over(top, below), dark ? [0, 0, 0, 1] : [255, 255, 255, 1]);
    const ink = over(parsed(getComputedStyle(element).color), back);
    const [high, deep] = [light(ink), light(back)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (deep + 0.05);
    const what = `${element.className || element.tagName}: ${node.data.trim().slice(0, 20)}`;
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${what}`);
  }
  return low;
}"""


def in_view(page: Any, selector: str) -> bool:
    """Say whether an element is wholly in view, in its list too, where that scrolls."""
    found: bool = page.locator(selector).first.evaluate(_IN_VIEW)
    return found


def low_contrast(page: Any) -> list[str]:
    """Return the texts that are hard to read: those with a contrast below 4.5."""
    found: list[str] = page.evaluate(_CONTRAST)
    return found


def runs_over(page: Any) -> int:
    """Return by how many pixels the page is wider than the window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(0, found)


def shown(page: Any, selector: str) -> int:
    """Return how many of some elements can be seen."""
    return sum(one.is_visible() for one in page.locator(selector).all())
