import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startClient } from './api/client';
import { App } from './app/app';
import './app/app.css';
import './fonts/fonts.css';
import { startLanguage } from './i18n/i18n';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

startClient();
void startLanguage().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
