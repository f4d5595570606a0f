"""Whatever a unit or a person is called, every message fits its channel, keeps its choices and shows nothing turned round."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import LIMITS
from bot.chat import choices, door
from bot.chat.messages import ChatRef, OutFile, Outgoing, PlatformName
from bot.chat.split import units
from bot.domain.filetypes import Unfit
from bot.domain.office import Office
from bot.domain.people import Person, Role, Seat
from bot.domain.secrets_marks import Mark
from bot.domain.units import Unit
from bot.texts import alarms, guarding, privacy
from bot.views import privacy as privacy_views
from bot.views import registration, seats
from bot.views.seats import Sitting

NAMES = st.one_of(
    st.text(min_size=1, max_size=5000),
    st.sampled_from(
        [
            "<b>Phường 5</b>",
            "&amp;",
            "=HYPERLINK(1)",
            "\u202egnp",
            "A\u0301" * 400,
            "👨‍👩‍👧" * 900,
            "x" * 4096,
            "a\n\n\nb",
            "1) a\n2) b",
        ]
    ),
).map(lambda said: door.line(said, 400) or "P")
OFFICE = Office(name="UBND", coordinator="Phòng Nội vụ")
NOW = datetime(2026, 4, 16, 2, tzinfo=UTC)


def person(name: str) -> Person:
    return Person(id=1, name=name, honorific="chị", phone="0903123456")


def unit(name: str) -> Unit:
    return Unit(
        id=1, code="P5", name=name, short=name, group="ward", questions="ward", source="", aliases=(), from_=None, until=None
    )


def screens(name: str) -> list[Outgoing]:
    """Every kind of screen a name of the sender's own choosing stands in."""
    who, where = person(name), unit(name)
    seat = Seat(id=1, unit_id=1, role=Role.FOCAL, person_id=1, confirmed=True, since=NOW)
    sitting = Sitting(
        seat_id=1, unit=where, role=Role.FOCAL, person=who, since=date(2026, 4, 1), until=None, channels=("zalo",)
    )
    return [
        registration.about_me(who, ["telegram", "zalo"], [(seat, name)], [date(2026, 4, 1)]),
        registration.check(who, Role.FOCAL, where),
        seats.request(sitting, [who]),
        seats.waiting([sitting] * 30, 0),
        seats.unit_list([where] * 40, {1: sitting}, 3, 0),
        seats.unit_card(where, [sitting] * 5, [sitting], [sitting] * 40, (Role.FOCAL, Role.DEPUTY)),
        privacy_views.request(1, who, name, NOW),
        privacy_views.waiting([(number, who, NOW, True) for number in range(40)]),
        Outgoing(text=alarms.unreachable(who, where, [who] * 3)),
        Outgoing(text=privacy.exported(who, NOW), file=OutFile(path="exports/x/y.json", name=door.file_name(name) or "y")),
        Outgoing(text=privacy.section("answers", [name] * 60)),
    ]


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
@settings(max_examples=60, deadline=None)
@given(name=NAMES)
def test_every_piece_fits_whatever_the_name(platform: PlatformName, name: str) -> None:
    limits, chat = LIMITS[platform], ChatRef(platform=platform, chat_id="1")
    for screen in screens(name):
        pieces = choices.pieces(screen, chat, limits, None)
        assert pieces
        for piece in pieces:
            room = limits.caption if piece.message.file is not None else limits.text
            assert units(piece.message.text) <= room
            piece.message.text.encode("utf-8")
        if limits.buttons:
            assert [choice.label for choice in pieces[-1].message.offered] == [choice.label for choice in screen.offered]
        labels = [choice.label for choice in screen.offered]
        assert len(labels) == len(set(labels)), "a typed label means one choice"
        for choice in screen.offered:
            if not choices.is_mark(choice.label, screen.marks):
                assert choices.pick(choice.label, screen.offered, screen.marks) is choice


@given(st.frozensets(st.sampled_from(sorted(Mark)), min_size=1), st.booleans())
def test_every_warning_names_what_was_seen(marks: frozenset[Mark], file: bool) -> None:
    if marks - {Mark.SECRECY}:
        assert "có thể chứa " in guarding.personal(marks, file=file)


@pytest.mark.parametrize("why", list(Unfit))
def test_every_refused_file_is_explained_politely(why: Unfit) -> None:
    told = guarding.unfit(why, "chị Hoa")
    assert "không lưu" in told or "chưa lưu" in told
    assert "!" not in told and len(told) <= 600
