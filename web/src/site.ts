// What makes the pages better where scripts run. Each part looks for what it knows in the page and leaves the rest.
import { popovers } from "./article";
import { completeAll } from "./complete";
import { reviewKeys } from "./review";
import { walkAll } from "./walk";

completeAll(document);
popovers(document);
reviewKeys(document);
walkAll(document);
document.querySelector(".site-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
