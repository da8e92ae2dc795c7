-- id: K16
-- title_zh: 比例与两个总数相符
-- title_en: Ratio a:b = the two totals at printed digits
-- rule: A stated ratio (师生比 1:n) is recomputed from the two totals stated beside it, at the digits printed.
-- severity: warning
-- since: 0.1.0
SELECT * FROM recomputed('ratio')
