// Articles are added in the tab of the corpus: files dropped or chosen, addresses pasted; removed and restored.
(() => {
  "use strict";

  const { make, ask } = window.desk;
  const POLL = 700;
  const AT_ONCE = 500;
  const chosen = make("input", { type: "file", multiple: true, id: "chosen-files" });
  const label = make("label", { htmlFor: "chosen-files", textContent: "Choose files" });
  const address = make("input", { type: "text", placeholder: "Paste addresses of articles or feeds", maxLength: 9000 });
  address.setAttribute("aria-label", "Addresses of articles or feeds");
  const form = make("form", { className: "line" }, address, make("button", { type: "submit", textContent: "Add" }));
  const said = make("p", { className: "said" });
  said.setAttribute("role", "status");
  const jobs = make("ul", { className: "jobs" });
  const gone = make("ul");
  const removed = make("details", { className: "removed", hidden: true }, make("summary"), gone);
  const drop = make("div", { className: "drop" }, make("p", {}, "Drop files here, or ", chosen, label, "."), form);
  const box = make("div", { className: "own", hidden: true }, drop, said, jobs, removed);
  let polling = 0;
  let waiting = 0;

  function report(job) {
    if (job.state === "waiting") return "waits";
    if (job.state === "reading") return `is read, ${Math.round(job.share * 100)} %`;
    const counts = [[job.added, "added"], [job.updated, "updated"], [job.unchanged, "unchanged"], [job.failed, "not read"]];
    const told = counts.filter(([count]) => count).map(([count, what]) => `${count} ${what}`);
    return told.join(", ") || "holds no article";
  }

  function row(job) {
    const item = make("li", { className: job.failed && !job.added ? "bad" : "" });
    item.append(make("span", { textContent: job.name, dir: "auto" }), ` ${report(job)}`);
    const reasons = [...job.failures, ...job.skipped].map((one) =>
      make("li", { textContent: one.name === job.name ? one.reason : `${one.name}: ${one.reason}`, dir: "auto" }),
    );
    if (reasons.length) item.append(make("ul", {}, ...reasons));
    return item;
  }

  async function show() {
    clearTimeout(polling);
    try {
      const told = await ask("/desk/jobs");
      document.body.classList.toggle("edits", told.edits);
      box.hidden = !told.edits;
      if (!told.edits) return;
      jobs.replaceChildren(...told.jobs.map(row));
      const now = told.jobs.filter((one) => one.state !== "done").length;
      if (waiting && !now) refresh();
      waiting = now;
      if (now) polling = setTimeout(show, POLL);
      else await showRemoved();
    } catch (error) {
      said.textContent = error.message;
    }
  }

  async function showRemoved() {
    const told = await ask("/desk/removed");
    removed.hidden = !told.length;
    removed.firstChild.textContent = `Removed articles (${told.length})`;
    gone.replaceChildren(
      ...told.map((one) => {
        const back = make("button", { type: "button", textContent: "Restore" });
        back.addEventListener("click", () => attempt(() => ask("/desk/articles/restore", { id: one.id })));
        return make("li", {}, make("span", { textContent: one.title, dir: "auto" }), " ", back);
      }),
    );
  }

  // The page lists the corpus anew when this hidden field changes.
  function refresh() {
    const field = document.querySelector("#refresh textarea, #refresh input");
    if (!field) return;
    field.value = String(Date.now());
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function attempt(work) {
    said.textContent = "";
    try {
      await work();
      refresh();
    } catch (error) {
      said.textContent = error.message;
    }
    await show();
  }

  async function send(files) {
    const refused = [];
    for (const file of [...files].slice(0, AT_ONCE)) {
      said.textContent = `${file.name} is sent`;
      try {
        const response = await fetch(`/desk/files?name=${encodeURIComponent(file.name)}`, {
          method: "POST",
          headers: { "content-type": "application/octet-stream" },
          body: file,
        });
        const told = await response.json().catch(() => ({}));
        const large = response.status === 413 ? "larger than this server takes" : "";
        if (!response.ok) throw new Error(large || told.error || told.detail || "could not be sent");
      } catch (error) {
        refused.push(`${file.name}: ${error.message}`);
      }
      await show();
    }
    if (files.length > AT_ONCE) refused.push(`${AT_ONCE} files are taken at once; drop the others after these`);
    said.textContent = refused.join(" · ");
  }

  chosen.addEventListener("change", async () => {
    await send(chosen.files);
    chosen.value = "";
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const refused = [];
    for (const one of address.value.split(/\s+/).filter(Boolean)) {
      try {
        await ask("/desk/addresses", { address: one });
      } catch (error) {
        refused.push(`${one}: ${error.message}`);
      }
    }
    address.value = "";
    said.textContent = refused.join(" · ");
    await show();
  });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    send(event.dataTransfer.files);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.remove");
    if (link) {
      event.preventDefault();
      const id = decodeURIComponent(link.getAttribute("href").replace("#remove-", ""));
      attempt(() => ask("/desk/articles/remove", { id }));
    } else if (event.target.closest("[role=tab]")) setTimeout(show, 50);
  });

  let begun = false;
  new MutationObserver(() => {
    const place = document.getElementById("adding");
    if (place && box.parentElement !== place) place.append(box);
    if (!begun && document.querySelector("#period .prose")?.textContent.trim()) {
      begun = true;
      show();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
