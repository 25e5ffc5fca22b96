import { formatInstant } from '../format/day';
import { useFormat } from '../format/use-format';

/** "3 giờ trước", with the exact time in Việt Nam on hover. */
export function TimeAgo({ instant }: { readonly instant: string }) {
  const format = useFormat();
  return (
    <time dateTime={instant} title={formatInstant(instant)}>
      {format.ago(instant)}
    </time>
  );
}
