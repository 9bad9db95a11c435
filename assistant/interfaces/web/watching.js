// Questions that are watched: put on watch below an answer, listed with what changed in their own tab.
(() => {
  "use strict";

  const { make, ask, day, moment } = window.desk;
  const POLL = 60000;
  const AFTER_ARTICLES = [8000, 16000, 40000];
  const changes = make("div", { className: "changes" });
  const watched = make("ul", { className: "watched" });
  const hint = make("p", { className: "from", hidden: true });
  hint.textContent = "Nothing so far: write a question above, or choose “Watch” below an answer.";
  const said = make("p", { className: "said" });
  said.setAttribute("role", "status");
  const field = make("input", { type: "text", name: "value", maxLength: 2000 });
  const form = make("form", { className: "line" }, field, make("button", { type: "submit", textContent: "Watch" }));
  const feed = make("a", { textContent: "Follow these changes in a feed reader (Atom)" });
  const box = make("div", { className: "own" }, form, said, changes, make("h3", { textContent: "Watched" }), hint, watched, make("p", {}, feed));
  field.setAttribute("aria-label", "Question to watch, or the address of a feed");
  let questions = new Set();

  function sources(rows) {
    return rows.map((one) => {
      const page = make("a", { href: one.page, target: "_blank", rel: "noopener noreferrer", textContent: one.said, dir: "auto" });
      const date = one.published ? `, ${day(one.published)}` : ", no date";
      const quote = make("q", { textContent: one.quote, dir: "auto", className: one.differs ? "differs" : "" });
      return make("p", { className: "from" }, quote, " ", page, date);
    });
  }

  function side(name, value, rows) {
    const told = make("p", { className: "value", textContent: value, dir: "auto", hidden: !value });
    return make("div", { className: "side" }, make("p", { className: "from", textContent: name }), told, ...sources(rows));
  }

  function change(one) {
    const head = make("p", { className: "from", textContent: `${moment(one.at)} · ${one.what}` });
    const [was, is] = one.before === one.after ? ["", ""] : [one.before || "no answer", one.after || "no answer"];
    const sides = make("div", { className: "sides" }, side("Before", was, one.old), side("Now", is, one.new));
    return make("section", { className: "change" }, make("h3", { textContent: one.question, dir: "auto" }), head, sides);
  }

  // The address that is told of each changed answer of a question.
  function teller(one) {
    const address = make("input", { type: "url", value: one.webhook || "", maxLength: 2000, placeholder: "https://…" });
    address.setAttribute("aria-label", `Address that is told when the answer changes: ${one.value}`);
    const save = make("button", { type: "submit", textContent: "Save" });
    const tell = make("form", { className: "line" }, address, save);
    tell.addEventListener("submit", (event) => {
      event.preventDefault();
      attempt("/desk/watches/webhook", { id: one.id, webhook: address.value });
    });
    const told = one.webhook ? `Changes are sent to ${new URL(one.webhook).host}` : "Send changes to another program";
    const what = "Each changed answer is sent to this address as JSON (a webhook). Leave it empty to send nothing.";
    const why = make("p", { className: "from", textContent: what });
    return make("details", {}, make("summary", { textContent: told }), tell, why);
  }

  function row(one) {
    const item = make("li", {}, make("p", { textContent: one.value, dir: "auto" }));
    const done = one.kind === "question" ? "asked" : "read";
    const last = one.last ? `last ${done} on ${moment(one.last)}` : `not ${done} yet`;
    const known = one.now ? `now: ${one.now} · ${last}` : last;
    const state = one.failing ? `${one.dead ? "dead" : "failing"}: ${one.failing}` : known;
    item.append(make("p", { className: one.failing ? "from bad" : "from", textContent: `${one.kind} · ${state}` }));
    const shared = !one.own && document.body.classList.contains("edits");
    if (one.own || shared) {
      const stop = make("button", { type: "button", textContent: "Watch no longer" });
      stop.addEventListener("click", () => attempt("/desk/watches/remove", { id: one.id, shared: one.own ? "" : "yes" }));
      if (one.own && one.kind === "question") item.append(teller(one));
      item.append(stop);
    }
    return item;
  }

  const tabOfWatching = () => window.desk.tab("Watching");

  function count(unseen) {
    const tab = tabOfWatching();
    if (!tab) return;
    if (unseen) tab.dataset.unseen = unseen;
    else delete tab.dataset.unseen;
  }

  async function show() {
    try {
      const told = await ask("/desk/watches");
      count(told.unseen);
      if (!told.kept) {
        said.textContent = "Nothing can be watched here: the index is in a database, and no folder is named for it.";
        form.hidden = true;
        return;
      }
      document.body.classList.toggle("edits", told.edits);
      field.placeholder = told.edits ? "A question, or a feed’s address" : "A question";
      const none = make("p", { className: "from", textContent: "Nothing has changed so far." });
      changes.replaceChildren(...(told.changes.length ? told.changes.map(change) : told.watches.length ? [none] : []));
      watched.replaceChildren(...told.watches.map(row));
      hint.hidden = told.watches.length > 0;
      questions = new Set(told.watches.filter((one) => one.own && one.kind === "question").map((one) => one.value));
      markWatched();
      feed.href = told.feed;
      if (told.unseen && box.offsetParent) {
        await ask("/desk/watches/seen", {});
        count(0);
      }
    } catch (error) {
      said.textContent = error.message;
    }
  }

  async function attempt(path, fields, wait = "") {
    said.textContent = wait;
    try {
      await ask(path, fields);
      said.textContent = "";
      await show();
      return true;
    } catch (error) {
      said.textContent = error.message;
      return false;
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const value = field.value.trim();
    const kind = /^https?:\/\/\S+$/i.test(value) ? "feed" : "question";
    if (!value) return;
    const wait = { question: "The question is asked …", feed: "The feed is noted …" }[kind];
    if (!(await attempt("/desk/watches", { kind, value }, wait))) return;
    field.value = "";
    if (kind === "feed") document.dispatchEvent(new Event("corpus-changed")); // it is read in some seconds
  });

  function questionOf(link) {
    const turn = link.closest(".turn");
    return (turn.querySelector(".understood q bdi") || turn.querySelector(".question")).textContent.trim();
  }

  // A question that is watched says so, also when the page is opened again.
  function markWatched() {
    for (const link of document.querySelectorAll("#thread a.watch")) {
      const is = questions.has(questionOf(link));
      if (is === link.classList.contains("is-watched")) continue;
      link.classList.toggle("is-watched", is);
      link.textContent = is ? "Watched: see the tab “Watching”" : "Watch";
    }
  }

  async function watch(link) {
    if (link.classList.contains("is-watched")) {
      tabOfWatching()?.click();
      return;
    }
    link.textContent = "Asking …";
    if (!(await attempt("/desk/watches", { kind: "question", value: questionOf(link) }))) link.textContent = said.textContent;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.watch");
    if (link) {
      event.preventDefault();
      watch(link);
    } else if (event.target.closest("[role=tab]")) setTimeout(show, 50);
  });

  document.addEventListener("corpus-changed", () => AFTER_ARTICLES.forEach((wait) => setTimeout(show, wait)));

  let begun = false;
  new MutationObserver(() => {
    const place = document.getElementById("watching");
    if (place && box.parentElement !== place) place.append(box);
    if (questions.size) markWatched();
    if (!begun && document.querySelector("#period .prose")?.textContent.trim()) {
      begun = true;
      show();
      setInterval(show, POLL);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
