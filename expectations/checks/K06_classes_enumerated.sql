-- id: K06
-- title_zh: 表述的类（条）数等于第二层编号数
-- title_en: Classes (类, 条) claimed = numbered headings of the second level
-- rule: An aspect that goes straight to its items counts as one class. The reading used is recorded (seen in real notices).
-- severity: warning
-- since: 0.1.0
WITH tried AS (
    SELECT h.notice_id, h.low, h.high, h.span, h.start_char, unnest(['groups', 'groups_and_bare_aspects', 'aspects', 'items', h.bound_level]) AS level,
           unnest([v.groups, CASE WHEN v.groups > 0 THEN v.groups + v.bare_aspects END, v.aspects, v.items, h.bound_count]) AS found
    FROM headline h JOIN levels v USING (notice_id) WHERE status = 'total' AND step = 'class'
), best AS (
    SELECT * FROM tried
    QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY low IS NULL, low <> high, coalesce(found, 0) = 0, found <> low, level NOT LIKE 'groups%', abs(found - low), level) = 1
), judged AS (
    SELECT e.notice_id, b.* EXCLUDE (notice_id),
           CASE WHEN b.notice_id IS NULL THEN 'absent' WHEN low IS NULL THEN 'redacted' WHEN coalesce(found, 0) = 0 THEN 'not_itemised' WHEN low <> high THEN 'approximate' WHEN found = low THEN 'pass'
                WHEN abs(found - low) > 1 OR level NOT LIKE 'groups%' THEN 'ambiguous_level'
                WHEN NOT e.is_whole THEN 'incomplete_text' WHEN e.is_broken THEN 'numbering_broken' ELSE 'enumeration_differs' END AS finding
    FROM extents e LEFT JOIN best b USING (notice_id)
), places AS (
    SELECT notice_id, list_sort(list(span(start_char, end_char))) AS places FROM nodes WHERE level = 'group' AND section = 'results' GROUP BY notice_id
)
SELECT notice_id, CASE finding WHEN 'pass' THEN 'pass' WHEN 'enumeration_differs' THEN 'fail' WHEN 'incomplete_text' THEN 'review' WHEN 'numbering_broken' THEN 'review' ELSE 'not_checkable' END AS verdict,
       nullif(finding, 'pass') AS reason, num_range(low, high) AS lhs, found::VARCHAR AS rhs,
       num_range(low, high) || CASE WHEN finding = 'pass' THEN ' = ' WHEN low = high THEN ' ≠ ' ELSE ' ? ' END || nullif(found, 0) AS equation,
       level AS reading, [span] AS lhs_spans, CASE WHEN finding <> 'absent' THEN places END AS rhs_spans
FROM judged LEFT JOIN places USING (notice_id)
