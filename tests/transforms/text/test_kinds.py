"""Classes told by kinds are those that a look of one's own would tell, whenever a reader first asks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.notice import extract
from transforms.reading.read import Reading
from transforms.text import kinds
from transforms.text.codes import classes_of, table_of
from transforms.text.kinds import HALF_WIDTH, Classes, Kinds, Pairs, _Catalogue

_SETS = st.lists(st.text(st.sampled_from("年月日0189,:(（甲乙丙"), max_size=5), max_size=4)
_TEXT = st.text(st.one_of(st.sampled_from("年月日0189,，:：(（甲乙丙丁"), st.characters()), max_size=60)


@given(st.lists(_SETS, min_size=1, max_size=6), _TEXT)
def test_classes_are_those_of_a_look_of_its_own(readers: list[list[str]], text: str) -> None:
    catalogue = _Catalogue(table_of(), {}, {})
    known = [Classes(table_of(*sets)) for sets in readers]
    for reader in known:
        catalogue = catalogue.joined_by(reader)
    looked = classes_of(text, catalogue.table)

    for reader in known:
        assert looked.translate(catalogue.classes[reader]) == classes_of(text, reader.table)


@given(_TEXT)
def test_printed_and_half_width_punctuation_are_of_one_class(text: str) -> None:
    """So that what was told of a raw text holds for its copy for patterns."""
    reader = Classes(table_of(",:", "(", "甲"))
    half = text.translate(str.maketrans(HALF_WIDTH))
    assert Kinds(text).classes(reader) == Kinds(half).classes(reader) == classes_of(half, reader.table)


# made once, as readers are: each joins the catalogue for good
_PAIRS = {
    Pairs(leads, signs): (leads, signs)
    for leads, signs in [("年019", "月年"), ("0", "年"), ("甲", "甲"), (":,", "("), ("", "0"), ("乙1", "丙")]
}


@given(_TEXT)
def test_pairs_are_those_of_two_sets(text: str) -> None:
    """More readers than share a byte, and one that asks a second time."""
    half = text.translate(str.maketrans(HALF_WIDTH))
    asked = Kinds(text)
    for reader, (leads, signs) in 2 * [*_PAIRS.items()]:
        assert asked.places(reader) == [at for at in range(1, len(text)) if half[at - 1] in leads and half[at] in signs]


def test_a_reader_that_comes_late_is_told_as_well() -> None:
    """Texts that were looked at before a reader first asked tell it its classes too."""
    early, reader = Kinds("甲乙"), Classes(table_of("乙"))
    assert early.classes(reader) == early.classes(reader) == Kinds("甲乙").classes(reader) == b"\0\1"


def test_a_reader_that_a_byte_cannot_tell_looks_for_itself() -> None:
    """More kinds than a byte can tell: the catalogue stays as it is."""
    signs = [chr(0x4E00 + number) for number in range(300)]
    catalogue = _Catalogue(table_of(), {}, {}).joined_by(Classes(table_of(*signs[:200])))
    assert catalogue.joined_by(Classes(table_of("", *signs[100:]))) is catalogue
    assert catalogue.joined_by(Classes(table_of("甲"))) is not catalogue


def test_all_readers_of_extraction_share_one_look() -> None:
    """No extractor falls back to a look of its own for want of kinds."""
    for _ in range(2):
        extract(Reading("关于巡察整改情况的通报\n2023年5月4日，县委第一巡察组反馈问题3个。", "text"), "0" * 16, "0" * 16)
    assert len(kinds._catalogue.classes) >= 5
    assert int(kinds._catalogue.table.max()) < 128


@given(_SETS, _TEXT)
def test_signs_stand_where_their_class_does(sets: list[str], text: str) -> None:
    """Whether the catalogue knows the reader already or not."""
    reader, looked = Classes(table_of(*sets)), Kinds(text)
    expected = [at for at, number in enumerate(classes_of(text, reader.table)) if number == 1]
    assert looked.offsets(reader) == Kinds(text).offsets(reader) == expected
