// Every page: parts that htmx replaces, menus, the drawer of a phone, dialogs, keys. No inline handlers: attributes name, this acts.
import "htmx.org";
import "../confirmation.js";
import "../connection.js";
import "../dialogs.js";
import "../frame.js";
import "../keys.js";
import "../files.js";
import "../live.js";
import "../queue.js";
import "../submission.js";
