-- id: D04
-- title_zh: 整改方案在反馈后规定期限内制定
-- title_en: Plan within the policy's limit after feedback
-- rule: A dated row of policy_limits (feedback_to_plan); a row that is only an example from elsewhere can ask for review, never fail.
-- severity: info
-- since: 0.1.0
WITH plans AS (
    SELECT f.notice_id, f.low, f.high, f.span, d.earliest, d.latest, d.start_char, d.end_char FROM header_dates f JOIN organising_dates d USING (notice_id)
    WHERE f.name = 'feedback' AND d.role = 'plan' AND d.earliest >= f.low QUALIFY row_number() OVER (PARTITION BY f.notice_id ORDER BY d.start_char) = 1
), limits AS (
    SELECT p.*, l.limit_id, l.months, datediff('day', p.high, p.earliest) AS least_days, datediff('day', p.low, p.latest) AS most_days, (p.high + to_months(l.months))::DATE AS due_latest, (p.low + to_months(l.months))::DATE AS due_earliest
    FROM plans p LEFT JOIN policy_limits l ON l.measures = 'feedback_to_plan' AND p.low >= coalesce(l.valid_from, p.low) AND p.low <= coalesce(l.valid_to, p.low)
    QUALIFY row_number() OVER (PARTITION BY p.notice_id ORDER BY l.standing DESC, l.months) = 1
)
SELECT f.notice_id,
       CASE WHEN l.limit_id IS NULL THEN 'not_checkable' WHEN l.latest <= l.due_earliest THEN 'pass' WHEN l.earliest > l.due_latest THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN f.low IS NULL THEN f.missing WHEN l.notice_id IS NULL THEN 'not_dated' WHEN l.limit_id IS NULL THEN 'policy_unknown' WHEN l.latest <= l.due_earliest THEN NULL WHEN l.earliest > l.due_latest THEN 'late' ELSE 'approximate' END AS reason,
       days(f.low, f.high) AS lhs, days(l.earliest, l.latest) AS rhs,
       least_days || '天' || CASE WHEN l.latest <= l.due_earliest THEN ' ≤ ' WHEN l.earliest > l.due_latest THEN ' > ' ELSE ' ? ' END || months || '个月' AS equation, limit_id AS reading,
       [f.span] AS lhs_spans, [span(l.start_char, l.end_char)] AS rhs_spans
FROM header_dates f LEFT JOIN limits l USING (notice_id) WHERE f.name = 'feedback'
