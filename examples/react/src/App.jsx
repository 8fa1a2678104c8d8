import { useState } from 'react';
import { captureException, captureMessage } from '@resentry/client';
import { ErrorBoundary } from '@resentry/client/react';
import { chargeCard, ship } from './checkout.js';

/** A part of the page that cannot be drawn any more once its data is broken. */
function Cart({ items }) {
    return <p>{items.map((item) => item.name).join(', ')}</p>;
}

function Fallback({ eventId, reset }) {
    return (
        <div role="alert">
            <p>The cart fell over. Tell us this number if you ask for help: {eventId}</p>
            <button onClick={reset}>Try again</button>
        </div>
    );
}

function save() {
    try {
        chargeCard({ expired: true }, 3);
    } catch (error) {
        captureException(error, { level: 'warning', tags: { area: 'save' } });
    }
}

export function App() {
    const [items, setItems] = useState([{ name: 'a book' }, { name: 'a hat' }]);
    return (
        <main>
            <h1>A shop</h1>
            <ErrorBoundary
                fallback={(fallen) => <Fallback {...fallen} />}
                onReset={() => setItems([{ name: 'a book' }])}
            >
                <Cart items={items} />
            </ErrorBoundary>
            <button onClick={() => chargeCard({ expired: true }, 7)}>Pay</button>
            <button onClick={() => void ship('Sunday')}>Ship</button>
            <button onClick={save}>Save</button>
            <button onClick={() => setItems([undefined])}>Break the cart</button>
            <button onClick={() => captureMessage('A customer has a question', { level: 'warning' })}>
                Ask
            </button>
        </main>
    );
}
