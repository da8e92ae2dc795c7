-- id: K25
-- title_zh: 已完成事项未再列入下一步
-- title_en: What is reported done does not reappear as open in the next steps
-- rule: Parts two and three of a notice tell of the same items (纸面整改 is what the guidance warns of). More items taken up again than
--   are open cannot all be the open ones.
-- severity: warning
-- since: 0.1.0
WITH reopened AS (
    SELECT s.notice_id, count(DISTINCT s.reopens_problem) AS items, count(DISTINCT s.reopens_problem) FILTER (p.status = 'completed' AND NOT p.is_long_term) AS done_items,
           list(span(s.start_char, s.end_char) ORDER BY s.ordinal) AS steps, list(span(p.start_char, p.end_char) ORDER BY s.ordinal) AS problems, string_agg(DISTINCT s.reopens_problem::VARCHAR, '、') AS numbers
    FROM next_steps s LEFT JOIN problems p ON p.notice_id = s.notice_id AND p.number = s.reopens_problem
    WHERE s.reopens_problem IS NOT NULL GROUP BY s.notice_id
), named AS (
    -- 对于补充设备、修缮校舍、理顺编制等需要长期整改的工作: items named as open in one sentence
    SELECT notice_id, max(len(string_split(regexp_extract(text, '对于?([^,，。;；:：]{2,80})等[^,，。;；]{0,8}(?:长期整改|长期坚持|未完成|尚未完成|持续整改)', 1), '、'))) AS items, list(span(start_char, end_char)) AS steps
    FROM next_steps WHERE regexp_matches(text, '对于?[^,，。;；:：]{2,80}、[^,，。;；:：]{2,40}等[^,，。;；]{0,8}(?:长期整改|长期坚持|未完成|尚未完成|持续整改)') GROUP BY notice_id
), still_open AS (
    -- what is told as open; long-term work and half-done items are taken up again by right
    SELECT notice_id, sum(high) AS high, sum(high) FILTER (status IN ('in_progress', 'not_completed')) AS plainly_open, list(span) AS places FROM (
        SELECT DISTINCT ON (notice_id, status) * FROM headline WHERE status IN ('in_progress', 'not_completed', 'long_term', 'basically_completed', 'phase') AND step IN ('problem', 'task', 'specific') ORDER BY start_char)
    GROUP BY notice_id
), judged AS (
    SELECT e.notice_id, e.has_next_steps, r.items, r.done_items, coalesce(r.steps, m.steps) AS steps, r.problems, r.numbers, o.high AS open_items, o.places, m.items AS named_items,
           CASE WHEN r.items IS NULL AND m.items IS NULL THEN CASE WHEN e.has_next_steps THEN 'pass' ELSE 'absent' END
                WHEN r.items >= o.high + 2 AND plainly_open = o.high THEN 'reopened'
                WHEN r.items > o.high OR m.items > o.high THEN 'perhaps'
                WHEN o.high IS NULL AND r.done_items > 0 THEN 'perhaps'
                WHEN o.high IS NULL THEN 'rest_untold'
                ELSE 'pass' END AS finding
    FROM extents e LEFT JOIN reopened r USING (notice_id) LEFT JOIN named m USING (notice_id) LEFT JOIN still_open o USING (notice_id)
), stated AS (
    SELECT notice_id, bool_or(status = 'completed') AS tells_done FROM headline GROUP BY notice_id
)
SELECT j.notice_id,
       CASE finding WHEN 'reopened' THEN 'fail' WHEN 'perhaps' THEN 'review' WHEN 'pass' THEN CASE WHEN coalesce(tells_done, false) OR items IS NOT NULL THEN 'pass' ELSE 'not_checkable' END ELSE 'not_checkable' END AS verdict,
       CASE WHEN finding IN ('reopened', 'perhaps') THEN 'reopened' WHEN finding = 'pass' THEN CASE WHEN coalesce(tells_done, false) OR items IS NOT NULL THEN NULL ELSE 'absent' END ELSE finding END AS reason,
       num(open_items) AS lhs, coalesce(items, named_items)::VARCHAR AS rhs,
       coalesce(items, named_items) || CASE WHEN coalesce(items, named_items) > open_items THEN ' > ' ELSE ' ≤ ' END || num(open_items) AS equation, numbers AS reading, places AS lhs_spans, coalesce(steps, []) || coalesce(problems, []) AS rhs_spans
FROM judged j LEFT JOIN stated USING (notice_id)
