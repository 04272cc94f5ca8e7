import { render } from 'preact';
import '../style.css';
import './tides.css';
import { App } from './app.tsx';

render(<App />, document.body);
