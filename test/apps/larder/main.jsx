import { createRoot } from 'react-dom/client';
import App from './app.jsx';

const root = createRoot(document.getElementById('root'));
root.render(<App />);

import.meta.hot?.accept('./app.jsx', (next) => root.render(<next.default />));
