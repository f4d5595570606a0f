"""How people and their seats are called: "chị Lan" day to day, "đồng chí Nguyễn Thị Lan, đầu mối UBND Phường 5" formally."""

from __future__ import annotations

from bot.domain.people import Person, Role

UNKNOWN = "anh/chị"
HONORIFICS = ("anh", "chị")

_TITLES = {
    Role.FOCAL: "đầu mối",
    Role.DEPUTY: "đầu mối dự phòng",
    Role.LEADER: "lãnh đạo",
    Role.COORDINATOR: "cán bộ tổng hợp",
    Role.DISTRICT: "lãnh đạo quận",
}

_PLATFORMS = {"telegram": "Telegram", "zalo": "Zalo"}


def pronoun(person: Person) -> str:
    """ "chị", "anh", or "anh/chị" for somebody who never said: nobody's gender is guessed from a name."""
    return person.honorific or UNKNOWN


def honorific(said: str, before: str = "") -> str:
    """What somebody wants to be called, from what they wrote before their name; other words ("em", "đồng chí") say nothing."""
    return said if said in HONORIFICS else before


def calling(person: Person) -> str:
    """Like "chị Lan": by the given name, as colleagues do."""
    return f"{pronoun(person)} {given_name(person)}".strip()


def full(person: Person) -> str:
    """Like "chị Nguyễn Thị Lan", for lists; just the name when the form of address is not known."""
    return f"{person.honorific} {person.name}".strip()


def respectful(person: Person) -> str:
    """Like "chị Nguyễn Thị Lan", "anh/chị Nguyễn Thị Lan": whom a letter is addressed to."""
    return f"{pronoun(person)} {person.name}"


def comrade(person: Person) -> str:
    """Like "đồng chí Nguyễn Thị Lan"; leaders are never called by their given name alone."""
    return f"đồng chí {person.name}"


def formal(person: Person, title: str, unit: str) -> str:
    """Like "đồng chí Trần Văn Hà, Chủ tịch UBND Phường 5", for first, official and escalating messages."""
    return f"{comrade(person)}, {title} {unit}"


def given_name(person: Person) -> str:
    """The last word of a Vietnamese name."""
    return person.name.split()[-1] if person.name.split() else ""


def title(role: Role) -> str:
    """A seat in words, as the middle of a sentence: "đầu mối", "lãnh đạo"."""
    return _TITLES[role]


def seat(role: Role, unit: str) -> str:
    """Like "đầu mối của UBND Phường 5", "lãnh đạo UBND Phường 5", "lãnh đạo quận" (of no unit)."""
    if role is Role.DISTRICT:
        return title(role)
    return f"{title(role)} {unit}" if role in (Role.LEADER, Role.COORDINATOR) else f"{title(role)} của {unit}"


def platform(name: str) -> str:
    """A channel's name: "Telegram", "Zalo"."""
    return _PLATFORMS[name]


def phone(number: str) -> str:
    """A stored number as people write it: "0903 123 456", "028 3894 0000", "0251 3822 123". Others stay as they are."""
    if not number.isdecimal():
        return number
    match len(number):
        case 10:
            return f"{number[:4]} {number[4:7]} {number[7:]}"
        case 11 if number.startswith(("024", "028")):  # Hà Nội and TP. Hồ Chí Minh have the short area codes
            return f"{number[:3]} {number[3:7]} {number[7:]}"
        case 11:
            return f"{number[:4]} {number[4:8]} {number[8:]}"
        case _:
            return number
