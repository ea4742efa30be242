// A real Chromium, watched: what a page logs as an error or fails to load fails the journey.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ADMIN_PASSWORD, root } from '../support/server.mjs';
import { text } from './texts.mjs';

const SHOTS = join(root, 'build', 'shots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

// The first ones because the browser would look for servers of its own, the last one because
// everything here happens on this machine and root may not have a sandbox.
const FLAGS = [
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-quic', '--disable-gpu', '--no-first-run', '--no-sandbox',
];

function executable() {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      continue;
    }
  }
  throw new Error('no Chromium on PATH: script/test installs it');
}

export class Visitor {
  static async launch() {
    const visitor = new Visitor();
    visitor.problems = [];
    visitor.browser = await chromium.launch({ executablePath: executable(), args: FLAGS });
    return visitor;
  }

  /** A fresh profile: its own cookies and preferences. */
  async open(address, { viewport = DESKTOP, colorScheme = 'light' } = {}) {
    await this.leave();
    this.context = await this.another(address, { viewport, colorScheme });
    this.page = await this.context.newPage();
    this.page.on('console', (message) => {
      if (message.type() === 'error' && !this.expected(message.text())) {
        this.problems.push(`console: ${message.text()}`);
      }
    });
    this.page.on('pageerror', (error) => this.problems.push(`error: ${error.message}`));
    return this.page;
  }

  /** Before its server ends: a page left open would look for it and log that in a later journey. */
  async leave() {
    await this.context?.close();
    this.context = undefined;
  }

  /** The profile of somebody else, who is not watched; whoever asks for it closes it. */
  another(address, { viewport = DESKTOP, colorScheme = 'light' } = {}) {
    return this.browser.newContext({
      baseURL: address, viewport, colorScheme, locale: 'zh-CN', timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
  }

  /** The browser itself logs answers that the page expects and shows in words. */
  expected(message) {
    return /status of (401|409|412|422)/.test(message);
  }

  async shot(name) {
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SHOTS, `${name}.png`) });
  }

  /** Serious and critical violations of the accessibility rules on the page as it stands. */
  async checkAccess(where) {
    await this.page.evaluate(axe);
    const violations = await this.page.evaluate(async () => {
      const result = await globalThis.axe.run(document, { resultTypes: ['violations'] });
      return result.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(' ')}`);
    });
    this.problems.push(...violations.map((text) => `${where}: ${text}`));
  }

  async close() {
    await this.browser.close();
  }
}

export async function signIn(page, language, login = 'admin', password = ADMIN_PASSWORD) {
  await page.goto('/');
  await page.getByLabel(text(language, 'sign_in.login')).fill(login);
  await page.getByLabel(text(language, 'sign_in.password')).fill(password);
  await page.getByRole('button', { name: text(language, 'sign_in.submit') }).click();
  await page.getByRole('navigation').first().waitFor();
}

/** Types into a list of choices and takes the one that says exactly `wanted`. */
export async function choose(page, list, wanted) {
  await list.click({ force: true });
  await list.fill(wanted).catch(() => null);
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    .locator('.ant-select-item-option').filter({ hasText: new RegExp(`^${wanted}$`) }).click();
}

/** Calls the API as whoever is signed in. */
export function call(page, method, path, body) {
  return page.evaluate(async ([how, where, sent]) => {
    const session = await (await fetch('/api/v1/session')).json();
    const answer = await fetch(`/api/v1${where}`, {
      method: how, body: sent === null ? undefined : JSON.stringify(sent),
      headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf_token },
    });
    return { status: answer.status, body: await answer.json() };
  }, [method, path, body ?? null]);
}
