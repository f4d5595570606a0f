"""Formatted text as safe HTML for a page."""

from __future__ import annotations

import html
import re

from bot.sandbox.markup import units
from bot.sandbox.records import Json

SHOWN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def to_html(text: str, entities: tuple[Json, ...]) -> str:
    """Safe HTML of a text: everything escaped, only the tags of SHOWN and links with http, https, mailto or tg."""
    wide = text.encode("utf-16-le")
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        href = entity.get("url") or (_cut(wide, start, end) if entity["type"] == "url" else "")
        if re.match(r"(https?|mailto|tg):", href):
            tag, head = "a", f'<a href="{html.escape(href)}" rel="noreferrer noopener" target="_blank">'
        elif shown := SHOWN.get(entity["type"]):
            tag, head = shown, f"<{shown}>"
        else:
            continue
        opens.setdefault(start, []).append(head)
        closes.setdefault(end, []).insert(0, f"</{tag}>")
    marks = sorted({0, units(text), *opens, *closes})
    parts = []
    for at, until in zip(marks, [*marks[1:], marks[-1]], strict=True):
        parts += [*closes.get(at, ()), *opens.get(at, ()), html.escape(_cut(wide, at, until))]
    return "".join(parts)


def _cut(wide: bytes, start: int, end: int) -> str:
    return wide[2 * start : 2 * end].decode("utf-16-le", "replace")
