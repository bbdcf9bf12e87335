/* What a page does when it is touched. Without it everything is there and all links lead to their places. */
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const main = one("main");
  root.classList.add("js");

  const filled = (words, ...values) => words.replace(/\{(\d?)\}/g, (_, at) => values[Number(at || 0)]);

  /* What stays at the top covers as much as it is high: lists and places that are brought into view mind it. */
  const tools = one(".tools:not(.inner)");
  if (tools) new ResizeObserver(() => root.style.setProperty("--bar", `${tools.offsetHeight}px`)).observe(tools);

  /* ------------------------------------------------------------------ drafts that open, and their views */

  const bodyOf = (draft) => one(".body", draft);
  const setOpen = (draft, open) => {
    const toggle = one(".toggle", draft);
    if (!toggle) return;
    toggle.setAttribute("aria-expanded", String(open));
    if (open) bodyOf(draft).removeAttribute("hidden");
    else bodyOf(draft).setAttribute("hidden", "until-found");
  };
  for (const draft of all(".draft")) {
    const toggle = one(".toggle", draft);
    if (!toggle) continue;
    setOpen(draft, false);
    toggle.addEventListener("click", () => setOpen(draft, toggle.getAttribute("aria-expanded") !== "true"));
    bodyOf(draft).addEventListener("beforematch", () => setOpen(draft, true));
  }

  const show = (draft, name) => {
    for (const view of all(".view", draft)) {
      const is = view.dataset.view === name;
      if (is) view.removeAttribute("hidden");
      else view.setAttribute("hidden", "until-found");
    }
    for (const tab of all(`.tabs[data-draft="${draft.id}"] a`)) {
      const is = tab.hash === `#${draft.id}-${name}`;
      tab.setAttribute("aria-selected", String(is));
      tab.tabIndex = is ? 0 : -1;
    }
    if (draft.classList.contains("one") && filters) filters.hidden = name !== "draft";
  };
  const filters = one(".filters");
  for (const draft of all(".draft")) {
    const tabs = all(`.tabs[data-draft="${draft.id}"] a`);
    if (!tabs.length) continue;
    tabs[0].parentElement.setAttribute("role", "tablist");
    for (const [at, tab] of tabs.entries()) {
      const view = document.getElementById(tab.hash.slice(1));
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", view.id);
      tab.id = `${view.id}-tab`;
      view.setAttribute("role", "tabpanel");
      view.setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        show(draft, view.dataset.view);
      });
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (event.key === " ") tab.click();
        else if (!step) return;
        else {
          const next = tabs[(at + step + tabs.length) % tabs.length];
          next.focus();
          next.click();
        }
        event.preventDefault();
        event.stopPropagation();
      });
      view.addEventListener("beforematch", () => show(draft, view.dataset.view));
    }
    show(draft, tabs[0].hash.slice(draft.id.length + 2));
  }

  /* --------------------------------------------------------------------------------------- filters */

  const items = all(".it");
  const chips = all("button[data-facet]");
  const chosen = all("select.choose");
  const query = one(".query");
  const words = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));

  const wanted = () => {
    const by = {};
    for (const chip of chips) {
      by[chip.dataset.facet] ??= new Set();
      if (chip.getAttribute("aria-pressed") === "true") by[chip.dataset.facet].add(chip.dataset.value);
    }
    for (const select of chosen) by[select.dataset.facet] = new Set(select.value ? [select.value] : []);
    return by;
  };
  /* Whether an item fits all filters but one: for the counts that stand beside the choices of that one. */
  const fits = (item, by, text, but) =>
    Object.entries(by).every(([facet, values]) => facet === but || !values.size || values.has(item.dataset[facet])) &&
    (!text || words.get(item).includes(text));

  const update = () => {
    const by = wanted();
    const text = query ? query.value.trim().toLowerCase() : "";
    let number = 0;
    for (const item of items) {
      const is = fits(item, by, text);
      item.hidden = !is;
      number += is;
    }
    for (const chip of chips) {
      const { facet, value } = chip.dataset;
      one(".num", chip).textContent = items.filter((i) => i.dataset[facet] === value && fits(i, by, text, facet)).length;
    }
    for (const select of chosen) {
      const { facet } = select.dataset;
      const fitting = items.filter((i) => fits(i, by, text, facet));
      for (const option of select.options) {
        const count = option.value ? fitting.filter((i) => i.dataset[facet] === option.value).length : fitting.length;
        option.textContent = option.textContent.replace(/\(\d+\)$/, `(${count})`);
      }
    }
    const count = one(".filters .count");
    if (count) count.textContent = filled(count.dataset.words, number, items.length);
    const clear = one(".clear");
    if (clear) clear.hidden = !text && !Object.values(by).some((values) => values.size);
    const shown = new Set(items.filter((item) => !item.hidden).map((item) => item.dataset.n));
    for (const mark of all("[data-v]")) mark.classList.toggle("off", !mark.dataset.v.split(" ").some((n) => shown.has(n)));
    for (const group of all(".entries, .group")) {
      const left = all(".it", group).some((item) => !item.hidden);
      const nothing = one(".none-shown", group.parentElement);
      if (nothing && !group.classList.contains("group")) nothing.hidden = left;
      if (group.classList.contains("group")) group.hidden = !left;
    }
    const noneLeft = one(".none-left");
    if (noneLeft) noneLeft.hidden = number > 0;
    for (const row of all(".drafts tr[data-draft]")) {
      const own = all(".it", document.getElementById(row.dataset.draft));
      row.classList.toggle("off", own.length > 0 && own.every((item) => item.hidden));
    }
  };
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      update();
    });
  }
  for (const select of chosen) select.addEventListener("change", update);
  query?.addEventListener("input", update);
  one(".clear")?.addEventListener("click", () => {
    for (const chip of chips) chip.setAttribute("aria-pressed", "false");
    for (const select of chosen) select.value = "";
    if (query) query.value = "";
    update();
    query?.focus();
  });

  /* ---------------------------------------------------------------- a violation and its place, and back */

  let current = null;
  const pager = document.createElement("div");
  pager.className = "pager";
  const button = (sign, words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", words);
    made.addEventListener("click", act);
    return made;
  };
  const said = document.createElement("p");
  if (main?.dataset.next && one(".v")) {
    pager.append(
      button("‹", main.dataset.previous, () => step(-1, "place")),
      said,
      button("›", main.dataset.next, () => step(1, "place")),
      button("↑", main.dataset.list, () => one(".v.current")?.scrollIntoView({ block: "center" })),
    );
    document.body.append(pager);
  }

  const places = (n) => all(`[data-v~="${n}"]`);
  const letGo = () => {
    for (const marked of all(".current, .here")) marked.classList.remove("current", "here");
    for (const link of all(".go[aria-current]")) link.removeAttribute("aria-current");
    pager.classList.remove("shown");
    current = null;
  };
  const scrolls = (box) => box && box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== "visible";
  const reveal = (entry) => {
    const box = entry.closest(".list");
    if (!scrolls(box)) return entry.scrollIntoView({ block: "center" });
    const gap = entry.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const beyond = gap + entry.offsetHeight - box.clientHeight;
    if (gap < 0 || beyond > 0) box.scrollTop += gap - (box.clientHeight - entry.offsetHeight) / 2;
  };
  const open = (element) => {
    const draft = element.closest(".draft");
    if (!draft) return;
    setOpen(draft, true);
    const view = element.closest(".view");
    if (view) show(draft, view.dataset.view);
  };
  /* ``towards``: "place" brings the place in the draft into view, "entry" the entry of the list. */
  const select = (n, towards) => {
    const entry = document.getElementById(`v${n}`);
    if (!entry) return;
    letGo();
    if (entry.hidden) one(".clear")?.click();
    current = entry;
    open(entry);
    entry.classList.add("current");
    one(".go", entry).setAttribute("aria-current", "true");
    for (const place of places(n)) place.classList.add("current");
    const start = document.getElementById(`p${n}`);
    start?.closest(".l").classList.add("here");
    if (towards === "place" && start) {
      start.scrollIntoView({ block: "center" });
      if (scrolls(entry.closest(".list"))) reveal(entry);
    } else {
      reveal(entry);
    }
    said.textContent = `${n}  ${one(".msg", entry).textContent}`;
    if (towards === "place" || !start) pager.classList.add("shown");
    history.replaceState(null, "", `#v${n}`);
  };
  const step = (by, towards) => {
    const shown = items.filter((item) => !item.hidden && item.dataset.n);
    if (!shown.length) return;
    const at = current ? shown.indexOf(current) : by > 0 ? -1 : shown.length;
    const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
    select(next.dataset.n, towards);
    one(".go", next).focus({ preventScroll: true });
  };
  for (const entry of all(".v")) {
    const link = one(".go", entry);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      select(entry.dataset.n, "place");
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      link.click();
    });
  }
  for (const mark of all("[data-v]")) {
    mark.addEventListener("click", (event) => {
      event.preventDefault();
      const n = mark.dataset.v.split(" ").find((one) => !document.getElementById(`v${one}`)?.hidden);
      if (!n) return;
      select(n, "entry");
      if (matchMedia("(max-width: 900px)").matches) {
        pager.classList.add("shown");
        document.getElementById(`p${n}`)?.scrollIntoView({ block: "center" });
      } else one(".go", current).focus({ preventScroll: true });
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      letGo();
      if (document.activeElement === query) query.blur();
      return;
    }
    if (event.target.closest("input, select, textarea")) return;
    const inList = event.target.closest?.(".v");
    const by = { j: 1, k: -1, ...(inList ? { ArrowDown: 1, ArrowUp: -1 } : {}) }[event.key];
    if (by && one(".v")) {
      event.preventDefault();
      step(by, "place");
    } else if (event.key === "/" && query) {
      event.preventDefault();
      if (filters.hidden && one(".draft.one")) show(one(".draft"), "draft");
      query.focus();
      query.select();
    }
  });

  /* ------------------------------------------------------------------------------------- tables, folds */

  for (const box of all(".tasks")) {
    const choice = one(".by-unit", box);
    if (!choice) continue;
    const rows = all("tbody tr", box);
    const count = one(".count", box);
    choice.addEventListener("change", () => {
      let shown = 0;
      for (const row of rows) {
        const units = all(".u", row);
        for (const unit of units) unit.classList.toggle("hit", unit.textContent === choice.value);
        row.hidden = choice.value !== "" && !units.some((unit) => unit.textContent === choice.value);
        shown += !row.hidden;
      }
      count.textContent = filled(count.dataset.words, shown, rows.length);
    });
  }
  for (const fold of all(".unfold")) {
    fold.addEventListener("click", () => {
      const open = fold.getAttribute("aria-expanded") !== "true";
      one(".folds", fold.parentElement).classList.toggle("unfolded", open);
      fold.setAttribute("aria-expanded", String(open));
      fold.textContent = open ? fold.dataset.fewer : fold.dataset.more;
    });
  }

  /* ------------------------------------------------------------------------- where the address leads */

  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const violation = /^[vp](\d+)$/.exec(id);
    if (violation && document.getElementById(`v${violation[1]}`)?.matches(".v")) return select(violation[1], "place");
    const target = id && document.getElementById(id);
    if (!target) return;
    open(target);
    if (target.matches(".draft")) setOpen(target, true);
    target.scrollIntoView({ block: target.matches(".l") ? "center" : "start" });
  };
  addEventListener("hashchange", follow);
  for (const link of all('a[href^="#d"]:not([role="tab"])')) {
    link.addEventListener("click", () => {
      if (link.hash === location.hash) follow();
    });
  }
  update();
  follow();
  /* When all is loaded a browser goes to where the address leads by itself, and so to the entry only. */
  if (document.readyState !== "complete") addEventListener("load", () => setTimeout(follow));
})();
