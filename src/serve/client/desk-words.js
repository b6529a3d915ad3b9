// @ts-check
// The words of the desk, in English and Indonesian. `{name}` is filled in.

/** @type {Record<string, [string, string]>} */
const WORDS = {
  selected: ['Selected words', 'Kata terpilih'],
  undo: ['Undo', 'Urungkan'],
  redo: ['Redo', 'Ulangi'],
  undone: ['Undone: {what}', 'Diurungkan: {what}'],
  redone: ['Done again: {what}', 'Diulangi: {what}'],
  'is-undone': ['undone', 'diurungkan'],
  nothing: ['There is nothing to undo.', 'Tidak ada yang perlu diurungkan.'],
  close: ['Close', 'Tutup'],
  unsaved: ['This is not saved yet.', 'Ini belum disimpan.'],
  'keep-writing': ['Keep writing', 'Lanjut menulis'],
  'throw-away': ['Throw it away', 'Buang'],
  'is-missing': ['This is required.', 'Ini wajib diisi.'],
  'needs-title': ['Give it a title first.', 'Beri judul dahulu.'],
  'needs-words': ['Write the words first.', 'Tulis kata-katanya dahulu.'],
  'no-change': ['Nothing was changed: it is like that already.', 'Tidak ada yang diubah: sudah seperti itu.'],
  cannot: ['This cannot be done: {why}', 'Ini tidak dapat dilakukan: {why}'],
  'see-changes': ['Open “Changes” to leave it out.', 'Buka “Perubahan” untuk melewatkannya.'],
  'leave-out': ['Leave this change out', 'Lewatkan perubahan ini'],
  'range-to': ['to', 'sampai'],
  'add-stop': ['Add a stop by name', 'Tambahkan perhentian menurut nama'],
  'stops-about': [
    'Click a place to make it the next stop, or anywhere else to create a place there. By keyboard: the arrow keys move the map, Enter takes the cross.',
    'Klik tempat untuk menjadikannya perhentian berikutnya, atau titik lain untuk membuat tempat di sana. Dengan papan tombol: tombol panah menggeser peta, Enter mengambil titik silang.',
  ],
  'first-stop': ['It starts in {of}. Where does it go?', 'Berangkat dari {of}. Ke mana tujuannya?'],
  'by-water': ['{km} by water, {direct} direct', '{km} lewat laut, {direct} garis lurus'],
  save: ['Save', 'Simpan'],
  rename: ['Change the id', 'Ubah id'],
  'new-id': ['New id', 'Id baru'],
  translate: ['Translate into {lang}', 'Terjemahkan ke {lang}'],
  original: ['The original', 'Teks asli'],
  'not-translated': [
    'This page is not translated yet: it shows the words of the original. The button below translates them.',
    'Halaman ini belum diterjemahkan: yang tampil adalah teks aslinya. Gunakan tombol di bawah untuk menerjemahkan.',
  ],
  lost: [
    'The program has stopped, or does not answer. What you wrote is kept as long as this page is open: copy it, type dossier in the terminal again, and go on at the address that it shows.',
    'Program berhenti atau tidak menjawab. Tulisan Anda tersimpan selama halaman ini terbuka: salin dulu, ketik lagi dossier di terminal, lalu lanjutkan di alamat yang tampil.',
  ],
  delete: ['Delete', 'Hapus'],
  'delete-sure': [
    'Delete “{of}” and its translations? References to it that will have to be changed: {n}. You can undo this.',
    'Hapus “{of}” beserta terjemahannya? Rujukan ke sini yang perlu diubah: {n}. Tindakan ini dapat diurungkan.',
  ],
  'no-facts': ['This page is made from other files; it has no facts of its own.', 'Halaman ini dibuat dari berkas lain; tidak ada fakta di dalamnya.'],
  'no-text': ['This text cannot be edited here.', 'Teks ini tidak dapat disunting di sini.'],
  'not-marked': ['These words cannot be marked: {why}. Choose more words, or others.', 'Kata ini tidak dapat ditandai: {why}. Pilih kata yang lebih panjang, atau yang lain.'],
  'no-article': ['Open an article to mark words in it.', 'Buka artikel untuk menandai kata di dalamnya.'],
  new: ['New page', 'Halaman baru'],
  'new-kind': ['New: {kind}', 'Baru: {kind}'],
  'more-facts': ['More facts', 'Fakta lain'],
  kept: ['Kept as they are: {keys}', 'Dibiarkan apa adanya: {keys}'],
  'on-map': ['Choose on a map', 'Pilih di peta'],
  'map-keys': ['Map of the world. Arrow keys move it, plus and minus zoom, Enter takes the cross.', 'Peta dunia. Tombol panah menggeser, plus dan minus memperbesar dan memperkecil, Enter mengambil titik silang.'],
  nearer: ['Zoom in', 'Perbesar'],
  farther: ['Zoom out', 'Perkecil'],
  'take-cross': ['Take the cross', 'Ambil titik silang'],
  'edit-text': ['Choose a paragraph with Tab, and press Enter to edit it. Escape ends.', 'Pilih paragraf dengan Tab, lalu tekan Enter untuk menyunting. Escape untuk selesai.'],
  fill: ['Fill in', 'Isi'],
  required: ['required', 'wajib diisi'],
  none: ['–', '–'],
  create: ['Create {kind}: {of}', 'Buat {kind}: {of}'],
  up: ['Move up', 'Naikkan'],
  away: ['Remove', 'Hapus'],
  write: ['Write {words}', 'Tulis {words}'],
  text: ['Text', 'Teks'],
  bold: ['Bold', 'Tebal'],
  italic: ['Italic', 'Miring'],
  link: ['Link', 'Tautan'],
  quotation: ['Quotation', 'Kutipan'],
  'link-to': ['Link to …', 'Tautkan ke …'],
  'mark-for': ['Mark for …', 'Tandai untuk …'],
  mark: ['Mark words', 'Tandai kata'],
  words: ['The words, as the article has them', 'Kata-katanya, seperti dalam artikel'],
  findings: ['What is wrong', 'Yang perlu diperbaiki'],
  'nothing-to-fix': ['Nothing to fix.', 'Tidak ada yang perlu diperbaiki.'],
  counts: ['Errors: {error}. Warnings: {warning}. Notes: {note}.', 'Galat: {error}. Peringatan: {warning}. Catatan: {note}.'],
  meant: ['Do you mean this?', 'Maksudnya ini?'],
  'open-facts': ['Open its facts', 'Buka faktanya'],
  'add-file': ['Add a file', 'Tambahkan berkas'],
  'link-words': ['Words of the link', 'Kata untuk tautan'],
  'fix-all': ['All of this kind', 'Semua jenis ini'],
  error: ['Error:', 'Galat:'],
  warning: ['Warning:', 'Peringatan:'],
  note: ['Note:', 'Catatan:'],
  'key-called': ['Called within a sentence', 'Sebutan dalam kalimat'],
  'key-alt': ['Description, for those who do not see it', 'Deskripsi, bagi yang tidak dapat melihatnya'],
  'key-src': ['File or address', 'Berkas atau alamat'],
  'key-caption': ['Caption', 'Keterangan'],
  'key-credit': ['Credit', 'Kredit'],
  'key-draft': ['Draft', 'Draf'],
  'key-embargo': ['Embargoed until', 'Embargo hingga'],
  'key-exact': ['Quoted words', 'Kata yang dikutip'],
  'key-prefix': ['Words before', 'Kata sebelumnya'],
  'key-suffix': ['Words after', 'Kata sesudahnya'],
  'key-formerly': ['Former ids', 'Id sebelumnya'],
  'key-targets': ['Passages', 'Bagian teks'],
  'key-label': ['Label', 'Label'],
  'key-rating': ['Rating', 'Nilai'],
  'key-best': ['Best value', 'Nilai tertinggi'],
  'key-worst': ['Worst value', 'Nilai terendah'],
  'key-order': ['Order', 'Urutan'],
  'key-name': ['Name', 'Nama'],
  'key-reason': ['Reason', 'Alasan'],
  'key-source': ['Source', 'Sumber'],
  publish: ['Publish', 'Terbitkan'],
  target: ['Where to', 'Tujuan'],
  plan: ['Show what would be done', 'Tampilkan rencananya'],
  'roll-back-sure': [
    'Readers will see the edition before this one. Press the button once more to do it.',
    'Pembaca akan melihat edisi sebelumnya. Tekan tombol itu sekali lagi untuk melakukannya.',
  ],
  'roll-back': ['Roll back', 'Kembalikan edisi sebelumnya'],
  published: ['Published.', 'Sudah diterbitkan.'],
  busy: ['Working …', 'Sedang bekerja …'],
  build: ['Make the website', 'Buat situs'],
  'into-folder': ['The folder “public” of the dossier', 'Map “public” di dosier'],
  'folder-about': ['Makes the website on this computer. You can copy the folder to any web host.', 'Membuat situs di komputer ini. Map itu dapat disalin ke hosting mana pun.'],
  'no-target': [
    'Makes the website on this computer. You can copy the folder to any web host. To publish with a button, add where to in dossier.toml, as the guide’s page on publishing says; passwords never go there.',
    'Membuat situs di komputer ini. Map itu dapat disalin ke hosting mana pun. Untuk menerbitkan dengan satu tombol, tambahkan tujuannya ke dossier.toml seperti dijelaskan di panduan; kata sandi tidak disimpan di sana.',
  ],
  changes: ['Changes', 'Perubahan'],
  'did-set': ['Changed: {key} of “{of}”', 'Diubah: {key} pada “{of}”'],
  'did-add': ['Added: {key} to “{of}”', 'Ditambahkan: {key} pada “{of}”'],
  'did-remove': ['Removed: {key} from “{of}”', 'Dihapus: {key} dari “{of}”'],
  'did-move': ['Moved: {key} of “{of}”', 'Dipindahkan: {key} pada “{of}”'],
  'did-annotate': ['Marked words for “{of}”', 'Kata ditandai untuk “{of}”'],
  'did-new': ['Created: “{of}”', 'Dibuat: “{of}”'],
  'did-text': ['Changed the text of “{of}”', 'Teks “{of}” diubah'],
  'did-link': ['Linked words in “{of}”', 'Kata ditautkan dalam “{of}”'],
  'did-rename': ['Changed the id of “{of}” to {key}', 'Id “{of}” diubah menjadi {key}'],
  'did-delete': ['Deleted: “{of}”', 'Dihapus: “{of}”'],
  'did-fix': ['Fixed: {of}', 'Diperbaiki: {of}'],
  'did-fix-all': ['Fixed all: {of}', 'Semua diperbaiki: {of}'],
  'did-file': ['Added the file {of}', 'Berkas {of} ditambahkan'],
  'did-several': ['{key} changes: “{of}”', '{key} perubahan: “{of}”'],
  'did-import': ['Imported {key} from {of}', '{key} entri diimpor dari {of}'],
  'did-accept': ['Accepted the translation of “{of}”', 'Terjemahan “{of}” diterima'],
};

/** The words of a language. @param {string} lang @param {Record<string, [string, string]>} words */
export function speak(lang, words = WORDS) {
  const at = lang.toLowerCase().split('-')[0] === 'id' ? 1 : 0;
  return (/** @type {string} */ name, /** @type {Record<string, any>} */ given = {}) =>
    (words[name]?.[at] ?? name.replace(/^key-/, '')).replace(/\{(\w+)\}/g, (_, key) => String(given[key] ?? ''));
}

/** Why the preview cannot do something: as it says it, with `{}` for a name, and in Indonesian. @type {[string, string][]} */
export const REASONS = [
  [
    '`{}` has changed since you opened it, so nothing was saved: copy what you wrote, close this, and open it again',
    '`{}` sudah berubah sejak Anda buka, jadi tidak ada yang disimpan: salin tulisan Anda, tutup formulir ini, lalu buka lagi',
  ],
  ['`{}` has changed since you saw it; look at it again', '`{}` sudah berubah sejak Anda lihat; periksa lagi'],
  ['`{}`: it has been changed by another program', '`{}` sudah diubah oleh program lain'],
  ['`{}` is there no more; nothing was changed', '`{}` sudah tidak ada; tidak ada yang diubah'],
  ['the disk is full, so `{}` could not be written; nothing was changed', 'penyimpanan penuh, jadi `{}` tidak dapat ditulis; tidak ada yang diubah'],
  ['`{}` is in a place where you may not write; nothing was changed', 'Anda tidak boleh menulis di tempat `{}`; tidak ada yang diubah'],
  ['there is a file `{}` already; nothing was changed', 'sudah ada berkas `{}`; tidak ada yang diubah'],
  ['there is a file `{}` already; give this one another name', 'sudah ada berkas `{}`; beri nama lain'],
  ['`{}` is taken by `{}`; choose another id', 'id `{}` sudah dipakai oleh `{}`; pilih id lain'],
  ['`{}` in `{}` has a mistake and may refer to `{}`; fix it first', '`{}` dalam `{}` masih salah dan mungkin merujuk ke `{}`; perbaiki dahulu'],
  ['this part of `{}` is written in a way that can only be changed in the file itself', 'bagian `{}` ini ditulis sedemikian rupa sehingga hanya dapat diubah di berkasnya'],
  [
    'these words are not plain text in one piece there; link them in the text itself',
    'kata-kata ini bukan teks biasa yang utuh di sana; tautkan di dalam teksnya',
  ],
  ['`article` is the home page of the site and stays', '`article` adalah beranda situs dan tetap ada'],
];

/** A reason in a language; as it is, if there is no translation. @param {string} lang @param {string} words */
export function reason(lang, words) {
  if (lang.toLowerCase().split('-')[0] !== 'id') return words;
  for (const [english, indonesian] of REASONS) {
    const parts = english.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const found = new RegExp(`^${parts.join('([^`]*)')}$`).exec(words);
    if (found) return found.slice(1).reduce((text, name) => text.replace('{}', () => name), indonesian);
  }
  return words;
}

export const all = WORDS;
