-- id: D05
-- title_zh: 专题民主生活会在整改期内召开
-- title_en: The special 民主生活会 falls in the rectification period
-- rule: The meeting that examines the feedback is held after it and before the notice is signed (practice of 巡察整改专题民主生活会).
-- severity: info
-- since: 0.1.0
WITH meetings AS (
    SELECT * FROM organising_dates WHERE is_special_meeting AND earliest IS NOT NULL QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY start_char) = 1
), compared AS (
    SELECT f.notice_id, f.low, f.high, f.span, f.missing, m.earliest, m.latest, m.start_char, m.end_char, s.low AS signed_low, s.high AS signed_high, datediff('day', f.high, m.earliest) AS passed,
           CASE WHEN m.notice_id IS NULL OR f.low IS NULL THEN NULL
                WHEN m.latest < f.low OR m.earliest > s.high THEN 'outside'
                WHEN m.earliest >= f.high AND (s.low IS NULL OR m.latest <= s.low) THEN 'pass' ELSE 'approximate' END AS finding
    FROM header_dates f JOIN header_dates s ON s.notice_id = f.notice_id AND s.name = 'signed' LEFT JOIN meetings m ON m.notice_id = f.notice_id WHERE f.name = 'feedback'
)
SELECT notice_id, CASE finding WHEN 'pass' THEN 'pass' WHEN 'outside' THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN low IS NULL THEN missing WHEN finding IS NULL THEN 'not_dated' WHEN finding = 'outside' THEN 'order' ELSE nullif(finding, 'pass') END AS reason,
       days(earliest, latest) AS lhs, days(low, high) || ' … ' || days(signed_low, signed_high) AS rhs,
       CASE WHEN finding IS NOT NULL THEN days(low, high) || CASE finding WHEN 'pass' THEN ' ≤ ' ELSE ' ? ' END || days(earliest, latest) END AS equation,
       CASE WHEN finding IS NOT NULL THEN passed || '_days_after_feedback' END AS reading, [span(start_char, end_char)] AS lhs_spans, [span] AS rhs_spans
FROM compared
