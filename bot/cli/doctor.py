"""`doctor`: looks at everything the bot needs and changes nothing."""

from __future__ import annotations

import typer

from bot.cli import desk, out
from bot.cli.checks import Check
from bot.cli.family import Json
from bot.texts import doctor as texts

FAULTY = 1


def doctor(json: Json = False) -> None:
    """Every check in turn; exit code 1 when one of them found a fault."""
    checks = _examine()
    if json:
        out.data([{"check": each.check, "state": each.state, "message": each.message, "hint": each.hint} for each in checks])
    else:
        faults, warnings = (sum(each.state == state for each in checks) for state in ("fault", "warning"))
        lines = [texts.line(each.check, each.state, each.message, each.hint) for each in checks]
        out.say("\n".join([*lines, texts.verdict(faults, warnings)]))
    if any(each.state == "fault" for each in checks):
        raise typer.Exit(FAULTY)


def _examine() -> list[Check]:
    from bot.cli import checks, failures
    from bot.settings import BadSetting

    try:
        settings = desk.read_settings()
    except BadSetting as wrong:
        bad = Check(check="settings", state="fault", message=failures.sentence(wrong))
        return [*checks.machine(), bad, checks.dot_env()]
    from bot.cli import channel_checks, work_checks

    return [
        *checks.machine(settings.database),
        Check(check="settings", state="ok", message=texts.SETTINGS_FINE),
        checks.dot_env(),
        *checks.folder(settings.data_dir),
        *work_checks.database(settings),
        *channel_checks.channels(settings),
    ]
