"""What a report costs: /ganhnang as messages, and the same as rows for a workbook."""

from __future__ import annotations

from bot.chat.messages import Choice, Outgoing
from bot.domain.burden import Burden
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.texts import burden as texts
from bot.texts import general, paging
from bot.texts.summary import OVERVIEW
from bot.views.paging import pages, turning, within

Cell = str | int | float | None


def shown(plan: Plan, round_: Round, known: Burden, which: str, page: int, *, edits: bool) -> Outgoing:
    """`which`: "units" or "questions"."""
    lines = [texts.effort(e) for e in known.efforts] if which == "units" else [texts.cost(c) for c in known.costs]
    written = pages([texts.head(plan, round_, known), "", *(lines if known.efforts else [texts.nothing()])])
    page = within(page, len(written))
    other = ("questions", texts.BY_QUESTION) if which == "units" else ("units", texts.BY_UNIT)
    last = (
        Choice(label=other[1], action=("burden", str(round_.id), other[0], "0")),
        Choice(label=OVERVIEW, action=("summary", str(round_.id))),
    )
    return Outgoing(
        text=written[page] + paging.place(page, len(written)),
        choices=(*turning(("burden", str(round_.id), which), page, len(written)), last),
        marks="letters",
        hint=general.hint_letters(),
        edits=edits,
    )


def unit_rows(known: Burden) -> tuple[tuple[Cell, ...], ...]:
    """Headings, then one row a unit; minutes as numbers."""
    rows = (
        (
            e.unit.name,
            texts.SENT if e.sent else texts.NOT_SENT,
            e.answers,
            round(e.worked.total_seconds() / 60, 1),
            e.pauses,
            round(e.paused.total_seconds() / 60, 1),
            texts.left_at(e),
        )
        for e in known.efforts
    )
    return (texts.HEADINGS_UNITS, *rows)


def question_rows(known: Burden) -> tuple[tuple[Cell, ...], ...]:
    """Headings, then one row a question; seconds as numbers, None where nothing could be measured."""
    rows = (
        (
            texts.question_name(c),
            len(c.gaps),
            round(c.typical.total_seconds(), 1) if c.typical is not None else None,
            texts.names(c.asked_back),
            texts.names(c.again),
            texts.names(c.left),
        )
        for c in known.costs
    )
    return (texts.HEADINGS_QUESTIONS, *rows)
