// The server comes back without what it had confirmed: nothing is lost, and the screen says so.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { bringIn, startGuest, waitForArrival } from "../support/circle.ts";
import { expect, test } from "../support/fixtures.ts";
import { expectOnce } from "../support/on-line.ts";

for (const [state, isYesterday] of [["restored from yesterday", true], ["wiped", false]] as [string, boolean][]) {
  test(`a server ${state} gets back what it lost, photos too, from whoever has it`, async ({ server, app, folder }) => {
    test.setTimeout(180_000);
    const guest = await startGuest(app, folder);
    await app.tell("story", { words: "Told the day before yesterday." });
    await bringIn(app, guest);
    const told = ["Told the day before yesterday.", "Told yesterday."];
    await app.tell("story", { words: "Told yesterday.", photo: true });
    await waitForArrival(guest, "Told yesterday.");

    const yesterday = path.join(folder, "yesterday");
    await mkdir(yesterday);
    await server.copyDataTo(yesterday);
    await app.tell("story", { words: "Told today, and confirmed.", photo: true });
    await guest.tell("story", { words: "Answered today, and confirmed." });
    await waitForArrival(guest, "Told today, and confirmed.");
    await waitForArrival(app, "Answered today, and confirmed.");
    told.push("Told today, and confirmed.", "Answered today, and confirmed.");

    await server.setBackTo(isYesterday ? yesterday : null);
    await app.phone.open("/people");
    if (!isYesterday) {
      // Its keys are gone with it: who began the circle says that this one is to have it.
      await expect(app.people.trouble).toContainText(app.word("sync.other_server"), { timeout: 60_000 });
      await app.people.moveToServer();
    }
    await guest.tell("story", { words: "Told after the repair." });
    told.push("Told after the repair.");
    await waitForArrival(app, "Told after the repair.");
    await expectOnce(app, told);
    await expectOnce(guest, told);
    // The repair took a moment; who looks afterwards reads of it all the same.
    for (const person of [app, guest]) {
      const [, ending = ""] = person.word("sync.told_again").split("{day}");
      await person.phone.open("/people");
      await expect(person.people.standing).toContainText(ending);
    }

    // Somebody who comes only now has nothing but the server.
    const late = await startGuest(app, folder, "late");
    await bringIn(app, late, "other");
    await expectOnce(late, told);
    for (const words of ["Told yesterday.", "Told today, and confirmed."]) {
      await late.ours.open();
      await late.ours.openCard(words);
      await late.item.waitForPhoto(0);
    }
    for (const { phone } of [guest, late]) {
      await phone.stop();
      expect(phone.problems.list()).toEqual([]);
    }
  });
}
