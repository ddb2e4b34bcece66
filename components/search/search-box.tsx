/** Words to search for, in the head of every page. The key `/` leads here (public/reader/keyboard.js). */
export function SearchBox({ className }: { className: string }) {
  return (
    <search className={`${className} max-[46rem]:order-1 max-[46rem]:max-w-none max-[46rem]:flex-[1_1_100%]`}>
      <form action="/search" method="get">
        <input
          type="search"
          name="q"
          className="block w-full placeholder:font-italic placeholder:text-faded placeholder:italic placeholder:opacity-100 hover:border-accent focus:border-accent min-h-7 border-b border-hairline text-note"
          data-suggestions
          aria-label="Search papers"
          placeholder="Search papers"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
        />
        <button type="submit" className="sr-only">
          Search
        </button>
      </form>
    </search>
  );
}
