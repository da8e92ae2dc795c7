-- Timeline of a body: every dated event with its words
-- 某单位的时间线：每个有日期的事件及原文
-- param body = %: only bodies whose name is like this
SELECT n.notice_id, n.inspected_org, d.earliest, d.latest, d.role, d.precision, d.inferred,
       trim(regexp_extract(substr(t.text, greatest(d.start_char - 39, 1), least(d.start_char, 40)), '[^。；;\n]{0,40}$') || d.surface || regexp_extract(substr(t.text, d.end_char + 1, 60), '^[^。；;\n]{0,40}')) AS words
FROM date_mentions d JOIN notices n USING (notice_id) JOIN texts t USING (notice_id)
WHERE d.earliest IS NOT NULL AND coalesce(n.inspected_org, n.title, '') LIKE $body
ORDER BY n.inspected_org NULLS LAST, n.notice_id, d.earliest, d.latest, d.start_char
