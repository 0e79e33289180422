// Buttons that open the browser's print dialogue.
export function startPrinting(page) {
  page.document.querySelectorAll("[data-print]").forEach((button) => {
    button.addEventListener("click", () => page.print());
  });
}

// Folded text is part of a printed page; browsers that cannot unfold it by style get it from here.
export function unfoldForPrint(page) {
  let opened = [];
  page.addEventListener("beforeprint", () => {
    opened = [...page.document.querySelectorAll("details:not([open])")];
    opened.forEach((details) => (details.open = true));
  });
  page.addEventListener("afterprint", () => {
    opened.forEach((details) => (details.open = false));
  });
}
