"""Alarms: one log line a kind an hour, and a message to the coordinators about what they can act on."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.chat.messages import Outgoing
from bot.domain.office import Office
from bot.domain.people import Role
from bot.texts import alarms as texts
from storage.store import Store

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)


def sound(store: Store, kind: str, now: datetime, **ids: int | str) -> bool:
    """Log an alarm unless one of its kind was logged within the hour (also by a process before this one); whether it was."""
    key = f"alarm:{kind}"
    last = store.meta.get(key)
    if last is not None and timedelta() <= now - datetime.fromisoformat(last) < EVERY:
        return False
    store.meta.put(key, now.isoformat())
    log.error("alarm kind=%s %s", kind, " ".join(f"{name}={value}" for name, value in ids.items()))
    return True


def tell(store: Store, key: str, text: str, now: datetime) -> int:
    """Say something to every coordinator, once for this key and person; how many were told."""
    told = 0
    for person in store.people.coordinators():
        mark = f"told:{key}:{person.id}"
        chat = store.people.reach(person.id)
        if chat is not None and store.meta.get(mark) is None:
            store.meta.put(mark, now.isoformat())
            store.outbox.add(chat, Outgoing(text=text), now=now, kind="notice", person_id=person.id)
            told += 1
    return told


def focal_persons(store: Store, now: datetime, office: Office) -> int:
    """The same day: focal persons with no channel that works. Told once until they can be reached again; how many are new."""
    fresh = 0
    for seat, person in store.people.holders():
        mark = f"unreachable:{seat.id}"
        if seat.role is not Role.FOCAL or store.people.reach(person.id) is not None:
            if store.meta.get(mark):
                store.meta.put(mark, "")
            continue
        if not store.meta.get(mark):
            store.meta.put(mark, now.isoformat())
            unit = store.units.get(seat.unit_id)
            others = [holder for held, holder in store.people.holders([unit.id]) if held.role is Role.DEPUTY]
            tell(store, f"{mark}:{now.isoformat()}", texts.unreachable(person, unit, others), now)
            sound(store, "focal-unreachable", now, unit=unit.code)
            fresh += 1
    return fresh


def disk(store: Store, free: float, now: datetime, office: Office) -> None:
    """The disk is nearly full: what people send cannot be kept for long."""
    if sound(store, "disk", now, free_percent=round(free * 100)):
        tell(store, f"disk:{office.day(now)}", texts.disk(round(free * 100)), now)


def second_poller(store: Store, platform: str, now: datetime, office: Office) -> None:
    """Somebody else reads our bot's messages: another copy of the program, or a stolen token."""
    sound(store, "second-poller", now, platform=platform)
    tell(store, f"second-poller:{platform}:{office.day(now)}", texts.second_poller(platform.capitalize()), now)
