-- id: F09
-- title_zh: 发文字号格式规范
-- title_en: Document numbers are written as 机关代字〔YYYY〕N号
-- rule: GB/T 9704-2012, 7.2.5: hexagonal brackets, four-digit year, number without 第 and without leading zero.
-- severity: info
-- since: 0.1.0
WITH found AS (
    SELECT notice_id, count(*) AS numbers, count(*) FILTER (has_form_error) AS odd,
           list_sort(list(span(start_char, end_char)) FILTER (has_form_error)) AS places,
           arg_min(struct_pack(printed := number_raw, canonical := document_number), start_char) FILTER (has_form_error) AS shown
    FROM citations WHERE document_number IS NOT NULL GROUP BY notice_id
)
SELECT n.notice_id, CASE WHEN f.notice_id IS NULL THEN 'not_applicable' WHEN odd = 0 THEN 'pass' WHEN e.is_whole THEN 'fail' ELSE 'review' END AS verdict,
       CASE WHEN f.notice_id IS NULL THEN 'not_told' WHEN odd > 0 THEN 'form' END AS reason,
       shown.printed AS lhs, shown.canonical AS rhs, CASE WHEN f.notice_id IS NOT NULL THEN (numbers - odd) || CASE WHEN odd = 0 THEN ' = ' ELSE ' < ' END || numbers END AS equation,
       NULL AS reading, coalesce(places, []) AS lhs_spans, [] AS rhs_spans
FROM notices n JOIN extents e USING (notice_id) LEFT JOIN found f USING (notice_id)
