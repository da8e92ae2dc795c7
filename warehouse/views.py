"""Views that every reader has: the ledger as offices keep it, and what does not agree, with the words of both sides.

They are TEMP views, made as a warehouse is opened for reading. A view stored in the catalog would be that of the writer's version,
would be missing from snapshots older than itself, and would need DDL, which must not happen beside another writer (ducklake#1404).
So the reader's own version defines them, they work at every snapshot, and a READ_ONLY catalog stays as it is. What reaches a
warehouse without this code gets them from ``taizhang export --format duckdb``, where they are stored views.
"""

from __future__ import annotations

import contextlib

import duckdb

NOT_TOLD = "通报未载"
"""What a ledger's cell says where the notice says nothing."""

# Words for STATUSES in transforms.records.shared that a problem may have.
STATUS_WORDS = {
    "completed": "已完成",
    "basically_completed": "基本完成",
    "phase": "阶段性完成",
    "in_progress": "正在整改",
    "not_completed": "未完成",
    "immediate": "立行立改",
    "time_limited": "限期整改",
    "long_term": "长期整改",
}
_DONE_WORDS = {
    "completed": "是",
    "basically_completed": "基本完成",
    "phase": "否",
    "in_progress": "否",
    "not_completed": "否",
    "time_limited": "否",
    "long_term": "否",
}
VERDICT_WORDS = {"fail": "不一致", "review": "待复核"}
_QUOTES = 10  # spans of one side that are quoted; K08 may name every problem of a notice


def _case(column: str, words: dict[str, str]) -> str:
    branches = " ".join(f"WHEN '{value}' THEN '{word}'" for value, word in words.items())
    return f"CASE {column} {branches} END"


def _days(earliest: str, latest: str) -> str:
    return f"CASE WHEN {earliest} = {latest} THEN {earliest}::VARCHAR ELSE {earliest} || ' 至 ' || {latest} END"


# Verbs (normal forms of citations.toml) of a document that the work brought forth; laws and speeches that were studied prove nothing.
_MADE = "('制定', '修订', '修改', '完善', '健全', '建立', '更新', '起草', '印发', '出台', '发布', '下发', '拟定', '细化', '编印', '颁布')"

# A problem that stands under a class is 具体表现 of it; one that stands alone is the 反馈问题 itself.
TAIZHANG = f"""
WITH item AS (
    SELECT p.*, coalesce(p.response_start, p.start_char) AS told_from, coalesce(p.response_end, p.end_char) AS told_to,
           trim(substr(t.text, p.response_start + 1, p.response_end - p.response_start)) AS response,
           substr(t.text, p.start_char + 1, coalesce(p.response_end, p.end_char) - p.start_char) AS words
    FROM problems p LEFT JOIN texts t USING (notice_id)
), act AS (
    SELECT notice_id, problem AS number, list(text ORDER BY ordinal) AS acts FROM measures WHERE problem IS NOT NULL GROUP BY ALL
), outcome AS (
    SELECT notice_id, start_char, coalesce(role, '') || surface AS words FROM amounts WHERE is_recovery
    UNION ALL
    SELECT notice_id, start_char, kind || CASE WHEN persons_high > persons THEN persons || '～' || persons_high ELSE coalesce(persons, bodies)::VARCHAR END || unit
    FROM accountability WHERE persons > 0 OR bodies > 0
    UNION ALL
    SELECT notice_id, start_char, verb || '《' || title || '》' FROM citations
    WHERE verb IN {_MADE} AND title IS NOT NULL
), gain AS (
    SELECT notice_id, number, string_agg(words, '；' ORDER BY start_char) AS gains FROM (
        SELECT i.notice_id, i.number, o.words, min(o.start_char) AS start_char
        FROM item i JOIN outcome o ON o.notice_id = i.notice_id AND o.start_char >= i.told_from AND o.start_char < i.told_to GROUP BY ALL)
    GROUP BY ALL
), proof AS (
    SELECT notice_id, number, string_agg(paper, '；' ORDER BY start_char) AS papers FROM (
        SELECT i.notice_id, i.number, min(c.start_char) AS start_char,
               CASE WHEN c.document_number IS NULL THEN '《' || c.title || '》'
                    ELSE coalesce('《' || c.title || '》（' || c.document_number || '）', c.document_number) END AS paper
        FROM item i JOIN citations c ON c.notice_id = i.notice_id AND c.start_char >= i.told_from AND c.start_char < i.told_to
        WHERE c.verb IN {_MADE} GROUP BY ALL)
    GROUP BY ALL
), later AS (
    SELECT notice_id, reopens_problem AS number, min(due_earliest) AS due_earliest, max(due_latest) AS due_latest
    FROM next_steps WHERE reopens_problem IS NOT NULL GROUP BY ALL
)
SELECT i.notice_id,
       coalesce(n.inspected_org, '{NOT_TOLD}') AS 被巡察党组织,
       i.number AS 序号,
       coalesce(i.group_heading, i.statement) AS 反馈问题,
       CASE WHEN i.group_heading IS NOT NULL AND i.group_heading <> i.statement THEN i.statement ELSE '{NOT_TOLD}' END AS 具体表现,
       coalesce(CASE WHEN len(a.acts) = 1 THEN regexp_replace(a.acts[1], '^一是', '') END,
                array_to_string(list_transform(a.acts, lambda each, place: place || '. ' || each), chr(10)),
                nullif(i.response, ''), '{NOT_TOLD}') AS 整改措施,
       coalesce(nullif(regexp_extract(i.words, '整改目标[:：]\\s*([^。；;\\n]{{2,200}})', 1), ''), '{NOT_TOLD}') AS 整改目标,
       coalesce(i.responsible_leader, '{NOT_TOLD}') AS 责任领导,
       coalesce(i.responsible_department, '{NOT_TOLD}') AS 责任部门,
       coalesce(i.responsible_person, '{NOT_TOLD}') AS 责任人,
       coalesce(i.deadline_raw, {_days("l.due_earliest", "l.due_latest")} || '（下一步打算）', '{NOT_TOLD}') AS 完成时限,
       coalesce({_case("i.status", STATUS_WORDS)}
                || CASE WHEN i.is_long_term AND i.status <> 'long_term' THEN '，长期坚持' ELSE '' END
                || CASE WHEN l.notice_id IS NOT NULL THEN '；又列入下一步打算' ELSE '' END,
                CASE WHEN l.notice_id IS NOT NULL THEN '列入下一步打算' END, '{NOT_TOLD}') AS 整改进展,
       coalesce(g.gains, '{NOT_TOLD}') AS 整改成效,
       coalesce(nullif(f.papers, ''), '{NOT_TOLD}') AS 佐证材料,
       coalesce({_case("i.status", _DONE_WORDS)}, '{NOT_TOLD}') AS 是否完成
FROM item i
LEFT JOIN notices n USING (notice_id)
LEFT JOIN act a USING (notice_id, number)
LEFT JOIN gain g USING (notice_id, number)
LEFT JOIN proof f USING (notice_id, number)
LEFT JOIN later l USING (notice_id, number)
"""

_QUOTED = "array_to_string(list_transform(list_slice(r.{0}, 1, {1}), lambda each: substr(t.text, each.start_char + 1, each.end_char - each.start_char)), ' … ')"
DISCREPANCIES = f"""
SELECT r.notice_id,
       coalesce(n.inspected_org, '{NOT_TOLD}') AS 被巡察党组织,
       coalesce(n.title, '{NOT_TOLD}') AS 通报标题,
       r.check_id AS 核验项,
       {_case("r.verdict", VERDICT_WORDS)} AS 结论,
       r.reason AS 原因,
       r.lhs AS 表述值,
       r.rhs AS 核算值,
       r.equation AS 算式,
       r.reading AS 采用口径,
       nullif({_QUOTED.format("lhs_spans", _QUOTES)}, '') AS 表述原文,
       nullif({_QUOTED.format("rhs_spans", _QUOTES)}, '') AS 核算原文
FROM check_results r
LEFT JOIN notices n USING (notice_id)
LEFT JOIN texts t USING (notice_id)
WHERE r.verdict IN ('fail', 'review')
"""

# The first row that fits tells the sector or topic; words seen in notices. A party committee of a county is 党委政府, of a bureau 机关.
_SECTORS = (
    ("学校", "学校|中学|小学|幼儿园|学院|大学|职专|职高"),
    ("医疗卫生", "医院|卫生院|疾控|卫生服务中心"),
    ("企业", "公司|集团|银行|信用社"),
    ("村和社区", "[村屯](?:党|支|委)|社区"),
    ("乡镇街道", "[镇乡](?:党|委|人)|街道|[镇乡]$"),
    ("机关", "局|厅|部|办公室|办(?:党|$)|中心|法院|检察院|协会|联合会|总工会|馆|站|所|纪委|政协|人大"),
    ("党委政府", "[省市州县区旗](?:委|人民政府)|委员会$"),
)
_TOPICS = (
    ("意识形态", "意识形态|舆情|网络阵地|阵地管理|公众号|图书"),
    ("理论学习", "学习|学用|第一议题|中心组|研讨|理论武装"),
    ("财务资金", "财务|资金|经费|报销|津补贴|津贴|补贴|票据|收费|账|欠款|租金|结算|支付"),
    ("公务接待和用车", "接待|公车|车辆|公务用车"),
    ("项目采购", "工程|项目|采购|招投标|招标|合同|基建"),
    ("资产管理", "资产|台账|设备|物资|出租"),
    ("组织生活", "组织生活|三会一课|会议记录|党员|党费|换届|支部|民主集中制|议事"),
    ("选人用人", "选人用人|干部|队伍|人才|师资|教师配备|编制|职称"),
    ("监督执纪", "监督|执纪|廉政|廉洁|纪检|风险"),
    ("作风服务", "作风|形式主义|官僚主义|服务|信访|群众|家访"),
    ("安全", "安全|消防|治超|隐患|应急"),
    ("主责主业", "教学|课程|课改|养护|河长|专业|办学|招生|教育|业务|发展|治理|决策部署|重大部署"),
    ("公文档案", "发文|收文|文件|档案|印章"),
)


def _first_match(column: str, words: tuple[tuple[str, str], ...]) -> str:
    return "CASE " + " ".join(f"WHEN regexp_matches({column}, '{pattern}') THEN '{word}'" for word, pattern in words) + " ELSE '其他' END"


PROBLEM_TOPICS = f"""
SELECT p.notice_id, p.number, p.statement,
       {_first_match("coalesce(n.inspected_org, '')", _SECTORS)} AS sector,
       coalesce(nullif({_first_match("p.statement", _TOPICS)}, '其他'), {_first_match("coalesce(p.group_heading, '')", _TOPICS)}) AS topic
FROM problems p LEFT JOIN notices n USING (notice_id)
"""

# Of copies of one notice on several sites, linked with each other or through a third, the one published first is counted.
NOTICES = """
WITH RECURSIVE linked AS (
    SELECT notice_id, other_notice_id FROM near_duplicates
    UNION SELECT l.notice_id, d.other_notice_id FROM linked l JOIN near_duplicates d ON d.notice_id = l.other_notice_id
), ranked AS (
    SELECT l.notice_id, min({'day': coalesce(n.published_earliest, DATE '9999-12-31'), 'id': l.other_notice_id}).id AS first_id
    FROM linked l JOIN notices n ON n.notice_id = l.other_notice_id GROUP BY ALL
)
SELECT n.*, coalesce(r.first_id, n.notice_id) AS primary_notice_id, coalesce(r.first_id, n.notice_id) = n.notice_id AS is_primary
FROM notices n LEFT JOIN ranked r USING (notice_id)
"""

VIEWS = {"v_notices": NOTICES, "v_taizhang": TAIZHANG, "v_discrepancies": DISCREPANCIES, "v_problem_topics": PROBLEM_TOPICS}


def create_views(connection: duckdb.DuckDBPyConnection, is_temporary: bool = True) -> None:
    """Create the views over the tables that ``connection`` finds by plain names.

    A view whose tables or columns are not there (a warehouse or snapshot from before them) is left out: asking for it then says
    that it does not exist, and all other queries run.
    """
    for name, sql in VIEWS.items():
        with contextlib.suppress(duckdb.CatalogException, duckdb.BinderException):
            connection.execute(f"CREATE OR REPLACE {'TEMP ' if is_temporary else ''}VIEW {name} AS {sql}")
