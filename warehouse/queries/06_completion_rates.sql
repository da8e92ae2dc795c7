-- Completion rate of each body and round: as claimed, and recomputed from the claimed counts
-- 各单位各轮次的整改完成率：表述值与按表述数量重算值
WITH told AS (
    SELECT notice_id,
           arg_min(value_low, start_char) FILTER (status = 'total' AND regexp_matches(subject, '问题|任务|事项'))::BIGINT AS problems,
           arg_min(value_low, start_char) FILTER (status = 'completed' AND coalesce(unit, '') <> '%' AND regexp_matches(subject, '问题|任务|事项')) AS completed,
           arg_min(value_low, start_char) FILTER (unit = '%' AND regexp_matches(subject, '(完成|整改|销号)率')) AS claimed_rate
    FROM claims WHERE is_headline AND value_low = value_high GROUP BY notice_id
)
SELECT n.notice_id, n.inspected_org, n.inspection_round, t.problems, t.completed, t.claimed_rate,
       round(100 * t.completed / nullif(t.problems, 0), 2) AS recomputed_rate, round(t.claimed_rate - 100 * t.completed / nullif(t.problems, 0), 2) + 0 AS difference
FROM told t JOIN notices n USING (notice_id)
WHERE t.claimed_rate IS NOT NULL OR (t.problems > 0 AND t.completed IS NOT NULL)
ORDER BY abs(difference) DESC NULLS LAST, recomputed_rate NULLS LAST, n.inspected_org, n.notice_id
