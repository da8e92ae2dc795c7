-- id: F11
-- title_zh: 层次序数依次为一、（一）1.（1）
-- title_en: Headings go 一、 > （一） > 1. > （1）
-- rule: GB/T 9704-2012, 7.3.3 (order and marks of the layers of text). Parsed leniently, reported strictly.
-- severity: info
-- since: 0.1.0
WITH ranked AS (
    SELECT notice_id, path, parent_path, mark, label, is_irregular, start_char, end_char, list_position(['han_comma', 'han_paren', 'arabic_dot', 'arabic_paren'], mark) AS rank FROM nodes
), judged AS (
    SELECT c.notice_id, c.label, c.start_char, c.end_char, c.is_irregular OR c.mark IN ('arabic_comma', 'arabic_close') OR c.rank <= p.rank AS is_odd
    FROM ranked c LEFT JOIN ranked p ON p.notice_id = c.notice_id AND p.path = c.parent_path
    WHERE c.rank IS NOT NULL OR c.is_irregular OR c.mark IN ('arabic_comma', 'arabic_close')
), per_notice AS (
    SELECT notice_id, count(*) AS marks, count(*) FILTER (is_odd) AS odd, list_sort(list(span(start_char, end_char)) FILTER (is_odd)) AS places, arg_min(label, start_char) FILTER (is_odd) AS shown FROM judged GROUP BY notice_id
)
SELECT n.notice_id, CASE WHEN marks IS NULL THEN 'not_checkable' WHEN odd = 0 THEN 'pass' ELSE 'review' END AS verdict, CASE WHEN marks IS NULL THEN 'not_itemised' WHEN odd > 0 THEN 'form' END AS reason,
       marks::VARCHAR AS lhs, (marks - odd)::VARCHAR AS rhs, shown AS equation, NULL AS reading, places AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN per_notice USING (notice_id)
