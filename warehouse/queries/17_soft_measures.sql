-- Problems whose every measure is study, a meeting or training, with no hard act
-- 整改措施只有学习、会议、培训而没有实质举措的问题
WITH soft AS (
    SELECT notice_id, problem AS number FROM measures WHERE problem IS NOT NULL GROUP BY ALL HAVING bool_and(act IN ('study', 'meeting', 'train'))
)
SELECT n.notice_id, n.inspected_org, p.number, p.statement, count(*) AS measures, string_agg(DISTINCT m.act, '、' ORDER BY m.act) AS acts,
       string_agg(m.text, '；' ORDER BY m.ordinal) AS told
FROM soft s JOIN measures m ON m.notice_id = s.notice_id AND m.problem = s.number
JOIN problems p ON p.notice_id = s.notice_id AND p.number = s.number JOIN notices n ON n.notice_id = s.notice_id
GROUP BY ALL
ORDER BY n.inspected_org, n.notice_id, p.number
