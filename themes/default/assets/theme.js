// Lets a reader choose light or dark, and remembers it; asks for the typeface before anything is drawn. The site works
// without this file.
(function () {
  // The style sheet keeps a typeface that comes late for the next page, so that no line moves; asked for here, it seldom is.
  // A page on a disk has it soon enough, and browsers refuse to load it ahead.
  if (location.protocol !== "file:") (document.currentScript.dataset.fonts || "").split(" ").filter(Boolean).forEach(function (href) {
    var link = document.createElement("link");
    link.rel = "preload"; link.as = "font"; link.type = "font/woff2"; link.crossOrigin = ""; link.href = href;
    document.head.append(link);
  });
  var root = document.documentElement, key = "dossier-theme";
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function stored() { try { return localStorage.getItem(key); } catch (e) { return null; } }
  function store(v) { try { v ? localStorage.setItem(key, v) : localStorage.removeItem(key); } catch (e) {} }
  function set(v) { v ? root.setAttribute("data-theme", v) : root.removeAttribute("data-theme"); }
  var chosen = stored();
  if (chosen === "light" || chosen === "dark") set(chosen);
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".theme-toggle");
    if (!button) return;
    function isDark() {
      var v = root.getAttribute("data-theme");
      return v ? v === "dark" : dark.matches;
    }
    function label() { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; }
    button.addEventListener("click", function () {
      var next = isDark() ? "light" : "dark";
      // The system's own choice needs no memory.
      var same = (next === "dark") === dark.matches;
      set(same ? null : next);
      store(same ? null : next);
      label();
    });
    dark.addEventListener("change", label);
    label();
    button.hidden = false;
  });
})();
