// Walking the graph around a thing in place: a mark unfolds its neighbours without a new page. The server draws; here
// the drawing is exchanged, and the focus stays where it was.
export function walkAll(root: Document): void {
  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.<HTMLAnchorElement>("a.walk-fold");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void walk(link);
  });
}

async function walk(link: HTMLAnchorElement): Promise<void> {
  const address = link.href;
  const figure = link.closest<HTMLElement>(".walk")!;
  figure.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const drawn = page.querySelector<HTMLElement>(".walk");
    if (!answer.ok || !drawn) throw new Error(address);
    exchange(figure, drawn, link.dataset["key"]!);
  } catch {
    location.assign(address);
  }
}

function exchange(figure: HTMLElement, drawn: HTMLElement, key: string): void {
  const before = figure.querySelector(".walk-scroll")!.scrollLeft;
  figure.replaceWith(drawn);
  drawn.querySelector(".walk-scroll")!.scrollLeft = before;
  const same = [...drawn.querySelectorAll<HTMLElement>(".walk-fold")].find((each) => each.dataset["key"] === key);
  same?.focus({ preventScroll: true });
  same?.closest("li")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
