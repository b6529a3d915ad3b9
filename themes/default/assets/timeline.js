// The timeline's choice: what kind of thing, and of whom. It stands in the address, so that it can be linked. Without this
// file all is shown.
(function () {
  var form = document.querySelector(".filter");
  if (!form) return;
  var said = form.querySelector("output"), items = document.querySelectorAll(".moments > li");
  function wanted(name) { var field = form.elements[name]; return field ? field.value : ""; }
  function show() {
    var act = wanted("act"), who = wanted("who"), count = 0;
    items.forEach(function (item) {
      var on = (!act || item.dataset.act === act) && (!who || item.dataset.who.split(" ").indexOf(who) >= 0);
      item.hidden = !on;
      if (on) count++;
    });
    document.querySelectorAll(".period").forEach(function (period) {
      period.hidden = !period.querySelector(".moments > li:not([hidden])");
    });
    said.textContent = act || who ? (count ? dossierNumber(count) + " / " + dossierNumber(items.length) : said.dataset.none) : "";
  }
  function read() {
    var asked = new URLSearchParams(location.hash.slice(1));
    ["act", "who"].forEach(function (name) {
      var field = form.elements[name], value = asked.get(name) || "";
      if (field) field.value = Array.prototype.some.call(field.options, function (o) { return o.value === value; }) ? value : "";
    });
    show();
  }
  form.addEventListener("change", function () {
    var asked = new URLSearchParams();
    ["act", "who"].forEach(function (name) { if (wanted(name)) asked.set(name, wanted(name)); });
    history.replaceState(null, "", asked.toString() ? "#" + asked : location.pathname + location.search);
    show();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  addEventListener("hashchange", read);
  form.hidden = false;
  read();
})();
