// Comunica, a SPARQL engine in JavaScript, over the N-Quads of a file, as an endpoint on loopback.
// Arguments: the folder that holds node_modules, and the file. Prints the port that it listens on.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, file] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const { QueryEngine } = require("@comunica/query-sparql");
const { Parser, Store } = require("n3");

const engine = new QueryEngine();
const source = new Store(new Parser({ format: "N-Quads" }).parse(readFileSync(file, "utf8")));
const context = { sources: [source], unionDefaultGraph: true };
const TEXT = { "Content-Type": "text/plain" };
const TYPES = { quads: "application/n-triples" };

let current; // the tests ask one question at a time; some of Comunica's errors reach no caller
process.on("uncaughtException", (error) => current.writeHead(400, TEXT).end(String(error)));

async function answer(request, response) {
  current = response;
  let body = "";
  for await (const part of request) body += part;
  try {
    const result = await engine.query(new URLSearchParams(body).get("query"), context);
    const type = TYPES[result.resultType] ?? "application/sparql-results+json";
    const { data } = await engine.resultToString(result, type);
    const parts = [];
    for await (const part of data) parts.push(part);
    response.writeHead(200, { "Content-Type": type, Server: "Comunica" }).end(parts.join(""));
  } catch (error) {
    response.writeHead(400, TEXT).end(String(error));
  }
}

const server = createServer(answer);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
