-- Measures told for each problem of a notice, and the problems with one short measure that names no hard act
-- 每个问题的措施数，以及只有一条空泛措施的问题
WITH told AS (
    SELECT p.notice_id, p.number, count(m.ordinal) AS measures, any_value(m.act) AS act, any_value(length(m.text)) AS letters
    FROM problems p LEFT JOIN measures m ON m.notice_id = p.notice_id AND m.problem = p.number GROUP BY ALL
)
SELECT n.notice_id, n.inspected_org, count(*) AS problems, sum(t.measures) AS measures, round(avg(t.measures), 2) AS per_problem,
       count(*) FILTER (t.measures = 0) AS without_measure,
       count(*) FILTER (t.measures = 1 AND t.act IN ('study', 'meeting', 'train', 'other') AND t.letters < 30) AS single_vague,
       string_agg(t.number::VARCHAR, '、' ORDER BY t.number) FILTER (t.measures = 1 AND t.act IN ('study', 'meeting', 'train', 'other') AND t.letters < 30) AS which
FROM told t JOIN notices n USING (notice_id)
GROUP BY ALL ORDER BY single_vague DESC, per_problem, n.inspected_org, n.notice_id
