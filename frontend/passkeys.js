// <form data-passkey="create|get" data-options="..."> asks the browser for a passkey when it is sent,
// puts what it says into the field `credential`, and goes on. The options are the server's.

const toBytes = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
};

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const named = (keys = []) => keys.map((key) => ({ ...key, id: toBytes(key.id) }));

// Bytes travel as text; the browser wants them as bytes.
function understood({ publicKey }) {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) options.excludeCredentials = named(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = named(options.allowCredentials);
  return { publicKey: options };
}

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function answered(credential) {
  const response = {};
  PARTS.filter((part) => credential.response[part]).forEach((part) => {
    response[part] = toText(credential.response[part]);
  });
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

function say(root, text) {
  const problem = root.querySelector("[data-passkey-problem]");
  problem.textContent = text;
  problem.hidden = false;
}

async function ask(form) {
  const options = understood(JSON.parse(form.dataset.options));
  const credential = await navigator.credentials[form.dataset.passkey](options);
  form.elements.credential.value = answered(credential);
  form.submit();
}

export function startPasskeys(root) {
  root.querySelectorAll("[data-passkey]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!window.PublicKeyCredential) {
        say(root, "This browser cannot use passkeys here. Use another way.");
        return;
      }
      ask(form).catch(() => say(root, "The passkey did not work, or you stopped it. Try again, or use another way."));
    });
  });
}
