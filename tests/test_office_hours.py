"""What was set in the chat or on the command line counts for the running bot: from the next turn, and from the next tick."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from bot.app import App, prepare
from bot.channels import LIMITS
from bot.clock import StoppedClock
from bot.domain import hours
from bot.domain.calendar import SpecialDay
from bot.domain.hours import Hour
from bot.settings import Settings
from storage import offices
from storage.database import Database, PlainDatabase
from storage.store import Store
from tests.people import OFFICE, local


async def test_hours_and_days_set_elsewhere_count_at_once(tmp_path: Path) -> None:
    clock = StoppedClock(local(2026, 4, 16, 9))
    settings = Settings(_env_file=None, data_dir=tmp_path)  # type: ignore[call-arg]
    prepare(settings, date(2026, 4, 16), clock.now())
    app = App(database=Database(settings.database, LIMITS), platforms={}, office=OFFICE, clock=clock, data=tmp_path)
    await app.refresh_office()
    assert app.office == OFFICE and app.calendar().is_working(date(2026, 4, 17))

    def change(store: Store) -> None:
        offices.set_hours(store, OFFICE, hours.with_hours(OFFICE, {Hour.REMIND: time(14)}))
        assert offices.note_day(store, OFFICE, SpecialDay(on=date(2026, 4, 17), works=False, note="Kiểm kê")) == (True, False)

    elsewhere = PlainDatabase(settings.database, LIMITS)
    elsewhere.turn(change)
    elsewhere.close()

    turn = await app.database.turn(app._surroundings)
    assert turn.office.remind_at == time(14) and turn.calendar.reason(date(2026, 4, 17)) == "Kiểm kê"
    assert turn.configured == OFFICE
    await app.refresh_office()
    assert app.office.remind_at == time(14) and not app.calendar().is_working(date(2026, 4, 17))
    await app.database.close()
