import { expect, test } from "../support/fixtures.ts";

test("a record saved in one tab appears in the other without a reload", async ({ phone, app }) => {
  await phone.open("/ours");
  await app.ours.waitUntilShown();
  const first = phone.page;
  await phone.openTab("/make/story");
  await app.make.write("Told in the second tab.");
  await app.make.save();
  await app.make.waitUntilSaved();
  await expect(first.getByText("Told in the second tab.")).toBeVisible();
});

test("two tabs typing two stories keep both", async ({ phone, app }) => {
  await phone.open("/make/story");
  await app.make.type("First tab.");
  await app.make.waitUntilKept();
  await phone.openTab("/make/story");
  await app.make.startNew();
  await app.make.type("Second tab.");
  await app.make.waitUntilKept();
  await phone.kill();
  await phone.startAgain();
  await phone.open();
  await expect(app.home.drafts).toHaveCount(2);
  await expect(app.home.drafts.filter({ hasText: "First tab." })).toBeVisible();
  await expect(app.home.drafts.filter({ hasText: "Second tab." })).toBeVisible();
});
