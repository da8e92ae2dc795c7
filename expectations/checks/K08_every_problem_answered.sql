-- id: K08
-- title_zh: 每个问题都有整改情况
-- title_en: Every problem has its rectification told
-- rule: 逐条整改: each problem fed back is answered (整改台账 practice; 问题清单, 任务清单, 责任清单).
-- severity: warning
-- since: 0.1.0
SELECT notice_id,
       CASE WHEN answered = 0 OR by_words THEN 'not_checkable' WHEN answered = problems THEN 'pass' ELSE 'review' END AS verdict,
       CASE WHEN problems = 0 THEN 'not_itemised' WHEN answered = 0 OR by_words THEN 'no_labels' WHEN answered < problems THEN 'unanswered' END AS reason,
       problems::VARCHAR AS lhs, answered::VARCHAR AS rhs, CASE WHEN problems > 0 THEN answered || CASE WHEN answered = problems THEN ' = ' ELSE ' < ' END || problems END AS equation,
       NULL AS reading, CASE WHEN answered > 0 AND NOT by_words THEN unanswered END AS lhs_spans, [] AS rhs_spans
FROM levels LEFT JOIN problem_places USING (notice_id)
