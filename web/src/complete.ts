// Completion of names: an input with `data-complete` becomes a combobox (ARIA Authoring Practices, "Combobox with
// list autocomplete"). The address in the attribute is asked with `text`, and answers the entities that fit.
interface Suggestion {
  value: string;
  label: string;
  kind?: string;
  also?: string;
  page?: string | null;
}

const PAUSE = 120;
let last = 0;

export function completeAll(root: ParentNode): void {
  root.querySelectorAll<HTMLInputElement>("input[data-complete]").forEach((input) => new Completion(input));
}

class Completion {
  private readonly list = document.createElement("ul");
  private shown: Suggestion[] = [];
  private selected = -1;
  private timer = 0;
  private asking?: AbortController;

  constructor(private readonly input: HTMLInputElement) {
    const box = document.createElement("span");
    box.className = "complete";
    input.replaceWith(box);
    box.append(input, this.list);
    this.list.id = `complete-${++last}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() ?? "");
    this.list.hidden = true;
    input.removeAttribute("list");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    this.asking?.abort();
    const typed = this.input.value.trim();
    if (!typed) return this.close();
    this.asking = new AbortController();
    const address = new URL(this.input.dataset["complete"]!, location.href);
    address.searchParams.set("text", typed);
    try {
      const answer = await fetch(address, {
        headers: { accept: "application/json" },
        signal: this.asking.signal,
      });
      if (answer.ok) this.show(((await answer.json()) as { matches: Suggestion[] }).matches);
    } catch {
      this.close();
    }
  }

  private show(found: Suggestion[]): void {
    this.shown = found.slice(0, 10);
    this.selected = -1;
    this.list.replaceChildren(...this.shown.map((one, index) => this.option(one, index)));
    this.open(this.shown.length > 0 && document.activeElement === this.input);
  }

  private option(one: Suggestion, index: number): HTMLElement {
    const item = document.createElement("li");
    const kind = document.createElement("small");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    kind.textContent = [one.also, one.kind].filter(Boolean).join(" · ");
    item.append(one.label, kind);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(index);
    });
    return item;
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden) {
      if (event.key === "ArrowDown") void this.ask();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.select((this.selected + step + this.shown.length) % this.shown.length);
    else if (event.key === "Enter" && this.selected >= 0) this.take(this.selected);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private select(index: number): void {
    this.selected = index;
    [...this.list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === index));
      if (place === index) item.scrollIntoView({ block: "nearest" });
    });
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
  }

  private take(index: number): void {
    const { value, page } = this.shown[index]!;
    if (page && this.input.form?.getAttribute("role") === "search") return location.assign(page);
    this.input.value = value;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  private open(isOpen: boolean): void {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.input.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.open(false);
  }
}
