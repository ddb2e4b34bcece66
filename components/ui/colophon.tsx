import { SubscribeBox } from '#components/subscribe/subscribe-box.tsx';

export function Colophon() {
  return (
    <footer className="mt-16 mb-10 border-t-3 border-double border-rule pt-5 text-center text-[0.82rem] text-faded [&_p]:mx-auto [&_p]:max-w-[46ch] [&_p]:text-balance">
      <SubscribeBox />
      <p className="mb-1 font-display text-2xl font-medium tracking-[-0.01em] text-ink" aria-hidden="true">
        Paperboy
      </p>
      <p>
        Titles and abstracts belong to their authors. Thank you to arXiv for use of its open access
        interoperability. <a href="/about/status">Is the paper complete?</a>
      </p>
      <nav
        className="mt-[0.6rem] flex flex-wrap justify-center gap-x-[1.4rem] gap-y-[0.2rem] *:py-[0.2rem]"
        aria-label="About"
      >
        <a href="/library">Library</a>
        <a href="/feeds">Feeds</a>
        <a href="/about/search">Search</a>
        <a href="/about/api">API</a>
      </nav>
    </footer>
  );
}
