"""What people read is written in bot/texts and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import files, tree

# They read what people type, and here the accents decide what is meant ("sáu" is six, "sau" is after); or they take accents
# off. Words, never a sentence.
READS = {
    "bot/chat/courtesy.py",
    "bot/chat/fold.py",
    "bot/domain/commands.py",
    "bot/domain/dates.py",
    "bot/domain/calling.py",
    "bot/domain/naming.py",
    "bot/domain/phrases.py",
    "bot/domain/reading.py",
    "bot/domain/references.py",
    "bot/domain/secrets_marks.py",
    "storage/erasing.py",
    "bot/domain/words.py",
}

# The office's name until it is set: data, as .env.example documents it.
NAMES = {"bot/settings.py": {"UBND quận Gò Vấp", "Phòng Nội vụ quận Gò Vấp"}}


def test_vietnamese_stands_only_in_the_texts() -> None:
    """Escapes count as the letters they are. Plan files and the sandbox's page are no Python."""
    found = [
        f"{file}:{line} {text[:40]!r}"
        for file in files()
        if not file.startswith("bot/texts/") and file not in READS
        for line, text in _vietnamese(file)
        if text not in NAMES.get(file, ())
    ]
    assert found == []


@pytest.mark.parametrize("file", sorted(READS))
def test_what_reads_holds_words_and_no_sentences(file: str) -> None:
    assert [text for _, text in _vietnamese(file) if re.search(r"\w+( \w+){4}", text)] == []


def test_the_search_finds_vietnamese() -> None:
    assert len(list(_vietnamese("bot/texts/cli.py"))) > 100
    assert any("chị" in text for _, text in _vietnamese("bot/domain/calling.py"))  # written with escapes there


def _vietnamese(file: str) -> Iterator[tuple[int, str]]:
    """String literals with letters English does not have; strings that are statements of their own are documentation."""
    documentation = {
        id(node.value) for node in ast.walk(tree(file)) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree(file)):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in documentation and _foreign(text):
                yield node.lineno, text


def _foreign(text: str) -> bool:
    return any(letter.isalpha() and not letter.isascii() for letter in text)
