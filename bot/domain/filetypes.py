"""Which files are taken: a short list, recognised by their own bytes, never by what the sender says they are.

Source of the rules: OWASP File Upload Cheat Sheet (allow-list, signature and ending agree, size limits, archives bounded);
the figures are those of shared/design/reliability.md, E16.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

LARGEST = 20 * 1024 * 1024
"""Bytes; also the most Telegram lets a bot download."""

MOST_ENTRIES = 1000
MOST_UNPACKED = 100
"""Times the packed size; below a floor small files with much white space are no bombs."""
_FLOOR = 1024 * 1024


class FileType(StrEnum):
    """A kind that is taken."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    OLE = "ole"  # .doc, .xls
    PNG = "png"
    JPEG = "jpeg"
    HEIC = "heic"
    TEXT = "txt"


class Unfit(StrEnum):
    """Why a file is not taken; each has its sentence in bot/texts/guarding.py."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"  # not on the list
    DISGUISED = "disguised"  # the ending says one thing, the bytes another
    MACRO = "macro"
    BOMB = "bomb"
    BROKEN = "broken"
    SECRET = "secret"  # noqa: S105 - a reason, not a password


@dataclass(frozen=True, kw_only=True)
class _Kind:
    endings: tuple[str, ...]
    mime: str


_KINDS = {
    FileType.PDF: _Kind(endings=("pdf",), mime="application/pdf"),
    FileType.DOCX: _Kind(endings=("docx",), mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    FileType.XLSX: _Kind(endings=("xlsx",), mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    FileType.OLE: _Kind(endings=("doc", "xls"), mime="application/x-ole-storage"),
    FileType.PNG: _Kind(endings=("png",), mime="image/png"),
    FileType.JPEG: _Kind(endings=("jpg", "jpeg", "jpe", "jfif"), mime="image/jpeg"),
    FileType.HEIC: _Kind(endings=("heic", "heif"), mime="image/heic"),
    FileType.TEXT: _Kind(endings=("txt",), mime="text/plain"),
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ISO_MEDIA = b"ftyp"
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx")
# Inside an OLE file the streams of a macro project are named in UTF-16.
_OLE_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA", "Macros"))


def judge(content: bytes, name: str) -> FileType | Unfit:
    """What a file is, or why it is not taken.

    Args:
        content: all of it.
        name: the sender's name; without an ending (a photo has none) the bytes alone decide.
    """
    if not content:
        return Unfit.EMPTY
    if len(content) > LARGEST:
        return Unfit.TOO_LARGE
    found = _recognised(content)
    if isinstance(found, Unfit):
        return found
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending and ending not in _KINDS[found].endings:
        known = any(ending in kind.endings for kind in _KINDS.values())
        return Unfit.DISGUISED if known or found is not FileType.TEXT else Unfit.KIND
    return found if ending or found is not FileType.TEXT else Unfit.KIND


def mime(kind: FileType) -> str:
    """What we call it, whatever the sender said."""
    return _KINDS[kind].mime


def endings() -> tuple[str, ...]:
    """The usual ending of every kind, for the sentence that says what is taken."""
    return ("pdf", "docx", "xlsx", "doc", "xls", "png", "jpg", "heic", "txt")


def _recognised(content: bytes) -> FileType | Unfit:
    head = content[:16]
    if head.startswith(b"%PDF-"):
        return FileType.PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileType.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return FileType.JPEG
    if head[4:8] == _ISO_MEDIA:
        return FileType.HEIC if head[8:12] in _HEIC_BRANDS else Unfit.KIND
    if head.startswith(_OLE):
        return Unfit.MACRO if any(name in content for name in _OLE_MACROS) else FileType.OLE
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office(content)
    return FileType.TEXT if _is_text(content) else Unfit.KIND


def _office(content: bytes) -> FileType | Unfit:
    """A package of Office: an ordinary zip archive is refused, nobody looks into it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, UnicodeDecodeError):
        return Unfit.BROKEN
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > max(MOST_UNPACKED * len(content), _FLOOR):
        return Unfit.BOMB
    names = {entry.filename.lower() for entry in entries}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in f"/{name}" for name in names):
        return Unfit.MACRO
    if any(entry.flag_bits & 0x1 for entry in entries):
        return Unfit.BROKEN  # enciphered: nobody could check it
    if "[content_types].xml" not in names:
        return Unfit.KIND
    if "word/document.xml" in names:
        return FileType.DOCX
    return FileType.XLSX if "xl/workbook.xml" in names else Unfit.KIND


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content.decode("utf-16")
        except UnicodeDecodeError:
            return False
        return True
    try:
        said = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(letter < " " and letter not in "\t\n\r\f" for letter in said)
