-- Items reported done in part two and taken up again as open in part three
-- 第二部分称已完成、第三部分又列为待办的事项
SELECT n.notice_id, n.inspected_org, p.number, p.statement, p.status_raw, s.text AS next_step, s.reopens_rule AS tied_by, r.verdict AS k25
FROM next_steps s
JOIN problems p ON p.notice_id = s.notice_id AND p.number = s.reopens_problem
JOIN notices n ON n.notice_id = s.notice_id
LEFT JOIN check_results r ON r.notice_id = s.notice_id AND r.check_id = 'K25'
WHERE p.status = 'completed' OR (p.status IS NULL AND r.verdict IN ('fail', 'review'))
ORDER BY n.inspected_org, n.notice_id, p.number, s.ordinal
