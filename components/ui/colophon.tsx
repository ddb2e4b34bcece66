import { SubscribeBox } from '#components/subscribe/subscribe-box.tsx';

export function Colophon() {
  return (
    <footer className="colophon">
      <SubscribeBox />
      <p className="nameplate" aria-hidden="true">
        Paperboy
      </p>
      <p>
        Titles and abstracts belong to their authors. Thank you to arXiv for use of its open access
        interoperability. <a href="/about/status">Is the paper complete?</a>
      </p>
      <nav className="colophon-links" aria-label="About and beyond">
        <a href="/library">Library</a>
        <a href="/feeds">Feeds</a>
        <a href="/about/search">Searching</a>
        <a href="/about/api">For programs</a>
      </nav>
    </footer>
  );
}
