/** Built for the benchmark of pages alone (next.config.ts): beside the long page, what a static page costs whatever it says. */
export const dynamic = 'error';

export default function ShortStaticPage() {
  return <main id="content">A short page.</main>;
}
