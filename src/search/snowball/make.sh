#!/usr/bin/env bash
# Makes the browser's stemmers in this folder from the algorithms that the crate snowball_stemmers_rs was made from, so that a
# query is stemmed as the texts were. `tests/browser/search.test.js` compares the two.
#
#     git clone https://github.com/snowballstem/snowball && make -C snowball snowball    # Snowball's compiler
#     cargo fetch && src/search/snowball/make.sh path/to/snowball path/to/snowball_stemmers_rs
set -euo pipefail
compiler=$(realpath "$1") crate=$(realpath "$2") here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
cp "$compiler/javascript/base-stemmer.js" "$scratch"
for language in de:german es:spanish fr:french it:italian nl:dutch pt:portuguese ru:russian uk:ukrainian; do
    name=${language#*:} tag=${language%%:*}
    "$compiler/snowball" "$crate/algorithms/$name.sbl" -js -o "$scratch/$name-stemmer"
    printf "import Stemmer from './%s-stemmer.js';\nconst stemmer = new Stemmer();\ndossierData((word) => stemmer.stem(word));\n" "$name" > "$scratch/$tag.js"
    npx --yes esbuild@0.25 "$scratch/$tag.js" --bundle --minify --charset=utf8 --target=es2022 --log-level=error --outfile="$here/$tag.js"
done
