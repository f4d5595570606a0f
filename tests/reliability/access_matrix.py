"""The access matrix: every entry of the table × everybody who may try it × their own, foreign, stale and forged things.

Who is entitled is declared in access_rights, independently of the handlers: a new route without an entry fails, and so does one
that shows or changes what its presser is not entitled to, and one nobody ever got an answer from, for that one was not tried.
Every try is a turn of the real router on a real database, rolled back.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import re
import tempfile
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event, inspect, text
from sqlmodel import select

from bot.channels import LIMITS
from bot.chat.messages import ChatRef, Choice, Chose, Incoming, Origin, Outgoing, Said
from bot.domain.answers import Reading, Status
from bot.domain.people import Role
from bot.texts import general
from handlers import router, table
from storage import letters
from storage.database import PlainDatabase
from storage.dialogs import Dialog
from storage.store import Store
from storage.tables import MessageRow
from tests.conversations.begun import begin
from tests.conversations.counter import Counter, Officer, local
from tests.reliability import nursery
from tests.reliability.access_rights import (
    ACTIONS,
    ALL,
    ANSWERS,
    ANYBODY,
    COMMANDS,
    COORDINATES,
    DIALOGS,
    GIVEN,
    HOLDER,
    IN_DIALOG,
    KNOWN,
    MEMBER,
    READS,
    SEATED,
    SELF,
    UNIT,
    declared,
)
from tests.reliability.figures import Figure, least, most

# The matrix is tried in shares, one after the other on each core.
SHARES = 20

ACTORS = 10

OWN, OTHERS, ELSEWHERE = "P5", "P6", "P7"
SECRETS = {
    "P5": ("Bùi Thị Ẩn Năm", "0977 555 005", "555.005.505", "nỗi khổ kín của phường năm"),
    "P6": ("Bùi Thị Ẩn Sáu", "0977 666 006", "666.006.606", "nỗi khổ kín của phường sáu"),
    "P7": ("Bùi Thị Ẩn Bảy", "0977 777 007", "777.007.707", "nỗi khổ kín của phường bảy"),
}

# What may be noted of a try whatever becomes of it: that it was made, what was answered, what is being asked in that chat.
_TRACES = {"audit", "message", "button", "dialog", "guess", "inbox", "meta", "sqlite_sequence", "job"}

_ELSEWHERE = ChatRef(platform="telegram", chat_id="424242")
_GROUP = ChatRef(platform="telegram", chat_id="-100777")
REFUSED, RAISED, ANSWERED = "refused", "raised", "answered"
_WORDS = ("12/14", "Phường 7", "1", "gửi")

Rows = dict[str, set[tuple[object, ...]]]
_WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE(?: OR \w+)?|DELETE FROM) "?(\w+)')


@dataclass(frozen=True, kw_only=True)
class Who:
    """Somebody who tries. `unit`: their own (of the former and the pending: the one they want); `sees`: every unit."""

    name: str
    officer: Officer
    levels: frozenset[str]
    unit: str | None = None
    sees_all: bool = False
    group: bool = False

    def entitled(self, level: str, unit: str) -> bool:
        """Whether they may use a route of this level about this unit."""
        if level not in self.levels:
            return False
        return level not in (HOLDER, SELF, ANSWERS, UNIT, READS) or self.sees_all or unit == self.unit

    def situation(self, unit: str) -> str:
        return "own" if unit == self.unit else "foreign"


@dataclass
class Found:
    """What the matrix found. `tries` by situation; `faults` as lines for people."""

    tries: Tally[str] = field(default_factory=Tally)
    faults: list[str] = field(default_factory=list)


class _Undo(Exception):
    """Ends a turn without a trace."""


def undeclared() -> list[str]:
    """Routes without an entry here, and entries without a route."""
    real = {
        "command": set(table.COMMANDS),
        "action": {name for name in router.ACTIONS if not name.startswith("/")},
        "dialog": set(table.DIALOGS),
    }
    here = {"command": set(declared(COMMANDS)), "action": set(declared(ACTIONS)), "dialog": set(declared(DIALOGS))}
    return sorted(f"{kind} {name}" for kind in real for name in real[kind] ^ here[kind])


def run(long: bool, say: Callable[[str], None]) -> list[Figure]:
    """The whole matrix; there is no smaller one."""
    found = Found()
    with nursery.pool(nursery.WORKERS) as pool:
        for done, share in enumerate(pool.map(_share, range(SHARES)), start=1):
            found.tries += share.tries
            found.faults += share.faults
            say(f"{done} of {SHARES} shares, {found.tries.total():,} tries, {len(found.faults)} faults")
    for fault in found.faults[:20]:
        say(fault)
    tries = found.tries
    part = f"access matrix, {ACTORS} kinds of actors × {len(router.ACTIONS) + len(table.COMMANDS)} routes"
    return [
        most(part, "routes nobody has declared", len(undeclared()), 0),
        most(part, "shown, changed or refused against the declaration", len(found.faults), 0),
        least(part, f"tries: {', '.join(f'{many:,} {what}' for what, many in tries.items())}", tries.total(), 20_000),
    ]


def _share(number: int) -> Found:
    """Every so-manyth route, in a town of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return Matrix(Path(folder)).run(number)


class _InMemory(Counter):
    """Nothing here outlives its turn."""

    def _begin(self, plan: str) -> None:
        """When it is opened."""

    def _open(self) -> PlainDatabase:
        database = PlainDatabase("sqlite://", LIMITS)
        begin(database, self.now)
        return database


class Matrix:
    """A small town in which everything exists that could be stolen."""

    def __init__(self, folder: Path) -> None:
        self.counter = _InMemory(folder, local(2026, 4, 16, 9))
        self.found = Found()
        self._keys = itertools.count(1)
        self.units = {code: self.counter.ask(lambda store, c=code: self.counter.unit_id(store, c)) for code in (*SECRETS, "NV")}
        self.round = self.counter.round_id()
        self.ids = {code: self._furnish(code) for code in SECRETS}
        self.invite = self.counter.ask(self._invite)
        self.broadcast = self.counter.ask(self._broadcast)
        self.everybody = tuple(self._people())
        assert len(self.everybody) == ACTORS
        self.buttons = self.counter.ask(self._hang_up)
        self.columns = self.counter.ask(_columns)
        self.before = self.counter.ask(lambda store: _dump(store, self.columns))
        self.written: set[str] = set()
        self.said: list[Outgoing] = []
        event.listen(self.counter.database.engine, "before_cursor_execute", self._note)

    def run(self, share: int) -> Found:
        """A share of the routes × everybody × their own, others', stale and forged arguments."""
        for name, level in list(declared(ACTIONS).items())[share::SHARES]:
            shapes = self._shapes(name, level)
            for who in self.everybody:
                self._actions(who, name, level, shapes)
                self._forgeries(who, name, level)
        for who in self.everybody:
            for name, level in list(declared(COMMANDS).items())[share::SHARES]:
                self._commands(who, name, level)
            for name, level in list(declared(DIALOGS).items())[share::SHARES]:
                self._dialogs(who, name, level, _WORDS)
        return self.found

    def sample(self, dice: random.Random) -> Found:
        """Every route, each with some of the actors and some of the arguments."""
        for name, level in declared(ACTIONS).items():
            who = dice.choice(self.everybody)
            for unit in (OWN, ELSEWHERE):
                for args in _some(dice, self._arguments(name, unit)):
                    self._press(name, args, who, level, unit)
            self._forgeries(who, name, level)
        for name, level in declared(COMMANDS).items():
            self._commands(dice.choice(self.everybody), name, level)
        for name, level in declared(DIALOGS).items():
            for who in dice.sample(self.everybody, 3):
                self._dialogs(who, name, level, dice.sample(_WORDS, 1))
        return self.found

    def _shapes(self, name: str, level: str) -> tuple[int, ...]:
        """Which shapes of arguments mean something to a route: each that brings somebody entitled another answer."""
        entitled = [who for who in self.everybody if who.entitled(level, OWN) and not who.group]
        for who in (entitled[-1], entitled[0]):  # who may do most, and who has a unit of their own
            answers: dict[object, int] = {}
            for number, args in enumerate(self._arguments(name, OWN)):
                end = self._press(name, args, who, level, OWN)
                if end == ANSWERED:
                    answers.setdefault(tuple(one.text for one in self.said), number)
            if answers:
                return tuple(answers.values())
        self.found.faults.append(f"nobody got an answer from {name}: it is not tried")
        return ()

    def _actions(self, who: Who, name: str, level: str, shapes: Iterable[int]) -> None:
        done: set[tuple[str, ...]] = set()
        for unit in (OWN, OTHERS, ELSEWHERE):
            reached = False
            for args in (self._arguments(name, unit)[number] for number in shapes):
                if args in done:  # names no unit
                    reached = True
                    continue
                done.add(args)
                reached |= self._press(name, args, who, level, unit) != REFUSED
            if who.entitled(level, unit) and not who.group and not reached:
                self.found.faults.append(f"{who.name} is entitled to {name} of {unit} and was refused")

    def _press(self, name: str, args: tuple[str, ...], who: Who, level: str, unit: str) -> str:
        """A button of one's own chat, in the dialogue it belongs to."""
        dialog = None
        if step := IN_DIALOG.get(name):
            dialog = Dialog(name=step[0], data=self._dialog(unit) | step[1])
        return self._try(f"action {name} {who.situation(unit)}", who, level, unit, Chose, action=(name, *args), dialog=dialog)

    def _forgeries(self, who: Who, name: str, level: str) -> None:
        for args in (("1000000", "1000000"), ("x", "y", "z")):
            self._try(f"action {name} stale", who, level, "nowhere", Chose, action=(name, *args))
        stolen = self._arguments(name, ELSEWHERE)[0]
        self._try(f"action {name} stolen", who, "nobody", ELSEWHERE, Chose, action=(name, *stolen), shown_to="somebody else")
        self._try(f"action {name} forged", who, "nobody", ELSEWHERE, Chose, action=(name, *stolen), shown_to="nobody")

    def _commands(self, who: Who, name: str, level: str) -> None:
        for rest in ("", " Phường 5", " Phường 7", " 1"):
            self._try(f"command {name}{rest}", who, level, ELSEWHERE, Said, text=f"/{name}{rest}")

    def _dialogs(self, who: Who, name: str, level: str, words: Iterable[str]) -> None:
        for said in words:
            for unit in (OWN, OTHERS, ELSEWHERE):
                dialog = Dialog(name=name, data=self._dialog(unit))
                self._try(f"dialog {name}", who, level, unit, Said, text=said, dialog=dialog)

    def _try(
        self,
        what: str,
        who: Who,
        level: str,
        unit: str,
        kind: type[Said] | type[Chose],
        *,
        text: str = "",
        action: tuple[str, ...] = (),
        dialog: Dialog | None = None,
        shown_to: str = "them",
    ) -> str:
        """One turn, rolled back, and how it ended: REFUSED, RAISED or ANSWERED."""
        self.found.tries[what.rpartition(" ")[2] if what.startswith("action") else what.partition(" ")[0]] += 1
        chat = _GROUP if who.group else who.officer.chat
        outcome = REFUSED

        def turn(store: Store) -> None:
            nonlocal outcome
            if dialog is not None and not who.group:
                store.dialogs.put(chat, dialog, self.counter.now)
            token = self._button(store, chat, action, shown_to) if action else ""
            newest = _newest(store)
            origin = Origin(
                key=f"k{next(self._keys)}",
                chat=chat,
                user_id=who.officer.user_id,
                private=not who.group,
                mentioned=True,
                at=self.counter.now,
            )
            incoming: Incoming = Said(origin=origin, text=text) if kind is Said else Chose(origin=origin, token=token)
            self.written.clear()
            try:
                with store.session.begin_nested():
                    router.handle(incoming, store, self.counter.around, self.counter.now)
            except Exception:  # the turn is rolled back: nothing said, nothing changed
                outcome = RAISED
                raise _Undo from None
            said = [letters.parse(row.body) for row in _said_since(store, newest) if row.chat_id == chat.chat_id]
            self.said = said
            touched = sorted(self.written - _TRACES)
            self._judge(what, who, level, unit, said, {name: self.before[name] for name in touched}, _dump(store, touched))
            outcome = ANSWERED if any(not _refusal(one.text) for one in said) else REFUSED
            raise _Undo

        with contextlib.suppress(_Undo):
            self.counter.ask(turn)
        return outcome

    def _note(self, _: object, __: object, statement: str, *more: object) -> None:
        """Which tables a turn writes; only those need looking at."""
        if found := _WRITES.match(statement):
            self.written.add(found[1])

    def _judge(self, what: str, who: Who, level: str, unit: str, said: Sequence[Outgoing], before: Rows, after: Rows) -> None:
        shown = "\n".join([one.text for one in said] + [choice.label for one in said for choice in one.offered])
        for code, secrets in SECRETS.items():
            if not self._may_see(who, code):
                for secret in secrets:
                    if secret in shown:
                        self.found.faults.append(f"{what}: {who.name} was shown {secret!r} of {code}")
        if who.entitled(level, unit) and not who.group:
            mine = self._rows_of(who)
            given = GIVEN.get(what.split()[1], set())
            foreign = {name for name in before if before[name] != after[name]} - _TRACES - given
            if not who.sees_all:
                for name in foreign:
                    for row in before[name] ^ after[name]:
                        if not mine(name, row):
                            self.found.faults.append(f"{what}: {who.name} changed {name} of others: {row}")
            return
        changed = {name for name in before if before[name] != after[name]} - _TRACES
        if changed and not self._own_request(who, changed, before, after):
            self.found.faults.append(f"{what}: {who.name} is not entitled and changed {sorted(changed)}")

    def _own_request(self, who: Who, changed: set[str], before: Rows, after: Rows) -> bool:
        """Somebody known asking about themselves changes only what is theirs."""
        if who.group or KNOWN not in who.levels:
            return False
        mine = self._rows_of(who)
        return all(mine(name, row) for name in changed for row in before[name] ^ after[name])

    def _rows_of(self, who: Who) -> Callable[[str, tuple[object, ...]], bool]:
        """Whether a row is the actor's own: it names them, or their unit."""
        unit_id = self.units.get(who.unit or "", -1)

        def mine(name: str, row: tuple[object, ...]) -> bool:
            known = dict(zip(self.columns[name], row, strict=True))
            people = {known.get(column) for column in ("person_id", "created_by", "by_id", "asked_by")}
            if name == "person":
                people = {known["id"]}
            if who.officer.id in people and known.get("unit_id", unit_id) == unit_id:
                return True
            return who.unit is not None and SEATED in who.levels and known.get("unit_id") == unit_id

        return mine

    def _may_see(self, who: Who, code: str) -> bool:
        if who.group:
            return False
        return who.sees_all or (who.unit == code and SEATED in who.levels)

    def _button(self, store: Store, chat: ChatRef, action: tuple[str, ...], shown_to: str) -> str:
        """A button with this meaning, shown in the actor's chat, in somebody else's, or made up."""
        if shown_to == "nobody":
            return "bm9ib2R5IGtub3dz"
        key = self.buttons[chat if shown_to == "them" else _ELSEWHERE]
        meaning = {"action": json.dumps(action), "key": key}
        store.session.connection().execute(text("UPDATE button SET action = :action WHERE key = :key"), meaning)
        return key

    def _hang_up(self, store: Store) -> dict[ChatRef, str]:
        """A button in every chat; what it means is said anew for every try."""
        chats = {_ELSEWHERE, _GROUP, *(who.officer.chat for who in self.everybody)}
        first = {
            chat: store.outbox.add(
                chat, Outgoing(text="-", choices=((Choice(label="x", action=("-",)),),)), now=self.counter.now
            )
            for chat in chats
        }
        rows = {chat: store.session.get_one(MessageRow, id_) for chat, id_ in first.items()}
        return {chat: letters.parse(row.body).offered[0].key for chat, row in rows.items()}

    def _arguments(self, name: str, unit: str) -> list[tuple[str, ...]]:
        """The shapes arguments come in: a route's own, or the usual ones, of which each takes what it can read."""
        ids = self.ids[unit]
        u, r, d, s, p = (str(each) for each in (self.units[unit], self.round, ids["difficulty"], ids["seat"], ids["person"]))
        own: dict[str, list[tuple[str, ...]]] = {
            "plan-point": [("1", "I.1")],
            "ask": [
                ("figure", r, u, "TCD_LUOT"),
                ("state", r, u),
                ("troubles", "", u),
                ("total", r, "TCD_LUOT"),
                ("due", r, u),
            ],
            "summary-total": [(r, "TCD_LUOT", column, "0") for column in ("", "ward")],
            "handover-invite": [(u,)],
            "invite-make": [(u, "focal"), (u, "leader")],
            "nudge-group": [(r, "not_begun"), (r, "half_way")],
            "export": [("xlsx", r), ("invites", r)],
            "export-surely": [("xlsx", r), ("invites", r)],
            "days-remove": [("2026-04-20",)],
            "questions-set": [(r, "ward", "0")],
            "question": [(r, "ward", "TCD_LUOT")],
            "hours-one": [("remind_at",), ("excerpt_at",)],
            "broadcast-read": [(u, str(self.broadcast))],
            "broadcast-reply": [(u, str(self.broadcast))],
            "absence-change": [(p,)],
            "absence-end": [(str(ids["absence"]),)],
            "absence-day": [("2026-04-21",)],
            "absence-stand-in": [("",)],
            "absence-confirm": [()],
            "guard-fix": [()],
            "guard-anyway": [()],
        }
        return own.get(name) or [
            (u,),
            (u, r),
            (u, r, "0"),
            (u, d),
            (u, d, "0"),
            (u, r, "TCD_LUOT"),
            (u, r, "TCD_LUOT", "status", "none"),
            (u, r, "", ""),
            (u, r, "2026-04-20"),
            (s,),
            (d,),
            (r,),
            (r, u),
            (r, "0"),
            (r, u, "0"),
            ("1", u),
            ("telegram",),
            ("zalo",),
            ("0",),
            (),
        ]

    def _dialog(self, unit: str) -> dict[str, str | int | bool | None]:
        seat = self.ids[unit]
        return {
            "unit": self.units[unit],
            "round": self.round,
            "question": "TCD_LUOT",
            "difficulty": seat["difficulty"],
            "day": self.counter.now.date().isoformat(),
            "step": "name",
            "number": "12/BC",
            "seen": 1,
            "text": "x",
            "invite": self.invite,
            "called": "Nguyễn Văn Mới",
            "honorific": "anh",
            "phone": "",
            "from": "2026-06-08",
            "until": "2026-06-10",
            "stand_in": 0,
            "broadcast": self.broadcast,
            "person": seat["person"],
        }

    def _furnish(self, code: str) -> dict[str, int]:
        """A unit with a person, answers, a report and a difficulty that nobody else may know of."""
        name, phone, figure, trouble = SECRETS[code]
        focal = self.counter.officer(name, code, "telegram")

        def work(store: Store) -> dict[str, int]:
            store.people.change(focal.id, name=name, honorific="chị", phone=phone.replace(" ", ""))
            unit_id = self.counter.unit_id(store, code)
            round_id = next(one.id for one in store.rounds.all() if one.code == "6T")
            store.answers.add(
                round_id=round_id,
                unit_id=unit_id,
                question="TCD_LUOT",
                raw=figure,
                reading=Reading(status=Status.GIVEN, value=int(figure.replace(".", ""))),
                person_id=focal.id,
                now=self.counter.now,
            )
            store.answers.send(round_id=round_id, unit_id=unit_id, person_id=focal.id, now=self.counter.now)
            raised = store.difficulties.raise_(unit_id=unit_id, person_id=focal.id, text=trouble, now=self.counter.now)
            seat = next(seat for seat, person in store.people.holders([unit_id]) if person.id == focal.id)
            until = self.counter.now.date() + timedelta(days=60)
            away = store.absences.declare(
                person_id=focal.id, from_=until, until=until, stand_in_id=None, by_id=focal.id, now=self.counter.now
            )
            return {"difficulty": raised.id, "seat": seat.id, "person": focal.id, "absence": away.id}

        return self.counter.ask(work)

    def _invite(self, store: Store) -> int:
        code = store.invites.create(unit_id=self.units[OWN], role=Role.DEPUTY, by=None, now=self.counter.now)
        invite = store.invites.find(code, self.counter.now)
        assert invite is not None
        return invite.id

    def _broadcast(self, store: Store) -> int:
        now, sender = self.counter.now, self.ids[OWN]["person"]
        sent = store.broadcasts.add(person_id=sender, audience="wards", text="Họp lúc 8 giờ.", now=now, not_before=now)
        for code in SECRETS:
            store.broadcasts.deliver(sent.id, self.units[code], person_id=self.ids[code]["person"], message_id=None)
        return sent.id

    def _people(self) -> Iterator[Who]:
        counter, unit = self.counter, frozenset({ANYBODY, KNOWN, SEATED, MEMBER, UNIT, READS})
        focal = next(one for one in counter.people if one.id == self.ids[OWN]["person"])
        other = next(one for one in counter.people if one.id == self.ids[OTHERS]["person"])
        yield Who(name="focal", officer=focal, levels=unit | {HOLDER, SELF, ANSWERS}, unit=OWN)
        yield Who(name="other focal", officer=other, levels=unit | {HOLDER, SELF, ANSWERS}, unit=OTHERS)
        yield Who(name="group member", officer=focal, levels=unit | {HOLDER, SELF, ANSWERS}, unit=OWN, group=True)
        deputy = counter.officer("Lê Văn Phó", OWN, "telegram", Role.DEPUTY)
        yield Who(name="deputy", officer=deputy, levels=unit | {ANSWERS}, unit=OWN)
        leader = counter.officer("Lê Văn Trưởng", OWN, "telegram", Role.LEADER)
        yield Who(name="leader", officer=leader, levels=unit, unit=OWN)
        former = counter.officer("Lê Văn Cựu", OWN, "telegram", Role.DEPUTY)
        counter.ask(
            lambda store: [
                store.people.end(s.id, reason="left", now=counter.now) for s, p in store.people.holders() if p.id == former.id
            ]
        )
        yield Who(name="former focal", officer=former, levels=frozenset({ANYBODY, KNOWN}), unit=OWN)
        pending = counter.officer("Lê Văn Chờ", OWN, "telegram", Role.DEPUTY)

        def unconfirmed(store: Store) -> None:
            seat = next(seat for seat, person in store.people.holders() if person.id == pending.id)
            store.people.end(seat.id, reason="x", now=counter.now)
            store.people.ask_seat(person_id=pending.id, unit_id=self.units[OWN], role=Role.FOCAL, now=counter.now)

        counter.ask(unconfirmed)
        yield Who(name="pending", officer=pending, levels=frozenset({ANYBODY, KNOWN}), unit=OWN)
        stranger = Officer(counter=counter, name="Người lạ", platform="telegram", user_id="999999")
        counter.people.append(stranger)
        yield Who(name="stranger", officer=stranger, levels=frozenset({ANYBODY}))
        district = counter.officer("Lê Văn Quận", "NV", "telegram", Role.DISTRICT)
        yield Who(
            name="district", officer=district, levels=frozenset({ANYBODY, KNOWN, SEATED, READS, ALL}), unit="NV", sees_all=True
        )
        hoa = counter.officer("Phạm Thị Hoa", "NV", "telegram", Role.COORDINATOR)
        levels = frozenset({ANYBODY, KNOWN, SEATED, SELF, UNIT, READS, ALL, COORDINATES})
        yield Who(name="coordinator", officer=hoa, levels=levels, unit="NV", sees_all=True)


def _refusal(said: str) -> bool:
    """The answers that mean "this is not for you", whoever asked."""
    coordinator, contact = "Phòng Nội vụ quận Gò Vấp", "chị Hoa 028 3894 0000"
    return said in (
        general.not_allowed(coordinator),
        general.still_waiting(coordinator),
        general.stranger(coordinator, contact),
        general.old_button(),
        general.in_group(),
    )


def _dump(store: Store, names: Iterable[str]) -> Rows:
    connection = store.session.connection()
    return {name: {tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))} for name in names}


def _columns(store: Store) -> dict[str, list[str]]:
    inspector = inspect(store.session.connection())
    names = (name for name in inspector.get_table_names() if name not in _TRACES)
    return {name: [column["name"] for column in inspector.get_columns(name)] for name in names}


def _newest(store: Store) -> int:
    return int(store.session.connection().execute(text("SELECT coalesce(max(id), 0) FROM message")).scalar_one())


def _said_since(store: Store, newest: int) -> list[MessageRow]:
    return list(store.session.scalars(select(MessageRow).where(MessageRow.id > newest)))  # type: ignore[operator,arg-type]


def _some(dice: random.Random, arguments: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return dice.sample(arguments, min(2, len(arguments)))
