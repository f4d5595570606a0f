"""LibreOffice opens the workbook and the report without repair and lays them out: no number is cut, pages are numbered."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.documents import docx, xlsx
from bot.documents.material import Material
from bot.domain.sheets import Sheet
from bot.domain.summary import summarise
from bot.texts import documents as texts
from bot.texts import draft_report
from tests.documents import demo
from tests.sheets import NOW, OFFICE, PLAN, UNITS, full_sheet, longest_value, round_of, sent


def _prints() -> bool:
    """Whether LibreOffice is here, and a font as wide as the report's: with another one its lines break elsewhere."""
    if not all(map(shutil.which, ("soffice", "pdftotext", "fc-match"))):
        return False
    found = subprocess.run(["fc-match", "--format=%{family}", "Times New Roman"], capture_output=True, text=True, check=True)
    return any(name in found.stdout for name in ("Times New Roman", "Liberation Serif", "Tinos"))


ANNEXES = (f"{draft_report.ANNEX_ONE}\n", f"{draft_report.ANNEX_TWO}\n")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not _prints(), reason="needs LibreOffice, poppler and a font as wide as Times New Roman"),
]

EMPTY = Material(summary=summarise(Sheet(round=round_of(), plan=PLAN, units=()), NOW, OFFICE), office=OFFICE)
ONE = Material(
    summary=summarise(Sheet(round=round_of(), plan=PLAN, units=(sent(UNITS[0], {}, NOW),)), NOW, OFFICE), office=OFFICE
)
LONGEST = Material(summary=summarise(full_sheet(longest_value), NOW, OFFICE), office=OFFICE)


MATERIALS = {"demo": demo.material(), "empty": EMPTY, "one-unit": ONE, "longest": LONGEST}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them as PDF, printed in one go: LibreOffice takes longer to start than to print."""
    folder = tmp_path_factory.mktemp("printed")
    for name, material in MATERIALS.items():
        (folder / f"{name}-report.docx").write_bytes(docx.report(material))
        (folder / f"{name}-book.xlsx").write_bytes(xlsx.workbook(material))
    files = sorted(file.name for file in folder.iterdir())
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", *files]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.parametrize("name", MATERIALS)
def test_both_documents_open_and_print(printed: Path, name: str) -> None:
    material = MATERIALS[name]
    report, book = (pages(printed / f"{name}-{what}.pdf") for what in ("report", "book"))
    assert draft_report.COUNTRY in report[0]  # on one line, as the decree wants it
    assert "BÁO CÁO" in report[0]
    # The report and each annex are numbered by themselves, their first pages bear no number.
    begins = [0, *(at for at, page in enumerate(report) if page.lstrip().startswith(ANNEXES))]
    assert len(begins) == 3
    for at, page in enumerate(report):
        number = at - max(first for first in begins if first <= at) + 1
        assert (re.match(rf"\s*{number}\n", page) is not None) == (number > 1), at
    assert texts.workbook_head(material.summary) in book[0]
    assert all("####" not in page for page in book), "a number does not fit its column"


def pages(pdf: Path) -> list[str]:
    shown = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return shown.split("\f")[:-1]
