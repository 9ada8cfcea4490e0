# Where class expressions, data ranges and individuals stand: ?axiom profile:sub ?expression, and so on for each position of
# profile.yaml; ?axiom is the subject of the axiom that has it there. Run until nothing more is found.
INSERT { ?one profile:sub ?one ; profile:super ?other } WHERE { ?one rdfs:subClassOf ?other } ;
INSERT { ?one profile:sub ?one , ?other } WHERE { ?one owl:disjointWith ?other } ;
INSERT { ?one profile:sub ?one } WHERE { ?one owl:hasKey ?list } ;
INSERT { ?one profile:equivalent ?one , ?other } WHERE {
  ?one owl:equivalentClass ?other
  FILTER NOT EXISTS { ?one a rdfs:Datatype FILTER(isIRI(?one)) }
} ;
INSERT { ?one profile:range ?other } WHERE { ?one owl:equivalentClass ?other ; a rdfs:Datatype FILTER(isIRI(?one)) } ;
INSERT { ?name profile:equivalent ?member } WHERE { ?name owl:intersectionOf/profile:item ?member FILTER(isIRI(?name)) } ;
INSERT { ?axiom profile:sub ?member } WHERE {
  ?axiom a owl:AllDisjointClasses ; (owl:members|owl:distinctMembers)/profile:item ?member
} ;
INSERT { ?property ?position ?value } WHERE {
  VALUES ?predicate { rdfs:domain rdfs:range }
  ?property ?predicate ?value
  BIND(EXISTS { { ?property profile:is "data property" } UNION { ?value profile:is "data range" } } AS ?data)
  BIND(IF(?predicate = rdfs:range && ?data, profile:range, profile:super) AS ?position)
  FILTER NOT EXISTS { ?property profile:is "annotation property" }
} ;
INSERT { ?thing profile:super ?kind } WHERE {
  ?thing a ?kind
  FILTER NOT EXISTS { VALUES ?known { "meta" "characteristics" } ?kind profile:is ?known }
  FILTER(!profile:isReserved(?kind) || EXISTS { ?kind profile:is "classes" })
} ;
# From an expression to its parts, as the grammar has it; a filler may be owl:Thing, which no subclass may.
INSERT { ?axiom ?place ?part } WHERE {
  ?position profile:has ?grammar .
  ?grammar profile:kind ?kind ; profile:operand ?operand .
  ?axiom ?position ?node .
  ?node ?builder ?value .
  ?builder profile:builds ?kind .
  OPTIONAL { ?value profile:item ?member }
  OPTIONAL { ?node owl:onClass|owl:onDataRange ?filler FILTER(?kind = profile:max) }
  BIND(IF(?kind = profile:max, ?filler, COALESCE(?member, ?value)) AS ?part)
  BIND(EXISTS {
    { ?part profile:is "data range" } UNION { ?node owl:onProperty/profile:is "data property" }
  } AS ?data)
  BIND(IF(?operand = profile:individual, ?operand, IF(
    ?data, profile:range, IF(?operand = profile:filler, profile:sub, ?operand))) AS ?place)
  FILTER(isBlank(?node) && !(?operand = profile:filler && ?part = owl:Thing))
  FILTER NOT EXISTS { ?node profile:malformed|owl:onProperties ?wrong }
} ;
INSERT { ?axiom profile:range ?member } WHERE {
  ?axiom profile:range ?node .
  ?node owl:intersectionOf/profile:item ?member
  FILTER(isBlank(?node))
}
