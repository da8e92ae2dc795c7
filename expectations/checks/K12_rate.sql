-- id: K12
-- title_zh: 完成率等于完成数除以总数
-- title_en: Percent = round(numerator / denominator), at the digits printed
-- rule: A rate of rectification is the share of the counts stated with it (完成率 = 已完成 ÷ 总数), rounded or cut off at the digits
--   printed. Merged states (已完成和基本完成) are tried as well; the reading that fits is recorded.
-- severity: warning
-- since: 0.1.0
WITH rates AS (
    SELECT notice_id, subject, status, low, high, decimals, modifier, span, start_char,
           CASE WHEN subject LIKE '%信访%' THEN ['petition'] WHEN subject LIKE '%线索%' THEN ['clue'] WHEN subject LIKE '%案%' THEN ['case']
                WHEN subject LIKE '%措施%' OR subject LIKE '%举措%' THEN ['measure'] WHEN subject LIKE '%任务%' THEN ['task']
                ELSE ['problem', 'task', 'specific', 'opinion', 'measure'] END AS steps
    FROM headline WHERE step = 'rate'
), tried AS (
    SELECT r.notice_id, r.low AS rate, r.high AS rate_high, r.decimals, r.modifier, r.span, r.start_char, t.low AS whole, t.high AS whole_high, t.span AS whole_span, t.spread, t.is_same_step,
           abs(r.start_char - t.first_char) AS distance, t.states,
           abs(r.start_char - coalesce(t.done, t.going_on, t.not_done, t.basically).span.start_char) AS part_distance,
           unnest(CASE r.status
               WHEN 'completed' THEN [
                   struct_pack(reading := 'done', rank := 0, part := t.done.low), struct_pack(reading := 'done_and_basically', rank := 1, part := t.done.low + t.basically.low),
                   struct_pack(reading := 'done_and_phase', rank := 2, part := t.done.low + t.phase.low), struct_pack(reading := 'done_and_long_term', rank := 3, part := t.done.low + t.long_term.low),
                   struct_pack(reading := 'all_but_open', rank := 4, part := CASE WHEN t.done IS NULL AND (t.going_on IS NOT NULL OR t.not_done IS NOT NULL)
                       THEN t.low - coalesce(t.going_on.low, 0) - coalesce(t.not_done.low, 0) END)]
               WHEN 'basically_completed' THEN [struct_pack(reading := 'basically', rank := 0, part := t.basically.low), struct_pack(reading := 'done_and_basically', rank := 1, part := t.done.low + t.basically.low)]
               ELSE [
                   struct_pack(reading := 'open', rank := 0, part := CASE WHEN r.status = 'in_progress' THEN t.going_on.low ELSE t.not_done.low END),
                   struct_pack(reading := 'all_open', rank := 1, part := t.going_on.low + t.not_done.low),
                   struct_pack(reading := 'all_but_done', rank := 2, part := CASE WHEN t.going_on IS NULL AND t.not_done IS NULL THEN t.low - t.done.low END)] END) AS option
    FROM rates r JOIN tallies t ON t.notice_id = r.notice_id AND list_contains(r.steps, t.step)
        -- a plain 完成率 is of the measures only right behind their number, 211条措施落实205条,落实率97.2%, or with what is open beside it: 落实率98.9%,尚有1项未落实
        AND (t.step <> 'measure' OR len(r.steps) = 1 OR r.start_char - t.done.span.start_char BETWEEN 0 AND 60
             OR (t.done IS NULL AND abs(r.start_char - coalesce(t.going_on, t.not_done).span.start_char) <= 60))
), computed AS (
    SELECT * EXCLUDE (option), option.reading AS reading, option.rank AS rank, option.part AS part, 100 * option.part / nullif(whole, 0) AS found FROM tried WHERE option.part IS NOT NULL
), judged AS (
    SELECT *, CASE WHEN rate IS NULL OR whole IS NULL THEN 'redacted' WHEN modifier <> 'exact' OR whole <> whole_high THEN 'approximate'
                   WHEN prints_as(found, rate, decimals) THEN 'pass' ELSE 'rate_differs' END AS finding
    FROM computed
), of_each AS (
    -- the reading that fits, else the plainest one of the nearest total
    SELECT notice_id, span, rate, rate_high, start_char, reading, rank, part, found, finding, whole, whole_span, states, distance, part_distance, is_same_step, decimals FROM judged
    QUALIFY row_number() OVER (PARTITION BY notice_id, start_char ORDER BY finding <> 'pass', rank, distance) = 1
    UNION ALL
    SELECT notice_id, span, low, high, start_char, 'operands', 0, one, found, finding, two, operand_spans[1], [struct_pack(low := 0.0::DOUBLE, high := 0.0::DOUBLE, span := operand_spans[2], subject := '', part_of := '')], 9999, 9999, false, decimals
    FROM recomputed_figures WHERE kind = 'percent' AND finding IN ('pass', 'recomputed_differs')
), told AS (
    SELECT *, CASE WHEN finding = 'pass' THEN 'pass' WHEN finding IN ('redacted', 'approximate') THEN 'not_checkable'
                   WHEN rank = 0 AND is_same_step AND distance <= 600 AND part_distance <= 200 THEN 'fail' ELSE 'review' END AS verdict
    FROM of_each
), worst AS (
    SELECT * FROM told QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['fail', 'review', 'pass', 'not_checkable'], verdict), start_char) = 1
), any_rate AS (
    SELECT notice_id, any_value(span) AS span, any_value(low) AS low FROM rates GROUP BY notice_id
)
SELECT n.notice_id,
       CASE WHEN verdict IS NOT NULL THEN verdict WHEN a.notice_id IS NOT NULL THEN 'not_checkable' ELSE 'not_applicable' END AS verdict,
       CASE WHEN verdict IS NOT NULL THEN nullif(replace(finding, 'recomputed_differs', 'rate_differs'), 'pass') WHEN a.notice_id IS NOT NULL THEN 'absent' ELSE 'not_told' END AS reason,
       coalesce(num(rate), num(a.low)) || '%' AS lhs, format('{:.12g}%', round(found, decimals::INTEGER + 2)) AS rhs,
       format('{:.12g} ÷ {:.12g} = ', part, whole) || CASE WHEN finding = 'pass' THEN '' ELSE format('{:.12g}%', round(found, decimals::INTEGER + 2)) || CASE WHEN verdict = 'not_checkable' THEN ' ? ' ELSE ' ≠ ' END END || num_range(rate, rate_high) || '%' AS equation,
       reading, [coalesce(w.span, a.span)] AS lhs_spans, [whole_span] || list_transform(states, lambda state: state.span) AS rhs_spans
FROM notices n LEFT JOIN worst w USING (notice_id) LEFT JOIN any_rate a USING (notice_id)
