-- Which notices fail a count or arithmetic check, worst first
-- 哪些通报的数量核验不一致，按不一致项数从多到少
-- param county = %: only bodies whose county is like this
SELECT n.notice_id, n.inspected_org, n.county,
       count(*) FILTER (r.verdict = 'fail') AS fails, count(*) FILTER (r.verdict = 'review') AS reviews,
       string_agg(r.check_id || ' ' || coalesce(r.equation, r.reason), '；' ORDER BY r.verdict, r.check_id) AS findings
FROM check_results r JOIN notices n USING (notice_id)
WHERE r.check_id LIKE 'K%' AND r.verdict IN ('fail', 'review') AND coalesce(n.county, '') LIKE $county
GROUP BY ALL HAVING fails > 0
ORDER BY fails DESC, reviews DESC, n.inspected_org, n.notice_id
