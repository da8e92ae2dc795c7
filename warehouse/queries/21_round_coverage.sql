-- Bodies of a county and round whose notices the warehouse holds, and when each was published
-- 某县区某轮次已有通报的单位及发布时间
-- param county = %: only bodies whose county is like this
-- param round = %: only rounds like this
SELECT coalesce(n.county, n.city, n.province, '未知') AS county, coalesce(n.inspection_round, '未写明') AS round, n.inspector, n.notice_id, n.inspected_org,
       n.feedback_earliest AS feedback, coalesce(n.published_latest, n.signed_latest) AS published
FROM v_notices n
WHERE n.is_primary AND coalesce(n.county, n.city, n.province, '未知') LIKE $county AND coalesce(n.inspection_round, '未写明') LIKE $round
ORDER BY 1, 2, n.inspector NULLS LAST, n.inspected_org, published NULLS LAST, n.notice_id
