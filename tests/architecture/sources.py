"""The program's Python files, parsed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "scheduler", "storage")


@cache
def files() -> tuple[str, ...]:
    """Every module, as "bot/app.py"; migrations are generated and left out."""
    found = (path.relative_to(REPOSITORY).as_posix() for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py"))
    return tuple(sorted(path for path in found if "/migrations/" not in path))


@cache
def source(file: str) -> str:
    return (REPOSITORY / file).read_text(encoding="utf-8")


@cache
def tree(file: str) -> ast.Module:
    return ast.parse(source(file), file)


@cache
def calls(file: str) -> tuple[tuple[int, str], ...]:
    """(line, dotted name as written) of everything called: "asyncio.create_task", "print", "datetime.now"."""
    return tuple((node.lineno, ast.unparse(node.func)) for node in ast.walk(tree(file)) if isinstance(node, ast.Call))


@cache
def names(file: str) -> tuple[tuple[int, str], ...]:
    """(line, dotted name as written) of everything mentioned, called or not, imported names included."""
    return tuple(_names(file))


def _names(file: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(file)):
        match node:
            case ast.Attribute() | ast.Name():
                yield node.lineno, ast.unparse(node)
            case ast.ImportFrom(module=module, names=imported):
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in imported)
            case ast.Import(names=imported):
                yield from ((node.lineno, alias.name) for alias in imported)
            case ast.keyword(arg=str(name)):
                yield node.value.lineno, name
