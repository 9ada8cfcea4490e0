// Asks an endpoint with Comunica. Arguments: the folder that holds node_modules, the endpoint, a query.
// Prints one binding a line, its variables sorted, or one quad a line.
import { createRequire } from "node:module";

const [folder, endpoint, query] = process.argv.slice(2);
const { QueryEngine } = createRequire(`${folder}/`)("@comunica/query-sparql");
const context = { sources: [{ type: "sparql", value: endpoint }] };

const result = await new QueryEngine().query(query, context);
if (result.resultType === "boolean") {
  console.log(await result.execute());
} else {
  for await (const found of await result.execute()) {
    const terms = result.resultType === "quads"
      ? [found.subject, found.predicate, found.object]
      : [...found].sort(([a], [b]) => a.value.localeCompare(b.value)).map(([, term]) => term);
    console.log(terms.map((term) => term.value).join("\t"));
  }
}
