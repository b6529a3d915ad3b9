// Maps that can be looked at closely: zoom and move, by mouse, finger and keyboard; a leg and its row of the table light up
// together. The maps are whole without this file.
(function () {
  function each(list, f) { Array.prototype.forEach.call(list, f); }
  // A name may be written in the other direction than the words around it.
  function isolated(cell) { return "\u2068" + cell.textContent.trim() + "\u2069"; }
  function setUp(figure) {
    var maps = figure.querySelectorAll("svg.map");
    if (!maps.length) return;
    var views = Array.prototype.map.call(maps, function (svg) {
      var v = svg.viewBox.baseVal;
      return { svg: svg, fixed: null, w: v.width, h: v.height, x: 0, y: 0, k: 1 };
    });
    var tools = document.createElement("div"), words = figure.dataset, buttons = {};
    tools.className = "map-tools";
    ["in", "out", "reset"].forEach(function (name) {
      var b = buttons[name] = document.createElement("button");
      b.type = "button";
      // The keyboard zooms on the map itself, which is one stop for all of this.
      b.tabIndex = -1;
      // Its sign is the style sheet's: what the page says is the same with and without this file.
      b.className = "zoom-" + name;
      b.title = words[name];
      b.setAttribute("aria-label", words[name]);
      b.addEventListener("click", function () { name === "reset" ? zoom(0) : zoom(name === "in" ? 1.6 : 1 / 1.6); });
      tools.appendChild(b);
    });
    maps[maps.length - 1].after(tools);
    function first(v) {
      var c = v.svg.querySelector(".stop circle");
      return c ? { x: +c.getAttribute("cx"), y: +c.getAttribute("cy") } : { x: v.w / 2, y: v.h / 2 };
    }
    function seen() { return views.find(function (v) { return v.svg.getClientRects().length; }) || views[0]; }
    function show(v) {
      v.k = Math.min(Math.max(v.k, 1), 10);
      var w = v.w / v.k, h = v.h / v.k;
      v.x = Math.min(Math.max(v.x, 0), v.w - w);
      v.y = Math.min(Math.max(v.y, 0), v.h - h);
      v.svg.setAttribute("viewBox", [v.x, v.y, w, h].map(function (n) { return n.toFixed(2); }).join(" "));
      v.svg.classList.toggle("zoomed", v.k > 1);
      // What keeps its size on the screen: the stops with their names, arrows, other letters.
      v.fixed = v.fixed || Array.prototype.map.call(v.svg.querySelectorAll(".stop, .arrow, .landmarks > *"), function (e) {
        var c = e.querySelector("circle"), b = c ? null : e.getBBox();
        return { e: e, x: c ? +c.getAttribute("cx") : b.x + b.width / 2, y: c ? +c.getAttribute("cy") : b.y + b.height / 2 };
      });
      v.fixed.forEach(function (f) {
        f.e.setAttribute("transform", "translate(" + f.x + " " + f.y + ") scale(" + 1 / v.k + ") translate(" + -f.x + " " + -f.y + ")");
      });
      buttons.out.disabled = buttons.reset.disabled = v.k <= 1;
      buttons.in.disabled = v.k >= 10;
    }
    // By a factor, around a point of the drawing, which keeps its place; without one, towards what is aimed at: the first
    // stop to begin with, later what the reader moved to. 0 is all of it.
    function zoom(by, at) {
      var v = seen(), k = by ? Math.min(Math.max(v.k * by, 1), 10) : 1;
      if (at) {
        v.x = at.x - (at.x - v.x) * v.k / k;
        v.y = at.y - (at.y - v.y) * v.k / k;
        v.k = k;
        aim(v);
      } else {
        var to = v.aim || first(v);
        v.k = k;
        v.x = to.x - v.w / k / 2;
        v.y = to.y - v.h / k / 2;
      }
      show(v);
    }
    function aim(v) { v.aim = { x: v.x + v.w / v.k / 2, y: v.y + v.h / v.k / 2 }; }
    function point(v, e) {
      var r = v.svg.getBoundingClientRect();
      return { x: v.x + (e.clientX - r.left) / r.width * v.w / v.k, y: v.y + (e.clientY - r.top) / r.height * v.h / v.k };
    }
    views.forEach(function (v) {
      var fingers = {}, moved = 0;
      v.svg.addEventListener("wheel", function (e) {
        // Without a key the page scrolls, as everywhere.
        if (!e.ctrlKey && !e.metaKey) return;
        e.preventDefault();
        zoom(Math.exp(-e.deltaY / 300), point(v, e));
      }, { passive: false });
      v.svg.addEventListener("pointerdown", function (e) {
        fingers[e.pointerId] = e;
        moved = 0;
      });
      v.svg.addEventListener("pointermove", function (e) {
        var last = fingers[e.pointerId], ids = Object.keys(fingers);
        if (!last || (v.k === 1 && ids.length < 2)) return;
        var a = point(v, last), b = point(v, e);
        moved += Math.abs(e.clientX - last.clientX) + Math.abs(e.clientY - last.clientY);
        if (ids.length > 1) {
          var other = fingers[ids.find(function (id) { return +id !== e.pointerId; })];
          var d = function (p) { return Math.hypot(p.clientX - other.clientX, p.clientY - other.clientY) || 1; };
          zoom(d(e) / d(last), point(v, other));
        } else if (moved > 3) {
          v.svg.classList.add("dragged");
          v.x += a.x - b.x;
          v.y += a.y - b.y;
          show(v);
          aim(v);
        }
        fingers[e.pointerId] = e;
      });
      function lift(e) { delete fingers[e.pointerId]; v.svg.classList.remove("dragged"); }
      ["pointerup", "pointercancel", "pointerleave"].forEach(function (name) { v.svg.addEventListener(name, lift); });
      v.svg.addEventListener("click", function (e) { if (moved > 3) e.preventDefault(); }, true);
      v.svg.addEventListener("dblclick", function (e) { e.preventDefault(); zoom(1.8, point(v, e)); });
      v.svg.setAttribute("tabindex", "0");
      v.svg.setAttribute("aria-keyshortcuts", "+ - 0");
      v.svg.addEventListener("keydown", function (e) {
        var step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
        if (e.key === "+" || e.key === "=") zoom(1.6);
        else if (e.key === "-") zoom(1 / 1.6);
        else if (e.key === "0") zoom(0);
        else if (step && v.k > 1) { v.x += step[0] * v.w / v.k / 6; v.y += step[1] * v.h / v.k / 6; show(v); aim(v); }
        else return;
        e.preventDefault();
      });
      // What has the focus is in sight.
      v.svg.addEventListener("focusin", function (e) {
        if (v.k === 1) return;
        var r = e.target.getBoundingClientRect(), all = v.svg.getBoundingClientRect();
        if (r.left >= all.left && r.right <= all.right && r.top >= all.top && r.bottom <= all.bottom) return;
        var at = point(v, { clientX: r.left + r.width / 2, clientY: r.top + r.height / 2 });
        v.x = at.x - v.w / v.k / 2;
        v.y = at.y - v.h / v.k / 2;
        show(v);
        aim(v);
      });
    });
    // A leg and its row.
    function lightLeg(number, on) {
      if (number) each(figure.querySelectorAll('.leg[data-leg="' + number + '"]'), function (leg) { leg.classList.toggle("lit", on); });
    }
    function light(number, on) {
      lightLeg(number, on);
      var row = document.getElementById("leg-" + number);
      if (row) row.classList.toggle("lit", on);
    }
    each(figure.querySelectorAll(".leg[data-leg]"), function (leg) {
      ["mouseenter", "focusin"].forEach(function (n) { leg.addEventListener(n, function () { light(leg.dataset.leg, true); }); });
      ["mouseleave", "focusout"].forEach(function (n) { leg.addEventListener(n, function () { light(leg.dataset.leg, false); }); });
    });
    each(document.querySelectorAll('tr[id^="leg-"]'), function (row) {
      var number = row.id.slice(4);
      ["mouseenter", "focusin"].forEach(function (n) { row.addEventListener(n, function () { light(number, true); }); });
      ["mouseleave", "focusout"].forEach(function (n) { row.addEventListener(n, function () { light(number, false); }); });
    });
    // The legs one after the other: the dated in the order of their dates, one without a date after the one before it, as the
    // route has it. Each is said in words; again or any key of the page ends it.
    var before = "";
    var legs = Array.prototype.map.call(document.querySelectorAll('tr[id^="leg-"]'), function (row) {
      var time = row.querySelector("time"), places = row.querySelectorAll("td");
      before = time ? time.getAttribute("datetime") : before;
      return { number: +row.id.slice(4), when: before, words: (time ? time.textContent + ": " : "") + isolated(places[0]) + " – " + isolated(places[1]) };
    }).sort(function (a, b) { return a.when < b.when ? -1 : a.when > b.when ? 1 : a.number - b.number; });
    if (legs.length && figure.closest(".legs")) {
      var play = document.createElement("button"), told = document.createElement("output"), at = -1, timer;
      play.type = "button";
      play.className = "play";
      play.title = words.play;
      play.setAttribute("aria-label", words.play);
      var step = function () {
        clearTimeout(timer);
        turn(-1);
        if (at >= 0) light(legs[at].number, false);
        at = at + 1 < legs.length ? at + 1 : -1;
        figure.classList.toggle("playing", at >= 0);
        told.textContent = at < 0 ? "" : legs[at].words;
        if (at < 0) return;
        light(legs[at].number, true);
        timer = setTimeout(step, 2500);
      };
      play.addEventListener("click", function () { if (at >= 0) { light(legs[at].number, false); at = legs.length - 1; } step(); });
      tools.append(play, told);
    }
    // The route as a story: beside its frames the map stays, with the leg lit whose frame is at the top of the screen. The
    // buttons lead from frame to frame, and say where they led.
    var story = words.next && figure.closest(".story"), frames = story ? Array.from(story.querySelectorAll(".frame")) : [], now = -1;
    function turn(to) {
      if (to === now || !steps.length) return;
      if (frames[now]) { frames[now].classList.remove("now"); lightLeg(frames[now].dataset.leg, false); }
      now = to;
      figure.classList.toggle("telling", to >= 0 && !!frames[to].dataset.leg);
      if (to < 0) return;
      frames[to].classList.add("now");
      lightLeg(frames[to].dataset.leg, true);
      // A button that is disabled would lose the keyboard.
      steps[0].setAttribute("aria-disabled", to === 0);
      steps[1].setAttribute("aria-disabled", to === frames.length - 1);
    }
    var steps = frames.length > 1 && window.IntersectionObserver ? ["previous", "next"].map(function (name, i) {
      var b = document.createElement("button");
      b.type = "button";
      b.className = i ? "step-on" : "step-back";
      b.title = words[name];
      b.setAttribute("aria-label", words[name]);
      b.addEventListener("click", function () {
        var to = Math.min(Math.max(now + (i ? 1 : -1), 0), frames.length - 1);
        turn(to);
        frames[to].scrollIntoView();
        said.textContent = words.at.replace("{number}", to + 1).replace("{count}", frames.length).replace("{title}", frames[to].querySelector("h3").textContent.trim());
      });
      tools.insertBefore(b, tools.children[i]);
      return b;
    }) : [];
    if (steps.length) {
      var said = document.createElement("output");
      tools.append(said);
      var watch = new IntersectionObserver(function (seen) {
        seen.forEach(function (one) { if (one.isIntersecting && !figure.classList.contains("playing")) turn(frames.indexOf(one.target)); });
      }, { rootMargin: "-12% 0px -80%" });
      frames.forEach(function (frame) { watch.observe(frame); });
    }
    views.forEach(function (v) { v.k = 1; buttons.out.disabled = buttons.reset.disabled = true; });
  }
  each(document.querySelectorAll(".drawing"), setUp);
})();
