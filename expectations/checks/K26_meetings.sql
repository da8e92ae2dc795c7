-- id: K26
-- title_zh: 频次乘以月数不超过所述次数
-- title_en: Stated frequency × months ≤ meetings claimed
-- rule: Periods add up: 每月不少于1次 over the months stated gives at least so many. Only where frequency, months and number stand together.
-- severity: info
-- since: 0.1.0
WITH tested AS (
    SELECT notice_id, operands[1] AS per, operands[2] AS periods, value_low AS low, value_high AS high, operand_spans, start_char, end_char FROM figures WHERE kind = 'rate' AND (len(operands) > 1 OR unit LIKE '%/月')
    QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY len(operands) < 2, value_high >= operands[1] * operands[2], start_char) = 1
)
SELECT n.notice_id,
       CASE WHEN t.notice_id IS NULL THEN 'not_applicable' WHEN periods IS NULL OR low IS NULL THEN 'not_checkable' WHEN per * periods <= low THEN 'pass' WHEN per * periods > high THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN t.notice_id IS NULL THEN 'not_told' WHEN periods IS NULL OR low IS NULL THEN 'absent' WHEN per * periods <= low THEN NULL WHEN per * periods > high THEN 'recomputed_differs' ELSE 'approximate' END AS reason,
       num_range(low, high) AS lhs, num(per * periods) AS rhs,
       format('{:.12g} × {:.12g} = {:.12g}', per, periods, per * periods) || CASE WHEN per * periods <= low THEN ' ≤ ' WHEN per * periods > high THEN ' > ' ELSE ' ? ' END || num_range(low, high) AS equation,
       NULL AS reading, [span(start_char, end_char)] AS lhs_spans, operand_spans AS rhs_spans
FROM notices n LEFT JOIN tested t USING (notice_id)
