"""Hashes that tell near copies: what does not count, what does, how surely a key is shared, and that values never change."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest

from transforms.similarity import BANDS, PASSAGE_KEYS, Letters, band_keys, similarity

_WORDS = "整改巡察问题责任落实制度干部群众监督检查资金项目会议学习作风建设基层组织推进完成开展专项治理清单台账"


def written(seed: int, length: int = 3000) -> str:
    """A text of paragraphs of 20 to 200 characters."""
    chosen = random.Random(seed)
    lines: list[str] = []
    while sum(map(len, lines)) < length:
        lines.append("".join(chosen.choices(_WORDS, k=chosen.randint(20, 200))) + "。")
    return "\n".join(lines)


def altered(text: str, share: float, seed: int = 1) -> str:
    chosen = random.Random(seed)
    letters = list(text)
    for _ in range(int(share * len(letters))):
        place = chosen.randrange(len(letters))
        if letters[place] != "\n":
            letters[place] = chr(chosen.randrange(0x4E00, 0x9000))
    return "".join(letters)


def alike(one: str, other: str) -> float:
    return similarity(Letters(one).shingles(), Letters(other).shingles())


def keys(text: str) -> tuple[int, ...]:
    return band_keys(Letters(text).shingles())


def test_values_never_change() -> None:
    """Rows that were written with an earlier version must be comparable: these numbers stand for ever."""
    text = "关于巡察整改进展情况的通报，按照县委统一部署，二〇二四年四月至七月，县委第二巡察组对我局党组开展了常规巡察，现将整改进展情况予以公布，欢迎监督。"

    assert keys(text)[:3] == (-7368386756878288470, 4126797344226260077, -6788393084101765410)
    assert Letters(text).passages().keys.tolist() == [[-5754344727428094927, -7728862894236680538]]


def test_furniture_does_not_count() -> None:
    """Width of punctuation, spaces and line breaks make no difference to a notice."""
    plain = "关于整改情况的通报。一、总体情况：我局党组高度重视，立行立改。"
    printed = "关于整改情况的\n通报。\n\n一、总体情况:　我局党组高度重视, 立行 立改。"

    assert np.array_equal(Letters(plain).shingles(), Letters(printed).shingles())


def test_digits_count() -> None:
    """Another figure is another text."""
    assert alike("收缴违纪款项共计12万元整", "收缴违纪款项共计13万元整") < 1


@pytest.mark.parametrize("text", ["", "通报", "七个字不够多的", "\n" * 50, " ,。" * 50])
def test_too_short_a_text_has_no_keys(text: str) -> None:
    """Fewer than eight letters tell nothing."""
    assert keys(text) == ()
    assert alike(text, text) == 0
    assert len(Letters(text).passages().start) == 0


def test_near_copies_share_keys_and_others_do_not() -> None:
    """Small changes leave most keys, other texts share none; short texts have all keys, too."""
    for seed in range(20):
        text = written(seed)
        near = altered(text, 0.005, seed)
        assert alike(text, near) > 0.85
        assert set(keys(text)) & set(keys(near))
        assert not set(keys(text)) & set(keys(written(seed + 100)))
        assert alike(text, written(seed + 100)) < 0.05
    assert len(keys("关于整改情况的通报如下")) == BANDS


def test_part_of_a_page_more_or_less() -> None:
    """A tenth more words around a notice does not hide that it is the same."""
    text = written(1)
    longer = "首页 政务公开 巡察整改\n" + text + "\n" + written(2, 300)

    assert alike(text, longer) > 0.8
    assert set(keys(text)) & set(keys(longer))


def test_passages_are_the_long_paragraphs() -> None:
    """Places fit the text, short lines are left out, and a changed paragraph alone loses its keys."""
    text = written(3)
    found = Letters(text).passages()

    told = [text[start:end] for start, end in zip(found.start, found.end, strict=True)]
    assert told == [line for line in text.split("\n") if len(line) > 60]
    assert found.keys.shape == (len(told), PASSAGE_KEYS)
    changed = text.replace(told[1], altered(told[1], 0.9))
    others = Letters(changed).passages().keys
    assert (others[0] == found.keys[0]).all()
    assert not (others[1] == found.keys[1]).any()


def test_passage_is_told_wherever_it_stands() -> None:
    """The same paragraph in two notices has the same keys; one of a notice with another name in it mostly shares one."""
    paragraph = written(4, 150).replace("\n", "")
    first = Letters(f"题目\n{paragraph}\n落款").passages()
    second = Letters(f"{written(5)}\n{paragraph}").passages()

    assert (first.keys[0] == second.keys[-1]).all()
    shared = [bool((Letters(altered(paragraph, 0.01, seed)).passages().keys == first.keys[0]).any()) for seed in range(40)]
    assert sum(shared) >= 30


def test_odd_characters() -> None:
    """Emoji, half surrogate pairs and long texts raise nothing and take linear time."""
    assert keys("😀" * 20)
    assert keys("\ud800" * 20) == ()
    started = time.process_time()
    Letters("改" * 1_000_000 + "\n").passages()
    keys("改" * 1_000_000)
    assert time.process_time() - started < 5
