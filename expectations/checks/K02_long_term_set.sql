-- id: K02
-- title_zh: 长期坚持数与完成数、总数的关系成立
-- title_en: Long-term items lie within the done ones, or are a part of the whole
-- rule: 其中 nests long-term items in the done ones; without it they are a state beside the others. The reading that adds up is used.
-- severity: warning
-- since: 0.1.0
WITH readings AS (
    SELECT notice_id, low, high, span, states, spread, long_term.low AS long_low, long_term.high AS long_high, long_term_within AS within, done,
           coalesce(long_term_within, long_term) AS chosen,
           CASE WHEN long_term_within IS NOT NULL THEN 'nested'
                WHEN states_low + long_term.low = low AND states_high + long_term.high = high THEN 'partition'
                WHEN states_low = low AND states_high = high AND long_term.high <= done.low THEN 'subset'
                ELSE 'unclear' END AS reading
    FROM tallies WHERE long_term IS NOT NULL OR long_term_within IS NOT NULL
), judged AS (
    SELECT *, CASE reading WHEN 'nested' THEN at_most(chosen.low, chosen.high, done.low, done.high)
                           WHEN 'unclear' THEN at_most(chosen.low, chosen.high, low, high) ELSE 'pass' END AS outcome,
           CASE WHEN reading IN ('nested', 'subset') THEN num_range(done.low, done.high) ELSE num_range(low, high) END AS whole
    FROM readings
), best AS (
    SELECT * FROM judged QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY reading = 'unclear', outcome <> 'pass', spread) = 1
)
SELECT n.notice_id,
       CASE WHEN outcome IS NULL OR reading = 'unclear' AND outcome = 'pass' THEN 'not_checkable' ELSE outcome END AS verdict,
       CASE WHEN outcome IS NULL THEN 'absent' WHEN chosen.low IS NULL THEN 'redacted' WHEN reading = 'nested' AND done IS NULL THEN 'absent'
            WHEN outcome = 'fail' THEN 'part_exceeds_whole' WHEN outcome = 'not_checkable' THEN 'approximate' WHEN reading = 'unclear' THEN 'rest_untold' END AS reason,
       num_range(chosen.low, chosen.high) AS lhs, whole AS rhs,
       CASE reading WHEN 'partition' THEN array_to_string(list_transform(states || [chosen], lambda part: num_range(part.low, part.high)), ' + ') || ' = ' || whole
            ELSE num_range(chosen.low, chosen.high) || CASE outcome WHEN 'pass' THEN ' ≤ ' WHEN 'fail' THEN ' > ' ELSE ' ? ' END || whole END AS equation,
       reading, [chosen.span] AS lhs_spans,
       CASE reading WHEN 'partition' THEN list_transform(states, lambda part: part.span) || [span] WHEN 'unclear' THEN [span] ELSE [done.span] END AS rhs_spans
FROM notices n LEFT JOIN best USING (notice_id)
