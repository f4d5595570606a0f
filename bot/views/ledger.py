"""The proof ledger as messages, and as rows for a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.chat.messages import Choice, Outgoing
from bot.domain.ledger import Entry, Tally
from bot.domain.office import Office
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import general, paging, summary
from bot.texts import ledger as texts
from bot.views.paging import pages, rows, turning, within

ON_A_PAGE = 8


def units(plan: Plan, round_: Round, tallies: Sequence[Tally], page: int, *, edits: bool) -> Outgoing:
    """Every unit in a line, and the way to its messages."""
    id = str(round_.id)
    many = max(1, -(-len(tallies) // ON_A_PAGE))
    page = within(page, many)
    here = tallies[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    choices = [
        Choice(
            label=texts.unit_label(known.unit),
            action=("ledger-unit", str(known.unit.id), id, "0"),
            words=known.unit.aliases,
        )
        for known in here
    ]
    text = "\n".join([texts.head(plan, round_) + paging.place(page, many), "", *map(texts.tally, here)])
    return _lettered(text, (*rows(choices, wide=2), *turning(("ledger", id), page, many)), edits=edits)


def unit(shown: Unit, round_: Round, entries: Sequence[Entry], office: Office, page: int | None, *, edits: bool) -> Outgoing:
    """One unit's messages, oldest first; without a page the last one is shown, where what is to come stands."""
    at = (str(shown.id), str(round_.id))
    told = [texts.line(entry, office) for entry in entries] or [texts.nothing()]
    written = pages([texts.unit_head(shown, round_), "", *told])
    page = within(page if page is not None else len(written), len(written))
    ways = (
        Choice(label=summary.ANSWERS, action=("summary-unit", *at, "0")),
        Choice(label=texts.LEDGER, action=("ledger", at[1], "0")),
    )
    text = written[page] + paging.place(page, len(written))
    return _lettered(text, (*turning(("ledger-unit", *at), page, len(written)), ways), edits=edits)


def table(entries: Mapping[int, Iterable[Entry]], office: Office) -> tuple[tuple[str | datetime | None, ...], ...]:
    """Every unit's messages as rows under `texts.ledger.COLUMNS`, for a sheet."""
    return tuple(texts.row(entry, office) for listed in entries.values() for entry in listed)


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...], *, edits: bool) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters(), edits=edits)
