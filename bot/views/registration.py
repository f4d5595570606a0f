"""The screens of registering, of one's own details and channels, and the commands menu by role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.chat.messages import Choice, Menu, MenuEntry, Outgoing
from bot.domain.office import Office
from bot.domain.people import LEADERS, Actor, Person, Role, Seat
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import address, channels, general, help, keywords, profile, registration

# One's own affairs come last; everybody known has them.
OFFERED = 10
"""Choices of one message; every other command stands in the help and in the menu."""
_OWN = ("kenh", "toi", "huy", "help")

_REPORTING = ("baocao", "tiendo", "vuongmac", "kehoach", "sua", "dagui", "lich", "vangmat")
_BY_ROLE: dict[Role, tuple[str, ...]] = {
    Role.COORDINATOR: (
        *("tonghop", "nhac", "vuongmac", "nguoi", "moi", "duyet", "lich", "dondoc", "leothang", "chot", "thongbao", "vangmat"),
        *("xuat", "donvi", "cauhoi", "mocnhac", "giolam", "nghile", "ganhnang", "hanmuc", "yeucau", "kehoach"),
    ),
    Role.FOCAL: (*_REPORTING[:4], "doi", *_REPORTING[4:]),
    Role.DEPUTY: _REPORTING,
    Role.DISTRICT: ("tonghop", "lich", "kehoach"),
    Role.LEADER: ("tiendo", "tonghop", "vuongmac", "lich", "kehoach"),
}
"""What each role is offered, most wanted first; everything else is either another name of these or refused."""


# Registering


def ask_phone(person: Person, role: Role) -> Outgoing:
    """The telephone question, which may be skipped."""
    skip = Choice(label=registration.SKIP, action=("register-skip",), words=keywords.NO_PHONE)
    return Outgoing(text=registration.ask_phone(person, role), choices=((skip,),), marks="letters", hint=general.hint_letters())


def check(person: Person, role: Role, unit: Unit) -> Outgoing:
    """All details before they are sent. `person` need not be stored yet."""
    return Outgoing(
        text=registration.check(address.full(person), person.phone, role, unit.name),
        choices=(
            (Choice(label=registration.YES, action=("register-yes",), words=keywords.REGISTER),),
            (
                Choice(label=registration.FIX_NAME, action=("register-name",)),
                Choice(label=registration.FIX_PHONE, action=("register-phone",)),
            ),
        ),
        hint=general.hint_digits(),
    )


def confirmed(person: Person, role: Role, unit: Unit, office: Office, rounds: Sequence[Round], today: date) -> Outgoing:
    """ "Đăng ký xong". `rounds`: every armed round; those over or closed are left out."""
    ahead = [one for one in rounds if one.closed_at is None and one.last_day >= today]
    return Outgoing(text=registration.confirmed(person, role, unit.name, office.coordinator, ahead, today))


# Oneself


def own_channels(person: Person, platforms: Sequence[str], preferred: str, here: str = "") -> Outgoing:
    """Which channels a person has, which is preferred, and what may be changed. `here`: where they ask; the account of the
    other channel can be changed from here."""
    adds = [Choice(label=channels.add_channel(name), action=("channel-add", name)) for name in _missing(platforms)]
    if here:
        others = [name for name in platforms if name != here]
        adds += [Choice(label=channels.change_account(name), action=("channel-add", name)) for name in others]
    return Outgoing(
        text=channels.channels(person, platforms, preferred),
        choices=tuple((choice,) for choice in (*_preferable(platforms, preferred), *adds)),
        hint=general.hint_digits(),
    )


def channel_bound(person: Person, new: str, platforms: Sequence[str], preferred: str, *, changed: bool = False) -> Outgoing:
    """The second channel works; where should reminders go?"""
    return Outgoing(
        text=f"{channels.channel_bound(person, new, changed=changed)} {channels.channels(person, platforms, preferred)}",
        choices=tuple((choice,) for choice in _preferable(platforms, preferred)),
        hint=general.hint_digits(),
    )


def channel_code(platform: str, code: str, until: datetime, link_base: str, *, changes: bool = False) -> tuple[Outgoing, ...]:
    """How to use the code, and the code alone, so that it can be copied. `until` is local."""
    link = link_base + code if link_base else ""
    return Outgoing(text=channels.channel_code(platform, until, link, changes=changes)), Outgoing(text=code)


def about_me(person: Person, platforms: Sequence[str], held: Sequence[tuple[Seat, str]], days: Sequence[date]) -> Outgoing:
    """What is stored, and its corrections."""
    return Outgoing(
        text=profile.about_me(person, platforms, held, days),
        choices=(
            (Choice(label=registration.FIX_NAME, action=("me-name",)),),
            (Choice(label=profile.FIX_MY_PHONE, action=("me-phone",)),),
        ),
        hint=general.hint_digits(),
    )


# What can be done here


def menu_for(actor: Actor) -> Menu:
    """The commands menu of one person, as they are known now."""
    return Menu(entries=tuple(MenuEntry(command=name, description=help.described(name)) for name in commands_of(actor)))


def greeting(actor: Actor, held: Sequence[str], office: Office) -> Outgoing:
    """/start of a known person: by role, with what they can do as choices. `held`: their seats in words."""
    assert actor.person is not None
    if not actor.seats:
        text = help.greeting_waiting if actor.waiting else help.greeting_seatless
        return Outgoing(text=text(actor.person, office.coordinator), menu=menu_for(actor))
    names = [*[name for name in commands_of(actor) if name not in ("huy", "help")][: OFFERED - 1], "help"]
    choices = [Choice(label=help.label(name), action=(f"/{name}",)) for name in names]
    return Outgoing(
        text=help.greeting(actor.person, held, leads=all(seat.role in LEADERS for seat in actor.seats)),
        choices=tuple(tuple(choices[at : at + 2]) for at in range(0, len(choices), 2)),
        hint=general.hint_digits(),
        menu=menu_for(actor),
    )


def guide(actor: Actor, office: Office) -> Outgoing:
    """/help. No choices: a typed number must still answer the question that was shown before."""
    answers = any(seat.role.answers for seat in actor.seats)
    text = help.guide(commands_of(actor), answers, actor.is_coordinator, office.contact)
    return Outgoing(text=text, menu=menu_for(actor))


def commands_of(actor: Actor) -> tuple[str, ...]:
    """The commands that make sense for this person, most wanted first."""
    if actor.person is None:
        return ("start", "help")
    roles = {seat.role for seat in actor.seats}
    names = [name for role, own in _BY_ROLE.items() if role in roles for name in own]
    return tuple(dict.fromkeys((*names, *_OWN)))


def _missing(platforms: Sequence[str]) -> list[str]:
    return [name for name in ("zalo", "telegram") if name not in platforms]


def _preferable(platforms: Sequence[str], preferred: str) -> list[Choice]:
    return [
        Choice(label=channels.prefer_channel(name), action=("channel-prefer", name), words=(name,))
        for name in platforms
        if name != preferred
    ]
