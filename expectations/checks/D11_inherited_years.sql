-- id: D11
-- title_zh: 省略年份的日期承前后不倒序
-- title_en: Year-less dates inherit a year that keeps the chain rising
-- rule: 公文 leave out a year that was just named; the year supplied must keep inspection ≤ feedback ≤ signing, and no told event may
--   lie after the signing.
-- severity: info
-- since: 0.1.0
WITH supplied AS (
    SELECT d.notice_id, d.earliest, d.latest, d.start_char, d.end_char, d.inferred, d.alternative_earliest,
           d.role IS DISTINCT FROM 'deadline' AND d.range_part IS DISTINCT FROM 'until' AND d.earliest > s.high AS is_after_signing,
           d.role = 'feedback' AND d.latest < e.low OR d.role = 'inspection_end' AND d.latest < b.low AS is_before_its_turn
    FROM date_mentions d
    JOIN header_dates s ON s.notice_id = d.notice_id AND s.name = 'signed'
    JOIN header_dates e ON e.notice_id = d.notice_id AND e.name = 'inspection_end'
    JOIN header_dates b ON b.notice_id = d.notice_id AND b.name = 'inspection_start'
    WHERE d.inferred IS NOT NULL AND d.earliest IS NOT NULL AND NOT starts_with(d.inferred, 'relative')
), per_notice AS (
    SELECT notice_id, count(*) AS dates, bool_or(coalesce(is_after_signing OR is_before_its_turn, false)) AS is_broken,
           arg_min(struct_pack(low := earliest, high := latest, span := span(start_char, end_char), inferred := inferred),
                   (NOT coalesce(is_after_signing OR is_before_its_turn, false), start_char)) AS shown,
           list_sort(list(span(start_char, end_char))) AS found
    FROM supplied GROUP BY notice_id
)
SELECT n.notice_id,
       CASE WHEN p.notice_id IS NULL THEN 'not_applicable' WHEN is_broken THEN 'review' ELSE 'pass' END AS verdict,
       CASE WHEN p.notice_id IS NULL THEN 'not_told' WHEN is_broken THEN 'order' END AS reason,
       CASE WHEN p.notice_id IS NOT NULL THEN dates::VARCHAR END AS lhs, days(shown.low, shown.high) AS rhs,
       CASE WHEN p.notice_id IS NOT NULL THEN days(shown.low, shown.high) || ' (' || shown.inferred || ')' END AS equation,
       CASE WHEN p.notice_id IS NOT NULL THEN shown.inferred END AS reading, found AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN per_notice p USING (notice_id)
