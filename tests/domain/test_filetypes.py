"""Files are known by their bytes: a corpus of honest, disguised and hostile ones."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import filetypes
from bot.domain.filetypes import FileType, Unfit, judge

TYPES = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def package(*names: str, content: bytes = b"<x/>", compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as file:
        for name in names:
            file.writestr(name, content)
    return out.getvalue()


DOCX = package(TYPES, "word/document.xml")
XLSX = package(TYPES, "xl/workbook.xml", "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7\n...", "biên bản.pdf", FileType.PDF),
        (DOCX, "báo cáo.docx", FileType.DOCX),
        (XLSX, "Số liệu.XLSX", FileType.XLSX),
        (OLE, "cũ.doc", FileType.OLE),
        (OLE, "cũ.xls", FileType.OLE),
        (b"\x89PNG\r\n\x1a\n....", "anh.png", FileType.PNG),
        (b"\xff\xd8\xff\xe0....", "anh.jpg", FileType.JPEG),
        (b"\xff\xd8\xff\xe0....", "", FileType.JPEG),
        (b"\x00\x00\x00\x18ftypheic....", "anh.heic", FileType.HEIC),
        ("Báo cáo\n12/14".encode(), "bao cao.txt", FileType.TEXT),
        ("Báo cáo".encode("utf-16"), "bao cao.txt", FileType.TEXT),
    ],
)
def test_what_an_office_sends_is_taken(content: bytes, name: str, kind: FileType) -> None:
    assert judge(content, name) is kind
    assert "/" in filetypes.mime(kind)


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "x.pdf", Unfit.EMPTY),
        (b"%PDF-" + b"x" * filetypes.LARGEST, "x.pdf", Unfit.TOO_LARGE),
        (b"MZ\x90\x00" + b"\x00" * 100, "x.exe", Unfit.KIND),
        (b"MZ\x90\x00" + b"\x00" * 100, "x.pdf", Unfit.KIND),
        (b"%PDF-1.7", "x.docx", Unfit.DISGUISED),
        (b"%PDF-1.7", "x.pdf.exe", Unfit.DISGUISED),
        (b"\xff\xd8\xff", "x.png", Unfit.DISGUISED),
        (DOCX, "x.xlsx", Unfit.DISGUISED),
        (DOCX, "x.docm", Unfit.DISGUISED),
        (package("a.txt"), "x.zip", Unfit.KIND),
        (package("a.txt"), "x.docx", Unfit.KIND),
        (package(TYPES, "word/document.xml", "word/vbaProject.bin"), "x.docx", Unfit.MACRO),
        (package(TYPES, "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "x.xlsx", Unfit.MACRO),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), "x.doc", Unfit.MACRO),
        (DOCX[:-40], "x.docx", Unfit.BROKEN),
        (b"PK\x03\x04 nonsense", "x.docx", Unfit.BROKEN),
        (b"<html><script>alert(1)</script>", "x.html", Unfit.KIND),
        (b"#!/bin/sh\nrm -rf /\n", "x", Unfit.KIND),
        (b"RIFF....WEBPVP8 ", "x.webp", Unfit.KIND),
        (b"\x00\x00\x00\x18ftypisom....", "x.mp4", Unfit.KIND),
        (b"text\x00with zero", "x.txt", Unfit.KIND),
    ],
)
def test_everything_else_is_refused_for_a_reason(content: bytes, name: str, why: Unfit) -> None:
    assert judge(content, name) is why


def test_a_bomb_is_recognised_without_unpacking_it() -> None:
    assert judge(package(TYPES, "word/document.xml", content=b"\x00" * 20_000_000), "x.docx") is Unfit.BOMB
    many = package(TYPES, "word/document.xml", *(f"word/media/{n}.xml" for n in range(1001)))
    assert judge(many, "x.docx") is Unfit.BOMB


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_get_a_verdict(content: bytes, name: str) -> None:
    assert isinstance(judge(content, name), FileType | Unfit)


@given(st.binary(max_size=400), st.integers(0, len(DOCX)), st.sampled_from(["x.docx", "x.xlsx", ""]))
def test_a_damaged_package_gets_a_verdict(noise: bytes, at: int, name: str) -> None:
    assert isinstance(judge(DOCX[:at] + noise + DOCX[at:], name), FileType | Unfit)
