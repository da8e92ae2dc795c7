-- id: K21
-- title_zh: 金额合计等于各分项之和
-- title_en: Sum of money = its parts, in one unit
-- rule: Parts told by 其中 within one sentence do not exceed the whole; a list that comes within a hair of it must meet it;
--   a list that ends in 共计 or 合计 adds up to what stands there. All in yuan.
-- severity: warning
-- since: 0.1.0
WITH ordered AS (
    SELECT a.notice_id, a.start_char, a.end_char, a.yuan_low, a.yuan_high, a.role, lag(a.end_char) OVER notice AS before FROM amounts a WINDOW notice AS (PARTITION BY a.notice_id ORDER BY a.start_char)
), linked AS (
    SELECT o.* EXCLUDE (before), CASE WHEN o.start_char - before BETWEEN 0 AND 60 THEN t.text[before + 1:o.start_char] ELSE '。' END AS gap FROM ordered o JOIN texts t USING (notice_id)
), marked AS (
    SELECT *, regexp_matches(gap, '[。;；\n]') AS is_break, NOT is_break AND regexp_matches(gap, '其中|包括|分别') AS opens,
           NOT is_break AND NOT opens AND regexp_matches(gap, '[共合总]计') AS closes FROM linked
), chained AS (
    SELECT *, sum((is_break OR opens)::INTEGER) OVER (PARTITION BY notice_id ORDER BY start_char) AS chain,
           lag(yuan_low) OVER place AS whole_low, lag(yuan_high) OVER place AS whole_high, lag(start_char) OVER place AS whole_start, lag(end_char) OVER place AS whole_end
    FROM marked WINDOW place AS (PARTITION BY notice_id ORDER BY start_char)
), summed AS (
    SELECT notice_id, chain, bool_or(opens) AS is_part, arg_min(whole_low, start_char) AS whole_low, arg_min(whole_high, start_char) AS whole_high, arg_min(span(whole_start, whole_end), start_char) AS whole_span,
           sum(yuan_low) AS low, sum(yuan_high) AS high, bool_or(yuan_low IS NULL) AS is_masked, count(*) AS parts, list_sort(list(span(start_char, end_char))) AS places,
           string_agg(num(yuan_low), ' + ' ORDER BY start_char) AS formula, min(start_char) AS first_char
    FROM chained GROUP BY notice_id, chain
), closed AS (
    -- 清退甲3万元、清退乙2万元,共计清退5万元: of one role, else the total may speak of something else
    SELECT c.notice_id, c.chain, true AS is_part, c.yuan_low AS whole_low, c.yuan_high AS whole_high, span(c.start_char, c.end_char) AS whole_span,
           sum(p.yuan_low) AS low, sum(p.yuan_high) AS high, bool_or(p.yuan_low IS NULL) AS is_masked, count(*) AS parts, list_sort(list(span(p.start_char, p.end_char))) AS places,
           string_agg(num(p.yuan_low), ' + ' ORDER BY p.start_char) AS formula, min(p.start_char) AS first_char
    FROM chained c JOIN chained p ON p.notice_id = c.notice_id AND p.chain = c.chain AND p.start_char < c.start_char AND NOT p.opens AND NOT p.closes
    WHERE c.closes AND c.yuan_low IS NOT NULL
    GROUP BY c.notice_id, c.chain, c.start_char, c.end_char, c.yuan_low, c.yuan_high, c.role
    HAVING count(*) > 1 AND bool_and(p.role IS NOT DISTINCT FROM coalesce(c.role, p.role))
), judged AS (
    SELECT *, CASE WHEN is_masked OR whole_low IS NULL THEN 'redacted' WHEN low > whole_high THEN 'part_exceeds_whole'
                   WHEN low <> high OR whole_low <> whole_high OR high IS NULL OR whole_high IS NULL THEN 'approximate'
                   WHEN low = whole_low OR parts = 1 OR low < 0.95::DOUBLE * whole_low THEN 'pass' ELSE 'parts_incomplete' END AS finding
    FROM summed WHERE is_part
    UNION ALL SELECT *, CASE WHEN is_masked THEN 'redacted' WHEN low <> high OR whole_low <> whole_high OR high IS NULL OR whole_high IS NULL THEN 'approximate' WHEN low = whole_low THEN 'pass' ELSE 'parts_incomplete' END FROM closed
), worst AS (
    SELECT * FROM judged QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['part_exceeds_whole', 'parts_incomplete', 'pass', 'approximate', 'redacted'], finding), first_char) = 1
), sums AS (
    SELECT notice_id, count(*) AS amounts FROM amounts WHERE is_recovery OR yuan_low IS NULL GROUP BY notice_id
)
SELECT n.notice_id,
       CASE WHEN coalesce(s.amounts, 0) = 0 AND finding IS NULL THEN 'not_applicable' WHEN finding IS NULL THEN 'not_checkable' WHEN finding = 'pass' THEN 'pass' WHEN finding = 'part_exceeds_whole' THEN 'fail' WHEN finding = 'parts_incomplete' THEN 'review' ELSE 'not_checkable' END AS verdict,
       CASE WHEN coalesce(s.amounts, 0) = 0 AND finding IS NULL THEN 'not_told' WHEN finding IS NULL THEN 'absent' ELSE nullif(finding, 'pass') END AS reason,
       num(whole_low) || '元' AS lhs, num(low) || '元' AS rhs,
       formula || CASE WHEN low = whole_low THEN ' = ' WHEN finding = 'pass' THEN ' ≤ ' WHEN finding = 'part_exceeds_whole' THEN ' > ' WHEN finding = 'parts_incomplete' THEN ' ≠ ' ELSE ' ? ' END || num(whole_low) AS equation,
       CASE WHEN finding IS NOT NULL THEN CASE WHEN low = whole_low THEN 'partition' ELSE 'subset' END END AS reading, [whole_span] AS lhs_spans, places AS rhs_spans
FROM notices n LEFT JOIN worst USING (notice_id) LEFT JOIN sums s USING (notice_id)
