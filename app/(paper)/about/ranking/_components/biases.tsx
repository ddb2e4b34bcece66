export function Biases() {
  return (
    <section>
      <h2>Known biases</h2>
      <ul>
        <li>Attention is not merit. Citations foretell merit better, and come too late.</li>
        <li>
          Lists that people curate are watched more closely than arXiv: a paper on Hugging Face’s list is
          known earlier and better than one that is not.
        </li>
        <li>What is shown is voted for: signals beget signals, and this page is part of that.</li>
        <li>
          Papers with public code have one more way to be noticed, though they gain nothing from the code
          itself.
        </li>
        <li>
          Fields whose readers are not on these sites stand lower than they would. Narrow the list to a field
          to see it by itself.
        </li>
        <li>
          The replay’s data are repositories that made a list of the most starred: survivors, and not papers.
        </li>
      </ul>
    </section>
  );
}
