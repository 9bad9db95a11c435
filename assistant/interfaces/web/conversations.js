// The list of conversations beside the page: found, opened, renamed, saved whole, deleted.
(() => {
  "use strict";

  const WIDE = window.matchMedia("(min-width: 1380px)"); // the list is open from the first
  const BESIDE = window.matchMedia("(min-width: 1100px)"); // it stands beside the rest, and covers nothing
  const TOUCHED = window.matchMedia("(hover: none)"); // there a field that has the focus brings up a keyboard
  let current = "";
  let shownTurns = -1;
  let latest = 0;

  // What other scripts of the page use: making elements, asking the server, telling the page.
  const desk = (window.desk = {
    make(tag, options = {}, ...children) {
      const { on = {}, ...rest } = options;
      const made = Object.assign(document.createElement(tag), rest);
      for (const [name, listener] of Object.entries(on)) made.addEventListener(name, listener);
      made.append(...children);
      return made;
    },

    async ask(path, fields) {
      const options = fields && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fields),
      };
      let response;
      try {
        response = await fetch(path, options);
      } catch {
        throw new Error("The server does not answer; try again.");
      }
      if (response.status === 401) throw new Error("You are signed out; reload the page to sign in.");
      const told = await response.json().catch(() => ({}));
      if (!response.ok) throw new Error((told && (told.error || told.detail)) || "That did not work; try again.");
      return told;
    },

    // The page obeys what is typed into its hidden field; the time makes each command another one.
    tell(words) {
      const field = document.querySelector("#command textarea, #command input");
      if (!field) return;
      field.value = `${words} ${Date.now()}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },

    // A day without an hour is the same day wherever it is read.
    day(text) {
      const timeZone = /^\d{4}-\d\d-\d\d$/.test(text) ? "UTC" : undefined;
      return new Date(text).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone });
    },
    moment(text) {
      const hour = new Date(text).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      return `${desk.day(text)}, ${hour}`;
    },

    download(text, type, name) {
      const link = desk.make("a", { download: name });
      link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },

    // The button of a tab, by the word that it begins with: a number may follow it.
    tab(name) {
      return [...document.querySelectorAll("[role=tab]")].find((one) => one.textContent.trim().startsWith(name));
    },
    questions() {
      desk.tab("Questions")?.click();
    },
  });

  const { make } = desk;
  const list = make("ul");
  const said = make("p", { className: "said", role: "status" });
  const find = make("input", { type: "search", placeholder: "Find", on: { input: () => show() } });
  find.setAttribute("aria-label", "Find a conversation");
  const more = make("button", { type: "button", className: "more", textContent: "Show more", hidden: true });
  more.addEventListener("click", () => show(list.children.length));
  const close = make("button", { type: "button", className: "close", textContent: "Close", on: { click: () => open(false) } });
  const fresh = make("button", { type: "button", className: "fresh", textContent: "New conversation", on: { click: begin } });
  const keys = make("button", { type: "button", className: "keys", textContent: "Keys (?)" });
  keys.addEventListener("click", () => desk.keys());
  const top = make("div", { className: "top" }, fresh, close);
  const whose = make("p", { className: "whose", hidden: true });
  whose.textContent = "Nobody signs in here: every browser on this machine sees these conversations, and what is watched.";
  const panel = make("nav", { id: "desk" }, top, find, whose, list, more, said, keys);
  panel.setAttribute("aria-label", "Conversations");

  desk.list = open;
  function open(wanted) {
    document.body.classList.toggle("desk-open", wanted);
    const button = document.getElementById("desk-toggle");
    if (button) button.setAttribute("aria-expanded", String(wanted));
    if (wanted) show();
    if (wanted && !BESIDE.matches) (TOUCHED.matches ? close : find).focus();
    else if (!wanted && button && panel.contains(document.activeElement)) button.focus();
  }

  function begin() {
    desk.questions();
    desk.tell("new");
    if (!BESIDE.matches) open(false);
    const field = document.querySelector("#question textarea");
    if (field) field.focus();
  }

  async function show(after = 0) {
    const asked = ++latest;
    try {
      const words = encodeURIComponent(find.value);
      const told = await desk.ask(`/desk/conversations?words=${words}&after=${after}`);
      if (asked !== latest) return;
      const rows = told.conversations.map(row);
      if (after) list.append(...rows);
      else list.replaceChildren(...rows);
      more.hidden = !told.more;
      find.hidden = !told.kept;
      whose.hidden = !(told.kept && told.open);
      const none = find.value ? "No conversation holds these words." : "What you ask is kept here.";
      const off = "Conversations are not kept here: a reload loses what was asked.";
      said.textContent = told.kept ? (list.children.length ? "" : none) : off;
    } catch (error) {
      if (asked === latest) said.textContent = error.message;
    }
  }

  function row(one) {
    const link = make("a", { href: `/?conversation=${one.id}`, textContent: one.title, dir: "auto" });
    if (one.id === current) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      desk.questions();
      desk.tell(`open ${one.id}`);
      if (!BESIDE.matches) open(false);
    });
    const questions = one.turns === 1 ? "1 question" : `${one.turns} questions`;
    const item = make("li", {}, link, make("p", { textContent: `${desk.moment(one.changed)} · ${questions}` }));
    const act = (name, work) => make("button", { type: "button", textContent: name, on: { click: () => work(one, item) } });
    item.append(make("div", { className: "acts" }, act("Rename", rename), act("Save all", save), act("Delete", remove)));
    return item;
  }

  function rename(one, item) {
    const field = make("input", { type: "text", value: one.title, maxLength: 120 });
    field.setAttribute("aria-label", "Title");
    const form = make("form", {}, field);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await attempt(() => desk.ask("/desk/conversations/rename", { id: one.id, title: field.value }));
    });
    field.addEventListener("keydown", (event) => event.key === "Escape" && item.replaceWith(row(one)));
    item.replaceChildren(form);
    field.select();
  }

  async function save(one) {
    await attempt(async () => {
      const told = await desk.ask(`/desk/conversations/whole?id=${encodeURIComponent(one.id)}`);
      desk.download(told.markdown, "text/markdown", `conversation-${one.changed.slice(0, 10)}.md`);
    });
  }

  function remove(one, item) {
    const yes = make("button", { type: "button", textContent: "Delete for good" });
    yes.addEventListener("click", async () => {
      const own = one.id === current;
      await attempt(() => desk.ask("/desk/conversations/delete", { id: one.id }));
      if (own) desk.tell("new");
    });
    const no = make("button", { type: "button", textContent: "Keep", on: { click: () => item.replaceWith(row(one)) } });
    item.querySelector(".acts").replaceChildren(yes, no);
    item.classList.add("asking");
    yes.focus();
  }

  async function attempt(work) {
    try {
      await work();
      await show();
    } catch (error) {
      said.textContent = error.message;
    }
  }

  function follow() {
    const thread = document.querySelector("#thread .conversation");
    if (!thread || document.querySelector("#thread .working")) return;
    const id = thread.id.replace(/^conversation-/, "");
    const turns = thread.querySelectorAll(".turn.done").length;
    if (id === current && turns === shownTurns) return;
    [current, shownTurns] = [id, turns];
    if (document.body.classList.contains("desk-open")) show();
  }

  document.addEventListener("click", (event) => {
    const edit = event.target.closest("a.edit");
    if (event.target.closest("#desk-toggle")) open(!document.body.classList.contains("desk-open"));
    else if (edit) {
      event.preventDefault();
      desk.tell(`edit ${edit.getAttribute("href").replace("#edit-", "")}`);
      const field = document.querySelector("#question textarea");
      if (field) field.focus();
    } else if (!BESIDE.matches && !event.target.closest("#desk") && event.target.isConnected) open(false);
  });
  document.addEventListener("keydown", (event) => {
    const inside = panel.contains(event.target) && !event.target.closest("li form");
    if (event.key === "Escape" && inside && !BESIDE.matches) open(false);
  });

  let ready = false;
  function begun() {
    if (ready || !document.querySelector("#command textarea, #command input")) return;
    if (!document.querySelector("#period .prose")?.textContent.trim()) return;
    ready = true;
    document.body.append(panel);
    if (WIDE.matches) open(true);
    BESIDE.addEventListener("change", () => !BESIDE.matches && open(false));
    document.dispatchEvent(new Event("desk-ready"));
  }

  new MutationObserver(() => {
    begun();
    if (ready) follow();
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["id"] });
})();
