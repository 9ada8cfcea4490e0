// The SPARQL editor: YASGUI in place of the plain form, with the project's prefixes, and completion of its classes and
// properties. What it is made of stands in the page, as JSON.
import Yasgui from "@zazuko/yasgui";

interface Data {
  endpoint: string;
  prefixes: Record<string, string>;
  classes: string[];
  properties: string[];
  name: string;
  given: boolean;
}

function start(): void {
  const place = document.getElementById("editor")!;
  const form = document.getElementById("editor-form") as HTMLFormElement;
  const data = JSON.parse(document.getElementById("editor-data")!.textContent!) as Data;
  const given = (form.elements.namedItem("query") as HTMLTextAreaElement).value;
  complete(data);
  form.hidden = true;
  const yasgui = make(place, data, given);
  if (data.given) yasgui.addTab(true, tab(data, given), { avoidDuplicateTabs: true });
  place.dataset["state"] = "ready";
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
    yasqe: { value: query, createShareableLink: (yasqe: { getValue(): string }) => shareable(yasqe.getValue()), createShortLink: undefined },
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
