// When the copy was signed: the page is part of what is signed, so only the signature can say it. Without this file, or on a
// disk, where nothing can be fetched, readers open the signature itself.
(function () {
  var said = document.querySelector(".signed");
  if (!said || !/^http/.test(location.protocol)) return;
  fetch(said.dataset.signature).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (text) {
    var time = /^trusted comment: .* signed (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/m.exec(text);
    if (!time) return;
    var written = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
    said.textContent = said.dataset.said.replace("{time}", written.format(new Date(time[1])) + " (UTC)");
  });
})();
