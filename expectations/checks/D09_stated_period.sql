-- id: D09
-- title_zh: 所述集中整改时长与日期相符
-- title_en: Stated length of 集中整改 agrees with the dates
-- rule: 三个月的集中整改 is over when the months have passed between feedback and signing, and is told soon after: within a month. The time that
--   publishing takes may lengthen it, so a difference asks for review.
-- severity: info
-- since: 0.1.0
WITH told AS (
    SELECT notice_id, regexp_extract(text, '([一二两三四五六七八九十]|[0-9]{1,2}) ?个月(?:的|左右的|左右)?(?:集中)?整改', 1) AS printed, regexp_extract(text, '(?:[一二两三四五六七八九十]|[0-9]{1,2}) ?个月(?:的|左右的|左右)?(?:集中)?整改') AS surface, text
    FROM texts WHERE contains(text, '个月')
), stated AS (
    SELECT notice_id, coalesce(try_cast(printed AS INTEGER), nullif(strpos('一二三四五六七八九十', printed), 0), 2) AS months, span(strpos(text, surface) - 1, strpos(text, surface) - 1 + length(surface)) AS span
    FROM told WHERE printed <> ''
), compared AS (
    SELECT t.notice_id, months, t.span, f.low AS feedback_low, s.low AS signed_low, s.span AS signed_span, f.span AS feedback_span, coalesce(f.missing, s.missing) AS missing,
           datediff('day', f.high, s.low) AS least_days, datediff('day', f.low, s.high) AS most_days
    FROM stated t JOIN header_dates f ON f.notice_id = t.notice_id AND f.name = 'feedback' JOIN header_dates s ON s.notice_id = t.notice_id AND s.name = 'signed'
)
SELECT n.notice_id,
       CASE WHEN c.notice_id IS NULL THEN 'not_applicable' WHEN missing IS NOT NULL THEN 'not_checkable' WHEN least_days >= months * 28 AND most_days <= (months + 1) * 31 THEN 'pass' WHEN most_days < months * 28 OR least_days > (months + 1) * 31 THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN c.notice_id IS NULL THEN 'not_told' WHEN missing IS NOT NULL THEN missing WHEN least_days >= months * 28 AND most_days <= (months + 1) * 31 THEN NULL WHEN most_days < months * 28 OR least_days > (months + 1) * 31 THEN 'length_differs' ELSE 'approximate' END AS reason,
       months || '个月' AS lhs, least_days || '天' AS rhs, months || '个月' || CASE WHEN least_days > (months + 1) * 31 THEN ' < ' WHEN least_days >= months * 28 THEN ' ≤ ' WHEN most_days < months * 28 THEN ' > ' ELSE ' ? ' END || least_days || '天' AS equation,
       NULL AS reading, [c.span] AS lhs_spans, [c.feedback_span, c.signed_span] AS rhs_spans
FROM notices n LEFT JOIN compared c USING (notice_id)
