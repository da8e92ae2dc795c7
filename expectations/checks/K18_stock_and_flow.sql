-- id: K18
-- title_zh: 现有数等于原有数加新增数
-- title_en: Stock = previous stock + inflow
-- rule: Where a notice states what there was, what was added and what there is, the three agree (存量 = 原有 + 新增).
-- severity: warning
-- since: 0.1.0
SELECT * FROM recomputed('sum')
