"""Import contracts hold, files stay small, and every term of the domain is in its glossary."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bot.domain
from tests.architecture.sources import REPOSITORY, files, source, tree

MOST_LINES = 300

# Each says one thing at length; to be split when next worked on. The list may only get shorter.
TOO_LONG = {
    "storage/outbox.py",
    "storage/people.py",
    "storage/tables.py",
}


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run([program, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " 0 broken." in ran.stdout


def test_files_are_short() -> None:
    long = {file for file in files() if not file.startswith("bot/texts/") and source(file).count("\n") > MOST_LINES}
    assert long - TOO_LONG == set()


@pytest.mark.parametrize("file", [file for file in files() if not file.endswith("__init__.py")])
def test_every_file_says_what_it_is_for_in_its_first_line(file: str) -> None:
    said = ast.get_docstring(tree(file))
    assert said is not None and source(file).startswith('"""')
    assert said.splitlines()[0].strip()


def test_every_term_of_the_domain_is_in_its_glossary() -> None:
    words = set(re.findall(r"\w+", bot.domain.__doc__ or ""))
    missing = [
        f"{file}: {node.name}"
        for file in files()
        if file.startswith("bot/domain/")
        for node in tree(file).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in words
    ]
    assert missing == []


def test_the_glossary_names_nothing_that_is_gone() -> None:
    """Every word written `So` in backquotes is a class of the domain."""
    domain = [node for file in files() if file.startswith("bot/domain/") for node in tree(file).body]
    classes = {node.name for node in domain if isinstance(node, ast.ClassDef)}
    named = set(re.findall(r"`([A-Z]\w+)`", bot.domain.__doc__ or ""))
    assert named - classes == set()
    assert len(named) > 30
