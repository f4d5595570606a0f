"""The coordinator's summary as messages: the round at a glance, the digests, and the way to the other rounds."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain import chasing
from bot.domain.calendar import WorkCalendar
from bot.domain.difficulties import Difficulty
from bot.domain.office import Office
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.summary import Summary
from bot.texts import chasing as chasing_texts
from bot.texts import general, keywords, paging
from bot.texts import summary as texts
from bot.views.paging import MOST, abreast, rows, turning, within


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
    return screen(texts.glance(summary, open_, office, calendar), (*abreast(first), *abreast(second)), edits=edits)


def digest(
    summary: Summary, new: Sequence[Difficulty], open_: Sequence[Difficulty], office: Office, calendar: WorkCalendar
) -> Outgoing:
    """The end of a day. `new`: raised since the last digest; `open_`: all that wait."""
    opened = Choice(label=texts.OPEN, action=("summary-open", str(summary.sheet.round.id)))
    difficulties = Choice(label=texts.DIFFICULTIES, action=("difficulty-desk",))
    choices = (opened, *_chase(summary), difficulties) if open_ else (opened, *_chase(summary))
    return screen(texts.digest(summary, new, open_, office, calendar), (choices,))


def weekly(summary: Summary, open_: Sequence[Difficulty], office: Office, calendar: WorkCalendar) -> Outgoing:
    """The leaders' digest of a week. `open_`: difficulties that wait."""
    opened = Choice(label=texts.OPEN, action=("summary-open", str(summary.sheet.round.id)))
    return screen(texts.weekly(summary, open_, office, calendar), ((opened,),))


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
    return screen(text, (*rows(choices), *turning(("summary-rounds",), page, many)), edits=True)


def to_glance(round_: Round) -> Choice:
    """The way back to the glance."""
    return Choice(label=texts.OVERVIEW, action=("summary", str(round_.id)))


def screen(text: str, choices: tuple[tuple[Choice, ...], ...], *, edits: bool = False) -> Outgoing:
    """A page of the summary. Lettered, because units and rounds are called by numbers: "5" must not mean the fifth line, which
    is Phường 6."""
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters(), edits=edits)


def _ways(round_: Round) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    id = str(round_.id)
    return (
        (
            Choice(label=texts.FIGURES, action=("summary-figures", id, "0"), words=keywords.FIGURES),
            Choice(label=texts.BY_UNIT, action=("summary-units", id, "0"), words=keywords.BY_UNIT),
        ),
        (
            Choice(label=texts.DIFFICULTIES, action=("difficulty-list", "open", "0")),
            Choice(label=texts.PICTURE, action=("export", "pictures", id), words=keywords.PICTURE),
            Choice(label=texts.EXPORT, action=("export-of", id), words=keywords.TAKE_AWAY),
        ),
    )


def _chase(summary: Summary) -> tuple[Choice, ...]:
    """The way to remind those something is still expected of."""
    if summary.sheet.round.closed_at is not None or not chasing.owing(summary):
        return ()
    return (Choice(label=chasing_texts.CHASE, action=("nudge", str(summary.sheet.round.id)), words=keywords.CHASE),)
