// The search. It takes a query apart as the program took the texts apart (src/search), fetches the pieces of the index that hold
// its words, and shows the pages that have them all. What is asked stands in the address.
(function () {
  var self = document.currentScript.dataset, from = self.root + self.from;
  var sheet = document.querySelector(".search"), form = sheet.querySelector(".finder"), said = sheet.querySelector(".said");
  var list = sheet.querySelector(".found"), browse = sheet.querySelector(".browse"), marks = {};
  var CHOICES = ["kind", "status", "actor", "year"], AT_ONCE = 10, EXCERPT = 230;
  var overview, choices, stemmer, isFresh = false, asked = 0;
  sheet.querySelectorAll("template").forEach(function (template) {
    template.content.querySelectorAll("[data-status]").forEach(function (mark) { marks[mark.dataset.status] = mark.firstElementChild; });
  });

  // ---- words: src/search/words.rs ----
  var DROPPED = /([иИ]\u0306|[іІ]\u0308)|[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]/g;
  var UNJOINED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", ŋ: "n", ŧ: "t", þ: "th", ə: "e", ĸ: "k" };
  var IS_UNJOINED = new RegExp("[" + Object.keys(UNJOINED).join("") + "]", "g");
  var PAIRED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}\\uac00-\\ud7a3";
  var LETTER = "\\p{Alphabetic}\\p{N}\\p{M}\\u00ad\\u200b-\\u200f\\u2060\\ufeff";
  var WORD = new RegExp("[" + PAIRED + "]+|(?:(?![" + PAIRED + "])[" + LETTER + "])+", "gu"), IS_PAIRED = new RegExp("^[" + PAIRED + "]", "u");
  var GROUPS = /(\d)[.,](?=\d{3}(?!\d))/g;

  function folded(text) {
    var lower = text.normalize("NFKD").replace(DROPPED, "$1").normalize("NFC").toLowerCase();
    return lower.replace(IS_UNJOINED, function (letter) { return UNJOINED[letter]; });
  }

  // By the script of the language (src/search/snowball) or by the table in the overview.
  function stemmed(word) {
    var table = overview.stem;
    if (stemmer) return stemmer(word);
    if (!table || !new RegExp("^[" + table.letters + "]+$").test(word)) return word;
    table.steps.forEach(function (step) {
      var atEnd = step[0];
      step[1].some(function (rule) {
        var cut = rule[0];
        if (atEnd ? !word.endsWith(cut) : !word.startsWith(cut)) return false;
        var rest = atEnd ? word.slice(0, word.length - cut.length) : word.slice(cut.length);
        var beside = atEnd ? rest.slice(-1) : rest.slice(0, 1);
        if (rule[2] && (!beside || rule[2].indexOf(beside) < 0) || rest.length < rule[3] || table.sounds && !new RegExp("[" + table.sounds + "]").test(rest)) return false;
        word = atEnd ? rest + rule[1] : rule[1] + rest;
        return true;
      });
    });
    return word;
  }

  // The terms of a query; the last word may be unfinished.
  function terms(query) {
    var list = [], text = folded(query).replace(GROUPS, "$1");
    (text.match(WORD) || []).forEach(function (word) {
      var letters = Array.from(word);
      if (IS_PAIRED.test(word)) {
        if (letters.length === 1) list.push({ start: word });
        for (var i = 0; i + 1 < letters.length; i++) list.push({ stem: letters[i] + letters[i + 1] });
      } else if (word.length > 1 || /\d/.test(word)) {
        list.push({ stem: stemmed(word), start: text.endsWith(word) && letters.length > 1 ? word : undefined });
      }
    });
    return list;
  }

  // ---- the index ----
  // The overview names its pieces by their content: a browser's cache never joins it to those of another edition.
  function load(sort, number) { return dossierLoad("search/" + sort + "-" + number + "." + overview[sort][number] + ".js", from); }

  // The last piece that starts with `term` or before it.
  function pieceOf(term) {
    var low = 0, high = overview.first.length;
    while (low < high) {
      var middle = low + high >> 1;
      if (overview.first[middle] <= term) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  function add(into, entry, share) {
    var number = 0;
    for (var i = 0; i < entry.length; i += 2) {
      number += entry[i];
      into.set(number, Math.max(into.get(number) || 0, entry[i + 1] * share));
    }
  }

  // How many letters must change to make one word of another (Levenshtein, 1965).
  function edits(a, b) {
    var row = Array.from({ length: b.length + 1 }, function (_, i) { return i; });
    for (var i = 1; i <= a.length; i++) {
      var slanted = row[0];
      row[0] = i;
      for (var j = 1; j <= b.length; j++) {
        var above = row[j];
        row[j] = Math.min(above + 1, row[j - 1] + 1, slanted + (a[i - 1] === b[j - 1] ? 0 : 1));
        slanted = above;
      }
    }
    return row[b.length];
  }

  // Words that are spelt almost like one that is nowhere; the index is sorted, so they are near unless they start otherwise.
  function alike(word) {
    var at = pieceOf(word), most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    var pieces = most ? [at - 1, at, at + 1].filter(function (piece) { return overview.first[piece] !== undefined; }) : [];
    return Promise.all(pieces.map(function (piece) { return load("words", piece); })).then(function (all) {
      return [].concat.apply([], all.map(Object.keys)).filter(function (other) {
        return Math.abs(other.length - word.length) <= most && edits(word, other) <= most;
      });
    });
  }

  // The pages that have a term, and how much it says of each.
  function have(term) {
    var pages = new Map();
    function exactly(stem, share) {
      var piece = pieceOf(stem);
      if (piece < 0) return Promise.resolve();
      return load("words", piece).then(function (words) {
        if (Array.isArray(words[stem])) add(pages, words[stem], share);
        else if (words[stem]) return exactly(words[stem], share);
      });
    }
    var work = term.stem ? [exactly(term.stem, 1)] : [], start = term.start;
    if (start) {
      for (var piece = Math.max(0, pieceOf(start)); piece < overview.first.length && overview.first[piece] < start + "\uffff"; piece++) {
        work.push(load("words", piece).then(function (words) {
          return Promise.all(Object.keys(words).filter(function (word) { return word.startsWith(start) && word !== term.stem; }).map(function (word) {
            if (Array.isArray(words[word])) add(pages, words[word], .5);
            else return exactly(words[word], .5);
          }));
        }));
      }
    }
    return Promise.all(work).then(function () {
      if (pages.size || IS_PAIRED.test(term.stem || start)) return;
      return alike(term.stem || start).then(function (words) {
        term.like = words;
        return Promise.all(words.map(function (word) { return exactly(word, .4); }));
      });
    }).then(function () {
      var rare = Math.log(1 + overview.starts[overview.starts.length - 1] / (pages.size || 1));
      pages.forEach(function (weight, number) { pages.set(number, weight * rare); });
      return pages;
    });
  }

  // Numbers and scores of the pages that have all terms, or else of those that have some.
  function matching(words) {
    return Promise.all(words.map(have)).then(function (sets) {
      var scores = new Map(), counts = new Map();
      sets.forEach(function (pages) {
        pages.forEach(function (weight, number) {
          scores.set(number, (scores.get(number) || 0) + weight);
          counts.set(number, (counts.get(number) || 0) + 1);
        });
      });
      var most = 0;
      counts.forEach(function (count) { most = Math.max(most, count); });
      var all = Array.from(scores.keys()).filter(function (number) { return most < sets.length || counts.get(number) === sets.length; });
      if (most < sets.length) all.forEach(function (number) { scores.set(number, scores.get(number) * counts.get(number)); });
      all.sort(function (a, b) { return scores.get(b) - scores.get(a) || a - b; });
      return { all: all, whole: most === sets.length };
    });
  }

  // ---- what is shown ----
  // A text with the words that were looked for marked, cut to where most of them stand where it is long.
  function excerpt(text, words, longest) {
    var spots = [], found;
    WORD.lastIndex = 0;
    while ((found = WORD.exec(text))) {
      var word = folded(found[0]), stem = stemmed(word);
      if (words.some(function (term) {
        return term.stem === stem || term.like && term.like.some(function (like) { return like === stem || like === word; }) || term.start && word.startsWith(term.start) || IS_PAIRED.test(word) && word.indexOf(term.stem || term.start) >= 0;
      })) spots.push([found.index, found.index + found[0].length]);
    }
    var start = 0, best = 0;
    spots.forEach(function (spot, i) {
      var count = 0;
      while (i + count < spots.length && spots[i + count][1] < spot[0] + longest) count++;
      if (count > best) { best = count; start = spot[0]; }
    });
    start = start < 60 || text.length <= longest ? 0 : text.indexOf(" ", start - 60) + 1 || start;
    var end = text.length <= start + longest ? text.length : Math.max(text.lastIndexOf(" ", start + longest), start + longest / 2);
    var line = document.createDocumentFragment(), at = start;
    if (start) line.append("… ");
    spots.forEach(function (spot) {
      if (spot[0] < at || spot[1] > end) return;
      var mark = document.createElement("mark");
      mark.textContent = text.slice(spot[0], spot[1]);
      line.append(text.slice(at, spot[0]), mark);
      at = spot[1];
    });
    line.append(text.slice(at, end), end < text.length ? " …" : "");
    return { line: line, count: spots.length };
  }

  function paragraph(name) {
    var element = document.createElement("p");
    element.className = name;
    return element;
  }

  // A result: its kind, title, status and date, and where the words stand.
  function result(number, words) {
    var low = 0;
    while (overview.starts[low + 1] <= number) low++;
    var at = number - overview.starts[low];
    return Promise.all([dossierLoad("cards/" + low + ".js?" + overview.cards[low], from), load("texts", low)]).then(function (data) {
      var path = data[1][at][0], text = data[1][at][1], card = data[0].filter(function (card) { return card[0] === path; })[0];
      var item = document.createElement("li");
      var under = paragraph("under"), line = paragraph("line"), gist = paragraph("gist"), link = document.createElement("a");
      under.append(card[1]);
      link.className = "ref";
      link.href = self.root + card[0];
      link.append(excerpt(card[2], words, Infinity).line);
      line.append(link);
      if (card[5]) line.append(" ", marks[card[5]] ? marks[card[5]].cloneNode(true) : card[6]);
      if (card[4]) {
        var time = document.createElement("time");
        time.textContent = card[4];
        line.append(" ", time);
      }
      // The rest is in the language of this page.
      if (card[7]) [line, gist].forEach(function (part) { part.lang = card[7]; });
      var inSummary = excerpt(card[3], words, EXCERPT), inText = excerpt(text, words, EXCERPT);
      gist.append(!card[3] || inText.count && !inSummary.count ? inText.line : inSummary.line);
      [link, gist].forEach(function (part) { part.dir = dossierDirection(part.textContent); });
      item.append(under, line, gist);
      return item;
    });
  }

  function counted(count) {
    var forms = JSON.parse(said.dataset.found), form = new Intl.PluralRules(document.documentElement.lang).select(count);
    return (forms[form] || forms.other).replace("{n}", dossierNumber(count));
  }

  function button(rest, words, turn) {
    var item = document.createElement("li"), more = document.createElement("button");
    more.type = "button";
    more.className = "more";
    more.textContent = list.dataset.more;
    more.addEventListener("click", function () {
      show(rest, words, turn).then(function (first) { item.remove(); if (first) first.querySelector("a").focus(); });
    });
    item.append(more);
    return item;
  }

  // Adds the first of these results to the list; gives the first that is new.
  function show(numbers, words, turn) {
    return Promise.all(numbers.slice(0, AT_ONCE).map(function (number) { return result(number, words); })).then(function (items) {
      if (turn !== asked) return null;
      list.append.apply(list, items);
      if (numbers.length > AT_ONCE) list.append(button(numbers.slice(AT_ONCE), words, turn));
      return items[0];
    });
  }

  // Leaves those that have all that is chosen, and says beside each choice how many would be left.
  function narrowed(numbers) {
    CHOICES.forEach(function (name) {
      var others = numbers.filter(function (number) {
        return CHOICES.every(function (other) { var value = form.elements[other].value; return other === name || !value || choices[other][value].has(number); });
      });
      var field = form.elements[name], some = false;
      Array.prototype.forEach.call(field.options, function (option) {
        if (!option.value) return;
        var count = others.filter(function (number) { return choices[name][option.value].has(number); }).length;
        option.textContent = "\u2068" + option.dataset.label + "\u2069 (" + dossierNumber(count) + ")";
        option.hidden = option.disabled = !count && !option.selected;
        some = some || count > 0;
      });
      field.parentNode.hidden = !some && !field.value;
    });
    return numbers.filter(function (number) {
      return CHOICES.every(function (name) { var value = form.elements[name].value; return !value || choices[name][value].has(number); });
    });
  }

  function everything() {
    return Array.from({ length: overview.starts[overview.starts.length - 1] }, function (_, number) { return number; });
  }

  function search() {
    var turn = ++asked, words = terms(form.elements.q.value);
    var isChosen = CHOICES.some(function (name) { return form.elements[name].value; });
    return (words.length ? matching(words) : Promise.resolve({ all: everything(), whole: true })).then(function (result) {
      if (turn !== asked) return;
      var numbers = narrowed(result.all), idle = !words.length && !isChosen;
      list.textContent = "";
      list.hidden = idle || !numbers.length;
      browse.hidden = !idle && numbers.length > 0;
      said.textContent = idle ? "" : !numbers.length ? said.dataset.none : words.some(function (term) { return term.like && term.like.length; }) ? said.dataset.like : result.whole ? counted(numbers.length) : said.dataset.some;
      if (!idle) return show(numbers, words, turn);
    }).then(function () { isFresh = false; }).catch(failed);
  }

  // A piece that is gone belongs to an edition that is no longer published: the overview is asked for again, past every cache.
  function failed() {
    if (!isFresh) return start("?" + Date.now());
    said.textContent = said.dataset.failed;
    browse.hidden = false;
  }

  // ---- the form and the address ----
  function read() {
    var asked = new URLSearchParams(location.search);
    form.elements.q.value = asked.get("q") || "";
    CHOICES.forEach(function (name) { form.elements[name].value = (choices[name][asked.get(name)] && asked.get(name)) || ""; });
  }

  function write() {
    var asked = new URLSearchParams();
    ["q"].concat(CHOICES).forEach(function (name) { if (form.elements[name].value) asked.set(name, form.elements[name].value); });
    history.replaceState(null, "", asked.toString() ? "?" + asked : location.pathname);
  }

  function offer() {
    choices = {};
    CHOICES.forEach(function (name) {
      choices[name] = {};
      var field = form.elements[name], chosen = field.value;
      Array.from(field.options).forEach(function (option) { if (option.value) option.remove(); });
      overview.choices[name].forEach(function (choice) {
        var option = document.createElement("option"), number = 0;
        option.value = choice[0];
        option.dataset.label = choice[1];
        field.append(option);
        choices[name][choice[0]] = new Set(choice[2].map(function (distance) { return number += distance; }));
      });
      if (choices[name][chosen]) field.value = chosen;
    });
  }

  // Down and up lead through the results, as in a list.
  addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key], links = Array.from(list.querySelectorAll("a, button"));
    var at = links.indexOf(document.activeElement);
    if (!step || event.target.tagName === "SELECT" || at < 0 && document.activeElement !== form.elements.q) return;
    var next = at + step < 0 ? form.elements.q : links[at + step];
    if (next) { next.focus(); event.preventDefault(); }
  });
  form.addEventListener("input", function () { write(); search(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  addEventListener("popstate", function () { read(); search(); });

  form.hidden = false;
  function start(query) {
    isFresh = query !== "";
    return dossierLoad("search/index.js" + query, from).then(function (data) {
      var isFirst = !overview;
      overview = data;
      return Array.isArray(data.stem) ? load("stem", 0).then(function (script) { stemmer = script; return isFirst; }) : isFirst;
    }).then(function (isFirst) {
      offer();
      if (isFirst) { if (form.elements.q.value) write(); else read(); }
      return search();
    }).catch(failed);
  }
  start("");
})();
