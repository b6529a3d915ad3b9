// @ts-check
// Starts `dossier lsp` for the folder that is open. All that it shows comes from there.

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

/** @type {import('vscode-languageclient/node').LanguageClient | undefined} */
let client;

/** @param {import('vscode').ExtensionContext} context */
async function activate(context) {
  const command = () => vscode.workspace.getConfiguration('dossier').get('path', 'dossier');
  const start = async () => {
    await client?.stop();
    client = new LanguageClient(
      'dossier',
      'Dossier',
      { command: command(), args: ['lsp'] },
      { documentSelector: [{ scheme: 'file', language: 'markdown' }, { scheme: 'file', pattern: '**/dossier.toml' }] },
    );
    try {
      await client.start();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      vscode.window.showErrorMessage(`Dossier cannot start \`${command()}\`: ${why}. Install the program, or set dossier.path.`);
    }
  };
  const preview = () => {
    const terminal = vscode.window.createTerminal({ name: 'Dossier', shellPath: command(), shellArgs: ['serve', '--open'] });
    terminal.show();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('dossier.preview', preview),
    vscode.commands.registerCommand('dossier.restart', start),
  );
  await start();
}

const deactivate = () => client?.stop();

module.exports = { activate, deactivate };
