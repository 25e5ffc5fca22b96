import './page-progress.css';

/** A thin line while the next page is being fetched. */
export function PageProgress({ busy }: { readonly busy: boolean }) {
  return <div className={busy ? 'page-progress busy' : 'page-progress'} aria-hidden />;
}
