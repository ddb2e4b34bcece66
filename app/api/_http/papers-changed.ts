/** On a response after which pages show other papers: server/ clears its page cache when it sees it. */
export const PAPERS_CHANGED = { 'X-Papers-Changed': 'yes' };
