-- Which notices have at least so many internal mismatches, and so should be visited first
-- 哪些通报内部不一致较多，应优先实地核查
-- param at_least = 5: mismatches (fail or review) that a notice must have
SELECT n.notice_id, n.inspected_org, count(*) AS mismatches, count(*) FILTER (r.verdict = 'fail') AS fails,
       string_agg(r.check_id, '、' ORDER BY r.check_id) AS checks
FROM check_results r JOIN notices n USING (notice_id)
WHERE r.verdict IN ('fail', 'review')
GROUP BY ALL HAVING mismatches >= $at_least::INTEGER
ORDER BY mismatches DESC, fails DESC, n.inspected_org, n.notice_id
