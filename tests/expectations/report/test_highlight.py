"""Cutting a text into stretches that overlapping values share."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.report.highlight import KINDS, Value, lines


def _told(text: str, values: list[Value], targets: list[int] | None = None) -> list[tuple[str, tuple[str, ...], int]]:
    return [(piece.words, piece.kinds, piece.number) for line in lines(text, values, targets or []) for piece in line]


def test_a_value_within_another_shares_its_stretch() -> None:
    """Words of a count inside a problem carry both kinds, and the count speaks for them."""
    told = _told("反馈16个问题。", [Value(0, 8, "problem", 0), Value(2, 7, "claim", 1)])

    assert told == [("反馈", ("problem",), 0), ("16个问题", ("problem", "claim"), 1), ("。", ("problem",), 0)]


def test_values_that_cross_are_cut_at_both_boundaries() -> None:
    """Two values that overlap without nesting give three stretches."""
    told = _told("甲乙丙丁戊", [Value(0, 3, "citation", 0), Value(2, 5, "date", 1)])

    assert [words for words, _, _ in told] == ["甲乙", "丙", "丁戊"]
    assert [kinds for _, kinds, _ in told] == [("citation",), ("citation", "date"), ("date",)]


def test_a_value_over_a_line_end_stands_on_both_lines() -> None:
    """A title printed over two lines is marked on each, and the line end belongs to neither."""
    told = [[(piece.words, piece.kinds) for piece in line] for line in lines("关于\n通报", [Value(0, 5, "head", 0)])]

    assert told == [[("关于", ("head",))], [("通报", ("head",))]]


def test_words_of_no_value_are_unparsed_and_marks_are_not() -> None:
    """Left-over words are shown as such; a lone comma is no loss."""
    pieces = [piece for line in lines("认真整改，2个", [Value(5, 7, "claim", 0)]) for piece in line]

    assert [(piece.words, piece.is_unparsed) for piece in pieces] == [("认真整改，", True), ("2个", False)]
    assert [piece.is_unparsed for line in lines("2个，", [Value(0, 2, "claim", 0)]) for piece in line] == [False, False]


def test_evidence_cuts_where_no_value_does() -> None:
    """Both ends of a check's evidence are boundaries, so that exactly its words can be marked."""
    pieces = [piece for line in lines("第一项已经完成了", [], [3, 7]) for piece in line]

    assert [(piece.words, piece.is_target) for piece in pieces] == [("第一项", False), ("已经完成", True), ("了", True)]


def test_values_out_of_the_text_are_cut_or_left_out() -> None:
    """Odd offsets neither raise nor change the words."""
    assert _told("甲乙", [Value(-3, 1, "date", 0), Value(1, 99, "claim", 1), Value(2, 2, "claim", 2), Value(7, 9, "claim", 3)]) == [
        ("甲", ("date",), 0),
        ("乙", ("claim",), 1),
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.text("甲乙丙，\n 1", max_size=40),
    st.lists(st.builds(Value, st.integers(0, 45), st.integers(0, 45), st.sampled_from(KINDS), st.integers(-1, 9)), max_size=12),
    st.lists(st.integers(0, 45), max_size=4),
)
def test_stretches_spell_the_text_and_carry_what_covers_them(text: str, values: list[Value], targets: list[int]) -> None:
    """Whatever overlaps, the stretches in order are the text, and each has just the kinds of the values over it."""
    found = list(lines(text, values, targets))

    assert "\n".join("".join(piece.words for piece in line) for line in found) == text
    for line in found:
        for piece in line:
            assert text[piece.start : piece.start + len(piece.words)] == piece.words
            for at in range(piece.start, piece.start + len(piece.words)):
                assert set(piece.kinds) == {value.kind for value in values if value.start <= at < value.end}
