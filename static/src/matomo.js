// Counts visits with Matomo, unless the visitor's browser asks not to be tracked. The attributes of the script
// element say where the server is. Cookies are left alone: with them, answers could not be kept on the way.
(() => {
  "use strict";

  const { address, site, container } = document.currentScript.dataset;

  const refused =
    navigator.globalPrivacyControl === true ||
    [navigator.doNotTrack, window.doNotTrack].some((wish) => wish === "1" || wish === "yes");
  if (refused) return;

  const load = (name) => {
    const script = document.createElement("script");
    script.async = true;
    script.src = address + name;
    document.head.append(script);
  };

  if (container) {
    window._mtm = [{ "mtm.startTime": Date.now(), event: "mtm.Start" }];
    load(`js/container_${container}.js`);
    return;
  }

  window._paq = [
    ["disableCookies"],
    ["setTrackerUrl", `${address}matomo.php`],
    ["setSiteId", site],
    ["trackPageView"],
    ["enableLinkTracking"],
  ];
  load("matomo.js");

  // Results of a search replace one another without a new page.
  document.addEventListener("htmx:pushedIntoHistory", () => {
    window._paq.push(["setCustomUrl", window.location.href], ["setDocumentTitle", document.title], ["trackPageView"]);
  });
})();
