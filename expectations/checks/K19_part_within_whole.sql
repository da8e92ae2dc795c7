-- id: K19
-- title_zh: “其中”所述部分不大于整体
-- title_en: A part told by 其中 does not exceed its whole
-- rule: 其中 takes a part out of a whole, so the part cannot be greater (set reading of 其中).
-- severity: warning
-- since: 0.1.0
WITH told AS (
    SELECT notice_id, value_low AS low, value_high AS high, subject, ladder_step(subject) AS step, status, part_of, scope, start_char, end_char FROM claims
), pairs AS (
    SELECT p.notice_id, p.low, p.high, p.start_char, p.end_char, w.low AS whole_low, w.high AS whole_high, w.start_char AS whole_start, w.end_char AS whole_end
    FROM told p JOIN told w ON w.notice_id = p.notice_id AND w.start_char < p.start_char
    WHERE p.part_of IS NOT NULL AND p.step <> 'rate' AND w.step <> 'rate' AND w.scope IS NOT DISTINCT FROM p.scope
      AND (w.subject = p.part_of OR (w.status = p.part_of AND (w.step = p.step OR (w.step IN ('problem', 'task') AND p.step IN ('problem', 'task')))))
    UNION ALL
    SELECT p.notice_id, coalesce(p.persons, p.bodies), coalesce(p.persons_high, p.persons, p.bodies), p.start_char, p.end_char, coalesce(w.persons, w.bodies), coalesce(w.persons_high, w.persons, w.bodies), w.start_char, w.end_char
    FROM accountability p JOIN accountability w ON w.notice_id = p.notice_id AND w.kind = p.part_of AND w.unit = p.unit
    WHERE w.start_char < p.start_char
), nearest AS (
    SELECT *, at_most(low, high, whole_low, whole_high) AS outcome FROM pairs
    QUALIFY row_number() OVER (PARTITION BY notice_id, start_char ORDER BY start_char - whole_start) = 1
), surfaces AS (
    -- 党员60名, 其中预备党员4名: any two counts of one unit, of whatever they are
    SELECT notice_id, text, unnest(regexp_extract_all(text, '[0-9]{1,6}(?:个|名|人|件|条|项|户|家|所|村)[^。;；\n0-9]{0,24}其中[^,，。;；\n0-9]{0,12}[0-9]{1,6}(?:个|名|人|件|条|项|户|家|所|村)')) AS surface
    FROM texts WHERE contains(text, '其中')
), matched AS (
    SELECT notice_id, strpos(text, surface) - 1 AS first_char, length(surface) AS size, regexp_extract(surface, '^([0-9]+)(.)', 1)::DOUBLE AS whole, regexp_extract(surface, '^([0-9]+)(.)', 2) AS whole_unit,
           regexp_extract(surface, '([0-9]+)(.)$', 1)::DOUBLE AS part, regexp_extract(surface, '([0-9]+)(.)$', 2) AS part_unit, length(regexp_extract(surface, '([0-9]+.)$', 1)) AS part_size, length(regexp_extract(surface, '^([0-9]+.)', 1)) AS whole_size
    FROM surfaces
), both_ways AS (
    SELECT *, false AS is_loose FROM nearest
    UNION ALL
    SELECT notice_id, part, part, first_char + size - part_size, first_char + size, whole, whole, first_char, first_char + whole_size, CASE WHEN part <= whole THEN 'pass' ELSE 'fail' END, true FROM matched WHERE whole_unit = part_unit
), worst AS (
    SELECT *, count(*) OVER (PARTITION BY notice_id) AS parts FROM both_ways
    QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['fail', 'pass', 'not_checkable'], outcome), is_loose, start_char) = 1
)
SELECT n.notice_id,
       CASE WHEN outcome IS NULL THEN 'not_applicable' WHEN outcome = 'fail' AND (is_loose OR start_char - whole_start > 300) THEN 'review' ELSE outcome END AS verdict,
       CASE outcome WHEN 'fail' THEN 'part_exceeds_whole' WHEN 'not_checkable' THEN CASE WHEN low IS NULL OR whole_low IS NULL THEN 'redacted' ELSE 'approximate' END
            ELSE CASE WHEN outcome IS NULL THEN 'not_told' END END AS reason,
       num_range(low, high) AS lhs, num_range(whole_low, whole_high) AS rhs,
       num_range(low, high) || CASE outcome WHEN 'pass' THEN ' ≤ ' WHEN 'fail' THEN ' > ' ELSE ' ? ' END || num_range(whole_low, whole_high) AS equation,
       CASE WHEN parts > 1 THEN parts || '_parts' END AS reading, [span(start_char, end_char)] AS lhs_spans, [span(whole_start, whole_end)] AS rhs_spans
FROM notices n LEFT JOIN worst USING (notice_id)
