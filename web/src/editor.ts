// The SPARQL editor: YASGUI in place of the plain form, with the project's prefixes, and completion of its classes and
// properties. What it is made of stands in the page, as JSON.
import Yasgui from "@zazuko/yasgui";

/** What all IRIs of the graph begin with; each is served at its own end. */
const IRIS = "https://w3id.org/g60kg";

interface Data {
  endpoint: string;
  prefixes: Record<string, string>;
  classes: string[];
  properties: string[];
  words: Record<string, string>;
  name: string;
  given: boolean;
}

function start(): void {
  const place = document.getElementById("editor")!;
  const form = document.getElementById("editor-form") as HTMLFormElement;
  const data = JSON.parse(place.dataset["madeOf"]!) as Data;
  const given = (form.elements.namedItem("query") as HTMLTextAreaElement).value;
  complete(data);
  form.hidden = true;
  const yasgui = make(place, data, given);
  if (data.given) yasgui.addTab(true, tab(data, given), { avoidDuplicateTabs: true });
  const dress = () => {
    adorn(place);
    say(place, data.words);
  };
  new MutationObserver(dress).observe(place, { childList: true, subtree: true });
  dress();
  place.dataset["state"] = "ready";
}

/** Give names and roles to the parts of YASGUI that have none. */
function adorn(place: HTMLElement): void {
  const named: [string, string][] = [
    [".CodeMirror textarea", "SPARQL query"],
    [".tabMenu select, .tabMenu input", "Setting"],
    [".tableSizer", "Page size"],
    [".tab input", "Name of the tab"],
  ];
  for (const [parts, name] of named) {
    for (const part of place.querySelectorAll(`:is(${parts}):not([aria-label])`)) part.setAttribute("aria-label", name);
  }
  for (const link of place.querySelectorAll<HTMLAnchorElement>(`.yasr a[href^="${IRIS}"]`)) {
    link.dataset["iri"] = link.getAttribute("href")!;
    link.href = new URL(`.${link.getAttribute("href")!.slice(IRIS.length)}`, root(place)).href;
  }
  void name(place);
  set(place, ".addTab:not([role])", { role: "tab", "aria-selected": "false" });
  set(place, ".CodeMirror-scroll[tabindex='-1']", { tabindex: "0", role: "group", "aria-label": "Text of the query" });
}

/** Say YASGUI's own words in the language of the page, where these are known; `#` stands for a number in them. */
function say(place: HTMLElement, words: Record<string, string>): void {
  if (!Object.keys(words).length) return;
  const number = /\d[\d.,]*/g;
  const said = (text: string): string | undefined => {
    const numbers = text.match(number) ?? [];
    return words[text.trim().replace(number, "#")]?.replace(/#/g, () => numbers.shift()!);
  };
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const known = node.parentElement!.closest(".CodeMirror, td") ? undefined : said(node.textContent!);
    if (known) node.textContent = known;
  }
  for (const name of ["title", "placeholder", "aria-label"]) {
    for (const part of place.querySelectorAll(`[${name}]`)) {
      const known = said(part.getAttribute(name)!);
      if (known) part.setAttribute(name, known);
    }
  }
}

/** Write the name of each thing beside its IRI, in the language of the page. */
async function name(place: HTMLElement): Promise<void> {
  const links = [...place.querySelectorAll<HTMLAnchorElement>(".yasr a[data-iri]:not([data-named])")];
  if (!links.length) return;
  for (const link of links) link.dataset["named"] = "";
  const things = [...new Set(links.map((link) => `<${link.dataset["iri"]!}>`))].join(" ");
  const names = `?thing skos:prefLabel|rdfs:label ?name FILTER(LANG(?name) = "${document.documentElement.lang}")`;
  const query = `SELECT ?thing (MIN(?name) AS ?called) { VALUES ?thing { ${things} } ${names} } GROUP BY ?thing`;
  const accept = "application/sparql-results+json";
  const endpoint = (JSON.parse(place.dataset["madeOf"]!) as Data).endpoint;
  const answer = await fetch(endpoint, { method: "POST", headers: { accept }, body: new URLSearchParams({ query }) });
  if (!answer.ok) return;
  const rows = (await answer.json()).results.bindings as Record<string, { value: string }>[];
  const called = new Map(rows.map((row) => [row["thing"]?.value, row["called"]?.value]));
  for (const link of links) {
    const said = called.get(link.dataset["iri"]);
    if (said) link.insertAdjacentHTML("afterend", ' <span class="soft"></span>');
    if (said) link.nextElementSibling!.textContent = said;
  }
}

/** Where the server's addresses begin: the folder of its endpoint. */
function root(place: HTMLElement): string {
  return new URL(".", new URL((JSON.parse(place.dataset["madeOf"]!) as Data).endpoint, location.href)).href;
}

function set(place: HTMLElement, parts: string, values: Record<string, string>): void {
  for (const part of place.querySelectorAll(parts)) {
    for (const [name, value] of Object.entries(values)) part.setAttribute(name, value);
  }
}

/** Complete what the page knows, and ask no other server. */
function complete(data: Data): void {
  const { Yasqe } = Yasgui;
  const prefixes = Object.entries(data.prefixes).map(([name, base]) => `${name}: <${base}>`);
  const known: [string, string, string[]][] = [
    ["prefixes", "our-prefixes", prefixes],
    ["class", "our-classes", data.classes],
    ["property", "our-properties", data.properties],
  ];
  for (const [from, name, terms] of known) {
    Yasqe.forkAutocompleter(from, { name, bulk: true, persistenceId: null, get: () => terms }, false);
  }
  Yasqe.defaults.autocompleters = ["our-prefixes", "variables", "our-classes", "our-properties"];
}

function make(place: HTMLElement, data: Data, query: string): Yasgui {
  return new Yasgui(place, {
    autofocus: false,
    populateFromUrl: false,
    copyEndpointOnNewTab: false,
    persistenceId: "g60kg",
    tabName: data.name,
    requestConfig: {
      endpoint: new URL(data.endpoint, location.href).href,
      method: "POST",
      acceptHeaderGraph: "text/turtle,application/n-triples;q=0.9",
    },
    endpointCatalogueOptions: { getData: () => [], keys: [] },
    yasqe: {
      value: query,
      editorHeight: "22rem",
      createShareableLink: (yasqe: { getValue(): string }) => shareable(yasqe.getValue()),
      createShortLink: undefined,
    },
    yasr: { prefixes: data.prefixes },
  } as ConstructorParameters<typeof Yasgui>[1]);
}

function tab(data: Data, query: string) {
  const endpoint = new URL(data.endpoint, location.href).href;
  return { name: data.name, yasqe: { value: query }, requestConfig: { endpoint } } as Parameters<Yasgui["addTab"]>[1];
}

function shareable(query: string): string {
  const address = new URL(location.href);
  address.hash = "";
  address.searchParams.delete("example");
  address.searchParams.set("query", query);
  return address.href;
}

start();
