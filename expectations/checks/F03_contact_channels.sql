-- id: F03
-- title_zh: 公布电话、邮政地址（或邮编）和电子邮箱
-- title_en: Phone, postal address or code, and e-mail are published
-- rule: 关于做好巡察整改情况公开工作的意见: ways to reach the body for supervision must be published. An excerpt owes none.
-- severity: warning
-- since: 0.1.0
WITH found AS (
    SELECT notice_id, CASE kind WHEN 'phone' THEN '电话' WHEN 'email' THEN '邮箱' ELSE '邮政' END AS channel, min(start_char) AS first_char, min_by(end_char, start_char) AS stop_char
    FROM contacts WHERE kind <> 'fax' GROUP BY ALL
), listed AS (
    SELECT notice_id, count(*) AS channels, string_agg(channel, '、' ORDER BY channel) AS printed, list(span(first_char, stop_char) ORDER BY first_char) AS places FROM found GROUP BY notice_id
)
SELECT e.notice_id, CASE WHEN channels = 3 THEN 'pass' WHEN is_whole THEN 'fail' ELSE 'not_checkable' END AS verdict,
       CASE WHEN channels = 3 THEN NULL WHEN is_whole THEN 'missing' ELSE 'incomplete_text' END AS reason,
       '电话、邮政、邮箱' AS lhs, coalesce(printed, '') AS rhs, coalesce(channels, 0) || CASE WHEN channels = 3 THEN ' = 3' ELSE ' < 3' END AS equation,
       NULL AS reading, [] AS lhs_spans, places AS rhs_spans
FROM extents e LEFT JOIN listed USING (notice_id)
