export function Logo({ size = 24 }: Readonly<{ size?: number }>) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="3.2">
        <path d="M9 8v16h14" strokeLinecap="round" strokeLinejoin="round" />
        <circle cx="20" cy="12" r="4" />
      </g>
    </svg>
  );
}
