"""The codes one list of a plan file declares: each one once, told apart by more than capitals, and found again elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.plans.entry import Entry, nearest
from bot.texts import plan_errors as say


class Names:
    """Codes and the lines they stand on.

    Attributes:
        certain: False once a code could not be read or was used twice; a reference may then mean the entry that should have
            had another code, so nothing is called unknown.
    """

    def __init__(self, *, certain: bool = True) -> None:
        self.certain = certain
        self._codes: dict[str, str] = {}
        self._taken: dict[str, tuple[str, int]] = {}

    def declare(self, entry: Entry, field: str, *spellings: str) -> bool:
        """A code and other spellings of it; the first one is what references are resolved to. False when it was taken."""
        if not spellings[0]:
            self.certain = False
            return False
        for spelling in filter(None, dict.fromkeys(spellings)):
            taken = self._taken.get(spelling.casefold())
            if taken is not None:
                same = taken[0] == spelling
                self.certain = False
                entry.note(field, say.duplicate(*taken) if same else say.duplicate_but_for_case(spelling, *taken))
                return False
        for spelling in filter(None, spellings):
            self._codes[spelling] = spellings[0]
            self._taken[spelling.casefold()] = (spelling, entry.line(field))
        return True

    def resolve(self, code: str, entry: Entry, field: str, unknown: Callable[[str, str], str], index: int | None = None) -> str:
        """The declared code meant by a reference; notes `unknown(code, nearest)` at the field when there is none."""
        if code and self.certain and code not in self._codes:
            entry.note(field, unknown(code, nearest(code, self._codes)), index)
        return self._codes.get(code, code)

    def resolve_all(self, entry: Entry, field: str, unknown: Callable[[str, str], str]) -> Iterator[str]:
        """Every reference in a list field."""
        for index, code in enumerate(entry.texts(field, 24)):
            yield self.resolve(code, entry, field, unknown, index)

    def line(self, code: str) -> int:
        """Where a declared code stands. Raises KeyError."""
        return self._taken[code.casefold()][1]

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(self._codes.values()))
