"use strict";
/* One notice: legend, values under the pointer, and the way from a verdict to the words of both its sides. */
(() => {
  const doc = document.querySelector(".doc"), legend = document.querySelector(".legend"), bar = document.querySelector(".evidence"), chips = bar.querySelector(".chips");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Offsets count characters, not UTF-16 units, and each line but the last ends with one more.
  const pieces = [];
  let offset = 0;
  for (const line of doc.children) {
    for (const node of line.childNodes) {
      const length = Array.from(node.textContent).length;
      if (node.nodeType === Node.ELEMENT_NODE) pieces.push({ node, start: offset, stop: offset + length });
      offset += length;
    }
    offset += 1;
  }

  legend.hidden = false;
  const obey = (box) => doc.classList.toggle(`off-${box.name}`, !box.checked);
  legend.addEventListener("change", (event) => obey(event.target));
  legend.addEventListener("click", (event) => {
    const wanted = { all: true, none: false }[event.target.name];
    if (wanted === undefined) return;
    for (const box of legend.querySelectorAll("input")) { box.checked = wanted; obey(box); }
  });

  const spans = (words) => (words ? words.split(",").map((pair) => pair.split("-").map(Number)) : []);
  const within = ([start, stop]) => pieces.filter((piece) => piece.start < stop && piece.stop > start && piece.start >= start).map((piece) => piece.node);
  const clear = () => { for (const node of doc.querySelectorAll(".hit-l, .hit-r, .here")) node.classList.remove("hit-l", "hit-r", "here"); };

  function go(node, chip) {
    for (const other of chips.children) other.setAttribute("aria-current", String(other === chip));
    node.classList.remove("here");
    node.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    node.classList.add("here");
  }

  function mark(card) {
    clear();
    chips.replaceChildren();
    for (const other of document.querySelectorAll(".checks .on")) other.classList.remove("on");
    card.classList.add("on");
    for (const [side, words, name] of [["l", card.dataset.l, bar.dataset.claimed], ["r", card.dataset.r, bar.dataset.found]]) {
      spans(words).forEach((span, number) => {
        const nodes = within(span);
        if (!nodes.length) return;
        for (const node of nodes) node.classList.add(`hit-${side}`);
        const chip = document.createElement("button");
        chip.type = "button";
        chip.className = side;
        chip.textContent = name.replace("{n}", number + 1);
        chip.addEventListener("click", () => go(nodes[0], chip));
        chips.append(chip);
      });
    }
    bar.hidden = !chips.children.length;
    if (chips.firstChild) chips.firstChild.click();
  }

  let opener = null;
  const close = () => { clear(); bar.hidden = true; for (const on of document.querySelectorAll(".checks .on")) on.classList.remove("on"); if (opener) opener.focus(); opener = null; };
  bar.querySelector("[name=close]").addEventListener("click", close);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { hide(); if (!bar.hidden) close(); } });
  for (const button of document.querySelectorAll(".show")) {
    button.hidden = false;
    button.addEventListener("click", () => { opener = button; mark(button.closest("[data-l]")); });
  }
  // the whole card is a target for the pointer; the button is there for the keyboard
  for (const card of document.querySelectorAll(".checks article")) {
    card.addEventListener("click", (event) => { if (!event.target.closest("a, button") && !String(getSelection())) mark(card); });
  }

  const values = [...document.querySelectorAll("#values tbody tr")], hint = document.querySelector(".hint");
  const hide = () => { hint.hidden = true; };
  const tell = (event) => {
    const node = event.target.closest && event.target.closest("[data-v]");
    const row = node && values[Number(node.dataset.v)];
    if (!row) return hide();
    const [kind, , value, rule] = [...row.cells].map((cell) => cell.textContent);
    hint.textContent = [kind, value, rule].filter(Boolean).join(" · ");
    hint.hidden = false;
    const place = node.getClientRects()[0], width = Math.min(hint.offsetWidth, innerWidth - 16);
    hint.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8)) + scrollX}px`;
    hint.style.top = `${place.top + scrollY - hint.offsetHeight - 4}px`;
  };
  doc.addEventListener("mouseover", tell);
  doc.addEventListener("click", tell);
  doc.addEventListener("mouseleave", hide);

  function arrive() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.matches(".checks [data-l]")) return;
    const details = target.closest("details");
    if (details) details.open = true;
    mark(target);
  }
  addEventListener("hashchange", arrive);
  arrive();
})();
