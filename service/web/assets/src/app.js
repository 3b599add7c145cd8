// Every page: htmx, Tabler's dropdowns and dialogs.
import "@tabler/core/dist/js/tabler.esm.js";
import htmx from "htmx.org";

htmx.config.inlineStyleNonce = "";
