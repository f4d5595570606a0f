"""Long lists in pages that stay one message on every channel, and the choices that turn them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.chat.messages import Choice
from bot.chat.split import split, units
from bot.texts import paging as texts

ROOM = 1400
"""UTF-16 units of text on a page: with its head and some ten choices it stays under Zalo's 2,000."""
MOST = 8
"""Choices of one page, besides those that lead elsewhere."""
ROW_ROOM = 30
"""Characters that fit side by side on a phone's row of buttons."""


def pages(lines: Iterable[str], room: int = ROOM) -> tuple[str, ...]:
    """Lines packed into pages in their order; a line longer than a page is cut. Always at least one page."""
    packed: list[str] = []
    for line in lines:
        for part in split(line, room) or ("",):
            if packed and units(packed[-1]) + 1 + units(part) <= room:
                packed[-1] = f"{packed[-1]}\n{part}"
            else:
                packed.append(part)
    return tuple(packed) or ("",)


def within(page: int, many: int) -> int:
    """A page that exists: what an old button asks for may be gone."""
    return min(max(page, 0), max(many - 1, 0))


def turning(action: tuple[str, ...], page: int, many: int) -> tuple[tuple[Choice, ...], ...]:
    """The row that turns the page; the page's number is the action's last argument."""
    row = []
    if page > 0:
        row.append(Choice(label=texts.BEFORE, action=(*action, str(page - 1))))
    if page + 1 < many:
        row.append(Choice(label=texts.AFTER, action=(*action, str(page + 1))))
    return (tuple(row),) if row else ()


def rows(choices: Sequence[Choice], wide: int = 1) -> tuple[tuple[Choice, ...], ...]:
    """Choices laid out, so many in a row."""
    return tuple(tuple(choices[at : at + wide]) for at in range(0, len(choices), wide))


def abreast(choices: Iterable[Choice]) -> tuple[tuple[Choice, ...], ...]:
    """Choices laid out as a phone shows them: short ones side by side, at most three."""
    laid: list[tuple[Choice, ...]] = []
    for choice in choices:
        last = laid[-1] if laid else ()
        if last and len(last) < 3 and sum(len(c.label) + 3 for c in last) + len(choice.label) <= ROW_ROOM:
            laid[-1] = (*last, choice)
        else:
            laid.append((choice,))
    return tuple(laid)
