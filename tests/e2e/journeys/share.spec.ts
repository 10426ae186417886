// A photo that another app shares with the installed one.
import type { Page } from "@playwright/test";
import { takePhoto } from "../photos/make.ts";
import { expect, test } from "../support/fixtures.ts";

/** What the system does when somebody chooses Hearth: a form, sent by nobody's page. */
async function share(page: Page, address: string, text: string, photo: Buffer): Promise<void> {
  await page.goto("about:blank");
  await page.setContent(`<form method="post" enctype="multipart/form-data" action="${address}/share"><textarea name="text"></textarea><input type="file" name="photos"><button>send</button></form>`);
  await page.locator("textarea").fill(text);
  await page.locator("input").setInputFiles({ name: "shared.jpg", mimeType: "image/jpeg", buffer: photo });
  await page.locator("button").tap();
}

test("a photo shared from another app begins a story, offline too; one that did not arrive is said", async ({ phone, server, app }) => {
  await phone.open("/make/story");
  await app.make.type("Begun before.");
  await app.make.waitUntilKept();
  await app.waitUntilOffline();
  const photo = await takePhoto(phone.page, 640, 480, {});
  await server.kill();
  await share(phone.page, server.address, "First time in the deep end", photo);
  await app.make.waitUntilShown();
  await expect(app.make.words).toHaveValue("First time in the deep end");
  await expect(app.make.pictures.all).toHaveCount(1);
  await app.make.save();
  await app.make.waitUntilSaved();
  await app.saved.seeIt();
  await expect(app.item.photos).toHaveCount(1);
  await phone.open();
  await expect(app.home.drafts.filter({ hasText: "Begun before." }), "the draft that lay here is untouched").toBeVisible();

  await phone.open("/make/story?shared");
  await expect(app.page.getByText(app.word("share.lost"))).toBeVisible();
});
