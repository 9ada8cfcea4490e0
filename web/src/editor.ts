// The SPARQL editor of the page /sparql/editor: YASGUI in place of the plain form.
import Yasgui from "@zazuko/yasgui";

export default Yasgui;
