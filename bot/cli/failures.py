"""Every failure one must expect when a program starts on a strange machine, as one clear sentence."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from bot.logs import strike
from bot.texts import cli as texts
from bot.texts import startup

TELEGRAM = ("Telegram", "TELEGRAM_BOT_TOKEN")
ZALO = ("Zalo", "ZALO_BOT_TOKEN")

# Of SQLAlchemy only what says "this database cannot be worked with"; IntegrityError and the like are our defects.
_DATABASE = {"OperationalError", "DatabaseError", "InterfaceError", "ArgumentError", "NoSuchModuleError", "TimeoutError"}


def sentence(error: BaseException) -> str:
    """What to tell the user, or "" for what nobody expected. Looks into exception groups (a TaskGroup raises those)."""
    return next((said for each in _leaves(error) if (said := _one(each))), "")


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _leaves(each)
    else:
        yield error


def _one(error: BaseException) -> str:
    """Classes go by name: importing the modules that define them would cost a second to say that a setting is wrong."""
    package, name = type(error).__module__.split(".")[0], type(error).__name__
    match package, name:
        case "bot", "BadSetting":
            return startup.bad_setting(error.name, strike(error.value), error.kind, error.limit)  # type: ignore[attr-defined]
        case "bot", "BadToken":
            return startup.bad_token(*_platform(error))
        case "bot", "UnsafeSecrets":
            return texts.dot_env_writable(str(error))
        case "bot", "SecondPoller":
            return startup.second_poller(_platform(error)[0])
        case "storage", "AlreadyRunning":
            return startup.second_process(str(error))
        case "storage", "NewerSchema":
            return texts.newer_schema(str(error))
        case "sqlalchemy", name if name in _DATABASE or "permission denied" in str(error):
            return _of_database(error)
        case "builtins", "RuntimeError" if "SQLite refused" in str(error):
            return startup.bad_database(str(error))
        case "builtins", "ModuleNotFoundError" if _is_driver(error):
            return startup.bad_database(texts.no_driver(error.name))  # type: ignore[attr-defined]
    return _of_system(error) if isinstance(error, OSError) else ""


def _of_database(error: BaseException) -> str:
    """A server's own words, or one of SQLite's well-known faults; "no such column" and the like are our defects."""
    orig = getattr(error, "orig", None)
    reason = strike(" ".join(str(orig or error).split()))
    known = texts.database_fault(reason)
    if not known and (orig is None or type(orig).__module__ == "sqlite3"):
        return ""
    return startup.bad_database(known or reason[:200])


def _of_system(error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            from bot import settings

            known = settings.read()
            return startup.port_taken(known.sandbox_port) if known.sandbox else startup.http_port_taken(known.http_port)
        case errno.EACCES | errno.EPERM if not error.filename:
            return texts.port_forbidden()
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return texts.not_writable(str(error.filename))
        case errno.EEXIST | errno.ENOTDIR:
            return texts.not_a_folder(str(error.filename))
        case errno.ENOENT if error.filename:
            return texts.no_such_path(str(error.filename))
        case errno.ENOSPC | errno.EDQUOT:
            return texts.disk_full()
        case _:
            return ""


def _platform(error: BaseException) -> tuple[str, str]:
    """The adapters say it in their message; only Zalo has none to say ("a webhook is set for this bot")."""
    said = str(error)
    return TELEGRAM if "Telegram" in said or "another process" in said else ZALO


def _is_driver(error: BaseException) -> bool:
    """Whether the missing module is a database driver: those are asked for by SQLAlchemy's dialects."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and "/sqlalchemy/dialects/" in trace.tb_frame.f_code.co_filename.replace("\\", "/")
