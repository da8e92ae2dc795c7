-- id: K20
-- title_zh: 同一数量前后表述一致
-- title_en: One quantity stated twice agrees
-- rule: A figure that is repeated keeps its value. Different values are more often different scopes, so they ask for review.
-- severity: warning
-- since: 0.1.0
WITH stated AS (
    SELECT notice_id, subject || ':' || status AS quantity, low AS value, num(low) AS printed, span, start_char FROM headline
    WHERE status IS NOT NULL AND low = high AND NOT is_nested AND step NOT IN ('rule', 'other', 'rate')
    UNION ALL
    SELECT notice_id, subject || ':' || status, low, num(low) || '%', span, start_char FROM headline WHERE step = 'rate' AND low = high
), grouped AS (
    SELECT notice_id, quantity, count(*) AS times, count(DISTINCT value) AS different, list(span ORDER BY start_char) AS places, arg_min(printed, start_char) AS first_value,
           string_agg(DISTINCT printed, ' ≠ ') AS printed, min(start_char) AS first_char
    FROM stated GROUP BY ALL HAVING count(*) > 1
), money AS (
    -- equal sums told twice in one role prove a repetition; unequal ones are simply other sums
    SELECT notice_id, role AS quantity, count(*) AS times, 1 AS different, list_sort(list(span(start_char, end_char))) AS places, any_value(yuan_low)::VARCHAR || '元' AS first_value, '' AS printed, min(start_char) AS first_char
    FROM amounts WHERE yuan_low = yuan_high AND role IS NOT NULL GROUP BY notice_id, role, yuan_low HAVING count(*) > 1
), worst AS (
    SELECT * FROM (FROM grouped UNION ALL FROM money)
    QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY different = 1, first_char) = 1
)
SELECT n.notice_id, CASE WHEN w.notice_id IS NULL THEN 'not_checkable' WHEN different = 1 THEN 'pass' ELSE 'review' END AS verdict,
       CASE WHEN w.notice_id IS NULL THEN 'single_source' WHEN different > 1 THEN 'repeated_differently' END AS reason,
       first_value AS lhs, CASE WHEN different > 1 THEN printed ELSE first_value END AS rhs, CASE WHEN different > 1 THEN printed ELSE first_value || ' = ' || first_value END AS equation,
       quantity AS reading, places[:1] AS lhs_spans, places[2:] AS rhs_spans
FROM notices n LEFT JOIN worst w USING (notice_id)
