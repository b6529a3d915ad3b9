// Shows what a link leads to before it is followed: on hover, and when the keyboard reaches it. What is shown stands in small
// files, of which one is fetched as a script, since a page opened from a disk may load nothing else. Without this file a link is a link.
(function () {
  var self = document.currentScript.dataset, root = new URL(self.root || "./", location.href).href, asked = {};
  var card, link, timer;

  // Each file calls this once.
  window.dossierData = function (data) { document.currentScript.arrived(data); };
  // Loads a file once: `path` is relative to `from`.
  window.dossierLoad = function (path, from) {
    return asked[path] = asked[path] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.arrived = done;
      script.src = from + path;
      // What has arrived by now stays; a host may answer with a page that says that there is none.
      script.onload = script.onerror = function () { script.remove(); failed(new Error(path)); };
      document.head.append(script);
    }).catch(function (why) { delete asked[path]; throw why; });
  };

  // FNV-1a, as the program cuts the cards into pieces.
  function pieceOf(path) {
    var hash = 0x811c9dc5;
    for (var i = 0; i < path.length; i++) hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193);
    return (hash & (self.pieces - 1)) >>> 0;
  }

  function find(path) {
    return dossierLoad("cards/" + pieceOf(path) + ".js", root + self.cards).then(function (cards) {
      return cards.filter(function (card) { return card[0] === path; })[0];
    });
  }

  // A number in the digits of the page's language.
  window.dossierNumber = function (number) {
    var page = document.documentElement;
    return new Intl.NumberFormat(page.lang, { numberingSystem: page.dataset.numerals || "latn" }).format(number);
  };

  // The direction of a title or a text, as the program chooses it: on a page from the right, Arabic that begins with a
  // Latin name is read from the right, too.
  window.dossierDirection = function (text) {
    return document.dir === "rtl" && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? "rtl" : "auto";
  };

  function part(name, text) {
    var element = document.createElement("p");
    element.className = name;
    element.textContent = text;
    return element;
  }

  function hide() {
    clearTimeout(timer);
    light(null);
    if (!card) return;
    card.remove();
    link.removeAttribute("aria-describedby");
    card = null;
  }

  // The link of the note on a passage, or the link itself.
  function noted(node) {
    if (node.matches("a.ref")) return node;
    var note = document.getElementById((node.dataset.of || node.id || node.hash.slice(1)).replace(/^mark-/, "note-"));
    return note && note.querySelector("a.ref");
  }

  // Lights up the passage of a note, in all its pieces, and the note.
  function light(to) {
    document.querySelectorAll(".lit").forEach(function (node) { node.classList.remove("lit"); });
    var note = to && to.closest(".noted"), id = note && CSS.escape(note.id.replace(/^note-/, "mark-"));
    if (id) document.querySelectorAll('[id="' + id + '"], [data-of="' + id + '"]').forEach(function (node) { node.classList.add("lit"); });
    if (id) note.classList.add("lit");
  }

  function show(to, what, beside) {
    hide();
    light(to);
    link = to;
    card = document.createElement("div");
    card.className = "preview";
    card.id = "part-preview";
    card.setAttribute("role", "tooltip");
    card.append(part("under", [what[1], what[6], what[4]].filter(Boolean).join(" · ")));
    [part("line", what[2]), part("gist", what[3])].forEach(function (words) {
      if (what[7]) words.lang = what[7];
      words.dir = dossierDirection(words.textContent);
      if (words.textContent) card.append(words);
    });
    card.addEventListener("pointerleave", hide);
    document.body.append(card);
    // Beside the first line of the link, within the window; below where there is room.
    var at = (beside || link).getClientRects()[0], wide = document.documentElement.clientWidth;
    var start = getComputedStyle(beside || link).direction === "rtl" ? at.right - card.offsetWidth : at.left;
    var left = Math.max(8, Math.min(start, wide - card.offsetWidth - 8));
    var below = at.bottom + card.offsetHeight + 8 < innerHeight || at.top < card.offsetHeight + 8;
    card.style.left = left + scrollX + "px";
    card.style.top = (below ? at.bottom : at.top - card.offsetHeight) + scrollY + "px";
    link.setAttribute("aria-describedby", card.id);
  }

  function wait(to, long, beside) {
    clearTimeout(timer);
    timer = setTimeout(function () {
      var address = to.href.split(/[?#]/)[0];
      if (address.indexOf(root) || address === location.href.split(/[?#]/)[0]) return;
      if (to.getAttribute("aria-describedby")) return;
      find(address.slice(root.length)).then(function (what) {
        if (what && ((beside || to).matches(":hover") || to === document.activeElement)) show(to, what, beside);
      }, function () {});
    }, long);
  }

  function linkOf(event) {
    var node = event.target.closest && event.target.closest("main a.ref, .prose .passage, .prose .noteref");
    return node && noted(node) && node;
  }

  if (matchMedia("(hover: hover)").matches) {
    document.addEventListener("pointerover", function (event) {
      var to = linkOf(event);
      if (to && !(card && link === noted(to))) wait(noted(to), 250, to);
    });
    document.addEventListener("pointerout", function (event) {
      var to = event.relatedTarget;
      if (!linkOf(event) || card && to && card.contains(to)) return;
      clearTimeout(timer);
      // The pointer may be on its way to the card.
      if (card) timer = setTimeout(function () { if (!card || !card.matches(":hover")) hide(); }, 150);
    });
  }
  document.addEventListener("focusin", function (event) {
    var to = linkOf(event);
    if (to && to.matches(":focus-visible")) { light(to); wait(to, 400); } else hide();
  });
  document.addEventListener("focusout", hide);
  function fold() { document.querySelectorAll(".noted.open").forEach(function (note) { note.classList.remove("open"); }); }
  // A tap on a passage unfolds its note, and another folds it.
  document.addEventListener("click", function (event) {
    var node = linkOf(event), to = node && node.localName !== "a" || node && node.matches(".noteref") ? noted(node) : null;
    if (!to) return;
    var note = to.parentNode, isOpen = note.classList.contains("open");
    event.preventDefault();
    hide(); fold();
    if (!isOpen) { light(to); note.classList.add("open"); }
  });
  addEventListener("keydown", function (event) { if (event.key === "Escape") { hide(); fold(); } });
})();
