"""Text inside files, read by another process: marks in headers, cells and pages are found; bombs and nonsense end quietly."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from fpdf import FPDF
from openpyxl import Workbook

from bot.domain.filetypes import FileType, Unfit
from bot.domain.secrets_marks import Mark
from storage import filetext, screening

FONT = Path(__file__).parents[2] / "bot" / "documents" / "fonts" / "DejaVuSans.ttf"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, header: str = "", *, raw: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        paragraphs = "".join(
            "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in line.split("|")) + "</w:p>" for line in body.split("\n")
        )
        file.writestr("word/document.xml", raw or f"<w:document {W}><w:body>{paragraphs}</w:body></w:document>")
        if header:
            file.writestr("word/header1.xml", f"<w:hdr {W}><w:p><w:r><w:t>{header}</w:t></w:r></w:p></w:hdr>")
    return out.getvalue()


def xlsx(cell: str, header: str = "") -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = cell
    if header:
        sheet.oddHeader.center.text = header
    book.save(out)
    return out.getvalue()


def pdf(text: str) -> bytes:
    page = FPDF()
    page.add_font("DejaVu", fname=str(FONT))
    page.add_page()
    page.set_font("DejaVu", size=14)
    page.multi_cell(0, 10, text)
    return bytes(page.output())


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx("Báo cáo\nMẬT\nNội dung"), "bc.docx"),
        (docx("Báo cáo tháng", header="TỐI MẬT"), "bc.docx"),
        (docx("Báo cáo\nM|Ậ|T"), "bc.docx"),
        (xlsx("Tuyệt mật"), "sl.xlsx"),
        (xlsx("12", header="MẬT"), "sl.xlsx"),
        (pdf("Báo cáo\nTỐI MẬT\nNội dung"), "bc.pdf"),
        ("Độ mật: Mật\nBáo cáo".encode(), "bc.txt"),
        ("Độ mật: Mật\nBáo cáo".encode("utf-16"), "bc.txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100 + "Báo cáo\rTUYỆT MẬT\rsố 1".encode("utf-16-le"), "bc.doc"),
    ],
    ids=["docx", "docx header", "docx runs", "xlsx", "xlsx header", "pdf", "txt", "txt utf-16", "doc"],
)
async def test_a_marked_document_is_not_taken(content: bytes, name: str) -> None:
    assert await screening.screen(content, name) is Unfit.SECRET


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx("Người nộp: CCCD 079203012345"), "bc.docx"),
        (xlsx("CCCD 079203012345"), "sl.xlsx"),
        (pdf("CCCD 079203012345"), "bc.pdf"),
    ],
    ids=["docx", "xlsx", "pdf"],
)
async def test_identity_numbers_inside_are_noticed(content: bytes, name: str) -> None:
    fit = await screening.screen(content, name)
    assert isinstance(fit, screening.Fit)
    assert fit.marks == {Mark.IDENTITY}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 minutes", FileType.PDF),
        (docx("", raw="<w:document>"), FileType.DOCX),
        (docx("", raw="not xml at all"), FileType.DOCX),
        (docx("", raw='<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]><x>&a;&c;</x>'), FileType.DOCX),
        (b"\x89PNG", FileType.PNG),
    ],
    ids=["no pdf", "torn xml", "no xml", "entities", "picture"],
)
async def test_what_cannot_be_read_says_nothing_and_hurts_nobody(content: bytes, kind: FileType) -> None:
    assert "root:" not in await filetext.read(content, kind)


async def test_a_part_that_unpacks_to_gigabytes_ends_with_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetext, "PATIENCE", 20.0)
    deep = "<a>" * 3_000_000
    assert await filetext.read(docx("", raw=deep), FileType.DOCX) == ""


async def test_a_long_document_is_read_only_so_far() -> None:
    said = await filetext.read(docx("\n".join(["một dòng dài của báo cáo"] * 20_000)), FileType.DOCX)
    assert len(said) <= filetext.MOST
