-- id: D07
-- title_zh: 落款不晚于公开
-- title_en: Signed ≤ published
-- rule: A notice is signed before it is put on a page; the same day is in order.
-- severity: warning
-- since: 0.1.0
SELECT * FROM date_order('signed', 'published')
