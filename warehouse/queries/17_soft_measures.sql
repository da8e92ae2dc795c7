-- Problems whose every measure is study, a meeting or training, with no hard act
-- 整改措施只有学习、会议、培训而没有实质举措的问题
SELECT n.notice_id, n.inspected_org, p.number, p.statement, count(*) AS measures, string_agg(DISTINCT m.act, '、' ORDER BY m.act) AS acts,
       string_agg(m.text, '；' ORDER BY m.ordinal) AS told
FROM measures m JOIN problems p ON p.notice_id = m.notice_id AND p.number = m.problem JOIN notices n ON n.notice_id = m.notice_id
GROUP BY ALL HAVING bool_and(m.act IN ('study', 'meeting', 'train'))
ORDER BY n.inspected_org, n.notice_id, p.number
