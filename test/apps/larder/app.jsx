import { lazy, Suspense } from 'react';
import { Link, Route, Switch } from 'wouter';
import Planner from './screens/planner.jsx';
import Reading from './screens/reading.jsx';
import RecipeList from './screens/recipe-list.jsx';
import RecipePage from './screens/recipe-page.jsx';

const Statistics = lazy(() => import('./screens/statistics.jsx'));

const screens = [
  { path: '/', name: 'Recipes' },
  { path: '/week', name: 'Week' },
  { path: '/reading', name: 'Reading' },
  { path: '/statistics', name: 'Statistics' },
];

export default function App() {
  return (
    <>
      <nav>
        {screens.map(({ path, name }) => (
          <span key={path}>
            <Link href={path}>{name}</Link>{' '}
          </span>
        ))}
      </nav>
      <main>
        <Suspense fallback={<p>Loading …</p>}>
          <Switch>
            <Route path="/" component={RecipeList} />
            <Route path="/recipes/:id" component={RecipePage} />
            <Route path="/week" component={Planner} />
            <Route path="/reading" component={Reading} />
            <Route path="/statistics" component={Statistics} />
            <Route>
              <h1>Nothing here</h1>
            </Route>
          </Switch>
        </Suspense>
      </main>
    </>
  );
}
