"use strict";
/* The list of notices. Columns come in the order that data/notices.js names. */
(() => {
  const data = window.TAIZHANG, at = Object.fromEntries(data.columns.map((name, place) => [name, place]));
  const column = (name) => data.rows.map((row) => row[at[name]]);
  const select = (name) => document.querySelector(`.controls [name=${name}]`);
  TaizhangList.choices(select("county"), column("county"), data.text.all, data.text.unknown_place);
  TaizhangList.choices(select("genre"), column("genre"), data.text.all);
  TaizhangList.choices(select("year"), column("year"), data.text.all, data.text.not_stated);
  const heads = [...document.querySelectorAll("th[data-column]")].map((head) => [head.dataset.column, head.textContent.trim()]);
  const same = (name) => (row, value) => String(row[at[name]]) === (value === "?" ? "" : value);
  const element = (tag, words, name) => { const made = document.createElement(tag); if (words !== undefined) made.textContent = words; if (name) made.className = name; return made; };

  function line(row) {
    const made = element("tr");
    for (const [name, label] of heads) {
      const value = row[at[name]];
      if (name === "name") {
        const cell = element("th"), link = element("a", value), small = element("small");
        cell.scope = "row";
        link.href = `notices/${row[at.file]}.html`;
        link.lang = "zh-CN";
        if (row[at.inspector]) { const team = element("span", row[at.inspector]); team.lang = "zh-CN"; small.append(team, " · "); }
        small.append(row[at.genre]);
        cell.append(link, small);
        cell.dataset.label = label;
        made.append(cell);
        continue;
      }
      const isFigure = ["problems", "fail", "review", "pass", "not_checkable", "coverage"].includes(name);
      const cell = element("td", value === "" ? "—" : name === "coverage" ? `${value}%` : value, isFigure ? "number" : name === "feedback" || name === "signed" ? "day" : "");
      if (["fail", "review", "pass", "not_checkable"].includes(name)) cell.classList.add(value ? `t-${name}` : "zero");
      if (name === "county") cell.lang = "zh-CN";
      cell.dataset.label = label;
      made.append(cell);
    }
    return made;
  }

  const body = document.querySelector("#list tbody");
  new TaizhangList({
    rows: data.rows,
    words: (row) => [row[at.name], row[at.title], row[at.inspector], row[at.county], row[at.uri], row[at.file]].join(" "),
    filters: {
      county: same("county"),
      genre: same("genre"),
      year: same("year"),
      verdict: (row, value) => (value === "clean" ? !row[at.fail] && !row[at.review] : row[at[value]] > 0),
    },
    keys: Object.fromEntries(heads.map(([name]) => [name, (row) => row[at[name]]])),
    show: (shown) => body.replaceChildren(...shown.map((place) => line(data.rows[place]))),
  });
})();
