import { lazy } from 'react';
import type { Feature } from '@/feature';

/** Every capability with a web folder takes part by being there. */
const modules = import.meta.glob<Feature>(
  '../../../../capabilities/*/web/index.ts',
  { eager: true, import: 'feature' },
);

export const features: readonly Feature[] = Object.values(modules);

export const navigation = features
  .flatMap((feature) => feature.navigation ?? [])
  .sort((one, other) => one.order - other.order)
  .map((entry) => ({ ...entry, Badge: entry.badge && lazy(entry.badge) }));

export type ShellEntry = (typeof navigation)[number];

export const commands = features.flatMap((feature) => feature.commands ?? []);

export const beside = features.flatMap((feature) => (feature.beside ? [lazy(feature.beside)] : []));

export const accountParts = features.flatMap((feature) => feature.account ?? [])
  .map(({ key, label, load }) => ({ key, label, Part: lazy(load) }));
