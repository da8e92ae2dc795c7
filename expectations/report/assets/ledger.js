"use strict";
/* The ledger. Cards are written by the build, a hundred to a file; a file is fetched when one of its cards is to be shown. */
(() => {
  const data = window.TAIZHANG, box = document.getElementById("list");
  const BODY = 0, COUNTY = 1, YEAR = 2, CHECK = 3, TITLE = 4, VERDICT = 5, SEVERITY = 6, EQUATION = 7;
  const select = (name) => document.querySelector(`.controls [name=${name}]`);
  const column = (place) => data.rows.map((row) => row[place]);
  TaizhangList.choices(select("county"), column(COUNTY), data.text.all, data.text.unknown_place);
  TaizhangList.choices(select("year"), column(YEAR), data.text.all, data.text.not_stated);
  TaizhangList.choices(select("check"), column(CHECK), data.text.all);
  const titles = new Map(data.rows.map((row) => [row[CHECK], row[TITLE]]));
  for (const option of select("check").options) if (option.value) option.textContent = `${option.value} ${titles.get(option.value)}`;

  const chunks = new Map(), waiting = new Map();
  data.cards = (number, cards) => { chunks.set(number, cards); waiting.get(number)(); };
  const fetched = (number) => {
    if (chunks.has(number)) return Promise.resolve();
    return new Promise((done) => {
      const told = waiting.get(number);
      waiting.set(number, () => { if (told) told(); done(); });
      if (told) return;
      const script = document.createElement("script");
      script.src = `data/ledger-${number}.js`;
      script.onerror = done;
      document.head.append(script);
    });
  };

  let turn = 0;
  async function show(shown) {
    const mine = ++turn;
    await Promise.all([...new Set(shown.map((place) => Math.floor(place / data.chunk)))].map(fetched));
    if (mine !== turn) return;
    const holder = document.createElement("template");
    // cards are the build's own markup, with every word of a notice escaped
    holder.innerHTML = shown.map((place) => (chunks.get(Math.floor(place / data.chunk)) || [])[place % data.chunk] || "").join("");
    box.replaceChildren(holder.content);
    box.dataset.shown = mine;
  }

  const same = (place) => (row, value) => String(row[place]) === (value === "?" ? "" : value);
  new TaizhangList({
    rows: data.rows,
    words: (row) => [row[BODY], row[COUNTY], row[CHECK], row[TITLE], row[EQUATION]].join(" "),
    filters: { county: same(COUNTY), year: same(YEAR), check: same(CHECK), verdict: same(VERDICT), severity: same(SEVERITY) },
    show,
  });
})();
