"""The same notice in two places is linked when it is published, and the links follow it when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.transforms.test_similarity import altered, written
from transforms.records.likeness import NearDuplicate, Passage, Signature
from transforms.records.notices import Notice, NoticeText
from warehouse.arrow import arrow_table
from warehouse.lake import Lake, local, open_writer
from warehouse.likeness import LEAST_SIMILARITY, likeness
from warehouse.publish import publish
from warehouse.views import create_views


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    """An empty warehouse."""
    with open_writer(local(tmp_path)) as opened:
        yield opened


def notice(notice_id: str, **values: object) -> Notice:
    given = {"document_id": notice_id, "genre": "notice", "title_lines": 1, "char_count": 1, "covered_char_count": 0}
    return Notice(notice_id=notice_id, **{**given, **values})  # type: ignore[arg-type]


def put(lake: Lake, texts: dict[int, str], **values: object) -> None:
    """Publish notices by number, each with its text."""
    tables = {
        "notices": arrow_table(Notice, [notice(f"{number:016x}", **values) for number in texts]),
        "texts": arrow_table(
            NoticeText, [NoticeText(notice_id=f"{number:016x}", text=text, raw_text=text) for number, text in texts.items()]
        ),
    }
    publish(lake, tables, "run")


def linked(lake: Lake) -> set[tuple[int, int]]:
    return {
        (int(one, 16), int(other, 16)) for one, other in lake.execute("SELECT notice_id, other_notice_id FROM near_duplicates").fetchall()
    }


def test_copies_are_linked_within_and_across_batches(lake: Lake) -> None:
    """Each pair stands from both sides with its similarity, and other notices are not in it."""
    text = written(1)
    put(lake, {1: text, 2: written(2), 3: altered(text, 0.005)})
    put(lake, {4: "首页\n" + text})

    assert linked(lake) == {(1, 3), (3, 1), (1, 4), (4, 1), (3, 4), (4, 3)}
    lowest, highest = lake.execute("SELECT min(similarity), max(similarity) FROM near_duplicates").fetchall()[0]
    assert LEAST_SIMILARITY < lowest < highest <= 1


def test_links_do_not_hang_on_how_many_are_compared_at_a_time(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of few notices are held, texts are read one by one, and every pair is compared all the same."""
    monkeypatch.setattr("warehouse.likeness._TOGETHER", 2)
    monkeypatch.setattr("warehouse.likeness._ROWS", 1)
    text = written(1)
    put(lake, {number: f"{number}页\n{text}" for number in range(1, 5)})
    put(lake, {5: text, 6: text + "完"})

    assert linked(lake) == {(one, other) for one in range(1, 7) for other in range(1, 7) if one != other}


def test_changed_notice_is_linked_anew(lake: Lake) -> None:
    """Links of the old words are gone from both sides, those of the new ones are there, and no row stands twice."""
    put(lake, {1: written(1), 2: written(1), 3: written(2)})
    put(lake, {1: written(2)})

    assert linked(lake) == {(1, 3), (3, 1)}
    put(lake, {1: written(2)})
    assert lake.execute("SELECT count(*) FROM near_duplicates").fetchall() == [(2,)]
    assert lake.execute("SELECT count(*), count(DISTINCT notice_id) FROM signatures").fetchall() == [(3, 3)]
    assert lake.execute("SELECT count(*) = count(DISTINCT (notice_id, start_char)) FROM passages").fetchall() == [(True,)]


def test_bodies_that_share_a_template_are_not_one(lake: Lake) -> None:
    """Nearly the same words of bodies of other names are two notices; a longer form of one name is not another."""
    text = written(1)
    put(lake, {1: text}, inspected_org="青禾镇党委")
    put(lake, {2: altered(text, 0.01)}, inspected_org="临江中学党支部")
    assert linked(lake) == set()

    put(lake, {3: altered(text, 0.01)}, inspected_org="云溪县青禾镇党委")
    assert (1, 3) in linked(lake)


def test_words_of_a_template_make_no_pairs(lake: Lake) -> None:
    """A key that hundreds share is not followed: the work stays bounded."""
    text = written(1)
    put(lake, dict.fromkeys(range(1, 250), text))

    assert linked(lake) == set()


def test_one_of_the_copies_is_primary(lake: Lake) -> None:
    """Of notices that are linked, also through a third, the one published first is counted, and every other notice by itself."""
    put(lake, {1: written(1), 2: altered(written(1), 0.01, 2), 3: altered(written(1), 0.01, 3), 4: written(4)})
    lake.execute("UPDATE notices SET published_earliest = DATE '2024-05-01' WHERE notice_id LIKE '%2'")
    create_views(lake.connection)

    rows = lake.execute("SELECT notice_id, primary_notice_id, is_primary FROM v_notices ORDER BY 1").fetchall()

    assert [(int(one, 16), int(other, 16), is_primary) for one, other, is_primary in rows] == [
        (1, 2, False),
        (2, 2, True),
        (3, 2, False),
        (4, 4, True),
    ]


def test_passages_lead_to_copied_paragraphs(lake: Lake) -> None:
    """Two notices of different words that share one paragraph are found by it, and its words stand at the place it names."""
    paragraph = written(9, 120).replace("\n", "")
    put(lake, {1: f"{written(1)}\n{paragraph}", 2: f"{paragraph}\n{written(2)}"})

    found = lake.execute(
        "SELECT substr(t.text, a.start_char + 1, a.end_char - a.start_char) FROM passages a JOIN passages b "
        "ON list_has_any(a.keys, b.keys) AND a.notice_id < b.notice_id JOIN texts t ON t.notice_id = a.notice_id"
    ).fetchall()

    assert found == [(paragraph,)]


def test_rows_have_the_columns_of_their_records(lake: Lake) -> None:
    """Empty and short texts give rows, too."""
    texts = [NoticeText(notice_id=f"{number:016x}", text=text, raw_text=text) for number, text in enumerate(["", "短", written(1)], 1)]
    made = likeness(lake, {"texts": arrow_table(NoticeText, texts)})

    assert {name: table.num_rows > 0 for name, table in made.items()} == {"signatures": True, "passages": True, "near_duplicates": False}
    for record in (Signature, Passage, NearDuplicate):
        assert made[record.TABLE.name].schema.names == list(record.__struct_fields__)
    assert likeness(lake, {}) == {}
