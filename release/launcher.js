#!/usr/bin/env node
// Starts the program for this system, which npm installed beside this package.
"use strict";

const { spawn } = require("node:child_process");

const name = `NAME-${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "dossier.exe" : "dossier";

let program;
try {
  program = require.resolve(`${name}/bin/${file}`);
} catch {
  console.error(
    `error: there is no ${name} here: either no program is made for this system, or it was installed without ` +
      "optional dependencies (`--omit=optional`); install it again with them"
  );
  process.exit(2);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// Ctrl-C in a terminal reaches both; the program decides what happens. Other signals are passed on.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => {
  console.error(`error: cannot start ${program}: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exit(code);
  }
});
