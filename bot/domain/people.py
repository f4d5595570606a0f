"""People, the seats they hold for a unit, and what a seat allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a seat is for. A seat belongs to the unit; people come and go."""

    FOCAL = "focal"  # cán bộ đầu mối: answers, is reminded
    DEPUTY = "deputy"  # đầu mối dự phòng: may answer, is reminded when the focal person cannot be reached
    LEADER = "leader"  # lãnh đạo đơn vị: sees the unit's state
    COORDINATOR = "coordinator"  # Phòng Nội vụ: sees all, confirms people, answers difficulties
    DISTRICT = "district"  # lãnh đạo quận: reads every unit's reports and changes nothing; kept at the collecting unit

    @property
    def answers(self) -> bool:
        """Whether this seat may give the unit's figures."""
        return self in (Role.FOCAL, Role.DEPUTY)

    @property
    def sees_all(self) -> bool:
        """Whether this seat is about all units, not about the one it is kept at."""
        return self in (Role.COORDINATOR, Role.DISTRICT)


LEADERS = (Role.LEADER, Role.DISTRICT)
"""Who only reads; addressed as "đồng chí" with the full name, from the first message on."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A human being known to us. `honorific` is "anh" or "chị" when they said so, else ""; `phone` normalised or ""."""

    id: int
    name: str
    honorific: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One person in one role for one unit.

    Attributes:
        confirmed: whether the coordinator approved it; before that it allows nothing.
        since: UTC. A seat that ended is never deleted, it is only no longer returned as held.
    """

    id: int
    unit_id: int
    role: Role
    person_id: int
    confirmed: bool
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who is acting, as the database knew them at this very turn. A stranger has no person and no seats.

    Attributes:
        seats: confirmed and current seats only.
        waiting: seats asked for and not yet confirmed.
        behalf: ids of the units whose paper report they are typing, as coordinator.
    """

    person: Person | None = None
    seats: tuple[Seat, ...] = ()
    waiting: tuple[Seat, ...] = ()
    behalf: frozenset[int] = frozenset()

    @property
    def is_coordinator(self) -> bool:
        """Whether they may see and steer everything."""
        return any(seat.role is Role.COORDINATOR for seat in self.seats)

    @property
    def sees_all(self) -> bool:
        """Whether they may read every unit's reports (the district's leaders too, who may do nothing else)."""
        return any(seat.role.sees_all for seat in self.seats)

    def may_answer_for(self, unit_id: int) -> bool:
        """Whether they may give this unit's figures: its own people, or a coordinator typing its paper report."""
        return any(seat.unit_id == unit_id and seat.role.answers for seat in self.seats) or self.on_behalf_of(unit_id)

    def on_behalf_of(self, unit_id: int) -> bool:
        """Whether what they answer for this unit is typed from its paper report."""
        own = any(seat.unit_id == unit_id and seat.role.answers for seat in self.seats)
        return self.is_coordinator and unit_id in self.behalf and not own

    def may_see(self, unit_id: int) -> bool:
        """Whether they have to do with this unit: its own people, and the coordinators."""
        return self.is_coordinator or any(seat.unit_id == unit_id and not seat.role.sees_all for seat in self.seats)

    def may_read(self, unit_id: int) -> bool:
        """Whether they may read this unit's reports."""
        return self.sees_all or self.may_see(unit_id)

    @property
    def answers_for(self) -> tuple[int, ...]:
        """Units they may answer for, without repetition, in the order they got the seats; then those they type for."""
        own = [seat.unit_id for seat in self.seats if seat.role.answers]
        return tuple(dict.fromkeys([*own, *(sorted(self.behalf) if self.is_coordinator else ())]))
