-- id: K23
-- title_zh: 追责人数等于各类之和（括号内完整列举时）
-- title_en: Persons held to account = sum by kind, where the breakdown is full
-- rule: A breakdown in brackets or behind a colon is full and adds up; 其中 tells only some, which cannot exceed the whole. An explicit 0人 counts.
-- severity: warning
-- since: 0.1.0
WITH parts AS (
    SELECT p.notice_id, p.part_of, p.start_char, p.end_char, p.persons, p.modifier, p.is_partition, p.unit, max(w.start_char) AS whole_start
    FROM accountability p JOIN accountability w ON w.notice_id = p.notice_id AND w.kind = p.part_of AND w.start_char < p.start_char
    WHERE p.part_of IS NOT NULL AND p.bodies IS NULL AND w.bodies IS NULL GROUP BY ALL
), summed AS (
    SELECT notice_id, whole_start, sum(persons) AS total, bool_or(persons IS NULL) AS is_masked, bool_or(modifier <> 'exact') AS is_vague, bool_or(is_partition) AS is_partition, count(*) AS parts,
           list_sort(list(span(start_char, end_char))) AS places, string_agg(persons::VARCHAR, ' + ' ORDER BY start_char) AS formula, count(DISTINCT unit) AS units
    FROM parts GROUP BY ALL
), judged AS (
    SELECT s.*, w.persons, w.kind, span(w.start_char, w.end_char) AS span,
           CASE WHEN is_masked OR w.persons IS NULL THEN 'redacted' WHEN is_vague OR w.modifier <> 'exact' THEN 'approximate'
                WHEN total > w.persons THEN CASE WHEN s.is_partition OR s.parts = 1 THEN 'sum_differs' ELSE 'part_exceeds_whole' END
                WHEN total < w.persons AND s.is_partition THEN CASE WHEN s.parts > 1 THEN 'sum_differs' ELSE 'parts_incomplete' END
                ELSE 'pass' END AS finding
    FROM summed s JOIN accountability w ON w.notice_id = s.notice_id AND w.start_char = s.whole_start
), worst AS (
    SELECT * FROM judged QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['sum_differs', 'part_exceeds_whole', 'parts_incomplete', 'pass', 'approximate', 'redacted'], finding), whole_start) = 1
)
SELECT n.notice_id,
       CASE finding WHEN 'pass' THEN 'pass' WHEN 'sum_differs' THEN CASE WHEN units = 1 THEN 'fail' ELSE 'review' END WHEN 'part_exceeds_whole' THEN 'review' WHEN 'parts_incomplete' THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN finding IS NULL THEN 'absent' ELSE nullif(finding, 'pass') END AS reason, persons::VARCHAR AS lhs, total::VARCHAR AS rhs,
       formula || CASE WHEN finding = 'pass' THEN CASE WHEN total = persons THEN ' = ' ELSE ' ≤ ' END WHEN finding IN ('redacted', 'approximate') THEN ' ? '
                       WHEN parts > 1 THEN ' = ' || total || CASE WHEN is_partition THEN ' ≠ ' ELSE ' > ' END ELSE ' ≠ ' END || coalesce(persons::VARCHAR, '?') AS equation,
       CASE WHEN finding IS NULL THEN NULL WHEN is_partition THEN 'partition' ELSE 'subset' END AS reading, [span] AS lhs_spans, places AS rhs_spans
FROM notices n LEFT JOIN worst USING (notice_id)
