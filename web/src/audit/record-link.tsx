import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { AuditEntryRow } from '../api/types';
import { type Permission, useMay } from '../session/use-session';

/** Kinds of records that have a page of their own under the id that the trail names. */
const PAGES: Readonly<Record<string, { readonly path: string; readonly permission: Permission }>> = {
  market: { path: '/markets', permission: 'market.read' },
  vendor: { path: '/vendors', permission: 'vendor.read' },
  staff: { path: '/people', permission: 'people.read' },
  submission: { path: '/submissions', permission: 'submission.read' },
  bank: { path: '/bank-clients', permission: 'bank_client.read' },
};

interface RecordLinkProps {
  readonly subject: AuditEntryRow['subject'];
  readonly children: ReactNode;
}

/** The record that an entry is about, as a link for whoever may open it. */
export function RecordLink({ subject, children }: RecordLinkProps) {
  const may = useMay();
  const page = PAGES[subject.type];
  if (!page || !may(page.permission)) return <>{children}</>;
  return <Link to={`${page.path}/${encodeURIComponent(subject.id)}`}>{children}</Link>;
}
