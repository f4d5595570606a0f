"""Whatever a file holds, checking it ends with a plan or with faults, never with an exception."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from seed_file import TEXT

from bot.domain.plan import Plan
from bot.plans import loader
from bot.plans.loader import LADDER, POINT, ROUND, TOP, UNIT
from bot.plans.questions import QUESTION_FIELDS

LINES = TEXT.split("\n")
SCRAPS = st.sampled_from(
    [
        "",
        "  ",
        "\t",
        "- ",
        "- - [",
        "{",
        "}",
        ": ",
        "a: b: c",
        "&a",
        "*a",
        "!!int 3",
        "'",
        '"',
        "|",
        ">-",
        "#",
        "? x",
        "null",
        "~",
        "\x00",
        "\x85",
        "\u2028",
        "\u202e",
        "\ud800",
        "\ufeff",
        "\ufffe",
        "\U0010ffff",
        "31/4",
        "-1",
        "1e9",
        "0x10",
        "=1",
        "{until",
        "}",
    ]
)
EDITS = ["cut", "double", "swap", "indent", "insert", "chop"]
FIELDS = st.sampled_from([*TOP, *UNIT, *POINT, *ROUND, *LADDER, *QUESTION_FIELDS])
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_told_or_read(source: str | bytes) -> None:
    found = loader.check(source)
    if isinstance(found, Plan):
        return
    assert found
    assert found == sorted(found)
    last_line = (source if isinstance(source, str) else source.decode("latin-1")).replace("\r\n", "\n").count("\n") + 2
    for fault in found:
        assert 1 <= fault.line <= last_line
        assert fault.message.strip()
        assert str(fault).isprintable()


@settings(unhurried, max_examples=120)
@given(
    seed=st.integers(0, 2**32),
    edits=st.lists(
        st.tuples(
            st.integers(0, len(LINES) - 1), st.sampled_from(["cut", "double", "swap", "indent", "insert", "chop"]), SCRAPS
        ),
        max_size=6,
    ),
)
@example(seed=0, edits=[])
def test_the_seed_with_lines_changed_at_random_is_a_plan_or_faults(seed, edits):
    lines = list(LINES)
    chance = random.Random(seed)
    for at, how, scrap in edits:
        at = min(at, len(lines) - 1)
        line = lines[at]
        cut = chance.randint(0, len(line))
        match how:
            case "cut":
                del lines[at]
            case "double":
                lines.insert(at, line)
            case "swap":
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], line
            case "indent":
                lines[at] = " " * chance.randint(0, 12) + line.lstrip()
            case "insert":
                lines[at] = line[:cut] + scrap + line[cut:]
            case "chop":
                lines[at] = line[:cut]
    assert_told_or_read("\n".join(lines))


@settings(unhurried, max_examples=150)
@given(st.one_of(st.text(max_size=300), st.binary(max_size=300), st.lists(SCRAPS, max_size=12).map("\n".join)))
def test_any_text_or_bytes_are_a_plan_or_faults(source):
    assert_told_or_read(source)


@settings(unhurried, max_examples=60)
@given(st.recursive(SCRAPS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(FIELDS, inner, max_size=6)))
def test_any_tree_of_known_fields_is_a_plan_or_faults(tree):
    assert_told_or_read(as_yaml(tree))


def as_yaml(tree: object) -> str:
    """As flow YAML, with scalars unquoted as a hurried hand leaves them."""
    match tree:
        case dict():
            return "{" + ", ".join(f"{key}: {as_yaml(value)}" for key, value in tree.items()) + "}"
        case list():
            return "[" + ", ".join(map(as_yaml, tree)) + "]"
    return str(tree)
