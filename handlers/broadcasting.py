"""/thongbao: a text to the focal people of many units. Previewed, confirmed by typing, held back a minute, capped a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.chat.fold import fold
from bot.chat.messages import Outgoing
from bot.domain.people import Person
from bot.domain.summary import GROUPS
from bot.domain.units import Unit
from bot.texts import broadcasting as texts
from bot.texts import general, ledger
from bot.views import broadcasting as views
from handlers.notifying import listener
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell_coordinators
from storage import ledgers
from storage.broadcasts import CANCELLABLE, MOST_A_DAY
from storage.store import Store

WRITING = "broadcast"
"""Its data: audience, and the text once it was typed, with how many it would reach."""
REPLYING = "broadcast-reply"
"""Its data: unit, broadcast."""


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/thongbao: to whom?"""
    if _enough(request, store):
        return [Outgoing(text=texts.enough_today(MOST_A_DAY))]
    units = store.units.all(on=request.today)
    many = {texts.ALL: len(units)} | {name: sum(unit.group == name for unit in units) for name in GROUPS}
    return [views.whom(many, earlier=bool(store.broadcasts.all()))]


def to(request: Request, store: Store) -> Sequence[Outgoing]:
    """(audience): the text, please."""
    audience = request.args[0]
    request.talk(store, WRITING, audience=audience, text="", many=0)
    return [views.typed(texts.write(audience, len(_units(request, store, audience))))]


def said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The text, which is previewed; or the typed confirmation of what was previewed."""
    dialog = request.dialog
    assert dialog is not None
    text, many = dialog.text("text"), dialog.number("many")
    words = " ".join(fold(request.text).split()).rstrip(".")
    if text and words == fold(texts.confirmation(many)):
        act = _preview if request.doubtful else _send
        return act(request, store, dialog.text("audience"), text)
    if text and words.startswith("gui") and len(words) < len("gui 9999"):  # a slip in the confirmation is no new text
        return [views.typed(texts.not_confirmed(many))]
    return _preview(request, store, dialog.text("audience"), request.text.strip())


def cancel(request: Request, store: Store) -> Sequence[Outgoing]:
    """(broadcast): [Hủy gửi]"""
    id = int(request.args[0])
    if not store.broadcasts.cancel(id, person_id=request.person.id, now=request.now):
        return [Outgoing(text=texts.too_late())]
    known = store.broadcasts.get(id)
    assert known is not None
    messages = [receipt.message_id for receipt in known.receipts if receipt.message_id is not None]
    for message_id in messages:
        store.outbox.withdraw(message_id, "taken back by the coordinators", request.now)
    return [Outgoing(text=texts.cancelled(len(messages)))]


def stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Thôi], of whoever was writing."""
    if request.dialog is not None and request.dialog.name in (WRITING, REPLYING):
        request.hang_up(store)
    return [Outgoing(text=texts.stopped())]


def results(request: Request, store: Store) -> Sequence[Outgoing]:
    """(page): what became of them, the newest first."""
    all_ = store.broadcasts.all()[::-1]
    if not all_:
        return [Outgoing(text=texts.none_yet())]
    page = min(max(int(request.args[0]), 0), len(all_) - 1)
    shown = all_[page]
    at = request.office.local(shown.at)
    if shown.cancelled_at is not None:
        return [views.result(texts.was_cancelled(shown.text, at), page, len(all_))]
    units = {unit.id: unit for unit in store.units.all()}
    states = ledgers.states(store, [receipt.message_id for receipt in shown.receipts if receipt.message_id is not None])
    failed = Counter(
        ledger.state(states[receipt.message_id]) if receipt.message_id is not None else ledger.nobody()
        for receipt in shown.receipts
        if receipt.message_id is None or not states[receipt.message_id].arrived
    )
    arrived = sum(receipt.message_id is not None and states[receipt.message_id].arrived for receipt in shown.receipts)
    read = sum(receipt.read_at is not None for receipt in shown.receipts)
    replies = [(units[receipt.unit_id], receipt.reply) for receipt in shown.receipts if receipt.reply]
    return [views.result(texts.result(shown.text, at, arrived, read, failed, replies), page, len(all_))]


# The unit's side


def read(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, broadcast): [Đã đọc]"""
    unit_id, id = map(int, request.args)
    if not store.broadcasts.read(id, unit_id, request.now):
        return [Outgoing(text=general.old_button())]
    return [Outgoing(text=texts.thanks_read(request.person))]


def reply(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, broadcast): [Trả lời]"""
    unit_id, id = map(int, request.args)
    if not store.broadcasts.read(id, unit_id, request.now):
        return [Outgoing(text=general.old_button())]
    request.talk(store, REPLYING, unit=unit_id, broadcast=id)
    return [views.typed(texts.ask_reply(request.office))]


def replied(request: Request, store: Store) -> Sequence[Outgoing]:
    """The answer in words, passed on to the coordinators."""
    dialog = request.dialog
    assert dialog is not None
    unit_id, known = dialog.number("unit"), store.broadcasts.get(dialog.number("broadcast"))
    text = request.text.strip()
    if known is None or not request.actor.may_see(unit_id):
        request.hang_up(store)
        return [Outgoing(text=general.not_allowed(request.office.coordinator))]
    if not text or len(text) > texts.LONGEST_REPLY:
        return [views.typed(texts.reply_too_long() if text else texts.ask_reply(request.office))]
    request.hang_up(store)
    store.broadcasts.reply(known.id, unit_id, text, request.now)
    passed_on = texts.reply(request.person, store.units.get(unit_id), known.text, text)
    tell_coordinators(request, store, Outgoing(text=passed_on))
    return [Outgoing(text=texts.replied(request.office))]


def _preview(request: Request, store: Store, audience: str, text: str) -> Sequence[Outgoing]:
    if not text or len(text) > texts.LONGEST:
        return [views.typed(texts.too_long(len(text)) if text else texts.no_words())]
    reached, without = _reached(request, store, audience)
    if not reached:
        request.hang_up(store)
        return [Outgoing(text=texts.nobody())]
    request.talk(store, WRITING, audience=audience, text=text, many=len(reached))
    return [views.typed(texts.preview(texts.said(text, request.office), len(reached), without))]


def _send(request: Request, store: Store, audience: str, text: str) -> Sequence[Outgoing]:
    reached, without = _reached(request, store, audience)
    assert request.dialog is not None
    if len(reached) != request.dialog.number("many"):  # somebody came or left since the preview
        return _preview(request, store, audience, text)
    request.hang_up(store)
    if _enough(request, store):
        return [Outgoing(text=texts.enough_today(MOST_A_DAY))]
    leaves = request.calendar.next_office_time(request.now + CANCELLABLE)
    known = store.broadcasts.add(person_id=request.person.id, audience=audience, text=text, now=request.now, not_before=leaves)
    for unit, person in reached:
        chat = store.people.reach(person.id)
        assert chat is not None
        message_id = store.outbox.add(
            chat,
            views.message(text, known.id, unit, request.office),
            now=request.now,
            kind="push",
            person_id=person.id,
            not_before=known.not_before,
        )
        store.broadcasts.deliver(known.id, unit.id, person_id=person.id, message_id=message_id)
    for unit in without:
        store.broadcasts.deliver(known.id, unit.id, person_id=None, message_id=None)
    later = request.office.local(leaves) if leaves > request.now + CANCELLABLE else None
    return [views.queued(texts.queued(len(reached), int(CANCELLABLE.total_seconds()), later), known.id)]


def _reached(request: Request, store: Store, audience: str) -> tuple[list[tuple[Unit, Person]], list[Unit]]:
    """Who of each unit would be told, each person once; the units where nobody can be told."""
    reached: list[tuple[Unit, Person]] = []
    without: list[Unit] = []
    seen: set[int] = set()
    for unit in _units(request, store, audience):
        person = listener(request, store, unit.id)
        if person is None:
            without.append(unit)
        elif person.id not in seen:
            seen.add(person.id)
            reached.append((unit, person))
    return reached, without


def _units(request: Request, store: Store, audience: str) -> list[Unit]:
    return [unit for unit in store.units.all(on=request.today) if audience in (texts.ALL, unit.group)]


def _enough(request: Request, store: Store) -> bool:
    start = request.office.local(request.now).replace(hour=0, minute=0, second=0, microsecond=0)
    return store.broadcasts.since(start) >= MOST_A_DAY


ACTIONS = {
    "broadcast-to": Route(handler=to, needs=Needs.COORDINATOR),
    "broadcast-cancel": Route(handler=cancel, needs=Needs.COORDINATOR),
    "broadcast-results": Route(handler=results, needs=Needs.COORDINATOR),
    "broadcast-stop": Route(handler=stop, needs=Needs.PERSON),
    "broadcast-read": Route(handler=read, needs=Needs.SEES),
    "broadcast-reply": Route(handler=reply, needs=Needs.SEES),
}

COMMANDS = {"thongbao": Route(handler=begin, needs=Needs.COORDINATOR)}

DIALOGS = {
    WRITING: Route(handler=said, needs=Needs.COORDINATOR),
    REPLYING: Route(handler=replied, needs=Needs.SEAT),
}
