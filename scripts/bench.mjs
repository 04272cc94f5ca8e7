import './node-version.mjs';
import { findBrowser } from './browser.mjs';
import { buildExtension } from './extension.mjs';
import { loadModule } from './harness.mjs';
import { main } from './main.mjs';
import { installPackages } from './setup.mjs';

/** `npm run bench` measures everything, `npm run bench -- NAME …` only the rows whose names begin so. */
await main(async () => {
  await installPackages();
  process.env.FLAMBE_CHROMIUM = await findBrowser();
  await buildExtension();
  const { module: bench, close } = await loadModule('/test/bench/index.ts');
  try {
    await bench.run(process.argv.slice(2), console.log);
  } finally {
    await close();
  }
});
