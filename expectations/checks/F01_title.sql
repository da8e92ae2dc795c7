-- id: F01
-- title_zh: 标题含巡视（巡察）、整改与文种
-- title_en: The title has 巡视 or 巡察, 整改, and the kind of paper
-- rule: Titles of such notices name inspection, rectification and 通报 or 报告 (practice in published notices). An excerpt owes no title.
-- severity: info
-- since: 0.1.0
SELECT n.notice_id,
       CASE WHEN title IS NULL THEN CASE WHEN e.is_whole THEN 'fail' ELSE 'not_checkable' END
            WHEN regexp_matches(title, '巡[视察]') AND contains(title, '整改') AND regexp_matches(title, '通报|报告|公告|公示|通告|情况') THEN 'pass' ELSE 'review' END AS verdict,
       CASE WHEN title IS NULL THEN CASE WHEN e.is_whole THEN 'no_title' ELSE 'incomplete_text' END
            WHEN NOT (regexp_matches(title, '巡[视察]') AND contains(title, '整改') AND regexp_matches(title, '通报|报告|公告|公示|通告|情况')) THEN 'title_form' END AS reason,
       '巡视（巡察）、整改、通报（报告）' AS lhs, title AS rhs, NULL AS equation, NULL AS reading, [] AS lhs_spans, [title_span] AS rhs_spans
FROM notices n JOIN extents e USING (notice_id)
