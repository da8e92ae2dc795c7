-- Telephones and postcodes whose place disagrees with the body's, or that cannot be told
-- 电话、邮编所属地区与单位所在地不符或无法判断的通报
SELECT n.notice_id, n.inspected_org, n.county, r.check_id, r.verdict, r.reason, r.lhs AS stated, r.rhs AS expected
FROM check_results r JOIN notices n USING (notice_id)
WHERE r.check_id IN ('F04', 'F05', 'F06') AND r.verdict IN ('fail', 'review', 'not_checkable')
ORDER BY CASE r.verdict WHEN 'fail' THEN 1 WHEN 'review' THEN 2 ELSE 3 END, n.inspected_org, n.notice_id, r.check_id
