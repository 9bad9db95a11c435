// What was typed or asked and is not answered yet outlives a reload: it comes back to the box, to be asked again.
// The browser keeps it for this tab alone, with the user and the conversation that it belongs to.
(() => {
  "use strict";

  const { desk } = window;
  const KEPT = "assistant.unanswered";
  const REMARK = "This was not answered before the page was left. Press Ask to ask it again.";
  const said = desk.make("p", { id: "unanswered" });
  said.setAttribute("role", "status");
  let user = null;
  let waiting = false; // for an answer
  let restored = false;

  const field = () => document.querySelector("#question textarea");
  const done = () => document.querySelectorAll("#thread .turn.done");
  const conversation = () => (document.querySelector("#thread .conversation")?.id || "").replace(/^conversation-/, "");
  const questionOf = (turn) => turn?.querySelector(".question")?.textContent || "";

  function keep(question, asked) {
    if (user === null || !restored) return;
    if (!question.trim()) sessionStorage.removeItem(KEPT);
    else {
      const kept = { user, conversation: conversation(), turns: done().length, question, asked };
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    }
  }

  function follow() {
    restore();
    const turn = document.querySelector("#thread .turn:has(.working)");
    if (turn) {
      if (waiting) return;
      said.textContent = "";
      keep(questionOf(turn), true);
    } else if (waiting) keep(field()?.value || "", false);
    waiting = Boolean(turn);
  }

  // Once the page shows the conversation that was left, and if that does not hold the answer by now.
  function restore() {
    if (restored || user === null || document.querySelector("#thread .working")) return;
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    const wanted = new URLSearchParams(location.search).get("conversation") || "";
    if (kept && kept.user === user && kept.conversation === wanted) {
      if (wanted !== conversation() && !document.querySelector("#thread .failure")) return;
      const turns = done();
      const answered = turns.length > kept.turns && questionOf(turns[turns.length - 1]) === kept.question;
      if (!answered) setTimeout(() => putBack(kept), 0); // after the page has emptied the box
    }
    restored = true;
    if (!kept) keep(field()?.value || "", false); // what was typed meanwhile
  }

  function putBack(kept) {
    const box = field();
    if (!box || box.value) return;
    if (kept.asked) {
      document.getElementById("controls").before(said);
      said.textContent = REMARK;
    }
    box.value = kept.question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    if (waiting || !event.target.matches("#question textarea")) return;
    const asked = Boolean(said.textContent) && Boolean(event.target.value.trim());
    if (!asked) said.textContent = "";
    keep(event.target.value, asked);
  });
  document.addEventListener("desk-ready", async () => {
    try {
      ({ user } = await desk.ask("/desk/conversations/user"));
    } catch {
      return; // whose page this is cannot be told: nothing is kept
    }
    new MutationObserver(follow).observe(document.documentElement, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["id"],
    });
    follow();
  });
})();
