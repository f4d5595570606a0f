"""Formatted text is read as Telegram reads it and shown without harm."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import markup
from bot.sandbox.shown import to_html

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@given(words, words, words)
def test_any_escaped_text_is_read_back_whole(before: str, bold: str, after: str) -> None:
    source = f"{html.escape(before)}<b>{html.escape(bold, quote=False)}</b>{html.escape(after)}"
    text, entities = markup.parse(source.replace("&#x27;", "&#39;"), "HTML")
    assert text == before + bold + after
    expected = [{"type": "bold", "offset": markup.units(before), "length": markup.units(bold)}]
    assert entities == (expected if bold else [])


@given(words)
def test_any_text_fully_escaped_passes_markdown_v2(text: str) -> None:
    source = re.sub(r"([_*\[\]()~`>#+\-=|{}.!\\])", r"\\\1", text)
    assert markup.parse(source, "MarkdownV2") == (text, [])


@given(st.text(st.sampled_from("<>/&;b \"=x'a"), max_size=40))
def test_html_is_either_read_or_refused_and_never_anything_else(source: str) -> None:
    try:
        text, entities = markup.parse(source, "HTML")
    except markup.Unreadable:
        return
    assert all(entity["offset"] + entity["length"] <= markup.units(text) for entity in entities)


@given(words, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60), st.sampled_from(["bold", "code", "spoiler", "url"]))))
def test_nothing_a_text_holds_becomes_a_tag_on_the_page(text: str, spans: list[tuple[int, int, str]]) -> None:
    entities = [{"type": kind, "offset": start, "length": length} for start, length, kind in spans]
    try:
        text, found = markup.finish(text, entities)
    except markup.Unreadable:
        assert any(ord(letter) > 0xFFFF for letter in text)
        return
    shown = to_html(text, found)
    assert set(re.findall(r"</?(\w+)", shown)) <= {"a", *("b", "i", "u", "s", "code", "pre", "blockquote")}
    assert html.unescape(re.sub(r"</?(?:a|b|i|u|s|code|pre|blockquote)(?: [^>]*)?>", "", shown)) == text


def test_a_link_with_a_script_is_no_link() -> None:
    text, entities = markup.parse(
        '<a href="javascript:alert(1)">bấm</a> <a href="https://x.vn/?a=1&amp;b=&quot;">x</a>', "HTML"
    )
    shown = to_html(text, tuple(entities))
    assert shown == 'bấm <a href="https://x.vn/?a=1&amp;b=&quot;" rel="noreferrer noopener" target="_blank">x</a>'


@pytest.mark.parametrize(
    ("source", "mode", "text", "kinds"),
    [
        ('<pre><code class="language-python">x</code></pre>', "HTML", "x", ["pre"]),
        ('<tg-time unix="1764000000" format="dt">mai</tg-time>', "HTML", "mai", ["date_time"]),
        ("<span class='tg-spoiler'>kín</span>", "html", "kín", ["spoiler"]),
        ("*đậm* _nghiêng_ [đây](https://x.vn) `mã`", "Markdown", "đậm nghiêng đây mã", ["bold", "italic", "text_link", "code"]),
        ("*đậm __gạch__* ~bỏ~ ||kín||", "MarkdownV2", "đậm gạch bỏ kín", ["underline", "bold", "strikethrough", "spoiler"]),
    ],
)
def test_parse_modes(source: str, mode: str, text: str, kinds: list[str]) -> None:
    found, entities = markup.parse(source, mode)
    assert (found, [entity["type"] for entity in entities]) == (text, kinds)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start MA", [("bot_command", 0, 6)]),
        ("😀 /help@nhacviec_bot", [("bot_command", 3, 18)]),
        ("và/hoặc 12/2026", []),
        ("xem https://x.vn/a. Viết a@b.vn", [("url", 4, 14), ("email", 25, 6)]),
        ("hỏi @nhacviec_bot #gap", [("mention", 4, 13), ("hashtag", 18, 4)]),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(item["type"], item["offset"], item["length"]) for item in markup.detect(text)] == found
