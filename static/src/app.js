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

  // What is remembered is a convenience: a browser that refuses to keep anything loses nothing else.
  const remembered = (key) => {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const remember = (key, value) => {
    try {
      window.localStorage.setItem(key, value);
    } catch {
      // Nothing is lost but the memory.
    }
  };

  // Sections become tabs: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/. The one that was chosen last is chosen
  // again on the next page, since people write their drafts in one way.
  const makeTabs = (group) => {
    const panels = [...group.querySelectorAll(":scope > .tab")];
    if (panels.length < 2) return;
    const list = document.createElement("div");
    list.className = "tablist";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", group.dataset.label);
    const tabs = panels.map((panel) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.id = `${panel.id}-tab`;
      tab.textContent = panel.querySelector("h3").textContent;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      list.append(tab);
      return tab;
    });
    const choose = (chosen) => {
      tabs.forEach((tab, at) => {
        tab.setAttribute("aria-selected", String(tab === chosen));
        tab.tabIndex = tab === chosen ? 0 : -1;
        panels[at].hidden = tab !== chosen;
      });
    };
    list.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (!tab) return;
      choose(tab);
      remember(group.dataset.tabs, tab.textContent);
    });
    list.addEventListener("keydown", (event) => {
      const at = tabs.indexOf(document.activeElement);
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const tab = tabs[(next + tabs.length) % tabs.length];
      tab.focus();
      tab.click();
    });
    const last = remembered(group.dataset.tabs);
    const asked = panels.findIndex((panel) => `#${panel.id}` === window.location.hash);
    choose(tabs[asked] ?? tabs.find((tab) => tab.textContent === last) ?? tabs[0]);
    group.prepend(list);
    group.classList.add("live");
  };
  document.querySelectorAll("[data-tabs]").forEach(makeTabs);

  const open = (id) => {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) open(opener.dataset.open);
    // A click beside the dialog is one on the dialog itself, of which its content leaves nothing else free.
    if (event.target instanceof HTMLDialogElement) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });

  const shortcuts = document.querySelector("[data-shortcuts]");
  if (shortcuts) {
    shortcuts.checked = remembered("shortcuts") !== "off";
    shortcuts.addEventListener("change", () => remember("shortcuts", shortcuts.checked ? "on" : "off"));
  }

  const search = () => {
    const box = document.querySelector("[data-search]");
    if (!box) return false;
    box.focus();
    box.select();
    return true;
  };
  const copyCitation = () => {
    const shown = [...document.querySelectorAll("[data-citation]")].find((text) => text.offsetParent !== null);
    if (!shown) return false;
    document.querySelector(`button[data-copy="${shown.id}"]`).click();
    return true;
  };
  const help = () => {
    open("shortcuts");
    return true;
  };
  const keys = { "/": search, c: copyCitation, "?": help };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (remembered("shortcuts") === "off" || document.querySelector("dialog[open]")) return;
    if (keys[event.key]?.()) event.preventDefault();
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
