-- id: K09
-- title_zh: 立行立改、限期整改、长期整改之和等于总数
-- title_en: Immediate + time-bound (+ long-term) = total
-- rule: The plan sorts every problem by how soon it can be put right (立行立改, 限期整改, 长期坚持), so the kinds add up to the total.
-- severity: warning
-- since: 0.1.0
WITH options AS (
    SELECT *, unnest([
        struct_pack(reading := 'two_kinds', rank := 1, parts := [at_once, in_time], low := at_once.low + in_time.low, high := at_once.high + in_time.high),
        struct_pack(reading := 'three_kinds', rank := 0, parts := [at_once, in_time, long_term], low := at_once.low + in_time.low + long_term.low, high := at_once.high + in_time.high + long_term.high),
        struct_pack(reading := 'immediate_and_long_term', rank := 2, parts := [at_once, long_term], low := at_once.low + long_term.low, high := at_once.high + long_term.high)
    ]) AS option
    FROM tallies WHERE at_once IS NOT NULL AND (in_time IS NOT NULL OR long_term IS NOT NULL)
), summed AS (
    SELECT notice_id, first_char, low, high, span, spread, is_same_step, long_term IS NOT NULL AND in_time IS NOT NULL AS has_choice,
           option.reading AS reading, option.rank AS rank, option.parts AS parts, option.low AS sum_low, option.high AS sum_high,
           len(list_filter(option.parts, lambda part: part IS NULL)) > 0 AS is_partial
    FROM options
), compared AS (
    SELECT *, coalesce(equal(sum_low, sum_high, low, high), 'redacted') AS outcome FROM summed WHERE NOT is_partial
), best AS (
    SELECT * FROM compared QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY outcome <> 'pass', NOT is_same_step, spread > 3000, rank) = 1
), judged AS (
    SELECT *, CASE WHEN low IS NULL OR sum_low IS NULL THEN 'redacted' WHEN outcome = 'pass' THEN 'pass' WHEN outcome = 'not_checkable' THEN 'approximate'
                   WHEN NOT is_same_step THEN 'ambiguous_level' WHEN has_choice OR rank = 2 THEN 'parts_incomplete' ELSE 'sum_differs' END AS finding
    FROM best
)
SELECT n.notice_id,
       CASE finding WHEN 'pass' THEN 'pass' WHEN 'sum_differs' THEN 'fail' WHEN 'ambiguous_level' THEN 'review' WHEN 'parts_incomplete' THEN 'review' ELSE 'not_checkable' END AS verdict,
       coalesce(nullif(finding, 'pass'), CASE WHEN finding IS NULL THEN 'absent' END) AS reason,
       num_range(low, high) AS lhs, num_range(sum_low, sum_high) AS rhs,
       array_to_string(list_transform(parts, lambda part: num_range(part.low, part.high)), ' + ')
           || CASE outcome WHEN 'fail' THEN ' = ' || num_range(sum_low, sum_high) || ' ≠ ' WHEN 'pass' THEN ' = ' ELSE ' ? ' END || num_range(low, high) AS equation,
       reading, [span] AS lhs_spans, list_transform(parts, lambda part: part.span) AS rhs_spans
FROM notices n LEFT JOIN judged USING (notice_id)
