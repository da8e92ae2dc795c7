-- id: K13
-- title_zh: 同一整体的各占比之和为百分之百
-- title_en: Shares of one whole add up to 100, within rounding
-- rule: Shares printed for one whole (占比; 完成率 beside 延期率) add up to 100, give or take half a unit of the last digit each.
-- severity: warning
-- since: 0.1.0
WITH pairs AS (
    -- 整改完成率96.18%, 延期率3.82%
    SELECT d.notice_id, [d.low, o.low] AS shares, [d.span, o.span] AS places, greatest(d.decimals, o.decimals) AS decimals, d.start_char, d.low = d.high AND o.low = o.high AS is_exact, true AS is_rate
    FROM headline d JOIN headline o USING (notice_id)
    WHERE d.step = 'rate' AND o.step = 'rate' AND d.status = 'completed' AND o.status IN ('in_progress', 'not_completed') AND o.start_char - d.end_char BETWEEN 0 AND 60
    UNION ALL
    SELECT notice_id, operands, operand_spans, decimals, start_char, modifier = 'exact', false FROM figures WHERE kind = 'share' AND len(operands) > 1
), summed AS (
    SELECT *, list_sum(shares) AS total, len(shares) * 0.5 * 0.1 ** CASE WHEN is_rate THEN decimals ELSE 0 END + 1e-9 AS slack FROM pairs
), judged AS (
    SELECT *, CASE WHEN total IS NULL THEN 'redacted' WHEN NOT is_exact THEN 'approximate' WHEN abs(total - 100) <= slack THEN 'pass' ELSE 'shares_differ' END AS finding FROM summed
), worst AS (
    SELECT * FROM judged QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['shares_differ', 'pass', 'approximate', 'redacted'], finding), start_char) = 1
)
SELECT n.notice_id,
       CASE WHEN finding IS NULL THEN 'not_applicable' WHEN finding = 'pass' THEN 'pass' WHEN finding <> 'shares_differ' THEN 'not_checkable' WHEN is_rate AND total > 100 THEN 'fail' ELSE 'review' END AS verdict,
       CASE WHEN finding IS NULL THEN 'not_told' ELSE nullif(finding, 'pass') END AS reason, '100%' AS lhs, num(total) || '%' AS rhs,
       array_to_string(list_transform(shares, lambda share: num(share)), ' + ') || CASE finding WHEN 'shares_differ' THEN ' = ' || num(total) || ' ≠ 100' WHEN 'pass' THEN ' = ' || num(total) ELSE ' ? 100' END AS equation,
       CASE WHEN is_rate THEN 'done_and_open' WHEN finding IS NOT NULL THEN 'shares' END AS reading, [] AS lhs_spans, places AS rhs_spans
FROM notices n LEFT JOIN worst USING (notice_id)
