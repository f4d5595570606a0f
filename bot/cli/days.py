"""`days`: the office's own table of days off and made-up working days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import desk, given, out
from bot.cli.family import Json, command, family
from bot.cli.grammar import Refusal
from bot.texts import cli as texts

if TYPE_CHECKING:
    from bot.domain.calendar import SpecialDay
    from storage.store import Store

app = family("days", texts.DAYS)

Day = Annotated[str, typer.Argument(metavar=texts.DATE, help=texts.DATE_HELP)]
Note = Annotated[str, typer.Argument(metavar=texts.NOTE, help=texts.NOTE_HELP)]


@command(app, "list", texts.DAYS_LIST, texts.DAYS_LIST_MORE)
def listed(
    year: Annotated[str, typer.Option("--year", metavar=texts.YEAR, help=texts.YEAR_HELP)] = "",
    json: Json = False,
) -> None:
    """The table, or one year of it."""
    wanted = given.year(year) if year else None
    with desk.opened() as here:
        found = [day for day in here.turn(lambda store: store.special_days.all()) if wanted in (None, day.on.year)]
    if json:
        out.data([_as_json(day) for day in found])
    elif found:
        out.say(out.table(texts.DAY_HEADINGS, [texts.day_row(day) for day in found]))
    else:
        out.say(texts.no_days(wanted))


@command(app, "off", texts.DAYS_OFF, texts.DAYS_CHANGE_MORE)
def off(day: Day, note: Note, json: Json = False) -> None:
    """The office does not work that day."""
    _put(given.day(day), note, works=False, json=json)


@command(app, "work", texts.DAYS_WORK, texts.DAYS_CHANGE_MORE)
def work(day: Day, note: Note, json: Json = False) -> None:
    """The office works that day, although it is a weekend or holiday."""
    _put(given.day(day), note, works=True, json=json)


@command(app, "remove", texts.DAYS_REMOVE, texts.DAYS_CHANGE_MORE)
def remove(day: Day, json: Json = False) -> None:
    """Forget an entry: the common calendar counts again."""
    on = given.day(day)
    with desk.opened() as here:
        there, reason = here.turn(lambda store: (store.special_days.remove(on), _reason(store, here, on)))
    if json:
        out.data({"day": on, "works": None, "note": "", "changed": there})
    else:
        out.say(texts.day_removed(on, there, reason))


def _put(on: date, note: str, *, works: bool, json: bool) -> None:
    from bot.domain.calendar import SpecialDay
    from storage import offices

    if not (said := " ".join(note.split())):
        raise Refusal(texts.empty_note())
    day = SpecialDay(on=on, works=works, note=said)
    with desk.opened() as here:
        changed, anyway = here.turn(lambda store: offices.note_day(store, here.office, day))
    if json:
        out.data(_as_json(day) | {"changed": changed})
        return
    out.say(texts.day_put(day, changed))
    if anyway:
        out.say(texts.works_anyway() if works else texts.off_anyway())


def _reason(store: Store, here: desk.Desk, on: date) -> str | None:
    return here.calendar([on.year], store.special_days.all()).reason(on)


def _as_json(day: SpecialDay) -> dict[str, object]:
    return {"day": day.on, "weekday": day.on.isoweekday(), "works": day.works, "note": day.note}
