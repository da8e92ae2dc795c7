-- Median days from the inspection's end to feedback, signing and publication, by county and year of feedback (full dates only)
-- 巡察结束、反馈、落款、发布之间相隔的天数（中位数），按县区和反馈年份
-- param county = %: only bodies whose county is like this
WITH span AS (
    SELECT coalesce(county, city, province, '未知') AS county, year(feedback_earliest) AS year,
           CASE WHEN inspection_end_earliest = inspection_end_latest AND feedback_earliest = feedback_latest
                THEN feedback_earliest - inspection_end_latest END AS end_to_feedback,
           CASE WHEN feedback_earliest = feedback_latest AND signed_earliest = signed_latest THEN signed_earliest - feedback_latest END AS feedback_to_signed,
           CASE WHEN signed_earliest = signed_latest AND published_earliest = published_latest
                THEN published_earliest - signed_latest END AS signed_to_published
    FROM v_notices WHERE is_primary AND feedback_earliest IS NOT NULL
)
SELECT county, year, count(*) AS notices, median(end_to_feedback) AS end_to_feedback, median(feedback_to_signed) AS feedback_to_signed,
       max(feedback_to_signed) AS longest_to_signed, median(signed_to_published) AS signed_to_published
FROM span WHERE county LIKE $county
GROUP BY ALL ORDER BY county, year
