// The browser's back and forth: each tab and each conversation is a place, and so is what slides over them.
(() => {
  "use strict";

  const { desk } = window;
  const TABS = { questions: "Questions", corpus: "Corpus", watching: "Watching" };
  const SHEETS = [
    ["sources-open", window.matchMedia("(max-width: 900px)")],
    ["desk-open", window.matchMedia("(max-width: 1099px)")],
  ];
  const CLOSED = 300;
  const LONGEST = 10000;
  let ready = false;
  let step = null;
  let closing = 0;

  const thread = () => document.querySelector("#thread .conversation");
  const here = () => `${location.pathname}${location.search}`;

  function address(view, conversation) {
    const fields = new URLSearchParams();
    if (view !== "questions") fields.set("view", view);
    if (conversation) fields.set("conversation", conversation);
    return fields.size ? `/?${fields}` : "/";
  }

  const conversationShown = () => (thread()?.id || "").replace(/^conversation-/, "");
  const isShown = (view) => desk.tab(TABS[view])?.getAttribute("aria-selected") === "true";

  // The address of what the page shows.
  const shown = () => address(Object.keys(TABS).find(isShown) || "questions", conversationShown());

  // Shows what the address names; until it is there, what is shown is no new place.
  function go() {
    const fields = new URLSearchParams(location.search);
    const view = Object.hasOwn(TABS, fields.get("view")) ? fields.get("view") : "questions";
    const conversation = fields.get("conversation") || "";
    const underWay = step !== null;
    step = { to: address(view, conversation), from: thread(), until: performance.now() + LONGEST };
    if (!isShown(view)) desk.tab(TABS[view])?.click();
    if (underWay || conversation !== conversationShown()) desk.tell(conversation ? `open ${conversation}` : "new");
    follow();
  }

  function follow() {
    if (!ready || document.querySelector("#thread .working")) return;
    const now = shown();
    if (step) {
      const failed = thread() !== step.from && document.querySelector("#thread .failure");
      if (now !== step.to && !failed && performance.now() < step.until) return;
      if (now !== here()) history.replaceState(null, "", now);
      step = null;
    } else if (now !== here()) {
      history[history.state?.sheet ? "replaceState" : "pushState"](null, "", now);
    }
  }

  // On a narrow page the sources and the list slide over the rest: going back closes them.
  const covered = () => SHEETS.some(([name, narrow]) => narrow.matches && document.body.classList.contains(name));

  function cover() {
    clearTimeout(closing); // one step back at most, however often the body's class is set
    if (covered() && !history.state?.sheet) history.pushState({ sheet: true }, "", here());
    else if (!covered() && history.state?.sheet) {
      closing = setTimeout(() => !covered() && history.state?.sheet && history.back(), CLOSED);
    }
  }

  window.addEventListener("popstate", (event) => {
    if (!event.state?.sheet && covered()) {
      document.body.classList.remove("sources-open");
      desk.list(false);
    }
    if (step || here() !== shown()) go();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-tab");
    if (!link) return;
    event.preventDefault();
    desk.tab(link.textContent.trim())?.click();
  });
  document.addEventListener("desk-ready", () => {
    ready = true;
    go();
    new MutationObserver(cover).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
  new MutationObserver(follow).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["id", "aria-selected"],
  });
})();
