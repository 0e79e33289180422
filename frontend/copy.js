// <button type="button" data-copy-from="#summary">Copy the text</button> copies what #summary says.

function select(source) {
  if (typeof source.select === "function") {
    source.focus();
    source.select();
    return;
  }
  const range = document.createRange();
  range.selectNodeContents(source);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

async function copy(source) {
  const text = "value" in source ? source.value : source.innerText;
  try {
    await navigator.clipboard.writeText(text);
    return "Copied";
  } catch {
    // No clipboard here (an old browser, or a page that is not secure): one key press is left.
    select(source);
    return "Selected. Press Ctrl and C to copy it";
  }
}

// The answer is announced by a status line that is in the page before it is filled.
function statusAfter(button) {
  const status = document.createElement("span");
  status.className = "govuk-body app-screen-only";
  status.setAttribute("role", "status");
  button.after(" ", status);
  return status;
}

export function startCopying(root) {
  root.querySelectorAll("[data-copy-from]").forEach((button) => {
    const source = root.querySelector(button.dataset.copyFrom);
    const status = statusAfter(button);
    button.addEventListener("click", async () => {
      status.textContent = await copy(source);
    });
  });
}
