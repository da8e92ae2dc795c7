-- Problems still open, with the promised date, and whether it has passed
-- 尚未完成的问题、承诺时限及是否已超期
-- param as_of = today: the day to judge by
-- param county = %: only bodies whose county is like this
WITH promise AS (
    SELECT notice_id, reopens_problem AS number, max(due_latest) AS due FROM next_steps WHERE reopens_problem IS NOT NULL GROUP BY ALL
)
SELECT n.notice_id, n.inspected_org, p.number, p.statement, p.status, coalesce(p.deadline_latest, s.due) AS due,
       CASE WHEN due IS NULL THEN NULL ELSE due < $as_of::DATE END AS is_overdue,
       CASE WHEN due < $as_of::DATE THEN $as_of::DATE - due END AS days_overdue
FROM problems p JOIN notices n USING (notice_id) LEFT JOIN promise s USING (notice_id, number)
WHERE p.status IN ('in_progress', 'not_completed', 'time_limited', 'long_term', 'phase', 'basically_completed') AND coalesce(n.county, '') LIKE $county
ORDER BY days_overdue DESC NULLS LAST, n.inspected_org, n.notice_id, p.number
