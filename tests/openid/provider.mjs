// A real OpenID provider on this machine, with its development pages: any name signs in.
// node provider.mjs <port> <redirect address>

import { Provider } from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "triage",
      client_secret: "a-secret-for-tests-alone",
      redirect_uris: [redirect],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  // Whoever types an address as their name has that as a verified e-mail address, too.
  findAccount: (context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: true, name: id }),
  }),
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: ["for tests alone"] },
});

// What was asked for, for the test to look at.
provider.use(async (context, next) => {
  if (context.path === "/auth") console.log(context.querystring);
  await next();
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
