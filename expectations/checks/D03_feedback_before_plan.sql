-- id: D03
-- title_zh: 反馈不晚于整改方案、动员会和专题民主生活会
-- title_en: Feedback ≤ plan, mobilisation and special meeting
-- rule: Rectification is organised after the feedback. What the organising part dates earlier may be another plan, so it asks for review.
-- severity: warning
-- since: 0.1.0
WITH told AS (
    SELECT d.notice_id, d.earliest, d.latest, d.start_char, d.end_char FROM organising_dates d WHERE d.earliest IS NOT NULL
), compared AS (
    SELECT f.notice_id, f.low, f.high, f.span, t.earliest, t.latest, t.start_char, t.end_char, at_most(f.low, f.high, t.earliest, t.latest) AS outcome
    FROM header_dates f JOIN told t USING (notice_id) WHERE f.name = 'feedback' AND f.low IS NOT NULL
), worst AS (
    SELECT *, count(*) OVER (PARTITION BY notice_id) AS dates FROM compared
    QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['fail', 'not_checkable', 'pass'], outcome), start_char) = 1
)
SELECT f.notice_id, CASE WHEN outcome IS NULL THEN 'not_checkable' WHEN outcome = 'fail' THEN 'review' ELSE outcome END AS verdict,
       CASE WHEN f.low IS NULL THEN f.missing WHEN outcome IS NULL THEN 'not_dated' WHEN outcome = 'fail' THEN 'order' WHEN outcome = 'not_checkable' THEN 'approximate' END AS reason,
       days(f.low, f.high) AS lhs, days(w.earliest, w.latest) AS rhs,
       CASE WHEN outcome IS NOT NULL THEN days(f.low, f.high) || CASE outcome WHEN 'pass' THEN ' ≤ ' WHEN 'fail' THEN ' > ' ELSE ' ? ' END || days(w.earliest, w.latest) END AS equation,
       CASE WHEN dates > 1 THEN dates || '_dates' END AS reading, [f.span] AS lhs_spans, [span(w.start_char, w.end_char)] AS rhs_spans
FROM header_dates f LEFT JOIN worst w USING (notice_id) WHERE f.name = 'feedback'
