import type { Texts } from './language';

const features = import.meta.glob<Texts>(
  '../../../../capabilities/*/locales/web.zh-CN.json',
  { eager: true, import: 'default' },
);

export const texts: Texts = Object.assign({}, ...Object.values(features)) as Texts;
