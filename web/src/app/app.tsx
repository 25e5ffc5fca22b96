import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import { NoticeProvider } from '../kit/notice-provider';
import { StepUpHost } from '../session/step-up-host';
import { LookProvider } from './look-provider';
import { queryClient } from './query-client';
import { router } from './routes';

export function App() {
  return (
    <LookProvider>
      <QueryClientProvider client={queryClient}>
        <NoticeProvider>
          <RouterProvider router={router} />
          <StepUpHost />
        </NoticeProvider>
      </QueryClientProvider>
    </LookProvider>
  );
}
