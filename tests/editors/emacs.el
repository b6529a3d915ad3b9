;; Emacs' client, eglot: opens a file, types, reads findings, completes, asks for a card, renames. Run by run.py.
(require 'eglot)
(require 'flymake)
(require 'project)

(setq eglot-autoshutdown nil
      eglot-sync-connect 60
      eglot-connect-timeout 60
      eglot-confirm-server-initiated-edits nil
      eglot-send-changes-idle-time 0
      vc-handled-backends nil)

(defvar root (file-name-as-directory (getenv "DOSSIER_ROOT")))
(add-hook 'project-find-functions (lambda (_) (cons 'transient root)))

(defun wait (words condition)
  (let ((end (+ (float-time) 60)))
    (while (not (funcall condition))
      (when (> (float-time) end) (error "not in a minute: %s" words))
      (accept-process-output nil 0.05))))

(defun findings ()
  "The codes and messages of the findings of this text."
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun ask (method &rest more)
  (eglot--signal-textDocument/didChange)
  (jsonrpc-request (eglot--current-server-or-lose) method (append (eglot--TextDocumentPositionParams) more)))

(defun type (before after)
  (goto-char (point-min))
  (search-forward before)
  (replace-match after t t)
  (eglot--signal-textDocument/didChange))

(find-file (concat root "content/actors/ana.md"))
(eglot '(fundamental-mode) (project-current) 'eglot-lsp-server (list (getenv "DOSSIER_BIN") "lsp") "markdown")
(unless (eglot-managed-p) (eglot--maybe-activate-editing-mode))
(wait "the server manages the text" #'eglot-managed-p)

(type "title: Ana Alves" "title: Ana: a pilot")
(flymake-start)
(wait "a finding" (lambda () (flymake-start) (findings)))
(unless (string-match-p "colon\\|quot" (car (findings))) (error "%S" (findings)))
(type "title: Ana: a pilot" "title: Ana Alves")
(wait "no finding" (lambda () (flymake-start) (null (findings))))

(goto-char (point-min))
(search-forward "ty")
(let* ((card (ask :textDocument/hover)))
  (unless (string-match-p "\\*\\*type\\*\\*" (plist-get (plist-get card :contents) :value)) (error "%S" card)))
(type "type: person" "type: ")
(search-forward "type: " nil t)
(goto-char (point-min))
(search-forward "type: ")
(let* ((answer (ask :textDocument/completion))
       (labels (mapcar (lambda (item) (plist-get item :label)) (plist-get answer :items))))
  (unless (member "person" labels) (error "%S" labels)))
(set-buffer-modified-p nil)
(kill-emacs 0)
