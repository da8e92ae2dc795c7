-- id: K05
-- title_zh: 表述的方面数等于整改部分的（一）（二）…标题数
-- title_en: Aspects claimed = headings (一), (二) … in the results part
-- rule: The results part is laid out by the aspects that were fed back (five templates of feedback; seen in real notices).
-- severity: warning
-- since: 0.1.0
WITH best AS (
    SELECT h.*, v.aspects FROM headline h JOIN levels v USING (notice_id) WHERE status = 'total' AND step = 'aspect'
    QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY low IS NULL, abs(v.aspects - low), start_char) = 1
), judged AS (
    SELECT e.notice_id, b.low, b.high, b.aspects, b.span,
           CASE WHEN b.notice_id IS NULL THEN 'absent' WHEN low IS NULL THEN 'redacted' WHEN aspects = 0 THEN 'not_itemised' WHEN low <> high THEN 'approximate'
                WHEN aspects = low THEN 'pass' WHEN abs(aspects - low) > 1 OR aspects < 2 THEN 'ambiguous_level'
                WHEN NOT e.is_whole THEN 'incomplete_text' WHEN e.is_broken THEN 'numbering_broken' ELSE 'enumeration_differs' END AS finding
    FROM extents e LEFT JOIN best b USING (notice_id)
), places AS (
    SELECT notice_id, list_sort(list(span(start_char, end_char))) AS places FROM nodes WHERE level = 'aspect' AND section = 'results' GROUP BY notice_id
)
SELECT notice_id, CASE finding WHEN 'pass' THEN 'pass' WHEN 'enumeration_differs' THEN 'fail' WHEN 'incomplete_text' THEN 'review' WHEN 'numbering_broken' THEN 'review' ELSE 'not_checkable' END AS verdict,
       nullif(finding, 'pass') AS reason, num_range(low, high) AS lhs, aspects::VARCHAR AS rhs,
       num_range(low, high) || CASE WHEN finding = 'pass' THEN ' = ' WHEN low = high THEN ' ≠ ' ELSE ' ? ' END || nullif(aspects, 0) AS equation,
       CASE WHEN aspects > 0 THEN 'aspects' END AS reading, [span] AS lhs_spans, CASE WHEN finding <> 'absent' THEN places END AS rhs_spans
FROM judged LEFT JOIN places USING (notice_id)
