"use strict";
(() => {
  const $ = (s, root = document) => root.querySelector(s);
  const $$ = (s, root = document) => [...root.querySelectorAll(s)];
  const make = (tag, cls, text) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const toast = (text) => {
    const t = $(".toast");
    t.textContent = text;
    clearTimeout(toast.timer);
    toast.timer = setTimeout(() => { t.textContent = ""; }, 2500);
  };

  /* Offsets count code points; the text nodes of an element hold UTF-16 units. */
  const wrap = (box, start, end, cls) => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    let at = 0;
    const made = [];
    for (const node of nodes) {
      const units = node.data;
      const points = [...units];
      const a = Math.max(start, at), b = Math.min(end, at + points.length);
      if (a < b) {
        const unit = (n) => points.length === units.length ? n : points.slice(0, n).join("").length;
        let piece = node;
        const from = unit(a - at), to = unit(b - at);
        if (to < units.length) piece.splitText(to);
        if (from > 0) piece = piece.splitText(from);
        const mark = make("mark", cls);
        piece.replaceWith(mark);
        mark.append(piece);
        made.push(mark);
      }
      at += points.length;
      if (at >= end) break;
    }
    return made;
  };
  const unwrap = () => {
    for (const mark of $$(".text mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  };

  const open = (node) => {
    for (let n = node; n; n = n.parentElement) if (n.tagName === "DETAILS") n.open = true;
  };

  /* A place in an article: the passage is marked, and a way back is given. */
  let cameFrom = null;
  const goTo = (at) => {
    const [, n, start, end] = /^(\d+):(\d+)-(\d+)$/.exec(at) || [];
    const art = n && document.getElementById("t" + n);
    const text = art && $(".text", art);
    if (!text) return false;
    unwrap();
    open(art);
    const marks = wrap(text, +start, +end, "hit");
    if (!marks.length) return false;
    marks[0].tabIndex = -1;
    marks[0].focus({ preventScroll: true });
    marks[0].scrollIntoView({ block: "center" });
    $(".back", art)?.remove();
    if (cameFrom) {
      const back = make("button", "back quiet", "Back to where you were");
      back.type = "button";
      back.addEventListener("click", () => history.back());
      $(".meta", art).append(back);
    }
    return true;
  };
  const follow = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (!hash) return;
    if (hash.startsWith("at=") && goTo(hash.slice(3))) return;
    const target = document.getElementById(hash);
    if (!target) return;
    if (target.classList.contains("f")) show(target);
    open(target);
    target.scrollIntoView({ block: "start" });
    if (target.classList.contains("f")) $("summary", target).focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-at]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    cameFrom = link;
    const hash = "#at=" + link.dataset.at;
    if (location.hash === hash) goTo(link.dataset.at);
    else location.hash = hash;
  });
  window.addEventListener("hashchange", () => {
    if (!location.hash.startsWith("#at=") && cameFrom) {
      open(cameFrom);
      cameFrom.focus({ preventScroll: true });
      cameFrom.scrollIntoView({ block: "center" });
      cameFrom = null;
      unwrap();
    } else follow();
  });
  window.addEventListener("popstate", () => {
    if (!location.hash && cameFrom) {
      open(cameFrom);
      cameFrom.focus({ preventScroll: true });
      cameFrom = null;
    }
  });

  /* Filters of the apparatus. */
  const filters = (form) => {
    const box = form.closest(".apparatus");
    const rows = $$(".f:not(.part)", box);
    const singles = $(".singles", box);
    const apply = () => {
      const f = new FormData(form);
      const w = f.get("w"), p = f.get("p"), k = f.get("k"), c = f.get("c");
      let shown = 0;
      for (const row of rows) {
        const d = row.dataset;
        const fits = (!w || d.w.split(" ").includes(w)) && (!p || (d.p || "").split(" ").includes(p)) &&
          (!k || row.classList.contains(k)) && (!c || d.c);
        row.hidden = !fits;
        shown += fits;
      }
      const any = w || p || k || c;
      if (singles) {
        const some = $$(".f:not([hidden])", singles).length;
        singles.hidden = !some;
        if (any) singles.open = some > 0;
        $(".dim", singles).textContent = "(" + some + ")";
      }
      $(".count", form).textContent = any ? shown + " of " + rows.length + " findings" : "";
    };
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", (e) => e.preventDefault());
    form.show = (row) => { if (row.hidden) { form.reset(); apply(); } };
  };
  const show = (row) => $(".filters", row.closest(".apparatus"))?.show?.(row);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.all");
    if (!link) return;
    const form = $(".filters", link.closest(".story"));
    form.reset();
    form.elements.w.value = link.dataset.w;
    form.elements.k.value = "single";
    form.dispatchEvent(new Event("change"));
  });

  /* What is a finding's own, not that of a finding shown under it. */
  const own = (selector, row) => $$(selector, row).filter((e) => e.closest(".f") === row);

  /* Copy a finding with the reports that carry it. */
  const citation = (row) => {
    const lines = ["“" + $(".t bdi", row).textContent.trim() + "” (" + $(".l", row).textContent + ")"];
    for (const ev of own(".ev", row)) {
      const art = document.getElementById("t" + $("a[data-at]", ev).dataset.at.split(":")[0]);
      const words = $$("[data-e]", ev).map((w) => "“" + w.textContent.trim() + "”");
      lines.push("– " + art.dataset.cite + ": " + words.join(" … "));
    }
    return lines.join("\n");
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    toast("Copied");
  };
  /* The words around a passage, within its paragraph, cut at a word. */
  const AROUND = 110;
  const surround = (words) => {
    const [, n, start, end] = /^(\d+):(\d+)-(\d+)$/.exec(words.dataset.e) || [];
    const text = n && $("#t" + n + " .text");
    if (!text) return;
    const points = textOf(text);
    const cut = (a, b) => points.slice(Math.max(a, 0), Math.max(b, 0)).join("");
    let before = cut(+start - AROUND, +start), after = cut(+end, +end + AROUND);
    const line = before.lastIndexOf("\n"), stop = after.indexOf("\n");
    if (line >= 0) before = before.slice(line + 1);
    else if (+start > AROUND) before = "… " + before.slice(before.indexOf(" ") + 1);
    if (stop >= 0) after = after.slice(0, stop);
    else if (points.length > +end + AROUND) after = after.slice(0, Math.max(after.lastIndexOf(" "), 0)) + " …";
    words.before(make("span", "ctx", before));
    words.after(make("span", "ctx", after));
  };
  const byline = (ev, at) => {       /* whose it is, from the head of the article */
    const art = document.getElementById("t" + at.split(":")[0]);
    const by = make("p", "by"), link = $("a", ev), outlet = make("bdi", "", $(".who", art).textContent.trim());
    link.className = "go";
    link.dataset.at = at;
    link.replaceChildren(make("span", "chip " + art.dataset.tint, art.dataset.sign), " ", outlet);
    by.append(link, " ", make("span", "dim", $("summary > .dim", art).textContent));
    ev.append(by);
  };
  const cutOf = (at) => {
    const [, n, start, end] = /^(\d+):(\d+)-(\d+)$/.exec(at);
    return textOf($("#t" + n + " .text")).slice(+start, +end).join("");
  };
  const cache = new Map();
  const textOf = (text) => {
    if (!cache.has(text)) cache.set(text, [...text.textContent]);
    return cache.get(text);
  };
  const dress = (row) => {
    if (!row.classList?.contains("f") || !row.open || own(".copy", row).length) return;
    for (const ev of own(".ev[data-es]", row)) {
      const pieces = ev.dataset.es.split(" ");
      byline(ev, pieces[0]);
      pieces.forEach((at, i) => {
        const quote = make("blockquote"), words = make("bdi", "", cutOf(at));
        words.dataset.e = at;
        quote.append(words);
        if (i) {
          const link = make("a", "to", "↗");
          link.href = "#";
          link.dataset.at = at;
          link.setAttribute("aria-label", "This passage in its article");
          quote.append(" ", link);
        }
        ev.append(quote);
      });
    }
    const alone = !own(".ev[data-es], .ev blockquote", row).length && own("summary [data-e]", row)[0];
    if (alone) {                /* one piece: its words stand in the summary; here with those around it */
      const quote = make("blockquote");
      quote.dir = "auto";
      quote.append(alone.cloneNode(true));
      $(".ev", row).append(quote);
    }
    own(".ev [data-e]", row).forEach(surround);
    const acts = make("p", "acts"), link = make("a", "perma", "Link to this finding");
    link.href = "#" + row.id;
    acts.append(link);
    const under = own(".under", row)[0];
    if (under) under.before(acts);
    else $(".body", row).append(acts);
    const button = make("button", "copy", "Copy with citation");
    button.type = "button";
    button.addEventListener("click", () => copy(citation(row)));
    own(".acts", row)[0].prepend(button);
  };
  document.addEventListener("toggle", (event) => dress(event.target), true);

  /* Two articles side by side: paragraphs that share a passage stand in one row. */
  const words = (story) => (story.dataset.pairs || "").split(";").filter(Boolean).map((pair) =>
    pair.split(" ").map((at) => at.split(/[:-]/).map(Number)));
  const blocks = (n) => $$("#t" + n + " .text > p").map((p) => {
    const start = +p.id.split("p")[1];
    return { p, start, end: start + [...p.textContent].length };
  });
  const chain = (links) => {            /* the heaviest run of links that never goes back */
    const best = links.map((l) => ({ w: l.w, prev: -1 }));
    links.forEach((l, i) => links.slice(0, i).forEach((k, j) => {
      if (k.i <= l.i && k.j <= l.j && best[j].w + l.w > best[i].w) best[i] = { w: best[j].w + l.w, prev: j };
    }));
    let at = best.reduce((m, b, i) => (m < 0 || b.w > best[m].w ? i : m), -1);
    const out = [];
    for (; at >= 0; at = best[at].prev) out.unshift(links[at]);
    return out;
  };
  const clone = (block) => {
    const p = block.p.cloneNode(true);
    p.removeAttribute("id");
    for (const mark of $$("mark", p)) mark.replaceWith(...mark.childNodes);
    return p;
  };
  const beside = (form) => {
    const story = form.closest(".story"), box = $(".beside", story);
    const set = () => {
      const a = form.elements.a.value, b = form.elements.b.value;
      const left = blocks(a), right = blocks(b), found = new Map();
      for (const [x, y] of words(story)) {
        const [p, q] = x[0] === +a && y[0] === +b ? [x, y] : y[0] === +a && x[0] === +b ? [y, x] : [];
        if (!p) continue;
        left.forEach((l, i) => right.forEach((r, j) => {
          const w = Math.min(Math.min(l.end, p[2]) - Math.max(l.start, p[1]), Math.min(r.end, q[2]) - Math.max(r.start, q[1]));
          if (w > 0) found.set(i + "," + j, { i, j, w: w + (found.get(i + "," + j)?.w || 0) });
        }));
      }
      const links = chain([...found.values()].sort((x, y) => x.i - y.i || x.j - y.j));
      box.replaceChildren();
      const add = (ls, rs, cls) => {
        if (!ls.length && !rs.length) return;
        const row = make("div", "r " + (cls || ""));
        for (const side of [ls, rs]) {
          const cell = make("div");
          cell.append(...side.map(clone));
          row.append(cell);
        }
        box.append(row);
      };
      const names = make("div", "r names");
      for (const n of [a, b]) {
        const art = document.getElementById("t" + n), cell = make("div");
        cell.append(make("span", "chip " + art.dataset.tint, art.dataset.sign), " ", $(".who", art).textContent.trim(), " ",
          make("span", "dim", $("summary > .dim", art).textContent));
        names.append(cell);
      }
      box.append(names);
      let i = 0, j = 0, k = 0;
      while (k < links.length) {
        add(left.slice(i, links[k].i), right.slice(j, links[k].j));
        let ei = links[k].i, ej = links[k].j;
        i = ei; j = ej;
        for (k += 1; k < links.length && (links[k].i === ei || links[k].j === ej); k += 1) {
          ei = Math.max(ei, links[k].i);
          ej = Math.max(ej, links[k].j);
        }
        add(left.slice(i, ei + 1), right.slice(j, ej + 1), "both " + document.getElementById("t" + a).dataset.tint);
        i = ei + 1; j = ej + 1;
      }
      add(left.slice(i), right.slice(j));
      box.hidden = false;
      if (!links.length) toast("These two share no passage");
    };
    form.hidden = false;
    form.addEventListener("submit", (e) => { e.preventDefault(); set(); });
  };

  /* The account's data, unpacked, for whoever wants to go on with it. */
  const save = $("#save");
  if (save && "DecompressionStream" in window) {
    save.hidden = false;
    save.addEventListener("click", async () => {
      const bytes = Uint8Array.from(atob($("#account").textContent), (c) => c.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      const link = make("a");
      link.href = URL.createObjectURL(await new Response(stream).blob());
      link.download = "account.json";
      link.click();
    });
  }

  /* The section in view. */
  const links = new Map($$(".bar a").map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const e of entries) {
      if (!e.isIntersecting) continue;
      for (const a of links.values()) a.removeAttribute("aria-current");
      const link = links.get(e.target.id) || links.get(e.target.closest(".story")?.id);
      if (!link) continue;
      link.setAttribute("aria-current", "true");
      const list = link.closest("ul");
      if (list.dataset.story) for (const ul of $$(".bar ul")) ul.hidden = ul !== list;
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  for (const section of $$(".story > section")) seen.observe(section);

  $$(".f[open]").forEach(dress);
  $$(".filters").forEach(filters);
  $$(".pair").forEach(beside);
  follow();
})();
