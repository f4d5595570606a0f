"""Reading the proof ledger: reminders, excerpts and broadcasts with the messages that said them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.domain import ledger
from bot.domain.calendar import WorkCalendar
from bot.domain.ledger import Entry, Fate, Message, Occasion
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.rounds import Round
from bot.domain.units import Unit
from storage import ahead
from storage.outbox import whole
from storage.reminders import Reminded, ReminderState
from storage.store import Store
from storage.tables import AnswerRow, BroadcastReceiptRow, BroadcastRow, ExcerptRow, MessageRow

HORIZON = timedelta(days=400)
_FATES = {
    "pending": Fate.WAITING,
    "sending": Fate.WAITING,
    "uncertain": Fate.WAITING,
    "sent": Fate.SENT,
    "held": Fate.DOUBTFUL,
    "unreachable": Fate.UNREACHABLE,
    "dead": Fate.FAILED,
    "cancelled": Fate.TAKEN_BACK,
}
_STATES = {
    ReminderState.COVERED: Fate.COVERED,
    ReminderState.SNOOZED: Fate.SNOOZED,
    ReminderState.ABSENT: Fate.ABSENT,
    ReminderState.NOBODY: Fate.NOBODY,
    ReminderState.DROPPED: Fate.TAKEN_BACK,
}


def entries(
    store: Store, round_: Round, units: Iterable[Unit], now: datetime, office: Office, calendar: WorkCalendar
) -> Mapping[int, tuple[Entry, ...]]:
    """Everything said about a round to each of these units, in order, by unit id, and what is still to come.

    Excerpts and broadcasts belong to no round: those since this one was armed are shown.
    """
    known = {unit.id: unit for unit in units}
    found: dict[int, list[Entry]] = {id: [] for id in known}
    people = _People(store)
    reminded = [one for one in store.reminders.of_round(round_.id) if one.unit_id in known]
    since = office.midnight(round_.armed_on)
    excerpts = [row for row in _excerpts(store, round_) if row.unit_id in known]
    receipts = [pair for pair in _receipts(store, since) if pair[1].unit_id in known]
    messages = states(
        store,
        [one.message_id for one in reminded if one.message_id is not None]
        + [row.message_id for row in excerpts if row.message_id is not None]
        + [row.message_id for _, row in receipts if row.message_id is not None],
    )
    for one in reminded:
        occasion, detail = _occasion(one.rung)
        message = messages.get(one.message_id) if one.message_id is not None else None
        fate = _STATES.get(one.state) or (message.fate if message else Fate.WAITING)
        found[one.unit_id].append(
            _entry(known[one.unit_id], one.at, occasion, detail, fate, message, people, one.person_id, by=one.by_id)
        )
    for row in excerpts:
        message = messages.get(row.message_id) if row.message_id is not None else None
        at = calendar.moment(row.on_day, office.excerpt_at)
        fate = message.fate if message else Fate.NOBODY if row.state == "nobody" else Fate.TAKEN_BACK
        found[row.unit_id].append(
            _entry(known[row.unit_id], at, Occasion.EXCERPT, row.point, fate, message, people, row.person_id, read=row.read_at)
        )
    for broadcast, receipt in receipts:
        message = messages.get(receipt.message_id) if receipt.message_id is not None else None
        fate = message.fate if message else Fate.NOBODY
        found[receipt.unit_id].append(
            _entry(
                known[receipt.unit_id],
                broadcast.at,
                Occasion.BROADCAST,
                broadcast.text,
                fate,
                message,
                people,
                receipt.person_id,
                by=broadcast.person_id,
                read=receipt.read_at,
            )
        )
    for unit_id, entry in _coming(store, round_, known, now, office, calendar):
        found[unit_id].append(entry)
    moments = _answers(store, round_.id)
    return {id: ledger.with_answers(listed, moments.get(id, ())) for id, listed in found.items()}


def states(store: Store, message_ids: Iterable[int]) -> Mapping[int, Message]:
    """What became of each message (its first piece); one said on another channel instead counts as that one."""
    return {id: _message(store, id) for id in dict.fromkeys(message_ids)}


def _message(store: Store, message_id: int) -> Message:
    first = store.session.get(MessageRow, message_id)
    assert first is not None
    if first.state in ("unreachable", "cancelled"):
        there = select(MessageRow).where(col(MessageRow.key).startswith(f"{whole(first.key)} >", autoescape=True))
        if instead := store.session.scalars(there.order_by(col(MessageRow.id).desc())).first():
            first = instead
    rows = list(store.session.scalars(select(MessageRow).where(MessageRow.first_id == first.id)))
    # The worst piece says what became of a long message.
    worst = max(rows, key=lambda row: list(_FATES).index(row.state) if row.state != "sent" else -1)
    fate = _FATES[worst.state]
    reason = ledger.why(worst.reason)
    if fate is Fate.DOUBTFUL and reason is ledger.Why.QUOTA:
        fate = Fate.HELD
    arrived = fate in (Fate.SENT, Fate.WAITING)
    return Message(
        fate=fate,
        platform=first.platform,
        person_id=first.person_id,
        queued_at=first.queued_at,
        sent_at=worst.ended_at if fate is Fate.SENT else None,
        why=None if arrived else reason,
    )


class _People:
    """People by id, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, Person] = {}

    def get(self, person_id: int | None) -> Person | None:
        if person_id is None:
            return None
        if person_id not in self._known:
            self._known[person_id] = self._store.people.get(person_id)
        return self._known[person_id]


def _entry(
    unit: Unit,
    at: datetime,
    occasion: Occasion,
    detail: str,
    fate: Fate,
    message: Message | None,
    people: _People,
    person_id: int | None,
    *,
    by: int | None = None,
    read: datetime | None = None,
) -> Entry:
    return Entry(
        unit=unit,
        at=at,
        occasion=occasion,
        detail=detail,
        fate=fate,
        person=people.get(message.person_id if message else person_id),
        platform=message.platform if message else "",
        by=people.get(by),
        sent_at=message.sent_at if message else None,
        read_at=read,
        why=message.why if message else None,
    )


def _occasion(rung: str) -> tuple[Occasion, str]:
    """Which occasion a name in the ledger is, and what it says besides."""
    kind, _, detail = rung.partition(":")
    try:
        return Occasion(kind), detail
    except ValueError:
        return Occasion.LADDER, rung


def _excerpts(store: Store, round_: Round) -> list[ExcerptRow]:
    code = store.plans.get(round_.plan_id).code
    query = select(ExcerptRow).where(ExcerptRow.plan_code == code, col(ExcerptRow.on_day) >= round_.armed_on)
    return list(store.session.scalars(query.order_by(col(ExcerptRow.on_day))))


def _receipts(store: Store, since: datetime) -> list[tuple[BroadcastRow, BroadcastReceiptRow]]:
    query = (
        select(BroadcastRow, BroadcastReceiptRow)
        .join(BroadcastReceiptRow, col(BroadcastReceiptRow.broadcast_id) == col(BroadcastRow.id))
        .where(col(BroadcastRow.at) >= since)
        .order_by(col(BroadcastRow.id))
    )
    return [(broadcast, receipt) for broadcast, receipt in store.session.execute(query)]


def _answers(store: Store, round_id: int) -> Mapping[int, tuple[datetime, ...]]:
    """When each unit answered something by itself, in order."""
    found: dict[int, list[datetime]] = defaultdict(list)
    query = select(AnswerRow.unit_id, AnswerRow.at).where(AnswerRow.round_id == round_id, col(AnswerRow.on_behalf).is_(False))
    for unit_id, at in store.session.execute(query.order_by(col(AnswerRow.id))):
        found[unit_id].append(at)
    return {unit: tuple(moments) for unit, moments in found.items()}


def _coming(
    store: Store, round_: Round, units: Mapping[int, Unit], now: datetime, office: Office, calendar: WorkCalendar
) -> Iterable[tuple[int, Entry]]:
    claimed: set[tuple[int, str]] = {(one.unit_id, one.rung) for one in _reminded(store, round_)}
    speakers = store.people.speakers(office.day(now))
    for item in ahead.planned(store, now, now + HORIZON, office, calendar, units.keys()):
        if item.round is None or item.round.id != round_.id:
            continue
        for unit_id in item.units:
            name = item.rung.key if item.rung is not None else ""
            if (unit_id, name) in claimed:
                continue
            speaker = speakers.get(unit_id)
            yield (
                unit_id,
                Entry(
                    unit=units[unit_id],
                    at=item.at,
                    occasion=Occasion.LADDER if item.rung is not None else Occasion.WOKEN,
                    detail=name,
                    fate=Fate.COMING,
                    person=speaker[0] if speaker else None,
                    platform=speaker[1].platform if speaker else "",
                ),
            )


def _reminded(store: Store, round_: Round) -> tuple[Reminded, ...]:
    extended = store.extensions.of_round(round_.id)
    return tuple(
        one
        for one in store.reminders.of_round(round_.id)
        if one.due_on == (extended[one.unit_id].until if one.unit_id in extended else round_.last_day)
    )
