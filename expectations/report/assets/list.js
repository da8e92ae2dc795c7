"use strict";
/* A list that is searched, sorted, filtered and paged in the browser. Works on plain arrays, so ten thousand rows are no burden. */
window.TaizhangList = class {
  /* options: rows; words(row) -> what the search looks in; filters {name: (row, value) -> bool}; keys {column: row -> value}; show(rows) */
  constructor(options) {
    Object.assign(this, options);
    this.form = document.querySelector(".controls");
    this.pager = document.querySelector(".pager");
    this.status = document.querySelector(".status");
    this.page = 0;
    this.sort = "";
    this.down = false;
    this.text = window.TAIZHANG.text;
    this.found = this.rows;
    this.collator = new Intl.Collator("zh-CN", { numeric: true });
    this.listen();
    this.restore();
    this.form.hidden = this.pager.hidden = false;
    this.apply(true);
  }

  listen() {
    let waiting = 0;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => this.apply()));
    this.form.addEventListener("change", (event) => event.target.name !== "search" && this.apply());
    this.form.elements.search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.apply(), 120);
    });
    for (const head of document.querySelectorAll("th[data-column]")) {
      const button = head.querySelector("button");
      button.disabled = false;
      button.addEventListener("click", () => this.sortBy(head.dataset.column));
    }
    this.pager.addEventListener("click", (event) => {
      const step = { previous: -1, next: 1 }[event.target.name];
      if (!step) return;
      this.page += step;
      this.render();
      document.getElementById("list").scrollIntoView({ block: "start" });
    });
    this.pager.addEventListener("change", () => { this.page = 0; this.render(); });
    window.addEventListener("hashchange", () => { this.restore(); this.apply(true); });
  }

  /* The conditions stand in the address, so that a link can carry them and the way back keeps them. */
  restore() {
    const told = new URLSearchParams(location.hash.slice(1));
    for (const field of this.form.elements) if (field.name) field.value = told.get(field.name) || "";
    this.sort = told.get("sort") || "";
    this.down = told.get("down") === "1";
    this.page = Math.max(0, (parseInt(told.get("page"), 10) || 1) - 1);
  }

  remember() {
    const told = new URLSearchParams();
    for (const field of this.form.elements) if (field.name && field.value) told.set(field.name, field.value);
    if (this.sort) told.set("sort", this.sort);
    if (this.sort && this.down) told.set("down", "1");
    if (this.page) told.set("page", this.page + 1);
    const hash = told.toString();
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  }

  sortBy(column) {
    // figures begin with the greatest, words with the first
    if (this.sort === column) this.down = !this.down;
    else { this.sort = column; this.down = typeof this.keys[column](this.rows[0] || []) === "number"; }
    this.apply();
  }

  apply(keepPage) {
    if (!keepPage) this.page = 0;
    const asked = this.form.elements.search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const tests = Object.entries(this.filters).map(([name, test]) => [this.form.elements[name].value, test]).filter(([value]) => value);
    this.lower = this.lower || this.rows.map((row) => this.words(row).toLowerCase());
    this.found = this.rows.map((_, at) => at).filter((at) => asked.every((word) => this.lower[at].includes(word)) && tests.every(([value, test]) => test(this.rows[at], value)));
    if (this.sort && this.keys && this.keys[this.sort]) {
      const key = this.keys[this.sort], turn = this.down ? -1 : 1;
      const values = new Map(this.found.map((at) => [at, key(this.rows[at])]));
      // what is not told comes last, whichever way the list is turned
      this.found.sort((a, b) => {
        const x = values.get(a), y = values.get(b);
        if (x === "" || y === "") return (x === "") - (y === "") || a - b;
        return turn * (typeof x === "number" && typeof y === "number" ? x - y : this.collator.compare(x, y)) || a - b;
      });
    }
    for (const head of document.querySelectorAll("th[data-column]")) {
      if (head.dataset.column === this.sort) head.setAttribute("aria-sort", this.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.render();
  }

  render() {
    const size = parseInt(this.pager.querySelector("select").value, 10);
    const pages = Math.max(1, Math.ceil(this.found.length / size));
    this.page = Math.min(this.page, pages - 1);
    const from = this.page * size, shown = this.found.slice(from, from + size);
    this.pager.querySelector("[name=previous]").disabled = this.page === 0;
    this.pager.querySelector("[name=next]").disabled = this.page >= pages - 1;
    this.pager.querySelector(".where").textContent = `${this.page + 1} / ${pages}`;
    this.status.textContent = this.found.length
      ? this.text.rows_shown.replace("{from}", from + 1).replace("{to}", from + shown.length).replace("{total}", this.found.length)
      : this.text.no_rows;
    this.remember();
    this.show(shown);
  }

  /* Fill a select with the values that rows have. */
  static choices(select, values, all, none) {
    const option = (value, label) => { const made = document.createElement("option"); made.value = value; made.textContent = label; select.append(made); };
    option("", all);
    const known = [...new Set(values)].filter((value) => value !== "").sort(new Intl.Collator("zh-CN", { numeric: true }).compare);
    for (const value of known) option(value, value);
    if (none && values.includes("")) option("?", none);
  }
};
