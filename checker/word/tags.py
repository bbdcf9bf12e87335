"""The names of the elements of WordprocessingML that are read (ECMA-376 part 1, §17), as lxml writes them."""

from __future__ import annotations

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

VAL, TYPE, ID = f"{W}val", f"{W}type", f"{W}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Blocks
BODY, PARAGRAPH, TABLE = f"{W}body", f"{W}p", f"{W}tbl"
ROW, CELL, ROW_PROPERTIES, CELL_PROPERTIES = f"{W}tr", f"{W}tc", f"{W}trPr", f"{W}tcPr"
GRID_SPAN, GRID_BEFORE, VERTICAL_MERGE = f"{W}gridSpan", f"{W}gridBefore", f"{W}vMerge"
CELL_DELETED, CELL_INSERTED = f"{W}cellDel", f"{W}cellIns"
EMBEDDED_FILE = f"{W}altChunk"

# What only holds others
CONTENT_CONTROL, CONTROL_PROPERTIES, CONTROL_CONTENT = f"{W}sdt", f"{W}sdtPr", f"{W}sdtContent"
GALLERY = f"{W}docPartGallery"
ALTERNATE, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
HYPERLINK, SMART_TAG, CUSTOM_XML = f"{W}hyperlink", f"{W}smartTag", f"{W}customXml"
DIRECTION, OVERRIDE = f"{W}dir", f"{W}bdo"
INSERTED, DELETED = f"{W}ins", f"{W}del"
MOVED_TO, MOVED_FROM = f"{W}moveTo", f"{W}moveFrom"
SIMPLE_FIELD = f"{W}fldSimple"
RUBY, RUBY_BASE = f"{W}ruby", f"{W}rubyBase"
MATHEMATICS, MATHEMATICS_PARAGRAPH, MATHEMATICS_TEXT = f"{_M}oMath", f"{_M}oMathPara", f"{_M}t"

# What stands in a run
RUN, TEXT, DELETED_TEXT = f"{W}r", f"{W}t", f"{W}delText"
TAB, POSITION_TAB, BREAK, CARRIAGE_RETURN = f"{W}tab", f"{W}ptab", f"{W}br", f"{W}cr"
NO_BREAK_HYPHEN, SYMBOL, CHARACTER = f"{W}noBreakHyphen", f"{W}sym", f"{W}char"
FIELD_MARK, FIELD_MARK_TYPE, FIELD_CODE = f"{W}fldChar", f"{W}fldCharType", f"{W}instrText"
INSTRUCTION = f"{W}instr"
FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE = f"{W}footnoteReference", f"{W}endnoteReference"
CUSTOM_MARK = f"{W}customMarkFollows"
DRAWING, PICTURE, EMBEDDED_OBJECT = f"{W}drawing", f"{W}pict", f"{W}object"
TEXT_BOX = f"{W}txbxContent"

# Properties
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = f"{W}pPr", f"{W}rPr"
PARAGRAPH_STYLE, RUN_STYLE = f"{W}pStyle", f"{W}rStyle"
NUMBERING_PROPERTIES, LEVEL_INDEX, NUMBER_ID = f"{W}numPr", f"{W}ilvl", f"{W}numId"
OUTLINE_LEVEL, PARAGRAPH_CHANGE = f"{W}outlineLvl", f"{W}pPrChange"
BOLD, HIDDEN, JOINED_MARK = f"{W}b", f"{W}vanish", f"{W}specVanish"

# Styles
STYLE, STYLE_ID, DEFAULT, NAME, BASED_ON = f"{W}style", f"{W}styleId", f"{W}default", f"{W}name", f"{W}basedOn"
DEFAULTS = f"{W}docDefaults"

# Numbering
ABSTRACT_NUMBERING, ABSTRACT_ID = f"{W}abstractNum", f"{W}abstractNumId"
NUMBERING, LEVEL, LEVEL_OVERRIDE = f"{W}num", f"{W}lvl", f"{W}lvlOverride"
START, START_OVERRIDE, RESTART = f"{W}start", f"{W}startOverride", f"{W}lvlRestart"
NUMBER_FORMAT, FORMAT, LEVEL_TEXT, LEGAL = f"{W}numFmt", f"{W}format", f"{W}lvlText", f"{W}isLgl"
STYLE_LINK, NUMBERING_STYLE_LINK = f"{W}styleLink", f"{W}numStyleLink"

ON = frozenset({"1", "true", "on"})
_OFF = frozenset({"0", "false", "off", "none"})


def is_on(toggle: _Element) -> bool:
    """Say whether a property that is on or off (``w:b``) is on."""
    return toggle.get(VAL, "1") not in _OFF


def value(element: _Element | None, name: str = VAL) -> str | None:
    """Return an attribute of an element that may be missing."""
    return None if element is None else element.get(name)


def number(element: _Element | None, name: str = VAL) -> int | None:
    """Return an attribute as a whole number; None where it is missing, or is none of at most nine digits."""
    written = value(element, name)
    if written is None or len(written) > 9:
        return None
    try:
        return int(written)
    except ValueError:
        return None
