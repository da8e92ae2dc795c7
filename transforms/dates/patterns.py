"""The patterns of date expressions: heads that a scan looks for, and tails that continue them.

A head starts with a run of Arabic digits, or ends in one of a few characters such as 年; what may follow it is matched at its end. All of them run over ``Text.matching``; every repeat is bounded.
"""

from __future__ import annotations

import re

import regex

DIGITS = frozenset("0123456789")
MASK = "Xx×╳*某□"
HAN_DIGITS = "〇零○一二三四五六七八九"
DASHES = "-—–―─~‐‑−"
_DASH = r"\-—–―─~‐‑−"
# Between two sides of a range, or two items of an enumeration.
_JOIN = rf"(?: ?(?:至|到|、|和|及|与|[{_DASH}]{{1,2}}) ?)"
_HAN_MONTH = "十[一二]?|元|正|[一二三四五六七八九]"
_HAN_DAY = "(?:二十|三十|廿|十)[一二三四五六七八九]?|[一二三四五六七八九]"
# 号 is a day only where no building, document or line is numbered by it.
_DAY_MARK = "(?:日|号(?!楼|文|令|院|线|教学|宿舍|公告|车|机|店|房|地))"

# A number that may open a date: a unit or the sign of another form follows; what it is, the reader of that character decides. One that
# touches a letter or a digit is none.
HEAD = re.compile(
    rf"[0-9](?<![0-9A-Za-z].)[0-9]{{0,7}}+[{MASK}]{{0,3}}+ ?+(?:[年月日学]|[-/.至到、和及与{_DASH}](?=[{_DASH}]? ?[0-9])|(?<=[0-9]{{4}} )(?=[0-9]{{1,2}}/[0-9])|(?<=[0-9]{{7}})(?![0-9A-Za-z.%_@/]))"
)
HEAD_SIGNS = f"年月日学-/.至到、和及与{DASHES}{MASK} "
NO_YEAR = ("级", "龄", "薪")
NO_MONTH = ("龄",)
DAY_UNIT = regex.compile(r"日(?!内|以内|常|报|均|程|后|制)")
# A number that shares the unit of a later one: 2020、2021年, 3至12月, 5、8日.
SHARED_YEAR = re.compile(rf"(?:{_JOIN}[0-9]{{4}}){{1,6}} ?年(?!级)")
SHARED_MONTH = re.compile(rf"(?:{_JOIN}[0-9]{{1,2}}){{1,11}} ?月")
SHARED_DAY = re.compile(rf"(?:{_JOIN}[0-9]{{1,2}}){{1,9}} ?{_DAY_MARK}")
SCHOOL_YEAR = re.compile(rf"[{_DASH}至/、]{{1,2}}(?P<second>[0-9]{{2,4}}) ?学年")
# Behind a day, the end of its range without a unit of its own: 9月7日至26, 2021.3.15-5.20.
UNMARKED_END = re.compile(
    rf"(?:至|到|[{_DASH}]{{1,2}})(?:(?P<month>[0-9]{{1,2}})[./](?P<day>[0-9]{{1,2}})(?![0-9./])|(?P<bare>[0-9]{{1,2}})(?![年月日号个名次项条人件家份天周期第时点:.%0-9]))"
)

# A character at which a date without an Arabic number at its head may end its first part; ``words`` adds the festivals.
ANCHOR_SIGNS = "年月日天晚期季底初"
# What stands right before it, in any of the ways of ``ANCHOR_ENDS``.
ANCHOR_LEADS = f"{HAN_DIGITS}十元今去前明次同翌当本上下个半学年{MASK}"
ANCHOR_ENDS = (
    rf"(?<=[{HAN_DIGITS}十元今去前明次同翌{MASK}].)|(?<=[当本上下]年)|(?<=[当本上下个]月)|(?<=[当翌][日天晚])|(?<=[上下]半年)"
    r"|(?<=[春秋]学期)|(?<=[春秋]季学期)|(?<=年[底初])|(?<=[一二三四]季)"
)

HAN_YEAR = regex.compile(rf"(?<![{HAN_DIGITS}十百千万])(?P<year>[一二][{HAN_DIGITS}0Oo]{{3}}) ?年(?!级|龄)")
MASKED_YEAR = regex.compile(
    rf"(?<![0-9A-Za-z{MASK}{HAN_DIGITS}])(?P<year>(?:二[〇零○0][{HAN_DIGITS}]?)?[{MASK}]{{1,4}}) ?年(?![级龄])(?:(?<=[{MASK}]{{2}} ?年)|(?<=二..?[{MASK}] ?年))"
)
MASKED_MONTH = regex.compile(rf"(?<![0-9{MASK}{HAN_DIGITS}十])[{MASK}]{{1,2}} ?月(?=份|[{MASK}0-9上中下初底,、至到{_DASH}])")
HAN_MONTH = regex.compile(
    rf"(?<![{HAN_DIGITS}十百千万几数每第双]|个)(?P<month>{_HAN_MONTH}) ?月(?!革命|三(?![日十])|花|龄|子|[下上]旬刊|度)"
)

RELATIVE_YEAR = regex.compile(
    r"(?P<word>今年|(?<![除过])去年|(?<!之|以)前年|(?<![说证声表申])明年(?!限)|(?<!每|两|一|多|首|\d)次年(?!度|终|审|检|报)|翌年"
    r"|(?<![不相])同年(?!级|龄|段|代|[内度])|(?<![应相适担正])当年(?!度?内?完成任务|限)"
    r"|(?<![成样版基资剧])本年(?=度|底|末|初|[0-9])|(?<!以|历)上一?年(?=度|底|末|同期)|下一?年(?=度))"
)
RELATIVE_MONTH = regex.compile(
    r"(?P<word>(?<![成样版基])本月(?!度)|(?<!以)上个?月(?!份?以)|下个?月|(?<![应相担])当月|(?<!每)次月(?![考报查会])|(?<![不相])同月)"
)
RELATIVE_DAY = regex.compile(
    r"(?P<word>(?<![应相适担正])当[日天晚](?!常|期)|(?<![每两一多首0-9])次日(?!常|程|报|均|志)|翌日|(?<![不相如共])同[日天](?!常|期|程))"
)
YEAR_STRETCH = regex.compile(
    r"(?P<half>(?<![每近个])[上下])半年|(?<![每个0-9一二三四十第至、到])(?:第(?P<q>[一二三四1-4])|(?P<q2>[一二三四]))(?:[、至到-](?P<q_last>[二三四2-4]))?季度|(?<!每)(?P<term>[春秋])季?学期"
    r"|(?<![0-9每历往近今去明同当次前]|[每历往]年)年(?P<edge>[底初末])(?!中|一|二|三|级|线|子|层|稿)"
)

CLOCK = re.compile(
    r"(?: {0,3}T?| ?,? ?(?P<half>上午|下午|中午|早上|晚上?|凌晨) ?)(?<!,)(?P<hour>[0-2]?[0-9])(?::(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?![0-9:])"
    r"|[时点](?:(?P<minutes>[0-5]?[0-9])分|(?P<thirty>半)|(?=[,。;、)许整召举开在到至]|$)))"
)

_STRETCH = (
    r"(?P<half>[上下])半年|第?(?P<q>[一二三四1-4])(?:[、至到-](?P<q_last>[二三四2-4]))?季度|前(?P<q_first>[二两三])个?季度"
    r"|(?P<season>[春夏秋冬])季?学期|(?P<season_only>[春夏秋冬])季"
    r"|第?(?P<term>[一二])学期|(?P<semester>[上下])(?:半?学期|期(?!间|货|限|待))|(?P<break>[寒暑])(?:假|期)"
)
_EDGE = r"年?(?:底(?!线|数|子|层|稿|座|部|册|蕴|气)|末|初(?!中|一|二|三|步|级|高|小|次|心|始|期|审|核|稿))|中(?=[,。;、前后完]|$)"
_MONTH_EDGE = r"底(?!线|数|子|层|稿|座|部|册)|初(?!中|一|二|三|步|级|高|小|次|心|始|审|核)|末|中(?=[,。;、前至到]|$)"
# What may follow a month: a day, a 旬, or 初, 底, 末.
_DAY = (
    rf"(?: {{0,2}}(?P<day>[0-9]{{1,2}}|[{MASK}]{{1,2}}|初?(?:{_HAN_DAY})) ?(?:{_DAY_MARK}|(?:(?<=[0-9])|(?<=[0-9] ))(?={_JOIN}[0-9]{{1,2}} ?{_DAY_MARK})"
    rf"|(?<=[0-9])(?=[,。;)](?![0-9])|至|到|[{_DASH}](?![0-9]{{1,3}}[^0-9日月])))"
    rf"|(?P<ten>上中旬|中上旬|中下旬|[上中下]旬)|(?P<edge>{_MONTH_EDGE}))?"
)
# What may follow 年: 度, a stretch of the year, its edge, or a month with what follows it.
YEAR_TAIL = re.compile(
    r"度?(?:"
    rf" ?(?P<month>[0-9]{{1,2}}|[{MASK}]{{1,2}}|{_HAN_MONTH}) ?(?:月(?!龄)份?{_DAY}|(?<=[0-9])(?=(?:{_JOIN}[0-9]{{1,2}}){{1,11}} ?月)|(?P<month_lost>(?<=[0-9])[底末初]))"
    rf"|(?P<run>[0-9]{{3,4}})日|(?P<year_edge>{_EDGE})|{_STRETCH}|学年)?"
)
# What a tail of 年 can open with; a year that stands alone needs no further look.
YEAR_GOES_ON = frozenset("0123456789 度年底末初中上下第一二三四五六七八九十元正前春夏秋冬寒暑学" + MASK)
# The commonest dates, 2023年3月5日 and 2023年3月, told whole where nothing stands behind that could be a part of them or a time of day.
PLAIN_DATE = re.compile(
    rf"(?<![A-Za-z])((?:19|20)[0-9]{{2}})年([0-9]{{1,2}})月(?:([0-9]{{1,2}})日(?!,?[0-9 T上下中早晚凌])|(?![0-9 份龄初一二三四五六七八九十廿上中下底末{MASK}]))"
)
# The commonest tails, 3月5日 and 3月 with nothing that could be a part of it behind: as the full tails read them, at a third of the time.
PLAIN_YEAR_TAIL = re.compile(rf"([0-9]{{1,2}})月(?:([0-9]{{1,2}})日|(?![0-9 份龄初一二三四五六七八九十廿上中下底末{MASK}]))")
PLAIN_MONTH_TAIL = re.compile(r"([0-9]{1,2})日")
MONTH_TAIL = re.compile(rf"份?{_DAY}")
# Behind a year and the first sign of an ISO, dotted or slashed date.
SIGN_TAIL = re.compile(r"(?<=(?P<sign>.))(?P<month>[0-9]{1,2})(?:(?P=sign)(?P<day>[0-9]{1,2}))?(?![0-9])")
# A dash before a year is a range's only behind another date of that form.
SIGNED_START = re.compile(r"[12][0-9]{3}([-./])[0-9]{1,2}(?:\1[0-9]{1,2})?-{1,2}$")
BLANK_TAIL = regex.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})(?![0-9/])")
# Only a month behind a year: decimals, versions and serial numbers look the same, so what follows must be a date's neighbour.
MONTH_NEIGHBOUR = re.compile(r"[)\]】〕、,。;至到起止期~—\n 日印]|-(?=[0-9]{4}|[0-9]{1,2}月)|$")
SCHOOL_TERM = regex.compile(r"度?(?:第?(?P<term>[一二])学期|(?P<semester>[上下])(?:半?学期|期)|(?P<season>[春秋])季?学期)?")
# What may stand before a day that is printed without its month, and before one whose 月 was lost.
BEFORE_BARE_DAY = ",。;:、(于在至到自从和及与\n " + DASHES
BEFORE_LOST_DAY = ",。;:、(于从自至到年\n"
# A run of digits is due to be a date behind these.
RUN_BEFORE = regex.compile(r"(?:于|从|自|至|到|截[至止]|日期:?|时间:?|^|[,。;\n(]) ?$")
RUN_GOES_ON = regex.compile(rf"[-.{_DASH}][0-9]|[0-9A-Za-z%_@/]")
