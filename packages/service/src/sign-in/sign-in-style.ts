/** The looks of the sign-in page: those of the chat page, in the light and in the dark. */
export const SIGN_IN_STYLE = `
:root {
  --page: #eef0f6;
  --surface: #ffffff;
  --text: #1b1f2a;
  --quiet: #565d6e;
  --line: #d9dde8;
  --accent: #3447c6;
  --accent-text: #ffffff;
  --alert: #fff4e0;
  --alert-text: #6b3206;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10121a;
    --surface: #191c27;
    --text: #eceef5;
    --quiet: #a3aabd;
    --line: #2e3344;
    --accent: #8c9bff;
    --accent-text: #10121a;
    --alert: #33260f;
    --alert-text: #ffdca8;
  }
}
* { box-sizing: border-box; }
body {
  display: grid;
  min-height: 100vh;
  min-height: 100dvh;
  margin: 0;
  padding: 1rem;
  background: var(--page);
  color: var(--text);
  font: 400 1rem/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  place-items: center;
}
main {
  width: 100%;
  max-width: 27rem;
  padding: 1.5rem;
  border: 1px solid var(--line);
  border-radius: 0.875rem;
  background: var(--surface);
  overflow-wrap: anywhere;
}
h1 { margin: 0 0 0.5rem; font-size: 1.3125rem; font-weight: 650; line-height: 1.25; }
p { margin: 0 0 1rem; }
p:last-child { margin-bottom: 0; }
ul { margin: 0 0 1.25rem; padding-left: 1.25rem; }
.quiet { color: var(--quiet); font-size: 0.875rem; }
.alert { padding: 0.625rem 0.75rem; border-radius: 0.5rem; background: var(--alert); color: var(--alert-text); }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; }
legend { margin-bottom: 0.5rem; padding: 0; font-weight: 600; }
.user {
  display: flex;
  align-items: center;
  gap: 0.75rem;
  min-height: 3.25rem;
  margin-bottom: 0.5rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  cursor: pointer;
}
.user:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.user input { flex: none; width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
.user__name { display: block; }
.own { display: none; margin: 0.25rem 0 0; padding: 0; }
fieldset:has(#other:checked) .own { display: grid; gap: 0.5rem; }
@supports not selector(:has(*)) { .own { display: grid; gap: 0.5rem; } }
.own label { display: grid; gap: 0.25rem; font-size: 0.875rem; }
.own input {
  min-height: 2.75rem;
  padding: 0.5rem 0.625rem;
  border: 1px solid var(--quiet);
  border-radius: 0.5rem;
  background: var(--surface);
  color: var(--text);
  font: inherit;
  font-size: 1rem;
}
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
button, .button {
  flex: 1 1 9rem;
  min-height: 2.75rem;
  padding: 0.5rem 1rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--surface);
  color: var(--text);
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
.primary { flex-grow: 2; border-color: var(--accent); background: var(--accent); color: var(--accent-text); }
.button { display: inline-block; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.code {
  margin: 0 0 1rem;
  padding: 0.75rem;
  border: 1px dashed var(--quiet);
  border-radius: 0.5rem;
  font: 650 2rem/1.2 ui-monospace, Menlo, Consolas, monospace;
  letter-spacing: 0.25em;
  text-align: center;
  text-indent: 0.25em;
  user-select: all;
}
`
