import { searchPath } from '#lib/search/search-address.ts';

/** The language by examples, each a search of its own. What lib/query reads; its tests hold it to that. */
const SYNTAX: readonly (readonly [example: string, meaning: string])[] = [
  ['sparse attention long context', 'papers that match best; those with all the words come first'],
  ['"chain of thought"', 'exactly these words in this order, in no other inflection'],
  ['diffusion -image', 'without a word'],
  ['(graphs OR trees) AND pruning', 'words that must be there; also NOT and ANDNOT'],
  ['quanti*', 'any word that begins so'],
  ['ti:benchmark', 'in the title; abs: in the abstract, co: in the comment'],
  ['au:bengio', 'by an author; au:"Y Bengio" with an initial'],
  ['cat:cs.CL', 'in a category; cat:cs in all of computer science'],
  ['date:2025-01..2025-03', 'submitted in these months; date:>2025, since:2024-06'],
  ['last:7d', 'of the last seven days; 2w, 3m, 1y'],
  ['has:code', 'with code; also has:project, has:doi'],
  ['list:hf', 'on the Hugging Face list; list:arxiv'],
  ['upvotes:>10', 'with more than ten upvotes; also stars, citations, comments'],
  ['transformers sort:new', 'newest first; sort:trending, sort:upvotes, sort:relevance'],
  ['arXiv:1706.03762', 'one paper; a pasted address or DOI leads to it, too'],
];

export function SyntaxTable() {
  return (
    <div className="overflow-x-auto">
      <table className="ruled-table mt-1.5">
        <thead className="sr-only">
          <tr>
            <th scope="col">Type</th>
            <th scope="col">To find papers</th>
          </tr>
        </thead>
        <tbody>
          {SYNTAX.map(([example, meaning]) => (
            <tr key={example}>
              <th scope="row">
                <a
                  className="no-underline hover:underline"
                  href={searchPath({ text: example })}
                  rel="nofollow"
                >
                  <code>{example}</code>
                </a>
              </th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
