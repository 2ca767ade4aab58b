// The editor of SPARQL: YASQE over the plain field, which goes on working where there is none.
"use strict";

const area = document.querySelector("form.query textarea");

const run = () => area.form.requestSubmit();

area.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});

if (window.Yasqe) {
  const { Yasqe } = window;
  Yasqe.defaults.autocompleters = [];  // they would ask other servers
  const place = document.createElement("div");
  area.before(place);
  const editor = new Yasqe(place, {
    value: area.value,
    persistenceId: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    syntaxErrorCheck: false,  // it does not know the built-in prefixes
    lineWrapping: true,
    viewportMargin: Infinity,
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, Tab: false, "Shift-Tab": false },
  });
  editor.getInputField().setAttribute("aria-label", "The query");
  area.hidden = true;
  area.form.addEventListener("formdata", (event) => event.formData.set("query", editor.getValue()));
}
