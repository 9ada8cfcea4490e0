// The text of an article: pointing at words that state something, or moving to them by keyboard, shows what they
// state; a click or a tap on them keeps it shown. What is shown is copied from the notes beside the text.
const PAUSE = 140;

export function popovers(root: ParentNode): void {
  const text = root.querySelector<HTMLElement>("section.text[data-states]");
  if (text) new Popover(text);
}

class Popover {
  private readonly box = document.createElement("div");
  private timer = 0;
  private from?: HTMLElement;

  constructor(private readonly text: HTMLElement) {
    this.box.className = "popover";
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", text.dataset["states"] ?? "");
    this.box.hidden = true;
    text.addEventListener("pointerover", (event) => this.over(event));
    text.addEventListener("pointerout", (event) => event.pointerType === "mouse" && this.later(() => this.close()));
    text.addEventListener("focusin", (event) => this.focused(event));
    text.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    document.addEventListener("pointerdown", (event) => !this.holds(event.target) && this.close());
  }

  private over(event: PointerEvent): void {
    if (event.pointerType !== "mouse") return;
    if (this.box.contains(event.target as Node)) return clearTimeout(this.timer);
    const words = marked(event.target);
    if (words) this.later(() => this.show(words));
  }

  private focused(event: FocusEvent): void {
    if (this.box.contains(event.target as Node)) return;
    const words = marked(event.target);
    if (words && (event.target as HTMLElement).matches(":focus-visible")) this.show(words);
    else this.close();
  }

  private clicked(event: MouseEvent): void {
    const words = marked(event.target);
    if (!words?.getAttribute("href")?.startsWith("#n")) return;
    if (this.show(words)) event.preventDefault();
  }

  private later(act: () => void): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(act, PAUSE);
  }

  private show(words: HTMLElement): boolean {
    clearTimeout(this.timer);
    if (words === this.from) return true;
    this.close();
    const paragraph = words.closest(".paragraph");
    const quotes = [...words.classList].filter((name) => /^k\d+$/.test(name));
    const notes = quotes.flatMap((name) => [...(paragraph?.querySelectorAll(`.note li.${name}`) ?? [])]);
    if (!paragraph || !(notes.length || words.title)) return false;
    this.fill(notes, words.title);
    quotes.forEach((name) => paragraph.querySelectorAll(`.words .${name}`).forEach((one) => one.classList.add("lit")));
    paragraph.querySelector(".words")!.after(this.box);
    this.box.hidden = false;
    this.from = words;
    this.place(words);
    return true;
  }

  private fill(notes: Element[], title: string): void {
    const list = document.createElement("ul");
    if (title) list.append(item(title));
    list.append(...notes.map((note) => note.cloneNode(true)));
    this.box.replaceChildren(list);
  }

  private place(words: HTMLElement): void {
    const spot = words.getClientRects()[0] ?? words.getBoundingClientRect();
    const left = Math.min(spot.left, document.documentElement.clientWidth - this.box.offsetWidth - 16);
    this.box.style.setProperty("left", `${Math.max(left, 16) + scrollX}px`);
    this.box.style.setProperty("top", `${spot.bottom + scrollY + 6}px`);
  }

  private holds(target: EventTarget | null): boolean {
    return this.box.contains(target as Node) || target === this.from;
  }

  private close(): void {
    clearTimeout(this.timer);
    this.text.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
    this.box.hidden = true;
    this.box.remove();
    this.from = undefined;
  }
}

function marked(target: EventTarget | null): HTMLElement | null {
  const words = target instanceof Element ? target.closest<HTMLElement>(".words .q, .words .n") : null;
  return words;
}

function item(text: string): HTMLElement {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}
