// What the subscribe forms gain where scripts run: the reader's time zone, and the next issue beside the choices.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of document.querySelectorAll('[data-zone]')) {
    if (!zone || field.dataset.zone === 'chosen') continue;
    if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === zone)) {
      field.add(new Option(zone.replaceAll('_', ' '), zone));
    }
    field.value = zone;
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
      // The next change asks again; the button of the form works without this.
    }
  };
  form.addEventListener('input', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === 'address') return;
    clearTimeout(timer);
    timer = setTimeout(show, 350);
  });
  show();
})();
