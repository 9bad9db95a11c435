// Sources follow the markers; the conversation follows its end; copy and save keep everything on this machine.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const narrow = () => window.matchMedia("(max-width: 900px)").matches;
  let followed = null;

  function showSources(turn) {
    for (const group of document.querySelectorAll("#sources .sources")) {
      group.classList.toggle("current", group.id === `sources-${turn}`);
    }
  }

  // Scrolls the panel only: the reader's place in the conversation stays.
  function scrollWithin(panel, mark) {
    const frame = panel.getBoundingClientRect();
    const box = mark.getBoundingClientRect();
    const seen = narrow() ? frame.height : Math.min(frame.bottom, window.innerHeight) - frame.top;
    if (box.top > frame.top + seen / 10 && box.bottom < frame.top + seen) return;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = box.top - frame.top - seen / 3;
    panel.scrollBy({ top, behavior: still ? "auto" : "smooth" });
  }

  // href is #cite-TURN-NUMBER; the marks of that citation bear the same class.
  function followMarker(marker, from = marker) {
    const name = marker.getAttribute("href").slice(1);
    const marks = document.getElementsByClassName(name);
    if (!marks.length) return;
    showSources(name.split("-")[1]);
    for (const one of document.querySelectorAll(".followed")) one.classList.remove("followed");
    for (const one of [marker, ...marks]) one.classList.add("followed");
    followed = from;
    document.body.classList.add("sources-open");
    scrollWithin(byId("right"), marks[0]);
    marks[0].focus({ preventScroll: true });
  }

  // href is #event-TURN-PLACE: the entry comes into view, and beside it, where there is room, its first source.
  function followDot(dot) {
    const entry = byId(dot.getAttribute("href").slice(1));
    if (!entry) return;
    const marker = entry.querySelector("a.marker");
    if (marker && !narrow()) followMarker(marker, dot);
    else {
      for (const one of document.querySelectorAll(".followed")) one.classList.remove("followed");
      entry.focus({ preventScroll: true });
    }
    entry.classList.add("followed");
    entry.scrollIntoView({ block: "nearest" });
  }

  function returnFromSources() {
    if (!document.body.classList.contains("sources-open")) return;
    document.body.classList.remove("sources-open");
    if (followed && followed.isConnected) followed.focus();
  }

  function askThis(question) {
    const field = document.querySelector("#question textarea");
    field.value = question;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => byId("send").click(), 50);
  }

  function exported(id) {
    const field = byId(id) && byId(id).querySelector("textarea, input");
    return field ? field.value : "";
  }

  async function copy(button) {
    const text = exported("as-markdown");
    try {
      await navigator.clipboard.writeText(text);
      acknowledge(button, "Copied");
    } catch {
      acknowledge(button, "Not allowed by the browser");
    }
  }

  function save(button, text, type, ending) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = `conversation-${new Date().toISOString().slice(0, 10)}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    acknowledge(button, "Saved");
  }

  function acknowledge(button, message) {
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    button.textContent = message;
    setTimeout(() => (button.textContent = label), 1500);
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest(
      "a.marker, a.dot, a.suggested, #copy, #save-markdown, #save-json, #close-sources, #back, #forth",
    );
    if (!target) {
      if (!event.target.closest("#right")) document.body.classList.remove("sources-open");
      return;
    }
    if (target.matches("a.marker")) {
      event.preventDefault();
      followMarker(target);
    } else if (target.matches("a.dot")) {
      event.preventDefault();
      followDot(target);
    } else if (target.matches("a.suggested")) {
      event.preventDefault();
      askThis(target.textContent);
    } else if (target.matches("#back, #forth")) byId("listing").scrollIntoView({ block: "start" });
    else if (target.id === "copy") copy(target);
    else if (target.id === "save-markdown") save(target, exported("as-markdown"), "text/markdown", "md");
    else if (target.id === "save-json") save(target, exported("as-json"), "application/json", "json");
    else returnFromSources();
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" && !typing) returnFromSources();
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const field = document.querySelector("#question textarea");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    }
  });

  // The newest turn stays in view while it arrives; dates get the browser's own picker.
  let turns = 0;
  let arriving = false;
  let arrived = 0;
  const SETTLING = 1500;

  function bringIntoView(last) {
    const composer = byId("composer").getBoundingClientRect();
    const box = last.getBoundingClientRect();
    if (box.top < 0 || box.bottom > composer.top) last.scrollIntoView({ block: "start" });
  }

  // The box for how a question was understood opens after its answer is there, and must not cover the end of it.
  const composerGrows = new ResizeObserver(() => {
    const last = document.querySelector("#thread .turn:last-child");
    if (last && performance.now() - arrived < SETTLING) bringIntoView(last);
  });

  function follow() {
    const shown = document.querySelectorAll("#thread .turn");
    const last = shown[shown.length - 1];
    if (last && (shown.length > turns || arriving)) {
      arrived = performance.now();
      bringIntoView(last);
    }
    if (shown.length > turns) byId("right").scrollTop = 0;
    turns = shown.length;
    arriving = Boolean(last && last.querySelector(".working"));
  }

  let watched = null;
  new MutationObserver((changes) => {
    const composer = byId("composer");
    if (composer && composer !== watched) composerGrows.observe((watched = composer));
    if (changes.some((change) => change.target.closest && change.target.closest("#thread"))) follow();
    for (const field of document.querySelectorAll("#after input[type=text], #before input[type=text]")) {
      field.type = "date";
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
