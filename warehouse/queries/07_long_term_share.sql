-- Share of each notice's done problems that also are called long-term, highest first
-- 已完成的问题中又称“长期坚持”的占比，从高到低
-- param outlier = 0.5: share from which a notice is marked
SELECT n.notice_id, n.inspected_org, count(*) AS done, count(*) FILTER (p.is_long_term) AS long_term,
       round(count(*) FILTER (p.is_long_term) / count(*), 3) AS share, share >= $outlier::DOUBLE AS is_outlier
FROM problems p JOIN notices n USING (notice_id)
WHERE p.status IN ('completed', 'basically_completed')
GROUP BY ALL ORDER BY share DESC, done DESC, n.inspected_org, n.notice_id
