// Starts the recording of a source at the time that the address of its page names: clip.html#t=92. Without this file
// the page shows the line of that time, which links into the file.
(function () {
  function start() {
    var time = /^#t=([\d.]+)/.exec(location.hash);
    var player = document.querySelector("main .media:is(.media-video, .media-sound) > :is(video, audio)");
    if (!time || !player) return;
    player.currentTime = Number(time[1]);
    player.scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", start);
  // A browser that has loaded everything goes to the line of that time.
  if (document.readyState !== "complete") addEventListener("load", start);
  start();
  // A line of the list of cited passages seeks in the player of the page; with a key held down it opens the file.
  var places = document.querySelector(".places");
  if (places) places.addEventListener("click", function (event) {
    var link = event.target.closest("a.locator[href*='#t=']");
    var player = document.querySelector("main .media > :is(video, audio)");
    if (!link || !player || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (location.hash === link.hash) start(); else location.hash = link.hash;
    player.focus();
  });
})();
