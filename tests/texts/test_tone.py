"""No sentence of the chat uses words the office's tone guide avoids, nor words only a program knows."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import files, tree

# Read by whoever runs the machine, not by officers.
FOR_THE_MACHINE_ROOM = {"cli", "plan_errors", "startup", "doctor", "demo", "keeping"}
AVOIDED = re.compile(
    r"!|\bdeadline\b|\bnộp\b|\bbắt buộc\b|\bbạn\b|\bvi phạm\b|\byếu kém\b|\btrừ điểm\b|\bchấp hành\b"  # the tone guide, part 3
    r"|\bHi\b|\bAlo\b|\bP\d+\b"  # parts 1 and 2
    r"|[A-Z]+_[A-Z]+|\bNone\b|\bnull\b|\bNULL\b|\berror\b|\bJSON\b|\bSQL\b",
    re.IGNORECASE,
)
SAID_BY_DOCTOR = {"bot/texts/quota.py": {"ZALO_MONTHLY"}}
CHAT = [file for file in files() if file.startswith("bot/texts/") and file[10:-3] not in FOR_THE_MACHINE_ROOM]


@pytest.mark.parametrize("file", CHAT)
def test_the_words_of_the_chat_are_the_offices(file: str) -> None:
    read = tree(file)
    documentation = {id(node.value) for node in ast.walk(read) if isinstance(node, ast.Expr)}
    said = [
        node.value
        for node in ast.walk(read)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]
    found = [(match[0], text[:60]) for text in said if not text.isascii() and (match := AVOIDED.search(text))]
    assert [hit for hit in found if hit[0] not in SAID_BY_DOCTOR.get(file, ())] == []


def test_the_search_finds_what_it_looks_for() -> None:
    for words in ("Chưa nộp báo cáo", "Bạn ơi", "đặt PUBLIC_URL", "Gửi ngay!", "P5 chưa gửi", "không chấp hành"):
        assert AVOIDED.search(words), words
    assert not AVOIDED.search("UBND Phường 5, chị Lan, trước ngày 05/5")
