// Warns before somebody is signed out, and offers to stay. The server counts: before it says anything
// this asks how long is left, since the same person may be busy in another window.

const LATER = 10_000; // when the server cannot be asked
const LONGEST = "You have been signed in for as long as is allowed. Save what you typed now, then sign in again.";

async function left(address, body) {
  const options = body ? { method: "POST", body } : {};
  const answer = await fetch(address, { ...options, credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

class TimeLeft {
  constructor(dialog) {
    this.dialog = dialog;
    const { address, secondsLeft, warnBefore, signIn } = dialog.dataset;
    Object.assign(this, { address, signIn, warnBefore: Number(warnBefore) });
    this.status = dialog.querySelector("[data-status]");
    this.minutes = dialog.querySelector("[data-minutes]");
    this.stayButton = dialog.querySelector("[data-stay]");
    this.stayButton.addEventListener("click", () => this.stay());
    // A page that was asleep, or comes back from where it was left, may be long out of date.
    document.addEventListener("visibilitychange", () => !document.hidden && this.check());
    window.addEventListener("pageshow", (event) => event.persisted && this.check());
    const found = { left: Number(secondsLeft) };
    if (found.left > this.warnBefore) this.wait(found);
    else this.check();
  }

  wait(found) {
    clearTimeout(this.timer);
    if (found.left <= 0) {
      this.leave();
      return;
    }
    const warnIn = found.left - this.warnBefore;
    if (warnIn > 0) this.calm();
    else this.warn(found);
    const next = warnIn > 0 ? warnIn : Math.min(found.left, 60);
    this.timer = setTimeout(() => this.check(), next * 1000 + 500);
  }

  async check() {
    try {
      this.wait(await left(this.address));
    } catch {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.check(), LATER);
    }
  }

  calm() {
    this.told = false;
    this.status.textContent = "";
    this.dialog.close();
  }

  // Whoever closes the message has heard it: it comes back for the last minute alone.
  warn({ left: seconds, more }) {
    const minutes = Math.max(1, Math.ceil(seconds / 60));
    this.minutes.textContent = minutes === 1 ? "1 minute" : `${minutes} minutes`;
    this.stayButton.hidden = !more;
    if (!more) this.status.textContent = LONGEST;
    if (!this.dialog.open && (!this.told || minutes === 1)) this.dialog.showModal();
    this.told = true;
  }

  async stay() {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      this.wait(await left(this.address, new URLSearchParams({ csrfmiddlewaretoken: token })));
    } catch {
      this.status.textContent = "That did not work. Save what you typed now.";
    }
  }

  // Nothing private stays on the screen of somebody who went away.
  leave() {
    const { pathname, search } = window.location;
    window.location.replace(`${this.signIn}?${new URLSearchParams({ next: pathname + search })}`);
  }
}

export function startTimeLeft(root) {
  const dialog = root.querySelector("dialog[data-time-left]");
  if (dialog && dialog.showModal) new TimeLeft(dialog);
}
