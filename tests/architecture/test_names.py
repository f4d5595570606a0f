"""Names that may stand in few places or none, found in the syntax tree."""

from __future__ import annotations

from collections.abc import Iterator

from tests.architecture.sources import calls, files, names

# A task nobody waits for swallows its exceptions; each of these keeps and awaits what it starts.
START_TASKS = {
    "bot/sandbox/courier.py",
    "bot/sandbox/server.py",
    "bot/sandbox/wire.py",
    "bot/serve.py",
    "handlers/intake.py",
    "scheduler/delivery.py",
    "scheduler/keeping.py",
    "storage/database.py",
}


def mentions(*wanted: str, but: tuple[str, ...] = ()) -> list[str]:
    """Where names ending so are mentioned, outside files whose path begins with one of `but`."""
    return [
        f"{file}:{line} {name}"
        for file in files()
        if not file.startswith(but)
        for line, name in names(file)
        if any(name == each or name.endswith(f".{each}") for each in wanted)
    ]


def test_only_the_clock_asks_the_machine_for_the_time() -> None:
    found = mentions(
        "datetime.now",
        "datetime.utcnow",
        "date.today",
        "datetime.today",
        "time.time",
        but=("bot/clock.py", "storage/sweeping.py"),
    )
    # storage/sweeping.py compares with the file system's own times, which no moved clock moves.
    # The adapters' `now` is an argument; this is its default.
    defaults = ("bot/platforms/telegram.py:", "bot/platforms/zalo.py:")
    assert [place for place in found if not place.startswith(defaults)] == []
    assert all(sum(place.startswith(file) for place in found) <= 1 for file in defaults)


def test_the_clock_is_really_looked_for() -> None:
    assert mentions("datetime.now") != []


def test_only_the_settings_read_the_environment() -> None:
    found = mentions("os.environ", "os.getenv", "os.environb", "os.putenv")
    assert [place for place in found if not place.startswith("bot/settings.py:")] == _ptb_timedelta()


def _ptb_timedelta() -> list[str]:
    """python-telegram-bot reads PTB_TIMEDELTA when it is imported: there is no other way to tell it."""
    from tests.architecture.sources import source

    lines = source("bot/platforms/failures.py").splitlines()
    at = [number for number, line in enumerate(lines, 1) if 'os.environ.setdefault("PTB_TIMEDELTA"' in line]
    return [f"bot/platforms/failures.py:{number} os.environ" for number in at]


def test_nothing_is_printed() -> None:
    """Standard output belongs to the command line, which goes through bot.cli.out."""
    assert list(_called("print")) == []
    assert {place.split(":")[0] for place in _called("typer.echo")} == {"bot/cli/out.py"}


def test_updates_waiting_at_telegram_are_never_dropped() -> None:
    """The sandbox plays Telegram's side and must know the word."""
    assert mentions("drop_pending_updates", but=("bot/sandbox/",)) == []


def test_nothing_is_pickled() -> None:
    assert mentions("pickle", "marshal", "shelve", "dill", "cloudpickle") == []


def test_tasks_are_started_in_few_files() -> None:
    """Those of a TaskGroup (`tasks.create_task`) are waited for by the group."""
    found = {
        file
        for file in files()
        for _, name in calls(file)
        if name.endswith(("create_task", "ensure_future")) and name != "tasks.create_task"
    }
    assert found - START_TASKS == set()


def _called(wanted: str) -> Iterator[str]:
    for file in files():
        yield from (f"{file}:{line}" for line, name in calls(file) if name == wanted)
