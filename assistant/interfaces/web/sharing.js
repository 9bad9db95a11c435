// A link to one answer: copied, which lets other users open it, and taken back.
(() => {
  "use strict";

  const { make, tell } = window.desk;
  const said = make("p", { id: "link-said" });
  said.setAttribute("role", "status");
  let clear = 0;

  function say(...words) {
    if (!said.isConnected) document.body.append(said);
    said.replaceChildren(...words);
    clearTimeout(clear);
    clear = setTimeout(() => said.replaceChildren(), 8000);
  }

  async function copied(address) {
    try {
      await navigator.clipboard.writeText(address);
      say("Link copied: whoever may use this chat can open it.");
    } catch {
      say("The browser does not let the link be copied: ", make("a", { href: address, textContent: address }));
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.copy-link, a.take-back");
    if (!link) return;
    event.preventDefault();
    const [verb, number] = link.getAttribute("href").slice(1).split("-");
    const name = link.closest(".conversation").id.replace(/^conversation-/, "");
    tell(`${verb} ${number}`);
    if (verb === "share") copied(`${location.origin}/answer?conversation=${name}&number=${number}`);
    else say("The link opens nothing any more.");
  });
})();
