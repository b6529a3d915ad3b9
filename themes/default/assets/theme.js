// Lets a reader choose light or dark, and remembers it. The site works without this file.
(function () {
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
