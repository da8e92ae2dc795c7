-- id: K17
-- title_zh: 增减数等于前后之差
-- title_en: Stated change = after - before
-- rule: A stated rise or fall (下降2.4个点) is the difference of the two values stated beside it, at the digits printed.
-- severity: warning
-- since: 0.1.0
SELECT * FROM recomputed('change')
