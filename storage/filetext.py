"""What stands in a file people sent, read by another process with little memory and time: their files are not ours to trust."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import sys
from pathlib import Path

from bot.domain.filetypes import FileType

log = logging.getLogger(__name__)

MOST = 200_000
"""Characters read; a secrecy mark stands on the first page."""

PATIENCE = 15.0  # seconds

_WORKER = Path(__file__).with_name("filetext_worker.py")
_ELSEWHERE = (FileType.PDF, FileType.DOCX, FileType.XLSX)

# Runs of UTF-16 letters, as Word 97 keeps its text: ASCII, Latin, Vietnamese.
_OLE_RUN = re.compile(rb"(?:[\x09\x0a\x0d\x20-\xff][\x00\x01]|[\xa0-\xf9]\x1e){3,}")


async def read(content: bytes, kind: FileType) -> str:
    """The text of a file as far as it can be had cheaply; "" for pictures, for scans, and for what cannot be read."""
    if kind is FileType.TEXT:
        wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        return content.decode("utf-16" if wide else "utf-8-sig", errors="replace")[:MOST]
    if kind is FileType.OLE:
        runs = (run[0].decode("utf-16-le", errors="ignore") for run in _OLE_RUN.finditer(content))
        return "\n".join(runs).replace("\r", "\n")[:MOST]
    return await _elsewhere(content, kind) if kind in _ELSEWHERE else ""


async def _elsewhere(content: bytes, kind: FileType) -> str:
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(_WORKER),
        kind.value,
        str(MOST),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        said, _ = await asyncio.wait_for(worker.communicate(content), PATIENCE)
    except TimeoutError:
        said = b""
    finally:
        if worker.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()
    if worker.returncode != 0:
        log.warning("a file could not be read kind=%s status=%s", kind.value, worker.returncode)
    return said.decode("utf-8", errors="replace")
