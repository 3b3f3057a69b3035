// Suggestions under the search box: a combobox with a list, as the WAI-ARIA authoring practices describe it. htmx
// fetches what stands in the list; without any of this the box is a form that submits.
(() => {
  "use strict";

  const shortest = 2; // letters, from which on suggestions are asked for

  const boxOf = (element) => element?.closest?.("[data-suggestions]");
  const listOf = (box) => document.getElementById(box.dataset.suggestions);
  const optionsOf = (box) => [...listOf(box).querySelectorAll("[role=option]")];
  const isOpen = (box) => box.getAttribute("aria-expanded") === "true";

  // A search field becomes a combobox only where a script runs that makes it one.
  const prepare = () => {
    for (const box of document.querySelectorAll("[data-suggestions]:not([role])")) {
      box.setAttribute("role", "combobox");
      box.setAttribute("aria-autocomplete", "list");
      box.setAttribute("aria-expanded", "false");
      box.setAttribute("aria-controls", box.dataset.suggestions);
    }
  };

  const announce = (message) => {
    const region = document.getElementById("announcements");
    if (region) region.textContent = message;
  };

  const select = (box, option) => {
    for (const other of optionsOf(box)) other.setAttribute("aria-selected", String(other === option));
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  };

  const open = (box) => {
    listOf(box).hidden = false;
    box.setAttribute("aria-expanded", "true");
  };

  const close = (box) => {
    select(box, null);
    listOf(box).hidden = true;
    box.setAttribute("aria-expanded", "false");
  };

  // dismiss closes the list until something else is typed: an answer that is still on its way does not open it again.
  const dismiss = (box) => {
    close(box);
    box.dataset.dismissed = "";
  };
  document.addEventListener("input", (event) => delete boxOf(event.target)?.dataset.dismissed);

  // step moves on by one, and from either end back into the box, where what was typed is waiting.
  const step = (box, by) => {
    const options = optionsOf(box);
    if (options.length === 0) return;
    if (!isOpen(box)) open(box);
    const at = options.findIndex((option) => option.id === box.getAttribute("aria-activedescendant"));
    const next = at < 0 ? (by > 0 ? 0 : options.length - 1) : at + by;
    select(box, options[next] ?? null);
  };

  const follow = (option) => window.location.assign(option.dataset.href);

  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || event.isComposing || event.ctrlKey || event.metaKey) return;
    const chosen = isOpen(box) && document.getElementById(box.getAttribute("aria-activedescendant"));
    if (event.key === "ArrowDown") step(box, 1);
    else if (event.key === "ArrowUp") step(box, -1);
    else if (event.key === "Enter" && chosen) follow(chosen);
    else if (event.key === "Escape" && isOpen(box)) dismiss(box);
    else return;
    event.preventDefault();
  });

  // The box keeps the focus while an option is clicked; otherwise the list would be gone before the click.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".suggestions")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.("[role=option][data-href]");
    if (option) follow(option);
  });
  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box) close(box);
  });
  document.addEventListener("submit", (event) => {
    const box = event.target.querySelector("[data-suggestions]");
    if (box) close(box);
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const box = boxOf(event.detail.elt);
    if (!box || box.value.trim().length >= shortest) return;
    event.preventDefault();
    listOf(box).replaceChildren();
    close(box);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const box = document.querySelector(`[data-suggestions="${event.target.id}"]`);
    if (!box || document.activeElement !== box) return;
    select(box, null);
    const count = optionsOf(box).length;
    if ("dismissed" in box.dataset) return;
    if (count > 0) open(box);
    else close(box);
    announce(count === 0 ? "No suggestions" : `${count} suggestion${count === 1 ? "" : "s"}, to be chosen with the arrow keys`);
  });

  // An answer that does not come takes its old suggestions with it.
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, (event) => {
      const box = boxOf(event.detail.elt);
      if (box) close(box);
    });
  }

  document.addEventListener("htmx:historyRestore", prepare);
  prepare();
})();
