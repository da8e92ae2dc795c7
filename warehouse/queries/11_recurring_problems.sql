-- Which types of problem come back in a later inspection of the same body
-- 同一单位在后一轮巡察中再次出现的问题类型
WITH inspected AS (
    SELECT notice_id, inspected_org, coalesce(inspection_start_earliest, feedback_earliest, signed_earliest) AS held
    FROM notices WHERE inspected_org IS NOT NULL
    QUALIFY max(held) OVER (PARTITION BY inspected_org) > min(held) OVER (PARTITION BY inspected_org) + 180
), round AS (
    SELECT i.inspected_org, t.topic, i.held, count(DISTINCT t.number) AS problems, min(t.statement) AS example
    FROM v_problem_topics t JOIN inspected i USING (notice_id)
    WHERE t.topic <> '其他'
    GROUP BY ALL
)
SELECT a.inspected_org, a.topic, a.held AS earlier, b.held AS later, a.problems AS problems_then, b.problems AS problems_again, b.example
FROM round a JOIN round b ON b.inspected_org = a.inspected_org AND b.topic = a.topic AND b.held > a.held + 180
ORDER BY a.inspected_org, a.topic, earlier, later
