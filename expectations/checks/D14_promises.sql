-- id: D14
-- title_zh: 承诺完成时间晚于落款，过期的提示跟进
-- title_en: A promised finish lies after the signing; once past it is flagged
-- rule: A deadline promised for what is still open cannot lie before the signing; when a later run finds it past, it is a lead to follow up.
-- severity: info
-- since: 0.1.0
WITH promised AS (
    SELECT notice_id, due_earliest AS low, due_latest AS high, start_char, end_char FROM next_steps WHERE due_earliest IS NOT NULL
    UNION ALL SELECT notice_id, deadline_earliest, deadline_latest, start_char, end_char FROM problems WHERE deadline_earliest IS NOT NULL AND coalesce(status, 'in_progress') IN ('in_progress', 'not_completed', 'time_limited', 'long_term')
), compared AS (
    SELECT p.notice_id, p.low, p.high, p.start_char, p.end_char, s.low AS signed_low, s.high AS signed_high, s.span AS signed_span, s.missing, f.seen_at::DATE AS seen_on,
           CASE WHEN s.low IS NOT NULL AND p.high < s.low THEN 'order' WHEN p.high < f.seen_at::DATE THEN 'stale' WHEN s.low IS NULL THEN 'absent' WHEN p.high >= s.high THEN 'pass' ELSE 'approximate' END AS finding
    FROM promised p JOIN header_dates s ON s.notice_id = p.notice_id AND s.name = 'signed' JOIN notices n ON n.notice_id = p.notice_id LEFT JOIN documents f ON f.document_id = n.document_id
), worst AS (
    SELECT * FROM compared QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['order', 'stale', 'pass', 'approximate', 'absent'], finding), start_char) = 1
)
SELECT n.notice_id, CASE WHEN finding IS NULL THEN 'not_applicable' WHEN finding = 'pass' THEN 'pass' WHEN finding IN ('order', 'stale') THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN finding IS NULL THEN 'not_told' ELSE nullif(finding, 'pass') END AS reason, days(low, high) AS lhs, CASE finding WHEN 'stale' THEN seen_on::VARCHAR ELSE days(signed_low, signed_high) END AS rhs,
       days(low, high) || CASE finding WHEN 'pass' THEN ' ≥ ' || days(signed_low, signed_high) WHEN 'order' THEN ' < ' || days(signed_low, signed_high) WHEN 'stale' THEN ' < ' || seen_on ELSE ' ? ' END AS equation,
       NULL AS reading, [span(start_char, end_char)] AS lhs_spans, [worst.signed_span] AS rhs_spans
FROM notices n LEFT JOIN worst USING (notice_id)
