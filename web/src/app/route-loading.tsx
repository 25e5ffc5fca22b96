import { Loading } from '../kit/loading';

export function RouteLoading() {
  return (
    <div style={{ padding: 24 }}>
      <Loading lines={8} />
    </div>
  );
}
