import type { Texts } from './language';
import shell from '../../locales/zh-CN.json';

const features = import.meta.glob<Texts>(
  '../../../../capabilities/*/locales/web.zh-CN.json',
  { eager: true, import: 'default', query: '?shell' },
);

export const texts: Texts = Object.assign({}, shell, ...Object.values(features)) as Texts;
