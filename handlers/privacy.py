"""Rights over one's own data (Luật 91/2025/QH15): having it sent or erased; Nội vụ decides, asked twice."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import requests
from bot.domain.people import Person
from bot.domain.requests import ErasureRequest, RequestState
from bot.texts import address, wording
from bot.texts import privacy as texts
from bot.views import privacy as views
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell
from storage.jobs import Kind
from storage.store import Store

# The person's side


def export(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Xuất dữ liệu của tôi]: made outside this turn, sent to this chat and no other."""
    asked = store.jobs.add(Kind.OWN_DATA, round_id=None, person_id=request.person.id, chat=request.chat, now=request.now)
    return [Outgoing(text=texts.preparing() if asked else texts.under_way())]


def erase(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Rút đồng ý, xoá dữ liệu]: what it means."""
    known = store.requests.of(request.person.id)
    if known is not None:
        return _asked(request, known)
    return [views.erase_surely(request.person, _seats(request, store, request.person), request.office.coordinator)]


def erase_yes(request: Request, store: Store) -> Sequence[Outgoing]:
    """Asked for: Nội vụ has two working days."""
    if (known := store.requests.of(request.person.id)) is not None:
        return _asked(request, known)
    due = requests.due(request.now, request.calendar, request.office.closes)
    asked = store.requests.ask(person_id=request.person.id, due_at=due, now=request.now)
    for coordinator in store.people.coordinators():
        if coordinator.id != request.person.id:
            tell(request, store, coordinator.id, _shown(request, store, asked))
    return _asked(request, asked)


def erase_no(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Giữ lại]."""
    return [Outgoing(text=texts.kept())]


def withdraw(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Rút lại yêu cầu xoá], while nobody decided."""
    known = store.requests.of(request.person.id)
    done = known is not None and store.requests.decide(known.id, RequestState.WITHDRAWN, by=request.person.id, now=request.now)
    return [Outgoing(text=texts.withdrawn() if done else texts.nothing_to_withdraw())]


# Nội vụ's side


def waiting(request: Request, store: Store) -> Sequence[Outgoing]:
    """/yeucau: the only request, or the list, most urgent first."""
    found = store.requests.all(RequestState.OPEN)
    if not found:
        return [Outgoing(text=texts.none_open())]
    if len(found) == 1:
        return [_shown(request, store, found[0])]
    local = request.office.local
    return [
        views.waiting([(one.id, store.people.get(one.person_id), local(one.due_at), one.overdue(request.now)) for one in found])
    ]


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """One request (args: request id)."""
    found = _open(request, store)
    return [_shown(request, store, found) if found else Outgoing(text=texts.decided_already())]


def approve(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Đồng ý xoá] (args: request id): asked once more."""
    found = _open(request, store)
    if refusal := _why_not(request, store, found):
        return [Outgoing(text=refusal)]
    assert found is not None
    person = store.people.get(found.person_id)
    return [views.approve_surely(found.id, person, _seats(request, store, person))]


def approve_surely(request: Request, store: Store) -> Sequence[Outgoing]:
    """Decided: the farewell is queued, everything goes when it has left (scheduler.erasing)."""
    found = _open(request, store)
    if refusal := _why_not(request, store, found):
        return [Outgoing(text=refusal)]
    assert found is not None
    person = store.people.get(found.person_id)
    store.requests.decide(found.id, RequestState.APPROVED, by=request.person.id, now=request.now)
    tell(request, store, person.id, Outgoing(text=texts.farewell(request.office.coordinator)))
    return [Outgoing(text=texts.approved(person))]


def refuse(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Chưa xoá được] (args: request id)."""
    found = _open(request, store)
    if found is None:
        return [Outgoing(text=texts.decided_already())]
    store.requests.decide(found.id, RequestState.REFUSED, by=request.person.id, now=request.now)
    person = store.people.get(found.person_id)
    tell(request, store, person.id, Outgoing(text=texts.refused(request.office.coordinator, request.office.contact)))
    return [Outgoing(text=texts.refused_done(person))]


def _asked(request: Request, known: ErasureRequest) -> Sequence[Outgoing]:
    if known.state is RequestState.APPROVED:
        return [Outgoing(text=texts.erase_approved_already())]
    return [Outgoing(text=texts.erase_asked(request.office.coordinator, request.office.local(known.due_at)))]


def _shown(request: Request, store: Store, known: ErasureRequest) -> Outgoing:
    person = store.people.get(known.person_id)
    return views.request(known.id, person, _seats(request, store, person), request.office.local(known.due_at))


def _open(request: Request, store: Store) -> ErasureRequest | None:
    """The request named by args[0], if nobody decided it meanwhile."""
    number = request.args[0] if request.args else ""
    found = store.requests.get(int(number)) if number.isdecimal() else None
    return found if found is not None and found.state is RequestState.OPEN else None


def _why_not(request: Request, store: Store, found: ErasureRequest | None) -> str:
    if found is None:
        return texts.decided_already()
    coordinators = {person.id for person in store.people.coordinators()}
    if coordinators == {found.person_id}:
        return texts.last_coordinator()
    return texts.not_oneself() if found.person_id == request.person.id else ""


def _seats(request: Request, store: Store, person: Person) -> str:
    """In words, for the middle of a sentence; "" for none."""
    held = [seat for seat, holder in store.people.holders() if holder.id == person.id]
    return wording.listed(address.seat(seat.role, store.units.get(seat.unit_id).name) for seat in held) if held else ""


COMMANDS = {"yeucau": Route(handler=waiting, needs=Needs.COORDINATOR)}

ACTIONS = {
    "me-export": Route(handler=export, needs=Needs.PERSON),
    "me-erase": Route(handler=erase, needs=Needs.PERSON),
    "me-erase-yes": Route(handler=erase_yes, needs=Needs.PERSON, grave=True),
    "me-erase-no": Route(handler=erase_no, needs=Needs.PERSON),
    "me-erase-withdraw": Route(handler=withdraw, needs=Needs.PERSON),
    "erasure": Route(handler=show, needs=Needs.COORDINATOR),
    "erasure-approve": Route(handler=approve, needs=Needs.COORDINATOR),
    "erasure-approve-surely": Route(handler=approve_surely, needs=Needs.COORDINATOR, grave=True),
    "erasure-refuse": Route(handler=refuse, needs=Needs.COORDINATOR, grave=True),
}
