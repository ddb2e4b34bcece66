// Improves the subscribe forms: fills in the browser's time zone, previews the next issue beside the choices, and does the
// proof of work if the site asks for one (proof.js).
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of document.querySelectorAll('[data-zone]')) {
    if (!zone || field.dataset.zone === 'chosen') continue;
    if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === zone)) {
      field.add(new Option(zone.replaceAll('_', ' '), zone));
    }
    field.value = zone;
  }

  const prove = async () => {
    const answer = await fetch('/api/subscribe/challenge');
    if (answer.status !== 200) return null;
    const [challenge, worker] = await Promise.all([answer.json(), import('/proof.js')]);
    return worker.prove(challenge);
  };
  const send = async (form) => {
    form.setAttribute('aria-busy', 'true');
    // Without a proof the server answers with an explanation.
    const proof = await prove().catch(() => null);
    if (proof !== null) {
      const field = Object.assign(document.createElement('input'), {
        type: 'hidden',
        name: 'proof',
        value: proof,
      });
      form.append(field);
    }
    form.submit();
    // A proof is valid once: submitting again needs a new one.
    for (const field of form.querySelectorAll('[name=proof]')) field.remove();
    form.removeAttribute('aria-busy');
  };
  for (const form of document.querySelectorAll('form[action="/api/subscribe"]')) {
    form.addEventListener('submit', (event) => {
      // The preview needs no proof.
      if (event.submitter?.hasAttribute('formaction')) return;
      event.preventDefault();
      if (!form.hasAttribute('aria-busy')) send(form);
    });
  }

  const form = document.querySelector('form[data-preview]');
  const place = document.querySelector('#preview');
  if (!form || !place) return;
  let shown = '';
  let timer = 0;
  let request = new AbortController();
  const show = async () => {
    const fields = new URLSearchParams(new FormData(form));
    for (const name of ['address', 'website']) fields.delete(name);
    if (String(fields) === shown) return;
    shown = String(fields);
    request.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`/subscribe/preview?${fields}`, { signal: request.signal });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const found = page.querySelector('#preview');
      if (found) place.replaceChildren(...found.childNodes);
    } catch {
      // The next change tries again; the preview button works without this script.
    }
  };
  form.addEventListener('input', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === 'address') return;
    clearTimeout(timer);
    timer = setTimeout(show, 350);
  });
  show();
})();
