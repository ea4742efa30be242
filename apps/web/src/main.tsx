import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { currentLanguage, setLanguage } from '@/i18n/language';
import '@/ui/base.css';

const root = document.getElementById('root');
if (root) {
  void setLanguage(currentLanguage()).then(() => {
    createRoot(root).render(<App />);
  });
}
