"""`summary`: one round's state and totals, as Phòng Nội vụ reads them in the chat, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import desk, given, out
from bot.cli.family import Json
from bot.cli.grammar import Refusal
from bot.texts import cli as texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.domain.calendar import WorkCalendar
    from bot.domain.difficulties import Difficulty
    from bot.domain.rounds import Round
    from bot.domain.summary import Summary
    from storage.store import Store


def summary(
    round_: Annotated[str, typer.Option("--round", metavar=texts.ROUND, help=texts.SUMMARY_ROUND)] = "",
    year: Annotated[str, typer.Option("--year", metavar=texts.YEAR, help=texts.SUMMARY_YEAR)] = "",
    code: Annotated[str, typer.Option("--plan", metavar=texts.CODE, help=texts.PLAN_CODE)] = "",
    json: Json = False,
) -> None:
    """The summary of a round; without one named, of the round people mean today."""
    from bot.views import summary_json

    wanted = given.year(year) if year else None
    with desk.opened() as here:
        known, difficulties, calendar = here.turn(lambda store: _summarise(store, here, round_, wanted, code))
    if json:
        out.data(summary_json.as_json(known, difficulties))
    else:
        out.say("\n".join(_lines(known, difficulties, here, calendar)))


def _summarise(
    store: Store, here: desk.Desk, code: str, year: int | None, plan_code: str
) -> tuple[Summary, Sequence[Difficulty], WorkCalendar]:
    from bot.domain import summary as summaries
    from storage import sheets

    calendar = here.calendar([here.today.year, year or here.today.year], store.special_days.all())
    chosen = _chosen(store, here, code, year, plan_code, calendar)
    sheet = sheets.sheet(store, chosen, here.today)
    return summaries.summarise(sheet, now=here.now, office=here.office), store.difficulties.all(), calendar


def _chosen(store: Store, here: desk.Desk, code: str, year: int | None, plan_code: str, calendar: WorkCalendar) -> Round:
    from bot.domain import summary as summaries

    armed = store.rounds.all()
    if plan_code:
        _, plan = given.plan(plan_code, store.plans.latest())
        armed = tuple(each for each in armed if store.plans.get(each.plan_id).code == plan.code)
    fitting = [each for each in armed if code.casefold() in ("", each.code.casefold()) and year in (None, each.year)]
    found = summaries.current(fitting, here.today, calendar)
    if found is None:
        raise Refusal(texts.no_round(code, year, [f"{each.code} {each.year}" for each in armed]))
    return found


def _lines(known: Summary, difficulties: Sequence[Difficulty], here: desk.Desk, calendar: WorkCalendar) -> Iterator[str]:
    """At a glance, then unit by unit, then the totals."""
    from bot.texts import summary as said

    yield said.glance(known, [each for each in difficulties if each.open], here.office, calendar)
    yield ""
    yield said.units_head(known)
    yield from (f"  {said.unit_line(standing, here.office)}" for standing in known.standings)
    yield ""
    yield said.figures_head(known)
    for block in known.blocks:
        yield said.block_head(block, known.sheet.plan)
        yield from (f"  {said.total_line(total)}" for total in block.totals)
