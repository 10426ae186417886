// A page for Monday's meeting: chosen, put in order, lines hidden, kept as it is made, printed and shared offline.
import { bringIn, startGuest } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";

const POND = "The heron stood still.";
const SHOES = "Put on both shoes before anyone asked.";
const HARD = "The bus was loud and he cried.";

test("a page is made offline, survives a killed browser, and has what was chosen, in its order, without what was hidden", async ({ server, phone, app }) => {
  test.setTimeout(120_000);
  await app.tell("story", { words: POND, newChild: "Sam", photo: true });
  await app.tell("achievement", { words: SHOES, child: "Sam" });
  await phone.open("/make/story");
  await app.make.type(HARD);
  await app.make.choose("story.who", "child");
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.ours.open();
  await app.waitUntilOffline();
  await server.kill();

  await app.ours.makePage();
  await app.handOver.putOn(POND, SHOES, HARD);
  await expect(app.handOver.parts.first(), "the child's own words come first").toContainText(HARD);
  await app.handOver.moveUp(SHOES);
  await expect(app.handOver.parts.nth(1)).toContainText(SHOES);
  await app.handOver.takeOff(HARD);
  await app.handOver.hide(POND, "Sam$");
  await app.handOver.isFor("Mrs Patel");
  await app.handOver.say("We would like these in his plan.");
  await app.handOver.waitUntilKept();
  await phone.kill();
  await phone.startAgain();
  await phone.open();
  await app.home.goOn("We would like these");
  await expect(app.handOver.parts).toHaveCount(2);
  await app.handOver.save();
  await app.handOver.waitUntilSaved();
  await app.saved.seeIt();

  const page = app.item.record;
  await expect(app.item.heading).toHaveText(app.word("handout.for", { name: "Mrs Patel" }));
  await expect(page).toContainText("We would like these in his plan.");
  const order = (await page.innerText()).split("\n").filter((line) => line === POND || line === SHOES);
  expect(order).toEqual([SHOES, POND]);
  await expect(page).not.toContainText(HARD);
  await expect(page.getByText("Sam", { exact: true }), "once hidden, once not").toHaveCount(1);
  await app.item.waitForPhoto(0);

  await phone.page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute("data-printed", "yes");
  });
  await app.print.click();
  await expect(phone.page.locator("html")).toHaveAttribute("data-printed", "yes");
  await phone.page.emulateMedia({ media: "print" });
  await expect(page).toBeVisible();
  for (const hidden of [app.print, app.bottomBar, app.item.place, app.item.whoSees]) await expect(hidden).toBeHidden();
});

test("a page says what was handed out, whatever becomes of the record, and the other phone has it without what was hidden", async ({ app, folder }) => {
  test.setTimeout(120_000);
  const guest = await startGuest(app, folder);
  await app.tell("story", { words: POND, newChild: "Sam" });
  await bringIn(app, guest, "other");
  await app.ours.open();
  await app.ours.makePage();
  await app.handOver.putOn(POND);
  await app.handOver.hide(POND, "Sam$");
  await app.handOver.isFor("Mrs Patel");
  await app.handOver.save();
  await app.handOver.waitUntilSaved();
  await app.ours.open();
  await app.ours.openCard(POND);
  await app.item.delete();
  await app.ours.open();
  await app.ours.openCard("Mrs Patel");
  await expect(app.item.record).toContainText(POND);

  await guest.ours.open();
  await expect(guest.ours.card("Mrs Patel")).toBeVisible({ timeout: 30_000 });
  await guest.ours.openCard("Mrs Patel");
  await expect(guest.item.record).toContainText(POND);
  await expect(guest.item.record).not.toContainText("Sam", { useInnerText: true });
  await guest.phone.stop();
  expect(guest.phone.problems.list()).toEqual([]);
});

test("a page that is changed keeps its order, and a record can be put on it later", async ({ phone, app }) => {
  await app.tell("story", { words: POND });
  await app.tell("achievement", { words: SHOES });
  await phone.open("/hand-over");
  await app.handOver.putOn(POND);
  await app.handOver.isFor("Mrs Patel");
  await app.handOver.save();
  await app.handOver.waitUntilSaved();
  await app.saved.seeIt();
  await app.item.mainAction.tap();
  await app.handOver.putOn(SHOES);
  await app.handOver.save();
  await app.handOver.waitUntilSaved();
  await app.saved.seeIt();
  await expect(app.item.record).toContainText(SHOES);
  await app.ours.open();
  await expect(app.ours.card("Mrs Patel")).toHaveCount(1);
});
