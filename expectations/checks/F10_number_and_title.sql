-- id: F10
-- title_zh: 一个文号对应一个文件，一个文件对应一个文号
-- title_en: One document number has one title, one title one number
-- rule: 发文字号 identifies a document (GB/T 9704-2012, 7.2.5). Titles are compared without brackets and blanks.
-- severity: info
-- since: 0.1.0
WITH cited AS (
    SELECT notice_id, document_number, regexp_replace(title, '[《》〈〉\s（）()]|关于印发|的通知$', '', 'g') AS title, start_char, end_char FROM citations WHERE document_number IS NOT NULL
), clashes AS (
    SELECT notice_id, document_number AS one, string_agg(DISTINCT title, ' / ' ORDER BY title) AS many, count(DISTINCT title) AS times, list_sort(list(span(start_char, end_char))) AS places, min(start_char) AS first_char FROM cited GROUP BY notice_id, document_number
    UNION ALL
    SELECT notice_id, title, string_agg(DISTINCT document_number, ' / ' ORDER BY document_number), count(DISTINCT document_number), list_sort(list(span(start_char, end_char))), min(start_char) FROM cited WHERE title IS NOT NULL GROUP BY notice_id, title
), worst AS (
    SELECT * FROM clashes QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY times DESC, first_char, one) = 1
)
SELECT n.notice_id, CASE WHEN w.notice_id IS NULL THEN 'not_applicable' WHEN times > 1 THEN 'review' ELSE 'pass' END AS verdict, CASE WHEN w.notice_id IS NULL THEN 'not_told' WHEN times > 1 THEN 'titles_differ' END AS reason,
       one AS lhs, many AS rhs, CASE WHEN times > 1 THEN one || ' → ' || many END AS equation, NULL AS reading, CASE WHEN times > 1 THEN places END AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN worst w USING (notice_id)
