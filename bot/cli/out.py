"""How the command line speaks: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer


def say(text: str = "") -> None:
    """A line or several of result."""
    typer.echo(text)


def warn(text: str) -> None:
    """Something beside the result."""
    typer.echo(text, err=True)


@contextmanager
def progress(text: str) -> Iterator[Callable[[float], None]]:
    """What takes a while and, in a terminal, how much of it is done: call what is given with a share, 0 to 1."""
    with typer.progressbar(length=100, label=text, file=sys.stderr) as bar:
        yield lambda share: bar.update(int(100 * share) - bar.pos)
        bar.update(100 - bar.pos)


def data(value: Any) -> None:
    """The result for programs: JSON, accents as they are; dates, moments and exact numbers as text."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they need to be."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    written = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([written[0], "─" * min(sum(widths) + 2 * (len(widths) - 1), 120), *written[1:]])
