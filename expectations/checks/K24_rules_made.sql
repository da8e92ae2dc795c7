-- id: K24
-- title_zh: 新建、修订制度数与文中所列《》相符
-- title_en: Rules made or revised = distinct 《》 after verbs of making and revising
-- rule: The rules that a notice counts should be among those it names (制度清单 practice); notices rarely name all, so less is review.
-- severity: info
-- since: 0.1.0
WITH claimed AS (
    SELECT notice_id, sum(low) AS low, sum(high) AS high, list(span ORDER BY start_char) AS places, string_agg(num_range(low, high), ' + ' ORDER BY start_char) AS printed
    FROM (SELECT DISTINCT ON (notice_id, subject, status, low) * FROM headline WHERE step = 'rule' AND coalesce(status, 'created') IN ('created', 'revised', 'total') ORDER BY start_char) GROUP BY notice_id
), named AS (
    SELECT notice_id, count(DISTINCT title) AS found, list_sort(list(span(start_char, end_char))) AS titles FROM citations
    WHERE title IS NOT NULL AND regexp_matches(verb, '制定|制订|建立|出台|新建|修订|修改|完善|健全|拟定|印发') AND NOT regexp_matches(title, '(?:^|[^办])法$|条例$|整改') GROUP BY notice_id
)
SELECT n.notice_id,
       CASE WHEN c.notice_id IS NULL OR low IS NULL OR f.notice_id IS NULL THEN 'not_checkable' WHEN low <> high THEN 'not_checkable' WHEN found = low THEN 'pass' ELSE 'review' END AS verdict,
       CASE WHEN c.notice_id IS NULL THEN 'absent' WHEN low IS NULL THEN 'redacted' WHEN f.notice_id IS NULL THEN 'not_itemised' WHEN low <> high THEN 'approximate' WHEN found <> low THEN 'enumeration_differs' END AS reason,
       num_range(low, high) AS lhs, found::VARCHAR AS rhs, CASE WHEN f.notice_id IS NOT NULL THEN printed || CASE WHEN found = low THEN ' = ' WHEN low = high THEN ' ≠ ' ELSE ' ? ' END || found END AS equation,
       CASE WHEN c.notice_id IS NOT NULL THEN 'titles_named' END AS reading, places AS lhs_spans, CASE WHEN c.notice_id IS NOT NULL THEN titles END AS rhs_spans
FROM notices n LEFT JOIN claimed c USING (notice_id) LEFT JOIN named f USING (notice_id)
