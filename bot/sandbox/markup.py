"""Telegram's formatted text: entities measured in UTF-16 units, read from HTML or Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from bot.sandbox.records import Json

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
MARKDOWN = {"*": "bold", "_": "italic", "`": "code"}
MARKDOWN_V2 = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler", "`": "code", "```": "pre"}
RESERVED = set("_*[]()~`>#+-=|{}.!")
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{4,32})\b"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)


class Unreadable(ValueError):
    """The text does not keep the rules of its parse mode; the message is Telegram's."""


def units(text: str) -> int:
    """Length in UTF-16 units, the measure of every limit and offset."""
    return len(text.encode("utf-16-le")) // 2


def detect(text: str) -> Iterator[Json]:
    """What Telegram finds by itself: commands, mentions, links, addresses, hashtags."""
    for match in FOUND.finditer(text):
        yield {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match[0])}


def parse(text: str, mode: str) -> tuple[str, list[Json]]:
    """Text and entities of a text written in a parse mode ("", HTML, Markdown, MarkdownV2). Raises Unreadable."""
    match mode.lower():
        case "":
            return text, []
        case "html":
            return _parse_html(text)
        case "markdown":
            return _parse_markdown(text, MARKDOWN, escapes=set("_*`["))
        case "markdownv2":
            return _parse_markdown(text, MARKDOWN_V2, escapes=RESERVED)
        case _:
            raise Unreadable("unsupported parse_mode")


def finish(text: str, entities: list[Json]) -> tuple[str, tuple[Json, ...]]:
    """As Telegram stores it: blank ends trimmed, entities moved along, its own findings added outside code and links.

    Raises Unreadable when an entity begins or ends inside a UTF-16 pair.
    """
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, units(text))
        if end > start:
            if not (_whole(text, start) and _whole(text, end)):
                raise Unreadable(f"Entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol")
            kept.append({**entity, "offset": start, "length": end - start})
    taken = [item for item in kept if item["type"] in ("code", "pre", "text_link")]
    for found in detect(text):
        if all(
            found["offset"] + found["length"] <= item["offset"] or item["offset"] + item["length"] <= found["offset"]
            for item in taken
        ):
            kept.append(found)
    return text, tuple(sorted(kept, key=lambda item: (item["offset"], -item["length"])))


def _whole(text: str, at: int) -> bool:
    """Whether no UTF-16 pair lies across this offset."""
    wide = text.encode("utf-16-le")
    return 2 * at >= len(wide) or not 0xDC <= wide[2 * at + 1] <= 0xDF


def _parse_html(source: str) -> tuple[str, list[Json]]:
    out: list[str] = []
    length = 0
    entities: list[Json] = []
    opened: list[tuple[str, Json]] = []
    at = 0
    while at < len(source):
        where = len(source[:at].encode())
        if source[at] == "&":
            piece = re.match(r"&(#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);", source[at:])
            char = html.unescape(piece[0]) if piece else "&"
            at += len(piece[0]) if piece else 1
            out.append(char)
            length += units(char)
        elif source[at] != "<":
            stop = min(place for place in (source.find("<", at), source.find("&", at), len(source)) if place >= 0)
            out.append(source[at:stop])
            length += units(source[at:stop])
            at = stop
        elif closing := re.match(r"</([^<>]*)>", source[at:]):
            name = closing[1].strip().lower()
            if not opened:
                raise Unreadable(f"Unexpected end tag at byte offset {where}")
            expected, entity = opened.pop()
            if name and name != expected:
                raise Unreadable(f'Unmatched end tag at byte offset {where}, expected "</{expected}>", found "</{name}>"')
            entity["length"] = length - entity["offset"]
            if entity["length"]:
                entities.append(entity)
            at += len(closing[0])
        else:
            tag = re.match(r"<([a-zA-Z][\w-]*)?((?:\s+[\w-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+))?)*)\s*>", source[at:])
            name = (tag[1] or "").lower() if tag else re.match(r"<([\w-]*)", source[at:])[1].lower()  # type: ignore[index]
            if name not in TAGS:
                raise Unreadable(f'Unsupported start tag "{name}" at byte offset {where}')
            if not tag:
                raise Unreadable(f"Unclosed start tag at byte offset {where}")
            opened.append((name, {"type": TAGS[name], "offset": length, **_attributes(name, tag[2], where)}))
            at += len(tag[0])
    if opened:
        raise Unreadable(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return "".join(out), _merge_code(entities)


def _attributes(tag: str, source: str, where: int) -> Json:
    found = {
        name.lower(): html.unescape(a or b or c)
        for name, a, b, c in re.findall(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?", source)
    }
    match tag:
        case "a":
            return {"url": found["href"]} if found.get("href") else {"type": "plain"}
        case "span" if found.get("class") != "tg-spoiler":
            raise Unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        case "blockquote" if "expandable" in found:
            return {"type": "expandable_blockquote"}
        case "code" if found.get("class", "").startswith("language-"):
            return {"language": found["class"][9:]}
        case "tg-emoji":
            return {"custom_emoji_id": found.get("emoji-id", "")}
        case "tg-time":
            if not found.get("unix", "").isdigit():
                raise Unreadable(f'Tag "tg-time" must have a valid attribute "unix" at byte offset {where}')
            form = {"date_time_format": found["format"]} if found.get("format") else {}
            return {"unix_time": int(found["unix"]), **form}
        case _:
            return {}


def _merge_code(entities: list[Json]) -> list[Json]:
    """`<pre><code class="language-x">` is one entity; a code outside pre has no language; `<a>` without a link is nothing."""
    spans = {(item["offset"], item["length"]): item for item in entities if item["type"] == "pre"}
    kept = []
    for item in entities:
        pre = spans.get((item["offset"], item["length"]))
        if item["type"] == "code" and pre is not None:
            pre.update({"language": item["language"]} if "language" in item else {})
        elif item["type"] != "plain":
            kept.append({key: value for key, value in item.items() if key != "language" or item["type"] == "pre"})
    return kept


def _parse_markdown(source: str, marks: dict[str, str], escapes: set[str]) -> tuple[str, list[Json]]:
    """Rough but strict where clients slip: reserved characters and unclosed marks are refused, links and nesting are read."""
    strict = marks is MARKDOWN_V2
    out: list[str] = []
    length = 0
    entities: list[Json] = []
    opened: list[tuple[str, Json, int]] = []
    at = 0
    while at < len(source):
        where = len(source[:at].encode())
        inside = opened[-1][0] if opened else ""
        literal = inside in ("`", "```")
        char = source[at]
        if char == "\\" and at + 1 < len(source) and (source[at + 1] in escapes or strict):
            out.append(source[at + 1])
            length += units(source[at + 1])
            at += 2
            continue
        mark = next((item for item in sorted(marks, key=len, reverse=True) if source.startswith(item, at)), "")
        if mark and inside == mark:
            _, entity, _ = opened.pop()
            entity["length"] = length - entity["offset"]
            entities += [entity] if entity["length"] else []
            at += len(mark)
        elif mark and not literal:
            opened.append((mark, {"type": marks[mark], "offset": length}, where))
            at += len(mark)
        elif char == "[" and not literal:
            opened.append(("[", {"type": "text_link", "offset": length}, where))
            at += 1
        elif char == "]" and inside == "[":
            link = re.match(r"\]\(((?:\\.|[^)\\])*)\)", source[at:])
            _, entity, _ = opened.pop()
            entity |= {"length": length - entity["offset"], "url": re.sub(r"\\(.)", r"\1", link[1]) if link else ""}
            entities += [entity] if entity["length"] and entity["url"] else []
            at += len(link[0]) if link else 1
        elif char == ">" and strict and (at == 0 or source[at - 1] == "\n"):
            at += 1
        elif strict and not literal and char in RESERVED:
            raise Unreadable(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")
        else:
            out.append(char)
            length += units(char)
            at += 1
    if opened:
        mark, entity, where = opened[-1]
        kind = entity["type"].title().replace("_", "")
        what = f"{kind} entity at byte offset {where}" if strict else f"the entity starting at byte offset {where}"
        raise Unreadable(f"Can't find end of {what}")
    return "".join(out), entities
