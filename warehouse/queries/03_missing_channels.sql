-- Which notices lack a telephone, a postal address or an e-mail for supervision
-- 哪些通报缺少电话、邮寄地址或电子邮箱等监督渠道
WITH channel AS (
    SELECT notice_id, bool_or(kind = 'phone') AS phone, bool_or(kind IN ('address', 'postcode')) AS post, bool_or(kind = 'email') AS email
    FROM contacts GROUP BY notice_id
)
SELECT n.notice_id, n.inspected_org, n.genre,
       concat_ws('、', CASE WHEN NOT coalesce(c.phone, false) THEN '电话' END, CASE WHEN NOT coalesce(c.post, false) THEN '邮寄地址' END,
                 CASE WHEN NOT coalesce(c.email, false) THEN '电子邮箱' END) AS missing
FROM notices n LEFT JOIN channel c USING (notice_id)
WHERE NOT coalesce(c.phone AND c.post AND c.email, false)
ORDER BY length(missing) DESC, n.inspected_org NULLS LAST, n.notice_id
