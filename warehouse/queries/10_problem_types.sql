-- The most frequent types of problem in each sector (school, bureau, town …)
-- 各类单位最常见的问题类型
-- param top = 5: types shown for each sector
SELECT sector, topic, count(*) AS problems, count(DISTINCT notice_id) AS notices, min(statement) AS example
FROM v_problem_topics JOIN v_notices USING (notice_id)
WHERE is_primary
GROUP BY sector, topic
QUALIFY row_number() OVER (PARTITION BY sector ORDER BY count(*) DESC, topic) <= $top::INTEGER
ORDER BY sector, problems DESC, topic
