// Keys on the page of what awaits a word: j and k go from one to the next, a letter chooses a word for it. A word that
// wants more, such as whose name it is, unfolds the fields for that.
export function reviewKeys(root: ParentNode): void {
  const items = [...root.querySelectorAll<HTMLElement>(".review .item")];
  const help = root.querySelector<HTMLElement>(".keys-help");
  if (!items.length || !help) return;
  help.hidden = false;
  document.addEventListener("change", ({ target }) => {
    const asksMore = (target as Element).matches("[data-key=m], [data-key=r]");
    const fold = (target as Element).closest(".item")?.querySelector<HTMLDetailsElement>(":scope > details");
    if (asksMore && fold) fold.open = true;
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const isText = target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
    if (isText || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = items.findIndex((item) => item.contains(target));
    const step = { j: 1, k: -1 }[event.key];
    if (step) items[Math.min(Math.max(now + step, 0), items.length - 1)]!.focus();
    else if (now >= 0) {
      const choice = [...items[now]!.querySelectorAll<HTMLInputElement>("[data-key]")].find(
        (input) => input.dataset["key"] === event.key,
      );
      if (!choice) return;
      choice.click();
    } else return;
    event.preventDefault();
  });
}
