-- id: K07
-- title_zh: 编号从一起连续，不缺不重
-- title_en: Numbering starts at 1 without gap or repeat
-- rule: Each run of marks counts 1, 2, 3 … under its parent or through the whole text (GB/T 9704-2012, layers of text). A break is a
--   matter of form or of lost text, so it asks for review.
-- severity: info
-- since: 0.1.0
WITH worst AS (
    SELECT *, breaks > 0 AND run_breaks > 0 AS is_broken, CASE WHEN breaks <= run_breaks THEN first_break ELSE first_run_break END AS gap
    FROM sequences WHERE section IN ('all', 'results', 'organisation', 'next_steps') AND level IN ('section', 'aspect', 'group', 'item')
), per_notice AS (
    SELECT notice_id, sum(marks) AS marks, sum(CASE WHEN is_broken THEN least(breaks, run_breaks) ELSE 0 END) AS gaps,
           arg_max(gap, marks) FILTER (is_broken) AS gap, arg_max(run_breaks = 0 AND breaks > 0, marks) AS is_run_on
    FROM worst GROUP BY notice_id
)
SELECT n.notice_id,
       CASE WHEN coalesce(marks, 0) < 2 THEN 'not_checkable' WHEN gaps = 0 THEN 'pass' ELSE 'review' END AS verdict,
       CASE WHEN coalesce(marks, 0) < 2 THEN 'not_itemised' WHEN gaps > 0 THEN 'numbering_broken' END AS reason,
       (coalesce(gap.before, 0) + 1)::VARCHAR AS lhs, gap.ordinal::VARCHAR AS rhs,
       CASE WHEN gap IS NOT NULL THEN (coalesce(gap.before, 0) + 1) || ' ≠ ' || gap.ordinal END AS equation,
       CASE WHEN is_run_on THEN 'run_on' ELSE 'per_parent' END AS reading, [] AS lhs_spans, [gap.span] AS rhs_spans
FROM notices n LEFT JOIN per_notice USING (notice_id)
