"""The coordinator's summary as messages: at a glance, the digest, totals, units, and the way down to one answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.messages import Choice, Outgoing
from bot.chat.split import units as length
from bot.domain import chasing
from bot.domain.answers import Answer, Reading
from bot.domain.calendar import WorkCalendar
from bot.domain.difficulties import Difficulty
from bot.domain.oddity import oddity
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan
from bot.domain.progress import Progress, Step
from bot.domain.questions import Question
from bot.domain.reports import Report
from bot.domain.rounds import Round
from bot.domain.summary import Block, Standing, Summary, Total
from bot.texts import chasing as chasing_texts
from bot.texts import general, paging
from bot.texts import summary as texts
from bot.views.paging import MOST, ROOM, pages, rows, turning, within

# The round at a glance


def glance(
    summary: Summary,
    open_: Sequence[Difficulty],
    office: Office,
    calendar: WorkCalendar,
    *,
    others: bool,
    edits: bool,
    compares: bool = False,
    desk: bool = True,
) -> Outgoing:
    """Everything on one screen. `open_`: difficulties that wait; `others`: whether there are other rounds; `compares`: whether
    one of them came before; `desk`: whether the reader coordinates, not only reads."""
    first, second = _ways(summary.sheet.round)
    second = (*second, *_chase(summary)) if desk else ()
    if compares:
        second = (*second, Choice(label=texts.COMPARE, action=("compare", str(summary.sheet.round.id), "", "0")))
    second = (*second, Choice(label=texts.OTHER_ROUND, action=("summary-rounds", "0"))) if others else second
    return _message(texts.glance(summary, open_, office, calendar), (first, second), edits=edits)


def digest(
    summary: Summary, new: Sequence[Difficulty], open_: Sequence[Difficulty], office: Office, calendar: WorkCalendar
) -> Outgoing:
    """The end of a day. `new`: raised since the last digest; `open_`: all that wait."""
    opened = Choice(label=texts.OPEN, action=("summary-open", str(summary.sheet.round.id)))
    difficulties = Choice(label=texts.DIFFICULTIES, action=("difficulty-desk",))
    choices = (opened, *_chase(summary), difficulties) if open_ else (opened, *_chase(summary))
    return _message(texts.digest(summary, new, open_, office, calendar), (choices,))


def weekly(summary: Summary, open_: Sequence[Difficulty], office: Office, calendar: WorkCalendar) -> Outgoing:
    """The leaders' digest of a week. `open_`: difficulties that wait."""
    opened = Choice(label=texts.OPEN, action=("summary-open", str(summary.sheet.round.id)))
    return _message(texts.weekly(summary, open_, office, calendar), ((opened,),))


def rounds(found: Sequence[tuple[Plan, Round]], page: int) -> Outgoing:
    """Which round? The newest first."""
    many = max(1, -(-len(found) // MOST))
    page = within(page, many)
    several = len({plan.code for plan, _ in found}) > 1
    choices = [
        Choice(label=texts.round_label(plan, round_, several), action=("summary", str(round_.id)))
        for plan, round_ in found[page * MOST : (page + 1) * MOST]
    ]
    text = texts.which_round() + paging.place(page, many)
    return _message(text, (*rows(choices), *turning(("summary-rounds",), page, many)), edits=True)


def _ways(round_: Round) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    id = str(round_.id)
    return (
        (
            Choice(label=texts.FIGURES, action=("summary-figures", id, "0"), words=("so lieu",)),
            Choice(label=texts.BY_UNIT, action=("summary-units", id, "0"), words=("don vi",)),
        ),
        (
            Choice(label=texts.DIFFICULTIES, action=("difficulty-list", "open", "0")),
            Choice(label=texts.PICTURE, action=("export", "pictures", id), words=("anh", "hinh")),
            Choice(label=texts.EXPORT, action=("export-of", id), words=("xuat", "tai ve")),
        ),
    )


def _chase(summary: Summary) -> tuple[Choice, ...]:
    """The way to remind those something is still expected of."""
    if summary.sheet.round.closed_at is not None or not chasing.owing(summary):
        return ()
    return (Choice(label=chasing_texts.CHASE, action=("nudge", str(summary.sheet.round.id)), words=("nhac",)),)


def _back(round_: Round) -> Choice:
    return Choice(label=texts.OVERVIEW, action=("summary", str(round_.id)))


# Totals


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
    return _message(text, (*rows(tuple(choices.values()), wide=2), *turn, (_back(round_),)), edits=True)


def total(summary: Summary, shown: Total, page: int) -> Outgoing:
    """One indicator, unit by unit."""
    round_ = summary.sheet.round
    written = pages([texts.total_head(shown, summary), "", *map(texts.figure_line, shown.figures), *texts.rest_lines(shown)])
    page = within(page, len(written))
    turn = turning(("summary-total", str(round_.id), shown.question.code, shown.column), page, len(written))
    back = Choice(label=texts.FIGURES, action=("summary-figures", str(round_.id), str(_page_of(summary, shown))))
    return _message(written[page] + paging.place(page, len(written)), (*turn, (back, _back(round_))), edits=True)


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


# Units


def units(summary: Summary, office: Office, page: int) -> Outgoing:
    """Every unit with its state, and the way to its answers."""
    many = max(1, -(-len(summary.standings) // MOST))
    page = within(page, many)
    here = summary.standings[page * MOST : (page + 1) * MOST]
    round_ = summary.sheet.round
    text = "\n".join(
        [texts.units_head(summary) + paging.place(page, many), "", *(texts.unit_line(standing, office) for standing in here)]
    )
    choices = [
        Choice(
            label=texts.unit_label(standing.unit),
            action=("summary-unit", str(standing.unit.id), str(round_.id), "0"),
            words=standing.unit.aliases,
        )
        for standing in here
    ]
    turn = turning(("summary-units", str(round_.id)), page, many)
    return _message(text, (*rows(choices, wide=2), *turn, (_back(round_),)), edits=True)


@dataclass(frozen=True, kw_only=True)
class UnitAnswers:
    """One unit's answers in a round, as they are shown.

    Attributes:
        progress: what was sent; for the unit itself, while nothing was sent, what stands there now.
        report: None while nothing was sent.
        by: who sent it.
        changed: codes of the questions that were answered more than once.
        unsent: how many answers were changed and not sent again.
        drafts: whether `progress` holds unsent answers.
    """

    standing: Standing
    round: Round
    progress: Progress
    report: Report | None
    by: Person | None
    changed: frozenset[str]
    unsent: int
    drafts: bool


def unit(
    shown: UnitAnswers, office: Office, page: int, *, coordinator: bool, edits: bool, acts: Sequence[Choice] = ()
) -> Outgoing:
    """All answers of one unit. The unit's own people see the same without the ways to other units.

    `acts`: what the reader can do with the report, besides looking.
    """
    lines = [*texts.unit_head(shown.standing, shown.report, shown.by, shown.round, office, drafts=shown.drafts), ""]
    if shown.progress.begun:
        lines += [_answer(step, shown) for step in shown.progress.steps]
    else:
        lines.append(texts.nothing_answered())
    if shown.unsent:
        lines += ["", texts.changed_since(shown.unsent)]
    written = pages(lines)
    page = within(page, len(written))
    at = (str(shown.standing.unit.id), str(shown.round.id))
    last = []
    if shown.changed:
        last.append(Choice(label=texts.HISTORY, action=("summary-history", *at, "0")))
    if coordinator:
        last.append(Choice(label=texts.BY_UNIT, action=("summary-units", str(shown.round.id), "0")))
        last.append(_back(shown.round))
    turn = turning(("summary-unit", *at), page, len(written))
    ways = (*turn, *rows(acts, wide=3), *((tuple(last),) if last else ()))
    return _message(written[page] + paging.place(page, len(written)), ways, edits=edits)


def history(
    shown: UnitAnswers, revisions: Mapping[Question, Sequence[tuple[Answer, Person | None]]], office: Office, page: int
) -> Outgoing:
    """What was corrected: every answer, who gave it and when."""
    unit_, round_ = shown.standing.unit, shown.round
    told = [texts.history_line(question, answers, office) for question, answers in revisions.items()]
    written = pages([texts.history_head(unit_, round_), "", *(told or [texts.no_history()])])
    page = within(page, len(written))
    at = (str(unit_.id), str(round_.id))
    back = Choice(label=texts.ANSWERS, action=("summary-unit", *at, "0"))
    turn = turning(("summary-history", *at), page, len(written))
    return _message(written[page] + paging.place(page, len(written)), (*turn, (back,)), edits=True)


def _answer(step: Step, shown: UnitAnswers) -> str:
    answer = shown.progress.answers.get(step.question.code)
    odd = answer is not None and oddity(step.question, _reading(answer)) is not None
    return texts.answer_line(step, answer, odd=odd, changed=step.question.code in shown.changed)


def _reading(answer: Answer) -> Reading:
    return Reading(status=answer.status, value=answer.value, estimate=answer.estimate)


def _message(text: str, choices: tuple[tuple[Choice, ...], ...], *, edits: bool = False) -> Outgoing:
    # Letters, because units and rounds are called by numbers: "5" must not mean the fifth line, which is Phường 6.
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters(), edits=edits)
