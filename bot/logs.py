"""Logging that cannot leak: one line per event, ids and kinds only, every secret struck out, other people's chatter silenced.

Call `install` before httpx is first imported. It needs nothing but the standard library.

Three walls, because each has a hole: libraries may only warn (httpx writes the token-bearing URL at INFO, PTB and SQL drivers
write bodies at DEBUG); every record is struck clean when it is made, traceback included, so that a handler somebody adds later
gets it clean too; and the finished line is struck once more, because `extra` fields join the record after it was made.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

OURS = ("bot", "handlers", "scheduler", "storage")

# Named one by one although the root holds them back already: a level a library set on its own logger would win over the root.
_CHATTY = (
    "httpx",
    "httpcore",
    "telegram",
    "aiosqlite",
    "sqlalchemy",
    "apscheduler",
    "asyncio",
    "uvicorn.access",
    "python_multipart",
)

# Logs the whole body of an answer it cannot parse, at ERROR; the exception it also raises says all we need.
_NEVER = ("telegram.request.BaseRequest",)

STRUCK = "***"

# Bot tokens are `digits:letters`, in a path behind "bot"; SQLAlchemy's and pydantic's errors quote the values they were given.
_PATTERNS = (
    (re.compile(r"(?<=/bot)[^/\s\"'?#]+:[^/\s\"'?#]+"), STRUCK),
    (re.compile(r"(?<![\w:])\d{6,}(?::|%3A)[A-Za-z0-9_-]{16,}"), STRUCK),
    (re.compile(r"(?m)^\[parameters: .*$"), f"[parameters: {STRUCK}]"),
    (re.compile(r"input_value=.*?, input_type="), f"input_value={STRUCK}, input_type="),
)
_secrets: set[str] = set()

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def install(
    level: str = "INFO", *, secrets: Iterable[str] = (), json_lines: bool = False, stream: TextIO | None = None
) -> logging.Handler:
    """Send our own events of at least `level`, and everybody's warnings, to `stream` (standard error); returns the handler.

    Args:
        level: for our packages; a library's INFO and DEBUG never pass.
        secrets: struck out wherever they stand; more may follow through `protect`.
        json_lines: one JSON object a line instead of `key=value`.
        stream: where to write.
    """
    protect(*secrets)
    if logging.getLogRecordFactory() is not _clean_record:
        logging.setLogRecordFactory(_clean_record)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)

    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_JsonLines() if json_lines else _KeyValue())
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old.formatter, (_JsonLines, _KeyValue)):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _NEVER:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return handler


def protect(*secrets: str) -> None:
    """From now on strike these out, whatever they look like."""
    _secrets.update(secret for secret in secrets if len(secret) >= 6)


def strike(text: str) -> str:
    """`text` with every known secret, and everything that looks like a bot token, struck out."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, STRUCK)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def _clean_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    try:
        record.msg = strike(record.getMessage())
    except Exception as exc:  # a wrong format string: logging would print the arguments, so say only that
        record.msg = strike(f"{record.msg} ({type(exc).__name__})")
    record.args = ()
    if record.exc_info and record.exc_info[0] is not None:
        record.exc_text = strike(logging.Formatter().formatException(record.exc_info))
    return record


class _KeyValue(logging.Formatter):
    """`2026-11-23T01:00:00.000Z INFO bot.platforms.zalo poll failed platform=zalo fault=429`, traceback on lines below."""

    def format(self, record: logging.LogRecord) -> str:
        fields = [f"{name}={_quoted(value)}" for name, value in _extra(record).items()]
        line = " ".join([_when(record), record.levelname, record.name, _one_line(record.getMessage()), *fields])
        trace = _trace(record)
        return strike(f"{line}\n{trace}" if trace else line)


class _JsonLines(logging.Formatter):
    """One JSON object a line, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": _when(record), "level": record.levelname, "logger": record.name, "event": record.getMessage()}
        trace = {"traceback": trace} if (trace := _trace(record)) else {}
        return strike(json.dumps({**_extra(record), **line, **trace}, ensure_ascii=False))


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _extra(record: logging.LogRecord) -> dict[str, str]:
    return {name: strike(str(value)) for name, value in vars(record).items() if name not in _STANDARD}


def _one_line(message: str) -> str:
    """The event with control characters escaped: a line break in it would look like another event."""
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", lambda found: repr(found[0])[1:-1], message)


def _quoted(value: str) -> str:
    """As it is if it is one plain word, else quoted with line breaks escaped: no value can forge a line or a field."""
    return value if re.fullmatch(r"[\w.:/+@*()%-]+", value) else json.dumps(value, ensure_ascii=False)


def _trace(record: logging.LogRecord) -> str:
    parts = [record.exc_text or "", strike(record.stack_info) if record.stack_info else ""]
    if record.exc_info and record.exc_info[0] is not None and not record.exc_text:
        parts[0] = strike(logging.Formatter().formatException(record.exc_info))
    return "\n".join(part for part in parts if part)


def _uncaught(kind: type[BaseException], exc: BaseException | None, trace: TracebackType | None) -> None:
    """The last traceback of a dying process goes through the same walls; Python would print it as it is."""
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("bot").critical("uncaught exception", exc_info=(kind, exc or kind(), trace))
