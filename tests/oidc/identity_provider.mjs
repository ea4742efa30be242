// A real OpenID Connect provider on this machine, with people who sign in by any password.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

export const CLIENT = 'linchpin';
export const SECRET = 'a secret: with / signs & blanks +';

function signingKey(algorithm) {
  const { privateKey } = algorithm === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: algorithm };
}

function settings({ algorithm, inToken, authentication, redirect, people }) {
  return {
    clients: [{
      client_id: CLIENT, redirect_uris: [redirect],
      ...(authentication !== 'none' && { client_secret: SECRET }),
      token_endpoint_auth_method: authentication, id_token_signed_response_alg: algorithm,
    }],
    clientAuthMethods: [authentication],
    jwks: { keys: [...new Set([algorithm, 'RS256'])].map(signingKey) },
    cookies: { keys: ['only for tests'] },
    claims: {
      profile: ['preferred_username', 'name'], email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: !inToken,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  };
}

export class IdentityProvider {
  /** Listens first: the issuer is its own address. */
  async listen() {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    this.issuer = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  answer(request, response) {
    this.handler(request, response);
  }

  begin(options) {
    this.handler = new Provider(this.issuer, settings(options)).callback();
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((resolve) => { this.server.close(resolve); });
  }
}
