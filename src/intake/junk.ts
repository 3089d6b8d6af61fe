const JUNK_NAMES = new Set([
  ".DS_Store",
  ".git",
  ".hg",
  ".idea",
  ".ipynb_checkpoints",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  ".svn",
  ".venv",
  ".vscode",
  "Thumbs.db",
  "__MACOSX",
  "__pycache__",
  "desktop.ini",
  "node_modules",
  "venv",
]);

/** Backups and swap files of editors, and the `._name` twins that macOS adds to archives. */
const JUNK_PATTERN = /^\._|~$|^\..*\.sw[a-p]$|^#.*#$|^~\$/;

/** Whether a file or folder of this name is left out of every submission, with all it holds. */
export function isJunk(name: string): boolean {
  return JUNK_NAMES.has(name) || JUNK_PATTERN.test(name);
}
