import type { Page } from 'playwright';
import type { ServedApp } from './serve.ts';

/** What a user of the app does. */

/** Opens it, and waits until it has read its recipes. */
export async function openApp(page: Page, { url }: ServedApp): Promise<void> {
  await page.goto(url);
  await hasRecipes(page);
}

export async function hasRecipes(page: Page): Promise<void> {
  await page.getByRole('status').getByText('4000 recipes', { exact: true }).waitFor();
}

/** Has it compare all recipes with a name, which takes a while. */
export async function rankRecipes(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Looks like' }).fill('smoked chesnut tart');
  await page.getByRole('button', { name: 'Rank recipes' }).click();
}
