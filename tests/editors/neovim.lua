-- Neovim's own client: opens a file, types, reads findings, applies a fix, completes, renames. Run by run.py.
local root = vim.env.DOSSIER_ROOT

local function check(condition, words)
  if not condition then
    io.stderr:write(words .. '\n')
    vim.cmd('cquit 1')
  end
end

local function wait(words, condition)
  check(vim.wait(60000, condition, 20), 'not in a minute: ' .. words)
end

local function findings()
  return vim.diagnostic.get(0)
end

local function open(path)
  vim.cmd('edit ' .. root .. '/' .. path)
end

local function type(line, words)
  vim.api.nvim_buf_set_lines(0, line - 1, line, true, { words })
end

local function ask(method, line, column, more)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(), more or {})
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/' .. method, params, 60000)
  for _, answer in pairs(answers) do
    check(not answer.error, vim.inspect(answer.error))
    return answer.result
  end
end

open('content/actors/ana.md')
local client = vim.lsp.start_client({ name = 'dossier', cmd = { vim.env.DOSSIER_BIN, 'lsp' }, root_dir = root })
vim.lsp.buf_attach_client(0, client)
wait('the server is ready', function() return vim.lsp.get_client_by_id(client).initialized end)

type(2, 'title: Ana: a pilot')
wait('a finding', function() return #findings() == 1 end)
check(findings()[1].code == 'invalid-syntax' and findings()[1].lnum == 1, vim.inspect(findings()))

local range = { start = { line = 1, character = 0 }, ['end'] = { line = 1, character = 18 } }
local actions = ask('codeAction', 2, 8, { range = range, context = { diagnostics = {} } })
vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
wait('no finding', function() return #findings() == 0 end)
local title = vim.api.nvim_buf_get_lines(0, 1, 2, true)[1]
check(title == 'title: "Ana: a pilot"', title)
vim.cmd('write')

open('content/claims/dawn.md')
vim.lsp.buf_attach_client(0, client)
type(3, 'by: An')
local items = ask('completion', 3, 6).items
check(items[1].label == 'Ana: a pilot' and items[1].textEdit.newText == 'ana', vim.inspect(items))
type(3, 'by: ana')
local card = ask('hover', 3, 5)
check(card.contents.value:find('A pilot.', 1, true), vim.inspect(card))

vim.lsp.util.apply_workspace_edit(ask('rename', 3, 5, { newName = 'ana-alves' }), 'utf-16')
check(vim.api.nvim_buf_get_lines(0, 2, 3, true)[1] == 'by: ana-alves', 'the reference')
check(vim.fn.filereadable(root .. '/content/actors/ana-alves.md') == 1, 'the file is renamed')
vim.cmd('qall!')
