-- id: K14
-- title_zh: 比较性表述成立（达标、升降方向）
-- title_en: Words of comparison hold (target reached, rise or fall)
-- rule: 完成60%的目标 holds if what was reached is no less; 提高 and 下降 hold if the later value is higher or lower. Stated operands only.
-- severity: warning
-- since: 0.1.0
WITH tested AS (
    SELECT notice_id, operands[1] AS one, operands[2] AS two, operator, operand_spans, start_char, end_char, modifier,
           CASE operator WHEN 'ge' THEN operands[1] >= operands[2] WHEN 'le' THEN operands[1] <= operands[2] WHEN 'up' THEN operands[1] <= operands[2] WHEN 'down' THEN operands[1] >= operands[2] END AS holds
    FROM figures WHERE kind IN ('comparison', 'change') AND operator IS NOT NULL
), worst AS (
    SELECT * FROM tested QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY holds IS NULL, holds, start_char) = 1
)
SELECT n.notice_id,
       CASE WHEN w.notice_id IS NULL THEN 'not_applicable' WHEN holds IS NULL THEN 'not_checkable' WHEN holds THEN 'pass' WHEN operator IN ('up', 'down') THEN 'fail' ELSE 'review' END AS verdict,
       CASE WHEN w.notice_id IS NULL THEN 'not_told' WHEN holds IS NULL THEN 'absent' WHEN NOT holds THEN 'comparison_fails' END AS reason,
       num(one) AS lhs, num(two) AS rhs,
       format('{:.12g}', one) || CASE operator WHEN 'ge' THEN CASE WHEN holds THEN ' ≥ ' ELSE ' < ' END WHEN 'le' THEN CASE WHEN holds THEN ' ≤ ' ELSE ' > ' END
                                     ELSE CASE WHEN one > two THEN ' ↓ ' ELSE ' ↑ ' END END || format('{:.12g}', two) AS equation,
       operator AS reading, [span(start_char, end_char)] AS lhs_spans, operand_spans AS rhs_spans
FROM notices n LEFT JOIN worst w USING (notice_id)
