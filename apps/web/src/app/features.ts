import type { Feature } from '@/feature';

/** Every capability with a web folder takes part by being there. */
const modules = import.meta.glob<Feature>(
  '../../../../capabilities/*/web/index.ts',
  { eager: true, import: 'feature' },
);

export const features: readonly Feature[] = Object.values(modules);

export const navigation = features
  .flatMap((feature) => feature.navigation ?? [])
  .sort((one, other) => one.order - other.order);

export const commands = features.flatMap((feature) => feature.commands ?? []);
