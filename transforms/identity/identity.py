"""The columns of a notice that say what it is and whose: title, inspected body, inspector, kind, round, signature, place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transforms.identity.bodies import is_body
from transforms.identity.genre import genre_of
from transforms.identity.inspected import Body, inspected_body, news_body
from transforms.identity.inspector import Inspector, chosen, inspecting_body, inspectors
from transforms.identity.kind import inspection_kind, inspection_round
from transforms.identity.opening import opening
from transforms.identity.page_fields import page_fields
from transforms.identity.places import Location, locate, year_of
from transforms.identity.signature import signed_org
from transforms.identity.title import Title, title, title_body
from transforms.layout import Layout
from transforms.records.notices import PageField
from transforms.records.references import Contact
from transforms.records.shared import Span
from transforms.source import Source

_REACH = 2500


_FIRST_SECTION = 400  # characters behind the lead in which the inspection may be told


def identity(
    source: Source, layout: Layout, contacts: Sequence[Contact] = (), genre: str | None = None, page: Sequence[PageField] | None = None
) -> dict[str, Any]:
    """Columns ``title`` to ``inspection_round``, ``signed_org`` and the place, by the names of ``Notice``.

    ``contacts`` settle a county's name that several prefectures share. ``genre`` is told from the text and
    ``page`` (the rows of ``page_fields``) read from it if they are not given.
    """
    words = source.text.matching
    lead = opening(source.text, layout)
    headed = title(source, layout)
    genre = genre or genre_of(source.text, layout)
    signed = signed_org(source.text, layout)
    fields = tuple(
        field.value
        for field in (page_fields(source, layout) if page is None else page)
        if field.field in ("publisher", "source", "recorder") and field.value
    )
    body = _body(source, layout, lead, headed, signed, fields, genre)
    team = _team(words, lead, layout, headed, genre)
    kind = inspection_kind(
        words[lead[0] : lead[1]],
        words[lead[1] : min(lead[1] + _FIRST_SECTION, layout.body.end_char)],
        headed.text if headed else "",
        team.name if team else "",
    )
    place = _place(
        words, layout, body, headed, signed, team, contacts, (*fields, source.page.get("site", ""), source.page.get("source", "")), genre
    )
    return {
        "title": headed.text if headed else None,
        "title_lines": headed.lines if headed else 0,
        "title_span": headed.span if headed else None,
        "inspected_org": _as_printed(body.name, source, headed) if body else None,
        "inspected_org_span": body.span if body else None,
        "inspected_org_aliases": body.aliases if body else (),
        "inspector": team.name if team else None,
        "inspector_span": team.span if team else None,
        "inspection_kind": kind,
        "inspection_round": inspection_round(words[lead[0] : lead[1]], headed.text if headed else ""),
        "signed_org": signed[0] if signed else None,
        "signed_org_span": signed[1] if signed else None,
        "province": place.province,
        "city": place.city,
        "county": place.county,
        "region_code": place.region_code,
        "place_rule": place.rule,
    }


def _body(
    source: Source,
    layout: Layout,
    lead: tuple[int, int],
    headed: Title | None,
    signed: tuple[str, Span] | None,
    fields: tuple[str, ...],
    genre: str,
) -> Body | None:
    words = source.text.matching
    if genre == "summary":
        return None
    if genre == "report_news":
        return news_body(words, *lead)
    titled = title_body(headed.text) if headed else None
    named = (titled, headed.span) if titled and headed else None
    found = inspected_body(words, lead, named, signed, fields)
    if found is None and signed and is_body(signed[0]):
        found = Body(*signed, "inspected.signature")
    return found


def _as_printed(name: str, source: Source, headed: Title | None) -> str:
    """``name`` with its brackets as the text has them; names are told apart with half-width ones."""
    if "(" not in name:
        return name
    for printed in (headed.text if headed else "", source.text.folded):
        at = printed.replace("（", "(").replace("）", ")").find(name)
        if at >= 0:
            return printed[at : at + len(name)]
    return name


def _team(words: str, lead: tuple[int, int], layout: Layout, headed: Title | None, genre: str) -> Inspector | None:
    teams: list[Inspector] = []
    for team in inspectors(words, *lead):
        if team.is_numbered:
            return team
        teams.append(team)
    if genre == "report_news":
        return None
    best = chosen(teams)
    if best is None or not best.is_several:
        after = list(inspectors(words, lead[1], min(layout.body.end_char, lead[0] + _REACH)))
        before = list(inspectors(words, layout.title[0].start_char, layout.title[-1].end_char)) if layout.title else []
        numbered = [team for team in (*before, *after) if team.is_numbered]
        if numbered:
            return numbered[0]
        if best is None and not any(team.rule == "inspector.chars_lost" for team in teams):
            best = inspecting_body(words, *lead) or chosen([*before, *after])
    return best


def _place(
    words: str,
    layout: Layout,
    body: Body | None,
    headed: Title | None,
    signed: tuple[str, Span] | None,
    team: Inspector | None,
    contacts: Sequence[Contact],
    hints: tuple[str, ...],
    genre: str,
) -> Location:
    names = [
        name
        for name in (body.name if body else "", *(body.aliases if body else ()), headed.text if headed else "", signed[0] if signed else "")
        if name
    ]
    if team and genre != "summary":
        names.append(team.name)
    if not names:
        return Location()
    found = locate(names, year_of(words, layout.body.start_char, layout.body.end_char), contacts, [hint for hint in hints if hint])
    return found or Location()
