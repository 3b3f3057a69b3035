// What the pages gain with JavaScript. Everything on them works without it.
(() => {
  "use strict";

  // Copy buttons are hidden by the style sheet until this class says that they work.
  document.documentElement.classList.add("js");

  const announce = (message) => {
    const region = document.getElementById("announcements");
    if (!region) return;
    // Emptied first: the same words twice would not be spoken twice.
    region.textContent = "";
    window.setTimeout(() => {
      region.textContent = message;
    }, 50);
  };

  // Browsers offer navigator.clipboard to secure origins only; elsewhere the old way still works.
  const copyBySelection = (element) => {
    const selection = window.getSelection();
    selection.selectAllChildren(element);
    const done = document.execCommand("copy");
    selection.removeAllRanges();
    if (!done) throw new Error("copying refused");
  };

  const copy = async (element) => {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(element.textContent);
    } else {
      copyBySelection(element);
    }
  };

  const showDone = (button) => {
    button.dataset.copied = "";
    window.setTimeout(() => delete button.dataset.copied, 2000);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const element = document.getElementById(button.dataset.copy);
    const subject = button.dataset.subject;
    try {
      await copy(element);
      showDone(button);
      announce(`${subject} copied`);
    } catch {
      announce(`${subject} could not be copied; select it and copy it by hand`);
    }
  });

  const writing = (element) =>
    element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    const box = document.querySelector("[data-search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // What was unfolded stays so when it is replaced, and what had the focus within has it again.
  let before = { unfolded: [], focus: "" };
  document.addEventListener("htmx:beforeSwap", (event) => {
    before = {
      unfolded: [...event.target.querySelectorAll("details[open][id]")].map((details) => details.id),
      focus: event.target.contains(document.activeElement) ? document.activeElement.id : "",
    };
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    for (const id of before.unfolded) document.getElementById(id)?.setAttribute("open", "");
    const again = before.focus && document.getElementById(before.focus);
    if (again && event.target.contains(again)) again.focus({ preventScroll: true });
  });

  // After a partial update: say what was found, and carry on from the top of the results, since the link
  // that was followed is gone. Whoever is still writing a query is left alone.
  document.addEventListener("htmx:afterSettle", (event) => {
    const heading = event.target.querySelector("[data-results-heading]");
    if (!heading) return;
    announce(heading.textContent);
    // What was chosen is there again and has the focus: the next choice is made beside it.
    if (writing(document.activeElement) || event.target.contains(document.activeElement)) return;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  });

  // htmx shows nothing when a request fails; the whole page says what happened.
  // What asks again by itself just goes on asking: the service may be restarting. So does what helps in passing.
  const openWholePage = (event) => {
    if (event.detail.elt.closest("[data-poll], [data-quiet]")) return;
    window.location.assign(event.detail.pathInfo.finalRequestPath);
  };
  document.addEventListener("htmx:responseError", openWholePage);
  document.addEventListener("htmx:sendError", openWholePage);
})();
