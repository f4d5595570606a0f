"""`summary`: figures really stored come out, as text and as data."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.channels import LIMITS
from bot.domain.answers import Reading, Status
from bot.settings import Settings
from storage.database import PlainDatabase
from storage.store import Store
from tests.cli.conftest import Cli


def test_a_round_nobody_answered_lists_every_unit(cli: Cli) -> None:
    assert cli("plan", "load", "--json", _seed()).code == 0
    assert cli("plan", "arm", "--year", "2024").code == 0
    known = cli("summary", "--round", "6t", "--year", "2024", "--json").json
    assert known["round"]["code"] == "6T" and known["round"]["last_day"] == "2024-05-04"
    assert (known["expected"], known["received"]) == (28, 0)
    assert {unit["state"] for unit in known["units"]} == {"not_begun"}
    said = cli("summary", "--round", "6T", "--year", "2024").out
    assert "báo cáo 6 tháng" in said and "2024" in said and "Phường 5: chưa bắt đầu" in said and "■" in said


def test_a_figure_in_the_database_is_in_the_totals(cli: Cli) -> None:
    assert cli("plan", "load", _seed()).code == 0
    assert cli("plan", "arm", "--year", "2024").code == 0
    database = PlainDatabase(Settings(_env_file=None).database, LIMITS)
    now = datetime.now(UTC)

    def answer(store: Store) -> str:
        round_ = store.rounds.all()[0]
        unit = store.units.by_code("P5")
        assert unit is not None
        plan = store.plans.get(round_.plan_id)
        question = next(q for q in plan.question_set("ward").questions if q.kind == "count" and q.summed)
        person = store.people.add(name="Trần Thị Lan", honorific="chị", phone="", now=now)
        reading = Reading(status=Status.GIVEN, value=1234)
        at = {"round_id": round_.id, "unit_id": unit.id, "person_id": person.id, "now": now}
        store.answers.add(question=question.code, raw="1.234", reading=reading, **at)
        store.answers.send(**at)
        return question.code

    try:
        code = database.turn(answer)
    finally:
        database.close()
    known = cli("summary", "--round", "6T", "--year", "2024", "--json").json
    assert known["received"] == 1
    assert next(unit for unit in known["units"] if unit["code"] == "P5")["state"] == "late"
    assert next(total for total in known["totals"] if total["code"] == code)["value"] == 1234
    assert "1.234" in cli("summary", "--round", "6T", "--year", "2024").out


def test_a_round_that_is_not_there_names_those_that_are(cli: Cli) -> None:
    assert cli("plan", "load", _seed()).code == 0
    assert cli("plan", "arm", "--year", "2024").code == 0
    ran = cli("summary", "--round", "Q9")
    assert ran.code == 2 and "Không có kỳ “Q9”. Các kỳ đang có: 6T 2024, N 2024." in ran.err


def _seed() -> str:
    from bot import plans

    return str(plans.SEED)
