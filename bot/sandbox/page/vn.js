/** Vietnamese dates in Vietnam's time, and text folded for comparison. */

const ZONE = "Asia/Ho_Chi_Minh";
const DAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];
const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
// Public holidays with a fixed solar date; Tết and Giỗ Tổ follow the moon and are the bot's to know.
const FIXED_HOLIDAYS = new Set(["01-01", "04-30", "05-01", "09-02"]);

/** The wall clock in Vietnam at a moment: {year, month, day, hour, minute} as padded text and `weekday` 0–6. */
function wall(moment) {
  const found = Object.fromEntries(PARTS.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return { ...found, weekday: new Date(`${found.year}-${found.month}-${found.day}T00:00Z`).getUTCDay() };
}

/** "thứ Sáu 28/4/2023", "thứ Năm 05/01/2023": zeros as official documents write them (Nghị định 30/2020/NĐ-CP, Phụ lục I). */
export function day(moment) {
  const { weekday, day: d, month, year } = wall(moment);
  return `${DAYS[weekday]} ${d}/${Number(month) < 3 ? month : Number(month)}/${year}`;
}

/** "2023-04-28", for grouping and for `<input type=date>`. */
export function isoDay(moment) {
  const { year, month, day: d } = wall(moment);
  return `${year}-${month}-${d}`;
}

/** "09:05". */
export function time(moment) {
  const { hour, minute } = wall(moment);
  return `${hour}:${minute}`;
}

/** "2023-04-28T09:05", for `<input type=datetime-local>`. */
export function localInput(moment) {
  return `${isoDay(moment)}T${time(moment)}`;
}

/** The moment a `datetime-local` value means in Vietnam (no daylight saving since 1975), with its offset. */
export function fromLocalInput(value) {
  return `${value.length === 16 ? `${value}:00` : value}+07:00`;
}

/** `moment` moved by hours, as ISO text in Vietnam's time. */
export function plusHours(moment, hours) {
  return fromLocalInput(localInput(new Date(moment).getTime() + hours * 3_600_000));
}

/** The same hour on the next Monday–Friday that is not a fixed-date public holiday. */
export function nextWorkingDay(moment) {
  let at = new Date(moment).getTime();
  for (;;) {
    at += 24 * 3_600_000;
    const { weekday, month, day: d } = wall(at);
    if (weekday !== 0 && weekday !== 6 && !FIXED_HOLIDAYS.has(`${month}-${d}`)) return fromLocalInput(localInput(at));
  }
}

/** First letter in upper case, for a line's beginning. */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Lower case without diacritics: «Đã ghi nhận» → "da ghi nhan". */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

/** "1,2 MB". */
export function bytes(size) {
  if (size < 1024) return `${size} byte`;
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`;
  return `${(size / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}
