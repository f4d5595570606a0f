"""Answers to questions in plain words as messages: how it was understood, the answer, and the way to what is behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.domain.comparison import Comparison
from bot.domain.difficulties import Difficulty
from bot.domain.office import Office
from bot.domain.plan import Plan
from bot.domain.queries import Compared, Extreme, PlanTopic, Query, Troubles, Unclear, Unknown
from bot.domain.rounds import Round
from bot.domain.totals import Total
from bot.domain.units import Unit
from bot.texts import asking as texts
from bot.texts import comparing as comparing_texts
from bot.texts import difficulties as difficulty_texts
from bot.texts import general
from bot.texts import plan as plan_texts
from bot.texts import summary as summary_texts
from bot.views.paging import pages, rows

SHOWN = 5
"""Points or difficulties in one answer."""


def answer(query: Query, told: str, choices: Sequence[Choice] = (), other: Round | None = None) -> Outgoing:
    """The question as understood, then the answer, cut to one message: all of it is behind the choices."""
    written = pages([texts.understood(query, other), *told.split("\n")])
    return _message(written[0], choices)


def totals(found: Sequence[Total]) -> str:
    """An indicator's total, column by column."""
    lines = [summary_texts.total_line(total) for total in found]
    if len(found) > 1:
        lines.append(summary_texts.counted_apart())
    return "\n".join(lines)


def compared(query: Compared, found: Comparison) -> str:
    """What changed: everything, one indicator, one unit's figures or one of them."""
    lines = comparing_texts.head(found).split("\n")[1 if query.unit is None else 2 :]
    wanted = [each for each in found.changes if query.indicator is None or each.question.code == query.indicator.code]
    if query.unit is not None:
        wanted = [own for each in wanted if (own := found.of_unit(each, query.unit.id)) is not None]
    if not wanted:
        return "\n".join([*lines, comparing_texts.nothing_common()])
    tell = comparing_texts.own_line
    if query.unit is None:
        tell = comparing_texts.line if query.indicator is None else comparing_texts.only_line
    return "\n".join([*lines, *map(tell, wanted)])


def extremes(query: Extreme, totals: Sequence[Total]) -> str:
    """The units with the highest or lowest figure, column by column: what is counted apart is never ranked together."""
    lines = []
    for total in totals:
        asked = replace(total, figures=tuple(f for f in total.figures if not query.groups or f.unit.group in query.groups))
        edge = asked.highest if query.highest else asked.lowest
        if edge:
            lines += [summary_texts.figure_line(figure) for figure in edge]
            lines.append(texts.among(len(asked.figures)))
        elif asked.figures:
            lines.append(texts.all_equal(len(asked.figures)))
    return "\n".join(lines) or texts.no_figures()


def troubles(
    query: Troubles, found: Sequence[Difficulty], units: Mapping[int, Unit], office: Office, today: date, *, opens: str
) -> Outgoing:
    """Difficulties, those that wait first. `opens`: where the reader may open one: "desk", "own" (their unit's), or ""."""
    named = query.unit is None
    ordered = sorted(found, key=lambda each: (not each.open, -each.id))[:SHOWN]
    lines = [
        difficulty_texts.line(each, units[each.unit_id] if named else None, None, today, office.day(each.at))
        for each in ordered
    ]
    if len(found) > SHOWN:
        lines.append(texts.more(len(found) - SHOWN))
    choices = [
        Choice(
            label=difficulty_texts.choice(each, units[each.unit_id] if named else None),
            action=("difficulty-show", str(each.id))
            if opens == "desk"
            else ("difficulty-own", str(each.unit_id), str(each.id)),
            words=(each.code,),
        )
        for each in ordered
        if opens
    ]
    return answer(query, "\n".join([texts.troubles(found), *lines]), choices)


def plan_topic(query: PlanTopic, plan_id: int, plan: Plan) -> Outgoing:
    """What the plan says, in its own words."""
    if not query.points:
        return answer(query, texts.nothing_in_plan(plan))
    shown = query.points[:SHOWN]
    choices = [
        Choice(label=plan_texts.point_label(point), action=("plan-point", str(plan_id), point.id), words=(point.ref, point.id))
        for point in shown
    ]
    return answer(query, "\n".join(plan_texts.quoted(point) for point in shown), choices)


def unclear(unknown: Unknown, nearest: Sequence[tuple[Query, tuple[str, ...]]]) -> Outgoing:
    """No certain question; the nearest ones, each with the action that asks it."""
    if unknown.why is Unclear.NOTHING and not nearest:
        return Outgoing(text=texts.nothing_understood())
    choices = [Choice(label=texts.label(query), action=action) for query, action in nearest]
    return _message(texts.unclear(unknown.why, len(nearest)), choices, wide=1)


def _message(text: str, choices: Sequence[Choice], wide: int = 2) -> Outgoing:
    hint = general.hint_letters() if choices else ""
    return Outgoing(text=text, choices=rows(choices, wide=wide), marks="letters", hint=hint)
