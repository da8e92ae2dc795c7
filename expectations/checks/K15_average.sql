-- id: K15
-- title_zh: 平均数等于总数除以组数
-- title_en: Average = total / groups
-- rule: A stated average (平均班额, 人均) is recomputed from the total and the number of groups stated beside it, at the digits printed.
-- severity: warning
-- since: 0.1.0
SELECT * FROM recomputed('average')
