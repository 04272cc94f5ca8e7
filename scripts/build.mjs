import './node-version.mjs';
import { buildExtension, dist } from './extension.mjs';
import { main } from './main.mjs';
import { installPackages } from './setup.mjs';

await main(async () => {
  await installPackages();
  await buildExtension();
  console.log(`The extension is in ${dist}.
To load it: chrome://extensions, switch on "Developer mode", "Load unpacked", choose that folder.`);
});
