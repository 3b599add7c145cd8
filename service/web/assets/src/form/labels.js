/** What people read above a field; a date has a name of its own for each of its parts. */
export function labelOf({ label, dateLabel, timeLabel }) {
  return label || dateLabel || timeLabel || "";
}
