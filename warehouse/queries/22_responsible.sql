-- Responsible leader, department and person of each problem, where the notice states them
-- 通报写明责任领导、责任部门、责任人的问题
SELECT n.notice_id, n.inspected_org, p.number, p.statement, p.responsible_leader, p.responsible_department, p.responsible_person, p.deadline_raw
FROM problems p JOIN notices n USING (notice_id)
WHERE p.responsible_leader IS NOT NULL OR p.responsible_department IS NOT NULL OR p.responsible_person IS NOT NULL
ORDER BY n.inspected_org, n.notice_id, p.number
