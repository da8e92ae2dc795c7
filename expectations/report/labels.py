"""Chinese words for the codes that tables hold."""

from __future__ import annotations

LABELS = {
    "pass": "相符",
    "fail": "不符",
    "review": "待复核",
    "not_checkable": "无法核验",
    "not_applicable": "不适用",
    "notice": "整改通报",
    "report_news": "新闻报道",
    "summary": "综合通报",
    "completed": "完成",
    "completed_with_rejects": "完成，有未入库文件",
    "quality_gate_failed": "质量关未通过",
    "failed": "失败",
    "absent": "通报未载",
    "redacted": "原文遮蔽",
    "approximate": "概数",
    "ambiguous_level": "层级不明",
    "chars_lost": "原文缺字",
    "policy_unknown": "时限规定不详",
    "reference_unknown": "无参照数据",
    "not_a_notice": "不是整改通报",
    "empty": "空文件",
    "unreadable": "无法读取",
    "no_article": "页面无正文",
    "critical": "关键",
    "warning": "提示",
    "info": "参考",
}
