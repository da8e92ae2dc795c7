"""Why a verdict is not a plain pass: every reason code that the packaged checks give, with its meaning in Chinese and English.

A user's own check may give codes of its own; reports print those as they stand.
"""

from __future__ import annotations

REASONS: dict[str, tuple[str, str]] = {
    # cannot be checked
    "absent": ("通报未载所需数据", "the notice does not state what is needed"),
    "redacted": ("原文遮蔽", "the notice masks a value"),
    "approximate": ("原文为概数或区间，不足以判定", "a value is vague, so neither outcome is certain"),
    "ambiguous_level": ("数字对应哪一层级不明确", "it is not clear on which rung or level the figure stands"),
    "chars_lost": ("页面字符缺失", "characters were lost on the page"),
    "impossible": ("日期在公历中不存在", "no such day in the calendar"),
    "no_reference": ("日期缺少可依据的年份", "nothing tells the year of a date"),
    "not_dated": ("没有可比对的日期", "no dated event to compare with"),
    "not_itemised": ("正文未逐项列出", "the text does not list the items"),
    "no_labels": ("各项未逐一标明状态", "the items do not all carry a label"),
    "rest_untold": ("其余部分的状态未说明", "what became of the rest is not told"),
    "incomplete_text": ("仅为节选或短讯，不作完整性要求", "an excerpt or a short item, which owes no full list"),
    "policy_unknown": ("没有可适用的期限规定", "no policy row is known for this place, level and time"),
    "reference_unknown": ("参考数据中没有对应记录", "the reference tables do not hold it"),
    "single_source": ("只有一份文件，无法对照", "only one document, nothing to compare with"),
    "no_area_code": ("电话没有区号", "the telephone number has no area code"),
    "place_unknown": ("无法独立确定单位所在地", "the body's place is not known from other words"),
    "incomplete_round": ("同轮次通报尚未收齐", "not all notices of the round are held"),
    # does not apply
    "not_told": ("通报没有此类表述", "the notice has no such statement"),
    # does not agree
    "sum_differs": ("各部分之和与总数不一致", "the parts do not add up to the total"),
    "part_exceeds_whole": ("部分大于整体", "a part is greater than its whole"),
    "parts_incomplete": ("各部分之和小于总数，可能未列全", "the parts make less than the total and may not all be told"),
    "far_apart": ("总数与各部分相距较远，可能口径不同", "total and parts stand far apart and may differ in scope"),
    "tally_differs": ("逐项合计与总体表述不一致", "the items' own states do not agree with the headline"),
    "enumeration_differs": ("列出的数目与表述不一致", "as many are not listed as are claimed"),
    "numbering_broken": ("编号缺号或重号", "the numbering has a gap or a repeat"),
    "unanswered": ("有问题未见整改情况", "a problem has no rectification told"),
    "ladder_breaks": ("上一层数目大于下一层", "a rung has fewer than the one above it"),
    "recomputed_differs": ("按原文数据重算的结果不一致", "the figure differs from what its own operands give"),
    "rate_differs": ("比率与计数不一致", "the rate differs from what the counts give"),
    "comparison_fails": ("比较关系不成立", "the comparison does not hold"),
    "shares_differ": ("各占比之和不为百分之百", "the shares do not make a hundred"),
    "repeated_differently": ("同一数量前后不一致", "one quantity is stated with different values"),
    "reopened": ("已完成事项又列入下一步", "what was reported done is taken up again"),
    "documents_differ": ("与其他文件的数目不一致", "another document states another number"),
    "order": ("日期先后不成立", "the order of the dates is impossible"),
    "inferred_year": ("先后不成立，但年份系推定", "the order is impossible with a year that a rule supplied"),
    "after_ingest": ("日期晚于入库时间", "a date lies after the day it was read"),
    "irregular": ("日期写法不规范", "a date is written irregularly"),
    "late": ("超过所列规定期限", "later than the policy row named"),
    "length_differs": ("所述时长与日期不一致", "the stated length differs from the dates"),
    "outside_period": ("早于反馈，系整改之前的背景", "lies before the feedback, so it is background"),
    "anachronism": ("提及落款之后的事件", "names what came after the signing"),
    "stale": ("承诺期限已过", "a promised date has passed"),
    # form
    "missing": ("缺少应公布的内容", "something that is owed is missing"),
    "missing_parts": ("缺少应有的部分", "a part that is owed is missing"),
    "no_title": ("缺少标题", "there is no title"),
    "title_form": ("标题要素不全", "the title lacks a word that it should have"),
    "signature_incomplete": ("落款要素不全", "the signature lacks its body or its date"),
    "names_differ": ("落款与标题单位不一致", "signature and title name different bodies"),
    "han_numerals": ("成文日期用了汉字数字", "the date is in Han numerals"),
    "form": ("格式不规范", "not in the form that the standard asks for"),
    "label_differs": ("标签与内容不符", "the label does not fit the value"),
    "place_differs": ("所属地区不一致", "the places do not agree"),
    "titles_differ": ("同一文号对应不同文件", "one number stands with different titles"),
}
