-- id: K01
-- title_zh: 问题总数等于各整改状态之和
-- title_en: All problems = done + basically done + in progress + not done
-- rule: The states of rectification (已完成, 基本完成, 正在整改, 未完成) partition what was fed back (整改台账 practice; condition of
--   销号管理). 长期坚持 counts as a state of its own only where 其中 does not nest it and the sum needs it.
-- severity: warning
-- since: 0.1.0
WITH options AS (
    SELECT *, unnest([
        struct_pack(reading := 'states', rank := 0, parts := states, low := states_low, high := states_high),
        CASE WHEN long_term IS NOT NULL THEN struct_pack(reading := 'states_and_long_term', rank := 1, parts := states || [long_term], low := states_low + long_term.low, high := states_high + long_term.high) END,
        CASE WHEN at_once IS NULL AND in_time IS NOT NULL THEN struct_pack(reading := 'states_and_time_limited', rank := 2, parts := states || [in_time], low := states_low + in_time.low, high := states_high + in_time.high) END,
        CASE WHEN at_once IS NULL AND in_time IS NOT NULL AND long_term IS NOT NULL
             THEN struct_pack(reading := 'all_states', rank := 3, parts := states || [long_term, in_time], low := states_low + long_term.low + in_time.low, high := states_high + long_term.high + in_time.high) END,
        -- 正在整改、暂未完成的1项 may be read as two states of the same items
        CASE WHEN going_on.low = not_done.low THEN struct_pack(reading := 'open_told_twice', rank := 4, parts := list_filter([done, basically, phase, going_on], lambda part: part IS NOT NULL), low := states_low - not_done.low, high := states_high - not_done.high) END
    ]) AS option
    FROM tallies
), summed AS (
    SELECT notice_id, first_char, step, low, high, span, spread, is_same_step, going_on IS NOT NULL OR not_done IS NOT NULL AS has_open, done.low AS done_low,
           option.reading AS reading, option.rank AS rank, option.parts AS parts, option.low AS sum_low, option.high AS sum_high
    FROM options WHERE len(option.parts) > 0
), compared AS (
    SELECT *, coalesce(equal(sum_low, sum_high, low, high), 'redacted') AS outcome FROM summed
), best AS (
    -- of the readings of one total, the one that adds up, else the plainest
    SELECT * FROM compared WHERE low IS NOT NULL OR rank = 0 QUALIFY row_number() OVER (PARTITION BY notice_id, first_char ORDER BY outcome <> 'pass', rank) = 1
), judged AS (
    SELECT *, CASE
        WHEN low IS NULL OR sum_low IS NULL THEN 'redacted'
        WHEN outcome = 'pass' THEN 'pass'
        WHEN outcome = 'not_checkable' THEN 'approximate'
        WHEN done_low > high AND is_same_step THEN 'part_exceeds_whole'
        WHEN (NOT has_open OR done_low IS NULL) AND sum_low <= high AND len(parts) = 1 THEN 'rest_untold'
        WHEN NOT is_same_step THEN 'ambiguous_level'
        WHEN spread > 600 THEN 'far_apart'
        WHEN has_open THEN 'sum_differs'
        ELSE 'parts_incomplete' END AS finding
    FROM best
), told AS (
    SELECT *, CASE WHEN finding = 'pass' THEN 'pass' WHEN finding IN ('sum_differs', 'part_exceeds_whole') THEN 'fail'
                   WHEN finding IN ('redacted', 'approximate', 'rest_untold') THEN 'not_checkable' ELSE 'review' END AS verdict
    FROM judged
), per_step AS (
    -- a total stated in several places is judged where its states stand
    SELECT * FROM told QUALIFY row_number() OVER (PARTITION BY notice_id, step ORDER BY verdict <> 'pass', verdict = 'not_checkable', spread, first_char) = 1
), worst AS (
    -- a total without states of its own is not judged by those that another total has used up
    SELECT * FROM per_step
    WHERE finding <> 'ambiguous_level' OR notice_id NOT IN (SELECT notice_id FROM per_step WHERE finding = 'pass')
    QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['fail', 'review', 'pass', 'not_checkable'], verdict), finding = 'rest_untold', first_char) = 1
)
SELECT n.notice_id, coalesce(verdict, 'not_checkable') AS verdict,
       coalesce(nullif(finding, 'pass'), CASE WHEN finding IS NULL THEN 'absent' END) AS reason,
       num_range(low, high) AS lhs,
       num_range(sum_low, sum_high) AS rhs,
       array_to_string(list_transform(parts, lambda part: num_range(part.low, part.high)), ' + ')
           || CASE WHEN len(parts) > 1 AND outcome = 'fail' THEN ' = ' || num_range(sum_low, sum_high) ELSE '' END
           || CASE outcome WHEN 'pass' THEN ' = ' WHEN 'fail' THEN ' ≠ ' ELSE ' ? ' END || num_range(low, high) AS equation,
       reading, [span] AS lhs_spans, list_transform(parts, lambda part: part.span) AS rhs_spans
FROM notices n LEFT JOIN worst USING (notice_id)
