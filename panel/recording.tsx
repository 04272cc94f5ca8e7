/** What to do while the page is recorded. The seconds are no news to be read out. */
export function Recording({ seconds }: { readonly seconds: number }) {
  return (
    <section class="waiting">
      <p class="lead">
        Use the page: do what is slow, then press Stop. <span role="timer">{seconds} s</span>
      </p>
      <p>
        Nothing is hooked and nothing changed: the browser samples whatever runs. After 30 seconds it ends by itself.
        Then pick a function from what ran.
      </p>
    </section>
  );
}
