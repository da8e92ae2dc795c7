-- id: F08
-- title_zh: 落款单位与标题单位一致，成文日期用阿拉伯数字
-- title_en: Signature = title body, date in Arabic numerals
-- rule: GB/T 9704-2012, 7.3.5 (signing body and date). One name may be the fuller form of the other. An excerpt owes no signature.
-- severity: info
-- since: 0.1.0
WITH judged AS (
    SELECT n.*, CASE
        WHEN signed_org IS NULL AND signed_raw IS NULL THEN CASE WHEN e.is_whole THEN 'missing' ELSE 'incomplete_text' END
        WHEN signed_org IS NULL OR signed_raw IS NULL THEN CASE WHEN e.is_whole THEN 'signature_incomplete' ELSE 'incomplete_text' END
        WHEN title IS NULL AND inspected_org IS NULL THEN 'no_title'
        WHEN NOT (contains(coalesce(title, ''), without_organ(signed_org)) OR signed_org = inspected_org
                  OR len(list_filter(list_filter(list_append(inspected_org_aliases, inspected_org), lambda name: name <> signed_org), lambda name: contains(without_organ(signed_org), without_organ(name)) OR contains(without_organ(name), without_organ(signed_org)))) > 0) THEN CASE WHEN title IS NULL THEN 'no_title' ELSE 'names_differ' END
        WHEN title IS NULL THEN 'no_title'
        WHEN NOT regexp_matches(signed_raw, '[0-9０-９]') THEN 'han_numerals'
        ELSE 'pass' END AS finding
    FROM notices n JOIN extents e USING (notice_id)
)
SELECT notice_id, CASE finding WHEN 'pass' THEN 'pass' WHEN 'missing' THEN 'fail' WHEN 'incomplete_text' THEN 'not_checkable' ELSE 'review' END AS verdict,
       nullif(finding, 'pass') AS reason, title AS lhs, concat_ws(' ', signed_org, signed_raw) AS rhs,
       CASE finding WHEN 'pass' THEN signed_org || ' = ' || signed_org WHEN 'names_differ' THEN signed_org || ' ≠ ' || coalesce(inspected_org, title) END AS equation,
       NULL AS reading, [title_span] AS lhs_spans, [signed_org_span, signed_span] AS rhs_spans
FROM judged
