-- Notices that recovered money and tell of nobody who was held to account
-- 追回了款项却未提及处理任何人的通报
WITH money AS (
    SELECT notice_id, max(yuan_low) AS largest, count(*) AS sums FROM (SELECT DISTINCT notice_id, role, yuan_low FROM amounts WHERE is_recovery AND NOT is_part) GROUP BY notice_id
), handled AS (
    SELECT notice_id, sum(persons) AS people, bool_or(persons = 0) AS says_zero FROM accountability WHERE bodies IS NULL GROUP BY notice_id
)
SELECT n.notice_id, n.inspected_org, m.sums, m.largest AS largest_yuan, coalesce(h.says_zero, false) AS says_zero
FROM money m JOIN notices n USING (notice_id) LEFT JOIN handled h USING (notice_id)
WHERE coalesce(h.people, 0) = 0
ORDER BY m.largest DESC NULLS LAST, n.inspected_org, n.notice_id
