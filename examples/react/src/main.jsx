import { addBreadcrumb, init, setTag, setUser } from '@resentry/client';
import { createRoot } from 'react-dom/client';
import { App } from './App.jsx';

// First of all, so that errors of the start are heard too.
init({
    dsn: import.meta.env.VITE_RESENTRY_DSN,
    release: import.meta.env.VITE_RELEASE,
    environment: 'production',
    beforeSend: (event) => {
        // Whatever must not leave the page is taken out here.
        if (event.request) event.request.url = event.request.url.split('?')[0];
        return event;
    },
});
setUser({ id: 'customer-7' });
setTag('plan', 'team');
addBreadcrumb({ category: 'cart', message: 'two things are in the cart' });

createRoot(document.querySelector('#root')).render(<App />);
