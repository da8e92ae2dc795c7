-- Which types of problem come back in a later inspection of the same body
-- 同一单位在后一轮巡察中再次出现的问题类型
WITH item AS (
    SELECT t.*, n.inspected_org, coalesce(n.inspection_start_earliest, n.feedback_earliest, n.signed_earliest) AS held
    FROM v_problem_topics t JOIN notices n USING (notice_id) WHERE n.inspected_org IS NOT NULL
)
SELECT a.inspected_org, a.topic, a.held AS earlier, b.held AS later, count(DISTINCT a.number) AS problems_then, count(DISTINCT b.number) AS problems_again,
       min(b.statement) AS example
FROM item a JOIN item b ON b.inspected_org = a.inspected_org AND b.topic = a.topic AND b.notice_id <> a.notice_id AND b.held > a.held + 180
WHERE a.topic <> '其他'
GROUP BY ALL ORDER BY a.inspected_org, a.topic, earlier, later
