-- What checks share: macros over intervals, spans and printed forms. An interval is a pair (earliest, latest) or (low, high).
-- They are kept small: a macro is expanded wherever it stands, and reading the SQL is what a run over one notice spends its time on.

-- A span of the folded text. Checks may put nulls into their lists of spans; the runner drops them.
CREATE TEMP MACRO span(first_char, stop_char) AS struct_pack(start_char := first_char::INTEGER, end_char := stop_char::INTEGER);

-- A number as a reader writes it: 15, 62.5.
CREATE TEMP MACRO num(x) AS format('{:.12g}', x::DOUBLE);

-- An interval of numbers: 15, 60~70, 60+; ? where nothing is told.
CREATE TEMP MACRO num_range(low, high) AS
    coalesce(CASE WHEN low = high THEN format('{:.12g}', low::DOUBLE) ELSE replace(format('{:.12g}~{:.12g}', low::DOUBLE, high::DOUBLE), '~inf', '+') END, '?');

-- An interval of days: 2024-01-29 or 2024-04-01~2024-04-10; ? where nothing is told.
CREATE TEMP MACRO days(low, high) AS coalesce(CASE WHEN low = high THEN low::VARCHAR ELSE low || '~' || high END, '?');

-- a ≤ b: passes only if it must hold, fails only if it cannot.
CREATE TEMP MACRO at_most(a_low, a_high, b_low, b_high) AS
    CASE WHEN a_high <= b_low THEN 'pass' WHEN a_low > b_high THEN 'fail' ELSE 'not_checkable' END;

-- a = b: passes only if both are exact and equal, fails only if no value is common.
CREATE TEMP MACRO equal(a_low, a_high, b_low, b_high) AS
    CASE WHEN a_low > b_high + 1e-9 OR b_low > a_high + 1e-9 THEN 'fail'
         WHEN a_low >= a_high AND b_low >= b_high THEN 'pass'
         ELSE 'not_checkable' END;

-- x is what exact prints as with so many decimals: rounded, or cut off as some offices do.
CREATE TEMP MACRO prints_as(exact, x, decimals) AS
    exact - x > -0.5 * 0.1 ** decimals - 1e-9 AND exact - x < 0.1 ** decimals - 1e-9;

-- The rung of the ladder 方面 → 类 → 问题 → 具体问题 → 措施 that a counted noun stands on; figures of different rungs are never summed.
CREATE TEMP MACRO ladder_step(noun) AS CASE
    WHEN noun LIKE '%率' THEN 'rate'
    WHEN noun LIKE '%措施%' OR noun LIKE '%举措%' THEN 'measure'
    WHEN noun LIKE '%制度%' OR noun LIKE '%规定%' OR noun LIKE '%办法%' OR noun LIKE '%机制%' THEN 'rule'
    WHEN noun LIKE '%线索%' THEN 'clue'
    WHEN noun LIKE '%信访%' THEN 'petition'
    WHEN noun LIKE '%立案%' OR noun LIKE '%案件%' THEN 'case'
    WHEN noun LIKE '%方面%' THEN 'aspect'
    WHEN noun LIKE '%具体%' OR noun LIKE '%子%' OR noun LIKE '%小项%' OR noun LIKE '%表现%' OR noun LIKE '%细化%' THEN 'specific'
    WHEN noun LIKE '类%' OR noun LIKE '大类%' OR noun LIKE '大项%' OR noun LIKE '条%' THEN 'class'
    WHEN noun LIKE '%任务%' THEN 'task'
    WHEN noun LIKE '%问题%' OR noun LIKE '%事项%' OR noun LIKE '%整改项%' OR noun IN ('项', '个') THEN 'problem'
    WHEN noun LIKE '%意见%' OR noun LIKE '%建议%' THEN 'opinion'
    ELSE 'other' END;

-- A body without the words for its Party organ: 中共云溪县水利局党组 and 县水利局 are told apart by what is left only.
CREATE TEMP MACRO without_organ(name) AS regexp_replace(name, '^中共|(?:党组|党委|党工委|总?支部委员会|委员会|党支部|党总支|总?支部)$', '', 'g');
