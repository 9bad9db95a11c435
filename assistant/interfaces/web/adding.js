// Articles are added in the tab of the corpus: files dropped or chosen, addresses pasted; removed and restored.
(() => {
  "use strict";

  const { make, ask } = window.desk;
  const POLL = 700;
  const AT_ONCE = 500;
  const ADDRESS = /^https?:\/\//i;
  const chosen = make("input", { type: "file", multiple: true, id: "chosen-files" });
  const label = make("label", { htmlFor: "chosen-files", textContent: "Choose files" });
  const address = make("input", { type: "text", placeholder: "Addresses of articles or feeds", maxLength: 9000 });
  address.setAttribute("aria-label", "Addresses of articles or feeds");
  const form = make("form", { className: "line" }, address, make("button", { type: "submit", textContent: "Add" }));
  const said = make("p", { className: "said" });
  said.setAttribute("role", "status");
  const jobs = make("ul", { className: "jobs" });
  const clear = make("button", { type: "button", className: "clear", textContent: "Clear this list", hidden: true });
  clear.addEventListener("click", () => attempt(() => ask("/desk/jobs/clear", {}), false));
  const gone = make("ul");
  const removed = make("details", { className: "removed", hidden: true }, make("summary"), gone);
  const title = make("input", { type: "text", maxLength: 300, required: true });
  const publisher = make("input", { type: "text", maxLength: 200 });
  const published = make("input", { type: "date" });
  const text = make("textarea", { rows: 8, required: true });
  const named = (name, field) => {
    field.setAttribute("aria-label", `${name} of the article`);
    return make("label", { className: "named" }, name, field);
  };
  const about = make("div", { className: "line" }, named("Publisher", publisher), named("Published", published));
  const add = make("button", { type: "submit", textContent: "Add this text" });
  const writing = make("form", {}, named("Title", title), about, named("Text", text), add);
  const pasted = make("details", { className: "pasted" }, make("summary", { textContent: "Or paste the text of an article" }), writing);
  const files = make("p", {}, "Add articles: ", make("span", { className: "dropping", textContent: "drop files here, or " }), chosen, label, ".");
  const drop = make("div", { className: "drop" }, files, form, pasted);
  const box = make("div", { className: "own", hidden: true }, drop, said, jobs, clear, removed);
  let polling = 0;
  let waiting = 0;
  let added = null;
  let largest = Infinity;

  // The name under which a pasted text is sent; its reader need not see it.
  const titles = new Map();
  const ownName = (title) => `${title.replace(/[\\/]/g, " ").slice(0, 80)}.json`;

  function report(job) {
    if (job.state === "waiting") return "waiting";
    const counts = [[job.added, "added"], [job.updated, "updated"], [job.unchanged, "unchanged"], [job.failed, "not read"]];
    const told = counts.filter(([count]) => count).map(([count, what]) => `${count} ${what}`);
    if (job.state === "done") return told.join(", ") || "holds no article";
    const known = job.share ? `${Math.round(job.share * 100)} %` : told.map((one) => `${one} so far`).join(", ");
    return known ? `being read: ${known}` : "being read";
  }

  function row(job) {
    const item = make("li", { className: job.failed && !job.added ? "bad" : "" });
    const link = () => make("a", { href: job.page, target: "_blank", rel: "noopener noreferrer", textContent: job.title || job.name });
    const titled = job.page && job.title && job.name !== ownName(job.title);
    item.append(make("span", { dir: "auto" }, job.page && !titled ? link() : titles.get(job.name) || job.name), ` ${report(job)}`);
    if (titled) item.append(": ", make("bdi", {}, link()));
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
      largest = told.largest;
      jobs.replaceChildren(...told.jobs.map(row));
      const now = told.jobs.filter((one) => one.state !== "done").length;
      clear.hidden = now === told.jobs.length;
      const counted = told.jobs.reduce((sum, one) => sum + one.added, 0);
      if (!now && (waiting || (added !== null && counted > added))) refresh(counted > added ? "added" : "changed");
      if (!now || added === null) added = counted;
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

  // The page lists the corpus anew when this hidden field changes, what was just added first.
  function refresh(what) {
    const field = document.querySelector("#refresh textarea, #refresh input");
    if (!field) return;
    field.value = `${what} ${Date.now()}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.dispatchEvent(new Event("corpus-changed"));
  }

  async function attempt(work, changes = true) {
    said.textContent = "";
    try {
      await work();
      if (changes) refresh("changed");
    } catch (error) {
      said.textContent = error.message;
    }
    await show();
  }

  const megabytes = (bytes) => `${Math.floor(bytes / 1e6)} MB`;

  async function send(files) {
    const refused = [];
    for (const file of [...files].slice(0, AT_ONCE)) {
      said.textContent = `${file.name} is being sent`;
      try {
        if (file.size > largest) throw new Error(`larger than ${megabytes(largest)}, the most that is taken`);
        const response = await fetch(`/desk/files?name=${encodeURIComponent(file.name)}`, {
          method: "POST",
          headers: { "content-type": "application/octet-stream" },
          body: file,
        });
        const told = await response.json().catch(() => ({}));
        if (!response.ok) throw new Error(told.error || told.detail || "could not be sent");
      } catch (error) {
        refused.push(`${file.name}: ${error instanceof TypeError ? "could not be sent; try again" : error.message}`);
      }
      await show();
    }
    if (files.length > AT_ONCE) refused.push(`${AT_ONCE} files are taken at once; drop the others after these`);
    said.textContent = refused.join("\n");
    return !refused.length;
  }

  chosen.addEventListener("change", async () => {
    await send(chosen.files);
    chosen.value = "";
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = address.value.split(/\s+/).filter(Boolean);
    const addresses = words.filter((one) => ADDRESS.test(one));
    if (!addresses.length) {
      said.textContent = words.length ? "An address begins with http:// or https://." : "";
      return;
    }
    const others = words.filter((one) => !ADDRESS.test(one));
    const named = others.slice(0, 5).join(", ") + (others.length > 5 ? `, and ${others.length - 5} more` : "");
    const refused = others.length ? [`Passed over, as an address begins with http:// or https://: ${named}`] : [];
    for (const one of addresses) {
      try {
        await ask("/desk/addresses", { address: one });
      } catch (error) {
        refused.push(`${one}: ${error.message}`);
      }
    }
    address.value = "";
    said.textContent = refused.join("\n");
    await show();
  });
  // The text of an article, pasted where an address belongs, goes into the box for it with its lines.
  address.addEventListener("paste", (event) => {
    const given = event.clipboardData.getData("text/plain").trim();
    if (!/\s/.test(given) || given.split(/\s+/).some((one) => ADDRESS.test(one))) return;
    event.preventDefault();
    pasted.open = true;
    text.value = given;
    title.focus();
    said.textContent = "That is no address: give the text a title, and add it here.";
  });
  writing.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = { title: title.value.trim(), publisher: publisher.value.trim(), published: published.value, text: text.value };
    titles.set(ownName(fields.title), fields.title);
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
    if (!(await send([new File([JSON.stringify(given)], ownName(fields.title))]))) return;
    writing.reset();
    pasted.open = false;
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
