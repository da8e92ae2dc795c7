-- id: D08
-- title_zh: 反馈至落款在规定期限内
-- title_en: Feedback to signing within the policy's limit
-- rule: 中国共产党巡视工作条例 art. 27 (巡视, 2 months, to 2024-02) and county rules as examples (policy_limits). The rule binds the report,
--   not its publication, and counties follow their own, so a longer time asks for review and names the row; unknown rules are said so.
-- severity: info
-- since: 0.1.0
WITH spent AS (
    SELECT f.notice_id, f.low, f.high, f.span, f.missing, s.low AS signed_low, s.high AS signed_high, s.span AS signed_span, s.missing AS signed_missing,
           datediff('day', f.high, s.low) AS least_days, CASE WHEN n.inspection_kind LIKE '%巡视%' THEN '巡视' ELSE '巡察' END AS kind
    FROM header_dates f JOIN header_dates s ON s.notice_id = f.notice_id AND s.name = 'signed' JOIN notices n ON n.notice_id = f.notice_id WHERE f.name = 'feedback'
), limits AS (
    SELECT p.notice_id, l.limit_id, l.months, l.standing, p.signed_low > (p.high + to_months(l.months))::DATE AS is_late, p.signed_high <= (p.low + to_months(l.months))::DATE AS is_in_time
    FROM spent p JOIN policy_limits l ON l.measures = 'feedback_to_signed' AND l.inspection_kind = p.kind AND p.low >= coalesce(l.valid_from, p.low) AND p.low <= coalesce(l.valid_to, p.low)
), chosen AS (
    -- the longest limit that was passed, else the rule that was kept
    SELECT * FROM limits QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY coalesce(is_late, false) DESC, CASE WHEN is_late THEN -months ELSE months END) = 1
)
SELECT p.notice_id,
       CASE WHEN p.low IS NULL OR signed_low IS NULL OR limit_id IS NULL THEN 'not_checkable' WHEN is_late THEN 'review' WHEN is_in_time AND standing = 'rule' THEN 'pass' ELSE 'not_checkable' END AS verdict,
       CASE WHEN p.low IS NULL THEN p.missing WHEN signed_low IS NULL THEN signed_missing WHEN limit_id IS NULL THEN 'policy_unknown' WHEN is_late THEN 'late'
            WHEN is_in_time AND standing = 'rule' THEN NULL WHEN is_in_time THEN 'policy_unknown' ELSE 'approximate' END AS reason,
       days(p.low, p.high) AS lhs, days(signed_low, signed_high) AS rhs,
       least_days || '天' || CASE WHEN is_late THEN ' > ' WHEN is_in_time THEN ' ≤ ' ELSE ' ? ' END || months || '个月' AS equation, limit_id AS reading, [p.span] AS lhs_spans, [signed_span] AS rhs_spans
FROM spent p LEFT JOIN chosen USING (notice_id)
