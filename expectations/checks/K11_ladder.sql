-- id: K11
-- title_zh: 方面、类、问题、措施逐级不减
-- title_en: Aspects ≤ classes ≤ problems ≤ measures
-- rule: Each rung of the ladder has at least one of the next: 方面 → 类（条） → 问题（任务） → 措施. A break is more often a figure read
--   on the wrong rung, so it asks for review.
-- severity: info
-- since: 0.1.0
WITH rungs AS (
    SELECT notice_id, list_position(['aspect', 'class', 'problem', 'measure'], CASE step WHEN 'task' THEN 'problem' ELSE step END) AS rung,
           arg_min(struct_pack(low := low, high := high, span := span), start_char) AS figure
    FROM headline WHERE status = 'total' AND step IN ('aspect', 'class', 'problem', 'task', 'measure') AND low IS NOT NULL GROUP BY ALL
), pairs AS (
    SELECT notice_id, rung, figure, num_range(figure.low, figure.high) AS printed, lag(figure) OVER (PARTITION BY notice_id ORDER BY rung) AS below FROM rungs
), per_notice AS (
    SELECT notice_id, list(figure ORDER BY rung) AS figures, string_agg(printed, ' ≤ ' ORDER BY rung) AS chain,
           bool_or(below.low > figure.high) AS is_broken, bool_and(below IS NULL OR below.high <= figure.low) AS is_kept
    FROM pairs GROUP BY notice_id HAVING count(*) > 1
)
SELECT n.notice_id,
       CASE WHEN chain IS NULL THEN 'not_checkable' WHEN is_broken THEN 'review' WHEN is_kept THEN 'pass' ELSE 'not_checkable' END AS verdict,
       CASE WHEN chain IS NULL THEN 'absent' WHEN is_broken THEN 'ladder_breaks' WHEN NOT is_kept THEN 'approximate' END AS reason,
       num(figures[1].low) AS lhs, num(figures[-1].low) AS rhs, CASE WHEN is_broken THEN replace(chain, '≤', '≰') ELSE chain END AS equation,
       NULL AS reading, [figures[1].span] AS lhs_spans, list_transform(figures[2:], lambda figure: figure.span) AS rhs_spans
FROM notices n LEFT JOIN per_notice USING (notice_id)
