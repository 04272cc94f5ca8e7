/** What to do while the page is recorded. */
export function Recording() {
  return (
    <section class="waiting">
      <p class="lead">Use the page: do what is slow, then press Stop.</p>
      <p>
        Nothing is hooked and nothing changed: the browser samples whatever runs. After 30 seconds it ends by itself.
        Then pick a function from what ran.
      </p>
    </section>
  );
}
