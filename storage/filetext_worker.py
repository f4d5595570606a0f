"""Run as a process of its own (see filetext.py): a file on standard input, its text on standard output, nothing else touched.

python -I filetext_worker.py {pdf|docx|xlsx} MOST_CHARACTERS
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator

MEMORY = 512 * 1024 * 1024
SECONDS = 10
PAGES = 50
PART = 32 * 1024 * 1024  # of one part of a package, unpacked

# A mark of secrecy stands in the header as often as on the page.
_PARTS = {
    "docx": re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    "xlsx": re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+|drawings/[^/]+|comments\d*)\.xml"),
}
_TEXT = ("t", "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")
_BLOCKS = ("p", "si", "is", "row")


def main(kind: str, most: int) -> None:
    """Read and write."""
    _limit()
    content = sys.stdin.buffer.read()
    left = most
    for part in _pdf(content) if kind == "pdf" else _package(content, kind):
        sys.stdout.buffer.write(part[:left].encode("utf-8", errors="replace"))
        left -= len(part)
        if left <= 0:
            break


def _package(content: bytes, kind: str) -> Iterator[str]:
    from defusedxml import ElementTree

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        # Headers before the long body.
        for entry in sorted(package.infolist(), key=lambda entry: entry.file_size):
            if not _PARTS[kind].fullmatch(entry.filename) or entry.file_size > PART:
                continue
            with package.open(entry) as part:
                for _, element in ElementTree.iterparse(io.BytesIO(part.read(PART))):
                    name = element.tag.rpartition("}")[2]
                    if name in _TEXT and element.text:
                        yield element.text if name == "t" else f"\n{re.sub('&[LCR]', ' ', element.text)}\n"
                    elif name in _BLOCKS:
                        yield "\n"
                        element.clear()
                    elif name == "tab":
                        yield " "


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.metadata is not None and reader.metadata.title:
        yield f"{reader.metadata.title}\n"
    for number in range(min(len(reader.pages), PAGES)):
        yield f"{reader.pages[number].extract_text()}\n"


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the patience of our parent must do
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
