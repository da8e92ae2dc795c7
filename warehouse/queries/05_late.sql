-- Which notices were later than the rule in force then, with the rule that the verdict used
-- 哪些通报超过了当时的期限规定，并列出所依据的规定
SELECT n.notice_id, n.inspected_org, r.check_id, n.feedback_earliest AS feedback, n.signed_latest AS signed, r.equation, r.reading AS policy, r.verdict
FROM check_results r JOIN notices n USING (notice_id)
WHERE r.check_id IN ('D04', 'D08') AND r.reason = 'late'
ORDER BY n.signed_latest - n.feedback_earliest DESC, n.inspected_org, n.notice_id, r.check_id
