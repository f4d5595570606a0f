"""What is wrong with a plan file, told by line and field."""

from __future__ import annotations

from dataclasses import dataclass

from bot.texts import plan_errors as say


@dataclass(frozen=True, kw_only=True, order=True)
class Fault:
    """One thing to correct.

    Attributes:
        line: in the file, from 1.
        field: where in the plan: "units[3].questions" is the third unit's question set (items are counted from 1, as
            people count them); "" when it concerns the file as a whole.
        message: a Vietnamese sentence saying what is wrong and what to write instead.
    """

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return say.located(self.line, self.field, self.message)


class PlanRefused(ValueError):
    """The file is no valid plan. `faults` holds every reason, in the order of the lines; never empty."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Enough(Exception):
    """So many faults were found that nobody will read more; reading on would only cost time."""
