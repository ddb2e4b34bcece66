import type { ListName } from '#lib/papers/paper.ts';

/** The lists as readers know them. */
export const LIST_NAME: Record<ListName, string> = {
  arxiv: 'arXiv announcements',
  huggingface: 'Hugging Face daily papers',
  sample: 'Sample edition',
};
