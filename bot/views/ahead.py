"""/lich as messages: day by day, page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.chat.messages import Choice, Outgoing
from bot.domain.office import Office
from bot.domain.outlook import Occasion, Planned
from bot.domain.units import Unit
from bot.texts import ahead as texts
from bot.texts import general, paging, wording
from bot.views.paging import MOST, pages, rows, turning, within

DAYS = 30
"""How far one looks ahead."""


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """What is to come.

    Attributes:
        units: by id, those that may be named.
        reached: ids of the units where somebody can be told.
        one: the only unit asked about, or None.
    """

    items: Sequence[Planned]
    units: Mapping[int, Unit]
    reached: Collection[int]
    one: Unit | None
    now: datetime
    office: Office


def coming(shown: Ahead, page: int, *, edits: bool) -> Outgoing:
    """For who sees all units. The excerpts of one morning share a line."""
    today = shown.office.day(shown.now)
    one = str(shown.one.id) if shown.one else ""
    other = Choice(label=texts.BY_UNIT, action=("ahead-units", "0"))
    last = (other, Choice(label=texts.ALL, action=("ahead", "", "0"))) if shown.one else (other,)
    head = texts.head(DAYS, today, shown.one.name if shown.one else "")
    return _listed(head, list(_lines(shown)), page, ("ahead", one), (last,), edits=edits)


def own(shown: Ahead, page: int, *, edits: bool) -> Outgoing:
    """For a unit's own people."""
    today = shown.office.day(shown.now)
    lines: list[str] = []
    for day, items in groupby(shown.items, key=lambda item: shown.office.day(item.at)):
        lines.append(texts.day(day, today))
        for item in items:
            names = _names(item.units, shown) if len(shown.units) > 1 else []
            lines.append(texts.own_line(item, _clock(item, shown), names))
    if any(item.occasion is not Occasion.EXCERPT for item in shown.items):
        lines += ["", texts.stops()]
    return _listed(texts.own_head(DAYS, today), lines, page, ("ahead-own",), (), edits=edits)


def which(units: Sequence[Unit], page: int, *, unclear: bool, edits: bool) -> Outgoing:
    """Whose messages?"""
    many = max(1, -(-len(units) // MOST))
    page = within(page, many)
    choices = [
        Choice(label=unit.short, action=("ahead", str(unit.id), "0"), words=unit.aliases)
        for unit in units[page * MOST : (page + 1) * MOST]
    ]
    text = (texts.no_such_unit() if unclear else texts.which_unit()) + paging.place(page, many)
    return Outgoing(
        text=text,
        choices=(*rows(choices, wide=2), *turning(("ahead-units",), page, many)),
        marks="letters",
        hint=general.hint_letters(),
        edits=edits,
    )


def _lines(shown: Ahead) -> Iterator[str]:
    today = shown.office.day(shown.now)
    for day, items in groupby(shown.items, key=lambda item: shown.office.day(item.at)):
        yield texts.day(day, today)
        for (_, occasion), same in groupby(items, key=lambda item: (item.at, item.occasion)):
            together = list(same)
            if occasion is Occasion.EXCERPT:
                yield _line(together[0], [id for item in together for id in item.units], len(together), shown)
            else:
                yield from (_line(item, item.units, 1, shown) for item in together)


def _line(item: Planned, units: Sequence[int], count: int, shown: Ahead) -> str:
    told = _names([id for id in units if id in shown.reached], shown)
    silent = _names([id for id in units if id not in shown.reached], shown)
    return texts.line(item, _clock(item, shown), told, silent, count)


def _names(units: Sequence[int], shown: Ahead) -> list[str]:
    return [shown.units[id].short for id in units if id in shown.units]


def _clock(item: Planned, shown: Ahead) -> str:
    return wording.clock(shown.office.local(item.at))


def _listed(
    head: str, lines: Sequence[str], page: int, turn: tuple[str, ...], last: tuple[tuple[Choice, ...], ...], *, edits: bool
) -> Outgoing:
    written = pages([head, *lines] if lines else [texts.nothing(DAYS)])
    page = within(page, len(written))
    choices = (*turning(turn, page, len(written)), *last)
    hint = general.hint_letters() if choices else ""
    text = written[page] + paging.place(page, len(written))
    return Outgoing(text=text, choices=choices, marks="letters", hint=hint, edits=edits)
