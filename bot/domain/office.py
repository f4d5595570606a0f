"""The office that runs the bot: what it is called, when it works, whom to phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.quota import Allowance


@dataclass(frozen=True, kw_only=True)
class Office:
    """Facts about the office.

    Attributes:
        name: "UBND quận Gò Vấp".
        coordinator: the unit that collects the reports, as messages are signed ("Phòng Nội vụ quận Gò Vấp").
        contact: name and telephone for questions, or "".
        zone: the office's time zone (Asia/Ho_Chi_Minh).
        opens, closes: nothing is said unasked outside these hours.
        remind_at, excerpt_at, digest_at: local times of reminders, Monday excerpts and the daily digest.
        zalo: what the office's plan on Zalo allows a month.
    """

    name: str
    coordinator: str
    contact: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Ho_Chi_Minh"))
    opens: time = time(7, 30)
    closes: time = time(17, 0)
    remind_at: time = time(8, 30)
    excerpt_at: time = time(9, 30)
    digest_at: time = time(17, 0)
    zalo: Allowance = field(default_factory=Allowance)

    def local(self, moment: datetime) -> datetime:
        """A UTC moment on the office's clock."""
        return moment.astimezone(self.zone)

    def day(self, moment: datetime) -> date:
        """The office's calendar day at a UTC moment."""
        return self.local(moment).date()

    def midnight(self, day: date) -> datetime:
        """The moment a calendar day of the office begins."""
        return datetime.combine(day, time(), self.zone)
