-- id: D16
-- title_zh: 所述巡察时长与起止日期相符
-- title_en: Stated length = end - start + 1
-- rule: 为期60天 beside two days of the calendar counts both ends; a day more or less is in order, 左右 allows a tenth, months a few days each.
-- severity: info
-- since: 0.1.0
WITH stated AS (
    -- a length told within a breath of the inspection's two dates
    SELECT f.notice_id, f.value_low AS low, f.modifier, f.unit, span(f.start_char, f.end_char) AS span, e.span AS end_span, s.span AS start_span, s.low AS start_low, s.high AS start_high, e.low AS end_low, e.high AS end_high,
           CASE f.unit WHEN '天' THEN 1 WHEN '周' THEN 7 WHEN '个月' THEN 30.4 WHEN '个半月' THEN 30.4 END AS unit_days
    FROM figures f JOIN header_dates s ON s.notice_id = f.notice_id AND s.name = 'inspection_start' JOIN header_dates e ON e.notice_id = f.notice_id AND e.name = 'inspection_end'
    WHERE f.kind = 'duration' AND f.start_char BETWEEN coalesce(s.span.start_char, e.span.start_char) AND coalesce(e.span.end_char, s.span.end_char) + 90
    QUALIFY row_number() OVER (PARTITION BY f.notice_id ORDER BY f.start_char) = 1
), compared AS (
    SELECT *, datediff('day', start_low, end_high) + 1 AS counted, (low + CASE WHEN unit = '个半月' THEN 0.5 ELSE 0 END) * unit_days AS told,
           greatest(CASE unit WHEN '天' THEN 1 WHEN '周' THEN 4 ELSE 4 * low + 3 END, CASE WHEN modifier = 'exact' THEN 0 ELSE 0.15 * low * unit_days END) AS slack
    FROM stated
), judged AS (
    SELECT *, CASE WHEN start_low IS NULL OR end_low IS NULL THEN 'absent' WHEN low IS NULL THEN 'redacted' WHEN told IS NULL THEN 'approximate'
                   WHEN abs(counted - told) <= slack THEN 'pass' WHEN start_low <> start_high OR end_low <> end_high THEN 'approximate' ELSE 'length_differs' END AS finding
    FROM compared
)
SELECT n.notice_id, CASE WHEN finding IS NULL THEN 'not_applicable' WHEN finding = 'pass' THEN 'pass' WHEN finding = 'length_differs' THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN finding IS NULL THEN 'not_told' ELSE nullif(finding, 'pass') END AS reason, num(low) || unit AS lhs, counted || '天' AS rhs,
       num(low) || unit || CASE finding WHEN 'pass' THEN ' = ' WHEN 'length_differs' THEN ' ≠ ' ELSE ' ? ' END || counted || '天' AS equation, NULL AS reading, [span] AS lhs_spans, [start_span, end_span] AS rhs_spans
FROM notices n LEFT JOIN judged USING (notice_id)
