-- Which types of problem come back in a later inspection of the same body
-- 同一单位在后一轮巡察中再次出现的问题类型
WITH inspected AS (
    SELECT notice_id, inspected_org, coalesce(inspection_start_earliest, feedback_earliest, signed_earliest) AS held
    FROM notices WHERE inspected_org IS NOT NULL
    QUALIFY max(held) OVER (PARTITION BY inspected_org) > min(held) OVER (PARTITION BY inspected_org) + 180
), round AS (
    SELECT i.inspected_org, t.topic, i.held, count(DISTINCT t.number) AS problems, min(t.statement) AS example
    FROM v_problem_topics t JOIN inspected i USING (notice_id)
    WHERE t.topic <> '其他' AND i.held IS NOT NULL
    GROUP BY ALL
)
-- each with the last one before it that lies half a year back: nearer ones tell of the same inspection
SELECT b.inspected_org, b.topic, a.held AS earlier, b.held AS later, a.problems AS problems_then, b.problems AS problems_again, b.example
FROM (SELECT *, held - 180 AS latest FROM round) b ASOF JOIN round a ON a.inspected_org = b.inspected_org AND a.topic = b.topic AND b.latest > a.held
ORDER BY b.inspected_org, b.topic, later
