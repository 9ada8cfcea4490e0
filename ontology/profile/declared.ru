# What the names of an ontology are declared to be (Structural Specification, section 5.8), beside those that OWL has.
INSERT { ?name profile:is "class" } WHERE {
  { ?name a owl:Class } UNION { ?name a owl:Restriction } UNION { ?name profile:is "classes" }
  FILTER(isIRI(?name))
} ;
INSERT { ?name profile:is "data range" } WHERE { { ?name a rdfs:Datatype } UNION { ?name profile:is "datatypes" } } ;
INSERT { ?name profile:is "data property" } WHERE {
  { ?name a owl:DatatypeProperty } UNION { ?name profile:is "data properties" }
  FILTER(isIRI(?name))
} ;
INSERT { ?name profile:is "object property" } WHERE {
  { ?name a owl:ObjectProperty }
  UNION { ?name a/profile:is "characteristics" FILTER NOT EXISTS { ?name a owl:DatatypeProperty } }
  UNION { ?name profile:is "object properties" }
  FILTER(isIRI(?name))
} ;
INSERT { ?name profile:is "annotation property" } WHERE {
  { ?name a owl:AnnotationProperty } UNION { ?name profile:is "annotations" }
  FILTER(isIRI(?name))
} ;
INSERT { ?name profile:is "logical property" } WHERE {
  { ?name profile:is "object property" } UNION { ?name profile:is "data property" }
} ;
# A property is not simple if it, or one below it, is transitive or ends a chain; inverses count as one (section 11.2).
INSERT { ?name profile:is "composite" } WHERE {
  { ?below a owl:TransitiveProperty }
  UNION { ?below owl:propertyChainAxiom/profile:length ?length FILTER(?length > 1) }
  ?below (rdfs:subPropertyOf|owl:equivalentProperty|^owl:equivalentProperty|owl:inverseOf|^owl:inverseOf)* ?name
} ;
# The members of a chain stand strictly below its head, but for its own name at one end.
INSERT { ?member profile:below ?head } WHERE {
  ?head owl:propertyChainAxiom ?list .
  ?list profile:length ?length ; rdf:first ?first ; rdf:rest* ?cell .
  ?cell rdf:first ?member ; rdf:rest ?rest
  FILTER(?length > 1 && !(?cell = ?list && ?member = ?head))
  FILTER(!(?rest = rdf:nil && ?member = ?head && (?first != ?head || ?length = 2)))
} ;
# Class expressions that are none: what is wrong with them.
INSERT { ?node profile:malformed ?detail } WHERE {
  ?node ?builder ?value .
  ?builder profile:builds ?kind ; profile:form ?form .
  OPTIONAL { ?value profile:length ?length }
  OPTIONAL { ?node owl:onProperty ?property }
  OPTIONAL { ?node owl:onProperty ?another FILTER(?another != ?property) }
  OPTIONAL { ?node ?second ?more . ?second profile:builds ?other FILTER(?second != ?builder || ?more != ?value) }
  BIND(COALESCE(
    IF(BOUND(?other), "several constructors in one", 1/0),
    IF(?form = "lists" && !BOUND(?length), "a list is broken", 1/0),
    IF(?form = "lists" && ?length = 0, "a list has fewer than 1 members", 1/0),
    IF(?form != "restrictions" || EXISTS { ?node owl:onProperties ?properties }, 1/0, IF(
      !BOUND(?property), "a restriction has no owl:onProperty", IF(
      BOUND(?another), "a restriction needs exactly one owl:onProperty", IF(
      ?builder = owl:maxQualifiedCardinality && NOT EXISTS { ?node owl:onClass|owl:onDataRange ?filler },
      "owl:maxQualifiedCardinality has no owl:onClass", IF(
      ?kind IN (profile:min, profile:max, profile:exact) && !REGEX(STR(?value), "^[0-9]+$"),
      "a cardinality is no non-negative integer", 1/0)))))
  ) AS ?detail)
  FILTER(isBlank(?node) && BOUND(?detail))
} ;
INSERT { ?node profile:malformed "a class expression contains itself" } WHERE {
  ?node (((owl:intersectionOf|owl:unionOf)/profile:item)|owl:complementOf|owl:someValuesFrom|owl:allValuesFrom|owl:onClass)+ ?node
  FILTER(isBlank(?node))
}
