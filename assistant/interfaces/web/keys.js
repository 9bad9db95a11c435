// Keys that save a click, and the sheet that names them.
(() => {
  "use strict";

  const { make } = window.desk;
  const click = (id) => () => document.getElementById(id)?.click();
  const tab = (name) => () => window.desk.tab(name)?.click();
  const last = (selector) => () => [...document.querySelectorAll(selector)].pop()?.click();
  const keys = [
    ["?", "Show or hide this sheet", toggle],
    ["/", "Go to the question"],
    ["n", "Begin a new conversation", () => document.querySelector("#desk .fresh")?.click()],
    ["c", "Show or hide the conversations", click("desk-toggle")],
    ["e", "Edit the last question", last("#thread a.edit")],
    ["w", "Watch the last question", last("#thread a.watch")],
    ["s", "Stop the answer", click("stop")],
    ["1", "Questions", tab("Questions")],
    ["2", "Corpus", tab("Corpus")],
    ["3", "Watching", tab("Watching")],
    ["Enter", "Ask; with Shift, begin a new line"],
    ["Esc", "Back from the sources to the answer"],
  ];

  const rows = keys.map(([key, what]) => make("tr", {}, make("td", {}, make("kbd", { textContent: key })), make("td", { textContent: what })));
  const shut = make("button", { type: "button", textContent: "Close" });
  const sheet = make("dialog", { id: "keys" }, make("h2", { textContent: "Keys" }), make("table", {}, make("tbody", {}, ...rows)), shut);
  sheet.setAttribute("aria-label", "Keys");
  shut.addEventListener("click", () => sheet.close());

  function toggle() {
    if (!sheet.isConnected) document.body.append(sheet);
    if (sheet.open) sheet.close();
    else sheet.showModal();
  }
  window.desk.keys = toggle;

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const found = keys.find(([key, , work]) => key === event.key && work);
    if (!found || (sheet.open && event.key !== "?")) return;
    event.preventDefault();
    found[2]();
  });
})();
