"""People, where they can be reached, and the seats they hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.chat.messages import ChatRef, PlatformName
from bot.domain.absences import Absence
from bot.domain.people import Actor, Person, Role, Seat
from storage import absences, behalf, invites
from storage.audit import Audit
from storage.tables import AddressRow, PersonRow, SeatRow


@dataclass(frozen=True, kw_only=True)
class Address:
    """One channel of a person. `unreachable` says why it cannot be used now, or ""."""

    person_id: int
    chat: ChatRef
    user_id: str
    preferred: bool
    unreachable: str


@dataclass(frozen=True, kw_only=True)
class SeatPast:
    """A seat with its whole history, for lists of who sat where."""

    seat: Seat
    person: Person
    confirmed_at: datetime | None
    ended_at: datetime | None


# Asked with every turn: building a statement takes as long as running it, so these are built once.
_HOLDERS = (
    select(SeatRow, PersonRow)
    .where(PersonRow.id == SeatRow.person_id, col(SeatRow.ended_at).is_(None), col(SeatRow.confirmed_at).is_not(None))
    .order_by(col(SeatRow.id))
)
_REACHED = select(AddressRow).where(AddressRow.unreachable == "").order_by(col(AddressRow.preferred), col(AddressRow.id).desc())
_ADDRESS = select(AddressRow).where(
    col(AddressRow.platform) == bindparam("platform"), col(AddressRow.user_id) == bindparam("user_id")
)
_SEATS = (
    select(SeatRow)
    .where(col(SeatRow.person_id) == bindparam("person_id"), col(SeatRow.ended_at).is_(None))
    .order_by(col(SeatRow.id))
)


class People:
    """Persons, addresses, seats."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    # who is acting

    def actor(self, platform: PlatformName, user_id: str) -> Actor:
        """Who this platform user is at this moment; a stranger is an Actor without a person."""
        address = self._address(platform, user_id)
        if address is None:
            return Actor()
        seats = self._seats_of(address.person_id)
        return Actor(
            person=self.get(address.person_id),
            seats=tuple(seat for seat in seats if seat.confirmed),
            waiting=tuple(seat for seat in seats if not seat.confirmed),
            behalf=behalf.units_of(self._session, address.person_id),
        )

    # persons

    def get(self, person_id: int) -> Person:
        """By id. Raises KeyError."""
        row = self._session.get(PersonRow, person_id)
        if row is None:
            raise KeyError(person_id)
        return _person(row)

    def add(self, *, name: str, honorific: str, phone: str, now: datetime) -> Person:
        """A new person."""
        row = PersonRow(name=name, honorific=honorific, phone=phone, created_at=now)
        self._session.add(row)
        self._session.flush()
        return _person(row)

    def change(self, person_id: int, *, name: str, honorific: str, phone: str) -> None:
        """Correct the details."""
        row = self._session.get(PersonRow, person_id)
        assert row is not None
        former = [*json.loads(row.former), *(old for old in (row.name, row.phone) if old and old not in (name, phone))]
        row.former = json.dumps(list(dict.fromkeys(former)), ensure_ascii=False)
        row.name, row.honorific, row.phone = name, honorific, phone
        self._session.flush()
        self._audit.note("details corrected", f"person:{person_id}")

    # addresses

    def add_address(self, person_id: int, chat: ChatRef, user_id: str, now: datetime) -> None:
        """Bind a channel; the first one is the preferred one. A channel belongs to one person: rebinding moves it."""
        row = self._address(chat.platform, user_id)
        if row is None:
            row = AddressRow(person_id=person_id, platform=chat.platform, user_id=user_id, chat_id=chat.chat_id, created_at=now)
            row.preferred = not self.addresses(person_id)
            self._session.add(row)
        else:
            row.person_id, row.chat_id, row.unreachable = person_id, chat.chat_id, ""
        self._session.flush()
        self._audit.note("channel bound", f"person:{person_id}", {"platform": chat.platform})

    def replace_address(self, person_id: int, chat: ChatRef, user_id: str) -> ChatRef | None:
        """Give a channel a new account; the chat of the old one, which is a stranger from now on. None when there was none."""
        row = self._session.scalars(
            select(AddressRow).where(AddressRow.person_id == person_id, AddressRow.platform == chat.platform)
        ).first()
        if row is None:
            return None
        old = _as_address(row).chat
        row.user_id, row.chat_id, row.unreachable = user_id, chat.chat_id, ""
        self._session.flush()
        self._audit.note("account replaced", f"person:{person_id}", {"platform": chat.platform})
        return old

    def addresses(self, person_id: int) -> tuple[Address, ...]:
        """Preferred first."""
        rows = self._session.scalars(
            select(AddressRow)
            .where(AddressRow.person_id == person_id)
            .order_by(col(AddressRow.preferred).desc(), col(AddressRow.id))
        )
        return tuple(_as_address(row) for row in rows)

    def chats(self, platform: PlatformName, among: set[str]) -> set[str]:
        """Which of these chats of a platform are somebody's."""
        query = select(AddressRow.chat_id).where(AddressRow.platform == platform, col(AddressRow.chat_id).in_(among))
        return set(self._session.scalars(query))

    def reach(self, person_id: int) -> ChatRef | None:
        """Where to say something unasked: the preferred channel, else another one that works, else None."""
        return next((address.chat for address in self.addresses(person_id) if not address.unreachable), None)

    def prefer(self, person_id: int, platform: PlatformName) -> bool:
        """Make this channel the preferred one; whether the person has it."""
        rows = list(self._session.scalars(select(AddressRow).where(AddressRow.person_id == person_id)))
        if not any(row.platform == platform for row in rows):
            return False
        for row in rows:
            row.preferred = row.platform == platform
        self._session.flush()
        return True

    def set_unreachable(self, chat: ChatRef, reason: str) -> int | None:
        """Note that a chat cannot be reached (or, with "", that it can again); whose it is, or None."""
        row = self._session.scalars(
            select(AddressRow).where(AddressRow.platform == chat.platform, AddressRow.chat_id == chat.chat_id)
        ).first()
        if row is None:
            return None
        if row.unreachable != reason:
            row.unreachable = reason
            self._session.flush()
        return row.person_id

    # seats

    def ask_seat(self, *, person_id: int, unit_id: int, role: Role, now: datetime) -> Seat:
        """Ask for a seat; it allows nothing until confirmed. Asking twice is one request."""
        for seat in self._seats_of(person_id):
            if seat.unit_id == unit_id and seat.role is role:
                return seat
        row = SeatRow(unit_id=unit_id, role=role.value, person_id=person_id, asked_at=now)
        self._session.add(row)
        self._session.flush()
        return _seat(row)

    def seat(self, seat_id: int) -> Seat | None:
        """A seat asked for or held, or None when it ended or never was."""
        row = self._session.get(SeatRow, seat_id)
        return _seat(row) if row is not None and row.ended_at is None else None

    def confirm(self, seat_id: int, *, by: int | None, now: datetime) -> tuple[Person, ...]:
        """Confirm a seat. The focal seat of a unit has one holder: the former one is returned, their seat ended."""
        row = self._session.get(SeatRow, seat_id)
        assert row is not None and row.ended_at is None
        former: list[Person] = []
        if row.role == Role.FOCAL:
            for other in self._live(unit_ids=[row.unit_id]):
                if other.role == Role.FOCAL and other.id != row.id and other.confirmed_at is not None:
                    self._end(other, "handed over", now)
                    former.append(self.get(other.person_id))
        row.confirmed_at, row.confirmed_by = now, by
        self._session.flush()
        self._audit.note(
            "seat confirmed", f"seat:{seat_id}", {"unit": row.unit_id, "role": row.role, "person": row.person_id}, actor=by
        )
        return tuple(former)

    def end(self, seat_id: int, *, reason: str, now: datetime) -> None:
        """End a seat, or refuse a request for one."""
        row = self._session.get(SeatRow, seat_id)
        if row is not None and row.ended_at is None:
            self._end(row, reason, now)

    def holders(self, unit_ids: Iterable[int] | None = None) -> tuple[tuple[Seat, Person], ...]:
        """Confirmed current seats (of these units, or all) with their people, oldest first."""
        query = _HOLDERS
        if unit_ids is not None:
            query = query.where(col(SeatRow.unit_id).in_(list(unit_ids)))
        return tuple((_seat(seat), _person(person)) for seat, person in self._session.execute(query))

    def waiting(self) -> tuple[tuple[Seat, Person], ...]:
        """Seats asked for and not yet confirmed, oldest first."""
        return tuple((_seat(row), self.get(row.person_id)) for row in self._live(None) if row.confirmed_at is None)

    def coordinators(self) -> tuple[Person, ...]:
        """Everybody who holds a coordinator seat."""
        return tuple({person.id: person for seat, person in self.holders() if seat.role is Role.COORDINATOR}.values())

    def district(self) -> tuple[Person, ...]:
        """Everybody who holds a seat of the district's leaders."""
        return tuple({person.id: person for seat, person in self.holders() if seat.role is Role.DISTRICT}.values())

    def speakers(self, on: date | None = None) -> dict[int, tuple[Person, ChatRef]]:
        """For each unit who to remind and where: the focal person, else a deputy, whoever can be reached.

        `on`: leaves out who is away that day; the one named as standing in comes before other deputies.
        """
        found: dict[int, tuple[Person, ChatRef]] = {}
        seats = [pair for pair in self.holders() if pair[0].role.answers]
        away = absences.on(self._session, on) if on is not None else {}
        stand_ins = {(seat.unit_id, away[person.id].stand_in_id) for seat, person in seats if person.id in away}

        def order(pair: tuple[Seat, Person]) -> tuple[bool, bool, int]:
            seat, person = pair
            return seat.role is not Role.FOCAL, (seat.unit_id, person.id) not in stand_ins, seat.id

        reached = self._reached()
        for seat, person in sorted(seats, key=order):
            if person.id not in away and seat.unit_id not in found and (chat := reached.get(person.id)):
                found[seat.unit_id] = (person, chat)
        return found

    def away(self, on: date) -> dict[int, tuple[Person, Absence]]:
        """The units whose focal person is away on a day, with that person."""
        away = absences.on(self._session, on)
        return {
            seat.unit_id: (person, away[person.id])
            for seat, person in self.holders()
            if seat.role is Role.FOCAL and person.id in away
        }

    def history(self, unit_id: int) -> tuple[SeatPast, ...]:
        """Every seat the unit ever had, oldest first."""
        rows: Sequence[SeatRow] = list(
            self._session.scalars(select(SeatRow).where(SeatRow.unit_id == unit_id).order_by(col(SeatRow.id)))
        )
        return tuple(
            SeatPast(seat=_seat(row), person=self.get(row.person_id), confirmed_at=row.confirmed_at, ended_at=row.ended_at)
            for row in rows
        )

    def _reached(self) -> dict[int, ChatRef]:
        """`reach` for everybody at once: a tick asks it for every unit."""
        rows = list(self._session.scalars(_REACHED))
        return {row.person_id: _as_address(row).chat for row in rows}  # the last one counts: the preferred, else the oldest

    def _end(self, row: SeatRow, reason: str, now: datetime) -> None:
        row.ended_at, row.end_reason = now, reason
        self._session.flush()
        invites.revoke(self._session, made_by=row.person_id, unit_id=row.unit_id, now=now)
        self._audit.note("seat ended", f"seat:{row.id}", {"unit": row.unit_id, "role": row.role, "person": row.person_id})

    def _seats_of(self, person_id: int) -> list[Seat]:
        return [_seat(row) for row in self._session.scalars(_SEATS, {"person_id": person_id})]

    def _live(self, unit_ids: Iterable[int] | None) -> list[SeatRow]:
        query = select(SeatRow).where(col(SeatRow.ended_at).is_(None)).order_by(col(SeatRow.id))
        if unit_ids is not None:
            query = query.where(col(SeatRow.unit_id).in_(list(unit_ids)))
        return list(self._session.scalars(query))

    def _address(self, platform: str, user_id: str) -> AddressRow | None:
        return self._session.scalars(_ADDRESS, {"platform": platform, "user_id": user_id}).first()


def _person(row: PersonRow) -> Person:
    assert row.id is not None
    return Person(id=row.id, name=row.name, honorific=row.honorific, phone=row.phone)


def _seat(row: SeatRow) -> Seat:
    assert row.id is not None
    return Seat(
        id=row.id,
        unit_id=row.unit_id,
        role=Role(row.role),
        person_id=row.person_id,
        confirmed=row.confirmed_at is not None,
        since=row.confirmed_at or row.asked_at,
    )


def _as_address(row: AddressRow) -> Address:
    platform: PlatformName = "zalo" if row.platform == "zalo" else "telegram"
    return Address(
        person_id=row.person_id,
        chat=ChatRef(platform=platform, chat_id=row.chat_id),
        user_id=row.user_id,
        preferred=row.preferred,
        unreachable=row.unreachable,
    )
