"""A seat that ends takes everything with it in the same turn; who looks at others' figures leaves a trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from bot.chat.messages import OutFile, Outgoing
from bot.domain.people import Role
from scheduler import delivery
from storage import entitled, leaving
from storage.jobs import Kind
from storage.store import Store
from storage.tables import AuditRow, JobRow
from tests.conversations.counter import Officer
from tests.conversations.window import Window


@pytest.fixture(params=["telegram", "zalo"])
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Window:
    return Window(tmp_path, request.param)


def leaves(window: Window, who: Officer) -> None:
    def work(store: Store) -> None:
        for seat, person in store.people.holders():
            if person.id == who.id:
                store.people.end(seat.id, reason="left", now=window.now)
        leaving.leave(store, who.id, window.now)

    window.ask(work)


def test_who_left_a_unit_invites_nobody_to_it_any_more(window: Window) -> None:
    def made(store: Store) -> tuple[str, str, str]:
        unit, office = window.unit_id(store, "P5"), window.unit_id(store, "NV")
        own = store.invites.create(unit_id=unit, role=Role.FOCAL, by=window.minh.id, now=window.now)
        others = store.invites.create(unit_id=unit, role=Role.DEPUTY, by=window.hoa.id, now=window.now)
        friend = store.invites.create(unit_id=office, role=Role.COORDINATOR, by=window.hoa.id, now=window.now)
        return own, others, friend

    own, others, friend = window.ask(made)
    leaves(window, window.minh)
    assert window.ask(lambda store: store.invites.find(own, window.now)) is None
    assert window.ask(lambda store: store.invites.find(others, window.now)) is not None
    leaves(window, window.hoa)
    assert window.ask(lambda store: store.invites.find(friend, window.now)) is None
    assert window.ask(lambda store: store.invites.find(others, window.now)) is not None, "the office invited that unit"


def test_a_document_on_its_way_does_not_reach_who_lost_the_right_to_it(window: Window) -> None:
    def asked(store: Store) -> str:
        assert store.jobs.add(
            Kind.WORKBOOK, round_id=store.rounds.all()[0].id, person_id=window.hoa.id, chat=window.hoa.chat, now=window.now
        )
        (row,) = store.session.scalars(select(JobRow))
        path = f"{row.path}/tong-hop.xlsx"
        message = Outgoing(text="Bảng tổng hợp", file=OutFile(path=path, name="tong-hop.xlsx"))
        store.outbox.add(window.hoa.chat, message, now=window.now, kind="notice", person_id=window.hoa.id)
        return path

    path = window.ask(asked)
    tam = window.officer("Lê Thị Tâm", "NV", window.platform, Role.COORDINATOR)
    assert window.ask(lambda store: entitled.may_open(store, path))
    window.ask(
        lambda store: [
            store.people.end(s.id, reason="left", now=window.now) for s, p in store.people.holders() if p.id != tam.id
        ]
    )
    assert not window.ask(lambda store: entitled.may_open(store, path))

    def claims(store: Store) -> object:
        return delivery.claim(
            store, window.now, window.around.calendar, pushes=True, busy=frozenset(), platforms=frozenset({window.platform})
        )

    if window.platform == "telegram":  # on Zalo, without links, only words would have gone
        assert window.ask(claims) is None
        assert window.ask(lambda store: store.outbox.counts())["cancelled"] == 1


def test_news_still_on_its_way_to_who_left_is_taken_back_and_dialogues_end(window: Window) -> None:
    def told(store: Store) -> int:
        chat = window.minh.chat
        first = store.outbox.add(chat, Outgoing(text="Chị Lan, 0903…"), now=window.now, kind="notice", person_id=window.minh.id)
        store.outbox.add(window.hoa.chat, Outgoing(text="Việc khác"), now=window.now, kind="notice", person_id=window.hoa.id)
        return first

    window.minh.says("khó khăn")
    assert window.ask(lambda store: store.dialogs.get(window.minh.chat)) is not None
    window.ask(told)
    leaves(window, window.minh)
    assert window.ask(lambda store: store.dialogs.get(window.minh.chat)) is None
    counts = window.ask(lambda store: store.outbox.counts())
    assert (counts["cancelled"], counts["pending"]) == (1, 1)


def traces(window: Window, who: Officer) -> list[tuple[str, str]]:
    return window.ask(
        lambda store: [
            (row.subject, row.details)
            for row in store.session.scalars(select(AuditRow).where(AuditRow.actor == f"person:{who.id}"))
            if row.action == "used"
        ]
    )


def test_reading_others_figures_leaves_a_trace_whoever_reads_and_however_they_ask(window: Window) -> None:
    window.answered("P5", TCD_LUOT="40")
    thu = window.officer("Đào Văn Thứ", "NV", window.platform, Role.DISTRICT)
    thu.says("/tonghop")
    assert [subject for subject, _ in traces(window, thu)] == ["summary.begin"]
    thu.chooses("Theo đơn vị")
    thu.says("Phường 5")
    assert [subject for subject, _ in traces(window, thu)][1:] == ["summary.units", "summary.unit"]
    thu.says("phường 5 tiếp công dân bao nhiêu lượt")
    subject, details = traces(window, thu)[-1]
    unit = window.ask(lambda store: window.unit_id(store, "P5"))
    assert (subject, details) == ("asking.FigureOf", f'{{"ids":"{unit}"}}')
    assert all("tiếp" not in details for _, details in traces(window, thu)), "nobody's words"
    assert window.ask(lambda store: store.audit.check().sound)


def test_who_would_see_everything_is_confirmed_twice(window: Window) -> None:
    def asks(store: Store) -> None:
        person = store.people.add(name="Đào Văn Thứ", honorific="ông", phone="", now=window.now)
        store.people.ask_seat(person_id=person.id, unit_id=window.unit_id(store, "NV"), role=Role.DISTRICT, now=window.now)

    window.ask(asks)
    window.hoa.says("/duyet")
    window.hoa.chooses("Xác nhận")
    window.hoa.sees("sẽ xem được số liệu của mọi đơn vị. Xác nhận lần hai?")
    assert window.ask(lambda store: store.people.district()) == ()
    window.hoa.chooses("Xác nhận cán bộ")
    assert len(window.ask(lambda store: store.people.district())) == 1
