"""The totals as messages: one line an indicator, page by page, and down to the units behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.chat.messages import Choice, Outgoing
from bot.chat.split import units as length
from bot.domain.summary import Summary
from bot.domain.totals import Block, Total
from bot.texts import paging
from bot.texts import summary as texts
from bot.views.paging import MOST, ROOM, pages, rows, turning, within
from bot.views.summary import screen, to_glance


@dataclass(frozen=True, kw_only=True)
class _Line:
    """One line of the totals and where it leads.

    Attributes:
        head: of the block it belongs to.
        first: whether it is the block's first line.
        opens: whether a new page starts here.
    """

    head: str
    text: str
    choice: Choice | None
    first: bool
    opens: bool = False


def figures(summary: Summary, page: int) -> Outgoing:
    """Totals, one line an indicator, page by page."""
    sheets = _sheets(_lines(summary))
    page = within(page, len(sheets))
    here = sheets[page]
    lines = [texts.figures_head(summary) + paging.place(page, len(sheets))]
    for at, line in enumerate(here):
        if line.first or at == 0:
            lines += ["", line.head if line.first else texts.block_goes_on(line.head)]
        lines.append(line.text)
    choices = {line.choice.action: line.choice for line in here if line.choice is not None}
    round_ = summary.sheet.round
    turn = turning(("summary-figures", str(round_.id)), page, len(sheets))
    text = "\n".join(lines if here else [*lines, "", texts.nothing_asked()])
    return screen(text, (*rows(tuple(choices.values()), wide=2), *turn, (to_glance(round_),)), edits=True)


def total(summary: Summary, shown: Total, page: int) -> Outgoing:
    """One indicator, unit by unit."""
    round_ = summary.sheet.round
    written = pages([texts.total_head(shown, summary), "", *map(texts.figure_line, shown.figures), *texts.rest_lines(shown)])
    page = within(page, len(written))
    turn = turning(("summary-total", str(round_.id), shown.question.code, shown.column), page, len(written))
    back = Choice(label=texts.FIGURES, action=("summary-figures", str(round_.id), str(_page_of(summary, shown))))
    return screen(written[page] + paging.place(page, len(written)), (*turn, (back, to_glance(round_))), edits=True)


def _lines(summary: Summary) -> list[_Line]:
    lines: list[_Line] = []
    alone = False  # whether single units' own figures have begun: they start a page of their own
    for block in summary.blocks:
        if len(block.units) == 1:
            lines += _own(summary, block, opens=not alone)
            alone = True
        else:
            lines += _shared(summary, block)
    return lines


def _shared(summary: Summary, block: Block) -> Iterator[_Line]:
    """Indicators asked of many units, each leading to the units behind it."""
    head = texts.block_head(block, summary.sheet.plan)
    for at, total in enumerate(block.totals):
        note = f"{texts.counted_apart()}\n" if at == 0 and any(total.column for total in block.totals) else ""
        action = ("summary-total", str(summary.sheet.round.id), total.question.code, total.column, "0")
        choice = Choice(label=texts.total_label(total), action=action)
        yield _Line(head=head, text=note + texts.total_line(total), choice=choice, first=at == 0)


def _own(summary: Summary, block: Block, *, opens: bool) -> Iterator[_Line]:
    """One unit's own indicators, all leading to its answers."""
    unit = block.units[0]
    standing = summary.standing(unit.id)
    action = ("summary-unit", str(unit.id), str(summary.sheet.round.id), "0")
    choice = Choice(label=texts.unit_label(unit), action=action, words=unit.aliases)
    head = texts.block_head(block, summary.sheet.plan)
    sent = standing is not None and standing.at is not None
    told = [texts.own_line(total) for total in block.totals if total.asked] if sent else [texts.not_received()]
    for at, text in enumerate(told):
        yield _Line(head=head, text=text, choice=choice, first=at == 0, opens=opens and at == 0)


def _sheets(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Lines packed into pages; a page holds as much text and as many choices as one message can."""
    sheets: list[list[_Line]] = [[]]
    for line in lines:
        here = sheets[-1]
        room = (
            ROOM - sum(length(known.text) + 1 for known in here) - sum(length(known.head) + 9 for known in here if known.first)
        )
        ways = {known.choice.action for known in here if known.choice is not None}
        crowded = line.choice is not None and line.choice.action not in ways and len(ways) == MOST
        if here and (line.opens or crowded or length(line.head) + length(line.text) > room):
            sheets.append([])
        sheets[-1].append(line)
    return sheets


def _page_of(summary: Summary, shown: Total) -> int:
    """The page of the totals an indicator stands on."""
    for at, sheet in enumerate(_sheets(_lines(summary))):
        for line in sheet:
            if line.choice and line.choice.action[:4] == (
                "summary-total",
                str(summary.sheet.round.id),
                shown.question.code,
                shown.column,
            ):
                return at
    return 0
