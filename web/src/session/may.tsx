import type { ReactNode } from 'react';
import { type Permission, useMay } from './use-session';

interface MayProps {
  readonly do: Permission;
  readonly children: ReactNode;
}

/** What the role may not do is absent, not grey; the server refuses it anyhow. */
export function May({ do: permission, children }: MayProps) {
  const may = useMay();
  return may(permission) ? children : null;
}
