// As much of a browser as signing in needs: cookies by site and path, redirects, forms.

const MOST_REDIRECTS = 20;

export class Browser {
  jar = new Map(); // "origin name" → {value, path}
  visited = [];

  cookiesFor(url) {
    return [...this.jar].filter(([key, { path }]) =>
      key.startsWith(`${url.origin} `) && url.pathname.startsWith(path))
      .map(([key, { value }]) => `${key.split(' ')[1]}=${value}`).join('; ');
  }

  keepCookies(url, answer) {
    for (const text of answer.headers.getSetCookie()) {
      const [pair, ...attributes] = text.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const path = attributes.find((one) => /^path=/i.test(one))?.slice('path='.length) ?? '/';
      const key = `${url.origin} ${pair.slice(0, at)}`;
      const ended = attributes.some((one) => /^max-age=0$/i.test(one) ||
        (/^expires=/i.test(one) && Date.parse(one.slice('expires='.length)) < Date.now()));
      if (ended) this.jar.delete(key);
      else this.jar.set(key, { value: pair.slice(at + 1), path });
    }
  }

  /** One request: {status, location, cookies, text}. */
  async ask(address, form) {
    const url = new URL(address);
    const answer = await fetch(url, {
      redirect: 'manual', method: form ? 'POST' : 'GET',
      headers: { cookie: this.cookiesFor(url), 'user-agent': 'Test browser' },
      body: form && new URLSearchParams(form),
    });
    this.visited.push(url.href);
    this.keepCookies(url, answer);
    const location = answer.headers.get('location');
    return {
      status: answer.status, text: await answer.text(), cookies: answer.headers.getSetCookie(),
      url, location: location === null ? null : new URL(location, url),
    };
  }

  /** Follows redirects until a page, or until `stop` knows the next address. */
  async follow(address, form, stop = () => false) {
    let answer = await this.ask(address, form);
    for (let count = 0; answer.location !== null && !stop(answer.location); count += 1) {
      if (count === MOST_REDIRECTS) throw new Error(`redirects without end at ${answer.url}`);
      answer = await this.ask(answer.location);
    }
    return answer;
  }

  cookie(origin, name) {
    return this.jar.get(`${origin} ${name}`)?.value;
  }
}
