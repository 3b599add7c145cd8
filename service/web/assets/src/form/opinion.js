// What is wrong with the opinion, said where it is written.

/** Say it below <textarea name="comment">; an empty sentence takes back what was said. False when there is no such field. */
export function sayAtOpinion(decision, sentence) {
  const field = decision.elements.comment;
  if (!field) {
    return false;
  }
  const said = document.getElementById("comment-error") ?? place(field);
  said.textContent = sentence;
  said.hidden = !sentence;
  field.setAttribute("aria-invalid", String(Boolean(sentence)));
  field.setAttribute("aria-describedby", said.id);
  return true;
}

function place(field) {
  const said = document.createElement("p");
  said.id = "comment-error";
  said.className = "field-error";
  field.after(said);
  return said;
}
